"""What those who approve see at a glance, and which sites with the same purpose are shown first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_kb.request_words import FormKey, QuestionKey
from policy_kb.rules.form_checks import flags
from policy_kb.rules.same_purpose import same_purpose
from policy_kb.toml_entries import parse_ref
from policy_kb.words import PersonId
from tests.policy_kb.forms import GOVERNOR, LEAVER, MANAGER, PRIYA, SAM, SITE, TEACHER, VIEW, answered, facts

THERE_ARE = (
    ("R-3", "PE at Elm", "Fixtures and results of our teams for families"),
    ("R-4", "Elm library", "Book reviews and author visits"),
    ("R-5", "Nursery menus", "The weekly menu for parents"),
)


def flagged(**changes: tuple[str, ...]) -> list[str]:
    return [flag.key for flag in flags(SITE, answered(**changes), facts())]


def test_an_ordinary_site_on_instagram_is_flagged_for_its_host_alone() -> None:
    (flag,) = flags(SITE, answered(), facts())

    assert (flag.key, flag.says, flag.clause) == ("third_party", "Instagram would host it, not the Academy.", "A.5.5")


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({"audience": ("pupils",), "audience_ages": ("12", "16")}, ["under_13"]),
        ({"audience": ("pupils",), "audience_ages": ("13", "16")}, []),
        ({"audience": ("other_pupils",), "vulnerable": ("yes",)}, ["vulnerable"]),
        ({"audience": ("other_pupils",), "minimum_age_checked": ("no",)}, ["minimum_age_checked"]),
        ({"contributors": ("staff", "public")}, ["outside"]),
        ({"contributors": ("public",), "advertise": ("With a post on Facebook",)}, ["outside", "advertise"]),
        ({"contributors": ("public",), "advertise": ("We will not",)}, ["outside"]),
        ({"go_live": ("2026-12-07",)}, ["go_live"]),
        ({"go_live": ("2026-12-08",)}, []),
        ({"go_live": ("2026-11-20",)}, ["go_live"]),
        ({"closure": ("none",)}, ["closure"]),
        ({"own_logins": ("no",)}, ["own_logins"]),
        ({"moderators": (TEACHER, SAM)}, ["few_people"]),
        ({"moderators": (PRIYA, GOVERNOR)}, ["not_staff"]),
        ({"moderators": (PRIYA, LEAVER)}, ["not_staff"]),
        ({"line_manager": (PRIYA,)}, ["line_manager"]),
        ({"content": ("Photos of my pupil Amy",)}, ["names_a_child"]),
    ],
)
def test_a_risk_is_flagged(changes: dict[str, tuple[str, ...]], more: list[str]) -> None:
    assert sorted(flagged(**changes)) == sorted([*more, "third_party"])


def test_a_site_of_the_academys_own_without_its_logo_is_flagged() -> None:
    assert flagged(host=("academy",), logo=("no",)) == ["logo"]


def test_a_day_that_is_over_is_said_to_be_over() -> None:
    says = [flag.says for flag in flags(SITE, answered(), facts(today=date(2027, 3, 1)))]

    assert "The day it was to go live is over." in says


def test_what_concerns_children_stands_first() -> None:
    first, *_ = flagged(audience=("pupils",), audience_ages=("5", "9"), closure=("none",), moderators=(TEACHER, SAM))

    assert first == "under_13"


def test_a_short_form_is_flagged_for_what_it_asks_alone() -> None:
    logo = VIEW.forms[FormKey("logo")]

    assert flags(logo, {QuestionKey("purpose"): ("The badge beside the fixtures",)}, facts()) == ()


def test_every_flag_rests_on_a_clause_and_names_nobody_unknown() -> None:
    everything = answered(
        audience=("pupils",), audience_ages=("5", "9"), contributors=("public",), advertise=("On Facebook",),
        closure=("none",), go_live=("2026-11-27",), own_logins=("no",), moderators=(GOVERNOR, PersonId("nobody")),
        line_manager=(PRIYA,), vulnerable=("yes",), content=("Photos of my pupil Amy",),
    )  # fmt: skip

    found = flags(SITE, everything, facts())

    assert len(found) >= 10
    assert all(parse_ref(flag.clause) in VIEW.items and flag.says.endswith(".") for flag in found)
    assert not any("nobody" in flag.says or "Amy" in flag.says for flag in found)


def test_the_line_manager_of_the_author_is_looked_up_not_of_whoever_asks() -> None:
    found = flags(SITE, answered(author=(SAM,)), facts(requester=TEACHER))

    assert "line_manager" not in [flag.key for flag in found]
    assert MANAGER not in [flag.says for flag in found]


def test_a_site_with_the_same_purpose_is_shown_first() -> None:
    first, *rest = same_purpose("Show families the results and fixtures of the football teams", THERE_ARE)

    assert first.title == "PE at Elm"
    assert rest == []


@pytest.mark.parametrize("purpose", ["", "Because we want a page on Instagram", "Science experiments of the week"])
def test_a_purpose_of_its_own_shows_nothing(purpose: str) -> None:
    assert same_purpose(purpose, THERE_ARE) == ()


def test_other_forms_of_a_word_are_the_same_word() -> None:
    assert [one.id for one in same_purpose("Menus for a parent", THERE_ARE)] == ["R-5"]


@given(st.text(), st.lists(st.tuples(st.text(max_size=3), st.text(max_size=20), st.text())))
def test_what_resembles_most_stands_first(purpose: str, others: list[tuple[str, str, str]]) -> None:
    likeness = [one.likeness for one in same_purpose(purpose, others)]

    assert likeness == sorted(likeness, reverse=True)
    assert all(0 < one <= 1 for one in likeness)
