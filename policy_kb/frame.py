"""Read the frame of a question: who it is about, by what channel, when, and what is being asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.family import FamilyReader
from policy_kb.phrases import WORD, PhraseIndex, as_compared
from policy_kb.toml_entries import Entry, read_entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


OFFICIAL = "official"
OWN_FAMILY, PERHAPS_OTHERS = "own_family", "perhaps_others"
NEEDS_WORDS = frozenset(
    {OWN_FAMILY, "break", "parent_governor", "school_email", "school_meet", "school_mobile", OFFICIAL}
)
"""Values on which a permission may rest: only words that a person can point at put them in a slot."""
PASSED_OVER = frozenset({"on_social"})
"""Acts that a follow-up takes back by naming another channel."""
DEVICES = frozenset({"school_mobile", "own_phone"})
BY_DEVICE = "by_device"
"""The act of a follow-up that names a device and not what is done with it; nothing is permitted by that."""
PLAIN_AT = 0.5  # share of a slot, from which a value counts as read there by the encoder


class Slot(StrEnum):
    """One thing a question may say or leave open; its values stand in `frames.toml`."""

    WHO = "who"
    CHANNEL = "channel"
    ACT = "act"
    WHOSE = "whose"
    MOMENT = "moment"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a question says in each slot; an empty set is a slot left open."""

    values: dict[Slot, frozenset[str]] = field(default_factory=dict)

    def says(self, slot: Slot, *values: str) -> bool:
        """Tell whether the question names any of these values in that slot."""
        return bool(self.of(slot) & set(values))

    def of(self, slot: Slot) -> frozenset[str]:
        """Return the values named in a slot."""
        return self.values.get(slot, frozenset())

    def leaves_open(self, slot: Slot) -> bool:
        """Tell whether the question says nothing in that slot."""
        return not self.of(slot)

    @property
    def may_permit(self) -> bool:
        """Tell whether it names anything on which a permission may rest, whom or by which way."""
        return any(values & NEEDS_WORDS - {OFFICIAL} for values in self.values.values())

    def with_(self, slot: Slot, value: str) -> Frame:
        """Return the same frame with one slot settled."""
        return replace(self, values={**self.values, slot: frozenset({value})})

    def filled_in(self, likely: Mapping[str, Mapping[str, float]]) -> Frame:
        """Return this frame with what the encoder reads in the slots that words leave open, and every act it reads."""
        seen = {
            slot: self.of(slot) | {value for value, share in likely[slot].items() if share >= PLAIN_AT} - NEEDS_WORDS
            for slot in Slot
            if slot in likely and (slot is Slot.ACT or self.leaves_open(slot))
        }
        return Frame({**self.values, **seen})

    def carried_on_by(self, follow_up: Frame) -> Frame:
        """
        Return this frame with what a follow-up says put in its place, slot by slot.

        Whoever asks what to do instead asks for another way, so the way that was asked about is left behind.
        """
        said = {slot: values for slot, values in follow_up.values.items() if values}
        if follow_up.says(Slot.FORM, "instead"):
            said = {Slot.CHANNEL: frozenset[str](), Slot.ACT: frozenset[str](), **said}
        channel = follow_up.of(Slot.CHANNEL)
        by_device = channel and channel <= DEVICES and not follow_up.says(Slot.ACT, "contact", "one_to_one")
        if by_device:
            said[Slot.ACT] = said.get(Slot.ACT, self.of(Slot.ACT) - PASSED_OVER) | {BY_DEVICE}
        kept = {slot: values - PASSED_OVER if Slot.CHANNEL in said else values for slot, values in self.values.items()}
        return Frame({**kept, **said})


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that put a value in a slot, and what must not stand beside them."""

    slot: Slot
    value: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    beats: frozenset[str]  # values of the same slot this one rules out


class FrameReader:
    """Reads frames by the phrases in `frames.toml`, and whom they are about by `family.toml` beside it."""

    def __init__(self, phrases: tuple[_Phrase, ...], family: FamilyReader) -> None:
        self._phrases = phrases
        self._family = family
        self._of_family = frozenset(at for at, phrase in enumerate(phrases) if phrase.value == OWN_FAMILY)
        self._words = PhraseIndex(phrase.words for phrase in phrases)
        self._unless = PhraseIndex(phrase.unless for phrase in phrases)

    @classmethod
    def load(cls, file: Path) -> FrameReader:
        """Read both; raises EditionError naming the file and the line of a slip."""
        phrases = tuple(_phrase(entry) for entry in read_entries(file, "phrase"))
        return cls(phrases, FamilyReader.load(file.with_name("family.toml")))

    def read(self, text: str) -> Frame:
        """Return the frame of a question, in any case and with any quotes."""
        plain = as_compared(text)
        held = self._words.held(plain) | (self._of_family if self._family.names_family(text) else frozenset())
        fired = [self._phrases[at] for at in sorted(held - self._unless.held(plain))]
        beaten = {(phrase.slot, value) for phrase in fired for value in phrase.beats}
        values: dict[Slot, set[str]] = {}
        for phrase in fired:
            if (phrase.slot, phrase.value) not in beaten:
                values.setdefault(phrase.slot, set()).add(phrase.value)
        if OWN_FAMILY in values.get(Slot.WHO, ()) and self._family.names_others(text):
            values.setdefault(Slot.ACT, set()).add(PERHAPS_OTHERS)
        return Frame({slot: frozenset(found) for slot, found in values.items()})


def _phrase(entry: Entry) -> _Phrase:
    entry.check_only("slot", "value", "words", "unless", "beats")
    words, unless = entry.texts("words"), entry.texts("unless")
    if not words:
        raise entry.wrong("'words' must list at least one phrase.")
    if any(WORD.match(phrase) is None for phrase in (*words, *unless)):
        raise entry.wrong("each phrase must begin with a letter or a digit.")
    return _Phrase(
        slot=entry.one_of("slot", Slot),
        value=entry.text("value"),
        words=words,
        unless=unless,
        beats=frozenset(entry.texts("beats")),
    )
