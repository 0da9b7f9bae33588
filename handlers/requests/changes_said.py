"""What has changed in a request since somebody looked at it last, answer by answer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Paragraph
from handlers.requests import in_words
from handlers.requests.shown import asked_label, shown
from policy_kb.request_words import EditClass, Outcome
from policy_kb.rules import edits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.message import Block
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from policy_kb.request_words import QuestionKey, StepKey
    from policy_kb.rules.form import Answers, Form, Question, Value
    from policy_kb.words import PersonId
    from storage.request import Version

MOST_ROWS = 6  # with their answers; of the others the labels
VALUE = 80  # characters of an answer, before and after
REST = 400  # characters of the labels of the others
LEAD = 2  # words before the first that differs
GRAVEST_FIRST = {edit: place for place, edit in enumerate(EditClass)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A question whose answer differs; an answer that did not apply is none."""

    question: Question
    before: Value
    after: Value


def changes_for_step(matter: Matter, key: StepKey, reader: PersonId, scene: SayScene) -> tuple[Block, ...]:
    """
    Return what has changed since a step was decided last, by its reader or else by anybody.

    Where nobody decided it, since the first version: somebody may have been asked then, and read it.
    """
    said = [one for one in matter.facts.decisions if one.step == key and one.outcome is not Outcome.NOT_ME]
    theirs = [one.version for one in said if one.by == reader] or [one.version for one in said]
    return _since(max(theirs, default=1), matter, scene)


def changes_for_reader(matter: Matter, reader: PersonId, scene: SayScene) -> tuple[Block, ...]:
    """Return what has changed since somebody said something to a request; for others, since the version before."""
    said = [one.version for one in matter.facts.decisions if one.by == reader]
    return _since(max(said, default=0), matter, scene)


def _since(number: int, matter: Matter, scene: SayScene) -> tuple[Block, ...]:
    current = matter.facts.version
    seen = number if 0 < number < current else current - 1
    before = scene.uow.requests.version(matter.facts.id, seen)
    return _blocks(before, matter, scene) if before else ()


def _blocks(before: Version, matter: Matter, scene: SayScene) -> tuple[Block, ...]:
    since = f"since version {before.version}"
    changes = _changes(matter.form, before.answers, matter.facts.answers)
    if not changes:
        return (Paragraph(text=f"No answer was changed {since}."),)
    rows = tuple(_row(one, scene) for one in changes[:MOST_ROWS])
    return (Paragraph(text=f"Changed {since}:"), Facts(rows=rows), *_rest(changes[MOST_ROWS:]))


def _rest(changes: tuple[Change, ...]) -> tuple[Paragraph, ...]:
    if not changes:
        return ()
    labels = in_words.short("; ".join(asked_label(one.question) for one in changes), REST)
    return (Paragraph(text=f"And {len(changes)} more, which the whole form has: {labels}"),)


def _changes(form: Form, before: Answers, after: Answers) -> tuple[Change, ...]:
    """Return what differs, the gravest first: what is cut off matters least."""
    was, now = _that_apply(form, before), _that_apply(form, after)
    differ = frozenset(edits.changed(was, now))
    found = (
        Change(question=one, before=was.get(one.key, ()), after=now.get(one.key, ()))
        for one in form.questions
        if one.key in differ
    )
    return tuple(sorted(found, key=lambda one: GRAVEST_FIRST[one.question.edit]))


def _that_apply(form: Form, answers: Answers) -> Mapping[QuestionKey, Value]:
    return {one.key: answers[one.key] for one in form.asked(answers) if one.key in answers}


def _row(change: Change, scene: SayScene) -> Fact:
    before, after = (shown(change.question, value, scene.uow) for value in (change.before, change.after))
    before, after = _from_where_they_differ(before, after)
    return Fact(label=asked_label(change.question), value=f"{before} → {after}")


def _from_where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Return two texts, cut so that what is new in a long one can be seen."""
    if max(len(before), len(after)) <= VALUE:
        return before, after
    was, now = before.split(), after.split()
    same = takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False))
    alike = max(sum(1 for _ in same) - LEAD, 0)
    return _cut(was, alike), _cut(now, alike)


def _cut(words: list[str], start: int) -> str:
    text = " ".join(words[start:])
    return in_words.short(f"…{text}" if start else text, VALUE)
