"""Words that ask for a site or its checks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.heard.courtesies import plain
from handlers.sites import living_ending
from handlers.sites.living_checks import IN_STATES
from handlers.sites.living_seen import sites_to_see
from handlers.sites.moderating_heard import named
from policy_kb.bot_words import SayKind
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handlers.acting import Acting
    from handlers.inbound import TextSent
    from policy_kb.rules.site import Site

LONGEST = 120  # characters
NAME = r"(?:the |our |my )?(?P<site>.{2,60}?)(?: (?:site|page|account))?"
FOR = rf"(?: (?:for|of|on) {NAME})?"
BARE = "sites"
"""One word, which could well be meant as a question; it is a command for whoever has sites."""

THE = re.compile(r"^(?:the|our|my) ")
LIST = re.compile(
    r"(?:(?:show|list)(?: me)? )?(?:all )?(?:my|our) sites|(?:which|what) sites (?:do i|have i)(?: .{2,20})?"
)
ONE = re.compile(
    r"(?:show )?(?:me )?(?:the )?site (?P<number>.{1,60})|(?P<short>s-?[1-9]\d{0,8})"
    rf"|(?:how is|status of) {NAME}"
)
IS_LIVE = re.compile(rf"is {NAME} (?:live|open|closed|closing|suspended|approved)(?: yet| now| already| still)?")
CLOSES = re.compile(rf"(?:(?:shut|close|take) down|close|shut) {NAME}(?: down)?")
EXTENDS = re.compile(rf"(?:extend|prolong) {NAME}(?: (?:until|till?|to) (?P<until>.{{3,40}}))?")
CHECKS = re.compile(rf"(?:the )?(?:half[- ]term(?:ly)? |site )?(?:health[- ]check|healthcheck|checks|checklist)s?{FOR}")
JUDGES = re.compile(rf"(?:evaluate|judge|evaluation (?:of|for)) {NAME}")


def hear(event: TextSent, act: Acting) -> tuple[SayFacts, ...]:
    """
    Take typed words that are a command and nothing else; nothing where they are something else.

    Only where nobody else reads along, and only of sites that somebody looks after or answers for.

    Raises:
        NotYourSite, OnlyTheHead, NotInThisState: they are understood, and cannot be.
    """
    if act.person is None or not event.conversation.private or len(event.text) > LONGEST:
        return ()
    words = plain(event.text).rstrip("? ")
    for pattern, heard in HEARD.items():
        if found := pattern.fullmatch(words):
            return heard(found, sites_to_see(act.person, act.uow, act.today), act)
    if words == BARE and sites_to_see(act.person, act.uow, act.today):
        return (SayFacts(kind=SayKind.SITES),)
    return _by_name(words, event, act)


def _by_name(words: str, event: TextSent, act: Acting) -> tuple[SayFacts, ...]:
    """Show the card of a site whose whole name was typed and nothing else, unless that may answer a form."""
    where = event.conversation
    if act.person is None or act.uow.form_talks.of(where.channel, where.tenant, where.id, act.person):
        return ()
    names = {words, THE.sub("", words)}
    sites = [one for one in sites_to_see(act.person, act.uow, act.today) if plain(one.name) in names]
    return (SayFacts(kind=SayKind.SITE, about=str(sites[0].id)),) if len(sites) == 1 else ()


def _list(found: re.Match[str], sites: Sequence[Site], act: Acting) -> tuple[SayFacts, ...]:
    del found, sites, act
    return (SayFacts(kind=SayKind.SITES),)


def _site(found: re.Match[str], sites: Sequence[Site], act: Acting) -> tuple[SayFacts, ...]:
    del act
    groups = found.groupdict()
    number = groups.get("number") or ""
    site = named(f"site {number}" if number.isdecimal() else number or groups.get("short") or groups["site"], sites)
    return (SayFacts(kind=SayKind.SITE, about=str(site.id)),) if site else ()


def _close(found: re.Match[str], sites: Sequence[Site], act: Acting) -> tuple[SayFacts, ...]:
    site = named(found["site"], sites)
    says = living_ending.whether_to_close(site, act) if site else ()
    return tuple(replace(say, replaces=False) for say in says)


def _extend(found: re.Match[str], sites: Sequence[Site], act: Acting) -> tuple[SayFacts, ...]:
    """Show the form, with the day in it that was named; whoever says more than a day asks something."""
    site, until = named(found["site"], sites), found["until"]
    day = living_ending.day_in(until, site, act) if site and until else None
    if site is None or (until and day is None):
        return ()
    return tuple(replace(say, replaces=False) for say in living_ending.until_when(site, act, day))


def _checks(found: re.Match[str], sites: Sequence[Site], act: Acting) -> tuple[SayFacts, ...]:
    del act
    site = _meant(found["site"], sites)
    rounds = [round_.value for round_, states in IN_STATES.items() if site and site.state in states]
    if site is None:
        return (SayFacts(kind=SayKind.SITES),) if sites and not found["site"] else ()
    if not rounds:
        return (SayFacts(kind=SayKind.SITE, about=str(site.id)),)
    return (SayFacts(kind=SayKind.SITE_CHECKS, about=f"{site.id}:{rounds[0]}"),)


def _judge(found: re.Match[str], sites: Sequence[Site], act: Acting) -> tuple[SayFacts, ...]:
    del act
    site = named(found["site"], sites)
    return (SayFacts(kind=SayKind.SITE_FORM, about=f"{site.id}:evaluate"),) if site else ()


def _meant(name: str | None, sites: Sequence[Site]) -> Site | None:
    """Return the site that words name; the only one, where they name none."""
    if not name:
        return sites[0] if len(sites) == 1 else None
    return named(name, sites)


HEARD: Mapping[re.Pattern[str], Callable[[re.Match[str], Sequence[Site], Acting], tuple[SayFacts, ...]]] = {
    LIST: _list,
    ONE: _site,
    IS_LIVE: _site,
    CLOSES: _close,
    EXTENDS: _extend,
    CHECKS: _checks,
    JUDGES: _judge,
}
