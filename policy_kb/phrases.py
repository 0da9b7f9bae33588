"""Find listed phrases in what somebody typed, by whole words."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WORD = re.compile(r"\w+")

# The words `_` stands for. A name or "best mate's" is not among them: that would be somebody else's family.
DESCRIBING = (
    "own|old|older|oldest|young|younger|youngest|eldest|little|big|twin|two|three|"
    "step|foster|adopted|grown-up|teenage|dear|lovely|wee|new"
)


def as_compared(text: str) -> str:
    """Return a text as phrases are looked for in it: in lower case, with plain quotes."""
    return text.casefold().replace("’", "'")


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """
    Turn plain phrases into one pattern: whole words, `*` for any ending, `_` for a word such as "older".

    ``my _ sister`` finds "my sister" and "my older sister", but not "my friend's sister".
    """
    return re.compile("|".join(rf"(?<!\w)(?:{_one(phrase)})(?!\w)" for phrase in words))


class PhraseIndex:
    """Tells which of many lists of phrases a text holds; it looks only where some phrase's first word stands."""

    def __init__(self, lists: Iterable[Iterable[str]]) -> None:
        """Take the lists; raises ValueError with a phrase that begins with neither a letter nor a digit."""
        whole: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        begun: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for at, phrases in enumerate(lists):
            for phrase in phrases:
                first = WORD.match(as_compared(phrase))
                if first is None:
                    raise ValueError(phrase)
                by_first = begun if phrase[first.end() :].startswith("*") else whole
                by_first[first[0]][at].append(phrase)
        self._whole = _compiled(whole)
        self._begun = _compiled(begun)  # by a first word that may go on

    def held(self, text: str) -> frozenset[int]:
        """Return the places of the lists of which a text, as compared, holds a phrase."""
        found: set[int] = set()
        for word in WORD.finditer(text):
            for at, pattern in self._beginning(word[0]):
                if at not in found and pattern.match(text, word.start()):
                    found.add(at)
        return frozenset(found)

    def _beginning(self, word: str) -> Iterator[tuple[int, re.Pattern[str]]]:
        yield from self._whole.get(word, ())
        for end in range(1, len(word) + 1):
            yield from self._begun.get(word[:end], ())


def _compiled(by_first: Mapping[str, Mapping[int, list[str]]]) -> dict[str, tuple[tuple[int, re.Pattern[str]], ...]]:
    return {
        first: tuple((at, compile_words(phrases)) for at, phrases in lists.items()) for first, lists in by_first.items()
    }


def _one(phrase: str) -> str:
    escaped = re.escape(as_compared(phrase)).replace(r"\*", r"[\w']*")
    return escaped.replace(r"\ _\ ", rf"\s+(?:(?:{DESCRIBING})\s+){{0,2}}").replace(r"\ ", r"\s+")
