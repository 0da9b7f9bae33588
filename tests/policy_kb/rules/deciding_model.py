"""A request in memory, moved by the real rules or by faulty ones, among few people with overlapping roles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.request_words import QuestionKey, RequestId, RequestState, StepState
from policy_kb.rules import deciding, edits, handing_on, requesting, routing
from policy_kb.rules.form import THE_AUTHOR, THE_LINE_MANAGER
from policy_kb.rules.refusal import Refusal
from policy_kb.rules.request import Approver, Decision, RequestFacts, StepStanding
from policy_kb.words import PersonId, Role, SettingId, SettingType
from tests.policy_kb.rules.requests import ASKED_AT, HEAD, LEADER, MANAGER, OFFICER, STAND_IN, TEACHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from policy_kb.request_words import Outcome, StepKey
    from policy_kb.rules.form import Answers, Form, Route, Step, Value

ACADEMY = SettingId("elm-academy")
AUTHOR = QuestionKey("author")
MANAGER_NAMED = QuestionKey("line_manager")
UNDER_WAY = frozenset(
    {RequestState.SUBMITTED, RequestState.CHANGES_ASKED, RequestState.APPROVED, RequestState.DECLINED}
)
EVERYBODY = (TEACHER, MANAGER, OFFICER, LEADER, HEAD, STAND_IN)
HOLDERS = {
    Role.SLT: (HEAD, MANAGER, LEADER),
    Role.DPO: (OFFICER,),
    Role.DEPUTY_DPO: (OFFICER, LEADER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """Somebody presses a button of a card."""

    step: StepKey
    by: PersonId
    outcome: Outcome
    version: int  # as the card showed it
    comment: str
    facts: Mapping[QuestionKey, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Somebody has a right that is not their own, and somebody gave it to them."""

    to: PersonId
    by: PersonId


