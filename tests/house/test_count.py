"""The counter of tests itself: it notices what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.house import count

if TYPE_CHECKING:
    from pathlib import Path


def report(last_line: str) -> str:
    return f"tests/house/test_count.py::test_one\ntests/house/test_count.py::test_two\n\n{last_line}"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand for the recorded number."""
    file = tmp_path / "collected.txt"
    monkeypatch.setattr(count, "RECORD", file)
    return file


def collecting(monkeypatch: pytest.MonkeyPatch, last_line: str) -> None:
    monkeypatch.setattr(count, "_collect", lambda: report(last_line))


@pytest.mark.parametrize(
    ("last_line", "collected"), [("2 tests collected in 0.01s", 2), ("1 test collected in 1.50s", 1)]
)
def test_what_pytest_collected_is_read(last_line: str, collected: int) -> None:
    assert count.counted(report(last_line)) == (collected, None)


@pytest.mark.parametrize(
    ("last_line", "says"),
    [
        ("1/2 tests collected (1 deselected) in 0.01s", "1 tests were deselected"),
        ("no tests collected (2 deselected) in 0.01s", "could not collect"),
        ("2 tests collected, 1 error in 0.50s", "could not collect"),
        ("no tests collected in 0.01s", "could not collect"),
        ("ERROR: unknown option", "could not collect"),
    ],
)
def test_a_collection_that_leaves_something_out_is_no_collection(last_line: str, says: str) -> None:
    _, problem = count.counted(report(last_line))

    assert problem is not None
    assert says in problem


@pytest.mark.parametrize(("recorded", "code"), [("2", 0), ("1", 0), ("3", 1)])
def test_fewer_tests_than_were_recorded_fail(
    monkeypatch: pytest.MonkeyPatch, record: Path, recorded: str, code: int
) -> None:
    record.write_text(recorded, encoding="utf-8")
    collecting(monkeypatch, "2 tests collected in 0.01s")

    assert count.main([]) == code


def test_the_number_is_raised_only_when_asked(monkeypatch: pytest.MonkeyPatch, record: Path) -> None:
    record.write_text("1\n", encoding="utf-8")
    collecting(monkeypatch, "2 tests collected in 0.01s")

    count.main([])
    left_alone = record.read_text(encoding="utf-8")
    count.main(["--write"])

    assert left_alone == "1\n"
    assert record.read_text(encoding="utf-8") == "2\n"


def test_a_number_is_never_recorded_from_a_broken_collection(monkeypatch: pytest.MonkeyPatch, record: Path) -> None:
    record.write_text("5\n", encoding="utf-8")
    collecting(monkeypatch, "1/2 tests collected (1 deselected) in 0.01s")

    assert count.main(["--write"]) == 1
    assert record.read_text(encoding="utf-8") == "5\n"


def test_the_number_recorded_for_this_repository_is_a_real_one() -> None:
    assert int(count.RECORD.read_text("utf-8")) > 500
