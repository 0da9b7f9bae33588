"""Words that log what was moderated, or ask for help with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.heard.courtesies import plain
from handlers.sites.moderating_about import LogAbout, sites_for
from handlers.sites.moderating_patterns_said import sites_with_patterns
from policy_kb.bot_words import SayKind
from policy_kb.site_words import LogAction, LogCategory
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from handlers.acting import Acting
    from handlers.inbound import TextSent
    from policy_kb.rules.site import Site

    Choice = TypeVar("Choice")

LONGEST = 100  # characters
BARE = frozenset({"log", "patterns"})
"""Words that could well answer a question of a form."""

ACTS = {
    LogAction.KEPT: r"kept|left",
    LogAction.HIDDEN: r"hidden|hid",
    LogAction.REMOVED: r"removed|deleted|took down|taken down",
    LogAction.BLOCKED: r"blocked",
    LogAction.ESCALATED: r"escalated|passed on",
}
CATEGORIES = {
    LogCategory.SPAM: r"spam|advert|advertising",
    LogCategory.RUDE: r"rude|rudeness|swearing",
    LogCategory.BULLYING: r"bullying|harassment",
    LogCategory.PERSONAL_DETAILS: r"personal details",
    LogCategory.IMAGE: r"image|picture|photo",
    LogCategory.COMPLAINT: r"complaint",
    LogCategory.EXTREME: r"extreme(?: offence)?",
    LogCategory.OTHER: r"other|something else",
}
FOR = r"(?: (?:for|on|from) (?:the |our )?(?P<site>.{2,60}?)(?: (?:site|page|account))?)?"
WHAT = r"(?: (?:an? |some |the )?(?P<category>{categories})(?: (?:comments?|posts?|messages?))?)?"
DID = r"(?:i(?:'ve| have)? )?(?:just )?(?P<act>{acts})"
OF_WHAT = WHAT.format(categories="|".join(CATEGORIES.values()))
LOGS = re.compile(
    r"log(?: (?:it|something|that))?(?: {did})?".format(did=DID.format(acts="|".join(ACTS.values()))) + OF_WHAT + FOR
)
# Without “log” before it, “left a complaint” is said of much else: only what was taken away is understood.
TAKEN_AWAY = (LogAction.HIDDEN, LogAction.REMOVED, LogAction.BLOCKED)
DONE = re.compile(DID.format(acts="|".join(ACTS[one] for one in TAKEN_AWAY)) + OF_WHAT.removesuffix("?") + FOR)
EXTREME = re.compile(r"extreme(?: (?:offence|offense|comment|content|post))?" + FOR)
HORRIBLE = re.compile(
    r"(?:(?:some(?:one|body)|a (?:parent|stranger|troll))(?: has|'s)?(?: just)? (?:posted|written|wrote|commented|put)"
    r"|there(?:'s| is)|i(?:'ve| have)?(?: just)? (?:seen|found|saw))"
    r" (?:something|a comment that is|an?) (?:really |so |very )?"
    r"(?:horrible|awful|terrible|vile|disgusting|nasty|shocking|appalling|horrific)"
    r"(?: (?:comment|post|message|picture))?"
    r"(?: (?:on|under) (?:my|our|the) (?:site|page|account|post|feed))?" + FOR
)
PLANS = re.compile(r"(?:show )?(?:me )?(?:the |my |our )?(?:intervention plans?|plans? for stepping in)" + FOR)
PATTERNS = re.compile(r"(?:show )?(?:me )?(?:the |my |our )?(?:moderation )?patterns" + FOR)
NUMBERED = re.compile(r"(?:s-?|site )([1-9][0-9]{0,8})")


def hear(event: TextSent, act: Acting) -> tuple[SayFacts, ...]:
    """
    Take typed words that are a command and nothing else; nothing where they are something else.

    Only where nobody else reads along, and only of people who look after the site they name.
    """
    if act.person is None or not event.conversation.private or len(event.text) > LONGEST:
        return ()
    words = plain(event.text).rstrip("? ")
    where = event.conversation
    if words in BARE and act.uow.form_talks.of(where.channel, where.tenant, where.id, act.person):
        return ()
    for pattern, heard in HEARD.items():
        if found := pattern.fullmatch(words):
            return tuple(heard(found, act))
    return ()


def _log(found: re.Match[str], act: Acting) -> Iterator[SayFacts]:
    sites = sites_for(act.person, act.uow, act.today) if act.person else ()
    site = named(found["site"], sites)
    says_more = found["site"] or found["category"] or found["act"]
    if (not sites and says_more) or (found["site"] and site is None):
        return
    known = LogAbout(
        site=site.id if site else None, action=_key(found["act"], ACTS), category=_key(found["category"], CATEGORIES)
    )
    if known.category is LogCategory.EXTREME:
        yield SayFacts(kind=SayKind.EXTREME, about=str(site.id) if site else "")
    yield SayFacts(kind=SayKind.LOG_FORM, about=known.about)


def _extreme(found: re.Match[str], act: Acting) -> Iterator[SayFacts]:
    site = named(found["site"], sites_for(act.person, act.uow, act.today)) if act.person else None
    if site or not found["site"]:
        yield SayFacts(kind=SayKind.EXTREME, about=str(site.id) if site else "")


def _horrible(found: re.Match[str], act: Acting) -> Iterator[SayFacts]:
    """Say what to do at once to whoever looks after a site; everybody else asks about the policy."""
    if act.person and sites_for(act.person, act.uow, act.today):
        yield from _extreme(found, act)


def _plan(found: re.Match[str], act: Acting) -> Iterator[SayFacts]:
    sites = sites_for(act.person, act.uow, act.today) if act.person else ()
    yield from _of_a_site(SayKind.PLAN, found["site"], sites)


def _patterns(found: re.Match[str], act: Acting) -> Iterator[SayFacts]:
    sites = sites_with_patterns(act.person, act.uow, act.today) if act.person else ()
    if not sites and not found["site"] and act.person and sites_for(act.person, act.uow, act.today):
        yield SayFacts(kind=SayKind.PATTERNS)  # which says whose they are to read
    yield from _of_a_site(SayKind.PATTERNS, found["site"], sites)


def _of_a_site(kind: SayKind, name: str | None, sites: Sequence[Site]) -> Iterator[SayFacts]:
    site = named(name, sites)
    if sites and (site or not name):
        yield SayFacts(kind=kind, about=str(site.id) if site else "")


HEARD: Mapping[re.Pattern[str], Callable[[re.Match[str], Acting], Iterator[SayFacts]]] = {
    LOGS: _log,
    DONE: _log,
    EXTREME: _extreme,
    HORRIBLE: _horrible,
    PLANS: _plan,
    PATTERNS: _patterns,
}


def named(name: str | None, sites: Sequence[Site]) -> Site | None:
    """Return the one site that words name, by its number, its name or a part of it; None where none, or several."""
    if not name:
        return None
    number = NUMBERED.fullmatch(name)
    if number:
        return next((one for one in sites if one.id == int(number[1])), None)
    whole = [one for one in sites if one.name.casefold() == name]
    found = whole or [one for one in sites if name in one.name.casefold()]
    return found[0] if len(found) == 1 else None


def _key(word: str | None, words: Mapping[Choice, str]) -> Choice | None:
    return next((key for key, said in words.items() if word and re.fullmatch(said, word)), None)
