"""From rows of the tables of sites to what they hold, and back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from policy_kb.rules.site import Member, RotaShape, Site
from storage.portions import in_portions
from storage.site_tables import members, sites

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Executable, Row

    from policy_kb.site_words import SiteId

    AnyRow = Row[tuple[object, ...]]

# Built once: sites are read all the time, and building a statement takes as long as executing it.
ALL_SITES = select(sites).order_by(sites.c.name, sites.c.id)
ONE_SITE = ALL_SITES.where(sites.c.id == bindparam("site"))
_OF_SITES = (
    select(members)
    .where(members.c.site_id.in_(bindparam("ids", expanding=True)))
    .order_by(members.c.role, members.c.since, members.c.person_id, members.c.id)
)


def read_sites(connection: Connection, statement: Executable, **values: object) -> tuple[Site, ...]:
    """Return the sites that a statement finds with these values, in its order, each with its people."""
    rows = connection.execute(statement, values).all()
    people = _members(connection, [row.id for row in rows])
    return tuple(_site(row, people.get(row.id, ())) for row in rows)


def site_row(site: Site) -> dict[str, object]:
    """Return what the table holds of a site, its number and people left out."""
    return {
        "request_id": site.request,
        "setting_id": site.setting,
        "name": site.name,
        "state": site.state,
        "state_since": site.state_since,
        "author_id": site.author,
        "host": site.host,
        "host_name": site.host_name,
        "address": site.address,
        "purpose": site.purpose,
        "aims": site.aims,
        "success": site.success,
        "exit_plan": site.exit_plan,
        "intervention_plan": site.intervention_plan,
        "audience": sorted(site.audience),
        "contributors": sorted(site.contributors),
        "interaction": site.interaction,
        "uses_logo": site.uses_logo,
        "paper": site.paper,
        "go_live": site.go_live,
        "live_on": site.live_on,
        "closure": site.closure,
        "review_on": site.review_on,
        "evaluate_on": site.evaluate_on,
        "active_on": site.active_on,
        "rota_length": site.rota.length,
        "rota_days": site.rota.days,
        "holidays_double": site.rota.holidays_double,
    }


def _site(row: AnyRow, people: tuple[Member, ...]) -> Site:
    return Site(
        id=row.id,
        request=row.request_id,
        setting=row.setting_id,
        name=row.name,
        state=row.state,
        state_since=row.state_since,
        author=row.author_id,
        host=row.host,
        host_name=row.host_name,
        address=row.address,
        purpose=row.purpose,
        aims=row.aims,
        success=row.success,
        exit_plan=row.exit_plan,
        intervention_plan=row.intervention_plan,
        audience=frozenset(row.audience),
        contributors=frozenset(row.contributors),
        interaction=row.interaction,
        uses_logo=row.uses_logo,
        paper=row.paper,
        go_live=row.go_live,
        live_on=row.live_on,
        closure=row.closure,
        review_on=row.review_on,
        evaluate_on=row.evaluate_on,
        active_on=row.active_on,
        rota=RotaShape(length=row.rota_length, days=row.rota_days, holidays_double=row.holidays_double),
        members=people,
    )


def _members(connection: Connection, ids: Sequence[SiteId]) -> Mapping[SiteId, tuple[Member, ...]]:
    found: dict[SiteId, list[Member]] = defaultdict(list)
    for some in in_portions(ids):
        for row in connection.execute(_OF_SITES, {"ids": some}):
            found[row.site_id].append(
                Member(
                    person=row.person_id,
                    role=row.role,
                    since=row.since,
                    until=row.until,
                    accepted_at=row.accepted_at,
                    attested_on=row.attested_on,
                )
            )
    return {site_id: tuple(people) for site_id, people in found.items()}
