"""A form is left: for a while, for good, or by sending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.readiness import blocked_for_requests
from handlers.requests import conversation, sending
from handlers.requests.about import OF_A_REQUEST
from handlers.requests.answering import said, stay, where
from handlers.requests.before import Before
from handlers.requests.filling import AUTHOR, SETTING
from policy_kb.bot_words import SayKind
from policy_kb.request_words import RequestState
from policy_kb.rules.edits import class_of
from policy_kb.rules.requesting import check_may_submit
from policy_kb.words import Verb
from storage.audit import AuditEntry
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.desk import Reading
    from handlers.inbound import Conversation
    from handlers.requests.filling import Filling
    from policy_kb.rules.form import Question

STANDS_FOR_WITHDRAWING = frozenset({RequestState.SUBMITTED, RequestState.CHANGES_ASKED, RequestState.APPROVED})


def pause(filling: Filling, place: Conversation) -> tuple[SayFacts, ...]:
    """Leave a form as it stands; what is typed here is a question about the policy again."""
    filling.uow.form_talks.end(place.channel, place.tenant, place.id, filling.person.id)
    return (SayFacts(kind=SayKind.PAUSED, about=str(filling.draft.id)),)


def ask_to_cancel(filling: Filling) -> tuple[SayFacts, ...]:
    """Ask once more before a form is given up; what was sent is withdrawn, which is asked in its own way."""
    kind = SayKind.WITHDRAW_ASKED if filling.draft.state in STANDS_FOR_WITHDRAWING else SayKind.CANCEL_ASKED
    return (SayFacts(kind=kind, about=str(filling.draft.id)),)


def cancel(filling: Filling) -> tuple[SayFacts, ...]:
    """Give up a draft; anything else stays, and says how it stands."""
    request_id, now = filling.draft.id, filling.now
    entry = AuditEntry(actor=filling.person.id, verb=Verb.CANCELLED, at=now)
    gone = filling.uow.requests.change_state(
        request_id, RequestState.DRAFT, RequestState.CANCELLED, now=now, entry=entry
    )
    if not gone and filling.draft.state is not RequestState.CANCELLED:
        return ask_to_cancel(filling)
    filling.uow.form_talks.end_all(request_id)
    return (SayFacts(kind=SayKind.CANCELLED, about=str(request_id)),)


def submit(filling: Filling, reading: Reading) -> tuple[SayFacts, ...]:
    """
    Send a form to those who decide, once nothing is missing, nothing stops it and every doubt was kept.

    The setting has to be open to requests, and it and the author those that the answers name.

    Raises:
        RequestClosed: the request stays as it is.
    """
    facts = filling.uow.requests.facts(filling.draft.id)
    if facts is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    check_may_submit(facts, filling.person.id)
    unanswered = conversation.missing(filling.form, filling.draft.answers) or _astray(filling)
    if unanswered:
        return (stay(filling, unanswered[0], Before.NEEDED),)
    if blocked_for_requests(filling.setting(), filling.uow, on=filling.today):
        return (stay(filling, None, Before.BLOCKED),)
    if filling.stopping():
        return (stay(filling, None, Before.NOT_YET),)
    if facts.version and not is_changed(filling):
        return (stay(filling, None, Before.NOTHING_NEW),)
    return sending.send(filling.draft.id, filling.person, reading, filling.uow, now=filling.now)


def is_changed(filling: Filling) -> bool:
    """Tell whether answers that apply differ from those that were sent last; all do where none were."""
    facts = filling.uow.requests.facts(filling.draft.id)
    if facts is None or not facts.version:
        return True
    return class_of(filling.form, facts.answers, filling.draft.answers) is not None


def where_it_stands(filling: Filling) -> tuple[SayFacts, ...]:
    """Return the question a form stands at, or its review."""
    return (said(filling, where(filling)),)


def _astray(filling: Filling) -> tuple[Question, ...]:
    """Return the questions whose answer is not where the request belongs, so that others would decide on it."""
    belongs = {SETTING: filling.draft.setting_id, AUTHOR: filling.draft.author_id}
    answers = filling.draft.answers
    asked = filling.form.asked(answers)
    return tuple(one for one in asked if one.key in belongs and answers.get(one.key) != (belongs[one.key],))
