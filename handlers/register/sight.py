"""Which sites of the register somebody sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.sites.rights import heads_of

if TYPE_CHECKING:
    from datetime import date

    from policy_kb.rules.site import Site
    from policy_kb.words import SettingId
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How far somebody sees: the whole trust, or some settings, and always the sites they have a part in."""

    everything: bool
    settings: frozenset[SettingId]

    def has_whole(self, setting: SettingId) -> bool:
        """Tell whether every site of a setting is seen."""
        return self.everything or setting in self.settings


def sight_of(person: Person, uow: UnitOfWork, on: date) -> Sight:
    """
    Return how far somebody sees on a London day.

    Whoever holds a role, or looks after something in the bot, for the whole trust sees all of it; for one setting,
    the office and the auditor see that setting, and so does its head or whoever acts for them.

    Policy: 2.2, A.1.5
    """
    places = (*(one.setting_id for one in person.bot_roles), *(one.setting_id for one in person.held_on(on)))
    here = {one.setting_id for one in person.bot_roles if one.setting_id is not None}
    headed = {one for one in _may_head(person, uow, on) if person.id in heads_of(one, uow, on)}
    return Sight(everything=None in places, settings=frozenset(here | headed))


def sites_seen(person: Person, uow: UnitOfWork, on: date) -> tuple[Site, ...]:
    """Return every site somebody sees on a London day, the closed ones too, by name."""
    sight = sight_of(person, uow, on)
    if sight.everything:
        return uow.sites.listed()
    found = {one.id: one for one in uow.sites.of_person(person.id, on)}
    for setting_id in sight.settings:
        found |= {one.id: one for one in uow.sites.listed(setting=setting_id)}
    return tuple(sorted(found.values(), key=lambda one: (one.name, one.id)))


def sees(person: Person, site: Site, uow: UnitOfWork, on: date) -> bool:
    """Tell whether somebody sees one site on a London day."""
    sight = sight_of(person, uow, on)
    has_part = site.author == person.id or person.id in site.people_on(on)
    return sight.everything or site.setting in sight.settings or has_part


def _may_head(person: Person, uow: UnitOfWork, on: date) -> tuple[SettingId, ...]:
    """Return the few settings to look at more closely."""
    acts = any(one.to_id == person.id and one.starts_on <= on < one.ends_on for one in uow.delegations.everything())
    return tuple(one.id for one in uow.settings.listed() if acts or one.final_approver_id == person.id)
