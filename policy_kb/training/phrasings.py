"""Read the phrasings the models learn from, and take their fingerprints."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policy_kb.urgent import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping

PHRASINGS = Path(__file__).parent.parent / "edition" / "phrasings"
FILES = (PHRASINGS / "clauses.jsonl", PHRASINGS / "other.jsonl")

LEARNED_FROM: Mapping[str, tuple[Path, ...]] = {"items": FILES, "urgent": (*FILES, SIGNS)}
"""The files each model rests on, by its name."""

URGENT = "urgent"
HARMLESS = "scary_not_urgent"  # sounds alarming and is not; the urgent detector alone learns from it
BESIDE_THE_POLICY = frozenset({"silent", "smalltalk", "command", URGENT, HARMLESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """Something staff might type, and the label it should find."""

    label: str
    text: str


def read_phrasings(files: tuple[Path, ...] = FILES) -> tuple[Phrasing, ...]:
    """
    Read every phrasing, those of the clauses first.

    Raises:
        KeyError: a line has neither a clause nor a label, or no text.
        ValueError: a line is not JSON.
    """
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return tuple(_phrasing(json.loads(line)) for line in lines)


def fingerprint(files: tuple[Path, ...]) -> str:
    """Return the checksum of some files, by which a model knows what it was trained on."""
    together = hashlib.sha256()
    for file in files:
        # Line ends differ between machines; the words do not.
        together.update("\n".join(file.read_text("utf-8").splitlines()).encode())
    return together.hexdigest()


def _phrasing(line: dict[str, str]) -> Phrasing:
    return Phrasing(label=line["clause"] if "clause" in line else line["label"], text=line["text"])
