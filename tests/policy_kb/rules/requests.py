"""A short form and its route, requests for it, and what people said to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from policy_kb.clause import ClauseRef
from policy_kb.request_words import (
    AnswerKind,
    EditClass,
    FormKey,
    Outcome,
    QuestionKey,
    RequestId,
    RequestState,
    StepKey,
    StepKind,
    StepState,
)
from policy_kb.rules.form import FINAL_APPROVER, THE_AUTHOR, THE_LINE_MANAGER, Condition, Form, Question, Route, Step
from policy_kb.rules.request import Approver, Decision, RequestFacts
from policy_kb.rules.routing import standing, state_after, steps_needed
from policy_kb.words import ItemId, PersonId, Role, SettingId, SettingType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from policy_kb.rules.form import Answers, Value

TEACHER = PersonId("teacher")
MANAGER = PersonId("manager")
OFFICER = PersonId("officer")  # data protection officer, and deputy
LEADER = PersonId("leader")  # one of the senior leadership team
HEAD = PersonId("head")
STAND_IN = PersonId("stand-in")  # decides where the head asks

AUTHOR_CONFIRMS = StepKey("author_confirms")
LINE_MANAGER = StepKey("line_manager")
DPO_CONSULTED = StepKey("dpo_consulted")
DEPUTY_DPO = StepKey("deputy_dpo")
BRAND = StepKey("brand")
THE_HEAD = StepKey("head")

DPIA = QuestionKey("dpia")
DPIA_REFERENCE = QuestionKey("dpia_reference")
ASKED_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # a Tuesday

SAID_BY = {
    LINE_MANAGER: Approver(person=MANAGER, role=Role.LINE_MANAGER),
    DPO_CONSULTED: Approver(person=OFFICER, role=Role.DPO),
    DEPUTY_DPO: Approver(person=OFFICER, role=Role.DEPUTY_DPO),
    BRAND: Approver(person=LEADER, role=Role.SLT),
    THE_HEAD: Approver(person=HEAD, role=Role.HEAD),
}
YES = {
    StepKind.DECIDES: Outcome.APPROVED,
    StepKind.RECORDS: Outcome.RECORDED,
    StepKind.CONFIRMS: Outcome.CONFIRMED,
}
RECORD: Mapping[QuestionKey, Value] = MappingProxyType({DPIA: ("no",)})


def a_question(key: str, *, edit: EditClass = EditClass.MINOR, when: str = "", needed: bool = True) -> Question:
    """Build a question; `when` names another that must be answered with yes."""
    return Question(
        key=QuestionKey(key),
        section="all",
        label=key,
        asks=f"What about the {key}?",
        hint="",
        why="",
        clause=ClauseRef(ItemId("A.3.7")),
        kind=AnswerKind.TEXT,
        when=(Condition(question=QuestionKey(when), values=("yes",)),) if when else (),
        needed=needed,
        edit=edit,
    )


def a_step(key: StepKey, by: str, kind: StepKind = StepKind.DECIDES, *, after: tuple[StepKey, ...] = ()) -> Step:
    return Step(
        key=key,
        kind=kind,
        by=by,
        after=after,
        title=key,
        asks="Is it right?",
        clause=ClauseRef(ItemId("A.3.3")),
        is_final=key == THE_HEAD,
    )


ROUTE = Route(
    setting_types=(SettingType.ACADEMY,),
    steps=(
        a_step(AUTHOR_CONFIRMS, THE_AUTHOR, StepKind.CONFIRMS),
        a_step(LINE_MANAGER, THE_LINE_MANAGER, after=(AUTHOR_CONFIRMS,)),
        a_step(THE_HEAD, FINAL_APPROVER, after=(LINE_MANAGER,)),
        replace(
            a_step(DPO_CONSULTED, Role.DPO, StepKind.RECORDS, after=(LINE_MANAGER,)),
            facts=(a_question(DPIA), a_question(DPIA_REFERENCE, needed=False)),
        ),
        a_step(DEPUTY_DPO, Role.DEPUTY_DPO, after=(LINE_MANAGER,)),
        replace(
            a_step(BRAND, Role.SLT, after=(LINE_MANAGER,)),
            when=(Condition(question=QuestionKey("logo"), values=("yes",)),),
        ),
    ),
)
FORM = Form(
    key=FormKey("short"),
    title="Short form",
    called="a short thing",
    opens="",
    clause=ClauseRef(ItemId("A.3.7")),
    answers=(),
    sections=(),
    questions=(
        a_question("department"),
        a_question("author", edit=EditClass.MINOR),  # on purpose: the rules do not believe it
        a_question("line_manager", edit=EditClass.MINOR),
        a_question("purpose", edit=EditClass.MATERIAL),
        a_question("moderators", edit=EditClass.PEOPLE),
        a_question("logo"),
        a_question("logo_where", when="logo", edit=EditClass.MATERIAL),
        a_question("closure", edit=EditClass.MATERIAL),
    ),
    routes=(ROUTE,),
    goes_live=True,
)


def answers(**given: str) -> Answers:
    """Answer the short form, one text each."""
    usual = {"author": TEACHER, "line_manager": MANAGER, "purpose": "Show our matches", "closure": "2027-07-21"}
    return MappingProxyType({QuestionKey(key): (text,) for key, text in (usual | given).items()})


def said(
    step: StepKey,
    outcome: Outcome | None = None,
    *,
    by: PersonId | None = None,
    version: int = 1,
    at: datetime = ASKED_AT,
    facts: Mapping[QuestionKey, Value] = RECORD,
) -> Decision:
    """Tell what somebody said to a step: yes, by whoever it is for, unless it says otherwise."""
    right = SAID_BY.get(step, Approver(person=TEACHER, role=Role.SITE_AUTHOR))
    kind = next(one.kind for one in ROUTE.steps if one.key == step)
    return Decision(
        step=step,
        outcome=outcome or YES[kind],
        by=by or right.person,
        role=right.role,
        at=at,
        version=version,
        comment="Because I say so.",
        facts=facts if kind is StepKind.RECORDS else {},
    )


def a_request(
    *decisions: Decision,
    requester: PersonId = TEACHER,
    author: PersonId = TEACHER,
    version: int = 1,
    given: Answers | None = None,
    state: RequestState | None = None,
    go_live: date | None = None,
) -> RequestFacts:
    """Build a request that was sent, as it stands after some decisions; everybody who may be is asked."""
    request = RequestFacts(
        id=RequestId(12),
        form=FORM.key,
        setting=SettingId("elm-academy"),
        setting_type=SettingType.ACADEMY,
        requester=requester,
        author=author,
        state=RequestState.SUBMITTED,
        version=version,
        answers=given or answers(),
        decisions=decisions,
        submitted_at=ASKED_AT,
        go_live=go_live,
    )
    steps = steps_of(request)
    asked = tuple(
        replace(one, asked=(_right(one.key, author),), asked_at=ASKED_AT) if one.state is not StepState.WAITING else one
        for one in standing(steps, request)
    )
    return replace(request, steps=asked, state=state or state_after(steps, request))


def steps_of(request: RequestFacts) -> tuple[Step, ...]:
    return steps_needed(ROUTE, request.answers, on_behalf=request.requester != request.author)


def the_step(key: StepKey) -> Step:
    return next(step for step in ROUTE.steps if step.key == key)


def the_right(key: StepKey, request: RequestFacts) -> Approver:
    """Return the right of the first who was asked for a step."""
    return request.step(key).asked[0]


def _right(key: StepKey, author: PersonId) -> Approver:
    return SAID_BY.get(key, Approver(person=author, role=Role.SITE_AUTHOR))
