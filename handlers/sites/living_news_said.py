"""What those who answer for a site hear of it: it goes live, closes, goes on, is suspended, something is not right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.message import Message, Paragraph, Tone
from handlers.people_and_days import day_in_words, name_of
from handlers.requests import in_words
from handlers.sites.living_about import read_what
from handlers.sites.living_seen import seen
from handlers.sites.looking_after_in_words import gone
from handlers.sites.rights import heads_of
from policy_kb.bot_words import Action
from policy_kb.site_words import CheckKey, Round, SiteState
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.message import Button
    from handlers.scene import SayScene
    from handlers.sites.living_about import WhatAbout
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_checks import CheckLine


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A sentence about a site, and what it means for whoever reads it."""

    title: str
    says: str
    tone: Tone = Tone.PLAIN
    by: str = "The head"  # whoever did it, where it is not known who


NEWS = {
    "live": News(
        title="{site} is live.",
        says="From now on somebody looks after it every day of its rota, in holidays too (A.5.4).",
        tone=Tone.YES,
    ),
    "closing": News(
        title="{site} is to close.",
        says="{by} began to close it{on}. It is looked after until its list is done. "
        "{the_head} can still let it go on (A.1.6).",
        tone=Tone.CARE,
        by="Somebody who answers for it",
    ),
    "closed": News(
        title="{site} is closed. Thank you to all who looked after it.",
        says="Nobody has to look after it any more, and its rota has ended (A.1.6).",
        tone=Tone.YES,
    ),
    "extended": News(title="{site} goes on until {closure}.", says="{by} decided so (A.1.6)."),
    "suspended": News(
        title="{site} is suspended. Please switch it off, or hide it, now.",
        says="{by} suspended it{on}. Nobody uses it, and nobody posts there, until {says_so} otherwise.",
        tone=Tone.CARE,
        by="Somebody who answers for it",
    ),
    "resumed": News(
        title="{site} may be used again.",
        says="{by} decided so. Its rota goes on, and somebody looks after it every day (A.5.4).",
        tone=Tone.YES,
    ),
    "taken_in": News(
        title="{site} is approved by the head, and live.",
        says="{by} decided so. Until now nobody's approval was on paper (A.3.3).",
        tone=Tone.YES,
    ),
    "check_no": News(
        title="{site}: “{line}” was answered with no at its check ({clause}).",
        says="{todo} Whoever checked it has been told the same.",
        tone=Tone.CARE,
    ),
}

STANDS_SO = {"closing": SiteState.CLOSING, "suspended": SiteState.SUSPENDED}
"""In which state a site is since then, as long as nobody has moved it on."""


def compose_news(about: str, scene: SayScene) -> Message:
    """
    Return what is heard of a site: ``7:closing:priya-sample``, ``7:check_no:privacy``.

    By nobody who never had a part in it. What was queued before it was kept who did it names nobody: ``7:closing``.
    """
    wanted = read_what(about)
    site = scene.uow.sites.get(wanted.site) if wanted else None
    if wanted is None or site is None or wanted.what not in NEWS or not _concerns(site, scene):
        return gone()
    news = NEWS[wanted.what]
    filled = {"site": site.name, "closure": day_in_words(site.closure) if site.closure else "further notice"}
    if wanted.what == "check_no":
        line = _line(wanted.beside, scene)
        if line is None:
            return gone()
        filled |= {"line": line.label, "todo": line.todo, "clause": str(line.clause)}
    else:
        filled |= _who_and_when(site, wanted, scene)
    return Message(
        title=news.title.format(**filled),
        tone=news.tone,
        blocks=(Paragraph(text=news.says.format(**filled)),),
        buttons=_way_on(site, scene),
    )


def _concerns(site: Site, scene: SayScene) -> bool:
    """Tell whether the reader has a part in a site, or had one."""
    me = scene.person.id if scene.person else None
    return seen(site.id, scene) is not None or me in {one.person for one in site.members}


def _who_and_when(site: Site, wanted: WhatAbout, scene: SayScene) -> Mapping[str, str]:
    """Return who did it, on which day where that still shows, and who the head is: the reader, or by name."""
    heads = heads_of(site.setting, scene.uow, scene.today)
    is_head = scene.person is not None and scene.person.id in heads
    named = f"head, {name_of(heads[0], scene.uow)}," if heads else "head"
    stands = site.state is STANDS_SO.get(wanted.what)
    return {
        "by": name_of(PersonId(wanted.beside), scene.uow) if wanted.beside else NEWS[wanted.what].by,
        "on": f" on {day_in_words(site.state_since)}" if stands else "",
        "the_head": "You" if is_head else f"The {named}",
        "says_so": "you say" if is_head else f"the {named} says",
    }


def _line(key: str, scene: SayScene) -> CheckLine | None:
    lines = scene.view.site_checks[Round.HEALTH]
    return next((one for one in lines if one.key == CheckKey(key)), None)


def _way_on(site: Site, scene: SayScene) -> tuple[Button, ...]:
    if seen(site.id, scene):
        return (in_words.button("The site", Action.SITE, str(site.id)),)
    return (in_words.button("My sites", Action.SITES, ""),)
