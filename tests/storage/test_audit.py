"""The audit in the database: only ever added to, in order, and silent about who somebody was once they are erased."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from policy_kb.words import PersonId, SettingId, SubjectKind, Verb
from storage.audit import THE_BOT, THE_TRUST, AuditEntry, FactRefused, Someone, Subject
from storage.audit_check import Flaw, verify
from storage.audit_heads import HeadsFile
from storage.errors import ChangeRefused, NaiveInstant
from tests.storage.builders import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from storage.audit import Fact
    from storage.database import Database

PRIYA, SAM = PersonId("priya-sample"), PersonId("sam-sample")
ELM = Subject.of_setting(SettingId("elm-academy"))
ENTRY = AuditEntry(actor=None, verb=Verb.CHANGED, clause="A.3.3", at=NOW)
WRITERS = 6


def write(database: Database, subject: Subject, times: int = 1, entry: AuditEntry = ENTRY) -> None:
    with database.begin() as work:
        for _ in range(times):
            work.audit.write(subject, entry)


def tamper(database: Database, statement: str, **values: object) -> None:
    """Do what somebody with the database's own tools can do: take the guard away first."""
    guards = ("DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete")
    on_a_server = ("DROP TRIGGER IF EXISTS audit_no_change ON audit",)
    with database.begin() as work:
        connection = work.audit.connection
        for guard in guards if connection.dialect.name == "sqlite" else on_a_server:
            connection.execute(text(guard))
        connection.execute(text(statement), values)


def write_and_fall_over(database: Database) -> None:
    with database.begin() as work:
        work.audit.write(ELM, ENTRY)
        raise OSError("undone")


def flaws(database: Database, heads: HeadsFile | None = None) -> list[tuple[str, Flaw, int]]:
    with database.begin() as work:
        findings = verify(work.audit.everything(), heads.read().recorded if heads else {}).findings
    return [(finding.subject[1], finding.flaw, finding.number) for finding in findings]


def test_each_subject_is_counted_by_itself_without_gaps(database: Database) -> None:
    write(database, ELM, 3)
    write(database, THE_TRUST, 1)
    write(database, ELM, 1)

    with database.begin() as work:
        elm, trust = work.audit.chain(ELM), work.audit.chain(THE_TRUST)
    assert [row.number for row in elm] == [1, 2, 3, 4]
    assert [row.number for row in trust] == [1]
    assert flaws(database) == []


def test_a_row_tells_who_what_when_and_under_which_clause(database: Database) -> None:
    at = datetime(2026, 9, 7, 9, 30, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    entry = AuditEntry(actor=PRIYA, verb=Verb.ROLE_GIVEN, clause="A.3.6", at=at, facts={"role": "head", "rows": 2})

    write(database, Subject.of_person(SAM), entry=entry)

    with database.begin() as work:
        (row,) = work.audit.chain(Subject.of_person(SAM))
        assert row.actor == work.audit.reference(PRIYA)
        assert row.subject_id == work.audit.reference(SAM)
    assert (row.verb, row.clause, row.at) == ("role_given", "A.3.6", "2026-09-07T08:30:00.000005+00:00")
    assert row.facts == '{"role":"head","rows":2}'


def test_what_the_bot_does_by_itself_is_the_bots(database: Database) -> None:
    write(database, THE_TRUST)

    with database.begin() as work:
        assert work.audit.chain(THE_TRUST)[0].actor == THE_BOT


def test_nobody_is_in_the_audit_by_name(database: Database) -> None:
    entry = replace(ENTRY, actor=PRIYA, facts={"final_approver": Someone(SAM)})

    write(database, Subject.of_person(PRIYA), entry=entry)

    with database.begin() as work:
        rows = repr(tuple(work.audit.everything()))
        assert f"person:{work.audit.reference(SAM)}" in rows
    assert "sample" not in rows


def test_two_people_of_the_same_salt_or_two_salts_of_the_same_person_differ(database: Database) -> None:
    write(database, Subject.of_person(PRIYA))
    write(database, Subject.of_person(SAM))

    with database.begin() as work:
        first = {work.audit.reference(PRIYA), work.audit.reference(SAM)}
        work.audit.forget(PRIYA)
    write(database, Subject.of_person(PRIYA))
    with database.begin() as work:
        again = work.audit.reference(PRIYA)
    assert len({*first, again}) == 3


def test_after_somebody_is_forgotten_their_chain_still_verifies_and_is_nobodys(database: Database) -> None:
    write(database, Subject.of_person(PRIYA), 2, replace(ENTRY, actor=PRIYA))

    with database.begin() as work:
        assert list(work.audit.known_people().values()) == [PRIYA]
        forgotten = work.audit.forget(PRIYA)
        again = work.audit.forget(PRIYA)

    with database.begin() as work:
        rows = tuple(work.audit.everything())
        assert work.audit.chain(Subject.of_person(PRIYA)) == ()
        assert work.audit.reference(PRIYA) is None
        assert work.audit.known_people() == {}
    assert (forgotten, again) == (True, False)
    assert len(rows) == 2
    assert flaws(database) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Priya Sample"},
        {"email": "priya@school.example"},
        {"Typed words": 1},
        {"why": "x" * 81},
        {"many": ("fine", "not fine")},
        {"line": "a\nb"},
        {"accent": "Zoë"},
    ],
)
def test_names_addresses_and_typed_text_are_refused(database: Database, facts: Mapping[str, Fact]) -> None:
    with pytest.raises(FactRefused):
        write(database, ELM, entry=replace(ENTRY, facts=facts))

    assert flaws(database) == []
    with database.begin() as work:
        assert list(work.audit.everything()) == []


