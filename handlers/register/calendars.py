"""The address of a calendar feed is asked for: of one's own slots, or of a site's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.cover.about import GONE, NUMBER
from handlers.cover.seen import parts, with_rota
from policy_kb.bot_words import Action, SayKind
from policy_kb.site_words import SiteId
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed

IN_PRIVATE = "private"
NOTHING = "nothing"  # they look after no site
WHICH = "which"  # a site was named that they have no part in
NEW = "new"
ABOUT = re.compile(rf"(?P<new>{NEW}(?::(?=[1-9])|$))?(?P<site>{NUMBER})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAbout:
    """Which feed is meant, and whether an address is made for it: nothing, ``7``, ``new``, ``new:7``."""

    site: SiteId | None = None  # None: one's own slots
    is_new: bool = False


def read_calendar(about: str) -> CalendarAbout | None:
    """Return which feed is meant; None where none can be."""
    found = ABOUT.fullmatch(about)
    if found is None:
        return None
    return CalendarAbout(site=SiteId(int(found["site"])) if found["site"] else None, is_new=found["new"] is not None)


def say_calendar(site: SiteId | None, act: Acting, *, private: bool, new: bool = False) -> SayFacts:
    """
    Return what is said to somebody who wants the address of a feed.

    An address is made where there is none yet, or a new one is wanted: it is made where it is put into words,
    for it is shown once and kept by nobody.
    """
    if not private:
        return SayFacts(kind=SayKind.CALENDAR, about=IN_PRIVATE)
    if act.person is None or (site is not None and not _may_read(site, act)):
        return GONE
    which = "" if site is None else str(site)
    if not new and act.uow.secret_addresses.has_feed(act.person, site):
        return SayFacts(kind=SayKind.CALENDAR, about=which)
    return SayFacts(kind=SayKind.CALENDAR, about=f"{NEW}:{which}" if which else NEW)


def _calendar(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    return _pressed(event, act, new=False)


def _new_calendar(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    return _pressed(event, act, new=True)


def _pressed(event: ButtonPressed, act: Acting, *, new: bool) -> tuple[SayFacts, ...]:
    meant = read_calendar(event.about)
    if meant is None or meant.is_new:
        return (GONE,)
    return (say_calendar(meant.site, act, private=event.conversation.private, new=new),)


def _may_read(site_id: SiteId, act: Acting) -> bool:
    site = with_rota(site_id, act.uow)
    return site is not None and bool(parts(act.person, site, act.uow, act.today))


ACTIONS: Mapping[Action, Callable[[ButtonPressed, Acting], tuple[SayFacts, ...]]] = {
    Action.CALENDAR: _calendar,
    Action.NEW_CALENDAR: _new_calendar,
}
