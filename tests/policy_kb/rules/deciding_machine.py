"""Random chains of people, edits, absences, double clicks and restarts, and what must hold after each step."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from policy_kb.request_words import EditClass, Outcome, QuestionKey, RequestState, StepKind, StepState
from policy_kb.rules.chasing import nudges_on
from tests.policy_kb.rules.calendars import ELM_PARK
from tests.policy_kb.rules.deciding_model import AUTHOR, EVERYBODY, Click, Given, Rules, a_model
from tests.policy_kb.rules.requests import (
    ASKED_AT,
    AUTHOR_CONFIRMS,
    BRAND,
    FORM,
    MANAGER,
    THE_HEAD,
    YES,
    answers,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.request_words import StepKey
    from policy_kb.rules.form import Form, Value
    from policy_kb.rules.request import RequestFacts
    from policy_kb.rules.timers import Timers
    from policy_kb.words import PersonId

PEOPLE = st.sampled_from(EVERYBODY)
OUTCOMES = st.sampled_from([None, None, None, *Outcome])  # None: the yes of its step
BEHIND = st.sampled_from([0, 0, 0, 1])  # versions that the card is behind
COMMENTS = st.sampled_from(["Because I say so.", "Because I say so.", "Because I say so.", " "])
FITTING = {
    StepKind.DECIDES: (Outcome.CHANGES_ASKED, Outcome.CHANGES_ASKED, Outcome.DECLINED, Outcome.NOT_ME),
    StepKind.RECORDS: (Outcome.RECORDED, Outcome.NOT_ME),
    StepKind.CONFIRMS: (Outcome.CONFIRMED, Outcome.CONFIRMED, Outcome.DECLINED),
}
YES_OR_NO = st.sampled_from(["yes", "no"])
MOSTLY = st.sampled_from([True, True, True, False])
QUESTIONS = ("department", "moderators", "purpose", "author", "line_manager", "logo", "closure")
CLOSURES = ("2027-07-20", "2027-07-21", "2027-07-22", "none")
FACTS: Mapping[QuestionKey, Value] = MappingProxyType(
    {
        QuestionKey("dpia"): ("later",),
        QuestionKey("discussed_on"): ("2026-11-20",),
        QuestionKey("discussed_with"): ("The senior leadership team",),
    }
)
SAYS_YES = frozenset(YES.values())


class DecidingMachine(RuleBasedStateMachine):
    """One request, few people; what must hold is worked out here once more, without the rules."""

    goes_by: ClassVar[Rules] = Rules()
    form: ClassVar[Form] = FORM
    timers: ClassVar[Timers]
    reached: ClassVar[Counter[RequestState]] = Counter()

    @initialize(data=st.data(), requester=PEOPLE, for_themselves=MOSTLY, is_usual=MOSTLY, logo=YES_OR_NO)
    def start(
        self, data: st.DataObject, requester: PersonId, logo: str, *, for_themselves: bool, is_usual: bool
    ) -> None:
        author = requester if for_themselves else data.draw(PEOPLE)
        manager = MANAGER if is_usual else data.draw(PEOPLE)
        given = answers(author=author, line_manager=manager, logo=logo)
        self.model = a_model(self.goes_by, self.form, requester=requester, author=author, answers=given)
        self.material_at = 1  # the version of the latest material edit
        self.last_click: Click | None = None
        self.edits = 0
        self.today = ASKED_AT.date()

    @property
    def request(self) -> RequestFacts:
        return self.model.request

    @rule(data=st.data(), most=st.integers(1, 9))
    def those_who_are_asked_agree(self, data: st.DataObject, most: int) -> None:
        for _ in range(most):
            asked = self.asked()
            if asked:
                step, person = data.draw(st.sampled_from(asked))
                self.click(step, person, None)

    @rule(data=st.data(), behind=BEHIND, comment=COMMENTS)
    def somebody_who_is_asked_answers(self, data: st.DataObject, behind: int, comment: str) -> None:
        asked = self.asked()
        if asked:
            step, person = data.draw(st.sampled_from(asked))
            outcome = data.draw(st.sampled_from(FITTING[self.kind(step)]))
            self.click(step, person, outcome, behind=behind, comment=comment)

    @rule(data=st.data(), person=PEOPLE, outcome=OUTCOMES, behind=BEHIND)
    def anybody_presses_anything(
        self, data: st.DataObject, person: PersonId, outcome: Outcome | None, behind: int
    ) -> None:
        step = data.draw(st.sampled_from(self.form.routes[0].steps))
        self.click(step.key, person, outcome, behind=behind)

    @rule()
    def somebody_clicks_once_more(self) -> None:
        if self.last_click:
            before = self.request

            assert not self.model.click(self.last_click)
            assert self.request == before

    @rule(data=st.data())
    def somebody_answers_on_a_card_from_before_a_change(self, data: st.DataObject) -> None:
        self.change("purpose", self.request.requester, data)
        asked = self.asked()
        if asked:
            step, person = data.draw(st.sampled_from(asked))
            self.click(step, person, None, behind=1)

    @rule(data=st.data(), person=PEOPLE, question=st.sampled_from(QUESTIONS), theirs=MOSTLY)
    def somebody_sends_a_change(self, data: st.DataObject, person: PersonId, question: str, *, theirs: bool) -> None:
        sender = data.draw(st.sampled_from([self.request.requester, self.request.author])) if theirs else person
        self.change(question, sender, data)

    @rule(data=st.data(), acting=PEOPLE, by=PEOPLE)
    def somebody_writes_down_who_acts(self, data: st.DataObject, acting: PersonId, by: PersonId) -> None:
        ask = (self.request.requester, self.request.author)
        holder = data.draw(st.sampled_from([*EVERYBODY, *ask, *(person for _, person in self.asked())]))
        self.model.acts_for[holder] = Given(to=acting, by=data.draw(st.sampled_from([holder, by, *ask])))
        self.model.ask_anew()

    @rule(away=st.sets(PEOPLE, max_size=2))
    def some_are_away_and_the_others_are_back(self, away: set[PersonId]) -> None:
        self.model.away = away
        self.model.ask_anew()

    @rule(data=st.data(), person=PEOPLE, by=PEOPLE, behind=BEHIND)
    def somebody_has_a_step_passed_on(self, data: st.DataObject, person: PersonId, by: PersonId, behind: int) -> None:
        open_ones = [step.key for step in self.request.steps if step.state is StepState.OPEN]
        step = data.draw(st.sampled_from(open_ones or [one.key for one in self.form.routes[0].steps]))
        was, shown = self.request, max(1, self.request.version - behind)
        if self.model.have_asked(step, Given(to=person, by=by), version=shown):
            assert by not in {was.requester, was.author}
            stands = (was.state, was.step(step).state, was.version)
            assert stands == (RequestState.SUBMITTED, StepState.OPEN, shown)

    @rule()
    def everything_restarts(self) -> None:
        before = self.request

        self.model.restart()

        assert self.request == before

    @rule(days=st.integers(1, 60))
    def time_passes(self, days: int) -> None:
        before = self.request
        self.today += timedelta(days=days)

        nudges_on(self.today, self.request, timers=self.timers, calendar=ELM_PARK)
        self.model.restart()

        assert self.request == before

    @rule(person=PEOPLE, surely=st.sampled_from([False, False, False, False, True]))
    def somebody_withdraws(self, person: PersonId, *, surely: bool) -> None:
        theirs = self.request.is_theirs(person)
        if surely and self.model.withdraw(person):
            assert theirs

    @rule(person=PEOPLE, theirs=MOSTLY)
    def somebody_says_it_is_live(self, person: PersonId, *, theirs: bool) -> None:
        was = self.request.state
        if self.model.go_live(self.request.requester if theirs else person):
            assert was is RequestState.APPROVED
            assert theirs or self.request.is_theirs(person)

    @invariant()
    def nobody_decides_on_their_own_or_in_the_name_of_whoever_asks(self) -> None:
        for made in self.request.counting():
            if self.kind(made.step) is StepKind.CONFIRMS:
                assert (made.by, made.acting_for) == (self.request.author, None)
            else:
                assert not {made.by, made.acting_for} & {self.request.requester, self.request.author}

    @invariant()
    def a_step_has_one_decision(self) -> None:
        assert all(count == 1 for count in Counter(made.step for made in self.request.counting()).values())

    @invariant()
    def every_decision_knew_what_it_was_about(self) -> None:
        assert all(self.material_at <= made.version <= self.request.version for made in self.request.counting())

    @invariant()
    def the_last_word_comes_last(self) -> None:
        made = [one.step for one in self.request.counting() if one.step in self.needed()]
        if THE_HEAD in made:
            assert made[-1] == THE_HEAD
            assert set(made) == self.needed()

    @invariant()
    def nothing_is_approved_without_everybody(self) -> None:
        self.reached[self.request.state] += 1
        agreed = {made.step for made in self.request.counting() if made.outcome in SAYS_YES}
        if self.request.state in {RequestState.APPROVED, RequestState.LIVE}:
            assert agreed >= self.needed()

    @invariant()
    def whoever_says_no_says_why(self) -> None:
        for made in self.request.decisions:
            assert made.outcome in SAYS_YES or made.comment.strip()
            assert made.outcome is not Outcome.RECORDED or made.facts

    def change(self, question: str, sender: PersonId, data: st.DataObject) -> None:
        key = QuestionKey(question)
        before, after = self.request.answers.get(key, ()), (self.another(question, data),)
        was_theirs = self.request.is_theirs(sender)
        if self.model.send(sender, MappingProxyType({**self.request.answers, key: after})):
            assert was_theirs
            if self.is_material(key, before, after):
                self.material_at = self.request.version

    def click(
        self,
        step: StepKey,
        person: PersonId,
        outcome: Outcome | None,
        *,
        behind: int = 0,
        comment: str = "Because I say so.",
    ) -> None:
        click = Click(
            step=step,
            by=person,
            outcome=outcome or YES[self.kind(step)],
            version=max(1, self.request.version - behind),
            comment=comment,
            facts=FACTS,
        )
        before = self.request
        if self.model.click(click):
            self.nobody_decides_whom_whoever_asks_has_chosen(before)
            if click.outcome is not Outcome.NOT_ME:
                self.last_click = click

    def nobody_decides_whom_whoever_asks_has_chosen(self, before: RequestFacts) -> None:
        """Look at the latest decision: a right that is not their own comes from somebody who does not ask."""
        made = self.request.decisions[-1]
        ask = {before.requester, before.author}
        if self.kind(made.step) is StepKind.CONFIRMS:
            return
        if made.acting_for:
            assert self.model.acts_for[made.acting_for].by not in ask
        passed = self.model.passed_to.get(made.step)
        if passed and passed.to == made.by and made.acting_for is None:
            assert passed.by not in ask or made.by in self.model.holders(made.step)

    def asked(self) -> list[tuple[StepKey, PersonId]]:
        """Return every open step with everybody who was asked for it."""
        is_open = [step for step in self.request.steps if step.state is StepState.OPEN]
        return [(step.key, one.person) for step in is_open for one in step.asked]

    def needed(self) -> set[StepKey]:
        left_out = set() if self.request.answers[QuestionKey("logo")] == ("yes",) else {BRAND}
        if self.request.requester == self.request.author:
            left_out.add(AUTHOR_CONFIRMS)
        return {step.key for step in self.form.routes[0].steps} - left_out

    def kind(self, key: StepKey) -> StepKind:
        return next(step.kind for step in self.form.routes[0].steps if step.key == key)

    def another(self, question: str, data: st.DataObject) -> str:
        self.edits += 1
        match question:
            case "author" | "line_manager":
                return data.draw(PEOPLE)
            case "logo":
                return data.draw(YES_OR_NO)
            case "closure":
                return data.draw(st.sampled_from(CLOSURES))
            case _:
                return f"Something else, number {self.edits}"

    def is_material(self, key: QuestionKey, before: Value, after: Value) -> bool:
        if key == QuestionKey("closure"):
            return CLOSURES.index(after[0]) > CLOSURES.index(before[0])
        return before != after and (key == AUTHOR or self.form.question(key).edit is EditClass.MATERIAL)
