"""The states of a site and what is due of it, as sentences say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.sites.looking_after_in_words import joined
from policy_kb.rules.site_dues import Due
from policy_kb.site_words import SiteState

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from policy_kb.rules.cover import Cover
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_checks import CheckLine

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
SINCE = {
    SiteState.SUBMITTED: "Form changed",
    SiteState.APPROVED: "Approved",
    SiteState.PRE_LIVE: "Being checked since",
    SiteState.REVIEW_DUE: "Something due since",
    SiteState.CLOSING: "Closing since",
    SiteState.CLOSED: "Closed",
    SiteState.SUSPENDED: "Suspended since",
    SiteState.DECLINED: "Declined",
    SiteState.WITHDRAWN: "Withdrawn",
}
"""What the day is on which a site came into its state; of one that is live, the day it went live says more."""


def since_when(site: Site) -> tuple[tuple[str, date], ...]:
    """Return the days from which on a site is what it is, each with what happened."""
    began = "In use since" if site.state is SiteState.LEGACY else "Went live"
    return (
        *(((began, site.live_on),) if site.live_on else ()),
        *(((SINCE[site.state], site.state_since),) if site.state in SINCE else ()),
    )


def put_right_in_words(lines: Sequence[CheckLine]) -> str:
    """Return how many lines of the half-termly check are to put right, and which: ``1 line to put right: Privacy``."""
    number = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    return f"{number} to put right: {joined([one.label for one in lines])}"


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
