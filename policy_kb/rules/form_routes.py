"""Read the steps and routes of a form from its file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_kb.request_words import StepKey, StepKind
from policy_kb.rules.form import BY, OTHERWISE, Route, Step
from policy_kb.rules.form_questions import read_conditions, read_fact, read_key
from policy_kb.words import Role, SettingId, SettingType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_kb.rules.form import Question
    from policy_kb.toml_entries import Entry

STEP_FIELDS = (
    "key",
    "kind",
    "by",
    "or_by",
    "otherwise",
    "after",
    "title",
    "asks",
    "clause",
    "box",
    "when",
    "final",
)
ROUTE_FIELDS = ("for", "settings", "steps")


def read_routes(
    steps: Sequence[Entry], facts: Sequence[Entry], routes: Sequence[Entry], questions: Sequence[Question]
) -> tuple[Route, ...]:
    """
    Read the routes; each takes some of the steps, in the order its boxes are printed.

    A final step comes after all others of its route.
    Where a step comes after one that its route leaves out, it comes after what that one would have waited for.

    Raises:
        EditionError: an entry has a slip.
    """
    known = _steps(steps, facts, questions)
    for entry in steps:
        _check_no_circle(entry, known)
    return tuple(_route(entry, known) for entry in routes)


def _steps(entries: Sequence[Entry], facts: Sequence[Entry], questions: Sequence[Question]) -> Mapping[StepKey, Step]:
    found: dict[StepKey, Step] = {}
    for entry in entries:
        step = _step(entry, questions)
        if step.key in found:
            raise entry.wrong(f"the step '{step.key}' stands twice; give one of them another key.")
        found[step.key] = step
    for entry in facts:
        step_key = StepKey(entry.text("step"))
        if step_key not in found:
            raise entry.wrong(f"'{step_key}' is no step here; the steps are: {', '.join(found)}.")
        step = found[step_key]
        found[step_key] = replace(step, facts=(*step.facts, read_fact(entry, step.clause)))
    return found


def _step(entry: Entry, questions: Sequence[Question]) -> Step:
    entry.check_only(*STEP_FIELDS)
    return Step(
        key=StepKey(read_key(entry)),
        kind=entry.one_of("kind", StepKind),
        by=_by(entry, entry.text("by"), questions),
        or_by=tuple(_by(entry, text, questions) for text in entry.texts("or_by")),
        otherwise=tuple(_otherwise(entry, text) for text in entry.texts("otherwise")),
        after=tuple(StepKey(text) for text in entry.texts("after")),
        title=entry.text("title"),
        asks=entry.text("asks"),
        clause=entry.ref(entry.text("clause")),
        box=entry.text("box", default=""),
        when=read_conditions(entry, questions),
        is_final=entry.flag("final"),
    )


def _by(entry: Entry, text: str, questions: Sequence[Question]) -> Role | str:
    if text in list(Role):
        return Role(text)
    if text not in BY:
        raise entry.wrong(f"nobody is called '{text}'; use a role of roles.toml, or one of: {', '.join(BY)}.")
    named = text.removeprefix("answer:")
    if named != text and all(question.key != named for question in questions):
        raise entry.wrong(f"'{text}' names the question '{named}', which this form does not ask.")
    return text


def _otherwise(entry: Entry, text: str) -> Role | str:
    if text in list(Role):
        return Role(text)
    if text not in OTHERWISE:
        raise entry.wrong(f"nobody is called '{text}'; use a role of roles.toml, or one of: {', '.join(OTHERWISE)}.")
    return text


def _check_no_circle(entry: Entry, known: Mapping[StepKey, Step]) -> None:
    key = StepKey(entry.text("key"))
    for other in known[key].after:
        if other not in known:
            raise entry.wrong(f"'{key}' comes after '{other}', which is no step here: {', '.join(known)}.")
    reached: set[StepKey] = set()
    ahead = list(known[key].after)
    while ahead:
        step = ahead.pop()
        if step == key:
            raise entry.wrong(f"'{key}' would wait for itself; take something out of 'after'.")
        if step not in reached and step in known:
            reached.add(step)
            ahead.extend(known[step].after)


def _route(entry: Entry, known: Mapping[StepKey, Step]) -> Route:
    entry.check_only(*ROUTE_FIELDS)
    types, settings = entry.some_of("for", SettingType), entry.texts("settings")
    if not types and not settings:
        raise entry.wrong('say for whom: for = ["academy"], or settings = ["elm-academy"].')
    keys = tuple(StepKey(text) for text in entry.texts("steps"))
    for key in keys:
        if key not in known:
            raise entry.wrong(f"'{key}' is no step here; the steps are: {', '.join(known)}.")
    finals = [key for key in keys if known[key].is_final]
    if len(finals) != 1 or len(set(keys)) != len(keys):
        raise entry.wrong("a route needs each step once, and exactly one that has final = true.")
    return Route(
        steps=tuple(_within(known[key], keys, known) for key in keys),
        setting_types=types,
        settings=tuple(SettingId(text) for text in settings),
    )


def _within(step: Step, route: Sequence[StepKey], known: Mapping[StepKey, Step]) -> Step:
    if step.is_final:
        return replace(step, after=tuple(key for key in route if key != step.key))
    waits = _waits_for(step, route, known)
    return replace(step, after=tuple(key for key in route if key in waits))


def _waits_for(step: Step, route: Sequence[StepKey], known: Mapping[StepKey, Step]) -> frozenset[StepKey]:
    inherited = (_waits_for(known[key], route, known) for key in step.after if key not in route)
    return frozenset(key for key in step.after if key in route).union(*inherited)
