"""What is decided about days that nobody covers: comments off, a pause; and how the rota is cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from handlers.cover import planning
from handlers.cover.about import GONE, days_about, read_gap, read_number
from handlers.cover.handing import end_offer, end_offers, news
from handlers.cover.seen import administrators_of, parts, sites_of, with_rota
from handlers.sites.rights import heads_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.cover import cover_of
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import RotaShape
from policy_kb.rules.swapping import NothingToSettle, check_may_settle, next_monday
from policy_kb.site_words import CoverDays, OfferState, SiteId, SlotLength
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import IntendedGap, Site, Slot
    from policy_kb.site_words import GapKind
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

SETTLED_AHEAD = 366
LENGTH_FIELD = "length"
DAYS_FIELD = "days"
DOUBLE_FIELD = "holidays"
DOUBLE = "double"
REOPEN = "reopen:"  # before the number of a decision: whether it shall be taken back
SURELY = ":surely"


def gaps(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Show what is not covered of a site, or of all that somebody looks after; instead of a question after a “no”."""
    asked = read_gap(event.about, {})
    if asked and asked.days:
        return (_gaps(asked.site),)
    number = read_number(event.about)
    if number is None and act.person:
        theirs = sites_of(act.person, act.uow, act.today)
        number = theirs[0].id if len(theirs) == 1 else None
    return (SayFacts(kind=SayKind.GAPS, about=str(number or "")),)


