"""What the bot says to an answer: what stops it, what it asks once more, what it only warns of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policy_kb.request_words import AnswerKind, QuestionKey
from policy_kb.rules.form_checks import CHECKS, COMPARING, Force, check_all
from policy_kb.words import PersonId, SettingType
from tests.policy_kb.forms import (
    GOVERNOR,
    LEAVER,
    MANAGER,
    PRIYA,
    SAM,
    SITE,
    TEACHER,
    VIEW,
    answered,
    facts,
    found,
    names,
)

STOPS, DOUBTS, WARNS = Force.STOPS, Force.DOUBTS, Force.WARNS


def test_a_good_form_has_nothing_to_be_said_about() -> None:
    assert check_all(SITE, answered(), facts()) == ()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("go_live", ("2026-11-23",), [("not_past", STOPS)]),
        ("go_live", ("2026-11-25",), [("time_to_approve", WARNS)]),
        ("go_live", ("2026-12-01",), []),
        ("go_live", ("2027-07-20",), [("earlier_than", STOPS)]),
        ("closure", ("2027-01-18",), [("later_than", STOPS)]),
        ("closure", ("2027-01-19",), []),
        ("closure", ("none",), []),
        ("administrators", (SAM,), [("at_least_two", STOPS)]),
        ("administrators", (SAM, SAM), [("twice", STOPS)]),
        ("administrators", (SAM, PRIYA, SAM), [("twice", STOPS), ("three_people", WARNS)]),
        ("administrators", (SAM, PRIYA), [("three_people", WARNS)]),
        ("moderators", (SAM, LEAVER), [("is_staff", STOPS)]),
        ("moderators", (SAM, PersonId("nobody")), [("is_staff", STOPS)]),
        ("moderators", (SAM, GOVERNOR), [("is_staff", WARNS)]),
        ("author", (MANAGER,), [("differs_from", STOPS)]),
        ("author", (LEAVER,), [("is_staff", STOPS)]),
        ("line_manager", (TEACHER,), [("differs_from", STOPS), ("not_the_requester", STOPS)]),
        ("purpose", ("For fun",), [("trivial_purpose", DOUBTS)]),
        ("purpose", ("Everyone else has one, so why should we not?",), [("trivial_purpose", DOUBTS)]),
        ("purpose", ("PE news",), [("trivial_purpose", DOUBTS)]),
        ("purpose", ("So that families can follow the clubs where children read for fun each week at school.",), []),
        ("aims", ("Followers",), [("enough_words", DOUBTS)]),
        ("own_logins", ("no",), [("own_logins", WARNS)]),
        ("content", ("Pictures of my pupil Amy at the pool",), [("names_a_child", WARNS)]),
        ("content", ("x" * 2001,), [("too_long", STOPS), ("enough_words", DOUBTS)]),
        ("department", ("x" * 301,), [("too_long", STOPS)]),
    ],
)
def test_an_answer_is_told_what_is_wrong_with_it(key: str, value: tuple[str, ...], said: list[tuple[str, str]]) -> None:
    assert names(found(key, *value)) == said


def test_children_of_12_are_stopped_on_a_host_for_those_of_13_with_what_could_be_changed() -> None:
    (finding,) = found("host_name", "Instagram", audience=("pupils",), audience_ages=("12", "16"))

    assert (finding.check, finding.force, finding.clause) == ("minimum_age", STOPS, "A.2.5")
    assert finding.says.startswith("Instagram asks for an age of at least 13, and the audience would start at 12.")
    assert finding.fix == ("audience_ages",)


def test_whoever_changes_the_ages_later_is_stopped_as_well() -> None:
    (finding,) = found("audience_ages", "12", "16", audience=("pupils",))

    assert (finding.force, finding.fix) == (STOPS, ("host_name",))


def test_the_oldest_host_counts_where_two_are_named() -> None:
    (finding,) = found("host_name", "Facebook and LinkedIn", audience=("pupils",), audience_ages=("14", "18"))

    assert finding.says.startswith("LinkedIn asks for an age of at least 16")


@pytest.mark.parametrize(("youngest", "force"), [("12", [WARNS]), ("13", [])])
def test_an_unknown_host_is_taken_to_ask_for_13_and_only_warned_of(youngest: str, force: list[Force]) -> None:
    findings = found("host_name", "PupilPics", audience=("pupils",), audience_ages=(youngest, "16"))

    assert [finding.force for finding in findings] == force


def test_the_academys_own_host_has_no_minimum_age() -> None:
    assert found("audience_ages", "5", "11", audience=("pupils",), host=("academy",)) == ()


def test_ages_that_are_no_longer_asked_for_stop_nobody() -> None:
    assert found("host_name", "Instagram", audience=("families",), audience_ages=("5", "11")) == ()


@pytest.mark.parametrize("ages", [("1", "5"), ("16", "13"), ("14", "20")])
def test_ages_outside_school_or_the_wrong_way_round_are_stopped(ages: tuple[str, str]) -> None:
    findings = found("audience_ages", *ages, audience=("pupils",), host=("academy",))

    assert names(findings) == [("ages", STOPS)]


def test_children_of_a_nursery_contribute_to_no_site() -> None:
    nursery = facts(setting_type=SettingType.NURSERY)

    (finding,) = found("contributors", "staff", "pupils", known=nursery)

    assert (finding.check, finding.force, finding.clause) == ("no_nursery_contributors", STOPS, "A.2.5")
    assert found("contributors", "staff", "families", known=nursery) == ()


def test_a_line_manager_who_asks_for_their_team_is_told_to_name_somebody_else() -> None:
    (finding,) = found("line_manager", MANAGER, known=facts(requester=MANAGER))

    assert (finding.check, finding.force) == ("not_the_requester", STOPS)


@pytest.mark.parametrize(
    ("text", "will"),
    [
        ("We will not", False),
        ("No.", False),
        ("we won’t advertise", False),
        ("N/A", False),
        ("With a poster at the gate and a post on Facebook", True),
        ("Nobody knows yet, probably on Facebook", True),
    ],
)
def test_we_will_not_is_a_fine_answer_about_advertising(text: str, will: bool) -> None:
    findings = found("advertise", text, contributors=("public",))

    assert names(findings) == ([("advertising", WARNS)] if will else [])


def test_a_site_the_academy_hosts_is_reminded_of_its_logo() -> None:
    assert names(found("logo", "no", host=("academy",))) == [("logo_where_hosted", WARNS)]
    assert found("logo", "no", host=("third_party",)) == ()


def test_somebody_vulnerable_means_talking_to_somebody_first() -> None:
    (finding,) = found("vulnerable", "yes", audience=("pupils",))

    assert (finding.force, finding.clause) == (WARNS, "A.2.7")


def test_a_minimum_age_nobody_looked_up_is_warned_of() -> None:
    assert names(found("minimum_age_checked", "no", audience=("pupils",))) == [("age_looked_up", WARNS)]


def test_without_a_calendar_monday_to_friday_count_as_working_days() -> None:
    no_calendar = replace(facts(), calendar=None)

    assert names(found("go_live", "2026-11-30", known=no_calendar)) == [("time_to_approve", WARNS)]
    assert found("go_live", "2026-12-01", known=no_calendar) == ()


def test_a_holiday_leaves_nobody_time_to_approve() -> None:
    last_day_of_term = facts(today=date(2026, 12, 18))

    (finding,) = found("go_live", "2027-01-04", known=last_day_of_term)

    assert finding.says.startswith("That leaves one working day")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("host", ("nobody",)),
        ("audience", ("staff", "staff")),
        ("audience", ("martians",)),
        ("own_logins", ("maybe",)),
        ("go_live", ("soon",)),
        ("go_live", ("none",)),
        ("go_live", ("2026-13-01",)),
        ("hours", ("-1",)),
        ("hours", ("a lot",)),
        ("hours", ("٣",)),
        ("hours", ("169",)),
        ("purpose", ("  ",)),
        ("purpose", ("one", "two")),
        ("author", (SAM, PRIYA)),
        ("moderators", ("", SAM)),
    ],
)
def test_an_answer_that_is_none_is_asked_for_again(key: str, value: tuple[str, ...]) -> None:
    assert names(found(key, *value)) == [("shape", STOPS)]


@pytest.mark.parametrize("ages", [("13",), ("13", "x"), ("13", "14", "15")])
def test_ages_are_two_numbers(ages: tuple[str, ...]) -> None:
    assert names(found("audience_ages", *ages, audience=("pupils",))) == [("shape", STOPS)]


def test_what_the_form_needs_cannot_be_skipped_and_the_rest_can() -> None:
    assert names(found("exit_plan")) == [("missing", STOPS)]
    assert found("success") == ()


def test_the_review_tells_what_was_never_answered_in_the_forms_order() -> None:
    answers = answered()
    del answers[QuestionKey("security")], answers[QuestionKey("aims")]

    told = check_all(SITE, answers, facts())

    assert [(question.key, finding.check) for question, finding in told] == [
        ("aims", "missing"),
        ("security", "missing"),
    ]


def test_the_review_tells_what_became_wrong_since() -> None:
    told = check_all(SITE, answered(), facts(today=date(2027, 2, 1)))

    assert [(question.key, finding.check) for question, finding in told] == [("go_live", "not_past")]


@pytest.mark.parametrize(
    ("changes", "once"),
    [
        ({"go_live": ("2027-07-21",)}, ("go_live", "earlier_than")),
        ({"moderators": (TEACHER, SAM)}, ("administrators", "three_people")),
        ({"author": (SAM,), "line_manager": (SAM,)}, ("author", "differs_from")),
    ],
)
def test_what_is_wrong_between_two_answers_is_told_once(
    changes: dict[str, tuple[str, ...]], once: tuple[str, str]
) -> None:
    told = check_all(SITE, answered(**changes), facts())

    assert [(question.key, finding.check) for question, finding in told] == [once]


def test_what_stops_is_said_before_what_warns() -> None:
    findings = found("moderators", GOVERNOR, LEAVER)

    assert [finding.force for finding in findings] == [STOPS, WARNS]


def test_every_check_there_is_is_used_by_some_form() -> None:
    used = {text.split()[0] for form in VIEW.forms.values() for one in form.questions for text in one.checks}

    assert used == {*CHECKS, *COMPARING}


def test_every_kind_of_question_is_asked_by_some_form() -> None:
    assert {question.kind for question in SITE.questions} == set(AnswerKind)


def test_a_finding_rests_on_the_clause_of_its_question_where_it_has_none_of_its_own() -> None:
    (finding,) = found("security", "Locked account")

    assert finding.clause == str(SITE.question(QuestionKey("security")).clause) == "A.5.7"
