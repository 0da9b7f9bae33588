"""Who may act for whom, and who may say so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from policy_kb.rules import delegation
from policy_kb.rules.delegation import StandIn, check_may_write_down, check_stand_in
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.words import PersonId

GRACE, PRIYA, DENISE, VICTORIA, TOM = (PersonId(one) for one in ("grace", "priya", "denise", "victoria", "tom"))
TODAY = date(2026, 10, 5)


def a_stand_in(
    *,
    acting: PersonId = PRIYA,
    absent: PersonId = GRACE,
    starts_on: date = date(2026, 10, 14),
    ends_on: date = date(2026, 10, 19),
) -> StandIn:
    return StandIn(acting=acting, absent=absent, starts_on=starts_on, ends_on=ends_on)


@pytest.mark.parametrize("by", [GRACE, DENISE, VICTORIA])
def test_the_absent_person_and_those_who_may_write_it_down(by: PersonId) -> None:
    check_may_write_down(a_stand_in(), by=by, may={DENISE, VICTORIA})


def test_nobody_else_may_write_it_down() -> None:
    with pytest.raises(delegation.NotTheirsToDelegate):
        check_may_write_down(a_stand_in(), by=TOM, may={DENISE, VICTORIA})


def test_whoever_writes_it_down_cannot_name_themselves() -> None:
    with pytest.raises(delegation.CannotNameOneself):
        check_may_write_down(a_stand_in(acting=DENISE), by=DENISE, may={DENISE})


def test_nobody_acts_for_themselves() -> None:
    with pytest.raises(delegation.ActsForOneself):
        check_may_write_down(a_stand_in(acting=GRACE), by=GRACE, may=set())


@pytest.mark.parametrize(
    ("starts_on", "days"), [(TODAY, 1), (TODAY, 60), (date(2026, 10, 14), 5)], ids=["today", "60 days", "later"]
)
def test_it_may_begin_today_and_last_sixty_days(starts_on: date, days: int) -> None:
    wanted = a_stand_in(starts_on=starts_on, ends_on=starts_on + timedelta(days=days))

    check_stand_in(wanted, today=TODAY, in_post=True, made=())


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "refused"),
    [
        (TODAY - timedelta(days=1), TODAY + timedelta(days=3), delegation.DaysInThePast),
        (date(2026, 10, 14), date(2026, 10, 14), delegation.DaysInThePast),
        (date(2026, 10, 14), date(2026, 10, 1), delegation.DaysInThePast),
        (TODAY, TODAY + timedelta(days=61), delegation.TooManyDays),
    ],
)
def test_it_neither_begins_in_the_past_nor_goes_on_for_ever(
    starts_on: date, ends_on: date, refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        check_stand_in(a_stand_in(starts_on=starts_on, ends_on=ends_on), today=TODAY, in_post=True, made=())


def test_both_work_for_the_trust_all_the_while() -> None:
    with pytest.raises(delegation.NotInPostThen):
        check_stand_in(a_stand_in(), today=TODAY, in_post=False, made=())


def test_what_somebody_acts_in_is_not_passed_on() -> None:
    acts_already = a_stand_in(acting=GRACE, absent=VICTORIA, ends_on=date(2026, 10, 15))

    with pytest.raises(delegation.PassedOnTwice) as refusal:
        check_stand_in(a_stand_in(), today=TODAY, in_post=True, made=(acts_already,))

    assert refusal.value.because is ProductRule.ONE_LEVEL_OF_DELEGATION


def test_nobody_acts_who_is_away_on_a_day_of_it() -> None:
    is_away = a_stand_in(acting=TOM, absent=PRIYA, starts_on=date(2026, 10, 18), ends_on=date(2026, 11, 1))

    with pytest.raises(delegation.PassedOnTwice):
        check_stand_in(a_stand_in(), today=TODAY, in_post=True, made=(is_away,))


def test_what_is_over_by_then_is_in_nobodys_way() -> None:
    over = a_stand_in(acting=TOM, absent=PRIYA, starts_on=date(2026, 10, 6), ends_on=date(2026, 10, 14))

    check_stand_in(a_stand_in(), today=TODAY, in_post=True, made=(over,))


def test_one_person_may_act_for_two() -> None:
    acts_for_victoria_too = a_stand_in(absent=VICTORIA)

    check_stand_in(a_stand_in(), today=TODAY, in_post=True, made=(acts_for_victoria_too,))
