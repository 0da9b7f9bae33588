"""Which handler takes an event, and the message each thing it says becomes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from handlers import doing, notices
from handlers.acting import Acting
from handlers.directory import reader_for
from handlers.inbound import ButtonPressed, Inbound, Installed, TextSent
from handlers.message import STAYS, Audience, Message
from handlers.notices import Scene
from handlers.questions import answer_text, press, reply_of
from handlers.requests import deciding, deciding_said, drafting, form_said, in_words, typed
from handlers.scene import SayScene
from handlers.sites import opening
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.london import london_date
from policy_kb.rules.refusal import Refusal
from policy_kb.toml_entries import parse_ref
from storage.answers import AnswerId
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Reading
    from storage.people import Person
    from storage.unit_of_work import UnitOfWork

# After these a request may be approved, or not any more.
MOVE_SITES = frozenset({Action.SUBMIT, Action.APPROVE, Action.RECORD, Action.DECLINE, Action.WITHDRAW_SURELY})


def handle(
    event: Inbound, reading: Reading, uow: UnitOfWork, person: Person | None, *, now: datetime
) -> tuple[SayFacts, ...]:
    """
    Take one event, in one transaction, and return what is to be said about it.

    `person` is who of the staff acts. What the rules refuse is said as a refusal, and changes nothing.
    """
    if isinstance(event, ButtonPressed) and event.about.endswith(STAYS):
        alone = replace(event, about=event.about.removesuffix(STAYS))
        return tuple(replace(say, replaces=False) for say in handle(alone, reading, uow, person, now=now))
    try:
        return _handled(event, reading, uow, person, now=now)
    except Refusal as refusal:
        return (SayFacts(kind=SayKind.REFUSED, about=f"{refusal.key}:{refusal.about}"),)


def _handled(
    event: Inbound, reading: Reading, uow: UnitOfWork, person: Person | None, *, now: datetime
) -> tuple[SayFacts, ...]:
    match event:
        case TextSent():
            return _heard(event, reading, uow, person, now=now)
        case ButtonPressed():
            if event.action in drafting.ACTIONS | deciding.ACTIONS:
                return _of_a_request(event, reading, uow, person, now=now)
            if event.action in doing.ACTIONS:
                return _done(event, reading, uow, person, now=now)
            return press(event, reading, uow, now=now)
        case Installed():
            return (SayFacts(kind=SayKind.WELCOME), *deciding.waiting(person, uow, now=now))
        case _:
            assert_never(event)


def _of_a_request(
    event: ButtonPressed, reading: Reading, uow: UnitOfWork, person: Person | None, *, now: datetime
) -> tuple[SayFacts, ...]:
    """Take a press about a form or a decision; a site is opened, or follows, as soon as its request has moved."""
    pressing = drafting.press if event.action in drafting.ACTIONS else deciding.press
    says = pressing(event, person, reading, uow, now=now)
    if event.action in MOVE_SITES:
        act = Acting(person=person.id if person else None, view=reading.view, uow=uow, now=now)
        opening.open_approved(act)
    return says


def _done(
    event: ButtonPressed, reading: Reading, uow: UnitOfWork, person: Person | None, *, now: datetime
) -> tuple[SayFacts, ...]:
    """Do what a button asks beside forms and decisions; somebody at risk comes first, whatever was typed beside it."""
    if person is None and event.action is not Action.EXTREME:  # what to do about a risk is told to strangers too
        raise deciding.NotKnown
    if urgent := deciding.urgent_first(event, reading, uow, now=now):
        return urgent
    who = person.id if person else None
    act = Acting(person=who, view=reading.view, uow=uow, now=now, channel=event.actor.channel)
    return doing.ACTIONS[event.action](event, act)


def _heard(
    event: TextSent, reading: Reading, uow: UnitOfWork, person: Person | None, *, now: datetime
) -> tuple[SayFacts, ...]:
    """Take typed words: for those who decide, for the form under way, or as a question about the policy."""
    says = deciding.hear(event, person, reading, uow, now=now)
    if person and not says:
        act = Acting(person=person.id, view=reading.view, uow=uow, now=now, channel=event.actor.channel)
        says = doing.hear(event, act)
    says = says or typed.hear(event, person, reading, uow, now=now)
    if says:
        return says
    return (*answer_text(event, reading, uow, now=now), *typed.where_it_stood(event, person, uow))


def compose(say: SayFacts, reading: Reading, uow: UnitOfWork, person: Person | None, *, now: datetime) -> Message:
    """Return the message a fact becomes, for the person who will read it."""
    today = london_date(now)
    if say.kind in doing.COMPOSED or say.kind in form_said.KINDS | deciding_said.KINDS:
        scene_ = SayScene(view=reading.view, uow=uow, person=person, today=today, now=now, address=reading.address)
        message = _with_facts(say, scene_)
    else:
        scene = Scene(view=reading.view, reader=reader_for(person, uow, on=today), today=today)
        message = _composed(say, uow, scene)
    return replace(message, audience=Audience(say.audience), replaces=say.replaces)


def _with_facts(say: SayFacts, scene: SayScene) -> Message:
    if say.kind in doing.COMPOSED:
        return doing.COMPOSED[say.kind](say.about, scene)
    if say.kind in form_said.KINDS:
        return form_said.compose(say, scene)
    return deciding_said.compose(say, scene)


def _composed(say: SayFacts, uow: UnitOfWork, scene: Scene) -> Message:  # noqa: PLR0911 - one line for each kind
    match say.kind:
        case SayKind.ANSWER | SayKind.SHARED:
            return _answer(say, uow, scene)
        case SayKind.CLAUSE:
            return _clause(say, scene)
        case SayKind.FEEDBACK_TAKEN:
            return notices.compose_feedback_taken(helpful=say.about == Action.HELPFUL)
        case SayKind.WELCOME:
            return notices.compose_welcome(scene)
        case SayKind.HELP:
            return notices.compose_help()
        case SayKind.SMALL_TALK:
            return notices.compose_small_talk()
        case SayKind.NOTHING_ASKED:
            return notices.compose_nothing_asked()
        case SayKind.NOT_ENGLISH:
            return notices.compose_not_english()
        case SayKind.GONE:
            # What else is gone has a subject: a request.
            return in_words.gone() if say.about else notices.compose_gone()
        case _:
            raise ValueError(f"nothing composes '{say.kind}'")


def _clause(say: SayFacts, scene: Scene) -> Message:
    ref = parse_ref(say.about)
    return notices.compose_clauses((ref,), scene) if ref in scene.view.items else notices.compose_gone()


def _answer(say: SayFacts, uow: UnitOfWork, scene: Scene) -> Message:
    kept = uow.answers.kept(AnswerId(say.about))
    if kept is None:
        return notices.compose_gone()
    reply = reply_of(kept)
    cited = {ref for answer in reply.answers for ref in (*answer.clauses, *answer.near)}
    if not cited <= scene.view.items.keys():  # a newer edition has dropped a clause since
        return notices.compose_gone()
    if say.kind is SayKind.SHARED:
        return notices.compose_shared(reply, scene)
    return notices.compose_answer(reply, kept.id, scene, private=bool(kept.facts["private"]))
