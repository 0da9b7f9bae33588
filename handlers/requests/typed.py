"""What typed words mean while a form is under way, and the words that start or find one."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from handlers.questions import answer_text, latest_reply
from handlers.requests import commands, ending
from handlers.requests.answering import again, edit, keep, keep_unclear, said, stay, take, where
from handlers.requests.before import Before
from handlers.requests.commands import Command
from handlers.requests.drafting import step_back
from handlers.requests.filling import filling_of
from handlers.requests.reading import (
    LONGEST,
    OF_PEOPLE,
    OF_WORDS,
    clean,
    is_same_as_before,
    is_skip,
    named_in,
    read_typed,
)
from handlers.requests.starting import UNKNOWN, begin_talk, start
from handlers.requests.unsent import put_back
from policy_kb.bot_words import SayKind
from policy_kb.request_words import AnswerKind, RequestState
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Reading
    from handlers.inbound import TextSent
    from handlers.requests.filling import Filling
    from policy_kb.request_words import RequestId
    from policy_kb.rules.form import Question
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

# What can still be filled in or changed.
OPEN = frozenset({RequestState.DRAFT, RequestState.CHANGES_ASKED, RequestState.SUBMITTED, RequestState.APPROVED})
READ_AS_A_WHOLE = OF_PEOPLE | {AnswerKind.AGES, AnswerKind.DATE, AnswerKind.CHOICE, AnswerKind.TICKS, AnswerKind.NUMBER}
LONGEST_NAME = 4  # words
UNDER_WAY = frozenset({RequestState.DRAFT, RequestState.CHANGES_ASKED})


def hear(
    event: TextSent, person: Person | None, reading: Reading, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    """
    Take typed words as an answer or a command; nothing where they are a question about the policy.

    Somebody at risk comes before every form: such words are no answer, and nothing of them is kept (A.2.3).
    Whoever was shown the escalation, and then says that the words are their answer, is believed.

    Raises:
        RequestClosed: the request stays as it is.
    """
    text = clean(event.text)
    if not text:
        return ()
    if says := _found_or_begun(text, event, person, reading, uow, now=now):
        return says
    filling = _under_way(event, person, reading, uow, now=now)
    if filling is None:
        return _site_begun(text, event, person, reading, uow, now=now)
    told = put_back(filling)
    says = _said_to_the_form(text, event, again(filling), reading)
    if told and not says:
        says = (*answer_text(event, reading, uow, now=now), said(filling, where(filling)))
    return (*told, *says)


def _said_to_the_form(text: str, event: TextSent, filling: Filling, reading: Reading) -> tuple[SayFacts, ...]:
    command = commands.read_command(text)
    if command and (says := _commanded(command, event, filling, reading)):
        return says
    return _read(text, event, filling, reading)


def where_it_stood(event: TextSent, person: Person | None, uow: UnitOfWork) -> tuple[SayFacts, ...]:
    """Return the question a form stands at in this conversation, to be put again after an answer from the policy."""
    request_id = _talk(event, person, uow)
    draft = uow.requests.get(request_id) if request_id else None
    if person is None or draft is None or draft.state not in OPEN:
        return ()
    if draft.at is None:
        return (SayFacts(kind=SayKind.REVIEW, about=str(draft.id)),)
    return (SayFacts(kind=SayKind.QUESTION, about=f"{draft.id}:{draft.at}:{Before.ASKED}"),)


def _found_or_begun(
    text: str, event: TextSent, person: Person | None, reading: Reading, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    """Take the words that start a form, list one's requests, or go on with one; whatever was under way."""
    if commands.asks_for_requests(text):
        return _private(event, person, SayFacts(kind=SayKind.MY_REQUESTS))
    if commands.resumes(text):
        return _resumed(event, person, reading, uow, now=now)
    form = commands.form_wished_for(text, reading.view.forms)
    return start(form, event.conversation, person, reading.view, uow, now=now) if form else ()


