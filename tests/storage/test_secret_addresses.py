"""Secret addresses open what they were made for, to one person, as long as they may, and are kept nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.site_words import SiteId
from storage.errors import ChangeRefused
from storage.secret_addresses import Feed
from tests.storage.at_once import at_once
from tests.storage.builders import NOW, everything
from tests.storage.site_builders import NEVER_MADE, NOBODY, PRIYA, TOM, opened, staff

if TYPE_CHECKING:
    from storage.database import Database

SOON, MOMENT = NOW + timedelta(minutes=15), timedelta(seconds=1)


def test_a_link_tells_whose_it_is_until_it_is_used_up_once(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        secret = work.secret_addresses.make_link(PRIYA, expires_at=SOON)

        looked = [work.secret_addresses.whose_link(secret, now=NOW) for _ in range(2)]
        spent = [work.secret_addresses.spend_link(secret, now=NOW) for _ in range(2)]

        assert looked == [PRIYA, PRIYA]
        assert spent == [PRIYA, None]
        assert work.secret_addresses.whose_link(secret, now=NOW) is None


def test_a_link_opens_nothing_from_the_moment_it_runs_out(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        secret = work.secret_addresses.make_link(PRIYA, expires_at=SOON)

        assert work.secret_addresses.whose_link(secret, now=SOON - MOMENT) == PRIYA
        assert work.secret_addresses.whose_link(secret, now=SOON) is None
        assert work.secret_addresses.spend_link(secret, now=SOON) is None


def test_a_session_lasts_until_it_runs_out_or_is_ended(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        mine, toms = (work.secret_addresses.begin_session(who, expires_at=SOON) for who in (PRIYA, TOM))

        assert work.secret_addresses.whose_session(mine, now=SOON - MOMENT) == PRIYA
        assert work.secret_addresses.whose_session(mine, now=SOON) is None
        work.secret_addresses.end_session(mine)
        assert work.secret_addresses.whose_session(mine, now=NOW) is None
        assert work.secret_addresses.whose_session(toms, now=NOW) == TOM


def test_a_new_feed_stops_the_one_before_of_the_same_kind_and_no_other(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        own, of_site, toms = (
            work.secret_addresses.new_feed(who, of, now=NOW) for who, of in ((PRIYA, None), (PRIYA, site), (TOM, None))
        )
        anew = work.secret_addresses.new_feed(PRIYA, None, now=SOON)

        shown = [work.secret_addresses.feed(secret) for secret in (own, of_site, toms, anew)]

    mine = Feed(person=PRIYA, site=None)
    assert shown == [None, Feed(person=PRIYA, site=site), Feed(person=TOM, site=None), mine]


def test_all_feeds_of_a_leaver_stop_at_once_and_nobody_elses(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        secrets = [work.secret_addresses.new_feed(PRIYA, of, now=NOW) for of in (None, site)]
        toms = work.secret_addresses.new_feed(TOM, site, now=NOW)
        assert work.secret_addresses.has_feed(PRIYA, None)
        assert not work.secret_addresses.has_feed(TOM, None)

        told = [work.secret_addresses.revoke_feeds(PRIYA, now=SOON) for _ in range(2)]

        assert told == [2, 0]
        assert [work.secret_addresses.feed(secret) for secret in secrets] == [None, None]
        assert [work.secret_addresses.has_feed(PRIYA, of) for of in (None, site)] == [False, False]
        assert work.secret_addresses.feed(toms) == Feed(person=TOM, site=site)


@pytest.mark.parametrize("guess", ["", "wrong", "' OR 1=1 --", "é\u2603"])
def test_a_wrong_secret_opens_nothing(database: Database, guess: str) -> None:
    with database.begin() as work:
        staff(work)
        made = work.secret_addresses.make_link(PRIYA, expires_at=SOON)
        known = work.secret_addresses

        for secret in (guess, made[:-1], made + "x", made.swapcase()):
            assert known.whose_link(secret, now=NOW) is known.spend_link(secret, now=NOW) is None
            assert (known.whose_session(secret, now=NOW), known.feed(secret)) == (None, None)
        assert (known.whose_session(made, now=NOW), known.feed(made)) == (None, None)


def test_no_secret_is_in_the_database_and_no_two_are_alike(database: Database) -> None:
    with database.begin() as work:
        site = opened(work)
        known = work.secret_addresses
        secrets = [known.make_link(PRIYA, expires_at=SOON), known.begin_session(PRIYA, expires_at=SOON)]
        secrets += [known.new_feed(PRIYA, of, now=NOW) for of in (None, site)]

    kept = everything(database)
    assert len(set(secrets)) == 4
    assert min(map(len, secrets)) >= 32
    assert [secret for secret in secrets if secret.lower() in kept] == []


def test_nobody_unknown_has_an_address(database: Database) -> None:
    for person, site in ((NOBODY, None), (PRIYA, SiteId(NEVER_MADE))):
        with pytest.raises(ChangeRefused), database.begin() as work:
            work.secret_addresses.new_feed(person, site, now=NOW)
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.secret_addresses.make_link(NOBODY, expires_at=SOON)
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.secret_addresses.begin_session(NOBODY, expires_at=SOON)


def test_what_is_over_is_forgotten_and_what_still_opens_something_stays(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        known = work.secret_addresses
        spent = known.make_link(PRIYA, expires_at=SOON)
        known.spend_link(spent, now=NOW)
        known.make_link(PRIYA, expires_at=NOW)
        known.begin_session(PRIYA, expires_at=NOW)
        unspent, open_ = known.make_link(TOM, expires_at=SOON), known.begin_session(TOM, expires_at=SOON)

        told = [known.forget_before(instant) for instant in (NOW, NOW + MOMENT, NOW + MOMENT)]

        assert told == [0, 3, 0]
        assert known.whose_link(unspent, now=NOW) == known.whose_session(open_, now=NOW) == TOM


def test_of_many_who_use_one_link_at_once_one_is_let_in(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        secret = work.secret_addresses.make_link(PRIYA, expires_at=SOON)

    told = at_once(database, *[lambda work: work.secret_addresses.spend_link(secret, now=NOW)] * 10)

    assert (told.count(PRIYA), told.count(None)) == (1, 9)


def test_of_many_feeds_made_for_one_person_at_once_one_works(database: Database) -> None:
    with database.begin() as work:
        staff(work)

    secrets = at_once(database, *[lambda work: work.secret_addresses.new_feed(PRIYA, None, now=NOW)] * 6)

    with database.begin() as work:
        working = [secret for secret in secrets if work.secret_addresses.feed(str(secret)) is not None]
    assert len(working) == 1
