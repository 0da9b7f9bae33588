"""Cut a text into the word pieces an encoder knows: the same way when training and when answering."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.features import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
INSIDE = "##"  # marks a piece that goes on within a word
LONGEST_WORD = 40  # letters; a longer one is no word
MOST_PIECES = 96  # of a text, its ends counted

WORD = re.compile(r"[^\W_]+|[^\s\w]|_")


@dataclass(frozen=True, slots=True)
class WordPieces:
    """The pieces an encoder knows, each with its row."""

    rows: dict[str, int]

    def cut(self, text: str) -> list[int]:
        """Return the rows of a text's pieces between those of start and end; of a long text, its head and its tail."""
        found = [row for word in WORD.findall(_plain(text)) for row in self._pieces(word)]
        room = MOST_PIECES - 2
        if len(found) > room:
            found = found[: room // 2] + found[-(room - room // 2) :]
        return [self.rows[START], *found, self.rows[END]]

    def _pieces(self, word: str) -> list[int]:
        """Return the longest pieces that make up a word, from its start; one unknown piece where none do."""
        found = list(self._longest(word)) if len(word) <= LONGEST_WORD else [None]
        return [self.rows[UNKNOWN]] if None in found else [row for row in found if row is not None]

    def _longest(self, word: str) -> Iterator[int | None]:
        start = 0
        while start < len(word):
            before = INSIDE if start else ""
            ends = (end for end in range(len(word), start, -1) if before + word[start:end] in self.rows)
            end = next(ends, None)
            if end is None:
                yield None
                return
            yield self.rows[before + word[start:end]]
            start = end


def _plain(text: str) -> str:
    """Return the text as it is compared, without accents."""
    apart = unicodedata.normalize("NFD", normalise(text))
    return "".join(one for one in apart if unicodedata.category(one) != "Mn")
