"""Calendar feeds opened in two independent parsers: vobject, and Mozilla's ical.js in Node."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.register.calendars_entries import Calendar, Entry
from handlers.register.calendars_written import write_calendar
from policy_kb.rules.london import LONDON
from policy_kb.site_words import SlotPart
from tests.clients.calendar_parsers import read_with_ical_js, read_with_vobject
from tests.fakes import FakeClock
from tests.handlers.cover.rota_office import AISHA, TOM, rota_database
from tests.handlers.register.calendar_office import Calendars
from tests.stage import database, database_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.desk import Desk
    from storage.database import Database
    from tests.clients.calendar_parsers import ReadCalendar
    from tests.stage import DatabaseFile

__all__ = ["database", "database_file"]

READ_AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
EIGHT_HOURS = timedelta(hours=8)
IN_LONDON = READ_AT.astimezone(LONDON)
PARSERS = (read_with_vobject, read_with_ical_js)
HOSTILE = "Füß; \\n, \"Ball\": 🏐 'x'\nATTENDEE:mailto:nobody@example.org " + "very long indeed " * 20
# Written by hand: the day, and when 08:30 in London is in UTC.
HOURS = (
    (date(2026, 10, 24), "07:30"),  # the Saturday before the clocks go back
    (date(2026, 10, 25), "08:30"),  # the day they do, at two in the morning
    (date(2026, 10, 26), "08:30"),
    (date(2026, 12, 21), "08:30"),
    (date(2027, 3, 27), "08:30"),  # the Saturday before the clocks go forward
    (date(2027, 3, 28), "07:30"),  # the day they do
    (date(2027, 3, 29), "07:30"),
    (date(2027, 7, 14), "07:30"),
    (date(2027, 10, 30), "07:30"),  # and back again
    (date(2027, 10, 31), "08:30"),
)


@pytest.fixture
def calendars(database: Database, database_file: DatabaseFile, desk: Desk, found_desk: Desk) -> Calendars:
    database.close()
    content, site = rota_database(desk)
    database_file.path.write_bytes(content)
    return Calendars(database, found_desk, FakeClock(READ_AT), site=site)


def opened(calendars: Calendars, secret: str) -> bytes:
    file = calendars.file(secret)
    assert file is not None
    return file.content


@pytest.mark.parametrize("read", PARSERS)
def test_the_hours_are_right_on_both_sides_of_every_clock_change(
    calendars: Calendars, read: Callable[[bytes], ReadCalendar]
) -> None:
    for day, _ in HOURS:
        if day.month != 12:  # that day is laid out with the others
            calendars.lay_out(day, 1, TOM)
    secret = calendars.subscribe(AISHA, "calendar for Netball Instagram")

    found = read(opened(calendars, secret))

    begins = {one.begins.date(): f"{one.begins:%H:%M}" for one in found.events}
    assert [(day, begins[day]) for day, _ in HOURS] == list(HOURS)
    assert {one.ends - one.begins for one in found.events} == {EIGHT_HOURS}


@pytest.mark.parametrize("read", PARSERS)
def test_half_days_and_weeks_are_read_as_they_are_meant(
    calendars: Calendars, read: Callable[[bytes], ReadCalendar]
) -> None:
    number = calendars.lay_out(date(2027, 3, 22), 7, TOM)  # a week in which the clocks change
    afternoon = calendars.lay_out(date(2027, 4, 3), 1, TOM, SlotPart.AFTERNOON)

    found = read(opened(calendars, calendars.subscribe(TOM)))

    weeks = [one for one in found.events if one.uid.startswith(f"slot-{number}-")]
    assert [f"{one.begins:%a %H:%M}" for one in weeks] == [
        "Mon 08:30",
        "Tue 08:30",
        "Wed 08:30",
        "Thu 08:30",
        "Fri 08:30",
        "Sat 08:30",
        "Sun 07:30",
    ]
    (half,) = [one for one in found.events if one.uid == f"slot-{afternoon}@ask.example"]
    assert (f"{half.begins:%H:%M}", f"{half.ends:%H:%M}") == ("11:30", "15:30")


def test_programs_are_asked_to_look_every_hour(calendars: Calendars) -> None:
    lines = opened(calendars, calendars.subscribe(TOM)).split(b"\r\n")

    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert b"X-PUBLISHED-TTL:PT1H" in lines


def test_both_understand_the_same(calendars: Calendars) -> None:
    file = opened(calendars, calendars.subscribe(AISHA, "calendar for Netball Instagram"))

    one, other = (read(file) for read in PARSERS)

    assert one == other
    assert (one.name, one.has_method, one.alarms, len(one.events)) == ("Ask First: Netball Instagram", False, 0, 40)
    assert one.events[0].summary == "Netball Instagram: Priya Sample"


@pytest.mark.parametrize("read", PARSERS)
def test_a_name_full_of_signs_comes_through_and_adds_nothing(read: Callable[[bytes], ReadCalendar]) -> None:
    file = write_calendar(a_calendar(HOSTILE), domain="ask.example", at=READ_AT)

    (event,) = read(file).events

    assert (event.summary, event.description) == (HOSTILE, HOSTILE)
    assert b"\r\nATTENDEE" not in file


@pytest.mark.parametrize("read", PARSERS)
def test_a_calendar_with_nothing_in_it_is_one(read: Callable[[bytes], ReadCalendar]) -> None:
    file = write_calendar(Calendar(name="Ask First: my slots", entries=()), domain="ask.example", at=READ_AT)

    assert read(file).events == ()


@settings(max_examples=50, deadline=None)
@given(
    text=st.text(min_size=1, max_size=300),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2060, 1, 1)),  # noqa: DTZ001 - London clocks are laid over them
)
def test_every_line_is_as_the_standard_asks_and_every_moment_is_the_one_that_was_meant(text: str, at: datetime) -> None:
    begins = at.replace(microsecond=0, tzinfo=LONDON).astimezone(UTC).astimezone(LONDON)
    file = write_calendar(a_calendar(text, begins), domain="ask.example", at=READ_AT)

    lines = file.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    (event,) = read_with_vobject(file).events
    if not begins.fold:  # the standard has no word for the second of two hours with the same name
        assert event.begins == begins.astimezone(UTC)


def a_calendar(text: str, begins: datetime = IN_LONDON) -> Calendar:
    entry = Entry(key="slot-1", begins=begins, ends=begins, summary=text, description=text)
    return Calendar(name=text, entries=(entry,))
