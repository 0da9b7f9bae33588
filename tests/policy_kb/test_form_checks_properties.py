"""Whatever is answered: what must never get through does not, and everything said is plain and has its clause."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policy_kb.request_words import QuestionKey
from policy_kb.rules.form_checks import Force, check_all, check_answer
from policy_kb.toml_entries import parse_ref
from policy_kb.words import SettingType
from tests.policy_kb.forms import (
    GOVERNOR,
    LEAVER,
    MANAGER,
    PRIYA,
    SAM,
    SITE,
    TEACHER,
    TODAY,
    VIEW,
    answered,
    facts,
    found,
)


def rough_values() -> st.SearchStrategy[tuple[str, ...]]:
    people = st.sampled_from([TEACHER, MANAGER, SAM, GOVERNOR, LEAVER, "nobody"])
    days = st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=900)).map(date.isoformat)
    options = st.sampled_from([one.key for question in SITE.questions for one in question.options])
    ages = st.integers(0, 99).map(str)
    return st.lists(st.one_of(people, days, options, ages, st.text(max_size=40)), max_size=3).map(tuple)


@given(
    st.dictionaries(st.sampled_from([one.key for one in SITE.questions]), rough_values()), st.sampled_from(SettingType)
)
def test_whatever_is_answered_is_met_by_plain_sentences_that_rest_on_clauses(
    answers: dict[QuestionKey, tuple[str, ...]], setting_type: SettingType
) -> None:
    for question, finding in check_all(SITE, answers, facts(setting_type=setting_type)):
        assert question.is_asked(answers)
        assert finding.says.endswith((".", "?"))
        assert parse_ref(finding.clause) in VIEW.items
        assert all(SITE.question(key) for key in finding.fix)


@given(st.integers(0, 25), st.integers(0, 25), st.sampled_from(sorted(VIEW.hosts)))
def test_no_pupil_below_a_known_hosts_age_ever_gets_through(youngest: int, oldest: int, host: str) -> None:
    question = SITE.question(QuestionKey("contributor_ages"))
    answers = answered(contributors=("pupils",), host_name=(host,))

    findings = check_answer(SITE, question, (str(youngest), str(oldest)), answers, facts())

    fine = VIEW.hosts[host].youngest <= youngest <= oldest <= 19
    assert fine != any(finding.force is Force.STOPS for finding in findings)


@given(st.lists(st.sampled_from([TEACHER, MANAGER, SAM, PRIYA, GOVERNOR, LEAVER]), min_size=1, max_size=4))
def test_a_list_of_people_gets_through_exactly_where_two_different_people_in_post_are_named(people: list[str]) -> None:
    findings = found("administrators", *people)

    fine = len(set(people)) == len(people) >= 2 and LEAVER not in people
    assert fine != any(finding.force is Force.STOPS for finding in findings)
