"""A slot is offered once at a time, everybody who was asked is known, and an offer ends once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.site_words import OfferId, OfferKind, OfferState, SlotId
from storage.errors import ChangeRefused
from storage.offers import Offer
from tests.storage.at_once import at_once
from tests.storage.builders import NOW
from tests.storage.site_builders import (
    MONDAY,
    NEVER_MADE,
    NOBODY,
    PRIYA,
    TOM,
    WEEK,
    ZOE,
    a_slot,
    laid_out,
    opened,
)

if TYPE_CHECKING:
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

LATER = NOW + timedelta(hours=1)


def test_an_offer_is_read_back_with_whoever_was_asked_and_whoever_said_no(database: Database) -> None:
    with database.begin() as work:
        slot, other = _two_slots(work)
        number = _made(work, slot, kind=OfferKind.SWAP, for_slot=other)
        work.offers.ask(number, (ZOE, TOM, ZOE))
        work.offers.ask(number, (TOM, PRIYA))
        work.offers.say_not_free(number, TOM, now=LATER)

        found = work.offers.get(number)

        assert found == Offer(
            id=number,
            slot=slot,
            kind=OfferKind.SWAP,
            by=PRIYA,
            for_slot=other,
            state=OfferState.OPEN,
            at=NOW,
            asked=(PRIYA, TOM, ZOE),
            not_free=frozenset({TOM}),
        )
        assert found.is_open
        assert work.offers.open_for(slot) == found


def test_whoever_said_no_and_is_asked_again_has_still_said_no(database: Database) -> None:
    with database.begin() as work:
        number = _made(work, _two_slots(work)[0])
        work.offers.ask(number, (TOM,))
        work.offers.say_not_free(number, TOM, now=NOW)
        work.offers.ask(number, (TOM, ZOE))

        assert _the(work, number).not_free == {TOM}
        assert _the(work, number).asked == (TOM, ZOE)


def test_nobody_says_no_to_what_they_were_not_asked(database: Database) -> None:
    with database.begin() as work:
        number = _made(work, _two_slots(work)[0])
        work.offers.ask(number, (TOM,))
        work.offers.say_not_free(number, ZOE, now=NOW)

        assert (_the(work, number).asked, _the(work, number).not_free) == ((TOM,), frozenset())


def test_a_slot_is_offered_once_at_a_time_and_anew_once_that_has_ended(database: Database) -> None:
    with database.begin() as work:
        slot, other = _two_slots(work)
        first = _made(work, slot)

        again = work.offers.make(slot, OfferKind.SWAP, TOM, now=LATER, for_slot=other)
        beside = _made(work, other)
        work.offers.close(first, OfferState.CLOSED, now=LATER)
        anew = _made(work, slot)

        assert again is None
        assert len({first, beside, anew}) == 3
        assert work.offers.open_for(slot) == _the(work, anew)
        assert [one.id for one in work.offers.open_all()] == [beside, anew]


@pytest.mark.parametrize("state", [OfferState.TAKEN, OfferState.TURNED_DOWN, OfferState.CLOSED])
def test_an_offer_ends_once_and_how_it_ended_stays(database: Database, state: OfferState) -> None:
    with database.begin() as work:
        slot = _two_slots(work)[0]
        number = _made(work, slot)
        work.offers.ask(number, (TOM,))

        told = [work.offers.close(number, one, now=LATER) for one in (state, OfferState.TAKEN)]

        ended = _the(work, number)
        assert told == [True, False]
        assert (ended.state, ended.closed_at, ended.is_open, ended.asked) == (state, LATER, False, (TOM,))
        assert work.offers.open_for(slot) is None
        assert work.offers.open_all() == ()
        assert not work.offers.close(OfferId(NEVER_MADE), state, now=LATER)
        assert work.offers.get(OfferId(NEVER_MADE)) is None


def test_a_slot_that_goes_takes_its_offers_with_it_also_those_it_was_to_be_given_for(database: Database) -> None:
    with database.begin() as work:
        slot, other = _two_slots(work)
        wanted = _made(work, slot, kind=OfferKind.SWAP, for_slot=other)
        work.offers.ask(wanted, (TOM,))
        site = work.rota.slots(MONDAY, MONDAY + WEEK)[0].site

        work.rota.drop(site, start=MONDAY + WEEK)

        assert work.rota.get(slot) is not None
        assert work.offers.get(wanted) is None
        assert _made(work, slot) > wanted


def test_an_offer_of_or_to_what_is_not_there_is_refused(database: Database) -> None:
    with database.begin() as work:
        slot = _two_slots(work)[0]
    nothing = SlotId(NEVER_MADE)

    for offered, by, wanted in ((nothing, PRIYA, None), (slot, NOBODY, None), (slot, PRIYA, nothing)):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.offers.make(offered, OfferKind.COVER, by, now=NOW, for_slot=wanted)
    with database.begin() as work:
        number = _made(work, slot)
    for offer, person in ((number, NOBODY), (OfferId(NEVER_MADE), TOM)):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.offers.ask(offer, (person,))

    with database.begin() as work:
        assert [(one.id, one.asked) for one in work.offers.open_all()] == [(number, ())]


def test_of_many_who_offer_one_slot_at_once_one_offer_is_made(database: Database) -> None:
    with database.begin() as work:
        slot = _two_slots(work)[0]

    told = at_once(database, *[lambda work: work.offers.make(slot, OfferKind.COVER, PRIYA, now=NOW)] * 10)

    with database.begin() as work:
        assert [one.id for one in work.offers.open_all()] == [one for one in told if one is not None]


def test_many_who_are_asked_at_once_are_all_asked(database: Database) -> None:
    with database.begin() as work:
        number = _made(work, _two_slots(work)[0])

    at_once(
        database,
        *[lambda work: work.offers.ask(number, (TOM, PRIYA))] * 4,
        *[lambda work: work.offers.ask(number, (ZOE, TOM))] * 4,
    )

    with database.begin() as work:
        assert _the(work, number).asked == (PRIYA, TOM, ZOE)


def _two_slots(work: UnitOfWork) -> tuple[SlotId, SlotId]:
    """Return a slot of Priya's, and one of Tom's in the week after."""
    site = opened(work)
    mine, yours = laid_out(work, a_slot(site, person=PRIYA), a_slot(site, MONDAY + WEEK, person=TOM))
    return mine.id, yours.id


def _made(
    work: UnitOfWork, slot: SlotId, *, kind: OfferKind = OfferKind.COVER, for_slot: SlotId | None = None
) -> OfferId:
    number = work.offers.make(slot, kind, PRIYA, now=NOW, for_slot=for_slot)
    assert number is not None
    return number


def _the(work: UnitOfWork, number: OfferId) -> Offer:
    found = work.offers.get(number)
    assert found is not None
    return found
