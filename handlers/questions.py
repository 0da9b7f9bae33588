"""Answer what someone typed, and what they press under the answer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from handlers.answer_facts import from_facts, to_facts
from handlers.message import Audience
from policy_kb.answer import Reply, Talk
from policy_kb.bot_words import Action, SayKind
from policy_kb.toml_entries import parse_ref
from storage.answers import AnswerId, StoredAnswer
from storage.says import SayFacts

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Reading
    from handlers.inbound import Actor, ButtonPressed, Conversation, TextSent
    from policy_kb.decide import Choice
    from policy_kb.follow_up import Topic
    from storage.unit_of_work import UnitOfWork

TOPIC_LASTS = timedelta(minutes=30)  # after that a short message is a new question

ANSWER_ID = re.compile(r"[0-9a-f]{32}")

TALKED = {
    Talk.SMALL_TALK: SayKind.SMALL_TALK,
    Talk.COMMAND: SayKind.HELP,
    Talk.NOTHING: SayKind.NOTHING_ASKED,
    Talk.NOT_ENGLISH: SayKind.NOT_ENGLISH,
}


def answer_text(event: TextSent, reading: Reading, uow: UnitOfWork, *, now: datetime) -> tuple[SayFacts, ...]:
    """
    Answer a typed message; what is kept is the answer's facts, never the text.

    Policy: 4.9
    """
    reply = reading.answerer.reply(event.text, _topic(event, uow, now=now))
    if reply.talk is not Talk.QUESTION:
        return (SayFacts(kind=TALKED[reply.talk]),)
    answer_id = _keep(reply, event.actor, event.conversation, uow, now=now)
    return (SayFacts(kind=SayKind.ANSWER, about=answer_id),)


def press(event: ButtonPressed, reading: Reading, uow: UnitOfWork, *, now: datetime) -> tuple[SayFacts, ...]:
    """Do what a button under an answer asks; a button whose answer is gone says so."""
    if event.action is Action.SEE_CLAUSE:
        return _clause_shown(event.about, reading)
    answer_id, _, choice = event.about.partition(":")
    kept = _own_answer(answer_id, event.actor, uow)
    if kept is None:
        return (SayFacts(kind=SayKind.GONE),)
    if event.action is Action.CHOOSE:
        return _chosen(kept, choice, event, uow, now=now)
    if event.action is Action.SHARE:
        return (SayFacts(kind=SayKind.SHARED, about=kept.id, audience=Audience.EVERYONE.value),)
    uow.answers.set_helpful(kept.id, helpful=event.action is Action.HELPFUL)
    return (SayFacts(kind=SayKind.FEEDBACK_TAKEN, about=event.action.value),)


def reply_of(kept: StoredAnswer) -> Reply:
    """Return the reply that was kept."""
    return from_facts(dict(kept.facts))


def _own_answer(answer_id: str, actor: Actor, uow: UnitOfWork) -> StoredAnswer | None:
    # A forged button may carry what no database can be asked for: a NUL, half a character.
    if not ANSWER_ID.fullmatch(answer_id):
        return None
    return uow.answers.get(AnswerId(answer_id), channel=actor.channel, tenant=actor.tenant, actor=actor.user)


def _clause_shown(about: str, reading: Reading) -> tuple[SayFacts, ...]:
    try:
        known = parse_ref(about) in reading.view.items
    except ValueError:
        known = False
    return (SayFacts(kind=SayKind.CLAUSE, about=about) if known else SayFacts(kind=SayKind.GONE),)


def _chosen(
    kept: StoredAnswer, value: str, event: ButtonPressed, uow: UnitOfWork, *, now: datetime
) -> tuple[SayFacts, ...]:
    choices: list[Choice] = [choice for answer in reply_of(kept).answers for choice in answer.choices]
    chosen = next((choice for choice in choices if choice.value == value), None)
    if chosen is None:
        return (SayFacts(kind=SayKind.GONE),)
    reply = Reply(talk=Talk.QUESTION, urgent=False, answers=(chosen.answer,), topic=reply_of(kept).topic)
    answer_id = _keep(reply, event.actor, event.conversation, uow, now=now)
    return (SayFacts(kind=SayKind.ANSWER, about=answer_id, replaces=True),)


def latest_reply(event: TextSent, uow: UnitOfWork, *, now: datetime) -> Reply | None:
    """Return what this asker, and nobody else, was last answered in this thread, not long ago."""
    latest = uow.answers.latest(
        channel=event.actor.channel,
        tenant=event.actor.tenant,
        conversation_id=event.conversation.id,
        thread=event.conversation.thread,
        actor=event.actor.user,
        since=now - TOPIC_LASTS,
    )
    return reply_of(latest) if latest else None


def _topic(event: TextSent, uow: UnitOfWork, *, now: datetime) -> Topic | None:
    before = latest_reply(event, uow, now=now)
    return before.topic if before else None


def _keep(reply: Reply, actor: Actor, conversation: Conversation, uow: UnitOfWork, *, now: datetime) -> AnswerId:
    answer_id = AnswerId(uuid4().hex)
    uow.answers.add(
        StoredAnswer(
            id=answer_id,
            channel=actor.channel,
            tenant=actor.tenant,
            conversation_id=conversation.id,
            thread=conversation.thread,
            actor=actor.user,
            at=now,
            facts={**to_facts(reply), "private": conversation.private},
        )
    )
    return answer_id
