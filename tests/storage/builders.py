"""Things to store, with all that does not matter filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from policy_kb.words import Channel, ItemId, SayKind, SettingType
from storage.answers import AnswerId, Json, StoredAnswer
from storage.editions import OfficialItem
from storage.people import Person, PersonId, RoleHolding, Setting, SettingId
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)

ELM = Setting(id=SettingId("elm"), name="Elm Academy", type=SettingType.ACADEMY, region="North")
OAK = Setting(id=SettingId("oak"), name="Oak Academy", type=SettingType.ACADEMY, region="South")


def a_person(
    name: str = "Priya", *, setting: Setting = ELM, held: tuple[RoleHolding, ...] = (), directory_id: str = ""
) -> Person:
    return Person(
        id=PersonId(name.lower()),
        name=name,
        email=f"{name.lower()}@school.example",
        directory_id=directory_id or None,
        post="Teacher of PE",
        setting=setting,
        held=held,
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
