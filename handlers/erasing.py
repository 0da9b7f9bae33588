"""Erasing a person on request: what goes, and what somebody has to look at afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.words import Verb
from storage.audit import AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from storage.people import Person
    from storage.unit_of_work import UnitOfWork


class NotInDirectory(Exception):  # noqa: N818 - the name is the sentence: they are not in the directory
    """Nobody has this address; the text says so."""


def find_person(email: str, uow: UnitOfWork) -> Person:
    """
    Return whoever has an address.

    Raises:
        NotInDirectory: nobody has.
    """
    person = uow.people.find_by_email(email)
    if person is None:
        raise NotInDirectory(f"Nobody in the directory has the address {email}.")
    return person


def erase_person(email: str, uow: UnitOfWork, *, now: datetime) -> tuple[str, ...]:
    """
    Erase whoever has an address; return what somebody has to look at now, one sentence each.

    Raises:
        NotInDirectory: nobody has.
    """
    person = find_person(email, uow)
    erased = uow.erasing.erase(person.id, entry=AuditEntry(actor=None, verb=Verb.ERASED, at=now))
    return (
        *(f"{name} has no final approver now: name one." for name in erased.without_final_approver),
        *(f"The DSL card of {name} still names them: change it there." for name in erased.named_on_dsl_card),
        *(f"The site {name} has no author now: name one." for name in erased.without_author),
    )
