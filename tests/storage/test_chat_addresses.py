from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.words import Channel, PersonId
from storage.chat_addresses import ChatAddress
from tests.storage.builders import NOW, a_person, fill

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database

PRIYA = PersonId("priya")


def an_address(address: str, *, channel: Channel = Channel.SLACK, at: datetime = NOW) -> ChatAddress:
    return ChatAddress(person_id=PRIYA, channel=channel, tenant="T1", address=address, updated_at=at)


def test_a_person_is_reached_where_they_last_spoke_on_each_channel(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    with database.begin() as work:
        fill(work, a_person("Priya"), a_person("Tom"))
        work.chat_addresses.refresh(an_address("old"))
        work.chat_addresses.refresh(an_address("teams", channel=Channel.TEAMS))
        work.chat_addresses.refresh(an_address("new", at=later))

    with database.begin() as work:
        assert [one.address for one in work.chat_addresses.of(PRIYA)] == ["new", "teams"]
        assert work.chat_addresses.of(PersonId("tom")) == ()


def test_a_forgotten_person_is_reached_nowhere(database: Database) -> None:
    with database.begin() as work:
        fill(work, a_person("Priya"))
        work.chat_addresses.refresh(an_address("old"))

    with database.begin() as work:
        work.chat_addresses.forget((PRIYA,))

    with database.begin() as work:
        assert work.chat_addresses.of(PRIYA) == ()