def ask(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Read back which days of which site nobody would cover on purpose; raises NotTheirsToSettle, NothingToSettle."""
    about = read_gap(event.about, event.values)
    site = with_rota(about.site, act.uow) if about else None
    if about is None or site is None or about.days is None or about.kind is None:
        return (GONE,)
    days, _ = _to_settle(about.days, site, act)
    if is_decided(site.id, days, act.uow):
        return (_gaps(site.id),)
    asked = f"{site.id}:{days_about(*days)}:{about.kind}"
    return (SayFacts(kind=SayKind.GAPS, about=asked, replaces=True),)


def settle(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep somebody's decision that nobody covers some days on purpose, and tell who answers for the site.

    Raises:
        NotTheirsToSettle, NothingToSettle: nothing was kept.

    Policy: A.1.5, A.5.4
    """
    about = read_gap(event.about, event.values)
    site = _held(about.site, act) if about else None
    if about is None or site is None or about.days is None or about.kind is None or act.person is None:
        return (GONE,)
    days, slots = _to_settle(about.days, site, act)
    if is_decided(site.id, days, act.uow):
        return (_gaps(site.id),)
    number = _keep(site, about.kind, days, act.person, act)
    for slot in slots:
        if slot.person is None:  # nobody is looked for on purpose
            end_offers(slot.id, act)
    act.tell(_answer_for(site, act), news("settled", number, f"{site.id}:{days_about(*days)}:{about.kind}"))
    return (_gaps(site.id),)


def reopen(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Take such a decision back, so that the days are a gap again, and tell who answers for the site who did.

    Without ``:surely`` behind its number, that is asked first.

    Raises:
        NotTheirsToSettle: it stays.

    Policy: A.5.4
    """
    number = read_number(event.about.removesuffix(SURELY))
    made = intended(number, act.uow, act.today) if number else None
    site = _held(made.site, act) if made else None
    if made is None or site is None or act.person is None:
        return (GONE,)
    check_may_settle(parts(act.person, site, act.uow, act.today))
    if not event.about.endswith(SURELY):
        return (SayFacts(kind=SayKind.GAPS, about=f"{REOPEN}{made.id}", replaces=True),)
    if act.uow.rota.reopen_gap(made.id, entry=act.entry(Verb.GAP_REOPENED, "A.5.4")):
        which = f"{act.person}:{site.id}:{days_about(made.starts_on, made.ends_on)}:{made.kind}"
        act.tell((made.by, *_answer_for(site, act)), news("reopened", made.id, which))
    return (_gaps(site.id),)


def shape(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Cut a site's rota anew from next Monday on, and tell whoever had a slot after that; without fields, show the form.

    Raises:
        NotTheirsToSettle: it stays as it is.

    Policy: A.5.3, A.5.4
    """
    number = read_number(event.about)
    site = _held(SiteId(number), act) if number else None
    if site is None:
        return (GONE,)
    check_may_settle(parts(act.person, site, act.uow, act.today))
    wanted = _wanted(event)
    if wanted is None:
        return (SayFacts(kind=SayKind.COVER_FORM, about=f"{site.id}:shape"),)
    monday = next_monday(act.today)
    if wanted != site.rota:
        act.uow.sites.change(replace(site, rota=wanted), entry=act.entry(Verb.CHANGED, "A.5.4"))
        dropped = act.uow.rota.slots(monday, date.max, sites=(site.id,))
        had, numbers = {one.person for one in dropped if one.person}, {one.id for one in dropped}
        for one in act.uow.offers.open_all():
            if numbers & {one.slot, one.for_slot}:
                end_offer(one, OfferState.CLOSED, act)
        act.uow.rota.drop(site.id, start=monday)
        planning.plan_site(replace(site, rota=wanted), act)
        act.tell(sorted(had), news("cut", site.id, monday.isoformat()))
    return (SayFacts(kind=SayKind.COVER_NEWS, about=f"cut:{site.id}:{monday.isoformat()}", replaces=True),)


def intended(number: int, uow: UnitOfWork, on: date) -> IntendedGap | None:
    """Return a decision that is not over; None where it was taken back, or has ended."""
    made = uow.rota.intended_gaps(on, on + 2 * SETTLED_AHEAD * DAY)
    return next((one for one in made if one.id == number), None)


def is_decided(site_id: SiteId, days: tuple[date, date], uow: UnitOfWork) -> bool:
    """Tell whether somebody decided that nobody covers some days of a site, all of them."""
    return any(
        one.starts_on <= days[0] and days[1] <= one.ends_on for one in uow.rota.intended_gaps(*days, sites=(site_id,))
    )


def _to_settle(days: tuple[date, date], site: Site, act: Acting) -> tuple[tuple[date, date], tuple[Slot, ...]]:
    """Return what is left of some days, with the slots in them; raises NotTheirsToSettle, NothingToSettle."""
    check_may_settle(parts(act.person, site, act.uow, act.today))
    left, slots = _left_of(days, site, act)
    if is_decided(site.id, left, act.uow):
        return left, slots
    if not cover_of(slots, ()).gaps or left[1] > act.today + SETTLED_AHEAD * DAY:
        raise NothingToSettle
    return left, slots


def _keep(site: Site, kind: GapKind, days: tuple[date, date], by: PersonId, act: Acting) -> int:
    entry = act.entry(Verb.GAP_SETTLED, "A.5.4")
    return act.uow.rota.settle_gap(site.id, kind, *days, by=by, entry=entry)


def _left_of(days: tuple[date, date], site: Site, act: Acting) -> tuple[tuple[date, date], tuple[Slot, ...]]:
    """
    Return what is left of some days, with the slots of a site in them.

    Of a slot that goes on the whole is decided, though its first days are over: it is left on purpose or it is not.
    """
    first = max(days[0], act.today)
    slots = act.uow.rota.slots(first, days[1], sites=(site.id,)) if first < days[1] else ()
    start = min((one.starts_on for one in slots), default=first)
    return (max(days[0], min(first, start)), days[1]), slots


def _held(site_id: SiteId, act: Acting) -> Site | None:
    """Return a site with a rota, and let nobody else change it meanwhile."""
    act.uow.sites.hold(site_id)
    return with_rota(site_id, act.uow)


def _answer_for(site: Site, act: Acting) -> tuple[PersonId, ...]:
    return (*heads_of(site.setting, act.uow, act.today), site.author, *administrators_of(site, act.today))


def _wanted(event: ButtonPressed) -> RotaShape | None:
    length = next((one for one in SlotLength if one in event.values.get(LENGTH_FIELD, ())), None)
    days = next((one for one in CoverDays if one in event.values.get(DAYS_FIELD, ())), None)
    if length is None or days is None:
        return None
    return RotaShape(length=length, days=days, holidays_double=DOUBLE in event.values.get(DOUBLE_FIELD, ()))


def _gaps(site_id: SiteId) -> SayFacts:
    return SayFacts(kind=SayKind.GAPS, about=str(site_id), replaces=True)
