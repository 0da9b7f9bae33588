"""What the register says of a weekend, of gaps ahead, and of the day on which a site came to be as it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.register import register_words as words
from policy_kb.bot_words import Action
from policy_kb.rules.register import Mark, WeekState
from policy_kb.site_words import SiteState
from tests.handlers.cover.rota_office import NAME, SUNDAY, TUESDAY, WEEK
from tests.handlers.requests.office import AISHA, GRACE, TOM

if TYPE_CHECKING:
    from tests.handlers.register.register_office import Readers


def test_a_gap_on_the_sunday_it_is_belongs_to_the_first_week_that_is_shown(readers: Readers) -> None:
    today = readers.clock().date()
    readers.lay_out(today, 1, TOM)
    covered = readers.line(GRACE, NAME)
    readers.leave_open(today)

    found = readers.register(GRACE, q=NAME)

    (line,) = found.lines
    assert (covered.weeks[0].state, covered.weeks[0].slots) == (WeekState.COVERED, 6)
    assert Mark.UNCOVERED in line.marks
    assert words.week_in_words(line, found.names, today).endswith("; 1 slot not covered")
    assert words.strip_in_words(line.weeks[0], found.names, today) == (
        "This weekend, and week of 30 November: gap, 1 of 6 slots not covered"
    )
    assert [week.state for week in line.weeks[1:3]] == [WeekState.COVERED] * 2
    assert words.strip_in_words(line.weeks[1], found.names, today) == "Week of 7 December: covered"


def test_a_decision_about_the_sunday_it_is_stands_with_the_first_week(readers: Readers) -> None:
    today = readers.clock().date()
    readers.lay_out(today, 1, TOM)
    readers.leave_open(today)
    readers.press(AISHA, Action.SETTLE_GAP_SURELY, f"{readers.site}:2026-11-29:2026-11-30:paused")

    week = readers.line(GRACE, NAME).weeks[0]

    assert (week.state, len(week.decided)) == (WeekState.INTENDED, 1)


def test_a_gap_after_this_week_is_marked_and_comes_before_what_has_nothing_wrong(readers: Readers) -> None:
    with readers.database.begin() as uow:
        uow.sites.touch(readers.site, readers.clock().date())
    well = readers.names(GRACE)
    readers.leave_open(*(TUESDAY + number * WEEK for number in range(2, 7)))

    found = readers.line(GRACE, NAME)

    assert (Mark.AHEAD in found.marks, Mark.UNCOVERED in found.marks) == (True, False)
    assert readers.names(GRACE, show="ahead").count(NAME) == 1
    marked = [one.site.name for one in readers.register(GRACE).lines if one.marks - {Mark.IN_USE}]
    assert readers.names(GRACE).index(NAME) < len(marked) <= well.index(NAME)


def test_a_gap_of_this_week_alone_is_none_ahead(readers: Readers) -> None:
    readers.leave_open(TUESDAY)

    assert Mark.AHEAD not in readers.line(GRACE, NAME).marks


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (SiteState.LIVE, "Live since 6 January 2025"),
        (SiteState.LEGACY, "Legacy: in use since 6 January 2025, no approval on paper"),
        (SiteState.REVIEW_DUE, "Live, something due since 29 November"),
        (SiteState.CLOSING, "Closing since 29 November"),
    ],
)
def test_the_day_beside_a_state_is_the_day_it_says(readers: Readers, state: SiteState, says: str) -> None:
    readers.change_site(live_on=date(2025, 1, 6))
    if state is not SiteState.LIVE:
        readers.move_site(state)

    assert words.state_in_words(readers.line(GRACE, NAME).site, SUNDAY.date()) == says


def test_a_site_that_came_into_use_nobody_knows_when_says_no_day(readers: Readers) -> None:
    assert words.state_in_words(readers.line(GRACE, NAME).site, SUNDAY.date()) == "Live"
