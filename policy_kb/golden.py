"""The golden questions: what staff ask, and the answer that stands; read when the policy's words change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.toml_entries import read_entries
from policy_kb.words import Verdict

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from policy_kb.clause import ClauseRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """One question, and what its answer comes to."""

    asks: str
    leads: ClauseRef
    verdict: Verdict


def load_golden(file: Path, items: Container[ClauseRef]) -> tuple[Golden, ...]:
    """
    Read the golden questions; each is led by one of the items.

    Raises:
        EditionError: the file has a slip; the error names the line.
    """
    found: dict[str, Golden] = {}
    for entry in read_entries(file, "golden"):
        entry.check_only("asks", "leads", "verdict")
        one = Golden(
            asks=entry.text("asks"), leads=entry.ref(entry.text("leads")), verdict=entry.one_of("verdict", Verdict)
        )
        if one.leads not in items:
            raise entry.wrong(f"the policy has no {one.leads}.")
        if one.asks in found:
            raise entry.wrong(f"“{one.asks}” stands twice; keep one.")
        found[one.asks] = one
    return tuple(found.values())
