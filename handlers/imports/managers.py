"""Line managers of a staff list: found by address wherever they stand in it, and never in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.imports.problem import Problem
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handlers.imports.people_file import PeopleFile
    from storage.person import Person

COLUMN = "line_manager"


def line_managers(
    file: PeopleFile, listed: Mapping[int, Person], others: Sequence[Person]
) -> tuple[dict[int, PersonId | None], list[Problem]]:
    """Return each row's line manager, `listed` being who each row becomes; addresses that are nobody's are problems."""
    known = {person.email: person.id for person in (*others, *listed.values()) if person.email}
    found, problems = dict[int, PersonId | None](), list[Problem]()
    for row in file.rows:
        found[row.number] = known.get(row.line_manager)
        if row.line_manager and row.line_manager not in known and row.line_manager not in file.addresses:
            says = f"Nobody has the address {row.line_manager}: correct it, or add a row for the line manager."
            problems.append(Problem(row=row.number, column=COLUMN, says=says))
    return found, problems


def circles(people: Mapping[PersonId, Person], rows: Mapping[PersonId, int]) -> Iterator[Problem]:
    """Yield a problem for each circle of people who manage each other, at its first row; `rows` may lack people."""
    for circle in _circles({person.id: person.line_manager_id for person in people.values()}):
        where = sorted((rows[one], one) for one in circle if rows.get(one))
        if not where:
            continue
        number, first = where[0]
        start = circle.index(first)
        names = [people[one].name for one in (*circle[start:], *circle[:start])]
        if len(names) == 1:
            yield Problem(row=number, column=COLUMN, says=f"{names[0]} cannot be their own line manager: correct it.")
        else:
            chain = " → ".join([*names, names[0]])
            yield Problem(row=number, column=COLUMN, says=f"Line managers go round in a circle, {chain}: correct one.")


def _circles(managers: Mapping[PersonId, PersonId | None]) -> Iterator[list[PersonId]]:
    """Yield each circle once: everybody is walked up from, and nobody twice."""
    done = set[PersonId]()
    for start in managers:
        path: dict[PersonId, None] = {}
        here: PersonId | None = start
        while here is not None and here not in done and here not in path:
            path[here] = None
            here = managers.get(here)
        if here is not None and here in path:
            steps = list(path)
            yield steps[steps.index(here) :]
        done.update(path)
