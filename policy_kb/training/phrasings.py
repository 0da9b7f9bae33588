"""Read the phrasings the model learns from, and take their fingerprint."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

PHRASINGS = Path(__file__).parent.parent / "edition" / "phrasings"
FILES = ("clauses.jsonl", "other.jsonl")

URGENT = "urgent"
HARMLESS = "scary_not_urgent"  # sounds alarming and is not; the urgent detector alone learns from it


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """Something staff might type, and the label it should find."""

    label: str
    text: str


def read_phrasings(folder: Path = PHRASINGS) -> tuple[Phrasing, ...]:
    """
    Read every phrasing, those of the clauses first.

    Raises:
        KeyError: a line has neither a clause nor a label, or no text.
        ValueError: a line is not JSON.
    """
    lines = [line for name in FILES for line in (folder / name).read_text("utf-8").splitlines()]
    return tuple(_phrasing(json.loads(line)) for line in lines)


def fingerprint(folder: Path = PHRASINGS) -> str:
    """Return the checksum of the phrasings, by which a model knows what it was trained on."""
    together = hashlib.sha256()
    for name in FILES:
        # Line ends differ between machines; the phrasings do not.
        together.update("\n".join((folder / name).read_text("utf-8").splitlines()).encode())
    return together.hexdigest()


def _phrasing(line: dict[str, str]) -> Phrasing:
    return Phrasing(label=line["clause"] if "clause" in line else line["label"], text=line["text"])
