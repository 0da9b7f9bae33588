"""All answers of a form before it is sent, what still stops it, and a way to change each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import wording
from handlers.message import Button, ButtonStyle, Fact, Facts, Field, InputKind, Message, Option, Paragraph, Tone
from handlers.requests import conversation, ending
from handlers.requests.answering import open_questions
from handlers.requests.before import Before
from handlers.requests.controls import ROOM, cut
from handlers.requests.drafting import EDITS
from handlers.requests.question_said import blocked_in_words
from handlers.requests.shown import asked_label
from handlers.requests.status import STANDS
from handlers.requests.values_said import value_in_words
from policy_kb.bot_words import Action
from policy_kb.request_words import RequestState
from policy_kb.rules.form_checks import Force

if TYPE_CHECKING:
    from handlers.message import Block
    from handlers.requests.filling import Filling
    from policy_kb.rules.form import Question, Value

SHORT = 220  # characters of an answer
MOST_OFFERED = 100  # questions in one control
PUT_BACK = (
    "Those who decide asked for other changes, so these answers stand as you sent them. "
    "This is what you had written; once the request is with them again, you can change it and send it."
)
LOOK = "These are your answers. Please look them over."
SENTENCES = {
    Before.NOT_ASKED: "Those who decide asked for other changes, so that answer stays as it is.",
    Before.NOT_YET: "It cannot be sent yet. Please look at what is listed here first.",
    Before.NOTHING_NEW: "Nothing has changed since you sent it, so there is nothing to send. "
    "Change an answer first, or withdraw it.",
}
OPEN = {
    RequestState.DRAFT: "ready to send",
    RequestState.SUBMITTED: "as you sent it",
    RequestState.CHANGES_ASKED: "changes are asked for",
    RequestState.APPROVED: "approved; change something and send it",
}


def compose_review(what: str, filling: Filling) -> Message:
    """Return the review of a form: findings first, every answer, a field to choose what to change, the buttons."""
    if filling.draft.state not in OPEN:
        return _closed(filling)
    stops = _stops(filling)
    return Message(
        title=_title(filling, "not ready yet" if stops else _standing(filling)),
        tone=Tone.CARE if stops else Tone.PLAIN,
        blocks=(
            Paragraph(text=_opening(what, filling)),
            *stops,
            *_warnings(filling),
            Facts(rows=tuple(_fact(question, filling) for question in _asked(filling))),
        ),
        fields=(_to_change(filling),),
        buttons=_buttons(filling, is_ready=not stops),
    )


def compose_put_back(what: str, filling: Filling) -> Message:
    """Return which answers stand as they were sent again, and what had been given instead; `what`: their numbers."""
    numbers = (int(number) for number in what.split(".") if number.isascii() and number.isdigit())
    found = (filling.uow.requests.given(number) for number in numbers)
    undone = [one for one in found if one and one.request_id == filling.draft.id and not one.refused]
    labels = {question.key: question for question in filling.form.questions}
    rows = tuple(_row(labels[one.question], one.value, filling) for one in undone if one.question in labels)
    named = "; ".join(row.label for row in rows)
    about = str(filling.draft.id)
    return Message(
        title=f"R-{about}: your unsent changes to {named} were put back.",
        tone=Tone.CARE,
        blocks=(Paragraph(text=PUT_BACK), *((Facts(rows=rows),) if rows else ())),
        buttons=(Button(label="See my answers", action=Action.REVIEW, about=about),),
    )


def _closed(filling: Filling) -> Message:
    """Return a request that stays as it is: as it was sent last, whatever was changed after that."""
    facts = filling.uow.requests.facts(filling.draft.id)
    answers = facts.answers if facts else filling.draft.answers
    about = str(filling.draft.id)
    again = f"{filling.form.key}:{about}"
    rows = (_row(question, answers.get(question.key), filling) for question in filling.form.asked(answers))
    return Message(
        title=_title(filling, STANDS[filling.draft.state]),
        blocks=(Facts(rows=tuple(rows)),),
        buttons=(
            Button(label="Where it stands", action=Action.STATUS, about=about),
            Button(label="Start a new one from this", action=Action.START, about=again),
        ),
    )


def _title(filling: Filling, stands: str) -> str:
    return f"R-{filling.draft.id}, {filling.form.called}: {stands}."


def _standing(filling: Filling) -> str:
    is_ready = filling.draft.version and ending.is_changed(filling)
    return "your changes are ready to send" if is_ready else OPEN[filling.draft.state]


def _opening(what: str, filling: Filling) -> str:
    if what == Before.BLOCKED:
        return blocked_in_words(filling.setting(), filling)
    return SENTENCES[Before(what)] if what in SENTENCES else LOOK


def _stops(filling: Filling) -> tuple[Block, ...]:
    """Return what keeps the form from being sent, one paragraph each, with the clause."""
    missing = {question.key: question for question in conversation.missing(filling.form, filling.draft.answers)}
    told = [Paragraph(text=f"Still to answer: {question.label}.") for question in missing.values()]
    for question, finding in filling.stopping():
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
    return _row(question, filling.draft.answers.get(question.key), filling)


def _row(question: Question, value: Value | None, filling: Filling) -> Fact:
    if value is None:
        return Fact(label=asked_label(question), value="Not answered yet")
    return Fact(label=asked_label(question), value=cut(value_in_words(question, value, filling.uow), SHORT))


def _to_change(filling: Filling) -> Field:
    facts = filling.uow.requests.facts(filling.draft.id)
    may = open_questions(filling, facts) if facts else set()
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
