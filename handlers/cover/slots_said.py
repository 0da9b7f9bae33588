"""Slots and days of a rota as sentences say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.people_and_days import name_of
from policy_kb.rules.periods import DAY
from policy_kb.site_words import SlotPart

if TYPE_CHECKING:
    from datetime import date

    from handlers.scene import SayScene
    from policy_kb.rules.cover import Gap
    from policy_kb.rules.site import Slot
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId

PARTS = {SlotPart.WHOLE: "", SlotPart.MORNING: "morning", SlotPart.AFTERNOON: "afternoon"}
TODAY = {SlotPart.WHOLE: "today", SlotPart.MORNING: "this morning", SlotPart.AFTERNOON: "this afternoon"}


def slot_line(slot: Slot, scene: SayScene) -> str:
    """Return a slot as a list has it: PE Instagram, Friday 4 December, morning."""
    return f"{site_name(slot.site, scene)}, {when(slot, scene.today)}"


def when(slot: Slot, today: date) -> str:
    """Return when a slot is: Friday 4 December, morning; week of Monday 30 November."""
    if slot.ends_on - slot.starts_on > DAY:
        return f"week of {weekday(slot.starts_on, today)}"
    part = PARTS[slot.part]
    return f"{weekday(slot.starts_on, today)}, {part}" if part else weekday(slot.starts_on, today)


def on_when(slot: Slot, today: date) -> str:
    """Return when a slot is, inside a sentence: today; on Friday 4 December; in the week of Monday 30 November."""
    if slot.ends_on - slot.starts_on > DAY:
        return f"in the {when(slot, today)}"
    if slot.starts_on == today:
        return TODAY[slot.part]
    part = PARTS[slot.part]
    return f"on the {part} of {weekday(slot.starts_on, today)}" if part else f"on {weekday(slot.starts_on, today)}"


def weekday(day: date, today: date) -> str:
    """Return a day with its weekday: Friday 4 December; with its year where that is another than today's."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def days(start: date, end: date, today: date) -> str:
    """Return the days [start, end) in words: Monday 21 December to Friday 1 January 2027."""
    last = end - DAY
    if last == start:
        return weekday(start, today)
    return f"{weekday(start, today)} to {weekday(last, today)}"


def on_days(start: date, end: date, today: date) -> str:
    """Return the days [start, end) inside a sentence: on Friday 4 December, from one day to another."""
    return f"{'on' if end - start == DAY else 'from'} {days(start, end, today)}"


def gap_in_words(gap: Gap, today: date) -> str:
    """Return a gap in words: Friday 4 December; Monday 21 December to Friday 1 January 2027: 10 days."""
    one = gap.slots[0]
    if len(gap.slots) == 1 and one.part is SlotPart.WHOLE and one.ends_on - one.starts_on == DAY:
        return weekday(one.starts_on, today)
    called = "week" if one.ends_on - one.starts_on > DAY else "day" if one.part is SlotPart.WHOLE else "half-day"
    return f"{days(gap.starts_on, gap.ends_on, today)}: {count_of(len(gap.slots), called)}"


def site_name(site_id: SiteId, scene: SayScene) -> str:
    """Return what a site is called."""
    site = scene.uow.sites.get(site_id)
    return site.name if site else f"S-{site_id}"


def whose(person: PersonId | None, scene: SayScene) -> str:
    """Return who has a slot, as the reader says it: you, Tom Example, nobody."""
    if person is None:
        return "nobody"
    return "you" if scene.person and person == scene.person.id else name_of(person, scene.uow)


def count_of(count: int, what: str) -> str:
    """Return how many of something there are: 1 day, 3 days."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def upper(text: str) -> str:
    """Return a text as a sentence begins with it; names keep the capitals they have."""
    return text[:1].upper() + text[1:]
