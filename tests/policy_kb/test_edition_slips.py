"""A slip in an edition file is told to the policy owner in one sentence: which file, which line, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.edition_files import load_facts, load_items
from policy_kb.toml_entries import EditionError

if TYPE_CHECKING:
    from pathlib import Path

FIRST_LINE = "# Section 9: a section for this test."


def test_an_item_without_slips_is_read_with_its_white_space_folded(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item(words='"""Be\nkind."""'))

    (item,) = load_items(tmp_path)

    assert item.words == "Be kind."


def test_an_unknown_kind_is_told_with_file_line_and_the_kinds_there_are(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item(), an_item(id='"9.2"', kind='"wish"'))

    said = slip(tmp_path)

    assert said.startswith("9-test.toml, line 16: 'wish' is no kind; use one of: rule, approval,")


def test_an_unknown_role_is_told(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item(told='["mayor"]'))

    assert slip(tmp_path).startswith("9-test.toml, line 3: 'mayor' is no told;")


def test_a_field_nobody_reads_is_told(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item(reply='"Be kind."'))

    assert slip(tmp_path).startswith("9-test.toml, line 3: 'reply' is not a field here;")


def test_a_missing_answer_is_told(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item(answer='"  "'))

    assert slip(tmp_path) == "9-test.toml, line 3: 'answer' must be a text in quotes."


def test_an_item_that_stands_twice_is_told_at_its_second_place(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item(), an_item())

    assert slip(tmp_path) == "9-test.toml, line 16: 9.1 stands twice in the edition; keep one."


def test_an_item_that_stands_twice_in_two_files_is_told(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item())
    an_edition(tmp_path, an_item(), name="9-again.toml")

    assert slip(tmp_path) == "9-test.toml, line 3: 9.1 stands twice in the edition; keep one."


def test_two_parts_of_one_clause_do_not_count_as_the_same_item(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item(part='"(b)"'), an_item(part='"(a)"'))

    assert [str(item.ref) for item in load_items(tmp_path)] == ["9.1(a)", "9.1(b)"]


def test_a_neighbour_that_is_no_clause_number_is_told(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item(neighbours='["clause five"]'))

    assert slip(tmp_path).startswith("9-test.toml, line 3: 'clause five' is not a clause number")


def test_a_forgotten_quotation_mark_is_told_with_its_line(tmp_path: Path) -> None:
    an_edition(tmp_path, an_item(heading='"Kindness'))

    said = slip(tmp_path)

    assert said.startswith("9-test.toml, line 5: this is not TOML:")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(EditionError) as told:
        load_facts(tmp_path)

    assert str(told.value) == "edition.toml, line 0: the file is missing."


def an_item(**changes: str) -> str:
    """Return one good item as TOML, with some fields written differently."""
    fields = {
        "id": '"9.1"',
        "heading": '"Kindness"',
        "kind": '"rule"',
        "force": '"must"',
        "words": '"Be kind."',
        "answer": '"You must be kind."',
        "unless": '""',
        "verdict": '"required"',
        "decides": "[]",
        "told": '["head"]',
        "neighbours": '["9.2"]',
    }
    return "\n".join(["[[item]]", *(f"{name} = {value}" for name, value in {**fields, **changes}.items())])


def an_edition(folder: Path, *items: str, name: str = "9-test.toml") -> None:
    """Write the items into one file of an edition; the first stands on line 3, the second on line 16."""
    (folder / "items").mkdir(exist_ok=True)
    (folder / "items" / name).write_text("\n\n".join([FIRST_LINE, *items]) + "\n", encoding="utf-8")


def slip(folder: Path) -> str:
    """Return what the policy owner is told when the edition is read."""
    with pytest.raises(EditionError) as told:
        load_items(folder)
    return str(told.value)
