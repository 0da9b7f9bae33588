"""What people know of a rota stays as it is planned on, and who is told of what changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.site_words import GapKind
from tests.handlers.cover.planned import (
    END,
    FOUR,
    FULL_TIME,
    empty,
    plan,
    slots,
    weights,
    works_all_year,
)
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    EWA,
    FRIDAY,
    MONDAY,
    NAME,
    PRIYA,
    THURSDAY,
    TOM,
    TUESDAY,
    WEDNESDAY,
    WEEK,
    Rota,
)
from tests.handlers.requests.office import everything


def test_planning_twice_is_planning_once_and_each_slot_keeps_its_number(rota: Rota) -> None:
    plan(rota)
    before = slots(rota)
    everybody = [rota.inbox(one) for one in FOUR]

    plan(rota)

    assert slots(rota) == before
    assert [rota.inbox(one) for one in FOUR] == [[]] * 4
    assert everybody == [[]] * 4


def test_night_after_night_the_rota_grows_and_what_people_know_stays(rota: Rota) -> None:
    works_all_year(rota, TOM)
    empty(rota)
    plan(rota)
    before = {slot.id: slot for slot in slots(rota)}

    for _ in range(14):
        rota.clock.advance(days=1)
        plan(rota)

    after = slots(rota, MONDAY, END + 2 * WEEK)
    assert len(after) == 75
    assert {slot.id: slot for slot in after if slot.id in before} == before
    counts = weights(rota)
    assert max(counts[one] for one in FULL_TIME) - min(counts[one] for one in FULL_TIME) <= 2


def test_what_was_laid_out_before_is_kept(rota: Rota) -> None:
    before = {slot.id: slot for slot in slots(rota)}

    plan(rota)

    after = {slot.id: slot for slot in slots(rota)}
    near = [one.id for one in before.values() if one.starts_on < MONDAY + 2 * WEEK - DAY]
    assert [after[one] for one in near] == [before[one] for one in near]
    assert before.keys() < after.keys()


def test_a_week_that_nobody_took_by_its_second_day_is_given_by_the_rota(rota: Rota) -> None:
    empty(rota)
    rota.lay_out(MONDAY, 5, TOM)
    rota.press(TOM, Action.OFF, f"{MONDAY.isoformat()}:{(MONDAY + 5 * DAY).isoformat()}")
    assert rota.offer_of(MONDAY) is not None

    rota.clock.instant = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    plan(rota)
    still_asked = rota.offer_of(MONDAY)
    rota.clock.advance(days=1)
    plan(rota)

    assert still_asked is not None
    assert rota.offer_of(MONDAY) is None
    assert rota.who(MONDAY) not in {"", TOM}


def test_whoever_is_away_has_no_slot_then_and_nobody_is_told_of_one_that_is_far(rota: Rota) -> None:
    plan(rota)
    rota.keep_away(TOM, MONDAY + 4 * WEEK, MONDAY + 6 * WEEK)

    plan(rota)

    away = slots(rota, MONDAY + 4 * WEEK, MONDAY + 6 * WEEK)
    assert rota.person(TOM).id not in {one for slot in away for one in (slot.person, slot.reserve)}
    assert all(slot.person for slot in away)
    assert [rota.inbox(one) for one in FOUR] == [[]] * 4


def test_a_gap_that_is_near_is_given_to_somebody_who_is_told(rota: Rota) -> None:
    plan(rota)
    rota.leave_open(WEDNESDAY)

    plan(rota)

    who = rota.who(WEDNESDAY)
    (told,) = rota.inbox(who)
    assert told.title == f"The rota has a slot for you: {NAME}, Wednesday 2 December."
    assert [rota.inbox(one) for one in FOUR if one != who] == [[]] * 3


def test_whoever_is_given_several_is_told_once(rota: Rota) -> None:
    for one in (PRIYA, CALLUM, EWA):
        rota.keep_away(one, MONDAY, MONDAY + WEEK)

    plan(rota)

    (told,) = [one for one in rota.inbox(TOM) if not one.replaces]
    assert told.title == f"The rota has a slot for you: {NAME}, Monday 30 November and 3 more."
    assert {rota.who(day) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)} == {TOM}
    assert f"Tom Example has your slot: {NAME}, Wednesday 2 December." in everything(rota.inbox(EWA))


def test_what_the_night_plans_is_told_in_the_morning(rota: Rota) -> None:
    plan(rota)
    rota.leave_open(WEDNESDAY)
    rota.clock.instant = datetime(2026, 11, 30, 0, 5, tzinfo=UTC)

    plan(rota)
    who = rota.who(WEDNESDAY)

    assert rota.inbox(who) == []
    rota.clock.instant = datetime(2026, 11, 30, 8, 15, tzinfo=UTC)
    assert len(rota.inbox(who)) == 1


def test_a_slot_that_others_are_asked_about_is_let_alone(rota: Rota) -> None:
    rota.press(TOM, Action.OFF, "2026-12-03:2026-12-04")

    plan(rota)

    assert rota.who(THURSDAY) == ""
    assert rota.offer_of(THURSDAY) is not None


def test_days_that_are_left_on_purpose_are_let_alone(rota: Rota) -> None:
    rota.leave_open(THURSDAY, FRIDAY)
    with rota.database.begin() as uow:
        by = rota.person_in(uow, AISHA).id
        uow.rota.settle_gap(rota.site, GapKind.PAUSED, THURSDAY, FRIDAY, by=by, entry=rota.entry())

    plan(rota)

    assert rota.who(THURSDAY) == ""
    assert rota.who(FRIDAY) != ""


def test_a_slot_whose_hours_are_over_is_given_to_nobody(rota: Rota) -> None:
    rota.leave_open(MONDAY, TUESDAY)
    rota.clock.instant = datetime(2026, 11, 30, 16, 45, tzinfo=UTC)

    plan(rota)

    assert rota.who(MONDAY) == ""
    assert rota.who(TUESDAY) != ""


def test_what_somebody_took_or_confirmed_is_theirs_even_when_they_are_away(rota: Rota) -> None:
    rota.press(TOM, Action.GOT_IT, rota.about(THURSDAY))
    rota.keep_away(TOM, THURSDAY, FRIDAY)

    plan(rota)

    assert rota.who(THURSDAY) == TOM


def test_a_rota_that_is_cut_anew_keeps_this_week_and_is_filled_from_monday_on(rota: Rota) -> None:
    plan(rota)
    rota.clock.instant = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
    this_week = slots(rota, MONDAY, MONDAY + WEEK)
    values = {"length": ("week",), "days": ("every_day",), "holidays": ("double",)}

    rota.press(PRIYA, Action.ROTA_SHAPE, str(rota.site), values)
    plan(rota)

    made = slots(rota)
    assert tuple(made[:5]) == this_week
    weeks = made[5:]
    assert [(slot.starts_on, slot.ends_on) for slot in weeks[:2]] == [
        (MONDAY + WEEK, MONDAY + 2 * WEEK),
        (MONDAY + 2 * WEEK, MONDAY + 3 * WEEK),
    ]
    assert all(slot.person for slot in weeks)
    assert [slot.starts_on for slot in weeks if slot.weight == 2] == [
        date(2026, 12, 21),
        date(2026, 12, 28),
        date(2027, 2, 15),
    ]


def test_whoever_says_they_are_away_has_later_slots_given_to_others_at_once(rota: Rota) -> None:
    plan(rota)
    tom = rota.person(TOM).id

    rota.press(TOM, Action.OFF, "2027-01-04:2027-01-23")

    away = slots(rota, date(2027, 1, 4), date(2027, 1, 23))
    assert all(slot.person not in {None, tom} for slot in away)
