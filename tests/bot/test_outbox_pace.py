"""The outbox at the platform's pace: untried messages keep their tries, their order and nobody else waiting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.outbox import LOOK_AGAIN, Outbox
from bot.pace import Limits, Pace, Rate
from handlers.outgoing import LEASE
from policy_kb.bot_words import SayKind
from policy_kb.words import Channel
from tests.stage import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.outgoing import Outgoings
    from tests.fakes import FakeClock, FakeSender
    from tests.stage import DatabaseFile

KINDS = (SayKind.HELP, SayKind.GONE, SayKind.NOTHING_ASKED)


def queue_many(queue: Callable[..., None], address: str, count: int) -> None:
    for number in range(count):
        queue(address, KINDS[number % 3])


async def test_a_chatty_conversation_waits_and_the_others_do_not(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None]
) -> None:
    queue_many(queue, "chatty", 20)
    for number in range(20):
        queue(f"D{number}")

    tried = await outbox.send_due()

    assert len(sender.arrived["chatty"]) == 3
    assert [len(sender.arrived[f"D{number}"]) for number in range(20)] == [1] * 20
    assert tried == 23


async def test_what_waits_for_its_turn_arrives_in_order_and_each_at_the_first_try(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], clock: FakeClock, database_file: DatabaseFile
) -> None:
    queue_many(queue, "chatty", 9)

    arrived = []
    for _ in range(7):
        await outbox.send_due()
        arrived.append(len(sender.arrived["chatty"]))
        clock.advance(seconds=1)

    assert arrived == [3, 4, 5, 6, 7, 8, 9]
    assert sender.arrived["chatty"][:3] * 3 == sender.arrived["chatty"]
    assert set(database_file.column("outbox", "attempts")) == {1}


async def test_many_addresses_in_one_conversation_share_its_limit(
    outbox: Outbox, sender: FakeSender, queue: Callable[..., None], clock: FakeClock
) -> None:
    sender.conversation = lambda address: address[0]  # type: ignore[method-assign]  # the first letter: two rooms
    for number in range(5):
        queue(f"A{number}")
    queue("B0")

    await outbox.send_due()
    at_first = sorted(sender.arrived)
    clock.advance(seconds=1)
    await outbox.send_due()

    assert at_first == ["A0", "A1", "A2", "B0"]
    assert sorted(sender.arrived) == ["A0", "A1", "A2", "A3", "B0"]


async def test_a_platform_as_a_whole_is_waited_for_a_moment_and_nothing_is_put_off(
    outgoings: Outgoings, sender: FakeSender, queue: Callable[..., None], clock: FakeClock, database_file: DatabaseFile
) -> None:
    rate = Rate(at_once=2, then_each=timedelta(milliseconds=20))
    outbox = Outbox(
        outgoings,
        {Channel.SLACK: sender},
        now=clock,
        pace=Pace({Channel.SLACK: Limits(conversation=rate, together=rate)}),
    )
    for number in range(8):
        queue(f"D{number}")

    await outbox.send_due()

    assert [address for address, _ in sender.tried] == [f"D{number}" for number in range(8)]
    assert set(database_file.column("outbox", "state")) == {"sent"}


async def test_what_was_put_off_goes_when_its_turn_comes_without_being_woken(
    outgoings: Outgoings, sender: FakeSender, queue: Callable[..., None], clock: FakeClock
) -> None:
    rate = Rate(at_once=1, then_each=timedelta(milliseconds=50))
    outbox = Outbox(
        outgoings, {Channel.SLACK: sender}, now=clock, pace=Pace({Channel.SLACK: Limits(conversation=rate)})
    )
    queue_many(queue, "chatty", 2)
    outbox.start()
    await until(lambda: len(sender.arrived["chatty"]) == 1)

    clock.advance(rate.then_each)
    await until(lambda: len(sender.arrived["chatty"]) == 2, seconds=LOOK_AGAIN / 2)

    await outbox.stop()


async def test_a_message_put_off_while_the_bot_is_killed_is_not_lost(
    outbox: Outbox, outgoings: Outgoings, sender: FakeSender, queue: Callable[..., None], clock: FakeClock
) -> None:
    queue_many(queue, "chatty", 4)
    await outbox.send_due()

    clock.advance(LEASE)
    after_the_restart = Outbox(outgoings, {Channel.SLACK: sender}, now=clock)
    await after_the_restart.send_due()

    assert len(sender.arrived["chatty"]) == 4
