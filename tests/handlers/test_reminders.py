"""What the bot says of its own accord: the policy owner's morning, and when it is whose morning."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.outgoing import Outgoings
from handlers.reminders import look_once
from policy_kb.bot_words import SayKind
from policy_kb.words import BotRole, Channel, Verb
from storage.audit import AuditEntry
from storage.chat_addresses import ChatAddress
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.database import Database
    from tests.stage import DatabaseFile

TUESDAY_AT_EIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TUESDAY_AT_NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WEDNESDAY_AT_NINE = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SATURDAY_AT_NINE = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
MONDAY_OF_OAKS_HALF_TERM = datetime(2026, 10, 19, 6, 0, tzinfo=UTC)
CHRISTMAS_DAY = datetime(2026, 12, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def reachable_owner(database: Database, sample_trust: None) -> None:  # noqa: ARG001 - she is one of the sample people
    with database.begin() as uow:
        (owner,) = uow.people.bot_role_holders(BotRole.POLICY_OWNER, None, TUESDAY_AT_EIGHT.date())
        address = ChatAddress(
            person_id=owner.id, channel=Channel.SLACK, tenant="T1", address="her-dm", updated_at=TUESDAY_AT_EIGHT
        )
        uow.chat_addresses.refresh(address)


@pytest.mark.usefixtures("reachable_owner")
def test_the_owner_is_told_in_the_morning_what_the_directory_lacks(database: Database, desk: Desk) -> None:
    look_once(database, desk, now=TUESDAY_AT_EIGHT)

    queued = look_once(database, desk, now=TUESDAY_AT_NINE)

    (outgoing,) = Outgoings(database, desk).claim(now=TUESDAY_AT_NINE)
    assert queued == 1
    assert (outgoing.row.channel, outgoing.row.address) == (Channel.SLACK, "her-dm")
    assert "People and settings" in plain_text(outgoing.message)
    assert "Oak" in plain_text(outgoing.message)


@pytest.mark.usefixtures("reachable_owner")
def test_what_the_directory_lacks_is_told_again_once_a_week_and_at_once_where_it_is_something_else(
    database: Database, desk: Desk
) -> None:
    def is_told(day: date) -> bool:
        now = datetime.combine(day, time(9, 0), UTC)
        look_once(database, desk, now=now)
        outgoings = Outgoings(database, desk)
        claimed = outgoings.claim(now=now)
        for one in claimed:
            outgoings.sent(one, now=now)
        return any("findings:" in one.row.say.about for one in claimed)

    days = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 1)]
    told = [is_told(day) for day in days]
    with database.begin() as uow:
        nadia = next(one for one in uow.people.everyone() if one.name == "Nadia Example")
        entry = AuditEntry(actor=None, verb=Verb.LEFT, at=WEDNESDAY_AT_NINE)
        uow.people.put((replace(nadia, ends_on=date(2026, 12, 1)),), entry=entry)

    assert told == [True, False, True, False]
    assert is_told(date(2026, 12, 2))


@pytest.mark.usefixtures("reachable_owner")
def test_what_the_directory_lacks_is_told_whole_where_there_is_nothing_else(database: Database, desk: Desk) -> None:
    with database.begin() as uow:
        (owner,) = uow.people.bot_role_holders(BotRole.POLICY_OWNER, None, TUESDAY_AT_EIGHT.date())
        say = SayFacts(kind=SayKind.TODAY, about="findings:")
        uow.outbox.put(say, Channel.SLACK, "her-dm", to=owner.id, due_at=TUESDAY_AT_EIGHT, now=TUESDAY_AT_EIGHT)

    (outgoing,) = Outgoings(database, desk).claim(now=TUESDAY_AT_NINE)

    assert "to put right before anyone is stuck" in outgoing.message.title


@pytest.mark.usefixtures("reachable_owner")
def test_an_owner_who_begins_late_hears_at_once_of_the_review_that_is_due(database: Database, desk: Desk) -> None:
    look_once(database, desk, now=TUESDAY_AT_NINE)

    (outgoing,) = Outgoings(database, desk).claim(now=TUESDAY_AT_NINE)
    assert "is to be reviewed in December 2026: 37 days are left." in plain_text(outgoing.message)


@pytest.mark.usefixtures("reachable_owner")
def test_a_policy_past_its_review_is_told_of_each_month(database: Database, desk: Desk) -> None:
    told = []
    for day in (date(2027, 1, 4), date(2027, 1, 5), date(2027, 2, 1)):
        now = datetime.combine(day, time(9, 0), UTC)
        look_once(database, desk, now=now)
        batch = Outgoings(database, desk).claim(now=now)
        told.append("It still stands" in "".join(plain_text(one.message) for one in batch))
        with database.begin() as uow:
            for one in batch:
                uow.outbox.sent(one.row, now)

    assert told == [True, False, True]


@pytest.mark.usefixtures("reachable_owner")
def test_nothing_is_said_before_its_time(database: Database, desk: Desk) -> None:
    assert look_once(database, desk, now=TUESDAY_AT_EIGHT) == 0


@pytest.mark.usefixtures("reachable_owner")
def test_a_morning_is_told_once_however_often_somebody_looks(database: Database, desk: Desk) -> None:
    assert [look_once(database, desk, now=TUESDAY_AT_NINE) for _ in range(3)] == [1, 0, 0]


@pytest.mark.usefixtures("reachable_owner")
@pytest.mark.parametrize("day_off", [SATURDAY_AT_NINE, CHRISTMAS_DAY])
def test_a_day_off_is_left_alone(database: Database, desk: Desk, day_off: datetime) -> None:
    assert look_once(database, desk, now=day_off) == 0


@pytest.mark.usefixtures("reachable_owner")
def test_the_owner_is_told_of_messages_nobody_got(database: Database, desk: Desk) -> None:
    outgoings = Outgoings(database, desk)
    with database.begin() as uow:
        uow.outbox.put(
            SayFacts(kind=SayKind.HELP),
            Channel.SLACK,
            "gone",
            to=None,
            due_at=TUESDAY_AT_EIGHT,
            now=TUESDAY_AT_EIGHT,
        )
    (lost,) = outgoings.claim(now=TUESDAY_AT_EIGHT)
    outgoings.give_up(lost.row, "channel_not_found")

    look_once(database, desk, now=TUESDAY_AT_NINE)

    (outgoing,) = outgoings.claim(now=TUESDAY_AT_NINE)
    assert "1 message(s) could not be delivered" in plain_text(outgoing.message)


@pytest.mark.usefixtures("sample_trust")
def test_an_owner_who_never_spoke_to_the_bot_cannot_be_told(database: Database, desk: Desk) -> None:
    assert look_once(database, desk, now=TUESDAY_AT_NINE) == 0


@pytest.mark.usefixtures("sample_trust")
def test_each_setting_has_its_own_mornings(database: Database, desk: Desk, database_file: DatabaseFile) -> None:
    look_once(database, desk, now=MONDAY_OF_OAKS_HALF_TERM)

    planned = {(row["subject"], row["due_at"][:10]) for row in database_file.table("due") if row["kind"] == "chasing"}
    assert ("elm-academy", "2026-10-19") in planned
    assert not [day for setting, day in planned if setting == "oak-academy"]


@pytest.mark.usefixtures("reachable_owner")
@pytest.mark.parametrize("at", [time(7, 59), time(18, 0), time(23, 0)])
def test_what_is_late_waits_for_the_morning_and_is_not_told_at_night(database: Database, desk: Desk, at: time) -> None:
    look_once(database, desk, now=TUESDAY_AT_EIGHT)

    at_night = look_once(database, desk, now=datetime.combine(TUESDAY_AT_EIGHT.date(), at, UTC))

    assert (at_night, look_once(database, desk, now=WEDNESDAY_AT_NINE)) == (0, 1)  # both mornings in one message


@pytest.mark.usefixtures("reachable_owner")
def test_two_bots_that_look_at_the_same_moment_tell_it_once(database: Database, desk: Desk) -> None:
    look_once(database, desk, now=TUESDAY_AT_EIGHT)

    with ThreadPoolExecutor(2) as bots:
        told = list(bots.map(lambda _: look_once(database, desk, now=TUESDAY_AT_NINE), range(2)))

    assert sorted(told) == [0, 1]
