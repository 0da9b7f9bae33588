"""What of a site somebody is reminded of, as things stand: its checks, its end, its people, their logins, its log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.message import Button
from handlers.people_and_days import day_in_words
from handlers.reminding.abouts import read_number
from handlers.requests.chasing_items import Item
from handlers.requests.in_words import button, short
from handlers.sites.living_checklist import waits_for
from handlers.sites.looking_after_below_said import compose_below_two
from handlers.sites.looking_after_in_words import how_many
from handlers.sites.looking_after_said import attest_buttons
from handlers.sites.moderating_about import read_day_of
from handlers.sites.moderating_patterns_said import compose_patterns, term_log
from handlers.sites.rights import heads_of, parts_of
from policy_kb.bot_words import Action
from policy_kb.rules.patterns import MAY_READ_PATTERNS
from policy_kb.rules.periods import DAY
from policy_kb.rules.register import last_active
from policy_kb.rules.reminding import Reminder
from policy_kb.rules.reminding_days import has_begun, term_start, working_days
from policy_kb.rules.site_dues import Due
from policy_kb.rules.site_people import attestation_due, to_be_told
from policy_kb.site_words import Round, SiteId, SiteState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from handlers.scene import SayScene
    from policy_kb.rules.site import Site

Items = tuple[Item, ...]
LONGEST_AIMS = 300  # characters


def _of_site(item: Callable[[Site, SayScene], Items]) -> Callable[[str, SayScene], Items]:
    """Return what reads the number of a site first; nothing of one that is gone, or in which the reader has no part."""

    def of(about: str, scene: SayScene) -> Items:
        number = read_number(about)
        site = scene.uow.sites.get(SiteId(number)) if number else None
        if site is None or scene.person is None or not parts_of(scene.person.id, site, scene.uow, scene.today):
            return ()
        return item(site, scene)

    return of


def _check(site: Site, scene: SayScene) -> Items:
    waits = waits_for(site, scene.view, scene.uow, scene.today)
    says, buttons = list[str](), list[Button]()
    if Due.HEALTH in waits:
        says.append("is to be looked over once every half-term: six short questions (6.2)")
        buttons.append(button("Look it over", Action.SITE_CHECKS, f"{site.id}:{Round.HEALTH}", is_main=True))
    if Due.STILL_NEEDED in waits:
        says.append("has come to the day on which you wanted to think about whether it is still needed (A.1.6)")
        buttons.append(button("It is still needed", Action.STILL_NEEDED, str(site.id), is_main=not buttons))
    if not says:
        return ()
    text = f"{site.name} {', and '.join(says)}."
    brief = "is to be looked over" if Due.HEALTH in waits else "is to be thought over: is it still needed?"
    return (Item(called=site.name, short=brief, says=text, buttons=tuple(buttons)),)


def _evaluation(site: Site, scene: SayScene) -> Items:
    if Due.EVALUATION not in waits_for(site, scene.view, scene.uow, scene.today):
        return ()
    aims = f" These were its aims: “{short(site.aims, LONGEST_AIMS)}”" if site.aims else ""
    return (
        Item(
            called=site.name,
            short="is to be judged by its aims",
            says=f"How far has {site.name} reached its aims (A.1.7)?{aims}",
            buttons=(button("Say how it went", Action.EVALUATE_SITE, str(site.id), is_main=True),),
        ),
    )


def _closure(site: Site, scene: SayScene) -> Items:
    if site.closure is None or not site.is_in_use or not _has_begun(Reminder.CLOSURE, site.closure, site, scene):
        return ()
    days, when = (site.closure - scene.today).days, day_in_words(site.closure)
    if days > 0:
        brief = f"closes in {days} day{'s' if days > 1 else ''}"
        says = f"{site.name} is to close on {when} (A.1.6). Only the head can keep it open for longer."
    elif days == 0:
        brief, says = "closes today", f"{site.name} is to close today, {when} (A.1.6)."
    else:
        brief = "is past its end"
        says = f"{site.name} was to close on {when}, and is not closed yet (A.1.6). It owes cover until it is."
    return (Item(called=site.name, short=brief, says=says, buttons=_about_the_end(site, scene)),)


def _has_begun(reminder: Reminder, trigger: date, site: Site, scene: SayScene) -> bool:
    setting = scene.uow.settings.get(site.setting)
    if setting is None:
        return False
    days = working_days(calendar_of(setting, scene.uow), scene.today)
    return has_begun(scene.view.reminding.timers[reminder], trigger, scene.today, days)


def _about_the_end(site: Site, scene: SayScene) -> tuple[Button, ...]:
    is_head = scene.person is not None and scene.person.id in heads_of(site.setting, scene.uow, scene.today)
    close = (
        button("What is left to do", Action.SITE_CHECKS, f"{site.id}:{Round.CLOSING}", is_main=True)
        if site.state is SiteState.CLOSING
        else button("Close it now", Action.CLOSE_SITE, str(site.id))
    )
    keep = (button("Keep it for longer", Action.EXTEND_SITE, str(site.id)),) if is_head else ()
    return (close, *keep)


def _still_needed(site: Site, scene: SayScene) -> Items:
    if site.state not in {SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.LEGACY}:
        return ()
    seen = last_active(site)
    if not _has_begun(Reminder.STILL_NEEDED, seen, site, scene):
        return ()
    return (
        Item(
            called=site.name,
            short="has been quiet. Is it still needed?",
            says=f"Nothing has been recorded of {site.name} since {day_in_words(seen)}. Is it still needed (A.1.6)?",
            buttons=(
                button("Yes, it is needed", Action.STILL_NEEDED, str(site.id), is_main=True),
                button("No, close it", Action.CLOSE_SITE, str(site.id)),
            ),
        ),
    )


def _below_two(site: Site, scene: SayScene) -> Items:
    minimum = scene.view.moderating.minimum
    missing = to_be_told(site, scene.today, minimum)
    if not missing:
        return ()
    return (
        Item(
            called=site.name,
            short="has too few people",
            says=f"It has {how_many(missing, minimum)}. Please name somebody (A.5.4).",
            buttons=(button("Name somebody", Action.NAME_PEOPLE, str(site.id)),),
            alone=partial(compose_below_two, str(site.id), scene),
        ),
    )


def _attest(site: Site, scene: SayScene) -> Items:
    setting = scene.uow.settings.get(site.setting)
    if setting is None or scene.person is None:
        return ()
    since = term_start(calendar_of(setting, scene.uow).periods, scene.today)
    own = (one for one in site.members_on(scene.today) if one.person == scene.person.id)
    if not any(attestation_due(one, scene.today, since) for one in own):
        return ()
    return (
        Item(
            called=site.name,
            short="asks for your word, once a term",
            says=f"Is your login to {site.name} still your own, and nobody else's (A.3.2)? "
            "Please never send me a password.",
            buttons=attest_buttons(site),
        ),
    )


def _patterns(about: str, scene: SayScene) -> Items:
    """Return how much was moderated on a site in the term that a day was the end of: ``7:2026-12-18``."""
    site_id, day = read_day_of(about) or (None, None)
    site = scene.uow.sites.get(site_id) if site_id else None
    if site is None or day is None or scene.person is None:
        return ()
    if not MAY_READ_PATTERNS & parts_of(scene.person.id, site, scene.uow, scene.today):
        return ()
    term, found = term_log(site, day, scene)
    if not found.total:
        return ()
    things = "1 thing" if found.total == 1 else f"{found.total} things"
    days = f"from {day_in_words(term.starts_on)} to {day_in_words(term.ends_on - DAY)}"
    return (
        Item(
            called=site.name,
            short=f"had {things} moderated in the term",
            says=f"{things} moderated {days} (A.5.3).",
            buttons=(button("What was moderated", Action.PATTERNS, about),),
            alone=partial(compose_patterns, about, scene),
        ),
    )


ITEMS: Mapping[str, Callable[[str, SayScene], Items]] = {
    Reminder.CHECK: _of_site(_check),
    Reminder.EVALUATION: _of_site(_evaluation),
    Reminder.CLOSURE: _of_site(_closure),
    Reminder.STILL_NEEDED: _of_site(_still_needed),
    Reminder.BELOW_TWO: _of_site(_below_two),
    Reminder.ATTEST: _of_site(_attest),
    Reminder.PATTERNS: _patterns,
}
