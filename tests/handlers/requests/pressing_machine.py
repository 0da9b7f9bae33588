"""Anybody presses and types anything, on cards of any age and on none; what must hold is read from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from handlers.message import InputKind
from policy_kb.bot_words import Action
from policy_kb.request_words import RequestState, StepKind, StepState
from storage.audit_check import verify
from tests.builders import a_new_event_id
from tests.fakes import FakeClock
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DENISE,
    GRACE,
    HARRIET,
    LEILA,
    MARTIN,
    NADIA,
    PRIYA,
    TOM,
    TUESDAY,
    VICTORIA,
    Office,
)
from tests.handlers.requests.pressing_checks import check, route_of
from tests.handlers.requests.pressing_words import ABOUTS, NAMES, PHRASES, TEXTS

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping

    from handlers.desk import Desk
    from handlers.message import Button, Field, Message
    from policy_kb.request_words import RequestId
    from policy_kb.rules.form import Step
    from policy_kb.rules.request import RequestFacts
    from storage.database import Database
    from storage.request import Version

STRANGER = "nobody@elsewhere.example"
STAFF = (PRIYA, AISHA, DANIEL, NADIA, GRACE, DENISE, TOM, MARTIN, LEILA, VICTORIA, HARRIET)
PEOPLE = st.sampled_from((*STAFF, STRANGER))
REQUESTERS = st.sampled_from((PRIYA, PRIYA, PRIYA, TOM, AISHA, GRACE))
MANAGERS = st.sampled_from((AISHA, AISHA, DANIEL, GRACE))
CHANGED, ASKED_AGAIN = "changed", "asked again"
MOST_LABEL, MOST_ABOUT = 40, 150  # characters of a button
# What the form asks beside what the office fills in, so that it can be sent again.
AND_ALL_ELSE = {
    "administrators": ("daniel-example", "priya-sample"),
    "moderators": ("priya-sample", "callum-sample", "ewa-example"),
    "learning_disabilities": ("no",),
    "interaction": ("read",),
    "exit_plan": ("We tell our followers, save what matters and remove the page.",),
    "intervention_plan": ("We meet and agree what the three of us do.",),
    "own_logins": ("yes",),
    **dict.fromkeys(("hours", "success", "success_on", "rules_draft"), ()),
}
FACTS = {"discussed_on": ("2026-11-23",), "discussed_with": ("The team",), "dpia": ("no",)}
WHYS = st.sampled_from(["Because I say so.", "Because I say so.", "Please think again.", " "])
REFUSALS = st.sampled_from([*[Action.ASK_CHANGES] * 3, Action.DECLINE, Action.NOT_ME])
ENDS = st.sampled_from([Action.IS_LIVE, *[Action.WITHDRAW] * 6, Action.WITHDRAW_SURELY])
CHANGES = st.sampled_from(["purpose", "aims", "department", "closure", "host_name"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A button that somebody has been shown, with the fields beside it."""

    email: str
    button: Button
    fields: tuple[Field, ...]


