from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from policy_kb.request_words import FormKey, Outcome, QuestionKey, RequestState, StepKey, StepState
from policy_kb.rules.form import Route
from policy_kb.rules.routing import standing, state_after, steps_needed, waits_for
from policy_kb.words import Role, SettingId, SettingType
from tests.policy_kb.rules.requests import (
    AUTHOR_CONFIRMS,
    BRAND,
    DEPUTY_DPO,
    DPO_CONSULTED,
    HEAD,
    LINE_MANAGER,
    ROUTE,
    TEACHER,
    THE_HEAD,
    a_request,
    a_step,
    answers,
    said,
    steps_of,
    the_step,
)

if TYPE_CHECKING:
    from policy_kb.rules.request import RequestFacts
    from policy_kb.view import PolicyView

ALL_BUT_THE_HEAD = (said(LINE_MANAGER), said(DPO_CONSULTED), said(DEPUTY_DPO))


def states_of(request: RequestFacts) -> dict[StepKey, StepState]:
    return {step.key: step.state for step in standing(steps_of(request), request)}


def test_whoever_asks_for_themselves_need_not_confirm_it() -> None:
    keys = [step.key for step in steps_needed(ROUTE, answers(), on_behalf=False)]

    assert keys == [LINE_MANAGER, THE_HEAD, DPO_CONSULTED, DEPUTY_DPO]


def test_who_is_asked_for_by_somebody_else_confirms_it_first() -> None:
    request = a_request(requester=HEAD)

    assert states_of(request)[AUTHOR_CONFIRMS] is StepState.OPEN
    assert states_of(request)[LINE_MANAGER] is StepState.WAITING


def test_the_brand_is_asked_about_only_where_the_logo_will_be_used() -> None:
    with_logo = steps_needed(ROUTE, answers(logo="yes"), on_behalf=False)
    without = steps_needed(ROUTE, answers(logo="no"), on_behalf=False)

    assert {step.key for step in with_logo} - {step.key for step in without} == {BRAND}


def test_a_step_after_one_that_is_left_out_waits_for_what_that_one_waited_for() -> None:
    last = a_step(StepKey("last"), Role.SLT, after=(BRAND,))
    route = Route(steps=(the_step(LINE_MANAGER), the_step(BRAND), last))

    needed = steps_needed(route, answers(), on_behalf=False)

    assert waits_for(needed[-1], needed) == (LINE_MANAGER,)


def test_first_the_line_manager_is_asked_and_nobody_else() -> None:
    request = a_request()

    assert states_of(request) == {
        LINE_MANAGER: StepState.OPEN,
        THE_HEAD: StepState.WAITING,
        DPO_CONSULTED: StepState.WAITING,
        DEPUTY_DPO: StepState.WAITING,
    }


def test_the_head_is_asked_once_all_the_others_have_answered_and_not_before() -> None:
    for order in permutations(ALL_BUT_THE_HEAD):
        two, three = a_request(*order[:2]), a_request(*order)

        assert states_of(two)[THE_HEAD] is StepState.WAITING
        assert states_of(three)[THE_HEAD] is StepState.OPEN


def test_the_head_waits_for_everybody_even_where_the_routes_data_forget_it() -> None:
    careless = replace(the_step(THE_HEAD), after=())
    steps = (the_step(LINE_MANAGER), careless, the_step(DEPUTY_DPO))

    assert waits_for(careless, steps) == (LINE_MANAGER, DEPUTY_DPO)
    assert standing(steps, a_request(said(LINE_MANAGER)))[1].state is StepState.WAITING


def test_nobody_is_asked_for_a_step_that_waits_again() -> None:
    before = a_request(said(LINE_MANAGER))
    undone = replace(before, decisions=(replace(said(LINE_MANAGER), asked_again=True),))

    now = {step.key: step for step in standing(steps_of(undone), undone)}

    assert before.step(DEPUTY_DPO).asked
    assert now[LINE_MANAGER].asked == before.step(LINE_MANAGER).asked
    assert now[DEPUTY_DPO].asked == ()
    assert now[DEPUTY_DPO].asked_at is None


