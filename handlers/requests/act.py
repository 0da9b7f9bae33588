"""Somebody who does something to a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import cards
from handlers.acting import Acting
from handlers.requests.matter import matter_of
from handlers.telling import tell_all
from policy_kb.bot_words import SayKind
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.requests.matter import Matter
    from policy_kb.request_words import RequestId
    from policy_kb.words import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Acting):
    """Everything that what is done rests on, beside the request itself."""

    def hold(self, request_id: RequestId) -> Matter | None:
        """Let nobody else change a request meanwhile, and return it; None where it is not there."""
        self.uow.requests.hold(request_id)
        return matter_of(request_id, self.view, self.uow)

    def matter(self, request_id: RequestId) -> Matter:
        """Return a request that was there a moment ago."""
        matter = matter_of(request_id, self.view, self.uow)
        if matter is None:
            raise LookupError(request_id)
        return matter

    def ask(self, people: tuple[PersonId, ...], name: str) -> None:
        """Send people the card of a step, whoever acts among them; an older one that they hold points to it."""
        newer = SayFacts(kind=SayKind.NOTICE, about=f"{name}:newer", replaces=True)
        cards.point_to_newer(name, people, newer, self.uow, now=self.now)
        tell_all(people, SayFacts(kind=SayKind.STEP_CARD, about=name), self.uow, now=self.now)

    def refresh_cards(self, name: str, *, asked: tuple[PersonId, ...] = ()) -> None:
        """Show a step as it stands on every card but the one that was pressed, and those of who is sent a new one."""
        pressed = (self.person, self.channel) if self.person and self.channel else None
        say = SayFacts(kind=SayKind.STEP_CARD, about=name)
        cards.refresh_cards(name, say, self.uow, now=self.now, but=pressed, asked=asked)
