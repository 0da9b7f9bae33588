"""Tell whether a message speaks of someone at risk, so that help comes before any answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from policy_kb.classifier import MODEL, Classifier
from policy_kb.features import tokens
from policy_kb.toml_entries import read_entries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from policy_kb.toml_entries import Entry

SIGNS = Path(__file__).parent / "edition" / "urgent.toml"
TABLES = ("sign", "about", "harmless", "real")
FORGIVEN_FROM = 6  # letters; a slip in a shorter word is too often another word

ENOUGH = 0.5  # of the score: where training left the trade-off (see the model card)
MEANING = 0.7  # how much the encoder counts beside the n-grams, 0 to 1
DOUBT = 0.7  # how much likelier, by the logarithm of the odds, a message without a single readable sign must be
EVERYDAY = 3  # how often that doubt counts where a message is about some everyday matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """
    What the urgent detector made of a message.

    Policy: A.2.3, A.5.6
    """

    urgent: bool
    score: float  # 0 to 1; a sign that stands alone makes a message urgent at any score
    signs: tuple[str, ...]  # titles of the readable signs in the message, in the order of the file
    alone: bool = False  # one of them stands alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What the readable signs made of a message."""

    text: str  # the message without harmless turns of phrase, slips mended, for the model to read
    titles: tuple[str, ...]  # of all that it mentions, signs or not, in order of letters
    alone: bool  # it holds a phrase that is an alarm by itself


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignWords:
    """The readable signs: what their words and phrases point to."""

    titles: tuple[str, ...]  # of the signs, in the order of the file
    points_to: dict[tuple[str, ...], frozenset[str]]  # a phrase, word by word, and the titles it is under
    alone: frozenset[tuple[str, ...]]  # phrases that are an alarm by themselves
    harmless: frozenset[tuple[str, ...]]  # turns of phrase that are read as if they were not there
    slips: dict[str, str]  # a word with a slip of the pen, and the word that was meant

    @classmethod
    def load(cls, file: Path = SIGNS) -> Self:
        """
        Read the signs.

        Raises:
            EditionError: the file is missing or has a slip; the error names the line.
        """
        signs = _entries(file, "sign", "title", "any", "alone")
        points_to: dict[tuple[str, ...], frozenset[str]] = {}
        for entry in [*signs, *_entries(file, "about", "title", "any")]:
            for phrase in _phrases(entry, "any") | _phrases(entry, "alone"):
                points_to[phrase] = points_to.get(phrase, frozenset()) | {entry.text("title")}
        words = frozenset(word for phrase in points_to for word in phrase)
        real = {phrase[0] for entry in _entries(file, "real", "any") for phrase in _phrases(entry, "any")}
        return cls(
            titles=tuple(entry.text("title") for entry in signs),
            points_to=points_to,
            alone=frozenset(phrase for entry in signs for phrase in _phrases(entry, "alone")),
            harmless=frozenset(
                phrase for entry in _entries(file, "harmless", "any") for phrase in _phrases(entry, "any")
            ),
            slips={slip: word for word in sorted(words) for slip in _slips(word) if slip not in words | real},
        )

    def notice(self, text: str) -> Noticed:
        """Find every listed word and phrase of a message."""
        words = [self.slips.get(word, word) for word in tokens(text)]
        for start, end in sorted(_runs(words, self.harmless), reverse=True):
            words[start:end] = ["-"] * (end - start)  # a gap, so that no phrase forms across it
        found = [tuple(words[start:end]) for start, end in _runs(words, self.points_to.keys())]
        titles = frozenset(title for phrase in found for title in self.points_to[phrase])
        return Noticed(
            text=" ".join(words),
            titles=tuple(sorted(titles)),
            alone=any(phrase in self.alone for phrase in found),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UrgentSigns:
    """Reads messages for readable signs, and weighs them with a model; build one with `load`."""

    words: SignWords
    classifier: Classifier

    @classmethod
    def load(cls, file: Path = SIGNS, model: Path = MODEL) -> Self:
        """Read the signs and the model; raises like `SignWords.load` and `Classifier.load`."""
        return cls(words=SignWords.load(file), classifier=Classifier.load("urgent", model))

    def read(self, text: str, meant: float, *, everyday: bool = False) -> Urgency:
        """
        Say whether help should come first.

        `meant`: how likely the encoder thinks the message urgent, by the logarithm of the odds.
        `everyday`: the search is sure of some matter that has nothing to do with the policy, nor with anybody at risk.

        Policy: A.2.3, A.5.6
        """
        noticed = self.words.notice(text)
        score = score_of(noticed, self.words, self.classifier, meant, everyday=everyday)
        signs = tuple(title for title in self.words.titles if title in noticed.titles)
        return Urgency(urgent=noticed.alone or score >= ENOUGH, score=score, signs=signs, alone=noticed.alone)


def score_of(
    noticed: Noticed, words: SignWords, classifier: Classifier, meant: float, *, everyday: bool = False
) -> float:
    """Return how likely a message is urgent, doubted where it shows no sign that a person could point to."""
    likely = classifier.likely(noticed.text, noticed.titles)
    spelled = likely["urgent"] - likely["calm"]
    doubt = DOUBT * ((not set(words.titles) & set(noticed.titles)) + EVERYDAY * everyday)
    return 1 / (1 + math.exp(-((1 - MEANING) * spelled + MEANING * meant - doubt)))


def _runs(words: list[str], listed: Collection[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield where each listed phrase starts and ends among the words."""
    longest = max(map(len, listed), default=0)
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            if tuple(words[start:end]) in listed:
                yield start, end


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
