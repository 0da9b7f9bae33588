"""A working day with requests in it: people press what they are sent, and read what arrives."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from handlers.inbound import Actor, ButtonPressed, Conversation, TextSent
from handlers.message import plain_text
from handlers.outgoing import Outgoings
from handlers.requests import sending
from handlers.turn import Named, Turns
from policy_kb.request_words import FormKey, QuestionKey, RequestId, StepKey
from policy_kb.words import Channel, Verb
from storage.audit import AuditEntry, Subject
from storage.chat_addresses import ChatAddress
from storage.database import Database
from storage.delegations import Delegation
from tests.builders import a_new_event_id
from tests.fakes import FakeClock
from tests.stage import button, put_in_place, sample_trust_database

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from handlers.desk import Desk
    from handlers.message import Message
    from policy_kb.bot_words import Action
    from policy_kb.rules.request import RequestFacts, StepStanding
    from policy_kb.words import Role
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork
    from tests.stage import DatabaseFile

TUESDAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

PRIYA = "priya.sample@elm-academy.example"  # teaches PE, and asks
AISHA = "aisha.sample@elm-academy.example"  # her line manager
DANIEL = "daniel.example@elm-academy.example"  # of the SLT, and Aisha's line manager
NADIA = "nadia.example@elm-academy.example"  # of the SLT
GRACE = "grace.sample@elm-academy.example"  # the Headteacher, of the SLT too
DENISE = "denise.sample@elm-academy.example"  # looks after the setting
TOM = "tom.example@elm-academy.example"  # a teaching assistant
MARTIN = "martin.example@central-service.example"  # Data Protection Officer
LEILA = "leila.sample@central-service.example"  # Deputy Data Protection Officer
VICTORIA = "victoria.example@central-service.example"  # Deputy CEO, stands in
HARRIET = "harriet.sample@central-service.example"  # the policy owner
CENTRAL_HEAD = "stuart.example@central-service.example"  # approves finally in the central service, alone in its SLT

LM, SLT, DPO, DEPUTY, HEAD = (
    StepKey(key) for key in ("line_manager", "slt_consulted", "dpo_consulted", "deputy_dpo", "head")
)
A_SITE = {
    "setting": ("elm-academy",),
    "department": ("PE",),
    "purpose": ("Families see what their children do in PE, and when the fixtures are.",),
    "aims": ("More families come to fixtures.",),
    "content": ("Pictures of equipment, dates, results without names.",),
    "audience": ("staff", "families"),
    "contributors": ("staff",),
    "host": ("third_party",),
    "host_name": ("Instagram",),
    "go_live": ("2027-01-18",),
    "closure": ("2027-07-21",),
    "security": ("Comments are switched off.",),
    "logo": ("no",),
}


@dataclass
class Office:
    """The sample trust at work."""

    database: Database
    desk: Desk
    clock: FakeClock
    read: dict[str, list[Message]] = field(default_factory=dict)  # what arrived, by whose address

    def person(self, email: str) -> Person:
        with self.database.begin() as uow:
            found = uow.people.find_by_email(email)
        assert found is not None
        return found

    def meet_everybody(self, *, but: tuple[str, ...] = ()) -> None:
        """Let everybody have said hello to the bot on Slack."""
        with self.database.begin() as uow:
            for one in (person for person in uow.people.in_post(self.clock().date()) if person.email not in but):
                at, dm = self.clock(), f"dm-{one.email}"
                uow.chat_addresses.refresh(
                    ChatAddress(person_id=one.id, channel=Channel.SLACK, tenant="T1", address=dm, updated_at=at)
                )

    def draft(
        self, email: str = PRIYA, manager: str = AISHA, *, author: str = "", **changed: tuple[str, ...]
    ) -> RequestId:
        """Fill in the form for a site, and do not send it."""
        requester, line_manager = self.person(email), self.person(manager)
        written_for = self.person(author) if author else requester
        with self.database.begin() as uow:
            request_id = uow.requests.start(
                FormKey("site"),
                requester.setting.id,
                requester.id,
                at=QuestionKey("purpose"),
                now=self.clock(),
                entry=self.entry(requester),
            )
            people = {"author": (written_for.id,), "line_manager": (line_manager.id,)}
            self._answer(uow, request_id, requester, {**A_SITE, **people, **changed})
            if author:
                uow.requests.set_author(request_id, written_for.id, now=self.clock())
        return request_id

    def send(self, request_id: RequestId, email: str = PRIYA) -> None:
        """Send a form as the conversation does once all is answered."""
        person = self.person(email)
        with self.database.begin() as uow:
            sending.send(request_id, person, self.desk.reading(uow), uow, now=self.clock())

    def sent(self, email: str = PRIYA, manager: str = AISHA, **changed: tuple[str, ...]) -> RequestId:
        request_id = self.draft(email, manager, author="", **changed)
        self.send(request_id, email)
        return request_id

    def change(self, request_id: RequestId, email: str = PRIYA, **changed: tuple[str, ...]) -> None:
        """Change answers, and send the form again."""
        with self.database.begin() as uow:
            self._answer(uow, request_id, self.person_in(uow, email), changed)
        self.send(request_id, email)

    def press(
        self,
        email: str,
        action: Action,
        about: str,
        values: Mapping[str, tuple[str, ...]] | None = None,
        *,
        event_id: str = "",
        channel: Channel = Channel.SLACK,
    ) -> tuple[Message, ...]:
        """Press a button, and return what is shown in answer."""
        event = ButtonPressed(
            event_id=event_id or a_new_event_id(),
            actor=Actor(channel=channel, tenant="T1", user=f"U-{email}"),
            conversation=Conversation(channel=channel, tenant="T1", id=f"D-{email}"),
            action=action,
            about=about,
            values=values or {},
        )
        return self._turns().take(event, Named(email=email), now=self.clock())

    def push(self, email: str, message: Message, label: str, **values: str | tuple[str, ...]) -> tuple[Message, ...]:
        """Press the button of a message that begins with a label, with some fields filled in."""
        found = button(message, label)
        filled = {name: (value,) if isinstance(value, str) else value for name, value in values.items()}
        names = {one.name for one in message.fields}
        assert filled.keys() <= names, f"the message has the fields {names}"
        return self.press(email, found.action, found.about, {name: filled.get(name, ()) for name in names})

    def say(self, email: str, text: str) -> tuple[Message, ...]:
        """Type something to the bot alone."""
        event = TextSent(
            event_id=a_new_event_id(),
            actor=Actor(channel=Channel.SLACK, tenant="T1", user=f"U-{email}"),
            conversation=Conversation(channel=Channel.SLACK, tenant="T1", id=f"D-{email}"),
            text=text,
        )
        return self._turns().take(event, Named(email=email), now=self.clock())

    def post(self) -> None:
        """Deliver everything that waits, as a platform does; what has a name is kept as a card."""
        outgoings = Outgoings(self.database, self.desk)
        while batch := outgoings.claim(now=self.clock()):
            with self.database.begin() as uow:
                for outgoing in batch:
                    row, message = outgoing.row, outgoing.message
                    uow.outbox.sent(row, self.clock())
                    if message.card and row.to and not message.replaces:
                        uow.cards.put(message.card, row.to, row.channel, f"{row.address}#{row.id}", self.clock())
                    self.read.setdefault(row.address.partition("#")[0], []).append(message)

    def inbox(self, email: str) -> list[Message]:
        """Return what somebody has been sent since they looked last."""
        self.post()
        return self.read.pop(f"dm-{email}", [])

    def card(self, email: str, step: StepKey) -> Message:
        """Return the newest card of a step that somebody was sent."""
        return next(one for one in reversed(self.inbox(email)) if one.card.endswith(f":{step}"))

    def facts(self, request_id: RequestId) -> RequestFacts:
        with self.database.begin() as uow:
            facts = uow.requests.facts(request_id)
        assert facts is not None
        return facts

    def step(self, request_id: RequestId, key: StepKey) -> StepStanding:
        return self.facts(request_id).step(key)

    def asked(self, request_id: RequestId, key: StepKey) -> set[str]:
        with self.database.begin() as uow:
            people = [uow.people.get(one.person) for one in self.facts_in(uow, request_id).step(key).asked]
        return {one.email for one in people if one}

    def facts_in(self, uow: UnitOfWork, request_id: RequestId) -> RequestFacts:
        facts = uow.requests.facts(request_id)
        assert facts is not None
        return facts

    def person_in(self, uow: UnitOfWork, email: str) -> Person:
        found = uow.people.find_by_email(email)
        assert found is not None
        return found

    def verbs(self, request_id: RequestId) -> list[str]:
        with self.database.begin() as uow:
            return [row.verb for row in uow.audit.chain(Subject.of_request(request_id))]

    def delegate(self, role: Role, frm: str, to: str, days: tuple[date, date], *, everywhere: bool = False) -> None:
        """Write down that one person acts in a role of another, at their setting or for the whole trust."""
        absent, acting = self.person(frm), self.person(to)
        made = Delegation(
            role=role,
            setting_id=None if everywhere else absent.setting.id,
            from_id=absent.id,
            to_id=acting.id,
            starts_on=days[0],
            ends_on=days[1],
            set_by_id=absent.id,
        )
        with self.database.begin() as uow:
            uow.delegations.add(made, entry=self.entry(absent))

    def entry(self, person: Person | None = None) -> AuditEntry:
        return AuditEntry(actor=person.id if person else None, verb=Verb.CHANGED, at=self.clock())

    def wait(self, step: timedelta) -> None:
        self.clock.advance(step)

    def up_to_the_head(self, request_id: RequestId, manager: str = AISHA) -> None:
        """Let everybody before the final approver say yes."""
        self.push(manager, self.card(manager, LM), "Approve")
        self.push(DANIEL, self.card(DANIEL, SLT), "Record", discussed_on="2026-11-23", discussed_with="Grace and Nadia")
        self.push(MARTIN, self.card(MARTIN, DPO), "Record", dpia="no")
        self.push(LEILA, self.card(LEILA, DEPUTY), "Approve")
        assert self.step(request_id, HEAD).state == "open"

    def _turns(self) -> Turns:
        return Turns(self.database, self.desk)

    def _answer(self, uow: UnitOfWork, request_id: RequestId, person: Person, answers: Mapping[str, object]) -> None:
        for key, value in answers.items():
            assert isinstance(value, tuple)
            uow.requests.answer(request_id, QuestionKey(key), value, by=person.id, now=self.clock())


def everything(messages: tuple[Message, ...] | list[Message]) -> str:
    """Return all that is read in some messages."""
    return "\n\n".join(plain_text(message) for message in messages)


def option(message: Message, name: str, label: str) -> str:
    """Return the value of the option of a field whose label begins like this."""
    (one,) = [one for one in message.fields if one.name == name]
    (found,) = [choice.value for choice in one.options if choice.label.startswith(label)]
    return found


def labels(message: Message) -> list[str]:
    return [one.label for one in message.buttons]


@cache
def office_database(desk: Desk) -> bytes:
    """Let everybody of the sample trust say hello to the bot once, and return the file that makes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "office.db"
        file.write_bytes(sample_trust_database())
        with closing(Database(f"sqlite:///{file}")) as made:
            Office(made, desk, FakeClock(TUESDAY)).meet_everybody()
        return file.read_bytes()


@pytest.fixture
def office(database: Database, database_file: DatabaseFile, desk: Desk, request: pytest.FixtureRequest) -> Office:
    made = Office(database, desk, FakeClock(TUESDAY))
    if not put_in_place(database, database_file, lambda: office_database(desk)):
        request.getfixturevalue("sample_trust")
        made.meet_everybody()
    return made
