"""What others hear of a decision that nobody covers some days: that it was made, or taken back, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.about import read_gap
from handlers.cover.seen import parts, with_rota
from handlers.cover.settling import intended, is_decided
from handlers.cover.slot_said import gone
from handlers.cover.slots_said import days, on_days
from handlers.message import Message, Paragraph
from handlers.people_and_days import name_of
from handlers.requests.in_words import button
from policy_kb.bot_words import Action
from policy_kb.site_words import GapKind
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.cover.about import GapAbout, NewsAbout
    from handlers.message import Button
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site

KINDS = {GapKind.COMMENTS_OFF: "Comments are off on", GapKind.PAUSED: "A pause of"}
DECIDED = {GapKind.COMMENTS_OFF: "comments off", GapKind.PAUSED: "paused"}


def _settled(news: NewsAbout, scene: SayScene) -> Message:
    decided, about = intended(news.number, scene.uow, scene.today), read_gap(news.beside, {})
    site = _theirs(about, scene)
    if about is None or site is None:
        return gone()
    if decided is None or decided.site != site.id:
        return Message(title=f"{site.name}: {_no_decision(about, scene)}.", buttons=(_gaps(site),))
    when = days(decided.starts_on, decided.ends_on, scene.today)
    return Message(
        title=f"{KINDS[decided.kind]} {site.name}, {when}: nobody looks after it then.",
        blocks=(
            Paragraph(
                text=f"{name_of(decided.by, scene.uow)} decided that. Cover is owed otherwise, in holidays too (A.5.4)."
            ),
        ),
        buttons=(_gaps(site),),
    )


def _reopened(news: NewsAbout, scene: SayScene) -> Message:
    """Return who took a decision back: ``reopened:3:aisha-sample:7:2026-12-03:2026-12-04:comments_off``."""
    by, _, beside = news.beside.partition(":")
    about = read_gap(beside, {})
    site = _theirs(about, scene)
    if about is None or about.days is None or about.kind is None or site is None:
        return gone()
    holds = about.days[1] > scene.today and not is_decided(site.id, about.days, scene.uow)
    return Message(
        title=f"{name_of(PersonId(by), scene.uow)} took a decision back. {site.name}: {_which(about, scene)}.",
        blocks=(Paragraph(text="Cover is owed then again, and what nobody has is a gap (A.5.4)."),) if holds else (),
        buttons=(_gaps(site),),
    )


def _theirs(about: GapAbout | None, scene: SayScene) -> Site | None:
    """Return the site that is meant; None where there is none, or the reader has no part in it."""
    site = with_rota(about.site, scene.uow) if about else None
    return site if site and parts(scene.person.id if scene.person else None, site, scene.uow, scene.today) else None


def _no_decision(about: GapAbout, scene: SayScene) -> str:
    """Return which decision does not count any more, and why, as far as what is stored of it says so."""
    if about.days is None or about.kind is None:
        return "that decision was taken back, or its days are over"
    why = "those days are over" if about.days[1] <= scene.today else "that decision was taken back"
    return f"{_which(about, scene)}: {why}"


def _which(about: GapAbout, scene: SayScene) -> str:
    return f"{DECIDED[about.kind]} {on_days(*about.days, scene.today)}" if about.days and about.kind else ""


def _gaps(site: Site) -> Button:
    return button("What is not covered", Action.GAPS, str(site.id))


ABOUT_DECISIONS: dict[str, Callable[[NewsAbout, SayScene], Message]] = {"settled": _settled, "reopened": _reopened}
