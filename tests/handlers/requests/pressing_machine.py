"""Anybody presses and types anything, on cards of any age and on none; what must hold is read from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from handlers.message import InputKind
from policy_kb.request_words import RequestState, StepKind, StepState
from policy_kb.words import Action
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
MOST_LABEL, MOST_ABOUT = 40, 150  # characters of a button
FACTS = {"discussed_on": ("2026-11-23",), "discussed_with": ("The team",), "dpia": ("no",)}
TEXTS = st.sampled_from(
    [
        "",
        " ",
        "Because I say so.",
        "yes",
        "2026-11-23",
        "2027-13-99",
        "\0",
        "é🙂" * 40,
        "=1+1",
        "x" * 4000,
        "Tom and Grace",
    ]
)
PHRASES = st.sampled_from(
    [
        "what's waiting for me?",
        "my requests",
        "resume",
        "review",
        "send it",
        "change purpose",
        "back",
        "keep it",
        "skip",
        "site form",
        "logo form",
        "hello",
        "cancel it",
        "yes, cancel it",
        "Daniel acts for me until Friday",
        "Priya acts for me this week",
        "Can I friend a parent?",
        "All parents of Year 9, and the choir.",
    ]
)
NAMES = st.sampled_from(
    [
        *("line_manager", "head", "slt_consulted", "deputy_dpo", "dpo_consulted", "author_confirms", "brand"),
        *("no_such_step", "purpose", "author", "moderators", "go_live", "setting", "logo"),
    ]
)
ABOUTS = st.one_of(
    st.builds("{}:{}:{}".format, st.integers(0, 3), NAMES, st.integers(0, 3)),
    st.builds("{}:{}".format, st.integers(0, 3), NAMES),
    st.integers(0, 3).map(str),
    st.sampled_from(
        [
            *("", ":", "site", "site:1", "logo:new", "1:head:1:decline", "999999999:head:1", "99999999999"),
            *("-1:head:1", "1:head:999999", "1:host:third_party", "1:moderators:1+tom-example", "1:author:~"),
            *("1:purpose:=", "1 :head", "grace-sample:2026-11-24:2026-11-30", "nobody:2026-11-30:2026-11-24"),
            *("5.4", "x" * 150, "1:1", "1:99"),
        ]
    ),
)
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
    reached: ClassVar[Counter[RequestState]]

    def __init__(self) -> None:
        super().__init__()
        self.office = Office(self.new_database(), self.desk, FakeClock(TUESDAY))
        self.shown: list[Shown] = []
        self.last: tuple[str, Action, str, Mapping[str, tuple[str, ...]], str] | None = None

    def new_database(self) -> Database:
        """Return the trust at work in a database of its own; whoever runs the machine says where."""
        raise NotImplementedError

    @initialize(requester=REQUESTERS, manager=MANAGERS, author=st.sampled_from(["", "", "", TOM]), logo=st.booleans())
    def somebody_sends_a_form(self, requester: str, manager: str, author: str, *, logo: bool) -> None:
        given = {"logo": ("yes" if logo else "no",)}
        self.request = self.office.draft(requester, manager, author="" if author == requester else author, **given)
        self.requester = requester
        self.office.send(self.request, requester)
        self.emails = {self.office.person(email).id: email for email in STAFF}

    @rule(data=st.data(), most=st.integers(1, 6))
    def those_who_are_asked_agree(self, data: st.DataObject, most: int) -> None:
        for _ in range(most):
            if asked := self.asked():
                step, email = data.draw(st.sampled_from(asked))
                yes = Action.RECORD if step.kind is StepKind.RECORDS else Action.APPROVE
                self.press(email, yes, self.about(step), FACTS)

    @rule(data=st.data(), action=st.sampled_from([Action.ASK_CHANGES, Action.DECLINE, Action.NOT_ME]), why=TEXTS)
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

    @rule(question=CHANGES, number=st.integers(2, 9))
    def a_change_is_sent(self, question: str, number: int) -> None:
        self.press(self.requester, Action.EDIT, f"{self.request}:{question}")
        words = f"{number} July 2027" if question == "closure" else f"More than before, {number} times as much of it."
        self.look_at(self.requester, self.office.say(self.requester, words))
        self.press(self.requester, Action.SUBMIT, str(self.request))

    @rule()
    def the_last_press_arrives_again(self) -> None:
        if self.last:
            before = self.everything()

            email, action, about, values, event_id = self.last
            assert self.office.press(email, action, about, values, event_id=event_id)

            assert self.everything() == before

    @rule(surely=st.sampled_from([False, False, False, True]))
    def it_is_taken_back(self, *, surely: bool) -> None:
        self.press(self.requester, Action.WITHDRAW_SURELY if surely else Action.WITHDRAW, str(self.request))

    @rule()
    def it_goes_live(self) -> None:
        self.press(self.requester, Action.IS_LIVE, str(self.request))

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.office.wait(timedelta(hours=hours))

    @rule()
    def everything_restarts(self) -> None:
        before = self.everything()

        self.office.database.close()

        assert self.everything() == before

    @invariant()
    def what_was_decided_was_rightly_decided(self) -> None:
        for facts in self.everything():
            self.reached[facts.state] += 1
            check(facts, self.sent(facts.id), self.desk.shipped_reading().view.forms[facts.form])

    def teardown(self) -> None:
        with self.office.database.begin() as uow:
            assert verify(tuple(uow.audit.everything()), {}).findings == ()
        self.office.database.close()

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


def _values(field: Field) -> st.SearchStrategy[tuple[str, ...]]:
    offered = [option.value for option in field.options]
    usual = st.lists(st.sampled_from(offered), max_size=3).map(tuple) if offered else TEXTS.map(lambda text: (text,))
    if field.kind is InputKind.DATE:
        usual = st.just(("2026-11-23",))
    return st.one_of(usual, usual, st.just(()), TEXTS.map(lambda text: (text, text)))
