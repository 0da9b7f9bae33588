"""What a link may be, and what a term's log shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.rules.patterns import (
    LONGEST_LINK,
    Logged,
    NotALink,
    NotYoursToLog,
    Trend,
    check_may_log,
    link_of,
    pattern_of,
    term_of,
)
from policy_kb.rules.periods import Period
from policy_kb.rules.site_life import Doer
from policy_kb.site_words import LogAction, LogCategory
from policy_kb.words import DayKind

SUMMER = Period(kind=DayKind.TERM, starts_on=date(2026, 4, 13), ends_on=date(2026, 7, 22))
AUTUMN = Period(kind=DayKind.TERM, starts_on=date(2026, 9, 2), ends_on=date(2026, 12, 19))
SPRING = Period(kind=DayKind.TERM, starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 26))
TERMS = (SUMMER, AUTUMN, SPRING)


def logged(on: date, category: LogCategory = LogCategory.SPAM, action: LogAction = LogAction.REMOVED) -> Logged:
    return Logged(action=action, category=category, on=on)


@pytest.mark.parametrize(
    "link",
    ["https://www.instagram.com/p/Cabc123/?img_index=1", "http://elm-academy.example/blog#comment-7", ""],
)
def test_a_link_is_kept_as_it_is(link: str) -> None:
    assert link_of(f" {link} ") == link


def test_the_words_that_a_browser_writes_into_a_link_are_left_out() -> None:
    assert link_of("https://x.example/p/1#:~:text=what%20was%20said") == "https://x.example/p/1"
    assert link_of("https://x.example/p/1#reply:~:text=what%20was%20said") == "https://x.example/p/1"


@pytest.mark.parametrize(
    "text",
    [
        "you are all rubbish",
        "https://x.example/p/1 and she said",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://localhost/x",
        "https://x.example/" + "a" * 300,
        "see https://x.example",
    ],
)
def test_what_is_no_link_is_not_kept(text: str) -> None:
    with pytest.raises(NotALink):
        link_of(text)


@given(st.text(max_size=400))
def test_whatever_is_typed_is_kept_as_one_link_or_not_at_all(text: str) -> None:
    try:
        kept = link_of(text)
    except NotALink:
        return

    assert len(kept) <= LONGEST_LINK
    assert not any(one.isspace() for one in kept)
    assert kept == "" or kept.startswith(("https://", "http://"))


@given(st.lists(st.text(alphabet="abc:~#=%20/", max_size=60), min_size=1, max_size=4))
def test_no_words_of_a_page_stay_in_a_link_wherever_they_stand(parts: list[str]) -> None:
    assert ":~:" not in link_of(f"https://x.example/p#{''.join(parts).replace(' ', '')}")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(LogAction), st.sampled_from(LogCategory), st.dates(date(2025, 9, 1), date(2027, 4, 1))
        )
    ),
    st.dates(date(2025, 9, 1), date(2027, 6, 1)),
)
def test_every_line_of_a_term_is_counted_once_by_act_and_once_by_category(
    lines: list[tuple[LogAction, LogCategory, date]], today: date
) -> None:
    term = term_of(TERMS, today)
    found = pattern_of((logged(on, category, action) for action, category, on in lines), term)

    assert term.before_starts_on < term.before_ends_on == term.starts_on < term.ends_on
    assert term.starts_on <= today < term.ends_on
    assert sum(found.actions.values()) == found.total == sum(now for now, _ in found.categories.values())
    assert sum(before for _, before in found.categories.values()) == found.before


def test_only_whoever_looks_after_a_site_or_is_its_author_logs() -> None:
    for part in (Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.MODERATOR):
        check_may_log({part})
    with pytest.raises(NotYoursToLog):
        check_may_log({Doer.HEAD, Doer.OFFICE})


def test_a_term_is_the_one_a_day_is_in_and_is_compared_with_the_one_before() -> None:
    term = term_of(TERMS, date(2026, 11, 24))

    assert (term.starts_on, term.ends_on) == (AUTUMN.starts_on, date(2026, 11, 25))
    assert (term.before_starts_on, term.before_ends_on) == (SUMMER.starts_on, AUTUMN.starts_on)


def test_a_holiday_counts_with_the_term_before_it_so_that_nothing_is_left_out() -> None:
    assert term_of(TERMS, date(2026, 12, 28)).starts_on == AUTUMN.starts_on
    assert term_of(TERMS, date(2027, 1, 4)).starts_on == SPRING.starts_on


def test_where_no_terms_are_known_thirteen_weeks_are_compared_with_thirteen() -> None:
    today = date(2026, 11, 24)
    term = term_of((), today)

    assert term.ends_on == today + timedelta(days=1)
    assert term.ends_on - term.starts_on == term.before_ends_on - term.before_starts_on == timedelta(weeks=13)
    assert term_of((SUMMER,), date(2027, 6, 1)).starts_on > SUMMER.ends_on


def test_the_first_term_that_is_known_is_compared_with_the_weeks_before_it() -> None:
    term = term_of((AUTUMN,), date(2026, 11, 24))

    assert term.before_starts_on == AUTUMN.starts_on - timedelta(weeks=13)


def test_a_log_is_counted_by_act_and_by_category() -> None:
    term = term_of(TERMS, date(2026, 11, 24))
    lines = [
        *(logged(date(2026, 10, day)) for day in (1, 2, 3)),
        logged(date(2026, 11, 2), LogCategory.RUDE, LogAction.HIDDEN),
        logged(date(2026, 5, 4)),
        logged(date(2026, 8, 4), LogCategory.IMAGE),
        logged(date(2026, 1, 4)),
    ]

    found = pattern_of(lines, term)

    assert (found.total, found.before) == (4, 2)
    assert found.actions == {LogAction.REMOVED: 3, LogAction.HIDDEN: 1}
    assert found.categories == {LogCategory.SPAM: (3, 1), LogCategory.RUDE: (1, 0), LogCategory.IMAGE: (0, 1)}
    assert next(iter(found.categories)) is LogCategory.SPAM


@pytest.mark.parametrize(
    ("now", "before", "trend"),
    [
        (2, 2, Trend.UNCLEAR),
        (12, 20, Trend.AS_BEFORE),  # 84 days against 142: by the week it is the same
        (20, 10, Trend.MORE),
        (2, 20, Trend.FEWER),
    ],
)
def test_terms_of_different_lengths_are_compared_by_the_week(now: int, before: int, trend: Trend) -> None:
    term = term_of(TERMS, date(2026, 11, 24))
    lines = [*(logged(date(2026, 10, 1)) for _ in range(now)), *(logged(date(2026, 5, 1)) for _ in range(before))]

    assert pattern_of(lines, term).trend is trend
