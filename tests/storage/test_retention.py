from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.words import Channel
from storage.database import Database
from storage.retention import ANSWERS_KEPT, EVENTS_KEPT, GIVEN_UP_KEPT, SENT_KEPT, Removed
from tests.storage.builders import NOW, a_say, an_answer

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

MOMENT = timedelta(seconds=1)


def test_nothing_is_removed_before_its_time_and_everything_after_it(database: Database) -> None:
    _fill(database, events=NOW - EVENTS_KEPT, answers=NOW - ANSWERS_KEPT)

    early = database.tidy(NOW)
    late = database.tidy(NOW + MOMENT)

    assert early == Removed(events=0, answers=0, sent=0, given_up=0)
    assert late == Removed(events=1, answers=1, sent=0, given_up=0)


def test_sent_notices_go_after_a_week_and_given_up_ones_after_a_month(database: Database) -> None:
    with database.begin() as work:
        work.outbox.put(a_say("sent"), Channel.SLACK, "D1", to=None, due_at=NOW, now=NOW)
        work.outbox.put(a_say("given up"), Channel.SLACK, "D2", to=None, due_at=NOW, now=NOW)
        sent, gone = work.outbox.claim(NOW, MOMENT, 10)
        work.outbox.sent(sent, NOW)
        work.outbox.give_up(gone, "the person left")

    after_a_week = database.tidy(NOW + SENT_KEPT + MOMENT)
    after_a_month = database.tidy(NOW + GIVEN_UP_KEPT + MOMENT)

    assert after_a_week == Removed(events=0, answers=0, sent=1, given_up=0)
    assert after_a_month == Removed(events=0, answers=0, sent=0, given_up=1)


def test_what_was_never_sent_is_kept_however_old_it_is(database: Database) -> None:
    with database.begin() as work:
        work.outbox.put(a_say(), Channel.SLACK, "D1", to=None, due_at=NOW, now=NOW)

    removed = database.tidy(NOW + timedelta(days=365))

    assert removed.sent == 0
    with database.begin() as work:
        assert len(work.outbox.claim(NOW, MOMENT, 10)) == 1


def test_what_was_removed_cannot_be_read_in_the_file_any_more(sqlite_url: str, tmp_path: Path) -> None:
    marker = "a-name-nobody-should-find-later"
    database = Database(sqlite_url)
    database.upgrade()
    with database.begin() as work:
        work.answers.add(an_answer(facts={"about": marker}))
    assert marker.encode() in _bytes_on_disk(tmp_path)

    database.tidy(NOW + ANSWERS_KEPT + MOMENT)

    assert marker.encode() not in _bytes_on_disk(tmp_path)
    database.close()


def _fill(database: Database, *, events: datetime, answers: datetime) -> None:
    with database.begin() as work:
        work.inbox.take(Channel.SLACK, "T1", "E1", events)
        work.answers.add(an_answer(at=answers))


def _bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
