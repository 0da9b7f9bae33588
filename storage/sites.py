"""The register of sites: what was approved, who looks after each, what was checked, and where it is in its life."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from policy_kb.request_words import RequestState
from policy_kb.rules.site import Site
from policy_kb.words import Verb
from storage import site_tables as tables
from storage.audit import Someone
from storage.request_tables import requests
from storage.site_people import SitePeople
from storage.site_rows import ALL_SITES, ONE_SITE, read_sites, site_row

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from policy_kb.request_words import FormKey, RequestId
    from policy_kb.site_words import SiteId, SiteState
    from policy_kb.words import PersonId, SettingId
    from storage.audit import Audit, AuditEntry, Fact

ONE_HELD = ONE_SITE.with_for_update()
TOUCHED = (
    update(tables.sites)
    .where(
        tables.sites.c.id == bindparam("site"),
        tables.sites.c.active_on.is_(None) | (tables.sites.c.active_on < bindparam("day")),
    )
    .values(active_on=bindparam("day", type_=tables.sites.c.active_on.type))
)
NOT_CHANGED = frozenset({"id", "request", "state", "state_since", "members"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites(SitePeople):
    """Every site from its approval on; whatever changes is written to the chain of the site."""

    connection: Connection
    audit: Audit

    def open(self, site: Site, *, entry: AuditEntry) -> SiteId:
        """
        Add a site with its people, and return its number; the one it came with counts for nothing.

        Raises:
            ChangeRefused: the setting has a site of this name, the request one already, or somebody is unknown.
        """
        made = self.connection.execute(insert(tables.sites).values(site_row(site)).returning(tables.sites.c.id))
        site_id: SiteId = made.scalar_one()
        facts: dict[str, Fact] = {"setting": site.setting, "state": site.state.value, "author": Someone(site.author)}
        self._write(site_id, entry, Verb.OPENED, facts)
        for member in site.members:
            self.add_member(site_id, member, entry=entry)
        return site_id

    def hold(self, site_id: SiteId) -> Site | None:
        """Let nobody else change a site until this transaction ends, and return it; None where it is not there."""
        return next(iter(read_sites(self.connection, ONE_HELD, site=site_id)), None)

    def hold_all(self, site_ids: Collection[SiteId]) -> tuple[Site, ...]:
        """Let nobody else change some sites until this transaction ends, and return them, by name."""
        theirs = tables.sites.c.id.in_(site_ids)
        self.connection.execute(select(tables.sites.c.id).where(theirs).order_by(tables.sites.c.id).with_for_update())
        return read_sites(self.connection, ALL_SITES.where(theirs))

    def get(self, site_id: SiteId) -> Site | None:
        """Return one site."""
        return next(iter(read_sites(self.connection, ONE_SITE, site=site_id)), None)

    def of_request(self, request_id: RequestId) -> Site | None:
        """Return the site that a request became."""
        return next(iter(read_sites(self.connection, ALL_SITES.where(tables.sites.c.request_id == request_id))), None)

    def not_opened(self, form: FormKey) -> tuple[RequestId, ...]:
        """Return the approved requests by a form that have become no site yet, the oldest first."""
        asked, opened = requests, select(tables.sites.c.id).where(tables.sites.c.request_id == requests.c.id)
        approved = (asked.c.form == form, asked.c.state == RequestState.APPROVED, ~opened.exists())
        return tuple(self.connection.execute(select(asked.c.id).where(*approved).order_by(asked.c.id)).scalars())

    def listed(
        self, *, setting: SettingId | None = None, states: Collection[SiteState] | None = None
    ) -> tuple[Site, ...]:
        """Return the sites of a setting or of the trust, in some states or in all, by name."""
        return read_sites(self.connection, ALL_SITES.where(*_among(setting, states)))

    def numbers(self, *, setting: SettingId, states: Collection[SiteState]) -> tuple[SiteId, ...]:
        """Return the numbers of the sites that `listed` returns, in ascending order, without reading the sites."""
        made = tables.sites.c.id
        found = self.connection.execute(select(made).where(*_among(setting, states)).order_by(made))
        return tuple(found.scalars())

    def of_person(self, person: PersonId, on: date) -> tuple[Site, ...]:
        """Return the sites that somebody wrote the form for, administers or moderates on a London day, by name."""
        members = tables.members
        holds = (members.c.since <= on, (members.c.until.is_(None)) | (members.c.until > on))
        theirs = select(members.c.site_id).where(members.c.person_id == person, *holds)
        return read_sites(
            self.connection, ALL_SITES.where((tables.sites.c.author_id == person) | tables.sites.c.id.in_(theirs))
        )

    def change(self, site: Site, *, entry: AuditEntry) -> tuple[str, ...]:
        """
        Keep what is known of a site in the place of what was, and return what became different.

        Its number, request, state and people stay: they have methods of their own. Whoever read it to change it
        takes it with `hold`, so that nothing another person changed meanwhile is undone.

        Raises:
            ChangeRefused: another site of the setting has the name, or the author is unknown.
            LookupError: there is no such site.
        """
        before = self.get(site.id)
        if before is None:
            raise LookupError(site.id)
        changed = tuple(
            one.name
            for one in fields(Site)
            if one.name not in NOT_CHANGED and getattr(before, one.name) != getattr(site, one.name)
        )
        if changed:
            row = site_row(replace(site, request=before.request, state=before.state, state_since=before.state_since))
            self.connection.execute(update(tables.sites).where(tables.sites.c.id == site.id).values(row))
            self._write(site.id, entry, entry.verb, {"changed": changed})
        return changed

    def move(self, site_id: SiteId, from_: SiteState, to: SiteState, *, on: date, entry: AuditEntry) -> bool:
        """Move a site from one state to another on a London day; False, and nothing changes, where it is elsewhere."""
        made = tables.sites
        moved = update(made).where(made.c.id == site_id, made.c.state == from_).values(state=to, state_since=on)
        if self.connection.execute(moved).rowcount != 1:
            return False
        self._write(site_id, entry, entry.verb, {"from": from_.value, "to": to.value})
        return True

    def touch(self, site_id: SiteId, on: date) -> None:
        """Remember that something was recorded of a site on a London day; an earlier day changes nothing."""
        self.connection.execute(TOUCHED, {"site": site_id, "day": on})


def _among(setting: SettingId | None, states: Collection[SiteState] | None) -> list[ColumnElement[bool]]:
    which = [tables.sites.c.setting_id == setting] if setting else []
    return which + ([tables.sites.c.state.in_(states)] if states is not None else [])
