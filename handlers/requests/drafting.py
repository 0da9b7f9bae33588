"""What the buttons of a form do while it is filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.inbound import TextSent
from handlers.questions import answer_text
from handlers.requests import conversation, ending
from handlers.requests.about import OF_A_REQUEST
from handlers.requests.answering import again, edit, keep, said, stay, take, where
from handlers.requests.before import Before, not_said_back
from handlers.requests.filling import filling_of, read_about
from handlers.requests.pressed import answered_by, urgent_words
from handlers.requests.reading import OF_WORDS
from handlers.requests.sections import save_section
from handlers.requests.starting import begin_talk, start
from handlers.requests.unsent import put_back
from policy_kb.bot_words import Action, SayKind
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Reading
    from handlers.inbound import ButtonPressed
    from handlers.requests.filling import Filling, FormAbout
    from policy_kb.rules.form import Question
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

GONE = (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
EDITS = "question"  # the field in which the review card names what to change

ACTIONS: frozenset[Action] = frozenset(
    {
        Action.START,
        Action.ANSWER,
        Action.KEEP,
        Action.EDIT,
        Action.BACK,
        Action.WHY,
        Action.SECTION,
        Action.SAVE_SECTION,
        Action.PAUSE,
        Action.RESUME,
        Action.CANCEL,
        Action.CANCEL_SURELY,
        Action.REVIEW,
        Action.SUBMIT,
    }
)


def press(
    event: ButtonPressed, person: Person | None, reading: Reading, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    """
    Do what a button of a form asks; one of somebody else's form does what one of no form does.

    Where somebody presses is where they go on with the form.

    Raises:
        RequestClosed: the request stays as it is.
    """
    if event.action is Action.START:
        return start(event.about, event.conversation, person, reading.view, uow, now=now)
    about = read_about(event.about)
    if about is not None:
        # Before anything is read of it or written: another tab may be sending it, which also ends its talks.
        uow.requests.hold(about.request)
    filling = filling_of(about.request, person, reading.view, uow, now=now) if about else None
    if about is None or filling is None:
        return GONE
    if not event.conversation.private:
        return (SayFacts(kind=SayKind.IN_PRIVATE, about=filling.form.key),)
    begin_talk(event.conversation, filling.person, filling.draft.id, uow, now=now)
    told = put_back(filling)
    return (*told, *_pressed(event, again(filling), about, reading))


def _pressed(event: ButtonPressed, filling: Filling, about: FormAbout, reading: Reading) -> tuple[SayFacts, ...]:
    name = about.question or next(iter(event.values.get(EDITS, ())), "")
    question = conversation.asked_question(filling.form, filling.draft.answers, name)
    if urgent := _urgent(event, filling, question, about.what, reading):
        return urgent
    return _done(event, filling, question, about.what, reading)


def _urgent(
    event: ButtonPressed, filling: Filling, question: Question | None, what: str, reading: Reading
) -> tuple[SayFacts, ...]:
    """Return the escalation where what was filled in says that somebody may be at risk; nothing of it is kept."""
    if question is None or event.action not in {Action.ANSWER, Action.SAVE_SECTION}:
        return ()
    option = what if question.kind in OF_WORDS else ""
    text = urgent_words(filling.form, event.values, option, reading.answerer)
    if not text:
        return ()
    asked = TextSent(event_id=event.event_id, actor=event.actor, conversation=event.conversation, text=text)
    return (*answer_text(asked, reading, filling.uow, now=filling.now), said(filling, where(filling)))


def _done(  # noqa: C901, PLR0911 - one line for each action
    event: ButtonPressed, filling: Filling, question: Question | None, what: str, reading: Reading
) -> tuple[SayFacts, ...]:
    """Do what is about the whole form, or about one of its questions."""
    match event.action:
        case Action.PAUSE | Action.CANCEL | Action.CANCEL_SURELY | Action.SUBMIT:
            return _replacing(_ended(event, filling, reading))
        case Action.RESUME:
            return (said(filling, where(filling)),)
        case Action.REVIEW:
            return (stay(filling, None),)
        case Action.BACK:
            return _replacing(step_back(filling))
    if question is None:
        return (said(filling, where(filling)),)
    match event.action:
        case Action.KEEP:
            return _after(filling, question, (keep(filling, question) or stay(filling, question),))
        case Action.EDIT:
            return (edit(filling, question),)
        case Action.WHY:
            return (replace(said(filling, question), kind=SayKind.WHY, replaces=True),)
        case Action.SECTION:
            return (replace(said(filling, question), kind=SayKind.SECTION),)
        case Action.SAVE_SECTION:
            return _replacing(save_section(filling, question, event.values))
    return _answered(event, filling, question, what)


def _answered(event: ButtonPressed, filling: Filling, question: Question, what: str) -> tuple[SayFacts, ...]:
    value = answered_by(filling, question, what, event.values.get(question.key, ()))
    if isinstance(value, str):
        return _replacing((stay(filling, question, value),))
    return _after(filling, question, take(filling, question, value))


def _after(filling: Filling, question: Question, says: tuple[SayFacts, ...]) -> tuple[SayFacts, ...]:
    """Let the answer stand where it was asked for, and what comes next below it; or ask again in its place."""
    asked_again = any(read is not None and read.question == question.key for read in map(read_about, _abouts(says)))
    if asked_again or says[0].about.endswith(f":{Before.NOT_ASKED}"):
        return _replacing(says)
    answered = SayFacts(kind=SayKind.ANSWERED, about=f"{filling.draft.id}:{question.key}", replaces=True)
    return (answered, *(replace(say, about=not_said_back(say.about)) for say in says))


def _abouts(says: tuple[SayFacts, ...]) -> tuple[str, ...]:
    return tuple(say.about for say in says)


def _replacing(says: tuple[SayFacts, ...]) -> tuple[SayFacts, ...]:
    return tuple(replace(say, replaces=True) for say in says[:1]) + says[1:]


def step_back(filling: Filling) -> tuple[SayFacts, ...]:
    """Go back one question; before the first there is none."""
    at = where(filling)
    earlier = conversation.question_before(filling.form, filling.draft.answers, at.key if at else None)
    return (stay(filling, earlier),) if earlier else (said(filling, at, Before.FIRST),)


def _ended(event: ButtonPressed, filling: Filling, reading: Reading) -> tuple[SayFacts, ...]:
    match event.action:
        case Action.PAUSE:
            return ending.pause(filling, event.conversation)
        case Action.CANCEL:
            return ending.ask_to_cancel(filling)
        case Action.CANCEL_SURELY:
            return ending.cancel(filling)
        case _:
            return ending.submit(filling, reading)
