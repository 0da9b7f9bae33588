"""Tell whether a message speaks of someone at risk, so that help comes before any answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from policy_kb.classifier import MODEL, Classifier
from policy_kb.features import tokens
from policy_kb.toml_entries import EditionError, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_kb.toml_entries import Entry

SIGNS = Path(__file__).parent / "edition" / "urgent.toml"
TABLES = ("sign", "about", "real")
FORGIVEN_FROM = 6  # letters; a slip in a shorter word is too often another word

ENOUGH = 0.5  # of the model's score: where training left the trade-off (see the model card)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """
    What the urgent detector made of a message.

    Policy: A.2.3, A.5.6
    """

    urgent: bool
    score: float  # the model's, 0 to 1; a sign that stands alone makes a message urgent at any score
    signs: tuple[str, ...]  # titles of the readable signs in the message, in the order of the file


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignWords:
    """The readable signs: what their words and phrases point to."""

    titles: tuple[str, ...]  # of the signs, in the order of the file
    points_to: dict[tuple[str, ...], frozenset[str]]  # a phrase, word by word, and the titles it is under
    alone: frozenset[tuple[str, ...]]  # phrases that are an alarm by themselves
    slips: dict[str, str]  # a word with a slip of the pen, and the word that was meant
    longest: int  # words of the longest phrase

    @classmethod
    def load(cls, file: Path = SIGNS) -> Self:
        """
        Read the signs.

        Raises:
            EditionError: the file is missing or has a slip; the error names the line.
        """
        points_to: dict[tuple[str, ...], frozenset[str]] = {}
        entries = [*_entries(file, "sign", "title", "any", "alone"), *_entries(file, "about", "title", "any")]
        for entry in entries:
            for phrase in _phrases(entry, "any") | _phrases(entry, "alone"):
                points_to[phrase] = points_to.get(phrase, frozenset()) | {entry.text("title")}
        words = frozenset(word for phrase in points_to for word in phrase)
        real = {phrase[0] for entry in _entries(file, "real", "any") for phrase in _phrases(entry, "any")}
        return cls(
            titles=tuple(entry.text("title") for entry in entries if "alone" in entry.fields),
            points_to=points_to,
            alone=frozenset(phrase for entry in entries for phrase in _phrases(entry, "alone")),
            slips={slip: word for word in sorted(words) for slip in _slips(word) if slip not in words | real},
            longest=max(map(len, points_to)),
        )

    def noticed(self, text: str) -> tuple[tuple[str, ...], bool]:
        """Return the titles of all that a text mentions, in order of letters, and whether a sign stands alone."""
        found = [phrase for phrase in self._runs(text) if phrase in self.points_to]
        titles = frozenset(title for phrase in found for title in self.points_to[phrase])
        return tuple(sorted(titles)), any(phrase in self.alone for phrase in found)

    def _runs(self, text: str) -> Iterator[tuple[str, ...]]:
        words = [self.slips.get(word, word) for word in tokens(text)]
        for start in range(len(words)):
            for end in range(start + 1, min(start + self.longest, len(words)) + 1):
                yield tuple(words[start:end])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UrgentSigns:
    """Reads messages for readable signs, and weighs them with a model; build one with `load`."""

    words: SignWords
    classifier: Classifier

    @classmethod
    def load(cls, file: Path = SIGNS, model: Path = MODEL) -> Self:
        """Read the signs and the model; raises like `SignWords.load` and `Classifier.load`."""
        return cls(words=SignWords.load(file), classifier=Classifier.load("urgent", model))

    def read(self, text: str) -> Urgency:
        """
        Say whether help should come first.

        Policy: A.2.3, A.5.6
        """
        noticed, alone = self.words.noticed(text)
        score = self.classifier.probabilities(text, noticed)["urgent"]
        signs = tuple(title for title in self.words.titles if title in noticed)
        return Urgency(urgent=alone or score >= ENOUGH, score=score, signs=signs)


def _entries(file: Path, table: str, *fields: str) -> list[Entry]:
    entries = list(read_entries(file, table, beside=TABLES))
    for entry in entries:
        entry.check_only(*fields)
    return entries


def _phrases(entry: Entry, field: str) -> frozenset[tuple[str, ...]]:
    phrases = {phrase: tuple(tokens(phrase)) for phrase in entry.texts(field)}
    if not all(phrases.values()):
        raise entry.wrong(f"'{field}' holds a text without a word.")
    return frozenset(phrases.values())


def _slips(word: str) -> Iterator[str]:
    """Yield a word with two letters swapped, one dropped or one doubled; its first and last letters stand."""
    # Without its last letter a word is often another: "hearts", "county", "driver".
    inside = range(1, len(word) - 1) if len(word) >= FORGIVEN_FROM else range(0)
    for at in inside:
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
