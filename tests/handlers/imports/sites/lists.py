"""A small trust with people in it, to take lists of sites into."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from handlers.acting import Acting
from handlers.imports.sites_import import import_sites
from policy_kb.view import load_view
from tests.handlers.imports.directory import import_list, import_toml

if TYPE_CHECKING:
    from datetime import date

    from handlers.imports.sites_plan import SitesPlan
    from policy_kb.rules.site import Site
    from policy_kb.view import PolicyView
    from storage.database import Database

NOW = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)
COLUMNS = "name,setting,host,host_name,author,administrators,moderators,own_logins,paper"
PEOPLE = (
    "Anna Sample,anna@x.example,elm,1001,,",
    "Bert Sample,bert@x.example,elm,1002,,",
    "Cleo Sample,cleo@x.example,acorns,1003,,",
    "Dora Sample,dora@x.example,elm,1004,,2026-07-31",
    "Emil Sample,emil@x.example,elm,1005,2027-01-04,",
)


@cache
def shipped() -> PolicyView:
    return load_view()


def a_trust(database: Database) -> None:
    """Take in two settings and five people, one of whom has left and one of whom is still to come."""
    import_toml(database)
    import_list(database, *PEOPLE, columns="name,email,setting,staff_id,first_day,last_day")


def take_in(
    database: Database, *rows: str, columns: str = COLUMNS, apply: bool = True, as_of: date | None = None
) -> SitesPlan:
    """Import a list of sites of these rows."""
    data = "\n".join((columns, *rows)).encode()
    with database.begin() as work:
        act = Acting(person=None, view=shipped(), uow=work, now=NOW)
        return import_sites(data, act, apply=apply, as_of=as_of)


def register(database: Database) -> dict[str, Site]:
    """Return every site by name."""
    with database.begin() as work:
        return {site.name: site for site in work.sites.listed()}
