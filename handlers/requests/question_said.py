"""One question as a person reads it: what came before it, the question, how far along, what to answer with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import wording
from handlers.message import Message, Note, Paragraph, Tone
from handlers.readiness import blocked_for_requests
from handlers.requests import conversation
from handlers.requests.alike import alike_lines
from handlers.requests.before import SHOWN, Before, NotTaken
from handlers.requests.controls import buttons_of, cut, doubt_buttons, fields_of, fix_buttons
from handlers.requests.pressed import PICK
from handlers.requests.reading import named_in
from handlers.requests.shown import asked_label
from handlers.requests.values_said import value_in_words
from policy_kb.request_words import AnswerKind
from policy_kb.rules.form_checks import Force
from policy_kb.words import PersonId, SettingId

if TYPE_CHECKING:
    from handlers.heard.people_named import Named
    from handlers.message import Block
    from handlers.requests.filling import Filling
    from policy_kb.rules.form import Question
    from policy_kb.rules.form_checks import Finding
    from storage.request import Given
    from storage.settings import Setting

SAID_BACK = 160  # characters of an answer that is said back
NAME_SAID_BACK = 40
MOST_TOLD = 12  # answers told of in one message
SENTENCES = {
    Before.ASKED: "Back to the form. If those words were your answer, send them again with “answer:” before them.",
    Before.FIRST: "This is the first question.",
    Before.NEEDED: "The form cannot do without this one.",
    Before.EMPTY: "Nothing was filled in.",
    Before.TOO_LONG: "That is too long to keep. Please shorten it; a link to the rest is fine.",
    Before.NOTHING_BEFORE: "There is no earlier answer to take over here.",
}
NOT_READ = {
    AnswerKind.TEXT: "I could not read that. Please answer in a few words.",
    AnswerKind.LONG: "I could not read that. Please answer in a sentence or two.",
    AnswerKind.CHOICE: "I could not tell which one you mean. Press a button, or type its words.",
    AnswerKind.TICKS: "I could not tell which ones you mean. Tick them, or type their words with commas between.",
    AnswerKind.YES_NO: "I could not tell whether that is a yes or a no.",
    AnswerKind.PERSON: "I could not tell which one person you mean. Type a name or an e-mail address.",
    AnswerKind.PEOPLE: "I could not tell whom you mean. Type names or e-mail addresses, such as “Sam and Priya”.",
    AnswerKind.DATE: "I could not read a day in that. Try “14 January” or “next Monday”.",
    AnswerKind.AGES: "I could not read two ages in that. Try “11 to 14” or “Year 7 to 9”.",
    AnswerKind.NUMBER: "I could not read a number in that. Try “2”.",
}
TYPED_HINTS = {
    AnswerKind.DATE: "Or type a day, such as “14 January”, “in two weeks” or “start of next term”.",
    AnswerKind.PEOPLE: "Or type names, such as “Sam and Priya”.",
    AnswerKind.PERSON: "Or type a name.",
    AnswerKind.TICKS: "Or type them, with commas between.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What came before a question, as far as it is to be told."""

    blocks: tuple[Block, ...] = ()
    fixes: tuple[str, ...] = ()  # questions whose answer could be changed instead
    doubted: bool = False  # of this very question
    named: Named | None = None  # the names that were typed for it, where they were unclear
    row: str = ""
    care: bool = False


def compose_question(question: Question, what: str, filling: Filling, *, more: tuple[Block, ...] = ()) -> Message:
    """Return a question, complete in plain text; `what` is what came before it, `more` stands above it."""
    told = _told(question, what, filling)
    line = conversation.progress_line(conversation.progress(filling.form, filling.draft.answers, question))
    buttons = (
        doubt_buttons(question, filling)
        if told.doubted
        else buttons_of(question, filling, named=told.named, row=told.row)
    )
    return Message(
        title=question.asks,
        tone=Tone.CARE if told.care else Tone.PLAIN,
        blocks=(*told.blocks, *more, *_stands(question, filling), *_hints(question), Note(text=line)),
        fields=fields_of(question, filling, told.named),
        buttons=(*fix_buttons(told.fixes, filling), *buttons),
    )


def _told(question: Question, what: str, filling: Filling) -> _Told:
    if what == Before.OPENS:
        return _Told(blocks=(Paragraph(text=filling.form.opens),))
    if what == Before.NOT_READ:
        return _Told(blocks=(Paragraph(text=NOT_READ[question.kind]),), care=True)
    if what in SENTENCES:
        return _Told(blocks=(Paragraph(text=SENTENCES[Before(what)]),))
    told = _Told()
    for text in [one for one in what.split(".") if one][:MOST_TOLD]:
        told = _with(told, question, text, filling)
    return told


