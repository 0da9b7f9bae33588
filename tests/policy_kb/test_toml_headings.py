from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.toml_entries import EditionError, read_entries

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("heading", ["[[ item ]]", "[item]"])
def test_a_heading_written_another_way_is_named_and_not_lost(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "notes.toml"
    file.write_text(f"{heading}\nsays = 'one'\n", encoding="utf-8")

    with pytest.raises(EditionError, match=r"notes\.toml, line 1: write each heading as \[\[item\]\]"):
        list(read_entries(file, "item"))


def test_a_misspelt_heading_is_named_and_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "notes.toml"
    file.write_text("[[itme]]\nsays = 'one'\n", encoding="utf-8")

    with pytest.raises(EditionError, match="'itme' is no heading here"):
        list(read_entries(file, "item"))
