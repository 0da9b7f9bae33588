"""What is not covered ahead, in slots and in the days of each holiday."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.rules.cover import cover_of
from policy_kb.rules.forecast import Forecast, forecast_of, holidays_ahead
from policy_kb.rules.periods import DAY
from policy_kb.rules.rota_cut import slots_owed
from policy_kb.rules.site import IntendedGap, RotaShape, Slot
from policy_kb.site_words import CoverDays, GapKind, SiteId, SlotId, SlotLength
from policy_kb.words import PersonId
from tests.policy_kb.rules.calendars import CENTRAL, ELM_PARK, LITTLE_OAKS, a_calendar

SITE = SiteId(7)
TOM = PersonId("tom-example")
START, END = date(2026, 11, 30), date(2027, 3, 1)
CHRISTMAS = (date(2026, 12, 21), date(2027, 1, 2))
DAILY = RotaShape(length=SlotLength.DAY)


def a_rota(shape: RotaShape = DAILY, *, but: tuple[date, date] | None = None) -> tuple[Slot, ...]:
    """Return a rota that Tom has, but for the slots that begin in some days."""
    owed = slots_owed(SITE, shape, START, END, ELM_PARK)
    numbered = (replace(slot, id=SlotId(number)) for number, slot in enumerate(owed, 1))
    return tuple(slot if but and but[0] <= slot.starts_on < but[1] else replace(slot, person=TOM) for slot in numbered)


def decided(start: date, end: date) -> IntendedGap:
    at = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    return IntendedGap(id=1, site=SITE, kind=GapKind.PAUSED, starts_on=start, ends_on=end, by=TOM, at=at)


def ahead(slots: tuple[Slot, ...], *intended: IntendedGap) -> Forecast:
    return forecast_of(cover_of(slots, intended), holidays_ahead(ELM_PARK, START, END))


def said(forecast: Forecast) -> list[tuple[str, int, int, int]]:
    return [(one.holiday.name, one.uncovered, one.intended, one.days) for one in forecast.holidays]


def test_each_holiday_tells_how_many_of_its_weekdays_nobody_covers() -> None:
    forecast = ahead(a_rota(but=(date(2026, 12, 23), CHRISTMAS[1])))

    assert said(forecast) == [("Christmas", 8, 0, 10), ("February half-term", 0, 0, 5)]
    assert all(one.weekdays_only for one in forecast.holidays)
    assert (forecast.owed, forecast.covered) == (65, 57)


def test_half_days_of_one_day_are_one_day_and_a_week_is_five() -> None:
    halves = ahead(a_rota(RotaShape(length=SlotLength.HALF_DAY), but=CHRISTMAS))
    weeks = ahead(a_rota(RotaShape(), but=CHRISTMAS))

    assert said(halves)[0] == said(weeks)[0] == ("Christmas", 10, 0, 10)
    assert (halves.owed, weeks.owed) == (130, 13)


def test_where_weekends_are_owed_they_are_days_of_the_holiday() -> None:
    forecast = ahead(a_rota(RotaShape(length=SlotLength.DAY, days=CoverDays.EVERY_DAY)))

    christmas, _ = forecast.holidays
    assert (christmas.days, christmas.weekdays_only) == (16, False)


def test_days_left_on_purpose_are_not_uncovered_and_not_owed() -> None:
    forecast = ahead(a_rota(but=CHRISTMAS), decided(*CHRISTMAS))

    assert said(forecast)[0] == ("Christmas", 0, 10, 10)
    assert (forecast.owed, forecast.covered, forecast.share) == (55, 55, 1.0)
    assert forecast.gaps == ()


def test_an_empty_rota_is_the_loudest() -> None:
    forecast = ahead(())

    assert forecast.is_empty
    assert forecast.share == 0.0
    assert forecast.holidays == ()


def test_a_rota_nobody_has_is_empty_too_unless_that_was_decided() -> None:
    nobody = a_rota(but=(START, END))

    assert ahead(nobody).is_empty
    assert ahead(nobody).share == 0.0
    assert not ahead(nobody, decided(START, END)).is_empty
    assert ahead(nobody, decided(START, END)).share == 1.0


def test_a_nursery_has_no_holidays_but_its_closure_and_a_central_service_has_none() -> None:
    assert [one.name for one in holidays_ahead(LITTLE_OAKS, START, END)] == ["Christmas closure"]
    assert holidays_ahead(CENTRAL, START, END) == ()


def test_where_nobody_imported_a_calendar_nothing_is_said_of_holidays() -> None:
    assert holidays_ahead(a_calendar(), START, END) == ()
    assert [one.name for one in holidays_ahead(ELM_PARK, START, date(2029, 1, 1))][-1] == "October half-term"


def test_a_holiday_that_has_begun_is_told_whole() -> None:
    (christmas,) = holidays_ahead(ELM_PARK, date(2026, 12, 28), date(2027, 1, 4))

    assert christmas.starts_on == date(2026, 12, 19)


@given(numbers=st.sets(st.integers(1, 65)), settled=st.integers(0, 91))
def test_covered_and_open_slots_are_those_that_nobody_decided_to_leave(numbers: set[int], settled: int) -> None:
    slots = tuple(replace(slot, person=None) if slot.id in numbers else slot for slot in a_rota())

    forecast = ahead(slots, *((decided(START, START + settled * DAY),) if settled else ()))

    left = sum(slot.person is None and slot.ends_on <= START + settled * DAY for slot in slots)
    assert forecast.owed == len(slots) - left
    assert forecast.owed - forecast.covered == sum(len(gap.slots) for gap in forecast.gaps)
    assert forecast.share == pytest.approx(forecast.covered / forecast.owed if forecast.owed else not forecast.is_empty)
    assert all(one.uncovered + one.intended <= one.days for one in forecast.holidays)
