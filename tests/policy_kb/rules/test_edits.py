from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_kb.request_words import EditClass, FormKey, Outcome, QuestionKey
from policy_kb.rules.edits import asked_again, changed, class_of, no_longer_counts
from policy_kb.rules.routing import steps_needed
from tests.policy_kb.rules.requests import (
    BRAND,
    DEPUTY_DPO,
    DPO_CONSULTED,
    FORM,
    LINE_MANAGER,
    OFFICER,
    ROUTE,
    THE_HEAD,
    a_request,
    answers,
    said,
    steps_of,
)

if TYPE_CHECKING:
    from policy_kb.request_words import StepKey
    from policy_kb.rules.form import Answers
    from policy_kb.rules.request import RequestFacts
    from policy_kb.view import PolicyView

EVERYBODY = (said(LINE_MANAGER), said(DPO_CONSULTED), said(DEPUTY_DPO), said(THE_HEAD))
WITH_BRAND = (*EVERYBODY[:3], said(BRAND), said(THE_HEAD))


def again(request: RequestFacts, after: Answers) -> tuple[StepKey, ...]:
    """Return who is asked again when new answers are sent."""
    return asked_again(FORM, steps_needed(ROUTE, after, on_behalf=False), request, after)


def test_only_answers_that_differ_have_changed() -> None:
    before = answers(purpose="Show our matches", department="PE")
    after = answers(purpose="Show our matches and our training", moderators="sam")

    assert set(changed(before, after)) == {"purpose", "department", "moderators"}


def test_spaces_and_the_order_of_people_and_an_empty_answer_change_nothing() -> None:
    people = QuestionKey("moderators")
    before = {people: ("sam", "priya"), QuestionKey("purpose"): ("Show our  matches ",)}
    after = {people: ("priya", "sam"), QuestionKey("purpose"): ("Show our matches",), QuestionKey("department"): ()}

    assert changed(before, after) == ()
    assert class_of(FORM, before, after) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("department", EditClass.MINOR),
        ("moderators", EditClass.PEOPLE),
        ("purpose", EditClass.MATERIAL),
    ],
)
def test_an_edit_is_as_grave_as_its_question(question: str, expected: EditClass) -> None:
    assert class_of(FORM, answers(), answers(**{question: "something else"})) is expected


def test_the_gravest_of_several_edits_counts() -> None:
    after = answers(department="PE", moderators="sam", purpose="Something else")

    assert class_of(FORM, answers(), after) is EditClass.MATERIAL


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2027-07-21", "2027-07-22", EditClass.MATERIAL),
        ("2027-07-21", "none", EditClass.MATERIAL),
        ("2027-07-21", "2027-07-20", EditClass.MINOR),
        ("none", "2027-07-21", EditClass.MINOR),
        ("2027-07-21", "2027-07-21", None),
    ],
)
def test_a_later_closure_is_material_and_an_earlier_one_is_minor(
    before: str, after: str, expected: EditClass | None
) -> None:
    assert class_of(FORM, answers(closure=before), answers(closure=after)) is expected


def test_an_answer_that_no_longer_applies_is_not_looked_at() -> None:
    before = answers(logo="no", logo_where="left over from before")
    after = answers(logo="no")

    assert class_of(FORM, before, after) is None


@pytest.mark.parametrize(("before", "after"), [("", "2027-07-21"), ("2027-07-21", "")])
def test_a_closure_that_is_said_for_the_first_time_or_no_longer_is_material(before: str, after: str) -> None:
    told = {day: {QuestionKey("closure"): (day,) if day else ()} for day in (before, after)}

    assert class_of(FORM, told[before], told[after]) is EditClass.MATERIAL


def test_an_answer_that_is_given_where_nobody_asks_for_it_is_not_looked_at() -> None:
    before = answers(logo="no")
    after = answers(logo="no", logo_where="thought of too early")

    assert class_of(FORM, before, after) is None


def test_an_answer_that_applies_for_the_first_time_has_changed() -> None:
    before = answers(logo="no", logo_where="on the banner")
    after = answers(logo="yes", logo_where="on the banner")

    assert class_of(FORM, before, after) is EditClass.MATERIAL


@pytest.mark.parametrize("question", ["author", "setting"])
def test_another_author_or_setting_is_material_whatever_the_forms_data_say(question: str) -> None:
    form = replace(FORM, questions=tuple(replace(one, edit=EditClass.MINOR) for one in FORM.questions))
    named = replace(form.questions[0], key=QuestionKey(question))
    form = replace(form, questions=(named, *form.questions))

    assert class_of(form, answers(), answers(**{question: "another"})) is EditClass.MATERIAL


def test_a_material_edit_asks_all_again_people_the_head_and_a_minor_one_nobody() -> None:
    steps = steps_of(a_request())

    assert no_longer_counts(steps, EditClass.MATERIAL) == (LINE_MANAGER, THE_HEAD, DPO_CONSULTED, DEPUTY_DPO)
    assert no_longer_counts(steps, EditClass.PEOPLE) == (THE_HEAD,)
    assert no_longer_counts(steps, EditClass.MINOR) == ()


def test_only_those_who_have_decided_are_asked_again() -> None:
    request = a_request(said(LINE_MANAGER), said(DEPUTY_DPO))

    assert again(request, answers(purpose="Something else")) == (LINE_MANAGER, DEPUTY_DPO)
    assert again(request, answers(department="PE")) == ()


def test_whoever_asked_for_changes_is_asked_again_however_small_the_change() -> None:
    request = a_request(said(LINE_MANAGER), said(DEPUTY_DPO, Outcome.CHANGES_ASKED))

    assert again(request, answers(department="PE")) == (DEPUTY_DPO,)
    assert again(request, request.answers) == (DEPUTY_DPO,)


def test_another_line_manager_is_asked_and_so_is_the_head_after_them() -> None:
    request = a_request(*EVERYBODY)

    assert again(request, answers(line_manager=OFFICER)) == (LINE_MANAGER, THE_HEAD)


def test_the_head_has_the_last_word_again_where_a_step_is_new() -> None:
    request = a_request(*EVERYBODY, given=answers(logo="no"))

    assert again(request, answers(logo="yes")) == (THE_HEAD,)


def test_a_decision_on_what_is_no_longer_asked_for_does_not_come_back_with_it() -> None:
    request = a_request(*WITH_BRAND, given=answers(logo="yes"))

    assert again(request, answers(logo="no")) == (BRAND,)


@pytest.mark.parametrize(
    "question",
    ["purpose", "aims", "content", "audience", "contributors", "vetting", "host", "consent", "security"],
)
def test_on_the_real_form_what_the_site_is_for_and_for_whom_is_material(view: PolicyView, question: str) -> None:
    form = view.forms[FormKey("site")]
    before = {QuestionKey("contributors"): ("pupils", "public")}
    after = {**before, QuestionKey(question): ("families", "others")}

    assert class_of(form, before, after) is EditClass.MATERIAL


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("administrators", EditClass.PEOPLE),
        ("moderators", EditClass.PEOPLE),
        ("go_live", EditClass.PEOPLE),
        ("department", EditClass.MINOR),
    ],
)
def test_on_the_real_form_people_and_dates_need_one_tap_and_the_department_none(
    view: PolicyView, question: str, expected: EditClass
) -> None:
    form = view.forms[FormKey("site")]

    assert class_of(form, {}, {QuestionKey(question): ("something new",)}) is expected
