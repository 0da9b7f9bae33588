"""What is done about cover: taken, swapped, given, settled; away and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover import assigning, away, offering, settling, swapping
from handlers.cover.about import GONE, read_week
from handlers.cover.asked import offers_to
from handlers.cover.seen import sites_of
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.reach import SATURDAY
from policy_kb.rules.rota_cut import owes_on
from policy_kb.rules.swapping import next_monday
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Site

MOST_OFFERS = 4  # that are shown beneath somebody's slots


def _on_duty(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Show who is on in a week; turning from one week to another, in the same place."""
    if not event.about:
        return on_duty(act)
    if read_week(event.about) is None:
        return (GONE,)
    return (SayFacts(kind=SayKind.ON_DUTY, about=event.about, replaces=True),)


def on_duty(act: Acting, site: Site | None = None) -> tuple[SayFacts, ...]:
    """Show who is on where no day is asked for: this week; at a weekend the next, and today where a site owes cover."""
    beside = f":{site.id}" if site else ""
    if act.today.weekday() < SATURDAY:
        return (SayFacts(kind=SayKind.ON_DUTY, about=f"{act.today.isoformat()}{beside}"),)
    week = SayFacts(kind=SayKind.ON_DUTY, about=f"{next_monday(act.today).isoformat()}{beside}")
    sites = (site,) if site else sites_of(act.person, act.uow, act.today) if act.person else ()
    if not any(owes_on(one.rota, act.today) for one in sites):
        return (week,)
    return (SayFacts(kind=SayKind.ON_DUTY, about=f"{act.today.isoformat()}:day{beside}"), week)


def my_slots(act: Acting) -> tuple[SayFacts, ...]:
    """Show somebody's slots, and beneath them what waits for their answer, the earliest first."""
    offers = offers_to(act.person, act.uow, act.today) if act.person else ()
    asked = (SayFacts(kind=SayKind.OFFER, about=str(one.id)) for one, _ in offers[:MOST_OFFERS])
    return (SayFacts(kind=SayKind.MY_SLOTS), *asked)


def _my_slots(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    del event
    return my_slots(act)


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
