"""In which part somebody does something to a site: its author, an administrator, a moderator, the head, the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests.approvers import FINAL_ROLES
from policy_kb.rules.site_life import Doer
from policy_kb.words import BotRole, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from policy_kb.rules.site import Site
    from policy_kb.words import PersonId, SettingId
    from storage.unit_of_work import UnitOfWork


def heads_of(setting_id: SettingId, uow: UnitOfWork, on: date) -> tuple[PersonId, ...]:
    """
    Return who answers for the sites of a setting on a London day: its final approver, then whoever acts for them.

    Nobody, where the post is vacant and nobody acts.

    Policy: 2.2, A.1.5
    """
    return tuple(dict.fromkeys(_heads(setting_id, uow, on)))


def office_of(setting_id: SettingId, uow: UnitOfWork, on: date) -> tuple[PersonId, ...]:
    """Return who looks after a setting in the bot on a London day, for the whole trust among them."""
    return tuple(one.id for one in uow.people.bot_role_holders(BotRole.SETTING_ADMINISTRATOR, setting_id, on))


def parts_of(person: PersonId, site: Site, uow: UnitOfWork, on: date) -> frozenset[Doer]:
    """Return in which parts somebody may do something to a site on a London day; none for most people."""
    parts = {Doer.AUTHOR} if site.author == person else set()
    parts |= {Doer.ADMINISTRATOR} if person in site.people_on(on, Role.SITE_ADMINISTRATOR) else set()
    parts |= {Doer.MODERATOR} if person in site.people_on(on, Role.SITE_MODERATOR) else set()
    parts |= {Doer.HEAD} if person in heads_of(site.setting, uow, on) else set()
    parts |= {Doer.OFFICE} if person in office_of(site.setting, uow, on) else set()
    return frozenset(parts)


def _heads(setting_id: SettingId, uow: UnitOfWork, on: date) -> Iterator[PersonId]:
    setting = uow.settings.get(setting_id)
    head = uow.people.get(setting.final_approver_id) if setting and setting.final_approver_id else None
    if setting is None or head is None:
        return
    if head.is_in_post(on):
        yield head.id
    for role in FINAL_ROLES[setting.type]:
        for place in (setting.id, None):
            for made in uow.delegations.in_force(role, place, on):
                acting = uow.people.get(made.to_id)
                if made.from_id == head.id and acting and acting.is_in_post(on):
                    yield acting.id
