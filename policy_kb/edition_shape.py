"""Which numbers the shipped edition has: what an official document is held against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.edition_files import EDITION, load_items

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policy_kb.words import ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionShape:
    """The numbers of the edition, without its words."""

    ids: tuple[ItemId, ...]  # each once, in the policy's order
    sections: frozenset[str]  # "4", "A.3"
    lists: Mapping[ItemId, int]  # items that stand beside parts of their own, and how many parts


def load_shape(folder: Path = EDITION) -> EditionShape:
    """Read the shape of the edition; raises EditionError like `load_items`."""
    refs = [item.ref for item in load_items(folder)]
    wholes = {ref.id for ref in refs if not ref.part}
    ids = tuple(dict.fromkeys(ref.id for ref in refs))
    return EditionShape(
        ids=ids,
        sections=frozenset(id_.rpartition(".")[0] for id_ in ids if id_[-1].isdigit() and "." in id_),
        lists=Counter(ref.id for ref in refs if ref.part and ref.id in wholes),
    )
