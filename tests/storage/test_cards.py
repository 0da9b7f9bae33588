from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.words import Channel
from storage.request import Card
from tests.storage.builders import NOW
from tests.storage.request_builders import TOM, ZOE, staff

if TYPE_CHECKING:
    from storage.database import Database

LATER = NOW + timedelta(hours=1)


def test_every_card_of_a_step_is_found_by_its_name(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        work.cards.put("12:head", ZOE, Channel.TEAMS, "a:1", LATER)
        work.cards.put("12:head", TOM, Channel.SLACK, "D1:1", NOW)
        work.cards.put("12:head", TOM, Channel.SLACK, "D1:2", LATER)
        work.cards.put("1:head", TOM, Channel.SLACK, "D1:3", NOW)
        work.cards.put("12:head", TOM, Channel.SLACK, "D1:1", NOW)

        assert work.cards.named("12:head") == (
            Card(person_id=TOM, channel=Channel.SLACK, address="D1:1"),
            Card(person_id=TOM, channel=Channel.SLACK, address="D1:2"),
            Card(person_id=ZOE, channel=Channel.TEAMS, address="a:1"),
        )
        assert work.cards.named("12:dpo") == ()


def test_old_cards_are_forgotten(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        work.cards.put("12:head", TOM, Channel.SLACK, "D1:1", NOW)
        work.cards.put("12:head", TOM, Channel.SLACK, "D1:2", LATER)

        assert work.cards.forget_before(LATER) == 1

        assert [card.address for card in work.cards.named("12:head")] == ["D1:2"]