def check_click(request: RequestFacts, step: Step, approver: Approver, click: Click) -> None:
    """Have the real rules look at a click."""
    deciding.check_may_say(
        request,
        step,
        approver,
        click.outcome,
        version=click.version,
        comment=click.comment,
        facts=click.facts,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the model asks before it changes anything; a fault takes the place of one or two."""

    standing: Callable[[tuple[Step, ...], RequestFacts], tuple[StepStanding, ...]] = routing.standing
    state_after: Callable[[tuple[Step, ...], RequestFacts], RequestState] = routing.state_after
    independent: Callable[[tuple[Approver, ...], RequestFacts], tuple[Approver, ...]] = deciding.independent
    check_click: Callable[[RequestFacts, Step, Approver, Click], None] = check_click
    asked_again: Callable[[Form, tuple[Step, ...], RequestFacts, Answers], tuple[StepKey, ...]] = edits.asked_again


@dataclass(kw_only=True)
class Model:
    """One request, and who is there to decide on it."""

    rules: Rules
    form: Form
    route: Route
    request: RequestFacts
    away: set[PersonId] = field(default_factory=set)
    acts_for: dict[PersonId, Given] = field(default_factory=dict)  # a holder, and who acts for them
    passed_to: dict[StepKey, Given] = field(default_factory=dict)  # reassignments
    clicks: int = 0

    @property
    def steps(self) -> tuple[Step, ...]:
        """What the answers need now."""
        return self._needed(self.request.answers, self.request.author)

    def click(self, click: Click) -> bool:
        """Take a click; False where it is refused, and then nothing has changed."""
        try:
            approver = deciding.approver_for(click.by, self.request, click.step)
            step = next(one for one in self.steps if one.key == click.step)
            self.rules.check_click(self.request, step, approver, click)
        except Refusal:
            return False
        self.clicks += 1
        made = Decision(
            step=click.step,
            outcome=click.outcome,
            by=approver.person,
            role=approver.role,
            acting_for=approver.acting_for,
            at=ASKED_AT + timedelta(minutes=self.clicks),
            version=click.version,
            comment=click.comment,
            facts=click.facts,
        )
        self._settle(replace(self.request, decisions=(*self.request.decisions, made)))
        return True

    def send(self, person: PersonId, after: Answers) -> bool:
        """Send changed answers as the next version; False where they may not."""
        try:
            requesting.check_may_submit(self.request, person)
        except Refusal:
            return False
        author = PersonId(after[AUTHOR][0])
        undone = set(self.rules.asked_again(self.form, self._needed(after, author), self.request, after))
        self._settle(
            replace(
                self.request,
                author=author,
                answers=after,
                version=self.request.version + 1,
                decisions=tuple(replace(one, asked_again=True) if one.step in undone else one for one in self._all()),
                steps=tuple(replace(one, asked=()) if one.key in undone else one for one in self.request.steps),
            )
        )
        return True

    def go_live(self, person: PersonId) -> bool:
        """Call it live; False where it may not be."""
        try:
            requesting.check_may_go_live(self.steps, self.request, person)
        except Refusal:
            return False
        self.request = replace(self.request, state=RequestState.LIVE)
        return True

    def withdraw(self, person: PersonId) -> bool:
        """Take it back; False where they may not."""
        try:
            requesting.check_may_withdraw(self.request, person)
        except Refusal:
            return False
        self.request = replace(self.request, state=RequestState.WITHDRAWN)
        return True

    def have_asked(self, step: StepKey, given: Given, *, version: int) -> bool:
        """Have somebody asked for a step in the place of its first holder; False where they may not."""
        standing = next((one for one in self.request.steps if one.key == step), None)
        if standing is None:
            return False
        try:
            handing_on.check_may_choose(self.request, standing, by=given.by, version=version, reason="They know it.")
        except Refusal:
            return False
        self.passed_to[step] = given
        self.ask_anew()
        return True

    def ask_anew(self) -> None:
        """Ask whoever is there now for every step that is open."""
        self.request = replace(self.request, steps=tuple(self._asking(one) for one in self.request.steps))

    def restart(self) -> None:
        """Lose where everything stands, and work it out from what was decided and who was asked."""
        forgotten = tuple(replace(one, state=StepState.WAITING) for one in self.request.steps)
        lost = replace(self.request, steps=forgotten)
        if self.request.state in UNDER_WAY:
            lost = replace(lost, state=self.rules.state_after(self.steps, lost))
        self.request = replace(lost, steps=self.rules.standing(self.steps, lost))

    def _settle(self, request: RequestFacts) -> None:
        """Put everything where the decisions say it stands, and ask whoever is next."""
        self.request = request
        stands = self.rules.standing(self.steps, request)
        self.request = replace(request, steps=stands, state=self.rules.state_after(self.steps, request))
        steps = tuple(one if one.asked else self._asking(one) for one in self.request.steps)
        self.request = replace(self.request, steps=steps)

    def _asking(self, standing: StepStanding) -> StepStanding:
        if standing.state is not StepState.OPEN:
            return standing
        step = next(one for one in self.steps if one.key == standing.key)
        asked = tuple(self._by_right(step))
        if step.by != THE_AUTHOR:
            asked = self.rules.independent(asked, self.request)
        return replace(standing, asked=asked, asked_at=ASKED_AT)

    def _by_right(self, step: Step) -> Iterator[Approver]:
        role, holders = self._holders(step)
        passed = self.passed_to.get(step.key)
        for holder, by in (*((one, None) for one in holders), *(((passed.to, passed.by),) if passed else ())):
            if holder not in self.away:
                yield Approver(person=holder, role=role, given_by=by)
            acting = self.acts_for.get(holder)
            if acting and acting.to not in self.away and step.by != THE_AUTHOR:
                yield Approver(person=acting.to, role=role, acting_for=holder, given_by=acting.by)

    def holders(self, step: StepKey) -> tuple[PersonId, ...]:
        """Return who holds the right to a step by themselves."""
        return self._holders(next(one for one in self.route.steps if one.key == step))[1]

    def _holders(self, step: Step) -> tuple[Role, tuple[PersonId, ...]]:
        match step.by:
            case Role() as role:
                return role, HOLDERS[role]
            case by if by == THE_AUTHOR:
                return Role.SITE_AUTHOR, (self.request.author,)
            case by if by == THE_LINE_MANAGER:
                return Role.LINE_MANAGER, tuple(map(PersonId, self.request.answers[MANAGER_NAMED]))
            case _:
                return Role.HEAD, (STAND_IN if self.request.is_theirs(HEAD) else HEAD,)

    def _needed(self, answers: Answers, author: PersonId) -> tuple[Step, ...]:
        return routing.steps_needed(self.route, answers, on_behalf=self.request.requester != author)

    def _all(self) -> tuple[Decision, ...]:
        return self.request.decisions


def a_model(rules: Rules, form: Form, *, requester: PersonId, author: PersonId, answers: Answers) -> Model:
    """Send a request for the first time."""
    request = RequestFacts(
        id=RequestId(12),
        form=form.key,
        setting=ACADEMY,
        setting_type=SettingType.ACADEMY,
        requester=requester,
        author=author,
        state=RequestState.DRAFT,
        version=0,
        answers=answers,
    )
    route = form.route_for(SettingType.ACADEMY, ACADEMY)
    model = Model(rules=rules, form=form, route=route, request=request)
    model.send(requester, answers)
    return model
