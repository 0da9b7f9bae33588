"""What the rules know of a request: what it asks for, who is asked, and what was decided so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from policy_kb.request_words import Outcome, QuestionKey, RequestState, StepState
from policy_kb.rules.form_finding import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from policy_kb.request_words import FormKey, RequestId, StepKey
    from policy_kb.rules.form import Answers, Value
    from policy_kb.words import PersonId, Role, SettingId, SettingType


UNTIL = QuestionKey("until")  # the last day for which something is asked for, on the forms of what has an end


@dataclass(frozen=True, slots=True, kw_only=True)
class Approver:
    """Somebody who may say something to a step, and by what right."""

    person: PersonId
    role: Role
    acting_for: PersonId | None = None
    # Who gave them this right: wrote down that they act, or had them asked. It is looked up anew each time, and kept
    # with what was written down, so that it makes no difference to whether two are the same.
    given_by: PersonId | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody said to a step; kept for good."""

    step: StepKey
    outcome: Outcome
    by: PersonId
    role: Role
    acting_for: PersonId | None = None
    at: datetime
    version: int  # of the request, as it was shown
    comment: str = ""
    facts: Mapping[QuestionKey, Value] = field(default_factory=lambda: MappingProxyType({}))
    asked_again: bool = False  # what it was about has changed: it no longer counts


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStanding:
    """Where one step of a request stands."""

    key: StepKey
    state: StepState
    asked: tuple[Approver, ...] = ()  # who was asked, whoever acts for a holder included
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """A request as the rules see it."""

    id: RequestId
    form: FormKey
    setting: SettingId
    setting_type: SettingType
    requester: PersonId
    author: PersonId  # on whose behalf; the requester, for most
    state: RequestState
    version: int  # 0 until it is submitted; one more with each change that was sent
    answers: Answers  # as they were sent last
    steps: tuple[StepStanding, ...] = ()  # in the order of the route; none before it is submitted
    decisions: tuple[Decision, ...] = ()  # oldest first, with those that no longer count
    submitted_at: datetime | None = None
    go_live: date | None = None

    def step(self, key: StepKey) -> StepStanding:
        """Return one step; KeyError where the route has none of this name."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def is_theirs(self, person: PersonId) -> bool:
        """Tell whether somebody asks for this, themselves or through another."""
        return person in (self.requester, self.author)

    @property
    def approved_until(self) -> date | None:
        """Return the last day for which it is approved; None where it is not, or has no end."""
        return day_of(self.answers.get(UNTIL, ())) if self.state is RequestState.APPROVED else None

    def counting(self) -> tuple[Decision, ...]:
        """Return the decisions that count, oldest first."""
        return tuple(one for one in self.decisions if not one.asked_again and one.outcome is not Outcome.NOT_ME)
