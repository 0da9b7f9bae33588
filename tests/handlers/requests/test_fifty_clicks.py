"""Many press at the same moment, through real turns: one of them has done it, and every other is told so kindly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from handlers.inbound import ButtonPressed
from handlers.message import Message
from handlers.turn import Turns
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, RequestId, RequestState, StepState
from policy_kb.words import Role
from storage.audit_check import verify
from tests.builders import a_conversation, a_new_event_id, a_text, an_actor
from tests.handlers.requests.filler import Filler, fill_in
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DEPUTY,
    DPO,
    GRACE,
    HEAD,
    LEILA,
    LM,
    MARTIN,
    NADIA,
    PRIYA,
    SLT,
    Office,
    everything,
)
from tests.stage import Talk
from tests.storage.both_kinds import database, sqlite_url, url

if TYPE_CHECKING:
    from collections.abc import Callable

# Every race is run on both databases.
__all__ = ["database", "sqlite_url", "url"]

pytestmark = pytest.mark.usefixtures("no_hurry")

MANY = 50
SOME = 20
ROUNDS = 2
ANSWERED = "This has been answered already"
CHANGED = "The request has changed since you were shown it"
AUTUMN = (date(2026, 11, 2), date(2026, 12, 18))
ASKED_NEXT = {SLT: (GRACE, DANIEL, NADIA), DPO: (MARTIN,), DEPUTY: (LEILA,)}  # once the line manager has agreed
CAME_OF_IT = {
    Outcome.APPROVED: (RequestState.SUBMITTED, StepState.DONE),
    Outcome.DECLINED: (RequestState.DECLINED, StepState.DECLINED),
}
SIGNED = {AISHA: "Aisha Sample, Line Manager,", DANIEL: "Daniel Example, Line Manager, acting for Aisha Sample,"}

Told = tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """One press of a button, by somebody whom the bot knows."""

    office: Office
    email: str
    action: Action
    about: str
    comment: str = ""
    place: str = "D"  # one of several: a telephone, a second tab

    def __call__(self) -> Told:
        event = ButtonPressed(
            event_id=a_new_event_id(),
            actor=an_actor(f"U-{self.email}"),
            conversation=a_conversation(f"{self.place}-{self.email}"),
            action=self.action,
            about=self.about,
            values={"comment": (self.comment,)},
        )
        return Turns(self.office.database, self.office.desk).take(event, None, now=self.office.clock())


def test_of_fifty_clicks_by_two_people_one_decides_and_the_others_are_told_who_did(office: Office) -> None:
    request_id = sent_to_two(office)
    approve = partial(Click, office=office, action=Action.APPROVE, about=f"{request_id}:{LM}:1")

    told = at_once(*(approve(email=email) for email in (AISHA, DANIEL) * (MANY // 2)))

    (decision,) = office.facts(request_id).decisions
    assert decision.outcome is Outcome.APPROVED
    assert all(f"by {who_decided(office, request_id)}".strip(",") in everything(one) for one in told)
    assert len([one for one in told if ANSWERED in everything(one)]) == MANY - 1
    assert office.verbs(request_id).count("decided") == 1
    assert is_whole(office)


def test_after_twenty_clicks_the_next_are_asked_once_and_the_requester_hears_once(office: Office) -> None:
    request_id = sent_to_two(office)
    approve = partial(Click, office=office, action=Action.APPROVE, about=f"{request_id}:{LM}:1")

    at_once(*(approve(email=email) for email in (AISHA, DANIEL) * (SOME // 2)))

    arrived = {email: office.inbox(email) for email in (PRIYA, GRACE, DANIEL, NADIA, MARTIN, LEILA)}
    cards = [(one.card, email) for email, told in arrived.items() for one in told if one.card and not one.replaces]
    assert [one.title for one in arrived[PRIYA]] == [
        f"R-1, 1 of 5: {who_decided(office, request_id)} said yes. Not approved yet."
    ]
    assert sorted(cards) == sorted((f"{request_id}:{step}", who) for step, asked in ASKED_NEXT.items() for who in asked)
    assert office.verbs(request_id).count("asked") == 2  # when it was sent, and now


def test_of_twenty_who_send_one_form_at_once_one_has_sent_it(office: Office) -> None:
    priya = Filler(Talk(Turns(office.database, office.desk), office.clock))
    fill_in(priya)
    about = priya.button("Send").about
    sends = in_many_tabs(office, about)

    told = at_once(*sends)

    request_id = RequestId(int(about))
    assert all(told)
    assert versions(office, request_id) == [1]
    assert office.verbs(request_id).count("submitted") == office.verbs(request_id).count("asked") == 1
    assert [one.card for one in office.inbox(AISHA)] == [f"{request_id}:{LM}"]
    assert is_whole(office)


def test_of_twenty_who_send_one_change_at_once_one_has_sent_it(office: Office) -> None:
    priya = Filler(Talk(Turns(office.database, office.desk), office.clock))
    request_id = sent_and_changed(priya, office)
    sends = in_many_tabs(office, str(request_id))

    told = at_once(*sends)

    assert all(told)
    assert versions(office, request_id) == [1, 2]
    assert office.verbs(request_id).count("submitted") == 2
    assert is_whole(office)


def test_of_twenty_clicks_for_and_against_exactly_one_counts(office: Office) -> None:
    office.delegate(Role.LINE_MANAGER, AISHA, DANIEL, AUTUMN)
    all_say_hello(office)
    for _ in range(ROUNDS):
        request_id = office.sent()
        click = partial(Click, office=office, about=f"{request_id}:{LM}:1")
        for_it = [click(email=email, action=Action.APPROVE) for email in (AISHA, DANIEL)]
        against = [
            click(email=email, action=Action.DECLINE, comment="We have one already.") for email in (AISHA, DANIEL)
        ]

        told = at_once(*(for_it + against) * (SOME // 4))

        facts = office.facts(request_id)
        (decision,) = facts.counting()
        assert (facts.state, facts.step(LM).state) == CAME_OF_IT[decision.outcome]
        # Whoever was too late is told so below the card; the other's reason is passed on, and decides nothing.
        assert sorted(len(one) for one in told) == [1, *[2] * (SOME - 1)]
        assert len(facts.decisions) <= 2
    assert is_whole(office)


def test_nobodys_yes_counts_for_a_change_they_were_not_shown(office: Office) -> None:
    priya = Filler(Talk(Turns(office.database, office.desk), office.clock))
    for _ in range(ROUNDS):
        request_id = sent_and_changed(priya, office)
        again = Click(office=office, email=PRIYA, action=Action.SUBMIT, about=str(request_id))
        approve = Click(office=office, email=AISHA, action=Action.APPROVE, about=f"{request_id}:{LM}:1")

        at_once(*[approve] * (SOME // 2), again, *[approve] * (SOME // 2))

        facts = office.facts(request_id)
        assert versions(office, request_id) == [1, 2]
        assert facts.counting() == ()
        assert (facts.state, facts.step(LM).state) == (RequestState.SUBMITTED, StepState.OPEN)
        assert len(facts.decisions) <= 1
    assert is_whole(office)


def test_it_is_taken_back_or_it_is_approved_and_never_both(office: Office) -> None:
    all_say_hello(office)
    for _ in range(ROUNDS):
        request_id = office.sent()
        office.up_to_the_head(request_id)
        approve = Click(office=office, email=GRACE, action=Action.APPROVE, about=f"{request_id}:{HEAD}:1")
        withdraw = Click(office=office, email=PRIYA, action=Action.WITHDRAW_SURELY, about=str(request_id))

        at_once(*[approve] * (SOME // 2), *[withdraw] * (SOME // 2))

        facts = office.facts(request_id)
        # What is approved may be taken back; what was taken back can never be approved.
        assert facts.state is RequestState.WITHDRAWN
        assert office.verbs(request_id).count("withdrawn") == 1
        assert len([one for one in facts.decisions if one.step == HEAD]) <= 1
    assert is_whole(office)


# -- what the tests are made of


def at_once(*acts: Callable[[], Told]) -> list[Told]:
    """Let everybody press at the same moment, and return what each was told."""
    start = Barrier(len(acts))

    def do(act: Callable[[], Told]) -> Told:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def sent_to_two(office: Office) -> RequestId:
    """Send a request to a line manager for whom somebody else acts too; both have read their cards."""
    office.delegate(Role.LINE_MANAGER, AISHA, DANIEL, AUTUMN)
    request_id = office.sent()
    office.post()
    office.read.clear()
    all_say_hello(office)
    return request_id


def all_say_hello(office: Office) -> None:
    """Let the bot know everybody who is going to press."""
    for email in (PRIYA, AISHA, DANIEL, GRACE):
        office.press(email, Action.WAITING, "")


def is_whole(office: Office) -> bool:
    with office.database.begin() as uow:
        return verify(tuple(uow.audit.everything()), {}).findings == ()


def in_many_tabs(office: Office, about: str) -> list[Callable[[], Told]]:
    """Have one form open in twenty places, and return how each sends it: half of them press, half of them type."""
    press = partial(Click, office=office, email=PRIYA, about=about)
    places = [f"tab-{number}" for number in range(SOME)]
    for place in places:
        press(action=Action.RESUME, place=place)()
    turns = Turns(office.database, office.desk)

    def types(place: str) -> Told:
        where = a_conversation(f"{place}-{PRIYA}")
        return turns.take(a_text("send it", actor=an_actor(f"U-{PRIYA}"), conversation=where), None, now=office.clock())

    presses = [press(action=Action.SUBMIT, place=place) for place in places[::2]]
    return [*presses, *(partial(types, place) for place in places[1::2])]


def sent_and_changed(priya: Filler, office: Office) -> RequestId:
    """Fill in a form, send it, and change what it is for without sending that yet."""
    fill_in(priya)
    priya.press("Send")
    with office.database.begin() as uow:
        request_id = uow.requests.of_person(office.person_in(uow, PRIYA).id)[0].id
    priya.send(Action.EDIT, f"{request_id}:purpose")
    priya.say("Show the whole town what we do.")
    office.post()
    return request_id


def versions(office: Office, request_id: RequestId) -> list[int]:
    with office.database.begin() as uow:
        return [one.version for one in uow.requests.sendings(request_id)]


def who_decided(office: Office, request_id: RequestId) -> str:
    """Return who decided."""
    (decision,) = office.facts(request_id).decisions
    return {office.person(email).id: name for email, name in SIGNED.items()}[decision.by]
