"""Read the phrasings the models learn from, and take their fingerprints."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy_kb.edition_files import load_items
from policy_kb.follow_up import said_after
from policy_kb.urgent import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PHRASINGS = Path(__file__).parent.parent / "edition" / "phrasings"
FILES = (PHRASINGS / "clauses.jsonl", PHRASINGS / "other.jsonl", PHRASINGS / "follow_ups.jsonl")

LEARNED_FROM: Mapping[str, tuple[Path, ...]] = {"items": FILES, "urgent": (*FILES, SIGNS), "encoder": FILES}
"""The files each model rests on, by its name."""

URGENT = "urgent"
HARMLESS = "scary_not_urgent"  # sounds alarming and is not; the urgent detector alone learns from it
KEPT_BACK = 20  # one phrasing in so many is never taught, so that there is something to measure by
ASKED_AGAIN = 5  # one short phrasing in so many is learned once more, as a new question after another topic
ASKED_AGAIN_UP_TO = 14  # words; fewer than a follow-up may have, as longer ones say enough to stand alone
STANDS_FOR_ITSELF = frozenset({"A.2.3", "A.5.6"})
"""Clauses about concerns and extreme content: half of their phrasings are urgent, so neither side learns from them."""
BESIDE_THE_POLICY = frozenset({"silent", "smalltalk", "command", URGENT, HARMLESS})


READ_BY_HAND = ("verdict", "form", "who", "channel", "act", "moment")
"""What a person wrote down of some phrasings beside the clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """Something staff might type, and the label it should find."""

    label: str
    text: str
    also: tuple[str, ...] = ()  # other labels that would be as good
    typed: str = ""  # of a follow-up: its words without the heading they are read after
    read: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # what it says in each slot, where somebody read it


def read_phrasings(files: tuple[Path, ...] = FILES) -> tuple[Phrasing, ...]:
    """
    Read every phrasing, those of the clauses first; a follow-up is read as it will be asked, after a clause's heading.

    Raises:
        KeyError: a line has neither a clause nor a label, or no text.
        ValueError: a line is not JSON.
    """
    headings = {(str(item.ref.id), item.ref.part): item.heading for item in load_items()}
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return tuple(_phrasing(json.loads(line), headings) for line in lines)


def taught(phrasings: Sequence[Phrasing]) -> list[Phrasing]:
    """Return the phrasings to learn from."""
    return [one for at, one in enumerate(phrasings) if at % KEPT_BACK]


def kept_back(phrasings: Sequence[Phrasing]) -> list[Phrasing]:
    """Return the phrasings to measure by."""
    return [one for at, one in enumerate(phrasings) if not at % KEPT_BACK]


def after_other_topics(phrasings: Sequence[Phrasing]) -> list[Phrasing]:
    """
    Return some short phrasings once more, each after the heading of another clause, with what it finds by itself.

    Follow-ups teach to lean on that heading; these teach that a new question does not.
    """
    dice = random.Random(ASKED_AGAIN)  # noqa: S311 - an order, not a secret
    headings = {str(item.ref.id): item.heading for item in load_items()}
    openings = tuple(f"{item.heading}. " for item in load_items())
    again = []
    for one in phrasings[::ASKED_AGAIN]:
        beside = one.label in BESIDE_THE_POLICY and one.label != "silent"
        if beside or one.text.startswith(openings) or len(one.text.split()) > ASKED_AGAIN_UP_TO:
            continue
        own = {label.partition(" ")[0] for label in (one.label, *one.also)}
        heading = headings[dice.choice([number for number in headings if number not in own])]
        again.append(replace(one, text=said_after(heading, one.text)))
    return again


def by_themselves(phrasings: Sequence[Phrasing]) -> list[Phrasing]:
    """
    Return the follow-ups once more as they were typed, none of them an alarm.

    The urgent detector reads no heading before a message, and would know such short ones from nowhere.
    """
    return [
        Phrasing(label=HARMLESS, text=one.typed)
        for one in phrasings
        if one.typed and one.label not in (URGENT, *STANDS_FOR_ITSELF)
    ]


def fingerprint(files: tuple[Path, ...]) -> str:
    """Return the checksum of some files, by which a model knows what it was trained on."""
    together = hashlib.sha256()
    for file in files:
        # Line ends differ between machines; the words do not.
        together.update("\n".join(file.read_text("utf-8").splitlines()).encode())
    return together.hexdigest()


def _phrasing(line: dict[str, Any], headings: Mapping[tuple[str, str], str]) -> Phrasing:
    goes_on = "before" in line
    return Phrasing(
        label=line["clause"] if "clause" in line else line["label"],
        text=said_after(_heading(line["before"], headings), line["text"]) if goes_on else line["text"],
        typed=line["text"] if goes_on else "",
        also=tuple(line.get("also", ())),
        read={slot: _values(line[slot]) for slot in READ_BY_HAND if slot in line},
    )


def _heading(item: str, headings: Mapping[tuple[str, str], str]) -> str:
    """Return the heading of an item; of one in several parts, that of the first."""
    number, _, point = item.partition(" ")
    own = headings.get((number, point)) or headings.get((number, "(a)"))
    if own is None:
        raise KeyError(f"The edition has no {item}, which a follow-up comes after.")
    return own


def _values(written: str | list[str]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)
