"""
Hold the number of tests against the number recorded: `python -m tests.house.count`.

A test that is lost, no longer collected or deselected makes no noise by itself; here it does.
After adding tests, raise the number by hand or with `--write`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

RECORD = Path(__file__).with_name("collected.txt")
SUMMARY = re.compile(r"^(?:(?P<kept>\d+)/)?(?P<collected>\d+) tests? collected(?: \((?P<left_out>\d+) deselected\))?")


def main(arguments: list[str]) -> int:
    """Return 0 where no test is missing; else say on stderr what is, and return 1."""
    collected, problem = counted(_collect())
    recorded = int(RECORD.read_text("utf-8")) if RECORD.exists() else 0
    if problem is None and "--write" in arguments:
        RECORD.write_text(f"{collected}\n", encoding="utf-8")
        recorded = collected
    problem = problem or shortfall(collected, recorded)
    if problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"{collected} tests collected, {recorded} recorded.\n")
    return 0


def counted(report: str) -> tuple[int, str | None]:
    """Return how many tests a report of pytest names, and what is wrong with the collecting, if anything."""
    summaries = [found for line in report.splitlines() if (found := SUMMARY.match(line))]
    if not summaries or "error" in report.splitlines()[-1]:
        return 0, f"pytest could not collect the tests:\n{report}"
    last = summaries[-1]
    if last["left_out"]:
        return int(last["kept"] or 0), f"{last['left_out']} tests were deselected; all of them must run."
    return int(last["collected"]), None


def shortfall(collected: int, recorded: int) -> str | None:
    """Say how many tests are gone; None where none is."""
    if collected >= recorded:
        return None
    return (
        f"{recorded - collected} tests are gone: {collected} collected, {recorded} recorded in {RECORD.name}. "
        "Find them; lower the number by hand only where they were taken out on purpose."
    )


def _collect() -> str:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    report = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words only
    return (report.stdout + report.stderr).strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
