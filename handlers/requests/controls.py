"""What a question is answered with, apart from words: fields, and a few buttons in the order they are wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.message import Button, ButtonStyle, Field, InputKind, Option
from handlers.requests import conversation
from handlers.requests.filling import person_label
from handlers.requests.pressed import PICK, SAME, SKIPPED, SUGGESTED
from handlers.requests.reading import OF_PEOPLE, OF_WORDS
from policy_kb.bot_words import Action
from policy_kb.request_words import AnswerKind
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.heard.people_named import Named
    from handlers.requests.filling import Filling
    from policy_kb.rules.form import Question, Value
    from storage.person import Person

MOST_BUTTONS = 5  # options as buttons; more of them become one control
LABEL = 40  # characters of a button
ROOM = 75  # characters of an option
ABOUT = 150  # characters of what a button is about
CHOSEN = frozenset({AnswerKind.CHOICE, AnswerKind.YES_NO})
FIELD_KINDS = {
    AnswerKind.TEXT: InputKind.LINE,
    AnswerKind.LONG: InputKind.LONG,
    AnswerKind.CHOICE: InputKind.ONE,
    AnswerKind.YES_NO: InputKind.ONE,
    AnswerKind.TICKS: InputKind.MANY,
    AnswerKind.PERSON: InputKind.ONE,
    AnswerKind.PEOPLE: InputKind.MANY,
    AnswerKind.DATE: InputKind.DATE,
    AnswerKind.AGES: InputKind.LINE,
    AnswerKind.NUMBER: InputKind.LINE,
}
TYPED = frozenset({*OF_WORDS, AnswerKind.AGES, AnswerKind.NUMBER})  # answered in the chat itself


def fields_of(question: Question, filling: Filling, named: Named | None = None) -> tuple[Field, ...]:
    """Return the control of a question that is asked alone; none where buttons or words answer it."""
    has_buttons = question.kind in CHOSEN and len(filling.options(question)) <= MOST_BUTTONS
    if question.kind in TYPED or has_buttons:
        return ()
    found = tuple(one.id for one in named.found) if named else ()
    return (field_of(question, filling, filled=found),)


def field_of(question: Question, filling: Filling, *, filled: Value = (), hint: str = "") -> Field:
    """Return the control of a question, with what stands there already."""
    stands = filled or filling.draft.answers.get(question.key, ())
    options = _offered(question, filling, stands)
    known = {option.value for option in options}
    if question.kind is AnswerKind.DATE:
        stands = tuple(value for value in stands if value[:1].isdigit())
    elif question.kind is AnswerKind.AGES:
        stands = ("-".join(stands),) if stands else ()
    elif question.kind not in TYPED:
        stands = tuple(value for value in stands if value in known)
    return Field(
        name=question.key,
        label=question.label,
        kind=FIELD_KINDS[question.kind],
        options=options,
        filled=stands,
        hint=hint,
        needed=question.needed,
    )


def buttons_of(
    question: Question, filling: Filling, *, named: Named | None = None, row: str = ""
) -> tuple[Button, ...]:
    """
    Return the buttons of a question: what answers it, then the quiet ones; `row` is an unclear answer's number.

    At most one stands out: of several answers none is to be preferred.
    """
    about = f"{filling.draft.id}:{question.key}"
    return (
        *_picks(about, row, named),
        *_answering(question, filling, about),
        *_keeping(question, filling, about),
        *_quiet(question, filling, about),
    )


def doubt_buttons(question: Question, filling: Filling) -> tuple[Button, ...]:
    """Return the buttons under a doubt: what was given stays, or is typed anew."""
    about = f"{filling.draft.id}:{question.key}"
    keep = Button(label="Keep it", action=Action.KEEP, about=about, style=ButtonStyle.MAIN)
    others = (*_answering(question, filling, about), *_quiet(question, filling, about))
    return (keep, *(replace(one, style=ButtonStyle.QUIET) for one in others))


def fix_buttons(keys: Iterable[str], filling: Filling) -> tuple[Button, ...]:
    """Return a button for each other question whose answer could be changed instead."""
    answers = filling.draft.answers
    others = (conversation.asked_question(filling.form, answers, key) for key in dict.fromkeys(keys))
    return tuple(
        Button(label=_cut(f"Change: {one.label}"), action=Action.EDIT, about=f"{filling.draft.id}:{one.key}")
        for one in others
        if one
    )


def cut(text: str, room: int) -> str:
    """Return a text shortened to fit, with an ellipsis where something is gone."""
    flat = " ".join(text.split())
    return flat if len(flat) <= room else f"{flat[: room - 1].rstrip()}…"


def _cut(text: str) -> str:
    return cut(text, LABEL)


def _offered(question: Question, filling: Filling, stands: Value) -> tuple[Option, ...]:
    if question.kind in OF_PEOPLE:
        offered = filling.offered()
        here = {one.id for one in offered}
        others = (filling.uow.people.get(PersonId(one)) for one in stands if one not in here)
        chosen = [one for one in others if one and one.is_in_post(filling.today)]
        return tuple(_person(one) for one in (*chosen, *offered))[:100]
    if question.kind is AnswerKind.DATE:
        return ()
    return tuple(Option(value=one.key, label=cut(one.label, ROOM)) for one in filling.options(question))


def _person(person: Person) -> Option:
    return Option(value=person.id, label=person_label(person))


def _picks(about: str, row: str, named: Named | None) -> tuple[Button, ...]:
    """Return a button for everybody whom the first unclear name may mean."""
    if named is None or not row:
        return ()
    unclear = next((one for one in named.unsure if one.meant), None)
    buttons = (
        Button(
            label=_cut(person_label(one)),
            action=Action.ANSWER,
            about=f"{about}:{row}{PICK}{one.id}",
        )
        for one in (unclear.meant if unclear else ())
    )
    return tuple(one for one in buttons if len(one.about) <= ABOUT)


def _answering(question: Question, filling: Filling, about: str) -> tuple[Button, ...]:
    options = filling.options(question)
    as_buttons = question.kind is AnswerKind.DATE or (question.kind in CHOSEN and len(options) <= MOST_BUTTONS)
    found = [(_cut(one.label), one.key) for one in options] if as_buttons else []
    suggested, value = filling.suggestion(question)
    if value and filling.draft.answers.get(question.key) != value:
        found.append((_cut(suggested), SUGGESTED))
    has_field = question.kind not in TYPED and (question.kind not in CHOSEN or not as_buttons)
    save = (_save(about),) if has_field else ()
    if question.kind in OF_WORDS and filling.before(question):
        found.append(("Same as before", SAME))
    style = ButtonStyle.MAIN if len(found) == 1 and not save else ButtonStyle.QUIET
    given = (Button(label=label, action=Action.ANSWER, about=f"{about}:{what}", style=style) for label, what in found)
    return (*save, *given)


def _save(about: str) -> Button:
    return Button(label="Save", action=Action.ANSWER, about=about, style=ButtonStyle.MAIN)


def _keeping(question: Question, filling: Filling, about: str) -> tuple[Button, ...]:
    if question.key not in filling.draft.answers:
        return ()
    return (Button(label="Keep as it is", action=Action.KEEP, about=about),)


def _quiet(question: Question, filling: Filling, about: str) -> tuple[Button, ...]:
    form, answers, request = filling.form, filling.draft.answers, str(filling.draft.id)
    is_first = conversation.question_before(form, answers, question.key) is None
    together = len(conversation.questions_of_section(form, answers, question)) > 1
    wanted = (
        (not question.needed, Button(label="Skip", action=Action.ANSWER, about=f"{about}:{SKIPPED}")),
        (not is_first, Button(label="Back", action=Action.BACK, about=request)),
        (True, Button(label="Why?", action=Action.WHY, about=about)),
        (True, Button(label="Pause", action=Action.PAUSE, about=request)),
        (together, Button(label="Whole section at once", action=Action.SECTION, about=about)),
    )
    return tuple(button for is_wanted, button in wanted if is_wanted)
