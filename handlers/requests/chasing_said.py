"""The morning's reminders of one person, as things stand when they are read."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Message, Note, Paragraph, Tone
from handlers.requests import in_words
from handlers.requests.about import read_request
from handlers.requests.chasing_items import MOST_ITEMS, items_of
from handlers.requests.shown import day_in_words
from policy_kb.words import Action

if TYPE_CHECKING:
    from handlers.requests.chasing_items import Item
    from handlers.requests.scene import RequestScene

PUT_OFF = re.compile(r"([1-9][0-9]{0,8}):[a-z][a-z0-9_]{0,39}:(\d{4}-\d\d-\d\d)")


def compose_chase(about: str, scene: RequestScene) -> Message:
    """Return what somebody is reminded of, ``12,15``, or until when a reminder is put off: ``12:head:2026-11-27``."""
    if found := PUT_OFF.fullmatch(about):
        return _put_off(found[1], date.fromisoformat(found[2]))
    numbers = (read_request(one) for one in about.split(","))
    items = tuple(item for number in numbers if number for item in items_of(number, scene))
    if not items:
        return Message(title="What I wanted to remind you of is done. Nothing waits for you there any more.")
    if len(items) == 1:
        (only,) = items
        return Message(
            title=f"A reminder: {only.called} {only.short}.",
            tone=Tone.ASK,
            blocks=(Paragraph(text=only.says), *_notes(items)),
            buttons=(*only.buttons, *only.snoozes),
        )
    shown = items[:MOST_ITEMS]
    more = len(items) - len(shown)
    rest = (Paragraph(text=f"And {more} more: say “waiting” or “my requests” to see them all."),) if more else ()
    return Message(
        title=f"A reminder: {len(items)} things wait.",
        tone=Tone.ASK,
        blocks=(Facts(rows=tuple(Fact(label=one.called, value=one.says) for one in shown)), *rest, *_notes(items)),
        buttons=(*(one for item in shown for one in item.buttons), *(one for item in shown for one in item.snoozes)),
    )


def _notes(items: tuple[Item, ...]) -> tuple[Note, ...]:
    notes = dict.fromkeys(item.note for item in items if item.note)
    return tuple(Note(text=note) for note in notes)


def _put_off(number: str, until: date) -> Message:
    return Message(
        title=f"I will not remind you of R-{number} before {day_in_words(until)}.",
        blocks=(Paragraph(text="It stays with you until then, and you can decide at any time."),),
        buttons=(in_words.button("What waits for me", Action.WAITING, ""),),
    )
