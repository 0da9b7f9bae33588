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
    from collections.abc import Mapping
    from pathlib import Path

LONGEST_READ = 2_000  # characters; nobody's question is longer, and the sense stands at its ends
EVERYDAY_AT = 0.9  # likelihood that the policy does not answer, from which a message is about some everyday matter
AT_ONCE = 60  # words the encoder reads at once, for a sign of danger anywhere in a long message


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What the models make of one message."""

    found: Found
    urgency: Urgency


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

    def read(self, text: str) -> Understood:
        """Read a message once, for all that is decided by it."""
        read = self.heads.read(text[:LONGEST_READ])
        parts = _parts(text)
        others = [self.heads.read(part)[URGENT] for part in parts] if len(parts) > 1 else []
        found = self.search.find(text[:LONGEST_READ], read)
        meant = max(map(_odds, [read[URGENT], *others]))
        return Understood(found=found, urgency=self.signs.read(text, meant, everyday=found.silent >= EVERYDAY_AT))

    def urgency(self, text: str) -> Urgency:
        """
        Say whether help should come first for somebody a text speaks of.

        Policy: A.2.3, A.5.6
        """
        return self.signs.read(text, max(_odds(self.heads.read(part)[URGENT]) for part in _parts(text)))


@cache
def shipped_models() -> Models:
    """Return the models that come with the product, read once: nobody ever changes them."""
    return Models.load()


def _odds(likely: Mapping[str, float]) -> float:
    return likely[URGENT] - likely["calm"]


def _parts(text: str) -> list[str]:
    """Cut a long message, so that one sentence in the midst of it is read as well as the first."""
    words = text[:LONGEST].split()
    return [" ".join(words[at : at + AT_ONCE]) for at in range(0, len(words), AT_ONCE)] or [""]
