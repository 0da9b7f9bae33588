"""What is done about cover: taken, swapped, given, settled; away and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover import assigning, away, offering, settling, swapping
from handlers.cover.about import GONE, read_week
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.reach import SATURDAY
from policy_kb.rules.swapping import next_monday
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed


def _on_duty(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Show who is on in a week; turning from one week to another, in the same place."""
    if event.about and read_week(event.about) is None:
        return (GONE,)
    about = event.about or week_to_show(act.today).isoformat()
    return (SayFacts(kind=SayKind.ON_DUTY, about=about, replaces=bool(event.about)),)


def week_to_show(today: date) -> date:
    """Return a day of the week that is shown where none is asked for: at a weekend, the one that comes."""
    return next_monday(today) if today.weekday() >= SATURDAY else today


def _my_slots(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    del event, act
    return (SayFacts(kind=SayKind.MY_SLOTS),)


ACTIONS: Mapping[Action, Callable[[ButtonPressed, Acting], tuple[SayFacts, ...]]] = {
    Action.ON_DUTY: _on_duty,
    Action.MY_SLOTS: _my_slots,
    Action.OFF: away.off,
    Action.BACK_AGAIN: away.back,
    Action.GOT_IT: offering.got_it,
    Action.CANNOT: offering.cannot,
    Action.FIND_COVER: offering.find_cover,
    Action.TAKE_SLOT: offering.take,
    Action.NOT_FREE: offering.not_free,
    Action.TAKE_BACK_OFFER: offering.take_back,
    Action.SWAP: swapping.swap,
    Action.AGREE_SWAP: swapping.agree,
    Action.REFUSE_SWAP: swapping.refuse,
    Action.ASSIGN: assigning.assign,
    Action.GAPS: settling.gaps,
    Action.SETTLE_GAP: settling.ask,
    Action.SETTLE_GAP_SURELY: settling.settle,
    Action.REOPEN_GAP: settling.reopen,
    Action.ROTA_SHAPE: settling.shape,
}
