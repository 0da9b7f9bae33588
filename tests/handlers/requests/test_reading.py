"""Words, controls and names become answers, or are seen to be none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.heard.people_named import read_people
from handlers.requests.ages import read_ages
from handlers.requests.choosing import read_choice, read_ticks, read_yes_or_no
from handlers.requests.reading import Surroundings, is_same_as_before, is_skip, read_pressed, read_typed
from policy_kb.request_words import FormKey, QuestionKey
from policy_kb.rules.form import Option
from policy_kb.view import load_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_kb.rules.form import Question
    from storage.database import Database
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

TUESDAY = date(2026, 11, 24)
SITE = load_view().forms[FormKey("site")]
GROUPS = SITE.question(QuestionKey("audience")).options
HOSTS = SITE.question(QuestionKey("host")).options


@pytest.fixture
def uow(database: Database, sample_trust: None) -> Iterator[UnitOfWork]:  # noqa: ARG001 - the people these tests name
    with database.begin() as uow:
        yield uow


@pytest.fixture
def priya(uow: UnitOfWork) -> Person:
    found = uow.people.find_by_email("priya.sample@elm-academy.example")
    assert found is not None
    return found


@pytest.fixture
def around(uow: UnitOfWork, priya: Person) -> Surroundings:
    return Surroundings(
        today=TUESDAY, asker=priya, setting=priya.setting.id, people=uow.people.in_post(TUESDAY), options=GROUPS
    )


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("pupils and parents", ("pupils", "families")),
        ("parents, pupils", ("pupils", "families")),
        ("Pupils, staff & families", ("pupils", "staff", "families")),
        ("1, 3 and 4", ("pupils", "families", "other_pupils")),
        ("Pupils from other Schools", ("other_pupils",)),
        ("other schools", ("other_pupils",)),
        ("the public", ("public",)),
        ("teachers and kids", ("pupils", "staff")),
        ("pupils’ family members", ("families",)),
        ("everyone", tuple(option.key for option in GROUPS)),
    ],
)
def test_ticks_are_read_from_the_words_people_use(words: str, keys: tuple[str, ...]) -> None:
    assert read_ticks(words, GROUPS) == keys


@pytest.mark.parametrize(
    "words", ["everyone but pupils", "not the public", "whoever likes", "", "pupils and aliens", "9"]
)
def test_ticks_are_not_guessed_where_a_word_could_mean_the_opposite_or_nothing(words: str) -> None:
    assert read_ticks(words, GROUPS) is None


@pytest.mark.parametrize(
    ("words", "key"),
    [("third party", "third_party"), ("Instagram", "third_party"), ("the academy", "academy"), ("2", "third_party")],
)
def test_one_option_is_read_by_its_words_or_its_number(words: str, key: str) -> None:
    assert read_choice(words, HOSTS) == (key,)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("yes", ("yes",)),
        ("Yes please", ("yes",)),
        ("we will", ("yes",)),
        ("yeah", ("yes",)),
        ("no", ("no",)),
        ("we won't", ("no",)),
        ("not yet", ("no",)),
        ("nope", ("no",)),
        ("I don't know", None),
        ("not sure", None),
        ("maybe", None),
        ("yes and no", None),
        ("yes, and a boy in my class was hurt last night", None),
    ],
)
def test_yes_and_no_are_told_apart_from_a_doubt(words: str, value: tuple[str, ...] | None) -> None:
    assert read_yes_or_no(words) == value


@pytest.mark.parametrize(
    ("words", "ages"),
    [
        ("11-14", (11, 14)),
        ("11 to 14", (11, 14)),
        ("between 11 and 14", (11, 14)),
        ("11–14-year-olds", (11, 14)),
        ("14-11", (11, 14)),
        ("16", (16, 16)),
        ("Year 7", (11, 12)),
        ("Year 7 to 9", (11, 14)),
        ("y7-y9", (11, 14)),
        ("years 12 and 13", (16, 18)),
        ("KS3", (11, 14)),
        ("key stage 3 and key stage 4", (11, 16)),
        ("sixth form", (16, 18)),
        ("nursery to reception", (2, 5)),
        ("Year 14", None),
        ("999", None),
        ("young", None),
        ("13+", None),
    ],
)
def test_ages_are_read_from_years_of_life_and_of_school(words: str, ages: tuple[int, int] | None) -> None:
    assert read_ages(words) == ages


def names(text: str, around: Surroundings) -> tuple[list[str], list[str]]:
    named = read_people(text, around.people, setting=around.setting, asker=around.asker)
    return [one.name for one in named.found], [one.name for one in named.unsure]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Daniel and Priya", ["Daniel Example", "Priya Sample"]),
        ("me and aisha", ["Priya Sample", "Aisha Sample"]),
        ("Ms Sample-nobody, Priya Sample", ["Priya Sample"]),
        ("callum.sample@elm-academy.example; Aisha", ["Callum Sample", "Aisha Sample"]),
        ("PRIYA SAMPLE, priya", ["Priya Sample"]),
        ("Victoria Example", ["Victoria Example"]),
        ("Martin", ["Martin Example"]),
    ],
)
def test_people_are_found_by_first_name_full_name_and_address(
    words: str, found: list[str], around: Surroundings
) -> None:
    assert names(words, around)[0] == found


def test_a_name_that_several_have_is_nobody_s_until_one_is_picked(around: Surroundings) -> None:
    sample = read_people("Sample", around.people, setting=around.setting, asker=around.asker)
    picked = sample.unsure[0].meant[0]
    after = read_people("Sample", around.people, setting=around.setting, asker=around.asker, picked=(picked.id,))

    assert sample.found == ()
    assert len(sample.unsure[0].meant) > 1
    assert after.found == (picked,)


def test_a_misspelt_name_is_offered_and_never_taken(around: Surroundings) -> None:
    named = read_people("Pryia", around.people, setting=around.setting, asker=around.asker)

    assert named.found == ()
    assert [one.name for one in named.unsure[0].meant] == ["Priya Sample"]


def test_somebody_who_has_left_is_nobody_to_name(around: Surroundings) -> None:
    assert names("Owen Example", around) == ([], ["Owen Example"])


def question(key: str) -> Question:
    return SITE.question(QuestionKey(key))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2", ("2",)),
        ("two", ("2",)),
        ("about 3 hours a week", ("3",)),
        ("none", ("0",)),
        ("2.5", ("2.5",)),
        ("lots", None),
        ("me 2", None),
        ("call 999 now", None),
    ],
)
def test_a_number_is_read_where_it_is_the_whole_answer(
    words: str, value: tuple[str, ...] | None, around: Surroundings
) -> None:
    assert read_typed(words, question("hours"), around) == value


def test_a_text_loses_what_no_database_keeps_and_nothing_else(around: Surroundings) -> None:
    read = read_typed("  Match\x00 results,\nweek by week \ud800", question("purpose"), around)

    assert read == ("Match  results,\nweek by week",)


@pytest.mark.parametrize("words", ["skip", "Skip.", "please skip this one", "pass", "skip it please"])
def test_a_question_can_be_passed_over_in_words(words: str) -> None:
    assert is_skip(words)


@pytest.mark.parametrize("words", ["same as before", "Same as last time.", "the same"])
def test_an_older_answer_can_be_asked_for_in_words(words: str) -> None:
    assert is_same_as_before(words)


@pytest.mark.parametrize(
    ("key", "values", "value"),
    [
        ("audience", ("families", "pupils"), ("pupils", "families")),
        ("audience", ("pupils", "pupils"), ("pupils",)),
        ("audience", ("pupils", "aliens"), None),
        ("audience", tuple(map(str, range(10_000))), None),
        ("audience", (), ()),
        ("administrators", ("priya-sample", "aisha-sample"), ("priya-sample", "aisha-sample")),
        ("administrators", ("owen-example",), None),
        ("line_manager", ("priya-sample", "aisha-sample"), None),
        ("go_live", ("2027-01-14",), ("2027-01-14",)),
        ("go_live", ("2027-01-14", "2027-01-15"), None),
        ("go_live", ("yesteryear",), None),
    ],
)
def test_what_a_control_brings_is_believed_only_where_it_could_have_been_chosen(
    key: str, values: tuple[str, ...], value: tuple[str, ...] | None, around: Surroundings
) -> None:
    assert read_pressed(values, question(key), around) == value


def test_an_option_that_was_never_offered_is_no_answer(around: Surroundings) -> None:
    assert read_pressed(("third_party",), question("host"), around) is None
    assert read_choice("third", (Option(key="academy", label="The Academy"),)) is None
