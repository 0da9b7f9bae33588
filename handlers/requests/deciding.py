"""What those who decide do, and what a requester does with a request that was sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.inbound import TextSent
from handlers.questions import answer_text, latest_reply
from handlers.requests import chasing, handing_on, standing_in, withdrawing
from handlers.requests.about import OF_A_REQUEST, card_name, read_request, read_step
from handlers.requests.act import Act
from handlers.requests.given import CHOSEN
from handlers.requests.matter import matter_of
from handlers.requests.paper_asked import hand_out
from handlers.requests.pressed import alarming
from handlers.requests.recording import record_more
from handlers.requests.saying import OUTCOMES, say_to_step
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules import deciding
from policy_kb.rules.refusal import ProductRule, Refusal
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Reading
    from handlers.inbound import ButtonPressed
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

LISTS = {Action.WAITING: SayKind.WAITING, Action.MY_REQUESTS: SayKind.MY_REQUESTS}
SHOWN = {Action.WHOLE_FORM: SayKind.WHOLE_FORM, Action.STATUS: SayKind.STATUS}
OF_THE_REQUESTER = frozenset({Action.WITHDRAW, Action.WITHDRAW_SURELY})
OF_DAYS = {Action.SNOOZE: chasing.snooze, Action.DELEGATE: standing_in.press}
ACTIONS = frozenset(
    {
        *OUTCOMES,
        *LISTS,
        *SHOWN,
        *OF_THE_REQUESTER,
        *OF_DAYS,
        Action.PAPER,
        Action.CARD,
        Action.REASSIGN,
        Action.RECORD_MORE,
    }
)
# The card has moved on since it was shown: it is shown anew, and locks where there is nothing left to say.
CARD_IS_STALE = (
    deciding.AlreadyAnswered,
    deciding.ChangedSince,
    deciding.NotUnderWay,
    deciding.NotYetAsked,
    deciding.StepGone,
    deciding.NotAsked,
)
MOST_CARDS = 5  # at once; a list leads to the others
KEEPS_WORDS = frozenset({*OUTCOMES, Action.REASSIGN, Action.RECORD_MORE})
ASKS_FOR_THE_LIST = re.compile(
    r"(?:what(?:'s| is| else is)? )?(?:waiting|waits|open|left)(?: for me)?(?: to (?:approve|decide))?"
    r"|(?:my |any )?(?:open )?approvals|what (?:do i have|have i) to (?:approve|decide)"
)
GREETING = re.compile(r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening))(?: (?:there|ask first|bot))?")


class NotKnown(Refusal):
    """Somebody acts who is nobody of the staff."""

    key = "not_known"
    says = "I do not find you in the trust's staff list, so I cannot do this for you. Please ask your office."
    because = ProductRule.ONLY_WHO_IS_ASKED


class SoundsUrgent(Refusal):
    """A comment or a reason says that somebody may be at risk."""

    key = "sounds_urgent"
    says = (
        "I have not passed this on and kept nothing of it: your words sound as if somebody may be at risk. "
        "If they are meant as they stand, send them once more."
    )
    because = "A.2.3"


def press(
    event: ButtonPressed, person: Person | None, reading: Reading, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    """
    Do what a button asks; what it is about comes from outside, and who presses from the platform alone.

    Somebody at risk comes first: the escalation is shown once, and whoever then sends the words again means them.

    Raises:
        Refusal: the policy or the product says no; nothing was changed.

    Policy: A.2.3, A.3.3
    """
    if person is None:
        raise NotKnown
    if event.action in KEEPS_WORDS and (urgent := urgent_first(event, reading, uow, now=now)):
        return urgent
    act = Act(person=person.id, view=reading.view, uow=uow, now=now, channel=event.actor.channel)
    if event.action in LISTS or event.action in SHOWN:
        return _shown(event)
    if event.action is Action.PAPER:
        return hand_out(event.about, person, act)
    if event.action in OF_THE_REQUESTER:
        return _for_the_requester(event, person, act)
    if event.action in OF_DAYS:
        return OF_DAYS[event.action](event.about, person.id, act)
    return _on_a_step(event, person, act)


def hear(
    event: TextSent, person: Person | None, reading: Reading, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    """
    Take typed words of those who decide; nothing where they are something else.

    Raises:
        Refusal: they say who acts for somebody, and that cannot be.
    """
    if person is None or not event.conversation.private:
        return ()
    if says := standing_in.hear(event.text, person, reading, uow, now=now):
        return says
    words = " ".join(event.text.casefold().split()).strip(" ?!.,")
    if ASKS_FOR_THE_LIST.fullmatch(words):
        return (SayFacts(kind=SayKind.WAITING),)
    where = event.conversation
    if GREETING.fullmatch(words) and not uow.form_talks.of(where.channel, where.tenant, where.id, person.id):
        return waiting(person, uow, now=now)
    return ()


def waiting(person: Person | None, uow: UnitOfWork, *, now: datetime) -> tuple[SayFacts, ...]:
    """Return the cards that wait for somebody; nothing where none does."""
    del now
    if person is None:
        return ()
    asked = uow.requests.asked_of(person.id)
    cards = tuple(SayFacts(kind=SayKind.STEP_CARD, about=card_name(*one)) for one in asked[:MOST_CARDS])
    return (*cards, SayFacts(kind=SayKind.WAITING)) if len(asked) > MOST_CARDS else cards


def urgent_first(event: ButtonPressed, reading: Reading, uow: UnitOfWork, *, now: datetime) -> tuple[SayFacts, ...]:
    """Return the escalation where what was typed says that somebody may be at risk, and it was not just shown."""
    text = alarming({name: typed for name, typed in event.values.items() if name not in CHOSEN}, reading.answerer)
    if not text:
        return ()
    asked = TextSent(event_id=event.event_id, actor=event.actor, conversation=event.conversation, text=text)
    before = latest_reply(asked, uow, now=now)
    if before and before.urgent:
        return ()
    about = read_step(event.about)
    refused = SayFacts(kind=SayKind.REFUSED, about=f"{SoundsUrgent.key}:{about.card if about else ''}")
    return (*answer_text(asked, reading, uow, now=now), refused)


def _shown(event: ButtonPressed) -> tuple[SayFacts, ...]:
    if event.action in LISTS:
        return (SayFacts(kind=LISTS[event.action]),)
    request_id = read_request(event.about)
    if request_id is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    return (SayFacts(kind=SHOWN[event.action], about=str(request_id)),)


def _for_the_requester(event: ButtonPressed, person: Person, act: Act) -> tuple[SayFacts, ...]:
    request_id = read_request(event.about)
    matter = act.hold(request_id) if request_id else None
    if matter is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    if event.action is Action.WITHDRAW:
        return withdrawing.ask_whether_surely(matter, person.id)
    return withdrawing.withdraw(matter, person.id, act)


def _on_a_step(event: ButtonPressed, person: Person, act: Act) -> tuple[SayFacts, ...]:
    about = read_step(event.about)
    if about is None or matter_of(about.request, act.view, act.uow) is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    if event.action is Action.CARD:
        # A form that stands in the card's place gives it back; in a list the card comes below.
        return (SayFacts(kind=SayKind.STEP_CARD, about=about.card, replaces=about.version > 0),)
    if event.action is Action.REASSIGN:
        return handing_on.have_asked(about, event.values, person.id, act)
    if event.action is Action.RECORD_MORE:
        return record_more(about, event.values, person.id, act)
    try:
        return say_to_step(about, event.action, event.values, person.id, act)
    except CARD_IS_STALE as refusal:
        card = SayFacts(kind=SayKind.STEP_CARD, about=about.card, replaces=True)
        return (card, SayFacts(kind=SayKind.REFUSED, about=f"{refusal.key}:{refusal.about}"))
