"""What a reader can do with a site: what is due and what people use each week first, the rest behind “More”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests import in_words
from handlers.sites.living_about import MORE
from handlers.sites.living_checklist import RUNNING
from policy_kb.bot_words import Action
from policy_kb.rules.patterns import MAY_LOG
from policy_kb.rules.site import IN_USE, OWES_PEOPLE, STARTING
from policy_kb.rules.site_dues import Due
from policy_kb.rules.site_life import MAY_CHECK, MAY_CLOSE, MAY_SUSPEND, Doer
from policy_kb.rules.swapping import DECIDE
from policy_kb.site_words import Round, SiteState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.message import Button
    from policy_kb.rules.site import Site

MOST_AT_ONCE = 7  # more than that is a wall on a phone


def card_buttons(site: Site, parts: frozenset[Doer], waits: frozenset[Due]) -> tuple[Button, ...]:
    """Return the buttons of a site's card; where they are many, those that are seldom used are behind one."""
    first = (*_next_steps(site, parts, waits), *_each_week(site, parts))
    seldom = tuple(_seldom(site, parts, waits))
    if len(first) + len(seldom) <= MOST_AT_ONCE:
        return (*first, *seldom)
    return (*first, in_words.button("More", Action.SITE, f"{site.id}:{MORE}"))


def more_buttons(site: Site, parts: frozenset[Doer], waits: frozenset[Due]) -> tuple[Button, ...]:
    """Return the buttons that stand behind “More”."""
    return tuple(_seldom(site, parts, waits))


def _next_steps(site: Site, parts: frozenset[Doer], waits: frozenset[Due]) -> Iterator[Button]:
    """Yield what is to be done now with a site, where it is the reader's to do."""
    number = str(site.id)
    if site.state in STARTING and MAY_CHECK & parts:
        yield in_words.button("Checks before it goes live", Action.SITE_CHECKS, f"{number}:pre_live", is_main=True)
    if _may_check(site, parts) and Due.HEALTH in waits:
        yield in_words.button("Half-termly check", Action.SITE_CHECKS, f"{number}:{Round.HEALTH}", is_main=True)
    if _may_judge(site, parts):
        if Due.EVALUATION in waits:
            yield in_words.button("Judge it by its aims", Action.EVALUATE_SITE, number, is_main=True)
        if Due.STILL_NEEDED in waits:
            yield in_words.button("It is still needed", Action.STILL_NEEDED, number, is_main=True)
    if site.state is SiteState.CLOSING and MAY_CLOSE & parts:
        yield in_words.button("List before it closes", Action.SITE_CHECKS, f"{number}:{Round.CLOSING}", is_main=True)
    if Doer.HEAD in parts and site.state is SiteState.SUSPENDED:
        yield in_words.button("It may be used again", Action.RESUME_SITE, number, is_main=True)
    if Doer.HEAD in parts and site.state is SiteState.LEGACY:
        yield in_words.button("Approve it", Action.TAKE_IN_SITE, number, is_main=True)


def _each_week(site: Site, parts: frozenset[Doer]) -> Iterator[Button]:
    number = str(site.id)
    if site.state in IN_USE and MAY_LOG & parts:
        yield in_words.button("Log something", Action.LOG, number)
        yield in_words.button("Extreme: what to do", Action.EXTREME, number)
    if site.state in OWES_PEOPLE:
        yield in_words.button("Who looks after it", Action.NAME_PEOPLE, number)
    if site.state in IN_USE | STARTING:
        yield in_words.button("What is not covered", Action.GAPS, number)


def _seldom(site: Site, parts: frozenset[Doer], waits: frozenset[Due]) -> Iterator[Button]:
    number = str(site.id)
    if site.state in IN_USE and MAY_LOG & parts:
        yield in_words.button("Plan for stepping in", Action.PLAN, number)
    if site.state in IN_USE | STARTING and DECIDE & parts:
        yield in_words.button("Change the rota", Action.ROTA_SHAPE, number)
    if site.state in OWES_PEOPLE and MAY_CHECK & parts:
        label = "Change its address" if site.address else "Where people find it"
        yield in_words.button(label, Action.SITE_ADDRESS, number)
    if _may_check(site, parts) and Due.HEALTH not in waits:
        yield in_words.button("Half-termly check", Action.SITE_CHECKS, f"{number}:{Round.HEALTH}")
    if _may_judge(site, parts) and Due.EVALUATION not in waits:
        yield in_words.button("Judge it by its aims", Action.EVALUATE_SITE, number)
    yield from _endings(site, parts)


def _endings(site: Site, parts: frozenset[Doer]) -> Iterator[Button]:
    number = str(site.id)
    if Doer.HEAD in parts and site.closure and site.state in RUNNING | {SiteState.CLOSING}:
        yield in_words.button("Let it go on longer", Action.EXTEND_SITE, number)
    if MAY_CLOSE & parts and site.state in RUNNING | {SiteState.SUSPENDED}:
        yield in_words.button("Close it", Action.CLOSE_SITE, number)
    if MAY_SUSPEND & parts and site.state in IN_USE:
        yield in_words.button("Suspend it", Action.SUSPEND_SITE, number)


def _may_check(site: Site, parts: frozenset[Doer]) -> bool:
    return site.state in RUNNING and bool(MAY_CHECK & parts)


def _may_judge(site: Site, parts: frozenset[Doer]) -> bool:
    return site.state in RUNNING and bool(MAY_CLOSE & parts)
