"""The list of sites as a file: which columns it has, and what each row says of one site."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.imports import cells, sites_cells
from handlers.imports.problem import Problem
from handlers.imports.row_reader import RowReader
from handlers.imports.sheet import Columns, read_sheet
from handlers.imports.sites_cells import plain_address, read_option, read_options
from policy_kb.site_words import CoverDays, SlotLength
from policy_kb.words import SettingId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from handlers.imports.sheet import Row
    from policy_kb.rules.form import Option

NOWHERE = SettingId("")
COLUMNS = Columns(
    known=(
        "name",
        "setting",
        "host",
        "host_name",
        "address",
        "author",
        "administrators",
        "moderators",
        "own_logins",
        "live_since",
        "closure",
        "review_on",
        "evaluate_on",
        "last_active",
        "paper",
        "purpose",
        "aims",
        "success",
        "exit_plan",
        "intervention_plan",
        "audience",
        "contributors",
        "interaction",
        "logo",
        "rota",
        "days",
        "holidays_double",
    ),
    needed=("name", "setting", "host", "author"),
)
LATER_THAN_LIVE = ("closure", "review_on", "evaluate_on", "last_active")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """What one row says; a column that the file has not got leaves its default here."""

    number: int
    name: str
    setting: SettingId
    host: str  # academy, third_party
    author: str  # people are e-mail addresses or staff numbers, in lower case
    host_name: str = ""
    address: str = ""
    administrators: tuple[str, ...] = ()
    moderators: tuple[str, ...] = ()
    own_logins: bool = False  # these people have accepted already, each with a login of their own
    live_since: date | None = None
    closure: date | None = None
    review_on: date | None = None
    evaluate_on: date | None = None
    last_active: date | None = None
    paper: str = ""
    purpose: str = ""
    aims: str = ""
    success: str = ""
    exit_plan: str = ""
    intervention_plan: str = ""
    audience: frozenset[str] = frozenset()
    contributors: frozenset[str] = frozenset()
    interaction: str = ""
    logo: bool = False
    rota: SlotLength = SlotLength.WEEK
    days: CoverDays = CoverDays.WEEKDAYS
    holidays_double: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesFile:
    """A list of sites, as far as it could be read."""

    columns: frozenset[str]
    rows: tuple[SiteRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read_sites_file(
    data: bytes, settings: Collection[SettingId], options: Mapping[str, Sequence[Option]], today: date
) -> SitesFile:
    """
    Read a list of sites; what is wrong comes back as problems, in order.

    `options` are those of the form for a new site, by question: `audience`, `contributors`, `interaction`.
    """
    sheet = read_sheet(data, COLUMNS)
    read = [_read_row(row, settings, options, today) for row in sheet.rows]
    rows = tuple(row for row, _ in read if row)
    problems = [*sheet.problems, *(problem for _, faults in read for problem in faults), *_twice(rows)]
    if sheet.columns and not rows and not problems:
        problems.append(Problem(says="There is no site in this file."))
    return SitesFile(
        columns=sheet.columns,
        rows=rows,
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        notes=sheet.notes,
    )


def _read_row(
    row: Row, settings: Collection[SettingId], options: Mapping[str, Sequence[Option]], today: date
) -> tuple[SiteRow | None, Iterable[Problem]]:
    reader = RowReader(row=row)
    site = SiteRow(
        number=row.number,
        name=reader.cell("name", cells.read_text, needed=True) or "",
        setting=reader.cell("setting", lambda text: cells.read_setting(text, settings), needed=True) or NOWHERE,
        host=reader.cell("host", sites_cells.read_host, needed=True) or "",
        host_name=reader.cell("host_name", cells.read_text) or "",
        address=reader.cell("address", sites_cells.read_address) or "",
        author=reader.cell("author", sites_cells.read_who, needed=True) or "",
        administrators=reader.cell("administrators", sites_cells.read_people) or (),
        moderators=reader.cell("moderators", sites_cells.read_people) or (),
        own_logins=reader.cell("own_logins", cells.read_yes_or_no) or False,
        live_since=reader.cell("live_since", cells.read_day),
        closure=reader.cell("closure", cells.read_day),
        review_on=reader.cell("review_on", cells.read_day),
        evaluate_on=reader.cell("evaluate_on", cells.read_day),
        last_active=reader.cell("last_active", cells.read_day),
        paper=reader.cell("paper", cells.read_text) or "",
        purpose=reader.cell("purpose", sites_cells.read_words) or "",
        aims=reader.cell("aims", sites_cells.read_words) or "",
        success=reader.cell("success", sites_cells.read_words) or "",
        exit_plan=reader.cell("exit_plan", sites_cells.read_words) or "",
        intervention_plan=reader.cell("intervention_plan", sites_cells.read_words) or "",
        audience=reader.cell("audience", lambda text: read_options(text, options["audience"])) or frozenset(),
        contributors=reader.cell("contributors", lambda text: read_options(text, options["contributors"]))
        or frozenset(),
        interaction=reader.cell("interaction", lambda text: read_option(text, options["interaction"])) or "",
        logo=reader.cell("logo", cells.read_yes_or_no) or False,
        rota=reader.cell("rota", lambda text: cells.read_word(text, SlotLength, what="rota")) or SlotLength.WEEK,
        days=reader.cell("days", lambda text: cells.read_word(text, CoverDays, what="kind of days"))
        or CoverDays.WEEKDAYS,
        holidays_double=reader.cell("holidays_double", cells.read_yes_or_no) or False,
    )
    _check(site, reader, today)
    return (site if reader.is_whole else None), reader.problems


def _check(site: SiteRow, reader: RowReader, today: date) -> None:
    if site.host == "third_party" and not site.host_name and "host_name" not in reader.row.refused:
        reader.note("host_name", "Write which third party hosts it, such as Instagram.")
    if site.live_since and site.live_since > today:
        says = "This day is still to come. A site that is not there yet needs the form (A.3.3): take the row out."
        reader.note("live_since", says)
    for column in LATER_THAN_LIVE:
        day: date | None = getattr(site, column)
        if day and site.live_since and day < site.live_since:
            reader.note(column, "This day lies before the site went live: correct one of the two.")


def _twice(rows: Sequence[SiteRow]) -> Iterator[Problem]:
    names, addresses = defaultdict[tuple[str, str], list[int]](list), defaultdict[str, list[int]](list)
    for row in rows:
        names[row.setting, row.name.casefold()].append(row.number)
        if row.address:
            addresses[plain_address(row.address)].append(row.number)
    for first, *others in names.values():
        for number in others:
            says = f"Row {first} has a site of this name in the same setting: give one another name, or take it out."
            yield Problem(row=number, column="name", says=says)
    for first, *others in addresses.values():
        for number in others:
            says = f"Row {first} has the same address: correct one, or take it out."
            yield Problem(row=number, column="address", says=says)