def _site_begun(
    text: str, event: TextSent, person: Person | None, reading: Reading, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    """Start the form for a site where somebody clearly wishes for one, with no form under way that asks why."""
    form = commands.site_wished_for(text, reading.view.forms) if person else None
    return start(form, event.conversation, person, reading.view, uow, now=now) if form else ()


def _private(event: TextSent, person: Person | None, say: SayFacts) -> tuple[SayFacts, ...]:
    if person is None:
        return (SayFacts(kind=SayKind.NOT_STARTED, about=UNKNOWN),)
    return (say,) if event.conversation.private else (SayFacts(kind=SayKind.IN_PRIVATE),)


def _resumed(
    event: TextSent, person: Person | None, reading: Reading, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    """Go on with the form that was touched last; where none is unfinished, with none."""
    if person is None or not event.conversation.private:
        return _private(event, person, SayFacts(kind=SayKind.MY_REQUESTS))
    drafts = [one for one in uow.requests.of_person(person.id) if one.state in UNDER_WAY]
    for draft in sorted(drafts, key=lambda one: one.touched_at, reverse=True):
        filling = filling_of(draft.id, person, reading.view, uow, now=now)
        if filling:
            begin_talk(event.conversation, person, draft.id, uow, now=now)
            told = put_back(filling)
            return (*told, *ending.where_it_stands(again(filling)))
    return (SayFacts(kind=SayKind.MY_REQUESTS),)


def _talk(event: TextSent, person: Person | None, uow: UnitOfWork) -> RequestId | None:
    place = event.conversation
    if person is None or not place.private:
        return None
    return uow.form_talks.of(place.channel, place.tenant, place.id, person.id)


def _under_way(
    event: TextSent, person: Person | None, reading: Reading, uow: UnitOfWork, *, now: datetime
) -> Filling | None:
    request_id = _talk(event, person, uow)
    if request_id is not None:
        uow.requests.hold(request_id)  # so that of two who send it at once the second sees that it was sent
    filling = filling_of(request_id, person, reading.view, uow, now=now) if request_id else None
    return filling if filling and filling.draft.state in OPEN else None


def _commanded(  # noqa: PLR0911 - one line for each command
    command: Command, event: TextSent, filling: Filling, reading: Reading
) -> tuple[SayFacts, ...]:
    at = where(filling)
    match command:
        case Command.BACK:
            return step_back(filling)
        case Command.WHY:
            why = SayFacts(kind=SayKind.WHY, about=f"{filling.draft.id}:{at.key}") if at else None
            return (why,) if why else ()
        case Command.PAUSE:
            return ending.pause(filling, event.conversation)
        case Command.CANCEL:
            return ending.ask_to_cancel(filling)
        case Command.CANCEL_SURELY:
            return ending.cancel(filling)
        case Command.REVIEW:
            return (stay(filling, None),)
        case Command.SECTION:
            return (SayFacts(kind=SayKind.SECTION, about=f"{filling.draft.id}:{at.key}"),) if at else ()
        case Command.SUBMIT:
            return ending.submit(filling, reading)
        case Command.KEEP:
            return _kept(filling, at)
        case _:
            assert_never(command)


def _kept(filling: Filling, at: Question | None) -> tuple[SayFacts, ...]:
    if at is None:
        return ()
    kept = keep(filling, at)
    return (kept,) if kept else ()


def _read(text: str, event: TextSent, filling: Filling, reading: Reading) -> tuple[SayFacts, ...]:
    at = where(filling)
    # Ages, a day, options and known names are read as a whole and kept as such: no other word of them is.
    if at and at.kind in READ_AS_A_WHOLE and (value := read_typed(text, at, filling.surroundings(at))):
        return take(filling, at, value)
    if reading.answerer.is_urgent_as_an_answer(text) and not _is_meant(text, event, filling):
        return ()
    return _answered(text, at, filling) if at else _at_the_review(text, filling)


def _is_meant(text: str, event: TextSent, filling: Filling) -> bool:
    """Tell whether somebody says of alarming words, with the escalation before their eyes, that they are the answer."""
    before = latest_reply(event, filling.uow, now=filling.now)
    return commands.forced_answer(text) is not None and before is not None and before.urgent


def _at_the_review(text: str, filling: Filling) -> tuple[SayFacts, ...]:
    """Take the name of a question to change; anything else is a question about the policy."""
    asked = filling.form.asked(filling.draft.answers)
    named = commands.question_named(text, asked)
    return (edit(filling, named),) if named else ()


def _answered(text: str, at: Question, filling: Filling) -> tuple[SayFacts, ...]:
    forced = commands.forced_answer(text)
    words = text if forced is None else forced
    if forced is None and is_skip(words):
        return (said(filling, at, Before.NEEDED),) if at.needed else take(filling, at, ())
    if forced is None and is_same_as_before(words):
        value = filling.before(at) or filling.draft.answers.get(at.key)
        return take(filling, at, value) if value else (said(filling, at, Before.NOTHING_BEFORE),)
    is_question = forced is None and commands.looks_like_a_question(words)
    if is_question and at.kind in OF_WORDS:
        return ()
    value = read_typed(words, at, filling.surroundings(at))
    if value:
        return take(filling, at, value)
    return () if is_question else _not_understood(words, at, filling)


def _not_understood(words: str, at: Question, filling: Filling) -> tuple[SayFacts, ...]:
    if at.kind in OF_WORDS:
        return (said(filling, at, Before.TOO_LONG if len(words) > LONGEST[at.kind] else Before.NOT_READ),)
    if at.kind in OF_PEOPLE and _are_names(words, at, filling):
        return keep_unclear(filling, at, words)
    return (said(filling, at, Before.NOT_READ),)


def _are_names(words: str, at: Question, filling: Filling) -> bool:
    """Tell whether words look like names, of which some are not clear yet; other words are not kept."""
    named = named_in(words, filling.surroundings(at))
    wanted = named.unsure or len(named.found) > 1
    return bool(wanted) and all(len(one.name.split()) <= LONGEST_NAME for one in named.unsure)
