from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_kb.request_words import Outcome, QuestionKey, RequestState, StepKey, StepState
from policy_kb.rules import deciding
from policy_kb.rules.deciding import approver_for, check_may_say, flag_same_person, independent
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.rules.request import Approver, RequestFacts
from policy_kb.words import Role
from tests.policy_kb.rules.requests import (
    AUTHOR_CONFIRMS,
    BRAND,
    DEPUTY_DPO,
    DPIA,
    DPIA_REFERENCE,
    DPO_CONSULTED,
    HEAD,
    LEADER,
    LINE_MANAGER,
    MANAGER,
    OFFICER,
    RECORD,
    STAND_IN,
    TEACHER,
    THE_HEAD,
    YES,
    a_request,
    answers,
    said,
    the_right,
    the_step,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.rules.form import Value
    from policy_kb.words import PersonId

OTHERS = (said(LINE_MANAGER), said(DPO_CONSULTED), said(DEPUTY_DPO))


def say(
    request: RequestFacts,
    step: StepKey,
    outcome: Outcome | None = None,
    *,
    by: Approver | None = None,
    version: int | None = None,
    comment: str = "Because I say so.",
    facts: Mapping[QuestionKey, Value] = RECORD,
) -> None:
    """Say yes to a step of the current version, by whoever was asked, unless it says otherwise."""
    check_may_say(
        request,
        the_step(step),
        by or the_right(step, request),
        outcome or YES[the_step(step).kind],
        version=request.version if version is None else version,
        comment=comment,
        facts=facts,
    )


def asking(request: RequestFacts, key: StepKey, *asked: Approver) -> RequestFacts:
    """Have a step ask these people."""
    steps = (replace(step, asked=asked) if step.key == key else step for step in request.steps)
    return replace(request, steps=tuple(steps))


@pytest.mark.parametrize(
    ("requester", "author"), [(MANAGER, TEACHER), (TEACHER, MANAGER)], ids=["the requester", "the author"]
)
def test_nobody_decides_on_what_they_ask_for_themselves_or_through_another(
    requester: PersonId, author: PersonId
) -> None:
    request = replace(a_request(), requester=requester, author=author)

    with pytest.raises(deciding.OwnRequest) as refusal:
        say(request, LINE_MANAGER)

    assert refusal.value.because is ProductRule.NOBODY_DECIDES_ON_THEIR_OWN
    assert refusal.value.about == "12:line_manager"


@pytest.mark.parametrize(
    ("requester", "author"), [(MANAGER, TEACHER), (TEACHER, MANAGER)], ids=["the requester", "the author"]
)
def test_nobody_decides_in_the_name_of_whoever_asks(requester: PersonId, author: PersonId) -> None:
    acting = Approver(person=LEADER, role=Role.LINE_MANAGER, acting_for=MANAGER)
    request = asking(replace(a_request(), requester=requester, author=author), LINE_MANAGER, acting)

    with pytest.raises(deciding.OwnRequest):
        say(request, LINE_MANAGER, by=acting)


def test_whoever_acts_for_the_requester_may_still_decide_in_their_own_right() -> None:
    own = Approver(person=LEADER, role=Role.LINE_MANAGER)
    request = asking(a_request(), LINE_MANAGER, own)

    say(request, LINE_MANAGER, by=own)


def test_those_who_ask_and_those_who_act_for_them_are_not_asked() -> None:
    request = a_request(requester=HEAD, author=TEACHER)
    free = Approver(person=STAND_IN, role=Role.DEPUTY_CEO)

    asked = independent(
        (
            Approver(person=HEAD, role=Role.HEAD),
            Approver(person=LEADER, role=Role.HEAD, acting_for=HEAD),
            Approver(person=TEACHER, role=Role.HEAD, acting_for=STAND_IN),
            free,
        ),
        request,
    )

    assert asked == (free,)


def test_the_author_confirms_what_is_asked_for_them() -> None:
    request = a_request(requester=HEAD)

    say(request, AUTHOR_CONFIRMS)
    say(request, AUTHOR_CONFIRMS, Outcome.DECLINED)


@pytest.mark.parametrize(
    "other",
    [Approver(person=HEAD, role=Role.HEAD), Approver(person=TEACHER, role=Role.SITE_AUTHOR, acting_for=HEAD)],
    ids=["the requester", "in another's name"],
)
def test_nobody_confirms_in_the_authors_place(other: Approver) -> None:
    request = asking(a_request(requester=HEAD), AUTHOR_CONFIRMS, other)

    with pytest.raises(deciding.OnlyTheAuthor):
        say(request, AUTHOR_CONFIRMS, by=other)


def test_only_those_who_were_asked_decide() -> None:
    with pytest.raises(deciding.NotAsked):
        approver_for(LEADER, a_request(), LINE_MANAGER)
    with pytest.raises(deciding.NotAsked):
        say(a_request(), LINE_MANAGER, by=Approver(person=LEADER, role=Role.LINE_MANAGER))


def test_requesters_who_try_to_decide_hear_that_it_is_their_own() -> None:
    with pytest.raises(deciding.OwnRequest):
        approver_for(TEACHER, a_request(), LINE_MANAGER)


def test_whoever_was_asked_twice_decides_in_their_own_right() -> None:
    own = Approver(person=MANAGER, role=Role.LINE_MANAGER)
    acting = Approver(person=MANAGER, role=Role.LINE_MANAGER, acting_for=LEADER)
    for_the_requester = replace(acting, acting_for=TEACHER)

    assert approver_for(MANAGER, asking(a_request(), LINE_MANAGER, acting, own), LINE_MANAGER) == own
    assert approver_for(MANAGER, asking(a_request(), LINE_MANAGER, for_the_requester, acting), LINE_MANAGER) == acting


def test_a_step_that_is_no_longer_needed_asks_nobody() -> None:
    request = a_request(given=answers(logo="no"))

    with pytest.raises(deciding.StepGone):
        approver_for(LEADER, request, BRAND)
    with pytest.raises(deciding.StepGone):
        say(request, BRAND, by=Approver(person=LEADER, role=Role.SLT))


@pytest.mark.parametrize("second", [Outcome.APPROVED, Outcome.DECLINED, Outcome.CHANGES_ASKED, Outcome.NOT_ME])
def test_a_step_takes_one_decision(second: Outcome) -> None:
    request = a_request(said(LINE_MANAGER))

    with pytest.raises(deciding.AlreadyAnswered):
        say(request, LINE_MANAGER, second)


def test_a_double_click_on_the_last_word_finds_it_answered() -> None:
    request = a_request(*OTHERS, said(THE_HEAD))

    with pytest.raises(deciding.AlreadyAnswered):
        say(request, THE_HEAD)


@pytest.mark.parametrize("state", sorted(set(RequestState) - {RequestState.SUBMITTED}))
def test_only_a_request_that_is_with_those_who_decide_can_be_decided(state: RequestState) -> None:
    with pytest.raises(deciding.NotUnderWay):
        say(a_request(state=state), LINE_MANAGER)


@pytest.mark.parametrize("version", [1, 3])
def test_a_decision_is_about_the_version_that_was_shown(version: int) -> None:
    request = a_request(version=2)

    with pytest.raises(deciding.ChangedSince) as refusal:
        say(request, LINE_MANAGER, version=version)

    assert refusal.value.because is ProductRule.WHAT_WAS_SHOWN


@pytest.mark.parametrize("missing", range(3))
def test_the_head_cannot_decide_before_all_the_others(missing: int) -> None:
    given = [*OTHERS]
    del given[missing]
    the_head = Approver(person=HEAD, role=Role.HEAD)
    request = asking(a_request(*given), THE_HEAD, the_head)

    with pytest.raises(deciding.NotYetAsked):
        say(request, THE_HEAD, by=the_head)


def test_the_head_cannot_decide_too_early_even_where_the_step_was_opened_by_a_slip() -> None:
    the_head = Approver(person=HEAD, role=Role.HEAD)
    request = asking(a_request(said(LINE_MANAGER)), THE_HEAD, the_head)
    opened = tuple(replace(step, state=StepState.OPEN) for step in request.steps)

    with pytest.raises(deciding.NotYetAsked):
        say(replace(request, steps=opened), THE_HEAD, by=the_head)


@pytest.mark.parametrize(
    ("step", "may_be_said"),
    [
        (LINE_MANAGER, {Outcome.APPROVED, Outcome.CHANGES_ASKED, Outcome.DECLINED, Outcome.NOT_ME}),
        (DPO_CONSULTED, {Outcome.RECORDED, Outcome.NOT_ME}),
        (AUTHOR_CONFIRMS, {Outcome.CONFIRMED, Outcome.DECLINED}),
    ],
)
def test_each_kind_of_step_takes_its_own_answers(step: StepKey, may_be_said: set[Outcome]) -> None:
    request = {
        LINE_MANAGER: a_request(),
        DPO_CONSULTED: a_request(said(LINE_MANAGER)),
        AUTHOR_CONFIRMS: a_request(requester=HEAD),
    }[step]

    for outcome in may_be_said:
        say(request, step, outcome)
    for outcome in set(Outcome) - may_be_said:
        with pytest.raises(deciding.OtherAnswers):
            say(request, step, outcome)


@pytest.mark.parametrize("outcome", [Outcome.CHANGES_ASKED, Outcome.DECLINED, Outcome.NOT_ME])
def test_whoever_does_not_approve_says_why(outcome: Outcome) -> None:
    with pytest.raises(deciding.ReasonMissing):
        say(a_request(), LINE_MANAGER, outcome, comment=" \n")


def test_whoever_approves_need_not_say_why() -> None:
    say(a_request(), LINE_MANAGER, comment="")


@pytest.mark.parametrize("facts", [{}, {DPIA: ()}, {DPIA: (" ",)}, {DPIA_REFERENCE: ("D-7",)}])
def test_a_consultation_is_recorded_with_its_facts(facts: Mapping[QuestionKey, Value]) -> None:
    request = a_request(said(LINE_MANAGER))

    with pytest.raises(deciding.FactsMissing):
        say(request, DPO_CONSULTED, facts=facts)


def test_passing_a_consultation_on_needs_no_facts() -> None:
    say(a_request(said(LINE_MANAGER)), DPO_CONSULTED, Outcome.NOT_ME, facts={})


def test_one_person_in_two_boxes_is_flagged() -> None:
    request = a_request(*OTHERS)

    assert flag_same_person(request) == (OFFICER,)


def test_one_who_was_asked_again_or_passed_it_on_is_not_flagged() -> None:
    before = replace(said(DEPUTY_DPO), asked_again=True)
    passed_on = said(DEPUTY_DPO, Outcome.NOT_ME, by=OFFICER)

    assert flag_same_person(a_request(said(LINE_MANAGER), said(DPO_CONSULTED), before, passed_on)) == ()


def test_one_person_fills_two_boxes_by_two_separate_actions() -> None:
    request = a_request(said(LINE_MANAGER), said(DPO_CONSULTED))

    say(request, DEPUTY_DPO)

    assert request.step(DPO_CONSULTED).state is StepState.DONE
    assert request.step(DEPUTY_DPO).state is StepState.OPEN


def test_every_refusal_says_what_to_do_and_what_is_behind_it() -> None:
    own = [kind for kind in Refusal.kinds.values() if kind.__module__ == deciding.__name__]

    assert len(own) == 11
    for kind in own:
        assert kind.says.endswith(".")
        assert isinstance(kind.because, ProductRule) or kind.because in {"form.approval", "A.3.3"}
