"""`askfirst due`: what people would be told of the bot's own accord, day by day, without telling anybody."""

from __future__ import annotations

import csv
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import clock
from handlers.desk import Desk
from handlers.imports.sheet import FORMULA
from handlers.rehearsing import rehearse, title_of
from policy_kb.rules.london import LONDON
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.config import Config
    from handlers.rehearsing import Told
    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId

LONGEST = 400  # days
COLUMNS = ("day", "time", "to", "why", "title", "reached")


class BadStretch(Exception):  # noqa: N818 - the name is the sentence: a bad stretch of days
    """The days, the person or the site that were asked for cannot be; the text says why."""


def run(config: Config, *, start: date, last: date, person: str, site: str, as_csv: bool) -> int:
    """
    Print what would be sent on the London days from `start` to `last`, played on a copy; 0 also where it is nothing.

    Raises:
        BadStretch: the days are over, the wrong way round or too many, or nobody and nothing is so called.
        StorageError: there is no database, or it cannot be used.
    """
    now = clock.now()
    _check_days(start, last, clock.today())
    database = Database(config.database_url)
    if not database.exists():
        raise BadStretch("There is no database yet, so nothing is due. It is made at the first start.")
    copy, desk = database.copy_into_memory(), Desk.open()
    try:
        who, which = _person(person, copy), _site(site, copy)
        told = (
            (one, title_of(one, copy, desk))
            for one in rehearse(copy, desk, start, last + timedelta(days=1), now=now)
            if who in {None, one.person} and (which is None or which in one.sites)
        )
        if as_csv:
            _print_csv(told)
        else:
            _print_days(told)
    finally:
        copy.close()
    return 0


def _check_days(start: date, last: date, today: date) -> None:
    if start < today:
        raise BadStretch("What was due before today was told then. Begin with today or a later day.")
    if last < start:
        raise BadStretch("The last day is before the first. Exchange --from and --to.")
    if (last - start).days >= LONGEST:
        raise BadStretch(f"That is more than {LONGEST} days. Ask for fewer at once.")


def _person(called: str, copy: Database) -> PersonId | None:
    if not called:
        return None
    with copy.begin() as uow:
        found = [one for one in uow.people.everyone() if called.casefold() in {one.email, one.id, one.name.casefold()}]
    if len(found) != 1:
        raise BadStretch(f"The staff list has not exactly one “{called}”. Give the e-mail address.")
    return found[0].id


def _site(called: str, copy: Database) -> SiteId | None:
    if not called:
        return None
    with copy.begin() as uow:
        sites = uow.sites.listed()
    wanted = called.casefold()
    found = [one for one in sites if wanted in {str(one.id), f"s-{one.id}", one.name.casefold()}]
    if len(found) != 1:
        raise BadStretch(f"The register has not exactly one site “{called}”. Give its number, such as S-7.")
    return found[0].id


def _print_days(told: Iterator[tuple[Told, str]]) -> None:
    day, count = None, 0
    for one, title in told:
        there = one.at.astimezone(LONDON)
        if there.date() != day:
            day = there.date()
            print(f"\n{day:%A} {day.day} {day:%B %Y}")
        away = "" if one.is_reached else " (cannot be reached yet)"
        print(f"  {there:%H:%M}  {one.name}{away}: {title}  [{', '.join(one.why)}]")
        count += 1
    print(f"\n{count} messages. Nothing was sent." if count else "Nothing would be sent.")


def _print_csv(told: Iterator[tuple[Told, str]]) -> None:
    write = csv.writer(sys.stdout, quoting=csv.QUOTE_ALL)
    write.writerow(COLUMNS)
    for one, title in told:
        there = one.at.astimezone(LONDON)
        reached = "yes" if one.is_reached else "no"
        row = (there.date().isoformat(), f"{there:%H:%M}", one.name, "; ".join(one.why), title, reached)
        write.writerow(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row)
