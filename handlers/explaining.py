"""Tell how an answer came about: what was read in a question, what was found, and the rule that decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.answer import Talk
from policy_kb.decide import PLAIN_AT, SILENT_SHARE, SURE_AT
from policy_kb.frame import Slot
from policy_kb.urgent import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handlers.desk import Reading
    from policy_kb.decide import Answer, Question
    from policy_kb.urgent import Urgency

TALK = {
    Talk.QUESTION: "a question",
    Talk.SMALL_TALK: "small talk",
    Talk.COMMAND: "something to do",
    Talk.NOTHING: "nothing to look up",
    Talk.NOT_ENGLISH: "not English",
}
LEAST = 0.005  # likelihood that is worth a line


def explain(text: str, reading: Reading) -> str:
    """Return how the answer to a message came about, line by line, for whoever looks after the edition."""
    reply, urgency = reading.answerer.reply(text), reading.answerer.urgency(text)
    lines = [f"Taken as: {TALK[reply.talk]}", _urgency(urgency)]
    if reply.talk is Talk.QUESTION:
        asked = reading.answerer.questions(text)
        for at, (question, answer) in enumerate(asked, start=1):
            lines += ["", f"Question {at} of {len(asked)}: {question.text}", *_question(question, answer, reading)]
        lines += ["", *(f"Said: {answer.verdict.value}. {answer.because}" for answer in reply.answers)]
    return "\n".join(lines)


def _urgency(urgency: Urgency) -> str:
    signs = ", ".join(urgency.signs) or "none"
    alone = " A phrase that is an alarm by itself." if urgency.alone else ""
    return (
        f"At risk: {'yes' if urgency.urgent else 'no'}, {urgency.score:.2f} (yes from {ENOUGH}). Signs: {signs}.{alone}"
    )


def _question(question: Question, answer: Answer, reading: Reading) -> Iterator[str]:
    found, worded = question.found, reading.view.frames.read(question.text)
    for slot in Slot:
        by = "in words" if not worded.leaves_open(slot) else "by its meaning"
        yield f"  {slot.value}: {_values(question.frame.of(slot), by)}"
    for one in found.candidates:
        if one.score >= LEAST:
            yield f"  {one.item}: {one.score:.2f} (n-grams {one.spelled:.2f}, meaning {one.meant:.2f})"
    line = SILENT_SHARE * found.answered
    silent = f"{found.silent:.2f} (said from {line:.2f}, unless a clause has {PLAIN_AT})"
    yield f"  the policy does not say: {silent}; sure of a clause from {SURE_AT}"
    calls = sorted(found.calls_for.items(), key=lambda pair: pair[1], reverse=True)
    yield f"  put as if it called for: {_likely(calls)}"
    near = ", ".join(str(ref) for ref in (*answer.clauses, *answer.near))
    yield f"  tier {answer.tier.value}, verdict {answer.verdict.value}, shows {near or 'no clause'}"
    yield f"  {answer.because}"


def _values(values: frozenset[str], by: str) -> str:
    return f"{', '.join(sorted(values))} ({by})" if values else "left open"


def _likely(pairs: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {share:.2f}" for name, share in pairs if share >= LEAST)
