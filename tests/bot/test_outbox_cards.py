"""A card that was sent is remembered with the place where it can be changed, and what is no card is not."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pytest

from bot.channels.base import GivenUp, SendResult, TryAgain
from bot.outbox import Outbox
from handlers.outgoing import LEASE, Outgoing, Outgoings
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel, PersonId
from storage.request import Card
from storage.says import SayFacts
from tests.gallery_form import DATE, DECIDE, DECIDED
from tests.stage import sample_trust

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.message import Message
    from storage.database import Database
    from tests.fakes import FakeClock, FakeSender
    from tests.stage import DatabaseFile


__all__ = ["sample_trust"]

Tell: TypeAlias = "Callable[[str, PersonId | None], None]"
Cards: TypeAlias = "Callable[[], tuple[Card, ...]]"


@dataclass
class Said:
    """What every row in the outbox says, as things stand."""

    message: Message = DECIDE


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Said:
    says = Said()
    monkeypatch.setattr("handlers.outgoing.compose", lambda *_args, **_kwargs: says.message)
    return says


@pytest.fixture
def grace(database: Database, sample_trust: None) -> PersonId:  # noqa: ARG001 - she is one of them
    with database.begin() as uow:
        person = uow.people.find_by_email("grace.sample@elm-academy.example")
    assert person
    return person.id


@pytest.fixture
def tell(database: Database, clock: FakeClock, said: Said) -> Tell:  # noqa: ARG001 - every row says this
    def put(address: str, to: PersonId | None) -> None:
        with database.begin() as uow:
            uow.outbox.put(SayFacts(kind=SayKind.HELP), Channel.SLACK, address, to=to, due_at=clock(), now=clock())

    return put


@pytest.fixture
def cards(database: Database) -> Cards:
    def read() -> tuple[Card, ...]:
        with database.begin() as uow:
            return uow.cards.named("12:head")

    return read


async def test_a_card_that_arrived_is_remembered_with_its_reader_and_its_place(
    outbox: Outbox, tell: Tell, grace: PersonId, cards: Cards
) -> None:
    tell("D1", grace)

    await outbox.send_due()

    assert cards() == (Card(person_id=grace, channel=Channel.SLACK, address="D1/1"),)


async def test_a_card_that_changes_in_its_place_is_still_the_same_card(
    outbox: Outbox, said: Said, sender: FakeSender, tell: Tell, grace: PersonId, cards: Cards, clock: FakeClock
) -> None:
    tell("D1", grace)
    await outbox.send_due()

    said.message = DECIDED
    clock.advance(minutes=1)
    tell(cards()[0].address, grace)
    await outbox.send_due()

    assert [address for address, _ in sender.tried] == ["D1", "D1/1"]
    assert [card.address for card in cards()] == ["D1/1"]


async def test_a_card_sent_twice_after_a_crash_is_remembered_where_it_was_sent_last(
    database: Database, desk: Desk, sender: FakeSender, tell: Tell, grace: PersonId, cards: Cards, clock: FakeClock
) -> None:
    outbox = Outbox(CrashesOnce(database, desk), {Channel.SLACK: sender}, now=clock)
    tell("D1", grace)

    await outbox.send_due()
    before = cards()
    clock.advance(LEASE)
    await outbox.send_due()

    assert before == ()
    assert [card.address for card in cards()] == ["D1/2"]
    assert len(sender.tried) == 2


class CrashesOnce(Outgoings):
    """Stands for a crash between a send and its record."""

    crashed = False

    def sent(self, outgoing: Outgoing, *, now: datetime, card: str = "") -> None:
        if not self.crashed:
            self.crashed = True
            raise SystemError("The machine went down.")
        super().sent(outgoing, now=now, card=card)


@pytest.mark.parametrize("result", [TryAgain(why="busy"), GivenUp(why="the person left")])
async def test_a_card_that_did_not_arrive_is_not_remembered(
    outbox: Outbox, sender: FakeSender, tell: Tell, grace: PersonId, cards: Cards, result: SendResult
) -> None:
    sender.results = deque([result])
    tell("D1", grace)

    await outbox.send_due()

    assert cards() == ()


async def test_a_message_that_is_no_card_is_not_remembered(
    outbox: Outbox, said: Said, tell: Tell, grace: PersonId, database_file: DatabaseFile
) -> None:
    said.message = DATE
    tell("D1", grace)

    await outbox.send_due()

    assert database_file.rows("cards") == 0


async def test_a_card_for_somebody_nobody_knows_is_not_remembered(
    outbox: Outbox, tell: Tell, database_file: DatabaseFile
) -> None:
    tell("D1", None)

    await outbox.send_due()

    assert database_file.rows("cards") == 0
    assert database_file.column("outbox", "state") == ["sent"]


async def test_a_card_on_its_way_when_somebody_else_decides_is_put_right_as_soon_as_it_arrives(
    database: Database,
    desk: Desk,
    said: Said,
    sender: FakeSender,
    tell: Tell,
    grace: PersonId,
    cards: Cards,
    clock: FakeClock,
) -> None:
    class SomebodyDecides(Outgoings):
        """Things change between a send and its record."""

        def sent(self, outgoing: Outgoing, *, now: datetime, card: str = "") -> None:
            said.message = DECIDED
            super().sent(outgoing, now=now, card=card)

    outbox = Outbox(SomebodyDecides(database, desk), {Channel.SLACK: sender}, now=clock)
    tell("D1", grace)

    await outbox.send_due()
    clock.advance(seconds=2)
    await outbox.send_due()

    assert [(address, message.title) for address, message in sender.tried] == [
        ("D1", DECIDE.title),
        ("D1/1", DECIDED.title),
    ]
    assert [card.address for card in cards()] == ["D1/1"]
