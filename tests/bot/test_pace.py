"""No platform is sent more than it bears, and nobody waits for somebody else's chatter."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.pace import LIMITS, SHORT, Go, Limits, NotYet, Pace, Rate
from policy_kb.words import Channel
from tests.fakes import MONDAY_MORNING as NOW

SECOND = timedelta(seconds=1)
AT_ONCE = Go(after=timedelta(0))


def turns(pace: Pace, channel: Channel, conversation: str, at: timedelta, count: int) -> list[Go | NotYet]:
    return [pace.take_turn(channel, conversation, NOW + at) for _ in range(count)]


def test_slack_takes_three_messages_at_once_and_then_one_a_second() -> None:
    pace = Pace()

    at_first = turns(pace, Channel.SLACK, "D1", timedelta(0), 4)
    a_second_later = turns(pace, Channel.SLACK, "D1", SECOND, 2)

    assert at_first == [AT_ONCE] * 3 + [NotYet(until=NOW + SECOND)]
    assert a_second_later == [AT_ONCE, NotYet(until=NOW + 2 * SECOND)]


def test_who_was_put_off_may_go_at_the_instant_that_was_named_and_not_before() -> None:
    pace = Pace()
    *_, put_off = turns(pace, Channel.SLACK, "D1", timedelta(0), 4)
    assert isinstance(put_off, NotYet)

    too_early = pace.take_turn(Channel.SLACK, "D1", put_off.until - timedelta(microseconds=1))
    in_time = pace.take_turn(Channel.SLACK, "D1", put_off.until)

    assert too_early == put_off
    assert in_time == AT_ONCE


def test_a_conversation_that_rested_has_its_whole_burst_again_and_no_more() -> None:
    pace = Pace()
    turns(pace, Channel.SLACK, "D1", timedelta(0), 3)

    an_hour_later = turns(pace, Channel.SLACK, "D1", timedelta(hours=1), 4)

    assert an_hour_later.count(AT_ONCE) == 3


def test_one_conversation_full_of_messages_holds_up_no_other() -> None:
    pace = Pace()
    turns(pace, Channel.SLACK, "D1", timedelta(0), 50)

    others = [pace.take_turn(Channel.SLACK, f"D{number}", NOW) for number in range(2, 100)]

    assert others == [AT_ONCE] * 98


def test_the_same_name_on_two_platforms_is_two_conversations() -> None:
    pace = Pace()
    turns(pace, Channel.SLACK, "same", timedelta(0), 3)

    assert pace.take_turn(Channel.TEAMS, "same", NOW) == AT_ONCE


@pytest.mark.parametrize(("within", "most"), [(1, 7), (2, 8), (30, 60), (3600, 1810)])
def test_a_teams_conversation_gets_no_more_than_microsoft_bears(within: int, most: int) -> None:
    pace = Pace()
    tenth = timedelta(milliseconds=100)

    tried = [pace.take_turn(Channel.TEAMS, "a chat", NOW + number * tenth) for number in range(within * 10)]

    assert tried.count(AT_ONCE) <= most


def test_teams_as_a_whole_gets_thirty_a_second_in_the_order_they_were_asked_for() -> None:
    pace = Pace()

    waits = [
        turn.after for number in range(50) if isinstance(turn := pace.take_turn(Channel.TEAMS, f"{number}", NOW), Go)
    ]

    assert waits[:30] == [timedelta(0)] * 30
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(20 * SECOND / 30, abs=SECOND / 1000)


def test_nobody_is_waited_for_longer_than_a_second_however_many_there_are() -> None:
    pace = Pace()

    asked = [pace.take_turn(Channel.TEAMS, f"{number}", NOW) for number in range(500)]

    gone = [turn.after for turn in asked if isinstance(turn, Go)]
    put_off = [turn.until for turn in asked if isinstance(turn, NotYet)]
    assert max(gone) <= SHORT
    assert len(gone) + len(put_off) == 500
    assert pace.take_turn(Channel.TEAMS, "another", min(put_off)) != NotYet(until=min(put_off))


def test_everybody_put_off_gets_a_turn_in_the_end_and_the_limit_is_kept_throughout() -> None:
    pace, waiting, now, gone = Pace(), [f"chat {number}" for number in range(300)], NOW, 0
    instants = []

    while waiting:
        turn = pace.take_turn(Channel.TEAMS, waiting[0], now)
        if isinstance(turn, NotYet):
            now = turn.until
        else:
            instants.append(now + turn.after)
            waiting.pop(0)
            gone += 1

    assert gone == 300
    assert all(later - earlier >= SECOND * 0.99 for earlier, later in zip(instants, instants[60:], strict=False))


@pytest.mark.parametrize("channel", sorted(set(Channel) - set(LIMITS)))
def test_a_page_and_a_terminal_have_no_limit(channel: Channel) -> None:
    pace = Pace()

    assert turns(pace, channel, "here", timedelta(0), 1000) == [AT_ONCE] * 1000


def test_a_clock_that_is_set_back_silences_nobody() -> None:
    pace = Pace()
    turns(pace, Channel.SLACK, "D1", timedelta(hours=5), 3)

    turn = pace.take_turn(Channel.SLACK, "D1", NOW)

    assert isinstance(turn, NotYet)
    assert turn.until - NOW <= 3 * SECOND


def test_conversations_that_have_rested_are_forgotten() -> None:
    pace = Pace({Channel.SLACK: Limits(conversation=Rate(at_once=1, then_each=SECOND))})

    for number in range(5000):
        pace.take_turn(Channel.SLACK, f"D{number}", NOW + number * SECOND / 10)

    assert len(pace._rested_at) <= 1000
