"""What people type when somebody acts for them, and what they type about something else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.heard.spans import read_span
from handlers.requests.standing_in_words import read_delegation
from tests.handlers.requests.office import GRACE

if TYPE_CHECKING:
    from handlers.requests.standing_in_words import Said
    from tests.handlers.requests.office import Office

MONDAY = date(2026, 10, 5)


def read(office: Office, text: str) -> Said | None:
    with office.database.begin() as uow:
        people = uow.people.in_post(MONDAY)
    return read_delegation(text, asker=office.person(GRACE), people=people, today=MONDAY)


@pytest.mark.parametrize(
    ("text", "acting", "absent", "first", "after"),
    [
        ("Priya acts for me 14 to 18 October", "priya", "grace", (10, 14), (10, 19)),
        ("Mei Sample stands in for me from Monday until Friday", "mei", "grace", (10, 12), (10, 17)),
        ("I'm away 14–18 Oct, Priya acts for me", "priya", "grace", (10, 14), (10, 19)),
        ("I’m away 14–18 Oct, Priya acts for me.", "priya", "grace", (10, 14), (10, 19)),
        ("From 14 to 18 October Nadia Example deputises for me", "nadia", "grace", (10, 14), (10, 19)),
        ("Daniel Example acts for Grace Sample 14 to 18 October", "daniel", "grace", (10, 14), (10, 19)),
        ("nadia will act for me tomorrow, thanks", "nadia", "grace", (10, 6), (10, 7)),
        ("Please note that Nadia is acting for me next week while I am off", "nadia", "grace", (10, 12), (10, 17)),
        ("Nadia'll stand in for me until 9 October", "nadia", "grace", (10, 5), (10, 10)),
        ("nadia.example@elm-academy.example acts for me today", "nadia", "grace", (10, 5), (10, 6)),
        ("Nadia deputizes for me from 14 October to the 18th as head", "nadia", "grace", (10, 14), (10, 19)),
        ("Can Nadia act for me on 14 October", "nadia", "grace", (10, 14), (10, 15)),
        ("Nadya acts for me on 14 October", "nadia", "grace", (10, 14), (10, 15)),
    ],
)
def test_one_sentence_says_who_acts_for_whom_and_when(
    office: Office, text: str, acting: str, absent: str, first: tuple[int, int], after: tuple[int, int]
) -> None:
    said = read(office, text)

    assert said is not None
    assert [one.id.partition("-")[0] for one in (*said.acting, *said.absent)] == [acting, absent]
    assert (said.starts_on, said.ends_on) == (date(2026, *first), date(2026, *after))


@pytest.mark.parametrize(
    "text",
    [
        "who acts for the head when she is away?",
        "who acts for the head on Monday",
        "Who stands in for me next week?",
        "Can I act for the school on Monday",
        "Priya acts for me",
        "somebody acts for me tomorrow",
        "the deputy acts for me tomorrow",
        "Is it all right that Priya acts for me tomorrow",
        "Priya posts for me 14 to 18 October",
        "a company acts for the trust from 14 to 18 October",
        "Zebedee acts for me tomorrow",
        "Priya acts for me some day",
        "the page stands in for our newsletter this week",
        "",
        "acts for",
    ],
)
def test_what_says_less_or_asks_something_is_about_the_policy(office: Office, text: str) -> None:
    assert read(office, text) is None


def test_a_name_that_several_have_is_offered_and_not_guessed(office: Office) -> None:
    said = read(office, "Sample acts for me tomorrow")

    assert said is not None
    assert len(said.acting) > 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("14 to 18 October", (2026, 10, 14), (2026, 10, 18)),
        ("14-18 October", (2026, 10, 14), (2026, 10, 18)),
        ("from 30 to 2 November", (2026, 10, 30), (2026, 11, 2)),
        ("28 December to 4 January", (2026, 12, 28), (2027, 1, 4)),
        ("from 14 December until the 18th", (2026, 12, 14), (2026, 12, 18)),
        ("between 1 and 3 December", (2026, 12, 1), (2026, 12, 3)),
        ("Mon-Fri", (2026, 10, 12), (2026, 10, 16)),
        ("2026-10-14 to 2026-10-18", (2026, 10, 14), (2026, 10, 18)),
        ("this week", (2026, 10, 5), (2026, 10, 9)),
        ("today and tomorrow", (2026, 10, 5), (2026, 10, 6)),
        ("14 to 18 October (inclusive)", (2026, 10, 14), (2026, 10, 18)),
        ("on 3 December", (2026, 12, 3), (2026, 12, 3)),
    ],
)
def test_days_in_a_row_are_read_as_people_write_them(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert read_span(text, today=MONDAY) == (date(*first), date(*last))


@pytest.mark.parametrize("text", ["", "to", "soon", "14 to", "99 to 18 October", "the summer"])
def test_what_names_no_days_is_no_span(text: str) -> None:
    assert read_span(text, today=MONDAY) is None