def test_a_clause_or_a_subject_that_was_typed_is_refused(database: Database) -> None:
    with pytest.raises(FactRefused):
        write(database, ELM, entry=replace(ENTRY, clause="because I said so"))
    with pytest.raises(FactRefused):
        write(database, Subject(SubjectKind.SITE, "PE at Elm"))


def test_an_instant_without_a_time_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(NaiveInstant):
        write(database, ELM, entry=replace(ENTRY, at=naive))


@pytest.mark.parametrize("change", ["UPDATE audit SET verb = 'left'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_or_remove_a_row(database: Database, change: str) -> None:
    write(database, ELM, 2)

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.audit.connection.execute(text(change))

    with database.begin() as work:
        assert [row.verb for row in work.audit.chain(ELM)] == ["changed", "changed"]


def test_a_change_that_is_undone_leaves_no_row(database: Database) -> None:
    write(database, ELM)

    with pytest.raises(OSError, match="undone"):
        write_and_fall_over(database)

    write(database, ELM)
    with database.begin() as work:
        assert [row.number for row in work.audit.chain(ELM)] == [1, 2]


def test_people_who_write_about_one_subject_at_the_same_moment_get_one_chain(database: Database) -> None:
    start = threading.Barrier(WRITERS)

    def write_some() -> None:
        start.wait()
        for _ in range(5):
            write(database, ELM)
            write(database, Subject.of_person(PRIYA))

    threads = [threading.Thread(target=write_some) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.begin() as work:
        lengths = {subject[0]: row.number for subject, row in work.audit.heads().items()}
    assert lengths == {"setting": WRITERS * 5, "person": WRITERS * 5}
    assert flaws(database) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE audit SET verb = 'erased' WHERE number = 2 AND subject_id = 'oak'", (Flaw.CHANGED, 2)),
        ("UPDATE audit SET actor = 'nobody' WHERE number = 1 AND subject_id = 'oak'", (Flaw.CHANGED, 1)),
        ("DELETE FROM audit WHERE number = 2 AND subject_id = 'oak'", (Flaw.MISSING, 2)),
        ("DELETE FROM audit WHERE number > 2 AND subject_id = 'oak'", (Flaw.CUT_OFF, 3)),
        ("DELETE FROM audit WHERE subject_id = 'oak'", (Flaw.GONE, 4)),
        (
            """INSERT INTO audit SELECT 999, subject_kind, subject_id, 0, at, actor, verb, clause, facts, previous_hash,
            hash FROM audit WHERE number = 1 AND subject_id = 'oak'""",
            (Flaw.INSERTED, 0),
        ),
    ],
)
def test_a_hand_in_the_database_is_found_and_named(
    database: Database, tmp_path: Path, statement: str, expected: tuple[Flaw, int]
) -> None:
    write(database, ELM, 2)
    write(database, Subject.of_setting(SettingId("oak")), 4)
    heads = HeadsFile(tmp_path / "heads.jsonl")
    with database.begin() as work:
        heads.append(work.audit.heads(), NOW)

    tamper(database, statement)

    assert flaws(database, heads) == [("oak", *expected)]


def test_two_rows_that_changed_places_are_found(database: Database) -> None:
    write(database, ELM, 4)

    for number, becomes in ((2, 9), (3, 2), (9, 3)):
        tamper(database, "UPDATE audit SET number = :becomes WHERE number = :number", number=number, becomes=becomes)

    assert flaws(database) == [("elm-academy", Flaw.MOVED, 2), ("elm-academy", Flaw.MOVED, 3)]


def test_a_row_given_to_another_subject_is_found_in_both_chains(database: Database) -> None:
    write(database, ELM, 3)
    write(database, Subject.of_setting(SettingId("oak")), 1)

    tamper(database, "UPDATE audit SET subject_id = 'oak' WHERE subject_id = 'elm-academy' AND number = 2")

    assert flaws(database) == [("elm-academy", Flaw.MISSING, 2), ("oak", Flaw.CHANGED, 2)]
