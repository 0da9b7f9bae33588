"""A consultation that was recorded without the reference of its assessment is recorded in full, later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests.asked import asked_now
from handlers.requests.given import comment_of, recorded
from policy_kb.bot_words import SayKind
from policy_kb.request_words import Outcome
from policy_kb.rules import deciding
from policy_kb.rules.chasing import assessments_outstanding
from policy_kb.rules.request import Decision
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.requests.about import StepAbout
    from handlers.requests.act import Act
    from policy_kb.words import PersonId


def record_more(
    about: StepAbout, values: Mapping[str, tuple[str, ...]], person: PersonId, act: Act
) -> tuple[SayFacts, ...]:
    """
    Keep a fuller record of a consultation in the place of the one that counts; what was decided stays decided.

    Raises:
        Refusal: nothing is outstanding there, or it is not theirs to record.

    Policy: A.1.8
    """
    matter = act.hold(about.request)
    step = matter.step(about.step) if matter else None
    if matter is None or step is None:
        raise deciding.StepGone(about.card)
    if about.step not in {one.step for one in assessments_outstanding(matter.facts)}:
        raise deciding.AlreadyAnswered(about.card)
    right = next((one for one in asked_now(step, matter.facts, act.uow, act.today) if one.person == person), None)
    if right is None:
        raise deciding.NotAsked(about.card)
    facts = recorded(step, values, about.card, on=act.today)
    deciding.check_is_complete(matter.facts, step, facts)
    decision = Decision(
        step=step.key,
        outcome=Outcome.RECORDED,
        by=person,
        role=right.role,
        acting_for=right.acting_for,
        at=act.now,
        version=matter.facts.version,
        comment=comment_of(values, about.card),
        facts=facts,
    )
    number = act.uow.requests.record_more(about.request, decision, entry=act.entry(Verb.DECIDED, str(step.clause)))
    act.refresh_cards(about.card)
    act.tell(
        (matter.facts.requester, matter.facts.author), SayFacts(kind=SayKind.NEWS, about=f"{about.request}:{number}")
    )
    return (SayFacts(kind=SayKind.STEP_CARD, about=about.card, replaces=True),)
