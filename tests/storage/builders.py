"""Things to store, with all that does not matter filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from policy_kb.bot_words import SayKind
from policy_kb.words import Channel, ItemId, PersonId, SettingId, SettingType, Verb
from storage.answers import AnswerId, Json, StoredAnswer
from storage.audit import AuditEntry
from storage.editions import OfficialItem
from storage.person import Person, RoleHolding
from storage.says import SayFacts
from storage.settings import Setting
from storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)

ELM = Setting(id=SettingId("elm"), name="Elm Academy", type=SettingType.ACADEMY, region="North")
OAK = Setting(id=SettingId("oak"), name="Oak Academy", type=SettingType.ACADEMY, region="South")


ENTRY = AuditEntry(actor=None, verb=Verb.IMPORTED, at=NOW)


def fill(work: UnitOfWork, *people: Person, settings: tuple[Setting, ...] = (ELM,)) -> None:
    """Put settings and people into an empty directory."""
    for setting in settings:
        work.settings.put(setting, entry=ENTRY)
    work.people.put(people, entry=ENTRY)


def a_person(
    name: str = "Priya",
    *,
    setting: Setting = ELM,
    held: tuple[RoleHolding, ...] = (),
    directory_id: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Person:
    return Person(
        id=PersonId(name.lower()),
        name=name,
        email=f"{name.lower()}@school.example",
        directory_id=directory_id or None,
        post="Teacher of PE",
        setting=setting,
        held=held,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def an_answer(
    number: int = 1,
    *,
    at: datetime = NOW,
    actor: str = "U1",
    thread: str = "",
    facts: Mapping[str, Json] | None = None,
) -> StoredAnswer:
    return StoredAnswer(
        id=AnswerId(f"{number:032x}"),
        channel=Channel.SLACK,
        tenant="T1",
        conversation_id="D1",
        thread=thread,
        actor=actor,
        at=at,
        facts=facts or {"item": "5.4"},
    )


def a_say(about: str = "") -> SayFacts:
    return SayFacts(kind=SayKind.ANSWER, about=about)


def an_item(item_id: str, *, part: str = "", words: str = "Some words.") -> OfficialItem:
    return OfficialItem(id=ItemId(item_id), part=part, heading="A heading", words=words)


def everything(database: Database) -> str:
    """Return every row of every table as text."""
    with database.begin() as work:
        connection = work.audit.connection
        return "\n".join(
            repr(row) for table in metadata.sorted_tables for row in connection.execute(table.select())
        ).lower()
