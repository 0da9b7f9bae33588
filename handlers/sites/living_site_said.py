"""The card of a site: where it stands, who looks after it, what is due, and what its reader can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.covers import cover_in
from handlers.message import Fact, Facts, Message, Paragraph, Tone
from handlers.people_and_days import day_in_words, name_of
from handlers.requests.in_words import short
from handlers.sites.living_about import ADDRESS, EXTENDED, JUDGED, NEEDED, read_card
from handlers.sites.living_buttons_said import card_buttons, more_buttons
from handlers.sites.living_checklist import RUNNING, health_due, judged_on, lines_to_put_right, waits_for
from handlers.sites.living_in_words import STANDS, cover_in_words, put_right_in_words, since_when, what_waits
from handlers.sites.living_seen import seen
from handlers.sites.looking_after_in_words import PART, PARTS, gone, how_many, joined
from policy_kb.rules.periods import WEEK
from policy_kb.rules.register import IDLE_DAYS, idle_limit, last_active
from policy_kb.rules.site import IN_USE, LOOKS_AFTER, OWES_PEOPLE, STARTING
from policy_kb.rules.site_dues import evaluation_due_on
from policy_kb.rules.site_people import shortage
from policy_kb.site_words import SiteState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from handlers.scene import SayScene
    from policy_kb.rules.site import Site

MOST_OF_ADDRESS = 100  # characters in a title; the whole of it stands below
NOTE_IT = frozenset({SiteState.REVIEW_DUE, SiteState.CLOSING, SiteState.SUSPENDED, SiteState.LEGACY}) | STARTING
MEANS = {
    SiteState.APPROVED: "It may be created, and stays switched off until its checks are done (A.4.1).",
    SiteState.PRE_LIVE: "It stays switched off until its checks are done (A.4.1).",
    SiteState.CLOSING: "It is looked after until its list is done and it is closed (A.1.6).",
    SiteState.SUSPENDED: "Nobody uses it until the head says otherwise.",
    SiteState.LEGACY: "Nobody's approval is on paper: the head can approve it, or close it (A.3.3).",
    SiteState.SUBMITTED: "Its form was changed in substance, so it is decided on again. Please leave it switched off.",
}


def compose_site(about: str, scene: SayScene) -> Message:
    """
    Return the card of a site for whoever reads it, ``7``, or what can be done with it seldom, ``7:more``.

    Where something was just done with it, that stands first: ``7:extended``. To nobody who has no part in it.
    """
    wanted = read_card(about)
    found = seen(wanted.site, scene) if wanted else None
    if wanted is None or found is None:
        return gone()
    site, parts = found
    missing = shortage(site, scene.today, scene.view.moderating.minimum)
    waits = waits_for(site, scene.view, scene.uow, scene.today)
    if wanted.more:
        return Message(title=f"{site.name}: what else you can do.", buttons=more_buttons(site, parts, waits))
    wrong = lines_to_put_right(site, scene.view, scene.uow)
    stands, done = f"is {STANDS[site.state]}.", _done(site, wanted.done)
    says = [f"It {stands}"] if done else []
    says += [MEANS[site.state]] if site.state in MEANS else []
    says += [f"{put_right_in_words(wrong)}."] if wrong else []
    says += [f"Due: {joined(what_waits(waits))}."] if waits else []
    if missing:
        says.append(f"It has {how_many(missing, scene.view.moderating.minimum)} who accepted (A.5.4).")
    cares = site.state in NOTE_IT or bool(wrong) or bool(missing and site.is_in_use)
    return Message(
        title=done or f"{site.name} {stands}",
        tone=Tone.CARE if cares else Tone.YES if done else Tone.PLAIN,
        blocks=(*(Paragraph(text=one) for one in says), Facts(rows=tuple(_rows(site, scene)))),
        buttons=card_buttons(site, parts, waits),
    )


def _done(site: Site, what: str) -> str:
    """Return what was just done with a site; "" where nothing was, or it is otherwise by now."""
    closure = day_in_words(site.closure) if site.closure else ""
    said = {
        EXTENDED: f"{site.name} is kept open until {closure}." if closure else "",
        ADDRESS: f"{site.name}: its address is now {short(site.address, MOST_OF_ADDRESS)}." if site.address else "",
        JUDGED: f"Kept: how far {site.name} reached its aims. Thank you.",
        NEEDED: f"Kept: {site.name} is still needed. Thank you.",
    }
    return said.get(what, "")


def _rows(site: Site, scene: SayScene) -> Iterator[Fact]:
    if site.state in IN_USE:
        yield Fact(label="Cover", value=_cover(site, scene))
    yield Fact(label="Looked after by", value=_people(site, scene))
    if tasks := scene.uow.sites.open_tasks(site.id):
        number = "one thing" if len(tasks) == 1 else f"{len(tasks)} things"
        yield Fact(label="Left to do", value=f"{number}, because somebody has gone")
    yield from _dates(site, scene)
    yield Fact(label="Author", value=name_of(site.author, scene.uow))
    setting = scene.uow.settings.get(site.setting)
    yield Fact(label="For", value=setting.name if setting else site.setting)
    where = site.host_name or ("our own pages" if site.host == "academy" else "")
    places = [one for one in (where, site.address) if one]
    yield Fact(label="Where", value=", ".join(places) or "not known yet")
    for label, day in since_when(site):
        yield Fact(label=label, value=day_in_words(day))
    yield from _idle(site, scene)


def _idle(site: Site, scene: SayScene) -> Iterator[Fact]:
    """Yield when something was last recorded of a site, where that is so long ago that the register minds."""
    setting = scene.uow.settings.get(site.setting)
    last = last_active(site)
    if setting and site.is_in_use and last < idle_limit(calendar_of(setting, scene.uow), scene.today):
        yield Fact(label="Last activity", value=f"{day_in_words(last)}, more than {IDLE_DAYS} working days ago")


def _cover(site: Site, scene: SayScene) -> str:
    ahead = scene.view.rota_hours.ahead
    soon, later = (cover_in(site.id, scene.today, scene.today + one, scene.uow) for one in (WEEK, ahead))
    near, far = cover_in_words(soon), cover_in_words(later)
    if near == far:  # covered all along, or not laid out at all
        return f"{near} for {ahead // WEEK} weeks" if later.slots else near
    return f"next 7 days: {near}; {ahead // WEEK} weeks: {far}"


def _people(site: Site, scene: SayScene) -> str:
    numbers = [(role, len(site.members_on(scene.today, role))) for role in LOOKS_AFTER]
    counted = [f"{number or 'no'} {PART[role] if number == 1 else PARTS[role]}" for role, number in numbers]
    waiting = len({one.person for one in site.members_on(scene.today) if one.accepted_at is None})
    return f"{joined(counted)}{f' ({waiting} asked, no answer yet)' if waiting else ''}"


def _dates(site: Site, scene: SayScene) -> Iterator[Fact]:
    if site.state in STARTING and site.go_live:
        yield Fact(label="To go live", value=day_in_words(site.go_live))
    if site.state in RUNNING:
        yield Fact(label="Next check", value=_when(health_due(site, scene.view, scene.uow, scene.today), scene))
        judged = evaluation_due_on(site, judged_on(site, scene.uow))
        if judged:
            yield Fact(label="Next judged by its aims", value=_when(judged, scene))
        if site.review_on:
            yield Fact(label="Asked whether it is still needed", value=_when(site.review_on, scene))
    if site.closure and site.state in OWES_PEOPLE:
        yield Fact(label="Closes", value=_when(site.closure, scene))


def _when(day: date, scene: SayScene) -> str:
    return "due now" if day <= scene.today else day_in_words(day)
