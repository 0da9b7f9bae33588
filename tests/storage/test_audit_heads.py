"""The heads of the audit, kept in a file that whoever tampers with the database would have to change too."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.audit_check import Flaw, verify
from storage.audit_heads import HeadsFile, HeadsUnavailable
from tests.storage.builders import NOW
from tests.storage.histories import a_chain, relinked

if TYPE_CHECKING:
    from pathlib import Path

    from storage.audit_chain import ChainRow

NIGHT = timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> HeadsFile:
    return HeadsFile(tmp_path / "kept" / "audit-heads.jsonl")


def ends(*chains: tuple[ChainRow, ...]) -> dict[tuple[str, str], ChainRow]:
    return {chain[-1].subject: chain[-1] for chain in chains}


def keep_four_nights(file: HeadsFile) -> None:
    chain = a_chain(4)
    for length in range(1, 5):
        file.append(ends(chain[:length]), NOW + length * NIGHT)


def lines(file: HeadsFile) -> list[str]:
    return file.path.read_text("utf-8").splitlines()


def test_what_was_kept_is_read_back(file: HeadsFile) -> None:
    elm, oak = a_chain(3), a_chain(1, about="oak")

    file.append(ends(elm[:2]), NOW)
    file.append(ends(elm, oak), NOW + NIGHT)

    kept = file.read()
    assert kept.problems == ()
    assert kept.recorded == {elm[0].subject: {2: elm[1].hash, 3: elm[2].hash}, oak[0].subject: {1: oak[0].hash}}
    assert kept.last_kept == "2026-09-08T08:30:00+00:00"


def test_a_file_that_was_never_written_tells_nothing(file: HeadsFile) -> None:
    assert file.read().recorded == {}
    assert file.read().last_kept == ""


def test_a_line_lists_only_what_grew_but_each_month_begins_with_everything(file: HeadsFile) -> None:
    elm, oak = a_chain(3), a_chain(1, about="oak")

    file.append(ends(elm[:2], oak), NOW)
    file.append(ends(elm, oak), NOW + NIGHT)
    file.append(ends(elm, oak), NOW + 30 * NIGHT)

    assert [len(json.loads(line)["heads"]) for line in lines(file)] == [2, 1, 2]


def test_the_file_is_for_this_account_alone(file: HeadsFile) -> None:
    file.append({}, NOW)

    assert file.path.stat().st_mode & 0o777 == 0o600


def test_a_chain_written_anew_stays_found_after_the_next_night_kept_its_new_head(file: HeadsFile) -> None:
    elm = a_chain(3)
    file.append(ends(elm), NOW)
    anew = relinked((elm[0], elm[0], elm[0]))

    file.append(ends(anew), NOW + NIGHT)

    findings = verify(anew, file.read().recorded).findings
    assert [(finding.flaw, finding.number) for finding in findings] == [(Flaw.REWRITTEN, 3)]


@pytest.mark.parametrize("gone", [1, 2])
def test_a_line_taken_out_is_named_by_the_one_after_it(file: HeadsFile, gone: int) -> None:
    keep_four_nights(file)
    kept = lines(file)
    del kept[gone]

    file.path.write_text("\n".join(kept) + "\n", "utf-8")

    (problem,) = file.read().problems
    assert problem.startswith(f"Line {gone + 1} of the heads")


def test_older_lines_may_be_put_away(file: HeadsFile) -> None:
    keep_four_nights(file)
    file.append(ends(a_chain(4)), NOW + 30 * NIGHT)

    file.path.write_text(lines(file)[-1] + "\n", "utf-8")

    assert file.read().problems == ()


def test_a_changed_line_is_named(file: HeadsFile) -> None:
    keep_four_nights(file)
    first, second, *others = lines(file)

    changed = second.replace(a_chain(2)[1].hash, "f" * 64)
    file.path.write_text("\n".join((first, changed, *others)) + "\n", "utf-8")

    assert [problem.split(" (")[0] for problem in file.read().problems] == [
        "Line 2 of the heads",
        "Line 3 of the heads",
    ]


def test_a_line_cut_short_by_a_crash_is_named_and_the_next_one_lists_everything(file: HeadsFile) -> None:
    elm, oak = a_chain(3), a_chain(1, about="oak")
    file.append(ends(elm[:1], oak), NOW)
    with file.path.open("a", encoding="utf-8") as half:
        half.write('{"at": "2026-')

    file.append(ends(elm, oak), NOW + NIGHT)
    file.append(ends(elm, oak), NOW + 2 * NIGHT)

    kept = file.read()
    assert kept.problems == ("Line 2 of the heads is damaged.",)
    assert not kept.broken
    assert kept.recorded[elm[0].subject] == {1: elm[0].hash, 3: elm[2].hash}
    assert [len(json.loads(line)["heads"]) for line in lines(file)[2:]] == [2, 0]


@pytest.mark.parametrize("line", ["[]", "null", "{}", '{"at": 1, "heads": [[1]]}', "\x00", '{"heads": 3}'])
def test_whatever_stands_in_the_file_it_can_be_read(file: HeadsFile, line: str) -> None:
    file.append({}, NOW)
    with file.path.open("a", encoding="utf-8") as more:
        more.write(f"{line}\n")

    assert file.read().problems == ("Line 2 of the heads is damaged.",)


def test_after_restoring_only_what_was_kept_since_counts(file: HeadsFile) -> None:
    elm = a_chain(5)
    file.append(ends(elm), NOW)

    file.append(ends(elm[:3]), NOW + NIGHT, restored=True)

    kept = file.read()
    assert verify(elm[:3], kept.recorded).findings == ()
    assert kept.restored == "2026-09-08T08:30:00+00:00"


def test_a_file_that_cannot_be_read_or_written_gets_a_sentence(tmp_path: Path) -> None:
    tmp_path.joinpath("heads").mkdir()
    file = HeadsFile(tmp_path / "heads")

    with pytest.raises(HeadsUnavailable, match="cannot be read"):
        file.read()
    with pytest.raises(HeadsUnavailable, match="cannot be kept"):
        HeadsFile(tmp_path / "heads")._write("{}")
