"""The states of a site and what is due of it, as sentences say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.people_and_days import day_in_words
from policy_kb.rules.site_dues import Due
from policy_kb.site_words import SiteState

if TYPE_CHECKING:
    from collections.abc import Collection

    from policy_kb.rules.cover import Cover
    from policy_kb.rules.site import Site

STANDS = {
    SiteState.DRAFT: "being written",
    SiteState.SUBMITTED: "being decided on again",
    SiteState.DECLINED: "declined",
    SiteState.WITHDRAWN: "withdrawn",
    SiteState.APPROVED: "approved, not live yet",
    SiteState.PRE_LIVE: "being checked before it goes live",
    SiteState.LIVE: "live",
    SiteState.REVIEW_DUE: "live, and something is due",
    SiteState.CLOSING: "closing",
    SiteState.CLOSED: "closed",
    SiteState.SUSPENDED: "suspended",
    SiteState.LEGACY: "in use, with no approval on paper",
}
WAITS = {
    Due.HEALTH: "its half-termly check (6.2)",
    Due.EVALUATION: "judging it by its aims (A.1.7)",
    Due.STILL_NEEDED: "whether it is still needed (A.1.6)",
}


def stands(site: Site) -> str:
    """Return where a site is and since when: ``live since 4 December 2026``."""
    return f"{STANDS[site.state]}, since {day_in_words(site.state_since)}"


def what_waits(waits: Collection[Due]) -> tuple[str, ...]:
    """Return what is due of a site, the most pressing first."""
    return tuple(text for due, text in WAITS.items() if due in waits)


def cover_in_words(cover: Cover) -> str:
    """Return how a stretch is covered: ``2 of 5 slots have nobody``."""
    open_ = sum(len(gap.slots) for gap in cover.gaps)
    if not cover.slots:
        return "no rota yet"
    if not open_:
        return "covered"
    return f"{open_} of {len(cover.slots)} slots {'has' if open_ == 1 else 'have'} nobody"
