"""A school year of the sample trust, held against lists that were written by hand from the documentation."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import SayKind
from policy_kb.rules.london import LONDON
from policy_kb.rules.periods import DAY, days_between
from policy_kb.rules.reminding import Reminder
from tests.handlers.reminding.year import BEGINS, ENDS, of_person, the_year

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Desk
    from handlers.rehearsing import Told
    from tests.handlers.reminding.year import Year

BY_HAND = Path(__file__).with_name("by_hand")
HEADS = {"elm-academy": {"grace-sample"}, "oak-academy": {"ngozi-example", "mei-sample"}}
SOONEST = timedelta(days=2)  # a gap is told of once more so shortly before
EARLIEST = timedelta(weeks=6)
TIMER = re.compile(r"[TM]-\d\d ")
ON_ANY_DAY = frozenset({"T-12", "T-16"})


@pytest.fixture(scope="module")
def year(desk: Desk) -> Year:
    return the_year(desk)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a list written by hand; lines that begin with # explain them."""
    lines = (BY_HAND / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def daily(year: Year) -> list[Told]:
    """Return the daily messages."""
    return [one for one in year.told if one.say.kind is SayKind.TODAY]


def timers(told: Told) -> frozenset[str]:
    """Return the timers of one message; the owner's findings and changes of the rota are none."""
    return frozenset(why.partition(" ")[0] for why in told.why if TIMER.match(why))


def uncovered_by_hand() -> Mapping[str, set[date]]:
    """Return by site the weekdays that nobody can cover."""
    found: dict[str, set[date]] = defaultdict(set)
    for row in rows("uncovered.csv"):
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        found[row["site"]] |= {day for day in days_between(first, last + DAY) if day.weekday() < 5}
    return dict(found)


def test_nobody_covers_exactly_the_days_that_the_list_says(year: Year) -> None:
    found: dict[str, set[date]] = defaultdict(set)
    for slot in year.slots:
        if slot.person is None:
            within = (max(slot.starts_on, BEGINS), min(slot.ends_on, ENDS))
            found[year.sites[slot.site].name] |= set(days_between(*within))

    assert found == uncovered_by_hand()


def test_every_day_of_the_year_is_owed_by_every_site(year: Year) -> None:
    owed: dict[str, set[date]] = defaultdict(set)
    for slot in year.slots:
        owed[year.sites[slot.site].name] |= set(days_between(slot.starts_on, slot.ends_on))

    weekdays = {day for day in days_between(BEGINS, ENDS) if day.weekday() < 5}
    assert len(owed) == 30
    assert {name: sorted(weekdays - days)[:3] for name, days in owed.items() if weekdays - days} == {}


@pytest.mark.parametrize("person", ["harriet-sample", "grace-sample", "dapo-sample"])
def test_three_people_are_told_what_the_list_says_on_its_days_and_at_its_hours(year: Year, person: str) -> None:
    expected = {
        (row["day"], row["london"], row["utc"]): (
            frozenset(row["timers"].split("; ")),
            frozenset(row["about"].split("; ")) - {""},
        )
        for row in rows("told_to_three.csv")
        if row["person"] == person
    }

    found = {}
    for one in of_person(daily(year), person):
        if timers(one):
            there = one.at.astimezone(LONDON)
            about = frozenset(year.sites[site].name for site in one.sites)
            found[there.date().isoformat(), f"{there:%H:%M}", f"{one.at:%H:%M}"] = (timers(one), about)

    assert found == expected


def test_the_head_hears_of_every_stretch_that_nobody_covers_before_it_begins(year: Year) -> None:
    settings = {site.name: site.setting for site in year.sites.values()}
    told = {
        (year.sites[site].name, one.person, one.at.date())
        for one in daily(year)
        if any(subject.reminder is Reminder.GAP for subject in one.subjects)
        for site in one.sites
    }

    untold = []
    for row in rows("uncovered.csv"):
        first, heads = date.fromisoformat(row["first"]), HEADS[settings[row["site"]]]
        before = [day for site, who, day in told if site == row["site"] and who in heads and day <= max(first, BEGINS)]
        in_time = [day for day in before if first - EARLIEST - DAY <= day <= max(first - SOONEST, BEGINS)]
        untold += [] if in_time else [(row["site"], row["first"])]

    assert untold == []


def test_nobody_has_two_daily_messages_on_one_day(year: Year) -> None:
    count = Counter((one.person, one.at.astimezone(LONDON).date()) for one in daily(year))

    assert len(count) > 3000
    assert [whose for whose, number in count.items() if number > 1] == []


def test_the_hour_is_that_of_london_on_both_sides_of_both_clock_changes(year: Year) -> None:
    hours = {one.at.astimezone(LONDON).time() for one in daily(year)}
    utc = {one.at.time() for one in daily(year) if one.at.date() in {date(2027, 3, 26), date(2027, 3, 30)}}

    assert hours == {time(8, 15), time(15, 30)}
    assert {time(8, 15), time(7, 15)} <= utc


def test_in_a_holiday_of_their_setting_people_hear_of_nothing_but_their_slots_and_of_too_few_people(
    year: Year,
) -> None:
    christmas = set(days_between(date(2026, 12, 19), date(2027, 1, 4)))
    found = {
        why
        for one in daily(year)
        if one.at.date() in christmas and year.people[one.person].setting.id in HEADS
        for why in timers(one)
    }

    assert found
    assert found <= ON_ANY_DAY


def test_a_leaver_is_told_of_5_6_on_their_last_day_and_of_nothing_afterwards(year: Year) -> None:
    tunde = of_person(year.told, "tunde-sample")
    goodbye = [one.at.date() for one in tunde if one.say.kind is SayKind.LEAVING]

    assert goodbye == [date(2027, 2, 12)]
    assert max(one.at.date() for one in tunde) == date(2027, 2, 12)
    assert not any(slot.person == "tunde-sample" for slot in year.slots if slot.starts_on > date(2027, 2, 12))
