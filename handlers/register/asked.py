"""What somebody looks for in the register, as the address of the page says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.rules.register import Mark
from policy_kb.words import SettingId

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LONGEST = 100  # characters of a search
MOST_PAGES = 10_000


class Order(StrEnum):
    """What comes first."""

    ATTENTION = "attention"
    NAME = "name"
    SETTING = "setting"
    ENDS = "ends"  # whose next date is nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Words in the name, a setting, a mark, an order and a page; the page counts from 1."""

    words: str = ""
    setting: SettingId | None = None
    mark: Mark | None = None  # None: everything that is not closed
    order: Order = Order.ATTENTION
    page: int = 1

    @property
    def is_everything(self) -> bool:
        """Whether nothing is looked for in particular."""
        return not self.words and self.setting is None and self.mark is None


def read_asked(values: Mapping[str, str], settings: Collection[SettingId]) -> Asked:
    """Return what is looked for; whatever of it cannot be read counts as not said, for people change addresses."""
    setting, page = SettingId(values.get("setting", "")), values.get("page", "")
    return Asked(
        words=" ".join(values.get("q", "").split())[:LONGEST],
        setting=setting if setting in settings else None,
        mark=next((one for one in Mark if one == values.get("show", "")), None),
        order=next((one for one in Order if one == values.get("sort", "")), Order.ATTENTION),
        page=int(page) if page.isascii() and page.isdigit() and 1 <= int(page[:9]) <= MOST_PAGES else 1,
    )
