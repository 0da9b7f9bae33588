"""The sites that somebody looks after or answers for, the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.covers import covers_of
from handlers.message import Fact, Facts, Message, Note, Paragraph
from handlers.people_and_days import day_in_words
from handlers.requests import in_words
from handlers.sites.living_checklist import FIRST_WEEKS, lines_to_put_right
from handlers.sites.living_in_words import STANDS, cover_in_words, put_right_in_words
from handlers.sites.living_seen import sites_to_see
from handlers.sites.looking_after_in_words import how_many
from policy_kb.bot_words import Action
from policy_kb.rules.site_people import shortage
from policy_kb.site_words import SiteState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handlers.scene import SayScene
    from policy_kb.rules.cover import Cover
    from policy_kb.rules.site import Site
    from policy_kb.rules.site_checks import CheckLine
    from policy_kb.site_words import SiteId

MOST_SITES = 8  # a button each
URGENCY = {
    SiteState.CLOSING: 1,
    SiteState.SUSPENDED: 2,
    SiteState.REVIEW_DUE: 3,
    SiteState.PRE_LIVE: 4,
    SiteState.APPROVED: 4,
    SiteState.LEGACY: 5,
}
WELL = 9  # of a site of which nothing is wrong


def compose_sites(about: str, scene: SayScene) -> Message:
    """Return the sites of whoever reads it, the most urgent first, with a way to each."""
    del about
    sites = sites_to_see(scene.person.id, scene.uow, scene.today) if scene.person else ()
    if not sites:
        return Message(
            title="You look after no site, and you answer for none.",
            blocks=(Paragraph(text="Would you like one? Ask me “can I set up an Instagram page?”."),),
        )
    covers = covers_of((one.id for one in sites), scene.today, scene.today + FIRST_WEEKS, scene.uow)
    wrong = {one.id: lines_to_put_right(one, scene.view, scene.uow) for one in sites}

    def urgency(site: Site) -> tuple[int, str, SiteId]:
        soon = min(_urgency(site, covers[site.id], scene), URGENCY[SiteState.REVIEW_DUE] if wrong[site.id] else WELL)
        return soon, site.name.casefold(), site.id

    ordered = sorted(sites, key=urgency)
    shown = ordered[:MOST_SITES]
    rows = tuple(
        Fact(label=one.name, value="; ".join(_says(one, covers[one.id], wrong[one.id], scene))) for one in shown
    )
    more = len(ordered) - len(shown)
    return Message(
        title="You look after, or answer for, one site."
        if len(sites) == 1
        else f"You look after, or answer for, {len(sites)} sites.",
        blocks=(
            Facts(rows=rows),
            *((Note(text=f"And {more} more: say “site” and its name."),) if more else ()),
        ),
        buttons=tuple(in_words.button(one.name, Action.SITE, str(one.id)) for one in shown),
    )


def _urgency(site: Site, cover: Cover, scene: SayScene) -> int:
    """Return how soon somebody should look at a site: 0 at once."""
    if site.is_in_use and shortage(site, scene.today, scene.view.moderating.minimum):
        return 0
    is_open = site.is_in_use and (cover.gaps or not cover.slots)
    return min(URGENCY.get(site.state, WELL), URGENCY[SiteState.REVIEW_DUE] if is_open else WELL)


def _says(site: Site, cover: Cover, wrong: Sequence[CheckLine], scene: SayScene) -> Iterator[str]:
    yield STANDS[site.state]
    if wrong:
        yield put_right_in_words(wrong)
    minimum = scene.view.moderating.minimum
    if missing := shortage(site, scene.today, minimum):
        yield f"{how_many(missing, minimum)}"
    if site.is_in_use and (cover.gaps or not cover.slots):
        yield f"next 4 weeks: {cover_in_words(cover)}"
    if site.closure and site.is_in_use:
        yield f"closes on {day_in_words(site.closure)}"
