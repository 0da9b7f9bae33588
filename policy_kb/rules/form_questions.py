"""Read one question of a form from its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_kb.request_words import AnswerKind, EditClass, QuestionKey
from policy_kb.rules.form import Condition, Option, Question
from policy_kb.rules.form_checks import is_check, names_a_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_kb.clause import ClauseRef
    from policy_kb.toml_entries import Entry

QUESTION_FIELDS = (
    "key", "section", "label", "asks", "hint", "why", "clause", "kind", "options", "when", "optional",
    "default", "checks", "edit",
)  # fmt: skip
FACT_FIELDS = ("step", "key", "label", "asks", "hint", "kind", "options", "optional")
SETTING = "setting"
DEFAULTS = ("asker", "line_manager", "department", SETTING)
CHOSEN = (AnswerKind.CHOICE, AnswerKind.TICKS)
YES_NO = (Option(key="yes", label="Yes"), Option(key="no", label="No"))
KEY = re.compile(r"[a-z][a-z0-9_]*")
WHEN = re.compile(r"(?P<question>[a-z0-9_]+) (?:has|is) (?P<values>[a-z0-9_]+(?: or [a-z0-9_]+)*)")


def read_question(entry: Entry, *, earlier: Sequence[Question], all_keys: frozenset[str]) -> Question:
    """
    Read a question; `earlier` are those before it, `all_keys` the keys of all questions of its form.

    Raises:
        EditionError: the entry has a slip.
    """
    entry.check_only(*QUESTION_FIELDS)
    kind = entry.one_of("kind", AnswerKind)
    return Question(
        key=QuestionKey(read_key(entry)),
        section=entry.text("section"),
        label=entry.text("label"),
        asks=entry.text("asks"),
        hint=entry.text("hint", default=""),
        why=entry.text("why"),
        clause=entry.ref(entry.text("clause")),
        kind=kind,
        options=_settings_or_options(entry, kind),
        when=read_conditions(entry, earlier),
        needed=not entry.flag("optional"),
        default=_default(entry),
        checks=_checks(entry, all_keys),
        edit=entry.one_of("edit", EditClass, default=EditClass.MINOR),
    )


def read_fact(entry: Entry, clause: ClauseRef) -> Question:
    """Read what is recorded with a step; it is asked for by the step's clause. Raises EditionError on a slip."""
    entry.check_only(*FACT_FIELDS)
    kind = entry.one_of("kind", AnswerKind)
    return Question(
        key=QuestionKey(read_key(entry)),
        section="",
        label=entry.text("label"),
        asks=entry.text("asks"),
        hint=entry.text("hint", default=""),
        why="",
        clause=clause,
        kind=kind,
        options=_options(entry, kind),
        needed=not entry.flag("optional"),
    )


def read_conditions(entry: Entry, earlier: Sequence[Question]) -> tuple[Condition, ...]:
    """Read `when`, a list such as "audience has pupils or staff"; it may ask about earlier questions only."""
    return tuple(_condition(entry, text, earlier) for text in entry.texts("when"))


def read_key(entry: Entry) -> str:
    """Read a key: small letters, digits and underscores."""
    key = entry.text("key")
    if KEY.fullmatch(key) is None:
        raise entry.wrong(f"'{key}' is no key; use small letters, digits and underscores.")
    return key


def _condition(entry: Entry, text: str, earlier: Sequence[Question]) -> Condition:
    found = WHEN.fullmatch(text)
    if found is None:
        raise entry.wrong(f"'{text}' is no condition; write it as 'audience has pupils or staff'.")
    about = next((question for question in earlier if question.key == found["question"]), None)
    if about is None:
        raise entry.wrong(f"'{text}' asks about '{found['question']}', which is no question before this one.")
    values = tuple(found["values"].split(" or "))
    options = [option.key for option in about.options]
    for value in values:
        if value not in options:
            known = ", ".join(options) or "none"
            raise entry.wrong(f"'{text}': '{about.key}' has no option '{value}'; its options are: {known}.")
    return Condition(question=about.key, values=values)


def _settings_or_options(entry: Entry, kind: AnswerKind) -> tuple[Option, ...]:
    """Which settings there are is known to the trust alone, so a choice among them is written without options."""
    if kind is AnswerKind.CHOICE and entry.fields.get("default") == SETTING and not entry.texts("options"):
        return ()
    return _options(entry, kind)


def _options(entry: Entry, kind: AnswerKind) -> tuple[Option, ...]:
    options = tuple(_option(entry, text) for text in entry.texts("options"))
    if len({option.key for option in options}) != len(options):
        raise entry.wrong("two options have the same key; give one of them another.")
    if kind in CHOSEN and not options:
        raise entry.wrong(f"a question of the kind '{kind}' needs options, such as \"staff: The Academy's staff\".")
    if options and kind not in (*CHOSEN, AnswerKind.DATE):
        raise entry.wrong(f"a question of the kind '{kind}' has no options; leave them out.")
    return YES_NO if kind is AnswerKind.YES_NO else options


def _option(entry: Entry, text: str) -> Option:
    key, colon, label = text.partition(": ")
    if not colon or KEY.fullmatch(key) is None or not label.strip():
        raise entry.wrong(f"'{text}' is no option; write a key, a colon and a label: \"staff: The Academy's staff\".")
    return Option(key=key, label=label.strip())


def _default(entry: Entry) -> str:
    default = entry.text("default", default="")
    if default and default not in DEFAULTS:
        raise entry.wrong(f"'{default}' is no default; use one of: {', '.join(DEFAULTS)}.")
    return default


def _checks(entry: Entry, all_keys: frozenset[str]) -> tuple[str, ...]:
    for text in entry.texts("checks"):
        name, _, other = text.partition(" ")
        if not is_check(name):
            raise entry.wrong(f"'{name}' is no check; the checks are listed in docs/requests.md.")
        if names_a_question(name) != bool(other):
            needs = "needs a question after its name" if not other else "stands alone"
            raise entry.wrong(f"the check '{text}' is not written as it should be: '{name}' {needs}.")
        if other and other not in all_keys:
            raise entry.wrong(f"the check '{text}' names '{other}', which is no question of this form.")
    return entry.texts("checks")
