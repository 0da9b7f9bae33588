"""Who decides, is asked or is told here, by name: the policy's roles looked up for one person's setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.wording import Reader
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from policy_kb.words import SettingId
    from storage.delegations import Delegation
    from storage.person import Person
    from storage.settings import DslCard
    from storage.unit_of_work import UnitOfWork

MOST_NAMES = 3  # more would bury the sentence they stand in


def reader_for(person: Person | None, uow: UnitOfWork, *, on: date) -> Reader:
    """
    Return what an answer says to this person: names of their own setting; none to somebody unknown.

    Policy: 2.2
    """
    if person is None:
        return Reader()
    return Reader(
        setting=person.setting.type,
        name=person.name,
        dsl=dsl_of(person.setting.id, uow),
        named=lambda role: names_in(role, person, uow, on=on),
    )


def dsl_of(setting_id: SettingId, uow: UnitOfWork) -> str:
    """Return whom to tell at a setting when a child may be at risk, as one line; "" where nobody entered it."""
    card = uow.settings.dsl_card(setting_id)
    return _dsl_line(card) if card else ""


def names_in(role: Role, person: Person, uow: UnitOfWork, *, on: date) -> tuple[str, ...]:
    """
    Return who holds a role for somebody's setting on a London day, whoever acts for them first.

    A central service has no Headteacher: there it is the final approver that the setting names.
    """
    if role is Role.LINE_MANAGER:
        return _names([uow.people.get(person.line_manager_id)] if person.line_manager_id else [], on)
    setting = person.setting
    sought = setting.slt_role if role is Role.SLT else role
    here = (*uow.delegations.in_force(sought, setting.id, on), *uow.delegations.in_force(sought, None, on))
    acting = [text for one in here if (text := _acting(one, uow, on))]
    holders = uow.people.holders(sought, setting.id, on)
    if not holders and role is Role.HEAD and setting.final_approver_id:
        return _names([uow.people.get(setting.final_approver_id)], on)
    return (*acting, *_names(holders, on))[:MOST_NAMES]


def _names(people: Sequence[Person | None], on: date) -> tuple[str, ...]:
    return tuple(one.name for one in people if one and one.is_in_post(on))


def _acting(delegation: Delegation, uow: UnitOfWork, on: date) -> str:
    acting, absent = uow.people.get(delegation.to_id), uow.people.get(delegation.from_id)
    if acting is None or absent is None or not acting.is_in_post(on):
        return ""
    return f"{acting.name} (acting for {absent.name})"


def _dsl_line(card: DslCard) -> str:
    deputy = f" Deputy: {card.deputy_name}, {card.deputy_phone}." if card.deputy_name else ""
    late = f" Out of hours: {card.out_of_hours}." if card.out_of_hours else ""
    return f"Tell your designated safeguarding lead (DSL) now: {card.name}, {card.phone}.{deputy}{late}"
