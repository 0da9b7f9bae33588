from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.words import Channel
from storage.audit import THE_BOT, THE_TRUST
from storage.chat_addresses import ChatAddress
from storage.database import Database
from storage.retention import Periods, Removed
from tests.storage.builders import NOW, a_person, a_say, an_answer, fill

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

MOMENT = timedelta(seconds=1)
KEPT = Periods(
    events=timedelta(days=7),
    answers=timedelta(days=30),
    sent=timedelta(days=8),
    given_up=timedelta(days=31),
    leavers=timedelta(days=90),
)
NOTHING = Removed(events=0, answers=0, sent=0, given_up=0, leavers=0)


def test_nothing_is_removed_before_its_time_and_everything_after_it(database: Database) -> None:
    _fill(database, events=NOW - KEPT.events, answers=NOW - KEPT.answers)

    early = database.tidy(KEPT, NOW)
    late = database.tidy(KEPT, NOW + MOMENT)

    assert early == NOTHING
    assert late == replace(NOTHING, events=1, answers=1)


def test_sent_notices_go_after_a_week_and_given_up_ones_after_a_month(database: Database) -> None:
    with database.begin() as work:
        work.outbox.put(a_say("sent"), Channel.SLACK, "D1", to=None, due_at=NOW, now=NOW)
        work.outbox.put(a_say("given up"), Channel.SLACK, "D2", to=None, due_at=NOW, now=NOW)
        sent, gone = work.outbox.claim(NOW, MOMENT, 10)
        work.outbox.sent(sent, NOW)
        work.outbox.give_up(gone, "the person left")

    after_a_week = database.tidy(KEPT, NOW + KEPT.sent + MOMENT)
    after_a_month = database.tidy(KEPT, NOW + KEPT.given_up + MOMENT)

    assert after_a_week == replace(NOTHING, sent=1)
    assert after_a_month == replace(NOTHING, given_up=1)


def test_what_was_never_sent_is_kept_however_old_it_is(database: Database) -> None:
    with database.begin() as work:
        work.outbox.put(a_say(), Channel.SLACK, "D1", to=None, due_at=NOW, now=NOW)

    removed = database.tidy(KEPT, NOW + timedelta(days=365))

    assert removed.sent == 0
    with database.begin() as work:
        assert len(work.outbox.claim(NOW, MOMENT, 10)) == 1


def test_leavers_are_forgotten_in_chat_when_their_time_is_up_and_stay_in_the_directory(database: Database) -> None:
    gone, here = a_person("Gone", ends_on=NOW.date()), a_person("Here")
    with database.begin() as work:
        fill(work, gone, here)
        for person in (gone, here):
            work.identities.remember(Channel.SLACK, "T1", person.id, person.id, NOW)
            work.chat_addresses.refresh(
                ChatAddress(person_id=person.id, channel=Channel.SLACK, tenant="T1", address=person.id, updated_at=NOW)
            )

    early = database.tidy(KEPT, NOW + KEPT.leavers - timedelta(days=1))
    late = database.tidy(KEPT, NOW + KEPT.leavers)

    assert (early.leavers, late.leavers) == (0, 2)
    with database.begin() as work:
        assert work.identities.find(Channel.SLACK, "T1", gone.id) is None
        assert work.chat_addresses.of(gone.id) == ()
        assert len(work.chat_addresses.of(here.id)) == 1
        assert len(work.people.everyone()) == 2


def test_what_was_removed_is_written_down_in_the_audit_without_a_word_of_it(database: Database) -> None:
    _fill(database, events=NOW, answers=NOW)

    removed = database.tidy(KEPT, NOW + timedelta(days=365))

    with database.begin() as work:
        (row,) = work.audit.chain(THE_TRUST)
    assert removed.total == 2
    assert (row.verb, row.actor) == ("tidied", THE_BOT)
    assert json.loads(row.facts) == {"events": 1, "answers": 1, "sent": 0, "given_up": 0, "leavers": 0}


def test_what_was_removed_cannot_be_read_in_the_file_any_more(sqlite_url: str, tmp_path: Path) -> None:
    marker = "a-name-nobody-should-find-later"
    database = Database(sqlite_url)
    database.upgrade()
    with database.begin() as work:
        work.answers.add(an_answer(facts={"about": marker}))
    assert marker.encode() in _bytes_on_disk(tmp_path)

    database.tidy(KEPT, NOW + KEPT.answers + MOMENT)

    assert marker.encode() not in _bytes_on_disk(tmp_path)
    database.close()


def _fill(database: Database, *, events: datetime, answers: datetime) -> None:
    with database.begin() as work:
        work.inbox.take(Channel.SLACK, "T1", "E1", events)
        work.answers.add(an_answer(at=answers))


def _bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
