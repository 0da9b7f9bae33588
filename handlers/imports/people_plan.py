"""What a staff list would change: worked out whole, so that it can be shown, and then done all or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers.imports.managers import COLUMN, circles, line_managers
from handlers.imports.matching import Matching, namesakes
from handlers.imports.problem import Problem
from storage.person import Person
from storage.person_changes import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from handlers.imports.people_file import PeopleFile, PersonRow
    from policy_kb.words import PersonId, SettingId
    from storage.settings import Setting

FEW = 10
MANY = 0.25  # of those in post missing from a list: perhaps it is not the whole list


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What becomes of one person."""

    row: int  # 0 for somebody the list has not got
    before: Person | None  # None: new
    after: Person

    @property
    def is_changed(self) -> bool:
        """Whether anything is different."""
        return bool(changes(self.before, self.after))

    @property
    def has_new_address(self) -> bool:
        """Whether whoever writes from their address or account may be somebody else from now on."""
        before = self.before
        return before is not None and (
            before.email != self.after.email or before.directory_id not in (None, self.after.directory_id)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePlan:
    """Everything a staff list would do; nothing may be done while there are problems."""

    planned: tuple[Planned, ...] = ()  # whoever the list has, and whoever else it changes
    missing: tuple[Person, ...] = ()  # in post, to stay, and not in the list
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[Planned, ...]:
        """Whoever is new or different."""
        return tuple(one for one in self.planned if one.is_changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a staff list is read against."""

    settings: Mapping[SettingId, Setting]
    leavers_end: date | None  # the first day on which whoever is missing is not in post; None: they stay
    today: date
    new_id: Callable[[PersonRow], PersonId]


def plan_people(file: PeopleFile, directory: Sequence[Person], terms: Terms) -> PeoplePlan:
    """Compare a staff list with the directory, everybody who ever was in it included."""
    matching = Matching(file.rows, directory)
    listed = {row.number: _after(row, matching.found.get(row.number), file.columns, terms) for row in file.rows}
    others = _not_listed(directory, listed)
    missing = tuple(person for person in others if not person.has_left(terms.today))
    wanted = {row.email: row.number for row in file.rows}
    others_after = {person.id: _other_after(person, wanted, terms) for person in others}
    managers, unknown = line_managers(file, listed, tuple(others_after.values()))
    if COLUMN in file.columns:
        listed = {number: replace(one, line_manager_id=managers[number]) for number, one in listed.items()}
    planned = (
        *(Planned(row=number, before=matching.found.get(number), after=after) for number, after in listed.items()),
        *(Planned(row=0, before=person, after=others_after[person.id]) for person in others),
    )
    people = {one.after.id: one.after for one in planned}
    in_doubt = {problem.row for problem in matching.problems}
    problems = (
        *file.problems,
        *matching.problems,
        *(clash for clash in _clashes(missing, wanted, terms) if clash.row not in in_doubt),
        *unknown,
        *circles(people, {one.after.id: one.row for one in planned}),
    )
    return PeoplePlan(
        planned=planned,
        missing=missing,
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        notes=(*file.notes, *_notes(file.rows, planned, missing)),
    )


def _after(row: PersonRow, before: Person | None, columns: frozenset[str], terms: Terms) -> Person:
    main = terms.settings[row.setting]
    person = before or Person(id=terms.new_id(row), name=row.name, email=row.email, post="", setting=main)
    after = replace(
        person,
        name=row.name,
        email=row.email,
        setting=main,
        staff_id=row.staff_id or person.staff_id,
        directory_id=row.directory_id or person.directory_id,
    )
    for column, change in _changes(row, terms):
        if column in columns:
            after = change(after)
    if "last_day" not in columns and after.has_left(terms.today):
        after = replace(after, ends_on=None)  # whoever is in the list again is back
    return replace(after, other_settings=tuple(one for one in after.other_settings if one.id != main.id))


def _changes(row: PersonRow, terms: Terms) -> Iterator[tuple[str, Callable[[Person], Person]]]:
    """Yield what each column does to a person; a column that the list has not got does nothing."""
    others = tuple(terms.settings[setting] for setting in row.other_settings)
    yield "other_settings", lambda person: replace(person, other_settings=others)
    yield "post", lambda person: replace(person, post=row.post)
    yield "department", lambda person: replace(person, department=row.department)
    yield "pattern", lambda person: replace(person, pattern=row.pattern)
    yield "term_time_only", lambda person: replace(person, term_time_only=row.term_time_only)
    yield "first_day", lambda person: replace(person, starts_on=row.starts_on)
    yield "last_day", lambda person: replace(person, ends_on=row.ends_on)
    yield "roles", lambda person: replace(person, held=row.held)
    yield "bot_roles", lambda person: replace(person, bot_roles=row.bot_roles)


def _not_listed(directory: Sequence[Person], listed: Mapping[int, Person]) -> tuple[Person, ...]:
    seen = {person.id for person in listed.values()}
    return tuple(person for person in directory if person.id not in seen)


def _other_after(person: Person, wanted: Mapping[str, int], terms: Terms) -> Person:
    """Return what becomes of somebody whom the list has not got: they end, and an address that is wanted is freed."""
    after = replace(person, email="") if person.email in wanted else person
    if terms.leavers_end is None or person.has_left(terms.today) or person.has_left(terms.leavers_end):
        return after
    end = max(terms.leavers_end, person.starts_on or terms.leavers_end)  # whoever has not begun never begins
    held = (
        replace(one, ends_on=min(end, one.ends_on or end))
        for one in person.held
        if one.starts_on is None or one.starts_on < end
    )
    return replace(after, ends_on=end, held=tuple(held), bot_roles=())


def _clashes(missing: Sequence[Person], wanted: Mapping[str, int], terms: Terms) -> Iterator[Problem]:
    """Yield where somebody in the list has the address of somebody who is not in it and does not leave either."""
    for person in missing:
        if person.email in wanted and terms.leavers_end is None:
            says = (
                f"This address is {person.name}'s, who is not in the file. Give {person.name} a row with another "
                "address, or end everybody who is missing with --leavers-end."
            )
            yield Problem(row=wanted[person.email], column="email", says=says)


def _notes(rows: Sequence[PersonRow], planned: Sequence[Planned], missing: Sequence[Person]) -> Iterator[str]:
    new = {one.row for one in planned if one.before is None}
    again = [row.number for row in namesakes([row for row in rows if row.number in new], missing)]
    if again:
        numbers = ", ".join(map(str, again[:FEW])) + (" and others" if len(again) > FEW else "")
        yield (
            f"New, but with the name of somebody who is missing: row {numbers}. Whoever only has a new address: "
            "put the old one back and add a staff_id, import, and then import the new address."
        )
    if len(missing) > MANY * sum(one.before is not None for one in planned):
        yield "More than a quarter of the directory is missing from this file: is it the whole list?"
