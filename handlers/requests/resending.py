"""What a form that is sent again does to what was decided before, and who is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests.asked import asked_now
from handlers.requests.moving import newly_asked
from policy_kb.bot_words import SayKind
from policy_kb.request_words import StepState
from policy_kb.rules import edits
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.requests.act import Act
    from handlers.requests.matter import Matter
    from policy_kb.request_words import StepKey
    from policy_kb.words import PersonId


def undo(before: Matter, act: Act) -> tuple[StepKey, ...]:
    """Let the decisions that what has changed undoes count no longer, and return their steps."""
    after = act.matter(before.facts.id)
    again = edits.asked_again(after.form, after.steps, before.facts, after.facts.answers)
    if again:
        act.uow.requests.ask_again(before.facts.id, again, entry=act.entry(Verb.VOIDED, str(before.form.clause)))
    return again


def tell_of_it(before: Matter, undone: tuple[StepKey, ...], act: Act) -> None:
    """
    Tell everybody what a new version means for them, each of them once, after the request has moved on.

    Whoever is asked now reads it on their new card, and is told nothing beside it.
    """
    after = act.matter(before.facts.id)
    told = _asked_anew(before, after) | {act.person}
    stands = {one.by for one in before.facts.counting() if one.step not in undone}
    lost = {one.by for one in before.facts.counting() if one.step in undone}
    later = ((lost | _hold_a_card(before)) & _asked_later(after, act)) - _hold_a_card(after)
    has_changed = edits.class_of(after.form, before.facts.answers, after.facts.answers) is not None
    for key, people in (
        ("later", later),
        ("edited", stands if has_changed else set()),
        ("no_more", lost - stands - _hold_a_card(after)),
        ("resent", {after.facts.requester, after.facts.author}),
    ):
        _tell(key, (person for person in people if person not in told), before, act)
        told |= people


def _tell(key: str, people: Iterable[PersonId], about: Matter, act: Act) -> None:
    # In the order of their names, so that the same is queued in the same order however often it is tried.
    act.tell(sorted(people), SayFacts(kind=SayKind.NOTICE, about=f"{about.facts.id}:{key}"))


def _asked_anew(before: Matter, after: Matter) -> set[PersonId | None]:
    was = {step.key: step for step in before.facts.steps}
    return {person for step in after.open_steps() for person in newly_asked(step, was.get(step.key))}


def _hold_a_card(matter: Matter) -> set[PersonId]:
    return {one.person for step in matter.open_steps() for one in step.asked}


def _asked_later(after: Matter, act: Act) -> set[PersonId]:
    """Return whom the steps will ask that still wait for others, as things stand."""
    waiting = [step for step, standing in after.in_order() if standing.state is StepState.WAITING]
    return {one.person for step in waiting for one in asked_now(step, after.facts, act.uow, act.today)}
