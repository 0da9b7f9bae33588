"""Once a list of sites is taken in, their rotas are made, and whoever has still to accept is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.bot_words import SayKind
from policy_kb.rules.periods import DAY
from policy_kb.site_words import TaskKind
from policy_kb.words import Channel, PersonId
from storage.chat_addresses import ChatAddress
from tests.handlers.imports.sites.lists import NOW, register, take_in

if TYPE_CHECKING:
    from policy_kb.rules.site import Slot
    from storage.database import Database

COLUMNS = "name,setting,host,author,administrators,moderators,own_logins,rota"
TODAY = NOW.date()
ANNA, BERT, CLEO = PersonId("1001"), PersonId("1002"), PersonId("1003")


def slots(database: Database) -> tuple[Slot, ...]:
    with database.begin() as work:
        return work.rota.slots(TODAY, TODAY + timedelta(weeks=13))


def meet(database: Database, *people: PersonId) -> None:
    """Let some people have said hello to the bot."""
    with database.begin() as work:
        for one in people:
            work.chat_addresses.refresh(
                ChatAddress(person_id=one, channel=Channel.SLACK, tenant="T1", address=f"dm-{one}", updated_at=NOW)
            )


def told(database: Database) -> list[tuple[SayKind, PersonId | None]]:
    """Send what waits to be sent, and return what it is, and to whom."""
    with database.begin() as work:
        found = work.outbox.claim(NOW, timedelta(minutes=1), 50)
        for row in found:
            work.outbox.sent(row, NOW)
    return sorted((row.say.kind, row.to) for row in found)


def test_the_rota_of_a_site_whose_people_have_accepted_is_full_for_thirteen_weeks(database: Database) -> None:
    take_in(database, "Blog,elm,academy,1001,1001,1001; 1002,yes,day", columns=COLUMNS)

    made = slots(database)
    assert len(made) == 65
    assert {slot.person for slot in made} == {ANNA, BERT}


def test_until_somebody_accepts_every_slot_is_a_gap_and_they_are_asked(database: Database) -> None:
    meet(database, ANNA, BERT)

    take_in(database, "Blog,elm,academy,1001,1001,1001; 1002,no,week", columns=COLUMNS)

    assert [slot.person for slot in slots(database)] == [None] * 13
    assert told(database) == [(SayKind.PART_ASKED, ANNA), (SayKind.PART_ASKED, BERT)]


def test_nobody_is_asked_again_because_something_else_changed(database: Database) -> None:
    meet(database, ANNA, BERT)
    take_in(database, "Blog,elm,academy,1001,1001,1001; 1002,no,week", columns=COLUMNS)
    told(database)

    plan = take_in(database, "Blog,elm,academy,1002,1001,1001; 1002,no,week", columns=COLUMNS)

    assert len(plan.changed) == 1
    assert told(database) == []


def test_who_has_a_slot_this_fortnight_is_told_once(database: Database) -> None:
    meet(database, ANNA, BERT)

    take_in(database, "Blog,elm,academy,1001,1001,1001; 1002,yes,day", columns=COLUMNS)

    assert told(database) == [(SayKind.COVER_NEWS, ANNA), (SayKind.COVER_NEWS, BERT)]


def test_whoever_is_gone_from_the_list_is_gone_from_the_rota(database: Database) -> None:
    take_in(database, "Blog,elm,academy,1001,1001,1001; 1002,yes,day", columns=COLUMNS)
    with database.begin() as work:
        (first, *_) = (slot for slot in work.rota.slots(TODAY, TODAY + 5 * DAY) if slot.person == BERT)

    take_in(database, "Blog,elm,academy,1001,1001,1001; 1003,yes,day", columns=COLUMNS)

    made = slots(database)
    assert register(database)["Blog"].people_on(TODAY) == (ANNA, CLEO)
    assert {slot.person for slot in made} == {ANNA, CLEO}
    assert first.id in {slot.id for slot in made}


def test_a_login_of_whoever_is_gone_from_the_list_is_to_be_taken_away_and_administrators_are_told(
    database: Database,
) -> None:
    meet(database, ANNA)
    take_in(database, "Blog,elm,academy,1001,1001,1001; 1002,yes,day", columns=COLUMNS)
    told(database)

    take_in(database, "Blog,elm,academy,1001,1001,1001; 1003,yes,day", columns=COLUMNS)

    with database.begin() as work:
        assert [(one.kind, one.about) for one in work.sites.open_tasks()] == [(TaskKind.REMOVE_ACCESS, BERT)]
    assert (SayKind.SITE_TASKS, ANNA) in told(database)


def test_nothing_is_made_while_it_is_only_looked_at(database: Database) -> None:
    take_in(database, "Blog,elm,academy,1001,1001,1001; 1002,yes,day", columns=COLUMNS, apply=False)

    assert slots(database) == ()
