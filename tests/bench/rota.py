"""
Measure how rotas of 13 weeks are made, for 10, 100 and 1,000 sites: time, rows, fairness, slots without anybody.

Beside it, on the same people and days, what trusts do by hand: whoever's number it is by the number of the week.
Each site has ten moderators, each of whom moderates five sites; a fifth work part-time, a tenth are away for a while.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import insert

from handlers.acting import Acting
from handlers.cover import planning
from handlers.cover.seen import reaches_of
from handlers.cover.standing import standing_of
from policy_kb.rules.reach import FULL_WEEK, Reach, hindrance
from policy_kb.site_words import CoverDays, SiteState, SlotLength
from policy_kb.view import load_view
from policy_kb.words import PersonId, Role, SettingId, SettingType, Verb
from storage import people_tables, rota_tables, site_tables
from storage.audit import AuditEntry
from storage.database import Database
from storage.settings import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_kb.rules.site import Site, Slot
    from policy_kb.view import PolicyView
    from storage.unit_of_work import UnitOfWork

SIZES = (10, 100, 1_000)
EACH = 10  # moderators of a site
SITES_OF_ONE = 5
NOW = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)  # a Monday, with Christmas ahead
NIGHTS = 5
SETTING = SettingId("bench")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """How a rota of many sites is shared out."""

    uneven: int  # between two people of one site who are always there, at worst, in slots
    nobody: int  # slots
    slots: int


def main() -> None:
    """Print the figures for each size."""
    view = load_view()
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
            database.upgrade()
            _measure(database, size, view)
            database.close()


def _measure(database: Database, size: int, view: PolicyView) -> None:
    with database.begin() as work:
        _fill(work, size)
    first = _planned(database, view, NOW)
    with database.begin() as work:
        sites = work.sites.listed()
        slots = work.rota.slots(NOW.date(), NOW.date() + timedelta(weeks=13))
        people = {one.person for site in sites for one in site.members}
        reaches = reaches_of(people, work, NOW.date())
        began = time.process_time()
        standing_of(sites, work, view, NOW.date())
        stood = time.process_time() - began
    nights = sorted(_planned(database, view, NOW + timedelta(days=number)) for number in range(1, NIGHTS + 1))
    ours, theirs = (_shared(one, sites, reaches) for one in (slots, _by_week_number(slots, sites, reaches)))
    print(
        f"{size:>5} sites, {len(people)} people: {len(slots)} slots in {first:.2f} s of processor time, a night's "
        f"planning {nights[len(nights) // 2]:.2f} s (at most {nights[-1]:.2f}), how all stand {stood:.2f} s"
    )
    for name, one in (("ours", ours), ("by week number", theirs)):
        print(f"      {name:<15} {one.nobody} of {one.slots} slots with nobody there, at worst {one.uneven} apart")


def _planned(database: Database, view: PolicyView, now: datetime) -> float:
    """Plan everything, and return how many seconds of this process that took, until it was kept."""
    began = time.process_time()
    with database.begin() as work:
        planning.plan_setting(SETTING, Acting(person=None, view=view, uow=work, now=now))
    return time.process_time() - began


def _by_week_number(slots: Sequence[Slot], sites: Sequence[Site], reaches: Mapping[PersonId, Reach]) -> list[Slot]:
    """Give each week of each site to whoever's number it is; where they are not there, nobody is."""
    by_id = {site.id: [one.person for one in site.members] for site in sites}
    found: list[Slot] = []
    for slot in slots:
        members = by_id[slot.site]
        person = members[slot.starts_on.isocalendar().week % len(members)]
        there = hindrance(slot, reaches[person], today=NOW.date()) is None
        found.append(_given(slot, person if there else None))
    return found


def _given(slot: Slot, person: PersonId | None) -> Slot:
    return type(slot)(id=slot.id, site=slot.site, starts_on=slot.starts_on, ends_on=slot.ends_on, person=person)


def _shared(slots: Sequence[Slot], sites: Sequence[Site], reaches: Mapping[PersonId, Reach]) -> Shared:
    always = {one for one, reach in reaches.items() if reach.pattern == FULL_WEEK and not reach.absences}
    served = Counter((slot.site, slot.person) for slot in slots)
    counts = [[served[site.id, one.person] for one in site.members if one.person in always] for site in sites]
    return Shared(
        uneven=max(max(one) - min(one) for one in counts if one),
        nobody=sum(slot.person is None for slot in slots),
        slots=len(slots),
    )


def _fill(work: UnitOfWork, size: int) -> None:
    """Write a trust of so many sites straight into its tables: asking for each row would take longer than planning."""
    random = Random(size)  # noqa: S311 - the same trust in each run
    count = max(EACH, size * EACH // SITES_OF_ONE)
    people = [PersonId(f"person-{number:05}") for number in range(count)]
    entry = AuditEntry(actor=None, verb=Verb.ADDED, at=NOW)
    work.settings.put(Setting(id=SETTING, name="Bench", type=SettingType.CENTRAL_SERVICE, region="North"), entry=entry)
    execute = work.audit.connection.execute
    execute(insert(people_tables.people), [_person_row(one, random) for one in people])
    execute(
        insert(people_tables.person_settings),
        [{"person_id": one, "setting_id": SETTING, "is_main": True} for one in people],
    )
    execute(insert(site_tables.sites), [_site_row(number, people[0]) for number in range(size)])
    members = [
        {"site_id": number + 1, "person_id": one, "role": Role.SITE_MODERATOR, "since": date(2026, 9, 1)}
        | {"until": None, "accepted_at": NOW - timedelta(days=90), "attested_on": None}
        for number in range(size)
        for one in {people[(number * EACH // SITES_OF_ONE + step) % count] for step in range(EACH)}
    ]
    execute(insert(site_tables.members), members)
    execute(
        insert(rota_tables.absences),
        [_absence_row(one, random) for one in random.sample(people, max(1, count // 10))],
    )


def _person_row(person: PersonId, random: Random) -> dict[str, object]:
    pattern = random.choice(["MT-TF", "--WTF"]) if random.random() < 1 / 5 else FULL_WEEK
    return {
        "id": person,
        "name": person,
        "email": f"{person}@bench.example",
        "post": "Teacher",
        "department": "",
        "pattern": pattern,
        "term_time_only": False,
        "starts_on": None,
        "ends_on": None,
    }


def _site_row(number: int, author: PersonId) -> dict[str, object]:
    words = ("host_name", "address", "purpose", "aims", "success", "exit_plan", "intervention_plan", "paper")
    return {
        "setting_id": SETTING,
        "name": f"Site {number}",
        "state": SiteState.LIVE,
        "state_since": NOW.date(),
        "author_id": author,
        "host": "academy",
        "audience": [],
        "contributors": [],
        "interaction": "read",
        "uses_logo": False,
        "rota_length": SlotLength.DAY,
        "rota_days": CoverDays.WEEKDAYS,
        "holidays_double": False,
        **dict.fromkeys(words, ""),
    }


def _absence_row(person: PersonId, random: Random) -> dict[str, object]:
    start = NOW.date() + timedelta(days=random.randrange(80))
    days = timedelta(days=random.randrange(3, 30))
    return {"person_id": person, "starts_on": start, "ends_on": start + days, "set_by_id": person, "at": NOW}


if __name__ == "__main__":
    main()
