"""A person who is erased is gone from everything, and what the trust must be able to prove still stands."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from policy_kb.words import Channel, Role, Verb
from storage.audit import AuditEntry, Subject
from storage.audit_check import verify
from storage.chat_addresses import ChatAddress
from storage.database import Database
from storage.delegations import Delegation
from storage.erasing import BLANK_NAME, FATES, Erased
from storage.person import RoleHolding
from storage.settings import DslCard
from storage.tables import metadata
from tests.storage.builders import ELM, ENTRY, NOW, OAK, a_person, a_say, an_answer, everything, fill

if TYPE_CHECKING:
    from pathlib import Path

ERASE = AuditEntry(actor=None, verb=Verb.ERASED, at=NOW)
UNIQUE = "Zephyrine"
ZEPHYRINE = a_person(UNIQUE, held=(RoleHolding(role=Role.HEAD, setting_id=ELM.id),))
TOM, SAM = a_person("Tom"), a_person("Sam")
NEXT_WEEK = NOW.date() + timedelta(days=7)


def lead_a_whole_life(database: Database) -> None:
    """Let somebody be everywhere a person can be."""
    with database.begin() as work:
        fill(work, ZEPHYRINE, replace(TOM, line_manager_id=ZEPHYRINE.id), SAM, settings=(ELM, OAK))
        work.settings.put(replace(ELM, final_approver_id=ZEPHYRINE.id), entry=ENTRY)
        work.identities.remember(Channel.SLACK, "T1", f"U-{UNIQUE}", ZEPHYRINE.id, NOW)
        work.chat_addresses.refresh(
            ChatAddress(
                person_id=ZEPHYRINE.id, channel=Channel.SLACK, tenant="T1", address=f"D-{UNIQUE}", updated_at=NOW
            )
        )
        work.answers.add(an_answer(1, actor=f"U-{UNIQUE}"))
        work.answers.add(an_answer(2, actor="U-of-tom"))
        work.outbox.put(a_say("mine"), Channel.SLACK, "somewhere", to=ZEPHYRINE.id, due_at=NOW, now=NOW)
        work.outbox.put(a_say("at mine"), Channel.SLACK, f"D-{UNIQUE}", to=None, due_at=NOW, now=NOW)
        work.outbox.put(a_say("toms"), Channel.SLACK, "D-of-tom", to=TOM.id, due_at=NOW, now=NOW)


def delegate(database: Database, **who: str) -> None:
    names = {"from_id": TOM.id, "to_id": SAM.id, "set_by_id": ZEPHYRINE.id, **who}
    row = Delegation(role=Role.HEAD, setting_id=ELM.id, starts_on=NOW.date(), ends_on=NEXT_WEEK, **names)  # type: ignore[arg-type]  # ids are texts
    with database.begin() as work:
        work.delegations.add(row, entry=replace(ENTRY, actor=ZEPHYRINE.id))


def erase(database: Database) -> Erased:
    with database.begin() as work:
        return work.erasing.erase(ZEPHYRINE.id, entry=ERASE)


def test_somebody_erased_is_in_no_table_any_more(database: Database) -> None:
    lead_a_whole_life(database)
    delegate(database)
    assert UNIQUE.lower() in everything(database)

    erase(database)

    assert UNIQUE.lower() not in everything(database)


def test_what_is_other_peoples_stays(database: Database) -> None:
    lead_a_whole_life(database)

    erase(database)

    with database.begin() as work:
        assert [person.name for person in work.people.everyone()] == ["Sam", "Tom"]
        assert [row.say.about for row in work.outbox.claim(NOW, timedelta(minutes=1), 10)] == ["toms"]
        assert work.answers.count() == 1


def test_the_audit_still_verifies_and_ends_with_the_erasing(database: Database) -> None:
    lead_a_whole_life(database)
    with database.begin() as work:
        reference = work.audit.reference(ZEPHYRINE.id)

    erase(database)

    with database.begin() as work:
        rows = tuple(work.audit.everything())
        assert work.audit.reference(ZEPHYRINE.id) is None
        assert reference not in work.audit.known_people()
    assert verify(rows, {}).findings == ()
    assert [row.verb for row in rows if row.subject_id == reference][-1] == "erased"


def test_the_next_person_of_that_name_is_not_taken_for_the_one_before(database: Database) -> None:
    lead_a_whole_life(database)
    erase(database)

    with database.begin() as work:
        work.people.put((ZEPHYRINE,), entry=ENTRY)

    with database.begin() as work:
        chain = work.audit.chain(Subject.of_person(ZEPHYRINE.id))
    assert chain[0].number == 1
    assert "erased" not in {row.verb for row in chain}


def test_a_delegation_they_wrote_down_for_others_goes_on_without_their_name(database: Database) -> None:
    lead_a_whole_life(database)
    delegate(database)

    erase(database)

    with database.begin() as work:
        (still,) = work.delegations.in_force(Role.HEAD, ELM.id, NOW.date())
        stand_in = work.people.get(still.set_by_id)
        assert (still.from_id, still.to_id) == (TOM.id, SAM.id)
        assert stand_in is not None
        assert (stand_in.name, stand_in.email, stand_in.post) == (BLANK_NAME, "", "")
        assert stand_in.id not in {person.id for person in work.people.in_post(NOW.date())}


@pytest.mark.parametrize("part", ["from_id", "to_id"])
def test_a_delegation_from_or_to_them_goes(database: Database, part: str) -> None:
    lead_a_whole_life(database)
    delegate(database, set_by_id=TOM.id, **{part: ZEPHYRINE.id})

    erase(database)

    with database.begin() as work:
        assert work.delegations.everything() == ()
        assert BLANK_NAME not in {person.name for person in work.people.everyone()}


def test_whoever_erases_is_told_what_they_have_to_look_at(database: Database) -> None:
    lead_a_whole_life(database)
    card = DslCard(
        name="Sam",
        phone="01632 960001",
        deputy_name=UNIQUE,
        deputy_phone="01632 960002",
        out_of_hours="01632 960003",
        checked_on=date(2026, 9, 1),
    )
    with database.begin() as work:
        work.settings.put_dsl_card(OAK.id, card, entry=ENTRY)

    left = erase(database)

    assert left == Erased(
        without_final_approver=("Elm Academy",), named_on_dsl_card=("Oak Academy",), without_author=()
    )


def test_every_column_that_points_at_a_person_has_its_fate() -> None:
    pointing = {
        column
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "people" for key in column.foreign_keys)
    }

    assert {str(column) for column in FATES} == {str(column) for column in pointing}


def test_the_bytes_are_gone_from_the_file_and_its_log(sqlite_url: str, tmp_path: Path) -> None:
    with closing(Database(sqlite_url)) as database:
        database.upgrade()
        lead_a_whole_life(database)
        with database.begin() as work:
            salt = work.audit.connection.execute(
                text("SELECT salt FROM person_salts WHERE person_id = :id"), {"id": ZEPHYRINE.id}
            ).scalar_one()
        before = bytes_on_disk(tmp_path)

        erase(database)
        emptied = database.forget_for_good()

        after = bytes_on_disk(tmp_path)
    assert emptied
    for trace in (UNIQUE, UNIQUE.lower(), salt):
        assert trace.encode() in before
        assert trace.encode() not in after


def test_while_another_program_reads_the_log_is_left_and_that_is_said(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as database, closing(Database(sqlite_url)) as reader:
        database.upgrade()
        with database._engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA busy_timeout=20")  # type: ignore[union-attr]  # it is open
        with reader._engine.connect() as connection:
            reading = connection.connection.driver_connection
            assert reading is not None
            reading.execute("BEGIN")
            reading.execute("SELECT * FROM people").fetchall()
            with database.begin() as work:
                fill(work, TOM)

            blocked = database.forget_for_good()

            reading.execute("ROLLBACK")
        assert not blocked
        assert database.forget_for_good()


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