class PressingMachine(RuleBasedStateMachine):
    """The sample trust, a request or several, and everything that can be pressed."""

    desk: ClassVar[Desk]
    reached: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.office = Office(self.new_database(), self.desk, FakeClock(TUESDAY))
        self.shown: list[Shown] = []
        self.last: tuple[str, Action, str, Mapping[str, tuple[str, ...]], str] | None = None

    def new_database(self) -> Database:
        """Return the trust at work in a database of its own; whoever runs the machine says where."""
        raise NotImplementedError

    def begin(self) -> None:
        """Go on from a form that was sent to where chance takes over; whoever runs the machine says how."""
        raise NotImplementedError

    @initialize(requester=REQUESTERS, manager=MANAGERS, author=st.sampled_from(["", "", "", TOM]), logo=st.booleans())
    def somebody_sends_a_form(self, requester: str, manager: str, author: str, *, logo: bool) -> None:
        with_logo = {"logo": ("yes",), "logo_where": ("Beside the name of the site.",)}
        given = AND_ALL_ELSE | (with_logo if logo else {})
        self.request = self.office.draft(requester, manager, author="" if author == requester else author, **given)
        self.requester = requester
        self.office.send(self.request, requester)
        self.emails = {self.office.person(email).id: email for email in STAFF}
        self.begin()

    @rule(data=st.data(), most=st.integers(1, 12))
    def those_who_are_asked_agree(self, data: st.DataObject, most: int) -> None:
        self.agree(data, most)

    @rule(data=st.data(), action=REFUSALS, why=WHYS)
    def somebody_who_is_asked_says_no(self, data: st.DataObject, action: Action, why: str) -> None:
        if asked := self.asked():
            step, email = data.draw(st.sampled_from(asked))
            self.press(email, action, self.about(step), {"comment": (why,)})

    @rule(data=st.data(), times=st.integers(1, 3))
    def somebody_presses_what_they_were_shown_once(self, data: st.DataObject, times: int) -> None:
        self.read_the_post()
        for _ in range(times):
            if self.shown:
                one = data.draw(st.sampled_from(self.shown))
                self.press(one.email, one.button.action, one.button.about, self.filled(one.fields, data))

    @rule(data=st.data(), email=PEOPLE)
    def somebody_presses_what_another_was_shown(self, data: st.DataObject, email: str) -> None:
        if self.shown:
            one = data.draw(st.sampled_from(self.shown))
            self.press(email, one.button.action, one.button.about, self.filled(one.fields, data))

    @rule(email=PEOPLE, action=st.sampled_from(Action), about=ABOUTS, name=NAMES, text=TEXTS)
    def somebody_forges_a_button(self, email: str, action: Action, about: str, name: str, text: str) -> None:
        self.press(
            email, action, about, {"comment": (text,), name: (text, name), "who": ("tom-example",), "which": (name,)}
        )

    @rule(email=PEOPLE, phrase=PHRASES)
    def somebody_types_something(self, email: str, phrase: str) -> None:
        self.look_at(email, self.office.say(email, phrase))

    @rule(data=st.data(), question=CHANGES, number=st.integers(2, 9), most=st.integers(0, 3))
    def a_change_is_sent_after_some_have_agreed(
        self, data: st.DataObject, question: str, number: int, most: int
    ) -> None:
        self.agree(data, most)
        self.change(question, number)

    @rule(data=st.data(), number=st.integers(2, 9))
    def somebody_agrees_on_a_card_from_before_a_change(self, data: st.DataObject, number: int) -> None:
        cards = [(self.about(step), step, email) for step, email in self.asked()]
        self.change("purpose", number)
        if cards:
            about, step, email = data.draw(st.sampled_from(cards))
            self.press(email, yes_to(step), about, FACTS)

    @rule()
    def the_last_press_arrives_again(self) -> None:
        if self.last:
            before = self.everything()

            email, action, about, values, event_id = self.last
            assert self.office.press(email, action, about, values, event_id=event_id)

            assert self.everything() == before

    @rule(action=ENDS)
    def it_goes_live_or_is_taken_back(self, action: Action) -> None:
        self.press(self.requester, action, str(self.request))

    @rule(hours=st.integers(0, 100))
    def time_passes_and_everything_restarts(self, hours: int) -> None:
        self.office.wait(timedelta(hours=hours))
        before = self.everything()

        self.office.database.close()

        assert self.everything() == before

    @invariant()
    def what_was_decided_was_rightly_decided(self) -> None:
        for facts in self.everything():
            self.reached[facts.state] += 1
            self.reached[CHANGED] += facts.version > 1
            self.reached[ASKED_AGAIN] += any(
                made.asked_again and made.version < facts.version for made in facts.decisions
            )
            check(facts, self.sent(facts.id), self.desk.shipped_reading().view.forms[facts.form])

    def teardown(self) -> None:
        with self.office.database.begin() as uow:
            assert verify(tuple(uow.audit.everything()), {}).findings == ()
        self.office.database.close()

    def agree(self, data: st.DataObject, most: int) -> None:
        for _ in range(most):
            if asked := self.asked():
                step, email = data.draw(st.sampled_from(asked))
                self.press(email, yes_to(step), self.about(step), FACTS)

    def the_first_agrees(self) -> None:
        step, email = self.asked()[0]
        self.press(email, yes_to(step), self.about(step), FACTS)

    def the_first_who_decides_says(self, action: Action) -> None:
        """Let those before them agree, if an author has to confirm first."""
        while not (deciding := [one for one in self.asked() if one[0].kind is StepKind.DECIDES]):
            self.the_first_agrees()
        step, email = deciding[0]
        self.press(email, action, self.about(step), {"comment": ("Because I say so.",)})

    def change(self, question: str, number: int) -> None:
        self.press(self.requester, Action.EDIT, f"{self.request}:{question}")
        words = f"{number} July 2027" if question == "closure" else f"More than before, {number} times as much of it."
        self.look_at(self.requester, self.office.say(self.requester, words))
        self.press(self.requester, Action.SUBMIT, str(self.request))

    def press(
        self, email: str, action: Action, about: str, values: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        event_id = a_new_event_id()
        told = self.office.press(email, action, about, values, event_id=event_id)
        self.last = (email, action, about, values or {}, event_id)
        self.look_at(email, told)

    def look_at(self, email: str, told: Iterable[Message]) -> None:
        """Look whether everything said can be shown, and remember its buttons."""
        for message in told:
            assert message.title
            for button in message.buttons:
                assert len(button.label) <= MOST_LABEL
                assert len(button.about) <= MOST_ABOUT
                self.shown.append(Shown(email=email, button=button, fields=message.fields))

    def read_the_post(self) -> None:
        self.office.post()
        for email in STAFF:
            self.look_at(email, self.office.inbox(email))

    def filled(self, fields: tuple[Field, ...], data: st.DataObject) -> dict[str, tuple[str, ...]]:
        """Fill in the fields of a message: mostly as one would, now and then with something that was never offered."""
        return {field.name: data.draw(_values(field)) for field in fields}

    def asked(self) -> list[tuple[Step, str]]:
        """Return every open step of the first request with everybody who was asked for it."""
        facts = self.facts()
        form = self.desk.shipped_reading().view.forms[facts.form]
        steps = {step.key: step for step in route_of(facts, form)}
        is_open = [one for one in facts.steps if one.state is StepState.OPEN and facts.state is RequestState.SUBMITTED]
        return [(steps[one.key], self.emails[who.person]) for one in is_open for who in one.asked]

    def about(self, step: Step) -> str:
        return f"{self.request}:{step.key}:{self.facts().version}"

    def facts(self) -> RequestFacts:
        return self.office.facts(self.request)

    def everything(self) -> list[RequestFacts]:
        with self.office.database.begin() as uow:
            return [self.office.facts_in(uow, number) for number in uow.requests.in_states(frozenset(RequestState))]

    def sent(self, request_id: RequestId) -> tuple[Version, ...]:
        with self.office.database.begin() as uow:
            return uow.requests.sendings(request_id)


def yes_to(step: Step) -> Action:
    return Action.RECORD if step.kind is StepKind.RECORDS else Action.APPROVE


def _values(field: Field) -> st.SearchStrategy[tuple[str, ...]]:
    offered = [option.value for option in field.options]
    usual = st.lists(st.sampled_from(offered), max_size=3).map(tuple) if offered else TEXTS.map(lambda text: (text,))
    if field.kind is InputKind.DATE:
        usual = st.just(("2026-11-23",))
    return st.one_of(usual, usual, st.just(()), TEXTS.map(lambda text: (text, text)))
