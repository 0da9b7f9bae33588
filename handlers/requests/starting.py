"""A form is begun: by whom it may be, from an older request or from nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.readiness import blocked_for_requests
from handlers.requests.about import OF_A_REQUEST
from handlers.requests.answering import go_on, record
from handlers.requests.before import Before
from handlers.requests.filling import SETTING, Filling, filling_of
from policy_kb.bot_words import SayKind
from policy_kb.request_words import AnswerKind, FormKey, RequestId, RequestState
from policy_kb.rules.london import london_date
from policy_kb.words import Verb
from storage.audit import AuditEntry
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.inbound import Conversation
    from policy_kb.request_words import QuestionKey
    from policy_kb.rules.form import Form, Value
    from policy_kb.view import PolicyView
    from storage.person import Person
    from storage.request import Draft
    from storage.settings import Setting
    from storage.unit_of_work import UnitOfWork

ANEW = "new"  # a form is begun although another of its kind is unfinished
AGAIN = "again"  # it was begun before
UNKNOWN = "unknown"
OLDER = re.compile(r"[1-9][0-9]{0,8}")


def start(  # noqa: PLR0911 - one line for each way it may not be begun
    about: str, place: Conversation, person: Person | None, view: PolicyView, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    """
    Begin a form, or offer the unfinished one; `about` is a form, and what it starts from: ``site``, ``site:7``.

    Policy: A.3.7
    """
    key, _, origin = about.partition(":")
    form = view.forms.get(FormKey(key))
    if form is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    if not place.private:
        return (SayFacts(kind=SayKind.IN_PRIVATE, about=form.key),)
    if person is None:
        return (SayFacts(kind=SayKind.NOT_STARTED, about=UNKNOWN),)
    setting = next((one for one in person.settings if not why_not(form, one, uow, now=now)), None)
    if setting is None:
        return (SayFacts(kind=SayKind.NOT_STARTED, about=f"{person.setting.id}:{form.key}"),)
    if not origin and (unfinished := _unfinished(form, person, uow)):
        return (SayFacts(kind=SayKind.PAUSED, about=f"{unfinished.id}:{AGAIN}"),)
    older = filling_of(RequestId(int(origin)), person, view, uow, now=now) if OLDER.fullmatch(origin) else None
    if origin not in {"", ANEW} and (older is None or older.form.key != form.key):
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    return _begun(form, setting, older, person, view, uow, place=place, now=now)


def why_not(form: Form, setting: Setting, uow: UnitOfWork, *, now: datetime) -> tuple[str, ...]:
    """Return why nobody can ask for this at a setting, a sentence each; nothing where they can."""
    reasons = blocked_for_requests(setting, uow, on=london_date(now))
    try:
        form.route_for(setting.type, setting.id)
    except LookupError:
        return (*reasons, f"Nobody has said who approves {form.called} at {setting.name}.")
    return reasons


def begin_talk(place: Conversation, person: Person, request_id: RequestId, uow: UnitOfWork, *, now: datetime) -> None:
    """Let what somebody types here belong to a form from now on."""
    uow.form_talks.begin(place.channel, place.tenant, place.id, person.id, request_id, now)


def _unfinished(form: Form, person: Person, uow: UnitOfWork) -> Draft | None:
    drafts = uow.requests.of_person(person.id)
    theirs = (one for one in drafts if one.requester_id == person.id and one.form == form.key)
    return next((one for one in theirs if one.state is RequestState.DRAFT), None)


def _begun(
    form: Form,
    setting: Setting,
    older: Filling | None,
    person: Person,
    view: PolicyView,
    uow: UnitOfWork,
    *,
    place: Conversation,
    now: datetime,
) -> tuple[SayFacts, ...]:
    request_id = uow.requests.start(
        form.key,
        setting.id,
        person.id,
        at=form.questions[0].key,
        now=now,
        entry=AuditEntry(actor=person.id, verb=Verb.STARTED, clause=str(form.clause), at=now),
        started_from=older.draft.id if older else None,
    )
    begin_talk(place, person, request_id, uow, now=now)
    filling = filling_of(request_id, person, view, uow, now=now)
    if filling is None:
        raise LookupError(request_id)
    for key, value in _known(form, setting, older, person, uow):
        fresh = filling_of(request_id, person, view, uow, now=now) or filling
        record(fresh, form.question(key), value)
    first = go_on(filling)
    return (SayFacts(kind=first.kind, about=f"{first.about}:{Before.OPENS}"),)


def _known(
    form: Form, setting: Setting, older: Filling | None, person: Person, uow: UnitOfWork
) -> list[tuple[QuestionKey, Value]]:
    """
    Return the answers there are before anything is asked: the only setting, and an older request's but its days.

    Those are as they were sent last; of what was never sent, as they stand.
    """
    known: dict[QuestionKey, Value] = {}
    if older:
        facts = uow.requests.facts(older.draft.id)
        answers = facts.answers if facts else {}
        for question in form.asked(answers):
            if question.key in answers and question.kind is not AnswerKind.DATE:
                known[question.key] = answers[question.key]
    works_in = {one.id for one in person.settings}
    if SETTING in known and not works_in.issuperset(known[SETTING]):
        del known[SETTING]
    if len(person.settings) == 1 and any(question.key == SETTING for question in form.questions):
        known = {SETTING: (setting.id,), **known}
    return list(known.items())
