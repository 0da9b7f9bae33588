"""Answer one question outside any conversation: the shell, a file of questions, a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import notices, wording
from handlers.message import plain_text
from handlers.notices import Scene
from handlers.wording import Reader
from policy_kb.answer import Reply, Talk
from policy_kb.words import Tier, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from handlers.desk import Reading
    from handlers.message import Message
    from policy_kb.view import PolicyView

TALK = {
    Talk.SMALL_TALK: notices.compose_small_talk,
    Talk.COMMAND: notices.compose_help,
    Talk.NOTHING: notices.compose_nothing_asked,
    Talk.NOT_ENGLISH: notices.compose_not_english,
}


# What a program is told of a message that was not looked up: nothing was asked, or it was not understood.
WITHOUT_ANSWER = {
    Talk.SMALL_TALK: (Verdict.SILENT, Tier.SILENT),
    Talk.COMMAND: (Verdict.SILENT, Tier.SILENT),
    Talk.NOTHING: (Verdict.SILENT, Tier.SILENT),
    Talk.NOT_ENGLISH: (Verdict.UNSURE, Tier.NOT_SURE),
}


def ask(question: str, reading: Reading, *, before: Iterable[str] = (), today: date) -> tuple[Reply, Message]:
    """Return the reply to a question and its message, after the questions that came before it."""
    topic = None
    for earlier in before:
        topic = reading.answerer.reply(earlier, topic).topic
    reply = reading.answerer.reply(question, topic)
    if reply.talk is not Talk.QUESTION:
        return reply, TALK[reply.talk]()
    scene = Scene(view=reading.view, reader=Reader(), today=today)
    return reply, notices.compose_answer(reply, "", scene, private=True)


def as_json(reply: Reply, message: Message, view: PolicyView) -> dict[str, Any]:
    """
    Return an answer as one JSON object.

    Keys: verdict, urgent, tier, headline, clauses (id, part, words, official; what answers, in order),
    who (roles), text (the whole reply in plain text), edition.
    """
    first = reply.answers[0] if reply.answers else None
    return {
        "verdict": (first.verdict if first else WITHOUT_ANSWER[reply.talk][0]).value,
        "urgent": reply.urgent,
        "tier": (first.tier if first else WITHOUT_ANSWER[reply.talk][1]).value,
        "headline": message.title,
        "clauses": _clauses(reply, view),
        "who": [role.value for role in wording.who(first, view)] if first else [],
        "text": plain_text(message),
        "edition": f"{view.facts.title} {view.facts.version}. {view.facts.label}",
    }


def _clauses(reply: Reply, view: PolicyView) -> list[dict[str, Any]]:
    """List what answers: the leading clause of each question first; silence cites nothing."""
    firm = [answer for answer in reply.answers if answer.tier is not Tier.SILENT]
    leads = [answer.clauses[0] for answer in firm]
    others = [ref for answer in firm for ref in (*answer.clauses[1:], *answer.near)]
    shown = (view.items[ref] for ref in dict.fromkeys((*leads, *others)))
    return [
        {"id": item.ref.id, "part": item.ref.part, "words": item.words, "official": item.official} for item in shown
    ]
