"""The askfirst command as a person meets it: what they type, and the one sentence they get."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.__main__ import main

if TYPE_CHECKING:
    import io

    import pytest

COMMANDED_AT = datetime(2026, 11, 29, 8, 30, tzinfo=UTC)  # a Sunday, two days before the month of the review


def fails_with(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that a person can mend, and return the one sentence it says."""
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert said.err.startswith("askfirst: ")
    return said.err.strip()


def give(typed: io.StringIO, *rows: object) -> None:
    """Put lines into standard input: texts as they are, anything else as JSON."""
    typed.write("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    typed.seek(0)
