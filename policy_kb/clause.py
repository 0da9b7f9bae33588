"""An item of the policy: its number, its words, and what was settled about it on review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from policy_kb.words import DefectId, DefectType, Force, ItemId, Kind, Role, Verdict


@dataclass(frozen=True, slots=True, order=True)
class ClauseRef:
    """Points at one item, or at one part of it: ``5.3`` part ``(a)``; no part is the whole item."""

    id: ItemId
    part: str = ""

    def __str__(self) -> str:
        """Print it as staff would write it: ``5.3(a)``, ``checklist 2``."""
        separator = "" if self.part.startswith("(") or not self.part else " "
        return f"{self.id}{separator}{self.part}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """
    One item of the policy, with one force.

    A clause that mixes forces (4.2, 5.3, 5.5, A.4.11) is several of these, told apart by `ref.part`.
    """

    ref: ClauseRef
    heading: str  # ours, at most six words
    kind: Kind
    force: Force
    words: str  # our plain English, or the official words once imported
    answer: str  # the sentence after the verdict, addressed to the person who asks
    unless: str  # exceptions and conditions in a sentence; empty where there are none
    verdict: Verdict  # of "may I / must I do what this speaks of?", nothing else known
    may_be: tuple[Verdict, ...]  # what it answers instead where the question is put otherwise; never a permission
    opens: str  # what stands in place of the verdict's usual word; empty where that fits
    decides: tuple[Role, ...]  # who may approve
    together: bool  # all of `decides` must; otherwise any one may
    told: tuple[Role, ...]  # who must or may be consulted, asked or told
    exceptions: tuple[ClauseRef, ...]
    neighbours: tuple[ClauseRef, ...]
    defects: tuple[DefectId, ...]
    official: bool  # `words` are the trust's own, word for word


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """A known weakness of the policy's text, and how an answer treats it (never a silent repair)."""

    id: DefectId
    where: tuple[ClauseRef, ...]
    type: DefectType
    problem: str
    treatment: str
    note: str  # the one line an answer shows; empty where none helps the person who asks
    nursery_only: bool  # the note helps nursery staff alone


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFacts:
    """The front matter (`front`): when the policy was adopted and when its review is due."""

    title: str
    version: str
    adopted: str
    review: str
    review_last_day: date
    label: str  # what an answer's footer says of the words it quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTitle:
    """What a role is called, and what it is called in a nursery where 2.2 maps it."""

    role: Role
    title: str
    nursery: str  # empty where 2.2 does not map it


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody to call when a child or adult is at risk; most are not named in the policy."""

    key: str
    line: str  # what the escalation block prints
    title: str
    review_on: date
