"""Turn phrasings into lessons for the encoder's heads: the item, the urgency, and what was read by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.heads import ITEM, NOTHING, URGENT, broad_label
from policy_kb.training.encoder_fit import Lesson
from policy_kb.training.phrasings import HARMLESS, READ_BY_HAND, STANDS_FOR_ITSELF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_kb.training.phrasings import Phrasing
    from policy_kb.word_pieces import WordPieces

CALM = "calm"
LEADING = 0.7  # of an item head's aim that goes to the label itself, where others would be as good
WEIGHTS: Mapping[str, float] = {ITEM: 1.0, URGENT: 0.5, **dict.fromkeys(READ_BY_HAND, 0.3)}


def heads_for(phrasings: Sequence[Phrasing]) -> dict[str, tuple[str, ...]]:
    """Return the labels of each head, in order."""
    items = {one.label for one in phrasings if one.label != HARMLESS}
    heads = {ITEM: tuple(sorted(items)), URGENT: (CALM, URGENT)}
    for slot in READ_BY_HAND:
        values = {value for one in phrasings for value in one.read.get(slot, ())}
        heads[slot] = (*sorted(values), NOTHING)
    return heads


def lesson(phrasing: Phrasing, pieces: WordPieces) -> Lesson:
    """Return what each head should make of a phrasing; none is wanted of a head that nobody could answer for."""
    wanted: dict[str, dict[str, float]] = {slot: _shares(values) for slot, values in phrasing.read.items()}
    if phrasing.label != HARMLESS:
        wanted[ITEM] = _item(phrasing)
    if phrasing.label not in STANDS_FOR_ITSELF:
        wanted[URGENT] = {URGENT if broad_label(phrasing.label) == URGENT else CALM: 1.0}
    return Lesson(rows=pieces.cut(phrasing.text), wanted=wanted)


def _item(phrasing: Phrasing) -> dict[str, float]:
    if not phrasing.also:
        return {phrasing.label: 1.0}
    return {phrasing.label: LEADING, **dict.fromkeys(phrasing.also, (1 - LEADING) / len(phrasing.also))}


def _shares(values: tuple[str, ...]) -> dict[str, float]:
    return dict.fromkeys(values, 1 / len(values)) if values else {NOTHING: 1.0}
