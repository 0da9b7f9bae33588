"""The audit for people to read: a chain in plain words, and what was done to any chain by another hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from policy_kb.rules.london import LONDON
from policy_kb.words import SubjectKind
from storage.audit import THE_BOT, THE_TRUST, Subject
from storage.audit_check import verify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.audit_chain import ChainRow
    from storage.audit_heads import HeadsFile
    from storage.unit_of_work import UnitOfWork

HOW_TO_NAME = "Name a subject as trust, person:E-MAIL, setting:ID, edition:NUMBER, request:ID or site:ID."
NOBODY = "somebody erased"


class NoSuchSubject(Exception):  # noqa: N818 - the name is the sentence: there is no such subject
    """Nothing in the audit is called this; the text says how subjects are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a look at the whole audit found, in sentences."""

    flaws: tuple[str, ...]  # each names the subject and the number of the row
    notes: tuple[str, ...]  # what could not be looked at, or has to be known
    chains: int
    rows: int


def verify_audit(uow: UnitOfWork, file: HeadsFile) -> Report:
    """
    Look for rows that were changed, taken out, put in or reordered, and for chains cut short or written anew.

    Raises:
        HeadsUnavailable: the file with the heads is there and cannot be read.
    """
    kept, names = file.read(), _Names.read(uow)
    found = verify(uow.audit.everything(), kept.recorded)
    flaws = [f"{names.subject(*finding.subject)}: {finding}" for finding in found.findings]
    notes = []
    if not kept.last_kept:
        notes.append(
            f"No heads are kept in {file.path} yet, so a cut-off tail or a chain written anew cannot be seen. "
            "The bot keeps them every night."
        )
    if kept.restored:
        notes.append(f"The database was restored from a backup at {kept.restored}; heads from before are not used.")
    return Report(flaws=(*flaws, *kept.problems), notes=tuple(notes), chains=found.chains, rows=found.rows)


def show_chain(named: str, uow: UnitOfWork) -> tuple[str, ...]:
    """
    Return one chain, a line for each row, oldest first.

    Raises:
        NoSuchSubject: nothing is known of it.
    """
    rows = uow.audit.chain(_subject(named.strip(), uow))
    if not rows:
        raise NoSuchSubject(f"The audit holds nothing about {named}. {HOW_TO_NAME}")
    names = _Names.read(uow)
    return tuple(_line(row, names) for row in rows)


def _subject(named: str, uow: UnitOfWork) -> Subject:
    if named == THE_TRUST.id:
        return THE_TRUST
    kind, _, about = named.partition(":")
    if kind not in {member.value for member in SubjectKind} or not about:
        raise NoSuchSubject(HOW_TO_NAME)
    if kind != SubjectKind.PERSON:
        return Subject(SubjectKind(kind), about)
    person = uow.people.find_by_email(about)
    if person is None:
        raise NoSuchSubject(f"Nobody in the directory has the address {about}.")
    return Subject.of_person(person.id)


@dataclass(frozen=True, slots=True)
class _Names:
    """Who is behind the references of the audit, for whoever may read the directory."""

    people: Mapping[str, str]

    @classmethod
    def read(cls, uow: UnitOfWork) -> _Names:
        names = {person.id: person.name for person in uow.people.everyone()}
        known = uow.audit.known_people()
        return cls({reference: names.get(person_id, person_id) for reference, person_id in known.items()})

    def person(self, reference: str) -> str:
        return "the bot" if reference == THE_BOT else self.people.get(reference, NOBODY)

    def subject(self, kind: str, about: str) -> str:
        if kind == SubjectKind.TRUST:
            return "The trust"
        if kind == SubjectKind.PERSON:
            return f"Person {about} ({self.person(about)})"
        return f"{kind.capitalize()} {about}"

    def fact(self, value: object) -> str:
        match value:
            case str() if value.startswith("person:"):
                return self.person(value.removeprefix("person:"))
            case list():
                return ", ".join(map(str, value))
            case bool():
                return "yes" if value else "no"
            case None:
                return "none"
            case _:
                return str(value)


def _line(row: ChainRow, names: _Names) -> str:
    if not row.is_whole():
        return f"{row.number}. This row was changed after it was written: askfirst audit verify"
    at = datetime.fromisoformat(row.at).astimezone(LONDON)
    clause = f" under {row.clause}" if row.clause else ""
    facts = "; ".join(f"{name.replace('_', ' ')} {names.fact(value)}" for name, value in json.loads(row.facts).items())
    told = f" ({facts})" if facts else ""
    verb = row.verb.replace("_", " ")
    return f"{row.number}. {at:%d %b %Y, %H:%M}: {verb} by {names.person(row.actor)}{clause}{told}"
