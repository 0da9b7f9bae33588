"""The register as a table that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from handlers.register import register_words as words
from handlers.sites.living_in_words import put_right_in_words
from policy_kb.rules.register import last_active, still_open
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from handlers.register.reading import Line, Register

MARK = "\ufeff"  # by which Excel knows UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may take for something to compute, or to run."""

HEAD = (
    "number",
    "name",
    "setting",
    "host",
    "address",
    "state",
    "in this state since",
    "author",
    "administrators accepted",
    "moderators accepted",
    "marks",
    "this week",
    "open slots this week",
    "review",
    "evaluation",
    "closure",
    "last activity",
    "paper form",
)


def spreadsheet(register: Register) -> str:
    """
    Return what was found, a line a site, in UTF-8 with a mark that says so.

    No cell begins as a formula does: what people typed as a site's name computes nothing.
    """
    written = io.StringIO()
    table = csv.writer(written)
    weeks = [f"week of {week.starts_on.isoformat()}" for line in register.lines[:1] for week in line.weeks]
    table.writerow((*HEAD, *weeks))
    for line in register.lines:
        table.writerow([_harmless(cell) for cell in _cells(line, register)])
    return MARK + written.getvalue()


def _cells(line: Line, register: Register) -> Iterator[str]:
    site, today = line.site, register.today
    yield f"S-{site.id}"
    yield site.name
    yield line.setting
    yield words.host_in_words(site)
    yield site.address
    yield words.STATES[site.state]
    yield site.state_since.isoformat()
    yield register.names[site.author]
    yield str(words.accepted(site, Role.SITE_ADMINISTRATOR, today))
    yield str(words.accepted(site, Role.SITE_MODERATOR, today))
    yield "; ".join(_marks(line))
    yield words.week_in_words(line, register.names, today)
    yield str(still_open(line.week, today))
    yield from map(_day, (site.review_on, site.evaluate_on, site.closure))
    yield last_active(site).isoformat()
    yield site.paper
    for week in line.weeks:
        yield words.WEEKS[week.state]


def _marks(line: Line) -> Iterator[str]:
    yield from (label for mark, label in words.MARKS.items() if mark in line.marks)
    if line.to_put_right:
        yield put_right_in_words(line.to_put_right)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _harmless(cell: str) -> str:
    """Put an apostrophe before what would compute; a spreadsheet shows the rest as it is."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
