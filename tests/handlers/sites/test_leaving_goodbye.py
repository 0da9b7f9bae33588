"""Whoever leaves reads 5.6 on their last day; whoever has left is never written to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from handlers.desk import OFFICIAL_LABEL
from handlers.message import ClauseQuote, plain_text
from handlers.scene import SayScene
from handlers.sites.leaving_said import compose_leaving
from policy_kb.bot_words import Action
from policy_kb.toml_entries import parse_ref
from policy_kb.words import Channel
from storage.chat_addresses import ChatAddress
from tests.handlers.cover.rota_office import (
    AISHA,
    LUCY,
    MONDAY,
    TOM,
    TUESDAY,
    Rota,
)
from tests.handlers.requests.mornings import leaves
from tests.handlers.requests.office import labels
from tests.handlers.sites.leaving_days import (
    NIGHT,
    WEDNESDAY_IS_LAST,
    goodbye,
    morning_after,
    night,
    others_have_left_before,
)
from tests.handlers.sites.people_office import (
    ADMINISTRATOR,
    name_for,
    parts,
    tasks,
)

__all__ = ["others_have_left_before"]


def test_on_the_last_day_the_words_of_5_6_are_sent_once(rota: Rota) -> None:
    leaves(rota, TOM, WEDNESDAY_IS_LAST)

    days = [goodbye(rota, date(2026, 12, day)) for day in (1, 2, 2, 3)]

    assert days == [0, 1, 0, 0]
    (told,) = rota.inbox(TOM)
    assert told.title == "Your last day with us is 2 December 2026. One rule goes on after it (5.6)."
    assert [one.number for one in told.blocks if isinstance(one, ClauseQuote)] == ["5.6"]
    assert "You look after Netball Instagram: please tell whoever goes on with it" in plain_text(told)
    assert labels(told) == ["See 5.6"]


def test_a_goodbye_that_is_written_at_night_waits_for_the_morning(rota: Rota) -> None:
    leaves(rota, TOM, WEDNESDAY_IS_LAST)

    goodbye(rota, date(2026, 12, 2), NIGHT)
    at_night = rota.inbox(TOM)
    morning_after(rota, date(2026, 12, 2))

    assert at_night == []
    assert len(rota.inbox(TOM)) == 1


def test_a_last_day_at_the_weekend_is_told_of_on_friday(rota: Rota) -> None:
    leaves(rota, TOM, date(2026, 12, 7))  # Sunday the 6th is the last

    assert [goodbye(rota, date(2026, 12, day)) for day in (3, 4, 5, 6)] == [0, 1, 0, 0]


def test_a_last_day_in_the_long_holiday_is_told_of_on_that_day(rota: Rota) -> None:
    leaves(rota, TOM, date(2027, 1, 1))

    assert goodbye(rota, date(2026, 12, 31)) == 1


def test_whoever_could_not_be_reached_is_told_once_they_can(rota: Rota) -> None:
    leaves(rota, TOM, WEDNESDAY_IS_LAST)
    with rota.database.begin() as uow:
        uow.chat_addresses.forget([rota.person_in(uow, TOM).id])
    assert goodbye(rota, date(2026, 12, 2), time(8, 15)) == 0

    with rota.database.begin() as uow:
        person = rota.person_in(uow, TOM).id
        where = ChatAddress(
            person_id=person, channel=Channel.SLACK, tenant="T1", address=f"dm-{TOM}", updated_at=rota.clock()
        )
        uow.chat_addresses.refresh(where)

    assert goodbye(rota, date(2026, 12, 2), time(12, 0)) == 1


def test_an_end_that_was_taken_back_in_time_is_said_to_be(rota: Rota) -> None:
    leaves(rota, TOM, WEDNESDAY_IS_LAST)
    goodbye(rota, date(2026, 12, 2), NIGHT)
    leaves(rota, TOM, date(2027, 9, 1))
    morning_after(rota, date(2026, 12, 2))

    (told,) = rota.inbox(TOM)

    assert told.title == "You are not down as leaving on that day any more, so nothing changes."


def test_whoever_has_left_already_is_never_written_to(rota: Rota) -> None:
    rota.press(AISHA, Action.NAME_PEOPLE, f"{rota.site}:site_administrator:tom-example")
    rota.inbox(TOM)
    leaves(rota, TOM, date(2026, 11, 20))

    assert goodbye(rota, MONDAY) == 0
    night(rota, MONDAY)
    rota.press(AISHA, Action.END_PART, f"{rota.site}:site_moderator:tom-example:surely")
    morning_after(rota, TUESDAY)

    assert rota.inbox(TOM) == []


def test_whoever_is_taken_off_after_they_have_left_is_not_told(rota: Rota) -> None:
    leaves(rota, TOM, date(2026, 11, 20))

    rota.press(AISHA, Action.END_PART, f"{rota.site}:site_moderator:tom-example:surely")

    assert parts(rota, TOM) == set()
    assert rota.inbox(TOM) == []


def test_whoever_never_accepted_may_have_had_a_login_all_the_same(rota: Rota) -> None:
    name_for(rota, LUCY, ADMINISTRATOR)
    leaves(rota, LUCY, MONDAY)

    night(rota, MONDAY)

    assert parts(rota, LUCY) == set()
    assert [one.about for one in tasks(rota)] == ["lucy-example"]


def test_whoever_comes_back_is_named_and_asked_anew(rota: Rota) -> None:
    leaves(rota, TOM, MONDAY)
    night(rota, MONDAY)
    leaves(rota, TOM, date(2027, 9, 1))
    rota.inbox(TOM)

    rota.press(AISHA, Action.NAME_PEOPLE, f"{rota.site}:site_moderator:tom-example")

    (asked,) = rota.inbox(TOM)
    rota.push(TOM, asked, "I accept")
    assert len(parts(rota, TOM, accepted=True)) == 1
    assert tasks(rota) == ()


def test_the_official_words_of_5_6_are_quoted_once_the_trust_has_imported_them(rota: Rota) -> None:
    leaves(rota, TOM, WEDNESDAY_IS_LAST)
    with rota.database.begin() as uow:
        view = rota.desk.reading(uow).view.quoting({parse_ref("5.6"): "The trust's own sentence."}, OFFICIAL_LABEL)
        scene = SayScene(
            view=view,
            uow=uow,
            person=rota.person_in(uow, TOM),
            today=date(2026, 12, 2),
            now=datetime(2026, 12, 2, 9, tzinfo=UTC),
        )
        told = compose_leaving("2026-12-03", scene)

    (quote,) = [one for one in told.blocks if isinstance(one, ClauseQuote)]
    assert (quote.words, quote.official) == ("The trust's own sentence.", True)


def test_a_transfer_inside_the_trust_is_no_leaving(rota: Rota) -> None:
    assert night(rota, MONDAY + timedelta(days=1)) == 0
    assert parts(rota, TOM) != set()
