"""What a list of sites would change: worked out whole, so that it can be shown, and then done all or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from handlers.imports.problem import Problem
from handlers.imports.sites_cells import plain_address
from handlers.imports.sites_notes import notes_on
from policy_kb.rules.site import LOOKS_AFTER, RotaShape, Site
from policy_kb.site_words import SiteId, SiteState
from policy_kb.words import PersonId, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from handlers.imports.sites_file import SiteRow, SitesFile
    from policy_kb.rules.site import Member
    from storage.person import Person

NEW = SiteId(0)  # until storage gives it a number
PLAIN = (
    "host",
    "host_name",
    "address",
    "closure",
    "review_on",
    "evaluate_on",
    "purpose",
    "aims",
    "success",
    "exit_plan",
    "intervention_plan",
    "audience",
    "contributors",
    "interaction",
)
"""Columns that say what the field of this name says."""
NOT_COMPARED = frozenset({"id", "request", "state_since", "members"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Somebody who looks after a site, in one role."""

    person: PersonId
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSite:
    """What becomes of one site."""

    row: int
    before: Site | None  # None: new
    after: Site  # with the people it has now; `joining` and `leaving` say who else
    joining: tuple[Part, ...] = ()
    leaving: tuple[Part, ...] = ()
    accepting: tuple[Part, ...] = ()  # who was asked and accepts, as the list says
    own_logins: bool = False  # whoever joins has accepted already

    @property
    def changed_fields(self) -> tuple[str, ...]:
        """What is different of the site itself."""
        if self.before is None:
            return ()
        names = (one.name for one in fields(Site) if one.name not in NOT_COMPARED)
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))

    @property
    def is_changed(self) -> bool:
        """Whether anything is new or different."""
        people = (*self.joining, *self.leaving, *self.accepting)
        return self.before is None or bool(people or self.changed_fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesPlan:
    """Everything a list of sites would do; nothing may be done while there are problems."""

    planned: tuple[PlannedSite, ...] = ()
    missing: tuple[Site, ...] = ()  # taken in from a list before, still open, and not in this one
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[PlannedSite, ...]:
        """Whatever is new or different."""
        return tuple(one for one in self.planned if one.is_changed)


def plan_sites(file: SitesFile, register: Sequence[Site], people: Sequence[Person], today: date) -> SitesPlan:
    """Compare a list of sites, true as of a London day, with the register and with everybody in the directory."""
    planning = _Planning(columns=file.columns, people=_by_sign(people), today=today)
    known = {(site.setting, site.name.casefold()): site for site in register}
    planned = tuple(planning.site(row, known.get((row.setting, row.name.casefold()))) for row in file.rows)
    listed = {one.after.id for one in planned}
    others = [site for site in register if site.id not in listed]
    return SitesPlan(
        planned=planned,
        missing=tuple(site for site in others if site.request is None and site.state is not SiteState.CLOSED),
        problems=tuple(
            sorted((*file.problems, *planning.problems, *_clashes(file.rows, others)), key=lambda one: one.row)
        ),
        notes=(*file.notes, *notes_on(file.rows, [one.after for one in planned])),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planning:
    """Works out what each row does, and keeps what is wrong."""

    columns: frozenset[str]
    people: Mapping[str, Person]
    today: date
    problems: list[Problem] = field(default_factory=list)

    def site(self, row: SiteRow, before: Site | None) -> PlannedSite:
        if before and before.request is not None:
            says = (
                f"This site was approved here, as R-{before.request}: what it may be changes there. Take the row out."
            )
            self.problems.append(Problem(row=row.number, column="name", says=says))
        if before and before.state is SiteState.CLOSED:
            return PlannedSite(row=row.number, before=before, after=before)
        author = self._person(row, "author", row.author)
        wanted = tuple(self._parts(row, before))
        there = {Part(person=one.person, role=one.role): one for one in _open(before)}
        waiting = [part for part in wanted if part in there and there[part].accepted_at is None]
        return PlannedSite(
            row=row.number,
            before=before,
            after=self._after(row, before, author),
            joining=tuple(part for part in wanted if part not in there),
            leaving=tuple(part for part in there if part not in wanted),
            accepting=tuple(waiting) if row.own_logins else (),
            own_logins=row.own_logins,
        )

    def _after(self, row: SiteRow, before: Site | None, author: PersonId) -> Site:
        since = row.live_since or self.today
        site = before or Site(
            id=NEW,
            request=None,
            setting=row.setting,
            name=row.name,
            state=SiteState.LEGACY,
            state_since=since,
            author=author,
            host=row.host,
            active_on=row.last_active or self.today,
        )
        given = {name: getattr(row, name) for name in PLAIN if name in self.columns}
        given |= {"live_on": row.live_since} if "live_since" in self.columns else {}
        given |= {"uses_logo": row.logo} if "logo" in self.columns else {}
        site = replace(site, author=author, **given, rota=self._rota(row, site.rota))
        if row.last_active and row.last_active > (site.active_on or row.last_active):
            site = replace(site, active_on=row.last_active)
        return self._on_paper(row, site)

    def _rota(self, row: SiteRow, now: RotaShape) -> RotaShape:
        length = row.rota if "rota" in self.columns else now.length
        days = row.days if "days" in self.columns else now.days
        double = row.holidays_double if "holidays_double" in self.columns else now.holidays_double
        return RotaShape(length=length, days=days, holidays_double=double)

    def _on_paper(self, row: SiteRow, site: Site) -> Site:
        """Take in what a paper form approved; an empty cell takes no approval back."""
        if not row.paper:
            return site
        state = SiteState.LIVE if site.state is SiteState.LEGACY else site.state
        return replace(site, paper=row.paper, state=state)

    def _parts(self, row: SiteRow, before: Site | None) -> Iterator[Part]:
        listed = {Role.SITE_ADMINISTRATOR: row.administrators, Role.SITE_MODERATOR: row.moderators}
        columns = {Role.SITE_ADMINISTRATOR: "administrators", Role.SITE_MODERATOR: "moderators"}
        for role in LOOKS_AFTER:
            if columns[role] not in self.columns:
                yield from (Part(person=one.person, role=role) for one in _open(before) if one.role is role)
                continue
            found = dict.fromkeys(self._person(row, columns[role], sign) for sign in listed[role])
            yield from (Part(person=person, role=role) for person in found if person)

    def _person(self, row: SiteRow, column: str, sign: str) -> PersonId:
        person = self.people.get(sign)
        if person and person.is_in_post(self.today):
            return person.id
        if person is None:
            says = f"Nobody in the staff list is “{sign}”: correct it, or import the staff list first."
        elif person.has_left(self.today):
            says = f"{person.name} has left: name somebody else, or take them out."
        else:
            says = f"{person.name} is not in post yet: name somebody who is."
        self.problems.append(Problem(row=row.number, column=column, says=says))
        return PersonId("")


def _open(site: Site | None) -> tuple[Member, ...]:
    return tuple(one for one in site.members if one.until is None) if site else ()


def _by_sign(people: Sequence[Person]) -> Mapping[str, Person]:
    """Return everybody by address and by staff number, as a list names them."""
    by_number = {person.staff_id.lower(): person for person in people if person.staff_id}
    return by_number | {person.email: person for person in people if person.email}


def _clashes(rows: Sequence[SiteRow], others: Sequence[Site]) -> Iterator[Problem]:
    """Yield where a row has the address of a site that the list has not got: renamed, most likely."""
    taken = {plain_address(site.address): site for site in others if site.address}
    for row in rows:
        if row.address and (site := taken.get(plain_address(row.address))):
            says = (
                f"This is the address of “{site.name}” (S-{site.id}) already: give the row that name, or take it out."
            )
            yield Problem(row=row.number, column="address", says=says)
