"""Somebody says something to a step of a request: approve, ask for changes, decline, record, not me."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.requests.asked import asked_now, candidates
from handlers.requests.given import WHICH, chosen_person, chosen_questions, comment_of, recorded
from handlers.requests.moving import move_on
from policy_kb.bot_words import Action, SayKind
from policy_kb.request_words import Outcome, QuestionKey, StepKind, StepState
from policy_kb.rules import deciding
from policy_kb.rules.adding import may_add
from policy_kb.rules.request import Decision
from policy_kb.words import Verb
from storage.request import Reassignment
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.requests.about import StepAbout
    from handlers.requests.act import Act
    from handlers.requests.matter import Matter
    from policy_kb.rules.form import Step, Value
    from policy_kb.rules.request import Approver, RequestFacts
    from policy_kb.words import PersonId

OUTCOMES = {
    Action.APPROVE: Outcome.APPROVED,
    Action.ASK_CHANGES: Outcome.CHANGES_ASKED,
    Action.DECLINE: Outcome.DECLINED,
    Action.NOT_ME: Outcome.NOT_ME,
    Action.RECORD: Outcome.RECORDED,
}
NOT_SAID_YET = "-"  # stands for a comment while only the rest is looked at


def say_to_step(
    about: StepAbout, action: Action, values: Mapping[str, tuple[str, ...]], person: PersonId, act: Act
) -> tuple[SayFacts, ...]:
    """
    Keep what a person says to a step, and let the request move on.

    A reason that is needed and was not given is asked for first.

    Raises:
        Refusal: they may not say it, not now, or not so; nothing was changed.

    Policy: A.3.3, A.1.8, A.3.5, A.3.6
    """
    matter = act.hold(about.request)
    step = matter.step(about.step) if matter else None
    if matter is None or step is None:
        raise deciding.StepGone(about.card)
    said = OUTCOMES[action]
    if step.kind is StepKind.CONFIRMS and said is Outcome.APPROVED:
        said = Outcome.CONFIRMED
    comment = comment_of(values, about.card)
    facts = _facts(said, step, matter, values, act)
    request = asked_today(matter.facts, step, act)
    approver = deciding.approver_for(person, request, step.key)
    decision = Decision(
        step=step.key,
        outcome=said,
        by=person,
        role=approver.role,
        acting_for=approver.acting_for,
        at=act.now,
        version=about.version,
        comment=comment,
        facts=facts,
    )
    try:
        deciding.check_may_say(
            request, step, approver, said, version=about.version, comment=comment or NOT_SAID_YET, facts=facts
        )
    except (deciding.NotUnderWay, deciding.AlreadyAnswered):
        if may_add(request, decision):
            return _added(matter, decision, act)
        raise
    if said in deciding.NEED_A_REASON and not comment:
        form = f"{about.card}:{matter.facts.version}:{action.value}"
        return (SayFacts(kind=SayKind.STEP_FORM, about=form, replaces=True),)
    return _decided(matter, step, decision, chosen_person(values), act)


def asked_today(request: RequestFacts, step: Step, act: Act) -> RequestFacts:
    """Return a request whose open step asks those who have the right to it today, whoever was asked before."""
    asked = asked_now(step, request, act.uow, act.today)
    steps = tuple(
        replace(one, asked=asked) if one.key == step.key and one.state is StepState.OPEN else one
        for one in request.steps
    )
    return replace(request, steps=steps)


def _facts(
    said: Outcome, step: Step, matter: Matter, values: Mapping[str, tuple[str, ...]], act: Act
) -> dict[QuestionKey, Value]:
    about = f"{matter.facts.id}:{step.key}"
    if said is Outcome.RECORDED:
        return recorded(step, values, about, on=act.today)
    if said is Outcome.CHANGES_ASKED:
        known = frozenset(question.key for question in matter.form.asked(matter.facts.answers))
        return {QuestionKey(WHICH): chosen_questions(values, known)}
    return {}


def _decided(matter: Matter, step: Step, decision: Decision, who: PersonId | None, act: Act) -> tuple[SayFacts, ...]:
    request_id = matter.facts.id
    number = act.uow.requests.decide(request_id, decision, entry=act.entry(Verb.DECIDED, str(step.clause)))
    if number is None:
        raise deciding.AlreadyAnswered(f"{request_id}:{step.key}")
    is_as_wished = decision.outcome is not Outcome.NOT_ME or _pass_on(matter, step, decision, who, act)
    move_on(matter, act)
    news = SayFacts(kind=SayKind.NEWS, about=f"{request_id}:{number}")
    act.tell((matter.facts.requester, matter.facts.author), news)
    card = f"{request_id}:{step.key}"
    otherwise = SayFacts(kind=SayKind.NOTICE, about=f"{card}:{decision.version}:not_named")
    return (
        SayFacts(kind=SayKind.STEP_CARD, about=card, replaces=True),
        *(() if is_as_wished else (otherwise,)),
    )


def _added(matter: Matter, late: Decision, act: Act) -> tuple[SayFacts, ...]:
    """Keep a reason that came after another answer, tell the requester, and say what became of it."""
    request_id = matter.facts.id
    number = act.uow.requests.add(request_id, late, entry=act.entry(Verb.DECIDED))
    act.tell((matter.facts.requester, matter.facts.author), SayFacts(kind=SayKind.NEWS, about=f"{request_id}:{number}"))
    card = f"{request_id}:{late.step}"
    return (
        SayFacts(kind=SayKind.STEP_CARD, about=card, replaces=True),
        SayFacts(kind=SayKind.NOTICE, about=f"{card}:{late.version}:added"),
    )


def _pass_on(matter: Matter, step: Step, decision: Decision, who: PersonId | None, act: Act) -> bool:
    """
    Ask whoever was named instead, if it can be theirs; the others who are asked stay so, and are told.

    False where somebody was named who is not asked, and cannot be.
    """
    named = next((one for one in candidates(step, matter.facts, act.uow, act.today) if one.person == who), None)
    if named:
        reassign(matter, step, named, from_id=decision.by, reason=decision.comment, act=act)
    asked = {one.person for one in asked_now(step, matter.facts, act.uow, act.today)}
    return named is not None or who is None or who in asked - {decision.by}


def reassign(matter: Matter, step: Step, to: Approver, *, from_id: PersonId | None, reason: str, act: Act) -> None:
    """
    Have somebody asked for a step in the place of somebody else, and tell the others who are asked.

    Whoever asks for it hears of what was passed on as news; that somebody else had it done, they are told here.
    """
    reassignment = Reassignment(
        step=step.key,
        from_id=from_id,
        to_id=to.person,
        role=to.role,
        by_id=act.person or to.person,
        reason=reason,
        at=act.now,
    )
    act.uow.requests.reassign(matter.facts.id, reassignment, entry=act.entry(Verb.REASSIGNED, str(step.clause)))
    others = [one.person for one in asked_now(step, matter.facts, act.uow, act.today) if one.person != from_id]
    others += [] if from_id else [matter.facts.requester, matter.facts.author]
    notice = SayFacts(kind=SayKind.NOTICE, about=f"{matter.facts.id}:{step.key}:{matter.facts.version}:reassigned")
    act.tell((person for person in others if person != to.person), notice)
