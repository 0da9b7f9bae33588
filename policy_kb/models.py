"""All that was learned, loaded once: what it makes of a message."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Self

from policy_kb.classifier import MODEL
from policy_kb.features import LONGEST
from policy_kb.heads import URGENT, Heads
from policy_kb.search import Found, Search
from policy_kb.urgent import SIGNS, Urgency, UrgentSigns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Likely = Mapping[str, Mapping[str, float]]  # by head, then by label: the logarithm of how likely it is

LONGEST_READ = 2_000  # characters; nobody's question is longer, and the sense stands at its ends
EVERYDAY_AT = 0.9  # likelihood that the policy does not answer, from which a message is about some everyday matter
AT_ONCE = 60  # words the encoder reads at once, for a sign of danger anywhere in a long message


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What the models make of one message."""

    found: Found
    urgency: Urgency
    parts: tuple[Found, ...]  # of each question in it that was named


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Models:
    """The encoder, the n-grams and the readable signs; build one with `load`."""

    heads: Heads
    search: Search
    signs: UrgentSigns

    @classmethod
    def load(cls, folder: Path = MODEL, signs: Path = SIGNS) -> Self:
        """
        Read everything; it takes some tenths of a second.

        Raises:
            OSError: a file is missing.
            ValueError: a file is not what training writes.
            EditionError: the signs have a slip; the error names the line.
        """
        return cls(heads=Heads.load(folder), search=Search.load(folder), signs=UrgentSigns.load(signs, folder))

    def read(self, text: str, parts: Sequence[str] = ()) -> Understood:
        """Read a message once, for all that is decided by it, and the questions it holds beside it."""
        windows = _windows(text)
        further = windows if len(windows) > 1 else []  # one alone is the whole
        whole, *read = self.heads.read_all([text[:LONGEST_READ], *parts, *further])
        found = self.search.find(text[:LONGEST_READ], whole)
        meant = _meant([whole, *read[len(parts) :]])
        return Understood(
            found=found,
            urgency=self.signs.read(text, meant, everyday=found.silent >= EVERYDAY_AT),
            parts=tuple(self.search.find(part, own) for part, own in zip(parts, read, strict=False)),
        )

    def urgency(self, text: str) -> Urgency:
        """
        Say whether help should come first for somebody a text speaks of.

        Policy: A.2.3, A.5.6
        """
        return self.signs.read(text, _meant(self.heads.read_all(_windows(text))))


@cache
def shipped_models() -> Models:
    """Return the models that come with the product, read once: nobody ever changes them."""
    return Models.load()


def _meant(read: Iterable[Likely]) -> float:
    """Return how likely the encoder thinks the likeliest of some texts urgent, by the logarithm of the odds."""
    return max(one[URGENT][URGENT] - one[URGENT]["calm"] for one in read)


def _windows(text: str) -> list[str]:
    """Cut a long message, so that one sentence in the midst of it is read as well as the first."""
    words = text[:LONGEST].split()
    return [" ".join(words[at : at + AT_ONCE]) for at in range(0, len(words), AT_ONCE)] or [""]
