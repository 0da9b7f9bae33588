"""All answers of a form before it is sent, what still stops it, and a way to change each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import wording
from handlers.message import Button, ButtonStyle, Fact, Facts, Field, InputKind, Message, Option, Paragraph, Tone
from handlers.requests import conversation, ending
from handlers.requests.before import Before
from handlers.requests.controls import ROOM, cut
from handlers.requests.drafting import EDITS
from handlers.requests.values_said import value_in_words
from policy_kb.rules.form_checks import Force
from policy_kb.words import Action, RequestState

if TYPE_CHECKING:
    from handlers.message import Block
    from handlers.requests.filling import Filling
    from policy_kb.rules.form import Question

SHORT = 220  # characters of an answer
MOST_OFFERED = 100  # questions in one control
LOOK = "These are your answers. Please look them over."
SENTENCES = {
    Before.NOT_ASKED: "Those who decide asked for other changes, so that answer stays as it is.",
    Before.NOT_YET: "It cannot be sent yet. Please look at what is listed here first.",
    Before.NOTHING_NEW: "Nothing has changed since you sent it, so there is nothing to send.",
}


def compose_review(what: str, filling: Filling) -> Message:
    """Return the review of a form: findings first, every answer, a field to choose what to change, the buttons."""
    stops = _stops(filling)
    ready = "ready to send" if ending.is_changed(filling) else "as you sent it"
    return Message(
        title=f"R-{filling.draft.id}, {filling.form.called}: {'not ready yet' if stops else ready}.",
        tone=Tone.CARE if stops else Tone.PLAIN,
        blocks=(
            Paragraph(text=SENTENCES[Before(what)] if what in SENTENCES else LOOK),
            *stops,
            *_warnings(filling),
            Facts(rows=tuple(_fact(question, filling) for question in _asked(filling))),
        ),
        fields=(_to_change(filling),),
        buttons=_buttons(filling, is_ready=not stops),
    )


def _stops(filling: Filling) -> tuple[Block, ...]:
    """Return what keeps the form from being sent, one paragraph each, with the clause."""
    missing = {question.key: question for question in conversation.missing(filling.form, filling.draft.answers)}
    told = [Paragraph(text=f"Still to answer: {question.label}.") for question in missing.values()]
    for question, finding in ending.stopping(filling):
        if question.key not in missing:
            keep = " Change it, or open it and keep it." if finding.force is Force.DOUBTS else ""
            told.append(Paragraph(text=f"{question.label}: {wording.with_clause(finding.says, finding.clause)}{keep}"))
    return tuple(told)


def _warnings(filling: Filling) -> tuple[Block, ...]:
    warned = ((question, one) for question, one in filling.all_findings() if one.force is Force.WARNS)
    return tuple(
        Paragraph(text=f"Good to know. {question.label}: {wording.with_clause(one.says, one.clause)}")
        for question, one in warned
    )


def _asked(filling: Filling) -> tuple[Question, ...]:
    return filling.form.asked(filling.draft.answers)


def _fact(question: Question, filling: Filling) -> Fact:
    value = filling.draft.answers.get(question.key)
    if value is None:
        return Fact(label=question.label, value="Not answered yet")
    return Fact(label=question.label, value=cut(value_in_words(question, value, filling.uow), SHORT))


def _to_change(filling: Filling) -> Field:
    facts = filling.uow.requests.facts(filling.draft.id)
    answers = filling.draft.answers
    may = conversation.may_be_changed(filling.form, facts, answers) if facts else set()
    questions = [question for question in _asked(filling) if question.key in may]
    options = tuple(Option(value=one.key, label=cut(one.label, ROOM)) for one in questions[:MOST_OFFERED])
    return Field(
        name=EDITS,
        label="Change an answer",
        kind=InputKind.ONE,
        options=options,
        hint="Or type “change” and its name, such as “change purpose”.",
    )


def _buttons(filling: Filling, *, is_ready: bool) -> tuple[Button, ...]:
    about, draft = str(filling.draft.id), filling.draft
    label = "Send the changes" if draft.version else "Send it"
    send = Button(label=label, action=Action.SUBMIT, about=about, style=ButtonStyle.MAIN)
    ends = "Cancel" if draft.state is RequestState.DRAFT else "Withdraw it"
    return (
        *((send,) if is_ready and ending.is_changed(filling) else ()),
        Button(label="Change it", action=Action.EDIT, about=about),
        Button(label="Pause", action=Action.PAUSE, about=about),
        Button(label=ends, action=Action.CANCEL, about=about),
    )
