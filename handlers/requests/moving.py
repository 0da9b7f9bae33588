"""A request moves on: whoever is to be asked next is asked, cards change, and it comes into the state it is in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.requests.about import card_name
from handlers.requests.approvers import is_the_final_approvers_own
from handlers.requests.asked import asked_now, who_puts_it_right
from policy_kb.bot_words import SayKind
from policy_kb.request_words import RequestState, StepState
from policy_kb.rules import routing
from policy_kb.rules.form import FINAL_APPROVER
from policy_kb.words import BotRole, Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.requests.act import Act
    from handlers.requests.matter import Matter
    from policy_kb.request_words import StepKey
    from policy_kb.rules.form import Step
    from policy_kb.rules.request import RequestFacts, StepStanding
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

UNDER_WAY = frozenset({RequestState.SUBMITTED, RequestState.CHANGES_ASKED, RequestState.APPROVED})


def move_on(was: Matter, act: Act) -> None:
    """
    Work out where a sent request stands after what was done to it, and do what follows from that.

    Every open step asks whoever has the right to it today: who is new to it is sent its card, and where
    nobody is, those are told who can put it right. `was` is the request as it stood before: what has not
    changed since is told to nobody.

    Policy: A.3.3
    """
    matter = act.matter(was.facts.id)
    if matter.facts.state not in UNDER_WAY:
        return
    before = {step.key: step for step in was.facts.steps}
    state = routing.state_after(matter.steps, matter.facts)
    after = routing.standing(matter.steps, matter.facts)
    if state is RequestState.SUBMITTED:
        after = tuple(_asking(matter, step, before.get(step.key), act) for step in after)
    act.uow.requests.put_steps(matter.facts.id, after, entry=act.entry(Verb.ASKED))
    if state is not matter.facts.state:
        entry = act.entry(Verb.CHANGED, str(matter.form.clause))
        act.uow.requests.change_state(matter.facts.id, matter.facts.state, state, now=act.now, entry=entry)
    asks = after if state is RequestState.SUBMITTED else ()
    new = {step.key: newly_asked(step, before.get(step.key)) for step in asks}
    _show_it_on_the_cards(was, new, act)
    for step in asks:
        _ask(matter, step, before.get(step.key), act)


def newly_asked(step: StepStanding, before: StepStanding | None) -> tuple[PersonId, ...]:
    """Return who is asked for an open step and was not a moment ago; all of them where it has only now been opened."""
    if step.state is not StepState.OPEN:
        return ()
    known = {one.person for one in before.asked} if before and _was_open(before) else set()
    return tuple(one.person for one in step.asked if one.person not in known)


def why_stuck(step: Step, request: RequestFacts, uow: UnitOfWork) -> str:
    """Return the key of the notice that says why nobody is asked for a step."""
    setting = uow.settings.get(request.setting)
    if step.by != FINAL_APPROVER or setting is None or not is_the_final_approvers_own(request, setting):
        return "nobody"
    return "stand_in_cannot" if setting.stands_in_id else "no_stand_in"


def _show_it_on_the_cards(was: Matter, new: Mapping[StepKey, tuple[PersonId, ...]], act: Act) -> None:
    now = act.matter(was.facts.id).facts
    has_moved = (now.version, now.state) != (was.facts.version, was.facts.state)
    before, after = ({step.key: step for step in facts.steps} for facts in (was.facts, now))
    for key in before | after:
        if has_moved or before.get(key) != after.get(key):
            act.refresh_cards(card_name(now.id, key), asked=new.get(key, ()))


def _asking(matter: Matter, step: StepStanding, before: StepStanding | None, act: Act) -> StepStanding:
    """Return a step with whom it asks today; a step that is closed keeps whom it asked."""
    if step.state is not StepState.OPEN:
        return step
    asked = asked_now(_of_route(matter, step.key), matter.facts, act.uow, act.today)
    is_as_before = before is not None and _was_open(before) and bool(before.asked) == bool(asked)
    return replace(step, asked=asked, asked_at=step.asked_at if is_as_before else act.now)


def _was_open(before: StepStanding) -> bool:
    return before.state is StepState.OPEN and before.asked_at is not None


def _ask(matter: Matter, step: StepStanding, before: StepStanding | None, act: Act) -> None:
    if step.state is not StepState.OPEN:
        return
    act.ask(newly_asked(step, before), card_name(matter.facts.id, step.key))
    was_told = before is not None and _was_open(before) and not before.asked
    if not step.asked and not was_told:
        _tell_that_it_is_stuck(matter, step, act)


def _tell_that_it_is_stuck(matter: Matter, step: StepStanding, act: Act) -> None:
    """Tell that nobody can be asked: whoever can put it right, and whoever waits for it."""
    facts = matter.facts
    key = why_stuck(_of_route(matter, step.key), facts, act.uow)
    owners = act.uow.people.bot_role_holders(BotRole.POLICY_OWNER, None, act.today)
    told = (*who_puts_it_right(facts.setting, act.uow, on=act.today), *(one.id for one in owners))
    say = SayFacts(kind=SayKind.NOTICE, about=f"{facts.id}:{step.key}:{facts.version}:{key}")
    act.tell((*told, facts.requester, facts.author), say)


def _of_route(matter: Matter, key: StepKey) -> Step:
    step = matter.step(key)
    if step is None:
        raise LookupError(key)
    return step
