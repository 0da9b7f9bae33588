"""Sites move on because a day has come: a check or an evaluation falls due, a closing day arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.sites.living_checklist import waits_for
from policy_kb.rules.site_dues import state_by_clock
from policy_kb.site_words import SiteState
from policy_kb.words import Verb

if TYPE_CHECKING:
    from handlers.acting import Acting
    from policy_kb.rules.site import Site

MOVED_BY_DAYS = frozenset({SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY})
CLAUSES = {SiteState.REVIEW_DUE: "6.2", SiteState.CLOSING: "A.1.6"}


def move_by_clock(act: Acting) -> int:
    """
    Move every site that a day moves, and return how many; the same day again moves none.

    Nobody is told here: reminders do that. A suspended site stays, and one that closes stays until it is closed.

    Policy: 6.2, A.1.6, A.1.7
    """
    return sum(_move(site, act) for site in act.uow.sites.listed(states=MOVED_BY_DAYS))


def _move(found: Site, act: Acting) -> bool:
    if _state(found, act) is found.state:
        return False
    site = act.uow.sites.hold(found.id)
    to = _state(site, act) if site else None
    if site is None or to is None or to is site.state:
        return False
    return act.uow.sites.move(site.id, site.state, to, on=act.today, entry=act.entry(Verb.CHANGED, CLAUSES[to]))


def _state(site: Site, act: Acting) -> SiteState:
    waits = waits_for(site, act.view, act.uow, act.today) if site.state is SiteState.LIVE else frozenset()
    return state_by_clock(site, waits, act.today)
