"""How long things are kept, as a file that the policy owner can read and change."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.config import ConfigError
from bot.retention import NAMES, SHIPPED, read_periods

if TYPE_CHECKING:
    from pathlib import Path


def lines(**changed: object) -> str:
    return "\n".join(f"{name} = {days}" for name, days in {**dict.fromkeys(NAMES, 7), **changed}.items())


def test_the_shipped_periods_are_used_where_the_trust_has_none_of_its_own() -> None:
    periods = read_periods(None)

    assert periods.events == timedelta(days=7)
    assert periods.answers == timedelta(days=30)


def test_every_shipped_period_says_what_it_is_for() -> None:
    text = SHIPPED.read_text("utf-8")

    assert [name for name in NAMES if not re.search(rf"# [^\n]+\.\n{name} = \d+$", text, re.MULTILINE)] == []


def test_a_trust_may_have_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(lines(answers=14), "utf-8")

    assert read_periods(own).answers == timedelta(days=14)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (lines(answers=0), "answers as 0"),
        (lines(answers=-1), "answers as -1"),
        (lines(answers=99999), "answers as 99999"),
        (lines(answers="true"), "answers as True"),
        (lines(answers="1.5"), "answers as 1.5"),
        (lines(answers='"a month"'), "answers as 'a month'"),
        (lines(questions=7), "no others"),
        ("answers = 7", "must give these periods"),
        ("answers: 7", "not a file of periods"),
        ("", "must give these periods"),
    ],
)
def test_a_file_that_gives_no_usable_periods_gets_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, "utf-8")

    with pytest.raises(ConfigError, match=re.escape(says)):
        read_periods(own)


def test_a_file_that_is_not_there_or_not_text_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="ASKFIRST_RETENTION"):
        read_periods(tmp_path / "missing.toml")
    tmp_path.joinpath("latin.toml").write_bytes("# für immer".encode("latin-1"))
    with pytest.raises(ConfigError, match="not a file of periods"):
        read_periods(tmp_path / "latin.toml")
