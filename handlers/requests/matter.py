"""A request with its form, its route and the people it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.request_words import StepState
from policy_kb.rules import routing
from policy_kb.words import BotRole

if TYPE_CHECKING:
    from datetime import date

    from policy_kb.request_words import RequestId, StepKey
    from policy_kb.rules.form import Form, Step
    from policy_kb.rules.request import RequestFacts, StepStanding
    from policy_kb.view import PolicyView
    from policy_kb.words import PersonId
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is asked for, and who is to say something to it."""

    facts: RequestFacts
    form: Form
    steps: tuple[Step, ...]  # those that this request needs, in the order of the route

    @property
    def called(self) -> str:
        """Return what people call it: R-12."""
        return f"R-{self.facts.id}"

    def step(self, key: StepKey) -> Step | None:
        """Return a step of the route; None where this request has none of this name."""
        return next((step for step in self.steps if step.key == key), None)

    def standing(self, key: StepKey) -> StepStanding | None:
        """Return where a step stands; None where nobody was asked anything yet."""
        return next((step for step in self.facts.steps if step.key == key), None)

    def open_steps(self) -> tuple[StepStanding, ...]:
        """Return the steps that wait for somebody's word, in order."""
        return tuple(step for step in self.facts.steps if step.state is StepState.OPEN and self.step(step.key))

    def in_order(self) -> tuple[tuple[Step, StepStanding], ...]:
        """Return each step that was worked out with where it stands, the last word last, wherever its box is."""
        pairs = [(step, standing) for step in self.steps if (standing := self.standing(step.key))]
        return tuple(sorted(pairs, key=lambda pair: pair[0].is_final))

    def involved(self) -> frozenset[PersonId]:
        """Return everybody who asks, was asked or has said something."""
        asked = {approver.person for step in self.facts.steps for approver in step.asked}
        said = {decision.by for decision in self.facts.decisions}
        return frozenset({self.facts.requester, self.facts.author} | asked | said)


def matter_of(request_id: RequestId, view: PolicyView, uow: UnitOfWork) -> Matter | None:
    """Return a request with what belongs to it; None where it, its form or its route is not there any more."""
    facts = uow.requests.facts(request_id)
    form = view.forms.get(facts.form) if facts else None
    if facts is None or form is None:
        return None
    try:
        route = form.route_for(facts.setting_type, facts.setting)
    except LookupError:
        return None
    on_behalf = facts.requester != facts.author
    matter = Matter(facts=facts, form=form, steps=routing.steps_needed(route, facts.answers, on_behalf=on_behalf))
    uow.people.meet(matter.involved())
    return matter


def may_read(matter: Matter, person: Person | None, uow: UnitOfWork, *, on: date) -> bool:
    """
    Tell whether somebody may read a request: who asks, who is asked, who looks after the setting.

    What was never sent is its requester's alone, whomever it names.
    """
    if person is None or not person.is_in_post(on):
        return False
    if not matter.facts.version:
        return person.id == matter.facts.requester
    return person.id in matter.involved() or person.id in {
        one.id for one in uow.people.bot_role_holders(BotRole.SETTING_ADMINISTRATOR, matter.facts.setting, on)
    }
