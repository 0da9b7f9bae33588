"""Entries of a data file: clause numbers as staff write them, and complaints that help."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from policy_kb.clause import ClauseRef
from policy_kb.toml_entries import EditionError, Entry, parse_ref, read_entries
from policy_kb.words import ItemId

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("written", "item", "part"),
    [
        ("5.4", "5.4", ""),
        ("5.3(a)", "5.3", "(a)"),
        ("A.4.11", "A.4.11", ""),
        ("A.5.10(b)", "A.5.10", "(b)"),
        ("checklist", "checklist", ""),
        ("checklist 2", "checklist", "2"),
        ("form.go_live", "form.go_live", ""),
    ],
)
def test_a_clause_number_is_read_and_printed_back_the_same(written: str, item: str, part: str) -> None:
    ref = parse_ref(written)

    assert ref == ClauseRef(ItemId(item), part)
    assert str(ref) == written


@pytest.mark.parametrize("written", ["", "5.3 (a)", "5.3(ab)", "A. 1.8", "clause 5.4", "5.4.", "checklist 12"])
def test_what_is_no_clause_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a clause number"):
        parse_ref(written)


def test_each_entry_knows_the_line_of_its_own_heading(tmp_path: Path) -> None:
    file = a_file(tmp_path, "# notes\n\n[[note]]\nsays = '''one\ntwo'''\n\n[[other]]\n\n[[note]]\nsays = 'three'\n")

    assert [(entry.line, entry.text("says")) for entry in read_entries(file, "note", beside=("other",))] == [
        (3, "one two"),
        (9, "three"),
    ]


def test_a_date_is_written_without_quotes(tmp_path: Path) -> None:
    good = an_entry(tmp_path, "due = 2026-12-31")
    bad = an_entry(tmp_path, "due = '2026-12-31'")

    assert good.day("due") == date(2026, 12, 31)
    with pytest.raises(EditionError, match=r"notes\.toml, line 1: 'due' must be a date such as 2026-12-31"):
        bad.day("due")


def test_a_time_of_day_is_no_date(tmp_path: Path) -> None:
    entry = an_entry(tmp_path, "due = 2026-12-31T10:00:00")

    with pytest.raises(EditionError, match="'due' must be a date"):
        entry.day("due")


def test_a_list_of_texts_must_hold_texts_only(tmp_path: Path) -> None:
    entry = an_entry(tmp_path, "words = ['one', 2]")

    with pytest.raises(EditionError, match="'words' must be a list of texts"):
        entry.texts("words")


def test_a_list_left_out_is_empty(tmp_path: Path) -> None:
    assert an_entry(tmp_path, "says = 'one'").texts("words") == ()


def test_a_number_is_no_text(tmp_path: Path) -> None:
    entry = an_entry(tmp_path, "says = 5.4")

    with pytest.raises(EditionError, match="'says' must be a text in quotes"):
        entry.text("says", default="")


def test_a_bad_reference_in_a_list_is_told_with_its_line(tmp_path: Path) -> None:
    entry = an_entry(tmp_path, "where = ['5.4', '5,5']")

    with pytest.raises(EditionError, match=r"notes\.toml, line 1: '5,5' is not a clause number"):
        entry.refs("where")


def a_file(folder: Path, written: str) -> Path:
    """Write a data file and return its path."""
    file = folder / "notes.toml"
    file.write_text(written, encoding="utf-8")
    return file


def an_entry(folder: Path, fields: str) -> Entry:
    """Return the one entry of a file with these fields."""
    (entry,) = read_entries(a_file(folder, f"[[note]]\n{fields}\n"), "note")
    return entry
