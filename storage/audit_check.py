"""What was done to the audit by another hand: every row held against its hash, its neighbours and the heads kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias, assert_never

from storage.audit_chain import NOTHING_BEFORE, row_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from storage.audit_chain import ChainRow

SubjectKey: TypeAlias = tuple[str, str]
Recorded: TypeAlias = "Mapping[SubjectKey, Mapping[int, str]]"
"""Of each subject, the hashes that were once noted outside the database, by the number of the row."""


class Flaw(StrEnum):
    """What is wrong with a chain at one number."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    MOVED = "moved"
    REPLACED = "replaced"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One flaw, and where: the number is that of the row as it should be."""

    flaw: Flaw
    subject: SubjectKey
    number: int
    other: int = 0  # MOVED: the number it was written under; CUT_OFF: the last that is left

    def __str__(self) -> str:
        """Return it as a sentence, without saying whose chain it is."""
        return _sentence(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a look at the whole audit found."""

    findings: tuple[Finding, ...]
    chains: int
    rows: int


def verify(rows: Iterable[ChainRow], recorded: Recorded) -> Verification:
    """Look at every row; they come one subject after the other, each by number."""
    findings: list[Finding] = []
    seen: set[SubjectKey] = set()
    count = 0
    for subject, chain in groupby(rows, key=lambda row: row.subject):
        kept = tuple(chain)
        inside = tuple(check_chain(kept))
        findings += (*inside, *_against_heads(kept, recorded.get(subject, {}), inside))
        seen.add(subject)
        count += len(kept)
    findings += (
        Finding(flaw=Flaw.GONE, subject=subject, number=max(heads))
        for subject, heads in recorded.items()
        if heads and subject not in seen
    )
    return Verification(findings=tuple(findings), chains=len(seen), rows=count)


def check_chain(rows: Sequence[ChainRow]) -> Iterator[Finding]:
    """
    Yield what is wrong within one chain.

    A tail that was cut off, and a chain written anew from some row to its end, look whole from inside.
    """
    before: ChainRow | None = None
    sound = True  # what came before says what its hash says, so that the next link tells something
    for row in rows:
        expected = before.number + 1 if before else 1
        if row.number < expected:
            yield Finding(flaw=Flaw.INSERTED, subject=row.subject, number=row.number)
            continue
        yield from (
            Finding(flaw=Flaw.MISSING, subject=row.subject, number=lost) for lost in range(expected, row.number)
        )
        if not row.is_whole():
            yield _changed_or_moved(row, len(rows))
        elif sound and row.number == expected and row.previous_hash != (before.hash if before else NOTHING_BEFORE):
            yield Finding(flaw=Flaw.REPLACED, subject=row.subject, number=before.number if before else row.number)
        sound = row.is_whole()
        before = row


def _changed_or_moved(row: ChainRow, length: int) -> Finding:
    for other in range(1, length + 2):
        if row_hash(row, number=other) == row.hash:
            return Finding(flaw=Flaw.MOVED, subject=row.subject, number=row.number, other=other)
    return Finding(flaw=Flaw.CHANGED, subject=row.subject, number=row.number)


def _against_heads(chain: Sequence[ChainRow], heads: Mapping[int, str], inside: Sequence[Finding]) -> Iterator[Finding]:
    known = {finding.number for finding in inside}
    hashes = {row.number: row.hash for row in chain}
    subject, last = chain[0].subject, max(hashes)
    for number, kept in sorted(heads.items()):
        if number > last:
            yield Finding(flaw=Flaw.CUT_OFF, subject=subject, number=last + 1, other=last)
            return
        if number in hashes and hashes[number] != kept and number not in known:
            # Whatever follows a rewritten row differs as well; the first place is what helps.
            yield Finding(flaw=Flaw.REWRITTEN, subject=subject, number=number)
            return


def _sentence(finding: Finding) -> str:  # noqa: PLR0911 - one line for each flaw
    number = finding.number
    match finding.flaw:
        case Flaw.CHANGED:
            return f"Row {number} was changed after it was written."
        case Flaw.MISSING:
            return f"Row {number} is missing."
        case Flaw.INSERTED:
            return f"A row with the number {number} was put in; there was no place for it."
        case Flaw.MOVED:
            return f"Row {number} was written as row {finding.other}: rows were reordered, put in or taken out."
        case Flaw.REPLACED:
            return f"Row {number} is not the one that row {number + 1} was written after: it was replaced or put in."
        case Flaw.CUT_OFF:
            return f"The rows from {number} on are cut off; they were there when the heads were kept."
        case Flaw.REWRITTEN:
            return f"The chain was written anew at or before row {number}: it ends in another hash than was kept."
        case Flaw.GONE:
            return f"The whole chain is gone; its last row was {number} when the heads were kept."
        case _:
            assert_never(finding.flaw)
