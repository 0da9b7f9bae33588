"""Everything one person is reminded of on one day, as things stand when they read it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from handlers.message import STAYS, Fact, Facts, Message, Note, Paragraph, Tone
from handlers.people_and_days import day_in_words
from handlers.reminding.items_said import items_of
from handlers.reminding.subjects import REQUEST, read_list, read_subject
from handlers.requests.in_words import button
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.reminding import Reminder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from handlers.message import Button
    from handlers.reminding.subjects import Subject
    from handlers.requests.chasing_items import Item
    from handlers.scene import SayScene

MOST_ITEMS = 5  # with buttons; more would not fit on a card
MOST_BUTTONS = 15
PUT_OFF = re.compile(r"put_off:([^>|,]{1,120}):(\d{4}-\d\d-\d\d)")
SEES_ALL: Mapping[str, Button] = {
    Reminder.GAP: button("What is not covered", Action.GAPS, ""),
    Reminder.PATTERNS: button("What was moderated", Action.PATTERNS, ""),
}
STOPPED = re.compile(r"stopped:([^>|,]{1,120})")


def compose_today(about: str, scene: SayScene) -> Message:
    """Return what somebody is reminded of: ``my_slot:123,closure:7``; or what became of a reminder of theirs."""
    if found := PUT_OFF.fullmatch(about):
        return _put_off(read_subject(found[1]), date.fromisoformat(found[2]), scene)
    if found := STOPPED.fullmatch(about):
        return _stopped(read_subject(found[1]), scene)
    subjects, beside = read_list(about)
    items = [(subject, item) for subject in subjects for item in items_of(subject, scene)]
    if not items:
        return Message(title="What I wanted to remind you of is done. Nothing waits for you there any more.")
    if len(items) == 1 and not beside:
        return _only(items[0][1])
    shown = [_named(item, subject) for subject, item in _merged(items)]
    return _several(shown, len(items) + beside)


def _only(item: Item) -> Message:
    if item.alone:
        card = item.alone()
        return replace(card, buttons=(*card.buttons, *item.snoozes))
    return Message(
        title=f"A reminder: {item.called} {item.short}{'' if item.short.endswith('?') else '.'}",
        tone=Tone.ASK,
        blocks=(Paragraph(text=item.says), *_notes((item,))),
        buttons=(*item.buttons, *item.snoozes),
    )


def _several(items: list[Item], count: int) -> Message:
    shown = items[:MOST_ITEMS]
    more = count - len(shown)
    rest = (Paragraph(text=f"And {more} more: {_where(items)}."),) if more > 0 and len(items) > MOST_ITEMS else ()
    all_ = (*(one for item in shown for one in item.buttons), *(one for item in shown for one in item.snoozes))
    buttons = tuple(replace(one, about=f"{one.about}{STAYS}") for one in all_[:MOST_BUTTONS])
    return Message(
        title=f"A reminder: {count} things wait.",
        tone=Tone.ASK,
        blocks=(Facts(rows=tuple(Fact(label=one.called, value=one.says) for one in shown)), *rest, *_notes(shown)),
        buttons=buttons,
    )


def _where(items: list[Item]) -> str:
    rest = items[MOST_ITEMS:]
    if all(one.called.startswith("R-") for one in rest):
        return "say “waiting” or “my requests” to see them all"
    return "say “waiting”, “my sites” or “my slots” to see them all"


def _merged(items: list[tuple[Subject, Item]]) -> Iterator[tuple[Subject, Item]]:
    """Yield the items, those of several sites as one: a head may answer for many before a holiday."""
    alike: dict[str, list[Item]] = defaultdict(list)
    for subject, item in items:
        alike[subject.key].append(item)
    for subject, item in items:
        those, see = alike[subject.key], SEES_ALL.get(subject.key)
        if see is None or len(those) == 1:
            yield subject, item
        elif item is those[0]:
            says = " ".join(f"{one.called}: {one.says}" for one in those[:MOST_ITEMS])
            more = f" And {len(those) - MOST_ITEMS} more sites." if len(those) > MOST_ITEMS else ""
            yield subject, replace(item, called=f"{len(those)} sites", says=f"{says}{more}", buttons=(see,))


def _named(item: Item, subject: Subject) -> Item:
    """Return an item whose buttons say what they are about; those of requests do already."""
    if subject.key == REQUEST:
        return item
    return replace(
        item, buttons=tuple(_called(item, item.buttons)), snoozes=tuple(_called(item, item.snoozes)), alone=None
    )


def _called(item: Item, buttons: Iterable[Button]) -> Iterator[Button]:
    for one in buttons:
        yield replace(one, label=button(f"{one.label}: {item.called}", one.action, one.about).label)


def _notes(items: Iterable[Item]) -> tuple[Note, ...]:
    notes = dict.fromkeys(item.note for item in items if item.note)
    return tuple(Note(text=note) for note in notes)


def _put_off(subject: Subject | None, until: date, scene: SayScene) -> Message:
    stays = Paragraph(text="It stays with you until then, and you can decide at any time.")
    if subject and subject.key == REQUEST:
        return Message(
            title=f"I will not remind you of R-{subject.about} before {day_in_words(until)}.",
            blocks=(stays,),
            buttons=(button("What waits for me", Action.WAITING, ""),),
        )
    return Message(title=f"I will not remind you of {_what(subject, scene)} before {day_in_words(until)}.")


def _stopped(subject: Subject | None, scene: SayScene) -> Message:
    return Message(title=f"I will not remind you of {_what(subject, scene)} again.")


def _what(subject: Subject | None, scene: SayScene) -> str:
    if subject and subject.key == Reminder.NEXT_WEEK:
        return "the weeks to come"
    items = items_of(subject, scene) if subject else ()
    return items[0].called if items else "that"


COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {SayKind.TODAY: compose_today}
