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

SHORT = 20  # words
OPENING, POINTING, BARE = 0.9, 0.7, 0.5  # shares of a message that opens like a follow-up, points back, or neither


@dataclass(frozen=True, slots=True)
class Topic:
    """What a conversation is about, without a word of what was typed."""

    frame: Frame
    lead: ClauseRef | None


@dataclass(frozen=True, slots=True)
class Switch:
    """A slot that, once changed, brings another clause to the front, or keeps one there."""

    leaves: frozenset[ClauseRef]
    slot: Slot
    values: tuple[str, ...]
    leads: ClauseRef | None  # None: whichever led before
    after_act: str = ""  # what the question before has to have been about, if anything


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

    def turns(self, topic: Topic, text: str, follow_up: Frame) -> ClauseRef | None:
        """
        Return the clause that a message turns the topic to; None where it does not.

        It is short, and opens or points like a follow-up, unless what it changes is the act; whom it is about, and by
        which way, a new question says as well.
        """
        plain = as_compared(text).strip()
        switch = self._switch(topic, follow_up) if is_short(plain) else None
        if switch is None:
            return None
        leans = switch.slot is Slot.ACT or self.openers.match(plain) or self.pointers.search(plain)
        return (switch.leads or topic.lead) if leans else None

    def share(self, text: str) -> float:
        """Return how much a message counts as read after the heading before it, beside the message alone."""
        plain = as_compared(text).strip()
        if self.openers.match(plain):
            return OPENING
        return POINTING if self.pointers.search(plain) else BARE

    def new_lead(self, topic: Topic, follow_up: Frame) -> ClauseRef | None:
        """Return the clause a changed slot brings to the front; None where none does."""
        switch = self._switch(topic, follow_up)
        return (switch.leads or topic.lead) if switch else None

    def _switch(self, topic: Topic, follow_up: Frame) -> Switch | None:
        for switch in self.switches:
            after = not switch.after_act or topic.frame.says(Slot.ACT, switch.after_act)
            if topic.lead in switch.leaves and after and follow_up.says(switch.slot, *switch.values):
                return switch
        return None


def is_short(text: str) -> bool:
    """Tell whether a message may lean on the one before; a longer one says enough by itself."""
    return len(text.split()) <= SHORT


def said_after(heading: str, text: str) -> str:
    """Return a follow-up as the models read it: after the heading of the clause that the answer before was led by."""
    return f"{heading}. {text}"


def _switch(entry: Entry) -> Switch:
    entry.check_only("from", "slot", "values", "leads", "after_act")
    values, leads = entry.texts("values"), entry.text("leads", default="")
    if not values:
        raise entry.wrong("'values' must list at least one value of the slot.")
    return Switch(
        leaves=frozenset(entry.refs("from")),
        slot=entry.one_of("slot", Slot),
        values=values,
        leads=entry.ref(leads) if leads else None,
        after_act=entry.text("after_act", default=""),
    )
