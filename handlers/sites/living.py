"""What is done to a site in its life: checked, gone live, judged, extended, closed, suspended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.sites import living_checks, living_ending, living_judging
from handlers.sites.living_about import KEPT, MORE, read_card
from handlers.sites.living_moves import site_card
from handlers.sites.living_seen import may_see
from handlers.sites.looking_after_naming import GONE
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.site_life import NotYourSite
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed


def show_sites(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Show the sites that somebody looks after or answers for."""
    del event, act
    return (SayFacts(kind=SayKind.SITES),)


def show_site(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Show the card of a site, or what is behind its “More”; where it is left as it is, in the place of the question.

    Raises:
        NotYourSite: whoever asks has no part in it.
    """
    wanted = read_card(event.about)
    site = act.uow.sites.get(wanted.site) if wanted else None
    if wanted is None or site is None:
        return (GONE,)
    if not may_see(site, act):
        raise NotYourSite
    if wanted.done == KEPT:
        return (site_card(site),)
    return (SayFacts(kind=SayKind.SITE, about=f"{site.id}:{MORE}" if wanted.more else str(site.id)),)


ACTIONS: Mapping[Action, Callable[[ButtonPressed, Acting], tuple[SayFacts, ...]]] = {
    Action.SITES: show_sites,
    Action.SITE: show_site,
    Action.SITE_CHECKS: living_checks.show_checks,
    Action.CHECK_SITE: living_checks.answer,
    Action.IS_LIVE: living_checks.go_live,
    Action.SITE_ADDRESS: living_judging.keep_address,
    Action.EVALUATE_SITE: living_judging.evaluate,
    Action.STILL_NEEDED: living_judging.keep_needed,
    Action.CLOSE_SITE: living_ending.ask_to_close,
    Action.CLOSE_SITE_SURELY: living_ending.close,
    Action.EXTEND_SITE: living_ending.extend,
    Action.SITE_CLOSED: living_ending.finish,
    Action.SUSPEND_SITE: living_ending.ask_to_suspend,
    Action.SUSPEND_SITE_SURELY: living_ending.suspend,
    Action.RESUME_SITE: living_ending.resume,
    Action.TAKE_IN_SITE: living_ending.take_in,
}
