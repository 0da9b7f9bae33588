"""What somebody is reminded of, as things stand; nothing where it is done, or was never theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.reminding import request_items_said, rota_items_said, site_items_said, trust_items_said
from handlers.reminding.abouts import read_number
from handlers.reminding.subjects import REQUEST
from handlers.requests import chasing_items
from handlers.requests.in_words import button
from policy_kb.bot_words import Action
from policy_kb.request_words import RequestId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from handlers.message import Button
    from handlers.reminding.subjects import Subject
    from handlers.requests.chasing_items import Item
    from handlers.scene import SayScene


def items_of(subject: Subject, scene: SayScene) -> tuple[Item, ...]:
    """Return what one subject comes to for the reader, with how to put it off or end it where its timer allows that."""
    found = ITEMS[subject.key](subject.about, scene) if subject.key in ITEMS else ()
    if subject.reminder is None:
        return found
    return tuple(replace(one, snoozes=tuple(_otherwise(subject, scene))) for one in found)


def _otherwise(subject: Subject, scene: SayScene) -> Iterator[Button]:
    timer = scene.view.reminding.timers[subject.reminder] if subject.reminder else None
    if timer and timer.put_off:
        yield button("Not now", Action.NOT_NOW, str(subject))
    if timer and timer.may_stop:
        yield button("Don't remind me again", Action.NO_MORE, str(subject))


def _request(about: str, scene: SayScene) -> tuple[Item, ...]:
    number = read_number(about)
    return chasing_items.items_of(RequestId(number), scene) if number else ()


ITEMS: Mapping[str, Callable[[str, SayScene], tuple[Item, ...]]] = {
    REQUEST: _request,
    **site_items_said.ITEMS,
    **rota_items_said.ITEMS,
    **trust_items_said.ITEMS,
    **request_items_said.ITEMS,
}
