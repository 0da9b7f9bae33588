"""The audit as an auditor reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from handlers.auditing import NoSuchSubject, show_chain, verify_audit
from handlers.erasing import NotInDirectory, erase_person
from handlers.night import keep_heads
from policy_kb.words import Verb
from storage.audit import THE_TRUST, AuditEntry, Someone, Subject
from storage.audit_heads import HeadsFile
from tests.storage.builders import ELM, ENTRY, NOW, a_person, fill

if TYPE_CHECKING:
    from pathlib import Path

    from storage.audit import Fact
    from storage.database import Database

PRIYA, TOM = a_person("Priya"), a_person("Tom")


@pytest.fixture
def heads(tmp_path: Path) -> HeadsFile:
    return HeadsFile(tmp_path / "heads.jsonl")


@pytest.fixture(autouse=True)
def a_history(database: Database) -> None:
    """Let two people arrive, and one name the other."""
    with database.begin() as uow:
        fill(uow, PRIYA, TOM)
        facts: dict[str, Fact] = {
            "final_approver": Someone(TOM.id),
            "changed": ("final_approver",),
            "acting": True,
            "before": None,
        }
        entry = AuditEntry(actor=PRIYA.id, verb=Verb.CHANGED, clause="A.3.3", at=NOW, facts=facts)
        uow.audit.write(Subject.of_setting(ELM.id), entry)


def shown(database: Database, named: str) -> tuple[str, ...]:
    with database.begin() as uow:
        return show_chain(named, uow)


def tamper(database: Database, statement: str) -> None:
    with database.begin() as uow:
        for guard in ("audit_no_update", "audit_no_delete"):
            uow.audit.connection.execute(text(f"DROP TRIGGER IF EXISTS {guard}"))
        uow.audit.connection.execute(text(statement))


def flaws(database: Database, heads: HeadsFile) -> tuple[str, ...]:
    with database.begin() as uow:
        return verify_audit(uow, heads).flaws


def test_a_chain_is_told_in_plain_words_and_by_name(database: Database) -> None:
    _, last = shown(database, "setting:elm")

    assert last == (
        "2. 07 Sep 2026, 09:30: changed by Priya under A.3.3 "
        "(acting yes; before none; changed final_approver; final approver Tom)"
    )


def test_a_person_is_asked_for_by_address(database: Database) -> None:
    first, *_ = shown(database, " person:PRIYA@school.example ")

    assert first.startswith("1. 07 Sep 2026, 09:30: added by the bot")


def test_whoever_was_erased_is_nobody_in_the_audit_from_then_on(database: Database, heads: HeadsFile) -> None:
    with database.begin() as uow:
        erase_person(PRIYA.email, uow, now=NOW)

    _, last = shown(database, "setting:elm")
    assert "changed by somebody erased under A.3.3" in last
    assert flaws(database, heads) == ()
    with pytest.raises(NoSuchSubject, match="Nobody in the directory"):
        shown(database, f"person:{PRIYA.email}")


def test_somebody_who_is_not_there_cannot_be_erased(database: Database) -> None:
    with pytest.raises(NotInDirectory, match="nobody@school"), database.begin() as uow:
        erase_person("nobody@school.example", uow, now=NOW)


def test_what_nobody_has_a_part_in_any_more_is_told_after_erasing(database: Database) -> None:
    with database.begin() as uow:
        uow.audit.connection.execute(text("UPDATE settings SET final_approver_id = 'tom'"))

    with database.begin() as uow:
        told = erase_person(TOM.email, uow, now=NOW)

    assert told == ("Elm Academy has no final approver now: name one.",)


@pytest.mark.parametrize("named", ["", "elm", "school:elm", "person:", "setting:nowhere", "edition:9", "trust"])
def test_what_the_audit_knows_nothing_of_gets_a_sentence(database: Database, named: str) -> None:
    with pytest.raises(NoSuchSubject, match="Name a subject as"):
        shown(database, named)


def test_a_flaw_names_the_subject_and_the_number(database: Database, heads: HeadsFile) -> None:
    tamper(database, "UPDATE audit SET verb = 'left' WHERE subject_kind = 'setting' AND number = 2")

    assert flaws(database, heads) == ("Setting elm: Row 2 was changed after it was written.",)


def test_a_flaw_in_a_persons_chain_names_the_person(database: Database, heads: HeadsFile) -> None:
    with database.begin() as uow:
        reference = uow.audit.reference(TOM.id)

    tamper(database, f"UPDATE audit SET facts = '{{}}' WHERE subject_id = '{reference}'")  # noqa: S608 - our own reference

    assert flaws(database, heads) == (f"Person {reference} (Tom): Row 1 was changed after it was written.",)


@pytest.mark.parametrize("column", ["at", "facts", "verb", "hash"])
def test_a_row_that_was_changed_can_still_be_looked_at(database: Database, column: str) -> None:
    tamper(database, f"UPDATE audit SET {column} = 'nonsense' WHERE number = 2")  # noqa: S608 - the columns above

    first, second = shown(database, "setting:elm")

    assert "added by the bot" in first
    assert second == "2. This row was changed after it was written: askfirst audit verify"


def test_a_chain_cut_short_shows_beside_the_heads_and_without_them_that_is_said(
    database: Database, heads: HeadsFile
) -> None:
    with database.begin() as uow:
        uow.audit.write(THE_TRUST, ENTRY)
        (note,) = verify_audit(uow, heads).notes
    keep_heads(database, heads, NOW)

    tamper(database, "DELETE FROM audit WHERE subject_kind = 'setting' AND number = 2")
    tamper(database, "DELETE FROM audit WHERE subject_kind = 'trust'")

    assert "cannot be seen" in note
    assert flaws(database, heads) == (
        "Setting elm: The rows from 2 on are cut off; they were there when the heads were kept.",
        "The trust: The whole chain is gone; its last row was 1 when the heads were kept.",
    )


def test_heads_that_were_changed_are_named_too(database: Database, heads: HeadsFile) -> None:
    keep_heads(database, heads, NOW)
    heads.path.write_text("nonsense\n", "utf-8")

    assert flaws(database, heads) == ("Line 1 of the heads is damaged.",)
