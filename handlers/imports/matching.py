"""Which person of the directory each row of a staff list is about."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from handlers.imports.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handlers.imports.people_file import PersonRow
    from policy_kb.words import PersonId
    from storage.person import Person


class Matching:
    """
    Finds each row's person: by staff number, by directory id, by address; by name where an address changed hands.

    A person is found once at most. A number that differs from a person's own means another person, even at
    their address. Whoever is not found is new.
    """

    def __init__(self, rows: Sequence[PersonRow], directory: Sequence[Person]) -> None:
        self.found: dict[int, Person] = {}  # by the number of the row
        self.problems: list[Problem] = []
        self._rows = rows
        self._taken: dict[PersonId, int] = {}
        self._by_staff_id = {person.staff_id: person for person in directory if person.staff_id}
        self._by_directory_id = {person.directory_id: person for person in directory if person.directory_id}
        self._by_email = {person.email: person for person in directory if person.email}
        self._by_name: Mapping[str, list[Person]] = _by_name(directory)
        self._match()

    def _match(self) -> None:
        """Let the surest signs choose first, so that a name never takes a person whom a number names."""
        for sign in (self._with_their_number, self._with_their_address, self._with_their_name, self._renamed):
            for row in self._rows:
                if row.number not in self.found:
                    self._take(row, sign(row))

    def _take(self, row: PersonRow, person: Person | None) -> None:
        if person is None:
            return
        if person.id in self._taken:
            says = f"This is {person.name}, as row {self._taken[person.id]} is: take one of the two out."
            self.problems.append(Problem(row=row.number, says=says))
            return
        self.found[row.number] = person
        self._taken[person.id] = row.number

    def _with_their_number(self, row: PersonRow) -> Person | None:
        by_staff_id = self._by_staff_id.get(row.staff_id)
        by_directory_id = self._by_directory_id.get(row.directory_id)
        if by_staff_id and by_directory_id and by_staff_id.id != by_directory_id.id:
            says = f"This is {by_directory_id.name}'s, and the staff number is {by_staff_id.name}'s: correct one."
            self.problems.append(Problem(row=row.number, column="directory_id", says=says))
            return None
        if by_directory_id and not by_staff_id and _are_different(row, by_directory_id):
            says = f"This is {by_directory_id.name}'s, who has another staff number: correct one."
            self.problems.append(Problem(row=row.number, column="directory_id", says=says))
            return None
        return by_staff_id or by_directory_id

    def _with_their_address(self, row: PersonRow) -> Person | None:
        person = self._free(self._by_email.get(row.email), row)
        return person if person and _name(person.name) == _name(row.name) else None

    def _with_their_name(self, row: PersonRow) -> Person | None:
        """Find somebody who has taken over the address of another: two who swapped, or one after the other."""
        if row.email not in self._by_email:
            return None
        namesakes = [one for one in self._by_name.get(_name(row.name), ()) if self._free(one, row)]
        return namesakes[0] if len(namesakes) == 1 else None

    def _renamed(self, row: PersonRow) -> Person | None:
        return self._free(self._by_email.get(row.email), row)

    def _free(self, person: Person | None, row: PersonRow) -> Person | None:
        return None if person is None or person.id in self._taken or _are_different(row, person) else person


def namesakes(rows: Sequence[PersonRow], missing: Sequence[Person]) -> Iterator[PersonRow]:
    """Yield new people who have the name of somebody who is missing: perhaps they are one, with a new address."""
    names = _by_name(missing)
    yield from (row for row in rows if _name(row.name) in names)


def _are_different(row: PersonRow, person: Person) -> bool:
    """Tell whether a number says that the row is about somebody else."""
    pairs = ((row.staff_id, person.staff_id), (row.directory_id, person.directory_id))
    return any(said and known and said != known for said, known in pairs)


def _by_name(directory: Sequence[Person]) -> Mapping[str, list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for person in directory:
        found[_name(person.name)].append(person)
    return found


def _name(name: str) -> str:
    return " ".join(name.casefold().split())
