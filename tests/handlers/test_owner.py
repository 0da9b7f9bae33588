"""What the policy owner does: put the official document in force, look a clause up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handlers.message import ClauseQuote, plain_text
from handlers.owner import Imported, NoSuchClause, import_policy, show_clause
from policy_kb.parse import DocumentError
from tests.builders import a_text

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.database import Database
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile, Talk

DOCUMENT = Path(__file__).parents[1] / "policy_kb" / "documents" / "quirky-policy.txt"
TODAY = date(2026, 9, 7)
PARENT = "Can I friend a parent on Facebook?"


def put_in_force(database: Database, desk: Desk, clock: FakeClock, text: str) -> Imported:
    with database.begin() as uow:
        return import_policy(text, DOCUMENT.name, desk.shipped_reading(), uow, now=clock())


def test_once_imported_the_official_document_is_quoted_as_it_is_printed(
    talk: Talk, database: Database, desk: Desk
) -> None:
    printed = next(line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("- 5.4"))

    imported = put_in_force(database, desk, talk.clock, DOCUMENT.read_text("utf-8"))
    answer = talk.reply(a_text(PARENT))

    quote = next(block for block in answer.blocks if isinstance(block, ClauseQuote) and block.number == "5.4")
    assert imported.title == "Social Media Policy"
    assert imported.items > 50
    assert quote.official
    assert printed.endswith(quote.words)


def test_an_import_says_which_items_stay_in_our_words(database: Database, desk: Desk, clock: FakeClock) -> None:
    kept = put_in_force(database, desk, clock, "Staff Policy\n\n1 INTRODUCTION\n\n1.1 Be kind to each other online.\n")

    assert kept.items == 1
    assert "5.4" in kept.kept_ours
    assert "1.1" not in kept.kept_ours


def test_a_clause_we_split_is_official_in_all_its_parts(database: Database, desk: Desk, clock: FakeClock) -> None:
    text = DOCUMENT.read_text("utf-8")

    imported = put_in_force(database, desk, clock, text)

    with database.begin() as uow:
        view = desk.reading(uow).view
    parts = [item for item in view.items.values() if item.ref.id == "4.2"]
    assert len(parts) == 2
    assert len({item.words for item in parts}) == 1
    assert all(item.official for item in parts)
    assert [one for one in imported.kept_ours if one.startswith("4.2")] == []


@pytest.mark.parametrize("text", ["", "   \n", "%PDF-1.7 \x00\x01\x02"])
def test_a_file_that_is_no_policy_is_refused_and_changes_nothing(
    database: Database, database_file: DatabaseFile, desk: Desk, clock: FakeClock, text: str
) -> None:
    with pytest.raises(DocumentError):
        put_in_force(database, desk, clock, text)

    assert database_file.rows("editions") == 0


def test_a_newer_import_takes_the_place_of_the_older_one(
    talk: Talk, database: Database, database_file: DatabaseFile, desk: Desk
) -> None:
    text = DOCUMENT.read_text("utf-8")
    put_in_force(database, desk, talk.clock, text)
    printed = next(line for line in text.splitlines() if line.startswith("- 5.4"))

    put_in_force(database, desk, talk.clock, text.replace(printed, "- 5.4 Parents are to be left alone online."))

    assert "5.4 Pupils' families: Parents are to be left alone online." in plain_text(talk.reply(a_text(PARENT)))
    assert [row["active"] for row in database_file.table("editions")] == [0, 1]


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("5.4", "5.4 "),
        ("  A.4.11(a) ", "A.4.11(a) "),
        ("5.3", "5.3 in 2 parts"),
        ("checklist 2", "Checklist 2 "),
        ("form.host", "Appendix 2 "),
    ],
)
def test_a_clause_is_shown_whole_by_the_number_staff_would_write(desk: Desk, number: str, title: str) -> None:
    message = show_clause(number, desk.shipped_reading(), today=TODAY)

    assert message.title.startswith(title)
    assert any(isinstance(block, ClauseQuote) for block in message.blocks)


@pytest.mark.parametrize("number", ["5.99", "", "the parent one", "5.4; DROP", "9" * 500, "5.3(z)"])
def test_a_number_that_is_in_no_policy_is_answered_with_how_numbers_look(desk: Desk, number: str) -> None:
    with pytest.raises(NoSuchClause, match=r"such as 5\."):
        show_clause(number, desk.shipped_reading(), today=TODAY)
