"""What every turn is answered from: the policy in force, and the answerer that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.answer import Answerer
from policy_kb.clause import ClauseRef
from policy_kb.models import Models, shipped_models
from policy_kb.view import PolicyView, load_view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.editions import EditionId, OfficialEdition
    from storage.unit_of_work import UnitOfWork

OFFICIAL_LABEL = "Word for word from your trust's official document, unless marked as our plain words."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The policy in force, and how it is answered from."""

    view: PolicyView
    answerer: Answerer
    address: str = ""  # where people's browsers find the bot's pages: https://ask.example; empty where nowhere


class Desk:
    """Keeps the shipped edition and the models; lays the official words over them once imported."""

    def __init__(self, shipped: PolicyView, models: Models) -> None:
        self._shipped = shipped
        self._models = models
        self._read: dict[EditionId | None, Reading] = {}
        self._address = ""

    @classmethod
    def open(cls) -> Desk:
        """Load the edition and the models; takes a few tenths of a second."""
        return cls(load_view(), shipped_models())

    def be_found_at(self, address: str) -> None:
        """Let links be made from now on to where people's browsers find the bot's pages; "" for nowhere."""
        self._address = address
        self._read = {}

    def shipped_reading(self) -> Reading:
        """Return the shipped edition, whatever a database says."""
        return Reading(view=self._shipped, answerer=Answerer(self._shipped, self._models))

    def reading(self, uow: UnitOfWork) -> Reading:
        """Return the policy in force at this moment; an import takes effect with the next message."""
        edition_id = uow.editions.active_id()
        reading = self._read.get(edition_id)
        if reading is None:
            view = _laid_over(self._shipped, uow.editions.active())
            answerer = Answerer(view, self._models)
            reading = Reading(view=view, answerer=answerer, address=self._address)
            # Other threads may be reading another edition meanwhile: what is returned is never read back from here.
            self._read = {edition_id: reading}
        return reading


def official_words(edition: OfficialEdition) -> Mapping[ClauseRef, str]:
    """Return what each item of an imported document says, in the document's order."""
    return {ClauseRef(item.id, item.part): item.words for item in edition.items}


def _laid_over(shipped: PolicyView, edition: OfficialEdition | None) -> PolicyView:
    if edition is None:
        return shipped
    return shipped.quoting(official_words(edition), OFFICIAL_LABEL)
