"""What of rotas somebody is reminded of, as things stand: their slots, days nobody covers, slots others want taken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.cover.gaps_said import compose_gaps
from handlers.cover.news_said import compose_news
from handlers.cover.offer_said import compose_offer
from handlers.cover.seen import site_of, with_rota
from handlers.cover.slot_said import compose_slot
from handlers.cover.slots_said import count_of, gap_in_words, on_when, when
from handlers.message import Fact, Facts, Message, Paragraph
from handlers.reminding.abouts import read_days, read_first, read_number
from handlers.reminding.subjects import GIVEN, TAKEN
from handlers.requests.chasing_items import Item
from handlers.requests.in_words import button
from handlers.sites.rights import parts_of
from policy_kb.bot_words import Action
from policy_kb.rules.cover import cover_of
from policy_kb.rules.periods import DAY
from policy_kb.rules.reminding import Reminder
from policy_kb.rules.reminding_days import has_begun, working_days
from policy_kb.site_words import OfferId, SiteId, SlotId

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from handlers.scene import SayScene
    from policy_kb.rules.cover import Gap
    from policy_kb.rules.site import Site, Slot

Items = tuple[Item, ...]
MINE = button("My slots", Action.MY_SLOTS, "")
MOST_SLOTS = 12  # of a week, or of a holiday; “my slots” has the others


def _my_slot(about: str, scene: SayScene) -> Items:
    number = read_number(about)
    slot = scene.uow.rota.get(SlotId(number)) if number else None
    site = site_of(slot, scene.uow) if slot else None
    if slot is None or site is None or scene.person is None or not site.is_in_use:
        return ()
    if slot.person != scene.person.id or slot.accepted_at is not None or slot.ends_on <= scene.today:
        return ()
    return (
        Item(
            called=site.name,
            short="is yours",
            says=f"You are on for it {on_when(slot, scene.today)} (A.5.3).",
            buttons=(
                button("I've got it", Action.GOT_IT, str(slot.id), is_main=True),
                button("I can't", Action.CANNOT, str(slot.id)),
            ),
            alone=partial(compose_slot, str(slot.id), scene),
        ),
    )


def _given(about: str, scene: SayScene) -> Items:
    slot, site = _news_of(about, scene)
    if slot is None or site is None or scene.person is None or slot.person != scene.person.id:
        return ()
    if slot.starts_on <= scene.today and about.partition(":")[2] == "1":
        return ()  # its own nudge says so
    card = compose_news(f"{GIVEN}:{about}", scene)
    buttons = (button("I can't", Action.CANNOT, str(slot.id)), MINE)
    return (Item(called=site.name, short="is yours", says=card.title, buttons=buttons, alone=lambda: card),)


def _taken(about: str, scene: SayScene) -> Items:
    slot, site = _news_of(about, scene)
    if slot is None or site is None or scene.person is None or slot.person in {None, scene.person.id}:
        return ()
    card = compose_news(f"{TAKEN}:{about}", scene)
    if not parts_of(scene.person.id, site, scene.uow, scene.today):
        return ()
    return (Item(called=site.name, short="is not yours", says=card.title, buttons=card.buttons, alone=lambda: card),)


def _news_of(about: str, scene: SayScene) -> tuple[Slot | None, Site | None]:
    """Return the slot that the night has given to somebody, and its site, until it is over."""
    number = read_first(about)
    slot = scene.uow.rota.get(SlotId(number)) if number else None
    if slot is None or slot.ends_on <= scene.today:
        return None, None
    return slot, site_of(slot, scene.uow)


def _offer(about: str, scene: SayScene) -> Items:
    number = read_number(about)
    offer = scene.uow.offers.get(OfferId(number)) if number else None
    slot = scene.uow.rota.get(offer.slot) if offer else None
    site = site_of(slot, scene.uow) if slot else None
    if offer is None or slot is None or site is None or scene.person is None:
        return ()
    waits = {offer.by, *offer.asked} - offer.not_free
    if not offer.is_open or scene.person.id not in waits or slot.starts_on < scene.today:
        return ()
    card = compose_offer(about, scene)
    return (
        Item(
            called=site.name,
            short="waits for an answer",
            says=card.title,
            buttons=card.buttons[:-1],
            alone=lambda: card,
        ),
    )


def _gap(about: str, scene: SayScene) -> Items:
    number = read_number(about)
    site = with_rota(SiteId(number), scene.uow) if number else None
    if site is None or scene.person is None or not site.is_in_use:
        return ()
    if not parts_of(scene.person.id, site, scene.uow, scene.today):
        return ()
    end = scene.today + 13 * 7 * DAY
    slots = scene.uow.rota.slots(scene.today, end, sites=(site.id,))
    cover = cover_of(slots, scene.uow.rota.intended_gaps(scene.today, end, sites=(site.id,)))
    is_empty = not cover.covered and not cover.intended
    gaps = tuple(one for one in cover.gaps if _is_near(one, site, scene))
    if not gaps and not is_empty:
        return ()
    says = "Nobody looks after it: its rota is empty" if is_empty else _gaps_in_words(gaps, scene)
    return (
        Item(
            called=site.name,
            short="is not covered",
            says=f"Not covered: {says} (A.5.4)." if not is_empty else f"{says} (A.5.4).",
            buttons=(button("Settle it", Action.GAPS, str(site.id), is_main=True),),
            alone=partial(compose_gaps, str(site.id), scene),
        ),
    )


def _is_near(gap: Gap, site: Site, scene: SayScene) -> bool:
    """Tell whether the first day has come on which a gap is told of, be it in a holiday or not."""
    setting = scene.uow.settings.get(site.setting)
    if setting is None:
        return False
    days = working_days(calendar_of(setting, scene.uow), scene.today)
    timers = (scene.view.reminding.timers[one] for one in (Reminder.GAP, Reminder.HOLIDAY_GAP))
    return any(has_begun(timer, gap.starts_on, scene.today, days) for timer in timers)


def _gaps_in_words(gaps: tuple[Gap, ...], scene: SayScene) -> str:
    more = len(gaps) - 2
    said = "; ".join(gap_in_words(one, scene.today) for one in gaps[:2])
    return f"{said}, and {count_of(more, 'more gap')}" if more > 0 else said


def _next_week(about: str, scene: SayScene) -> Items:
    days = read_days(about)
    if days is None or scene.person is None or days[1] <= scene.today:
        return ()
    own = scene.uow.rota.slots(*days, person=scene.person.id)
    sites = {one: with_rota(one, scene.uow) for one in dict.fromkeys(slot.site for slot in own)}
    named = {number: site.name for number, site in sites.items() if site and site.is_in_use}
    slots = [one for one in own if one.site in named]
    if not slots:
        return ()
    lines = _lines(slots, named, scene.today)
    is_week = days[1] - days[0] <= 7 * DAY
    then = "next week" if is_week else f"until {days[1] - DAY:%A} {(days[1] - DAY).day} {days[1] - DAY:%B}"
    return (
        Item(
            called="Next week" if is_week else "The days off and after",
            short="has slots of yours",
            says="; ".join(lines),
            buttons=(MINE,),
            alone=partial(_weeks, days[0], then, lines, len(slots)),
        ),
    )


def _weeks(start: date, then: str, lines: list[str], number: int) -> Message:
    return Message(
        title=f"You are on duty {then}: {count_of(number, 'slot')}.",
        blocks=(
            Facts(rows=tuple(Fact(label=str(count), value=line) for count, line in enumerate(lines, 1))),
            Paragraph(text="I shall remind you of each. Does one not suit you? Ask for cover now (A.5.4)."),
        ),
        buttons=(MINE, button("Who is on", Action.ON_DUTY, start.isoformat())),
    )


def _lines(slots: list[Slot], named: Mapping[SiteId, str], today: date) -> list[str]:
    more = len(slots) - MOST_SLOTS
    lines = [f"{named[one.site]}, {when(one, today)}" for one in slots[:MOST_SLOTS]]
    return lines + ([f"and {more} more"] if more > 0 else [])


ITEMS: Mapping[str, Callable[[str, SayScene], Items]] = {
    Reminder.MY_SLOT: _my_slot,
    GIVEN: _given,
    TAKEN: _taken,
    Reminder.OFFER: _offer,
    Reminder.GAP: _gap,
    Reminder.NEXT_WEEK: _next_week,
}
