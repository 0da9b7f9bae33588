"""Reviewed cases, parts and questions back: how the frame of a question changes what an item answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.frame import Frame, Slot
from policy_kb.phrases import as_compared, compile_words
from policy_kb.toml_entries import Entry, read_entries
from policy_kb.words import ItemId, Verdict

if TYPE_CHECKING:
    import re
    from pathlib import Path

    from policy_kb.clause import ClauseRef

TABLES = ("case", "red_line", "misfit", "beyond", "named")
CONDITIONS = tuple(f"{prefix}{slot}" for prefix in ("", "also_", "not_") for slot in Slot)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a question must say, must say too, and must not say, slot by slot."""

    needed: tuple[tuple[Slot, frozenset[str]], ...]
    barred: tuple[tuple[Slot, frozenset[str]], ...]

    def hold(self, frame: Frame) -> bool:
        """Tell whether a frame meets them all."""
        return all(frame.of(slot) & values for slot, values in self.needed) and not any(
            frame.of(slot) & values for slot, values in self.barred
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A reviewed case of one item: under these conditions it answers like this instead."""

    item: ClauseRef
    name: str
    conditions: Conditions
    verdict: Verdict
    answer: str
    unless: str
    also: tuple[ClauseRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Items that something is true of under these conditions: a red line, a misfit, the background to silence."""

    items: tuple[ClauseRef, ...]
    conditions: Conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRule:
    """How to tell which part of a clause a question is about."""

    item: ItemId
    default: str
    where_no: str  # the part that bars what the others allow
    choices: tuple[tuple[str, re.Pattern[str]], ...]

    def part(self, text: str, *, barred: bool) -> str:
        """Return the part that bars for what is `barred`; else the first whose words the text holds, or `default`."""
        if barred and self.where_no:
            return self.where_no
        plain = as_compared(text)
        return next((part for part, words in self.choices if words.search(plain)), self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One reply to a question back, and the clause that then leads."""

    label: str
    value: str
    leads: ClauseRef


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBack:
    """A question that settles a close call between two clauses."""

    slot: Slot
    asks: str
    between: frozenset[ItemId]
    options: tuple[Option, ...]


def load_cases(file: Path) -> tuple[Case, ...]:
    """Read the reviewed cases in order; raises EditionError naming file and line."""
    return tuple(_case(entry) for entry in read_entries(file, "case", beside=_beside("case")))


def load_red_lines(file: Path) -> tuple[Rule, ...]:
    """Read which prohibitions lead, wherever they stand; raises EditionError naming file and line."""
    return tuple(_rule(entry) for entry in read_entries(file, "red_line", beside=_beside("red_line")))


def load_misfits(file: Path) -> tuple[Rule, ...]:
    """Read which items a frame speaks against; raises EditionError naming file and line."""
    return tuple(_rule(entry) for entry in read_entries(file, "misfit", beside=_beside("misfit")))


def load_beyond(file: Path) -> tuple[Rule, ...]:
    """Read what the policy does not say, and its background; raises EditionError naming file and line."""
    return tuple(_rule(entry) for entry in read_entries(file, "beyond", beside=_beside("beyond")))


def load_named(file: Path) -> tuple[Rule, ...]:
    """Read what leads to one item by itself; raises EditionError naming file and line."""
    return tuple(_rule(entry) for entry in read_entries(file, "named", beside=_beside("named")))


def load_parts(file: Path) -> tuple[PartRule, ...]:
    """Read how to choose a part of a clause; raises EditionError naming file and line."""
    return tuple(_part_rule(entry) for entry in read_entries(file, "parts"))


def load_questions_back(file: Path) -> tuple[QuestionBack, ...]:
    """Read the questions back; raises EditionError naming file and line."""
    return tuple(_question(entry) for entry in read_entries(file, "question"))


def _beside(table: str) -> tuple[str, ...]:
    return tuple(other for other in TABLES if other != table)


def _case(entry: Entry) -> Case:
    entry.check_only("item", "name", "verdict", "answer", "unless", "also", *CONDITIONS)
    return Case(
        item=entry.ref(entry.text("item")),
        name=entry.text("name"),
        conditions=_conditions(entry),
        verdict=entry.one_of("verdict", Verdict),
        answer=entry.text("answer"),
        unless=entry.text("unless", default=""),
        also=entry.refs("also"),
    )


def _rule(entry: Entry) -> Rule:
    entry.check_only("items", *CONDITIONS)
    return Rule(items=entry.refs("items"), conditions=_conditions(entry))


def _conditions(entry: Entry) -> Conditions:
    needed = [(slot, frozenset(entry.texts(f"{prefix}{slot}"))) for prefix in ("", "also_") for slot in Slot]
    barred = [(slot, frozenset(entry.texts(f"not_{slot}"))) for slot in Slot]
    return Conditions(
        tuple((slot, values) for slot, values in needed if values),
        tuple((slot, values) for slot, values in barred if values),
    )


def _part_rule(entry: Entry) -> PartRule:
    entry.check_only("item", "default", "where_no", "choices")
    choices = (_inner(entry, fields) for fields in entry.fields.get("choices", []))
    return PartRule(
        item=ItemId(entry.text("item")),
        default=entry.text("default", default=""),
        where_no=entry.text("where_no", default=""),
        choices=tuple((choice.text("part"), compile_words(choice.texts("words"))) for choice in choices),
    )


def _question(entry: Entry) -> QuestionBack:
    entry.check_only("slot", "asks", "between", "options")
    options = (_inner(entry, fields) for fields in entry.fields.get("options", []))
    return QuestionBack(
        slot=entry.one_of("slot", Slot),
        asks=entry.text("asks"),
        between=frozenset(ItemId(one) for one in entry.texts("between")),
        options=tuple(
            Option(label=one.text("label"), value=one.text("value"), leads=one.ref(one.text("leads")))
            for one in options
        ),
    )


def _inner(entry: Entry, fields: object) -> Entry:
    """Read an inline table as an entry on the same line."""
    if not isinstance(fields, dict):
        raise entry.wrong("the list must hold tables in curly brackets.")
    return Entry(entry.file, entry.line, fields)
