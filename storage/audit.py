"""
Who did what, to what, under which clause, and when: only ever added to.

Whoever writes something that matters takes an `AuditEntry` and hands it on in the same transaction:

    def add_setting(self, setting: Setting, *, entry: AuditEntry) -> None:
        ...
        self.audit.write(Subject.of_setting(setting.id), entry)

An entry for one row of many is made with `dataclasses.replace(entry, verb=…, facts=…)`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import and_, bindparam, delete, func, select

from policy_kb.words import PersonId, SubjectKind
from storage.audit_chain import NOTHING_BEFORE, ChainRow, canonical, read_row, row_hash
from storage.audit_tables import audit, person_salts
from storage.conflict import insert_unless_there
from storage.errors import NaiveInstant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from policy_kb.request_words import RequestId
    from policy_kb.site_words import SiteId
    from policy_kb.words import SettingId, Verb

THE_BOT = "bot"

_PLAIN = re.compile(r"[\w.:/()+-]{0,80}", re.ASCII)  # ids, words of closed sets, dates, hashes; no spaces, no @

_SALT = select(person_salts.c.salt).where(person_salts.c.person_id == bindparam("person"))
_NEWEST = (
    select(audit)
    .where(audit.c.subject_kind == bindparam("kind"), audit.c.subject_id == bindparam("id"))
    .order_by(audit.c.number.desc())
    .limit(1)
)


class FactRefused(ValueError):  # noqa: N818 - the name is the sentence: the fact was refused
    """A fact for the audit looked like a name, an address or something typed."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person among the facts; only their salted reference is kept."""

    id: PersonId


Fact: TypeAlias = "str | int | bool | Someone | tuple[str, ...] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """
    What is known of a change before it is made.

    Facts are few and small: ids, words of closed sets, dates as `2026-11-24`, counts. Names, addresses and
    anything typed are refused; a person is `Someone`.
    """

    actor: PersonId | None  # None: the bot itself, or whoever may run its commands
    verb: Verb
    clause: str = ""  # 5.4, A.3.3; empty where no clause asks for it
    at: datetime
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about; the rows of one subject form one chain."""

    kind: SubjectKind
    id: str  # a person's own id here; it is never stored as such

    @classmethod
    def of_person(cls, person_id: PersonId) -> Subject:
        """Return somebody of the directory."""
        return cls(SubjectKind.PERSON, person_id)

    @classmethod
    def of_setting(cls, setting_id: SettingId) -> Subject:
        """Return an academy, a nursery or a central service."""
        return cls(SubjectKind.SETTING, setting_id)

    @classmethod
    def of_request(cls, request_id: RequestId) -> Subject:
        """Return what somebody asks for."""
        return cls(SubjectKind.REQUEST, str(request_id))

    @classmethod
    def of_site(cls, site_id: SiteId) -> Subject:
        """Return a social media site."""
        return cls(SubjectKind.SITE, str(site_id))


