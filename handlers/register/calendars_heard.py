"""Words that ask for the address of a calendar feed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.cover.seen import sites_of
from handlers.heard.courtesies import plain
from handlers.register.calendars import NOTHING, WHICH, say_calendar
from policy_kb.bot_words import SayKind
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.acting import Acting
    from handlers.inbound import TextSent
    from policy_kb.rules.site import Site

LONGEST = 160  # characters
WISH = (
    r"(?:(?:can|could|may) (?:i|we|you) |(?:i'd like|i would like|i want|i need)(?: to)? |please )*"
    r"(?:(?:have|get|show|send|give|make|open|see|find|add|subscribe to|link to)(?: me)? |where(?:'s| is) )?"
)
OF_COVER = r"(?:(?:cover|duty|rota|slots?|duties) )?"
LINK = r"(?: (?:link|address|feed|subscription|url))?"
ASKED = re.compile(
    rf"{WISH}(?:(?:a|an|the|my|our|own) )*{OF_COVER}(?P<new>(?:another|different|new|fresh) )?"
    rf"{OF_COVER}(?:calendar|ical|ics){LINK}(?: (?:for|of) (?P<site>.+))?"
    rf"|(?P<anew>(?:change|replace|renew|reset|revoke|stop)) (?:my |the )?{OF_COVER}"
    rf"(?:calendar|ical|ics){LINK}(?: (?:for|of) (?P<site2>.+))?"
    r"|(?:add|put|show|see)(?: all)? my (?:slots|rota|duties|turns) (?:to|in|into|on) (?:my|a|the) calendar"
)
OWN = frozenset({"me", "myself", "my slots", "my own slots", "my rota", "my duties"})
BARE = frozenset({"calendar", "the calendar", "a calendar"})
"""Words that could well answer a question of a form."""


def hear(event: TextSent, act: Acting) -> tuple[SayFacts, ...]:
    """Take words that ask for a calendar feed and say nothing else; any others are left to the policy."""
    if act.person is None or len(event.text) > LONGEST:
        return ()
    words = plain(event.text).rstrip("? ")
    found = ASKED.fullmatch(words)
    if found is None or (words in BARE and _fills_in_a_form(event, act)):
        return ()
    sites = sites_of(act.person, act.uow, act.today)
    named = found["site"] or found["site2"] or ""
    if not sites:
        return () if named or words in BARE else (SayFacts(kind=SayKind.CALENDAR, about=NOTHING),)
    site = None if named in OWN else _named(named, sites)
    if named and named not in OWN and site is None:
        return (SayFacts(kind=SayKind.CALENDAR, about=WHICH),) if f" for {named}" in words else ()
    wants_new = bool(found["new"] or found["anew"])
    return (say_calendar(site.id if site else None, act, private=event.conversation.private, new=wants_new),)


def _named(words: str, sites: Iterable[Site]) -> Site | None:
    """Return the site that words are the name of: PE Instagram, S-7, site 7."""
    meant = words.removeprefix("the ").strip()
    called = ((one, {" ".join(one.name.casefold().split()), f"s-{one.id}", f"site {one.id}"}) for one in sites)
    return next((one for one, names in called if meant in names), None)


def _fills_in_a_form(event: TextSent, act: Acting) -> bool:
    where = event.conversation
    return act.person is not None and bool(act.uow.form_talks.of(where.channel, where.tenant, where.id, act.person))
