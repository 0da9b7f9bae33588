"""What is done every night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.retention import read_periods
from handlers.auditing import verify_audit
from handlers.night import Nights, keep_heads
from storage.audit import THE_TRUST
from storage.audit_heads import HeadsFile, HeadsUnavailable
from tests.builders import a_text

if TYPE_CHECKING:
    from pathlib import Path

    from storage.database import Database
    from tests.stage import Talk


@pytest.fixture
def heads(tmp_path: Path) -> HeadsFile:
    return HeadsFile(tmp_path / "kept" / "heads.jsonl")


@pytest.fixture
def nights(database: Database, heads: HeadsFile) -> Nights:
    return Nights(database, read_periods(None), heads)


def test_what_is_past_its_time_goes_and_the_audit_says_how_much(nights: Nights, talk: Talk, database: Database) -> None:
    talk.take(a_text("Can I friend a parent?"))
    talk.clock.advance(days=31)

    removed = nights.work(talk.clock())

    with database.begin() as uow:
        (row,) = uow.audit.chain(THE_TRUST)
    assert removed == 2
    assert row.verb == "tidied"
    assert '"answers":1' in row.facts


def test_the_heads_are_kept_after_the_tidying_so_that_they_cover_it(
    nights: Nights, talk: Talk, heads: HeadsFile
) -> None:
    nights.work(talk.clock())
    talk.clock.advance(days=1)
    nights.work(talk.clock())

    recorded = heads.read().recorded
    assert list(recorded[("trust", "trust")]) == [1, 2]


def test_an_audit_that_was_never_touched_is_whole_night_after_night(
    nights: Nights, talk: Talk, database: Database, heads: HeadsFile
) -> None:
    for _ in range(40):
        nights.work(talk.clock())
        talk.clock.advance(days=1)

    with database.begin() as uow:
        report = verify_audit(uow, heads)
    assert (report.flaws, report.notes, report.rows) == ((), (), 40)


def test_where_the_heads_cannot_be_kept_the_tidying_is_done_all_the_same(
    database: Database, talk: Talk, tmp_path: Path
) -> None:
    tmp_path.joinpath("file").touch()
    nights = Nights(database, read_periods(None), HeadsFile(tmp_path / "file" / "heads.jsonl"))

    with pytest.raises(HeadsUnavailable, match="ASKFIRST_AUDIT_HEADS"):
        nights.work(talk.clock())

    with database.begin() as uow:
        assert [row.verb for row in uow.audit.chain(THE_TRUST)] == ["tidied"]


def test_after_restoring_the_heads_begin_anew(database: Database, talk: Talk, heads: HeadsFile) -> None:
    keep_heads(database, heads, talk.clock(), restored=True)

    with database.begin() as uow:
        (note,) = verify_audit(uow, heads).notes
    assert "restored from a backup" in note