def test_a_request_is_approved_when_every_step_is_done() -> None:
    assert a_request(*ALL_BUT_THE_HEAD).state is RequestState.SUBMITTED
    assert a_request(*ALL_BUT_THE_HEAD, said(THE_HEAD)).state is RequestState.APPROVED


@pytest.mark.parametrize("missing", range(3))
def test_a_request_is_not_approved_while_one_of_them_is_missing(missing: int) -> None:
    given = [*ALL_BUT_THE_HEAD]
    del given[missing]

    assert a_request(*given, said(THE_HEAD)).state is RequestState.SUBMITTED


def test_one_no_ends_it_and_one_wish_for_changes_sends_it_back() -> None:
    changes = said(DEPUTY_DPO, Outcome.CHANGES_ASKED)
    no = said(BRAND, Outcome.DECLINED)
    given = answers(logo="yes")

    assert a_request(said(LINE_MANAGER), changes, given=given).state is RequestState.CHANGES_ASKED
    assert a_request(said(LINE_MANAGER), changes, no, given=given).state is RequestState.DECLINED


def test_not_me_and_what_no_longer_counts_leave_the_step_open() -> None:
    not_me = said(LINE_MANAGER, Outcome.NOT_ME)
    asked_again = replace(said(LINE_MANAGER, Outcome.DECLINED), asked_again=True)

    request = a_request(not_me, asked_again)

    assert states_of(request)[LINE_MANAGER] is StepState.OPEN
    assert request.state is RequestState.SUBMITTED


def test_a_no_about_the_logo_counts_for_nothing_once_the_logo_is_gone() -> None:
    no_logo = said(BRAND, Outcome.DECLINED)

    assert a_request(said(LINE_MANAGER), no_logo, given=answers(logo="yes")).state is RequestState.DECLINED
    assert a_request(said(LINE_MANAGER), no_logo, given=answers(logo="no")).state is RequestState.SUBMITTED


def test_a_route_without_steps_approves_nothing() -> None:
    assert state_after((), a_request()) is RequestState.SUBMITTED


@pytest.mark.parametrize("setting_type", SettingType)
def test_the_last_word_on_a_site_waits_for_everybody_on_every_route(
    view: PolicyView, setting_type: SettingType
) -> None:
    form = view.forms[FormKey("site")]
    route = form.route_for(setting_type, SettingId("elm-academy"))

    steps = steps_needed(route, {QuestionKey("logo"): ("yes",)}, on_behalf=True)
    (final,) = [step for step in steps if step.is_final]

    expected = {"author_confirms", "line_manager", "slt_consulted", "dpo_consulted", "deputy_dpo", "brand"}
    assert set(waits_for(final, steps)) == expected


def test_on_the_real_form_the_line_manager_comes_first_then_three_at_once_then_the_head(view: PolicyView) -> None:
    form = view.forms[FormKey("site")]
    route = form.route_for(SettingType.ACADEMY, SettingId("elm-academy"))
    steps = steps_needed(route, {QuestionKey("logo"): ("no",)}, on_behalf=False)

    waits = {step.key: set(waits_for(step, steps)) for step in steps}

    assert waits[LINE_MANAGER] == set()
    assert waits[DEPUTY_DPO] == waits[DPO_CONSULTED] == waits[StepKey("slt_consulted")] == {LINE_MANAGER}
    assert waits[THE_HEAD] == waits.keys() - {THE_HEAD}


def test_who_said_it_and_when_changes_nothing_about_where_it_stands() -> None:
    early = a_request(*ALL_BUT_THE_HEAD)
    years_later = tuple(replace(one, at=one.at.replace(year=2036), by=TEACHER) for one in ALL_BUT_THE_HEAD)

    assert states_of(a_request(*years_later)) == states_of(early)
