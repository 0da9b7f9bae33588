"""What is gathered while a policy document is read: items in the making, and remarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_kb.clause import ClauseRef
    from policy_kb.printed_lines import PrintedLine

SENTENCE_END = (".", ";", ":", "!", "?")


@dataclass(slots=True)
class Block:
    """One item while its lines are being gathered."""

    ref: ClauseRef
    heading: str
    printed: str
    line: int
    texts: list[str] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Tell whether the words so far end as a sentence or an entry of a list does."""
        return not self.texts or self.texts[-1].endswith(SENTENCE_END)


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something the policy owner should look at; `line` only sorts."""

    line: int
    sentence: str


def cut_word(line: PrintedLine, after: PrintedLine | None) -> bool:
    """Tell whether a line ends with a hyphen and the next goes on: ``third-`` or ``communi-``."""
    hyphen = len(line.text) > 1 and line.text[-1] == "-" and line.text[-2].isalpha()
    return hyphen and after is not None and not after.after_blank
