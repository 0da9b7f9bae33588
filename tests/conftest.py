"""What is slow to set up, once for all tests. In CI a skipped test is a failed one: all it needs is installed there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.handlers.register.calendar_office import found_desk
from tests.stage import desk, empty_database_file, trust
from tests.storage.both_kinds import no_hurry, postgresql_server, postgresql_tables

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["desk", "empty_database_file", "found_desk", "no_hurry", "postgresql_server", "postgresql_tables", "trust"]

# What takes longest begins first: whatever began last would be waited for with nothing else to do.
LONGEST = (
    "tests/handlers/reminding/test_the_year.py",
    "tests/journeys/test_no_answer_is_lost.py",
    "tests/handlers/requests/test_fifty_clicks.py",
    "tests/journeys/",
    "tests/clients/test_teams_playground",
    "tests/storage/test_crash.py",
    "tests/storage/test_outbox_",
    "tests/handlers/requests/test_chasing",
    "tests/handlers/requests/test_whatever_is_pressed.py",
    "tests/handlers/reminding/",
    "tests/clients/",
    "tests/handlers/imports/test_directory_machine.py",
    "tests/handlers/cover/",
    "tests/handlers/sites/",
    "tests/storage/",
    "tests/bot/",
    "tests/handlers/",
)
NOTHING_SKIPPED = bool(os.environ.get("ASKFIRST_NOTHING_SKIPPED"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest begin first; the tests of a file stay together, in their order."""
    items.sort(key=_place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where nothing may be skipped; the reason stays in the report."""
    report = yield
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be skipped here: {report.longrepr}"
    return report


def _place(item: pytest.Item) -> int:
    return next((place for place, name in enumerate(LONGEST) if item.nodeid.startswith(name)), len(LONGEST))