THE_TRUST = Subject(SubjectKind.TRUST, "trust")
"""The subject of everything that concerns no one setting or person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Every row ever written; none is changed or removed, and the database refuses to."""

    connection: Connection

    def write(self, subject: Subject, entry: AuditEntry) -> int:
        """
        Add a row to the end of a subject's chain, in the transaction that makes the change; return its number.

        Of two who write about one subject at the same time, the second waits until the first has ended.

        Raises:
            FactRefused: a fact is not small and plain.
            NaiveInstant: the instant has no time zone.
        """
        row = self._unlinked(subject, entry)
        while True:
            head = self._head(row)
            row = replace(
                row,
                number=head.number + 1 if head else 1,
                previous_hash=head.hash if head else NOTHING_BEFORE,
            )
            row = replace(row, hash=row_hash(row))
            # A number that somebody else took meanwhile is tried again from the row they wrote.
            if insert_unless_there(self.connection, audit, _values(row)):
                return row.number

    def chain(self, subject: Subject) -> tuple[ChainRow, ...]:
        """Return the rows about a subject, oldest first; none where nothing is known of it."""
        subject_id = self._known(subject)
        if subject_id is None:
            return ()
        which = (audit.c.subject_kind == subject.kind.value, audit.c.subject_id == subject_id)
        found = self.connection.execute(select(audit).where(*which).order_by(audit.c.number))
        return tuple(read_row(row) for row in found)

    def everything(self) -> Iterator[ChainRow]:
        """Yield every row, one subject after the other, each oldest first."""
        order = (audit.c.subject_kind, audit.c.subject_id, audit.c.number, audit.c.id)
        for row in self.connection.execute(select(audit).order_by(*order)):
            yield read_row(row)

    def heads(self) -> dict[tuple[str, str], ChainRow]:
        """Return the last row of every chain, by what it is about."""
        last = select(audit.c.subject_kind, audit.c.subject_id, func.max(audit.c.number).label("number"))
        ends = last.group_by(audit.c.subject_kind, audit.c.subject_id).subquery()
        joined = and_(
            audit.c.subject_kind == ends.c.subject_kind,
            audit.c.subject_id == ends.c.subject_id,
            audit.c.number == ends.c.number,
        )
        rows = (read_row(row) for row in self.connection.execute(select(audit).join(ends, joined)))
        return {row.subject: row for row in rows}

    def known_people(self) -> dict[str, PersonId]:
        """Return who is behind each reference, as far as nobody was erased."""
        rows = self.connection.execute(select(person_salts))
        return {_salted(row.salt, row.person_id): PersonId(row.person_id) for row in rows}

    def reference(self, person_id: PersonId) -> str | None:
        """Return what the audit calls a person; None for somebody it never met, and after `forget`."""
        salt = self.connection.execute(_SALT, {"person": person_id}).scalar_one_or_none()
        return None if salt is None else _salted(salt, person_id)

    def forget(self, person_id: PersonId) -> bool:
        """Remove a person's salt: their rows stay and verify, and nobody can tell any more whose they are."""
        gone = delete(person_salts).where(person_salts.c.person_id == person_id)
        return self.connection.execute(gone).rowcount == 1

    def _unlinked(self, subject: Subject, entry: AuditEntry) -> ChainRow:
        if entry.at.utcoffset() is None:
            raise NaiveInstant("An instant without a time zone cannot be stored; pass an aware datetime.")
        is_person = subject.kind is SubjectKind.PERSON
        if not _PLAIN.fullmatch(entry.clause) or not (is_person or _PLAIN.fullmatch(subject.id)):
            raise FactRefused("A clause and what an entry is about are ids; leave out names and typed text.")
        return ChainRow(
            subject_kind=subject.kind.value,
            subject_id=self._own_reference(subject.id) if is_person else subject.id,
            number=0,
            at=entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            actor=THE_BOT if entry.actor is None else self._own_reference(entry.actor),
            verb=entry.verb.value,
            clause=entry.clause,
            facts=canonical({name: self._fact(name, fact) for name, fact in entry.facts.items()}),
            previous_hash="",
            hash="",
        )

    def _head(self, row: ChainRow) -> ChainRow | None:
        found = self.connection.execute(_NEWEST, {"kind": row.subject_kind, "id": row.subject_id}).one_or_none()
        return None if found is None else read_row(found)

    def _known(self, subject: Subject) -> str | None:
        return self.reference(PersonId(subject.id)) if subject.kind is SubjectKind.PERSON else subject.id

    def _own_reference(self, person_id: str) -> str:
        """Return a person's reference; whoever is met for the first time is given a salt."""
        known = self.reference(PersonId(person_id))
        if known is None:
            values = {"person_id": person_id, "salt": secrets.token_hex(32)}
            insert_unless_there(self.connection, person_salts, values)
            # Somebody else may have met them meanwhile: then it is their salt that counts.
            known = _salted(self.connection.execute(_SALT, {"person": person_id}).scalar_one(), person_id)
        return known

    def _fact(self, name: str, fact: Fact) -> object:
        if isinstance(fact, Someone):
            return f"person:{self._own_reference(fact.id)}"
        texts = (name, *((fact,) if isinstance(fact, str) else fact if isinstance(fact, tuple) else ()))
        if not all(_PLAIN.fullmatch(text) for text in texts):
            raise FactRefused(f"The fact '{name}' is not a small plain value; leave out names and typed text.")
        return fact


def _salted(salt: str, person_id: str) -> str:
    return hmac.new(bytes.fromhex(salt), person_id.encode(), hashlib.sha256).hexdigest()[:32]


def _values(row: ChainRow) -> dict[str, str | int]:
    return {name: getattr(row, name) for name in ChainRow.__dataclass_fields__}