def _with(told: _Told, question: Question, text: str, filling: Filling) -> _Told:
    """Add what one earlier answer gave rise to."""
    number, *picked = text.removeprefix(SHOWN).split(PICK)
    given = filling.uow.requests.given(int(number)) if number.isascii() and number.isdigit() else None
    if given is None or given.request_id != filling.draft.id:
        return told
    about = conversation.asked_question(filling.form, filling.draft.answers, given.question)
    if about is None:
        return told
    if given.refused == NotTaken.NAMES:
        return _unclear(told, question, about, given, tuple(map(PersonId, picked)), filling)
    if given.refused == NotTaken.UNREAD:
        return _plus(told, f"{_label(about, question)}{NOT_READ[about.kind]}", care=True)
    if given.refused == NotTaken.BLOCKED:
        return _plus(told, _blocked(given, filling), care=True)
    return _found(told, question, about, given, filling, say_back=not text.startswith(SHOWN))


def _found(
    told: _Told, question: Question, about: Question, given: Given, filling: Filling, *, say_back: bool
) -> _Told:
    """Say an answer back, with what the checks have to say to it now."""
    findings = filling.findings(about, given.value)
    if say_back and not given.refused:
        told = _plus(told, _said_back(about, given, filling))
    here = about.key == question.key
    for finding in findings:
        if finding.force is not Force.STOPS or given.refused:
            told = _plus(told, f"{_label(about, question)}{_in_words(finding)}", care=True)
    stops = [one for one in findings if one.force is Force.STOPS and given.refused]
    doubted = not given.refused and any(one.force is Force.DOUBTS for one in findings)
    lines = alike_lines(about, given, filling)
    return _Told(
        blocks=(*told.blocks, *(Paragraph(text=line) for line in lines)),
        fixes=(*told.fixes, *(key for one in stops if here for key in one.fix)),
        doubted=told.doubted or (doubted and here and about.key not in filling.draft.kept),
        named=told.named,
        row=told.row,
        care=told.care,
    )


def _unclear(
    told: _Told, question: Question, about: Question, given: Given, picked: tuple[PersonId, ...], filling: Filling
) -> _Told:
    named = named_in(given.value[0], filling.surroundings(about), picked=picked)
    lines = []
    if named.found:
        lines.append(f"I understood {', '.join(one.name for one in named.found)}.")
    for one in named.unsure:
        name = cut(one.name, NAME_SAID_BACK)
        meant = f"“{name}” may be several people, or another spelling. Whom do you mean?"
        lines.append(meant if one.meant else f"I found nobody called “{name}” in the staff list.")
    if about.kind is AnswerKind.PERSON and len(named.found) > 1:
        lines.append("Please name one person.")
    told = _plus(told, f"{_label(about, question)}{' '.join(lines)}", care=True)
    row = "".join((str(given.number), *(f"{PICK}{one}" for one in picked)))
    return _Told(
        blocks=told.blocks,
        fixes=told.fixes,
        doubted=told.doubted,
        named=named if about.key == question.key else told.named,
        row=row if about.key == question.key else told.row,
        care=True,
    )


def _plus(told: _Told, text: str, *, care: bool = False) -> _Told:
    return _Told(
        blocks=(*told.blocks, Paragraph(text=text)),
        fixes=told.fixes,
        doubted=told.doubted,
        named=told.named,
        row=told.row,
        care=told.care or care,
    )


def _said_back(about: Question, given: Given, filling: Filling) -> str:
    if not given.value:
        return f"Skipped: {about.label}."
    return f"Saved. {asked_label(about)}: {cut(value_in_words(about, given.value, filling.uow), SAID_BACK)}"


def _blocked(given: Given, filling: Filling) -> str:
    setting = filling.uow.settings.get(SettingId(given.value[0])) if given.value else None
    return blocked_in_words(setting, filling)


def _in_words(finding: Finding) -> str:
    return wording.with_clause(finding.says, finding.clause)


def _label(about: Question, question: Question) -> str:
    return "" if about.key == question.key else f"{about.label}: "


def _stands(question: Question, filling: Filling) -> tuple[Block, ...]:
    value = filling.draft.answers.get(question.key)
    if value is None:
        return ()
    stands = cut(value_in_words(question, value, filling.uow), SAID_BACK) if value else "skipped"
    return (Paragraph(text=f"Your answer so far: {stands}"),)


def _hints(question: Question) -> tuple[Block, ...]:
    hints = (question.hint, TYPED_HINTS.get(question.kind, ""))
    return tuple(Paragraph(text=hint) for hint in hints if hint)


def blocked_in_words(setting: Setting | None, filling: Filling) -> str:
    """Return why nothing can be asked for at a setting now."""
    reasons = blocked_for_requests(setting, filling.uow, on=filling.today) if setting else ()
    return " ".join(("Nothing can be asked for there yet.", *reasons))


def why(question: Question, filling: Filling) -> tuple[Block, ...]:
    """Return why a question is asked: a sentence, and the clause it rests on."""
    return (Paragraph(text=question.why), wording.quote(filling.view, question.clause))
