"""Carry a topic on: a follow-up changes one slot of the question before and keeps the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.frame import Frame, Slot
from policy_kb.phrases import as_compared, compile_words
from policy_kb.toml_entries import Entry, read_entries

if TYPE_CHECKING:
    import re
    from pathlib import Path

    from policy_kb.clause import ClauseRef

SHORT = 14  # words
OPENING, POINTING, BARE = 0.8, 0.55, 0.3  # shares of a message that opens like a follow-up, points back, or neither


@dataclass(frozen=True, slots=True)
class Topic:
    """What a conversation is about, without a word of what was typed."""

    frame: Frame
    lead: ClauseRef | None


@dataclass(frozen=True, slots=True)
class Switch:
    """A slot that, once changed, brings another clause to the front."""

    leaves: frozenset[ClauseRef]
    slot: Slot
    value: str
    leads: ClauseRef


@dataclass(frozen=True, slots=True)
class FollowUps:
    """How follow-ups are told from new questions, and what they change."""

    openers: re.Pattern[str]
    pointers: re.Pattern[str]
    switches: tuple[Switch, ...]

    @classmethod
    def load(cls, file: Path) -> FollowUps:
        """Read `follow_ups.toml`; raises EditionError naming file and line."""
        (words,) = read_entries(file, "follow_up", beside=("switch",))
        words.check_only("openers", "pointers")
        return cls(
            openers=compile_words(words.texts("openers")),
            pointers=compile_words(words.texts("pointers")),
            switches=tuple(_switch(entry) for entry in read_entries(file, "switch", beside=("follow_up",))),
        )

    def is_follow_up(self, text: str) -> bool:
        """Tell whether a message leans on the one before: short, and it opens or points like one."""
        plain = as_compared(text).strip()
        return is_short(plain) and bool(self.openers.match(plain) or self.pointers.search(plain))

    def share(self, text: str) -> float:
        """Return how much a message counts as read after the heading before it, beside the message alone."""
        plain = as_compared(text).strip()
        if self.openers.match(plain):
            return OPENING
        return POINTING if self.pointers.search(plain) else BARE

    def new_lead(self, topic: Topic, follow_up: Frame) -> ClauseRef | None:
        """Return the clause a changed slot brings to the front; None where none does."""
        for switch in self.switches:
            if topic.lead in switch.leaves and follow_up.says(switch.slot, switch.value):
                return switch.leads
        return None


def is_short(text: str) -> bool:
    """Tell whether a message may lean on the one before; a longer one says enough by itself."""
    return len(text.split()) <= SHORT


def said_after(heading: str, text: str) -> str:
    """Return a follow-up as the models read it: after the heading of the clause that the answer before was led by."""
    return f"{heading}. {text}"


def _switch(entry: Entry) -> Switch:
    entry.check_only("from", "slot", "value", "leads")
    return Switch(
        frozenset(entry.refs("from")), entry.one_of("slot", Slot), entry.text("value"), entry.ref(entry.text("leads"))
    )
