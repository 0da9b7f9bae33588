"""What a term's log shows of a site: how much, what, and whether it grows; nobody's name is in it."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.message import Fact, Facts, Message, Note, Paragraph, Tone
from handlers.people_and_days import day_in_words
from handlers.requests import in_words
from handlers.sites.looking_after_in_words import gone
from handlers.sites.moderating_about import read_day_of
from handlers.sites.rights import heads_of, parts_of
from policy_kb.bot_words import Action
from policy_kb.rules.london import london_date, london_instant
from policy_kb.rules.patterns import MAY_READ_PATTERNS, Logged, Trend, pattern_of, term_of
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import OWES_PEOPLE
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from handlers.scene import SayScene
    from policy_kb.rules.moderating import Moderating
    from policy_kb.rules.patterns import Pattern, Term
    from policy_kb.rules.site import Site
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

MOST_SITES = 5  # a button each
TRENDS = {
    Trend.MORE: "By the week, that is more than in the term before.",
    Trend.FEWER: "By the week, that is less than in the term before.",
    Trend.AS_BEFORE: "By the week, that is about as much as in the term before.",
    Trend.UNCLEAR: "That is too little to tell whether it grows.",
}

NOT_YOURS = Message(
    title="What a term's log shows is for the author, the administrators and the head of a site.",
    blocks=(Paragraph(text="Ask one of them; “my sites” names them. To log something yourself, say “log”."),),
)
QUIET = "A quiet term, or one in which nobody logged: I cannot tell which."


def sites_with_patterns(person: PersonId, uow: UnitOfWork, on: date) -> tuple[Site, ...]:
    """Return the sites whose patterns somebody may read: as author, as administrator, as head; by name."""
    own = (
        one
        for one in uow.sites.of_person(person, on)
        if one.state in OWES_PEOPLE and person in (one.author, *one.people_on(on, Role.SITE_ADMINISTRATOR))
    )
    headed = (setting.id for setting in uow.settings.listed() if person in heads_of(setting.id, uow, on))
    theirs = (*own, *(one for place in headed for one in uow.sites.listed(setting=place, states=OWES_PEOPLE)))
    return tuple(sorted({one.id: one for one in theirs}.values(), key=lambda one: (one.name, one.id)))


def compose_patterns(about: str, scene: SayScene) -> Message:
    """Return what was logged in a term: nothing, ``7``, or ``7:2026-07-21`` for the term of an earlier day."""
    wanted = read_day_of(about)
    if scene.person is None or (about and wanted is None):
        return gone()
    if wanted is None:
        sites = sites_with_patterns(scene.person.id, scene.uow, scene.today)
        if len(sites) != 1:
            return _which(sites) if sites else NOT_YOURS
        wanted = (sites[0].id, None)
    site = scene.uow.sites.get(wanted[0])
    if site is None or not MAY_READ_PATTERNS & parts_of(scene.person.id, site, scene.uow, scene.today):
        return gone()
    return patterns(site, *term_log(site, wanted[1] or scene.today, scene), scene.view.moderating)


def term_log(site: Site, day: date, scene: SayScene) -> tuple[Term, Pattern]:
    """Return what was logged of a site in the term of a day, up to that day; no more than up to today."""
    setting = scene.uow.settings.get(site.setting)
    term = term_of(calendar_of(setting, scene.uow).periods if setting else (), min(day, scene.today))
    start, end = (london_instant(one, time()) for one in (term.before_starts_on, term.ends_on))
    lines = scene.uow.moderation.lines((site.id,), start, end)
    logged = (Logged(action=one.action, category=one.category, on=london_date(one.at)) for one in lines)
    return term, pattern_of(logged, term)


def patterns(site: Site, term: Term, found: Pattern, words: Moderating) -> Message:
    """Return what a log shows, in words."""
    days = f"from {day_in_words(term.starts_on)} to {day_in_words(term.ends_on - DAY)}"
    before = f"{site.id}:{(term.starts_on - DAY).isoformat()}"
    logged = "nothing was logged" if not found.total else "one thing was logged" if found.total == 1 else ""
    rows = tuple(_rows(found, words))
    return Message(
        title=f"{site.name}: {logged or f'{found.total} things were logged'} {days}.",
        blocks=(
            *((Facts(rows=rows),) if rows else ()),
            Paragraph(text=f"{TRENDS[found.trend] if found.total else QUIET} {_before(found.before)}"),
            Note(text="Whoever moderated is not named, and no word of what was written is kept (A.5.3)."),
        ),
        buttons=(in_words.button("The term before", Action.PATTERNS, before),),
    )


def _before(number: int) -> str:
    how_many = {0: "nothing was", 1: "one thing was"}.get(number, f"{number} things were")
    return f"In the term before, {how_many} logged."


def _rows(found: Pattern, words: Moderating) -> Iterator[Fact]:
    for category, (now, before) in found.categories.items():
        yield Fact(label=words.categories[category], value=f"{now} (the term before: {before})")
    if found.actions:
        done = (f"{words.acts[act].partition(':')[0].lower()} {number}" for act, number in found.actions.items())
        yield Fact(label="What was done", value="; ".join(done))


def _which(sites: Sequence[Site]) -> Message:
    more = len(sites) - MOST_SITES
    blocks = (Paragraph(text=f"And {more} more: say “patterns for” and its name."),) if more > 0 else ()
    return Message(
        title="The patterns of which site?",
        tone=Tone.ASK,
        blocks=blocks,
        buttons=tuple(in_words.button(one.name, Action.PATTERNS, str(one.id)) for one in sites[:MOST_SITES]),
    )
