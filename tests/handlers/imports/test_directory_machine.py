"""Any number of staff lists, one after the other, against a directory kept in a plain dictionary; on both databases."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from policy_kb.words import Role, SettingId
from storage.audit_check import verify
from storage.database import Database
from tests.handlers.imports.directory import TODAY, import_list, import_toml, told
from tests.storage.postgresql_server import PostgresqlServer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAMES = ("Anna", "Bert", "Carl", "Dora", "Eve", "Finn")
SETTINGS = ("elm", "acorns")
COLUMNS = "name,email,setting,other_settings,line_manager,roles,staff_id"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Somebody:
    """A person as the lists of this test know them; the staff number says who it is."""

    number: int
    name: str
    email: str
    setting: str
    in_both: bool = False
    is_head: bool = False
    manager: int | None = None  # somebody with a smaller number, so that nobody manages themselves in the end
    ends_on: date | None = None

    @property
    def has_left(self) -> bool:
        return self.ends_on is not None and self.ends_on <= TODAY


class Directory(RuleBasedStateMachine):
    """Everybody who was ever listed, and what the directory must say of them."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.database = Database(url)
        import_toml(self.database)
        self.model: dict[int, Somebody] = {}
        self.made = 0

    def teardown(self) -> None:
        self.database.close()

    @rule(data=st.data())
    def some_join(self, data: st.DataObject) -> None:
        joiners = data.draw(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(SETTINGS)), max_size=3))
        for name, setting in joiners:
            self.made += 1
            email = f"new{self.made}@x.example"
            self.model[self.made] = Somebody(self.made, name, email, setting)
        self.list_again()

    @precondition(lambda self: self.in_post())
    @rule(data=st.data())
    def somebody_changes(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.in_post()))
        managers = [other.number for other in self.in_post() if other.number < one.number]
        self.model[one.number] = replace(
            one,
            name=data.draw(st.sampled_from(NAMES)),
            setting=data.draw(st.sampled_from(SETTINGS)),
            in_both=data.draw(st.booleans()),
            is_head=data.draw(st.booleans()),
            manager=data.draw(st.none() | st.sampled_from(managers)) if managers else None,
        )
        self.list_again()

    @precondition(lambda self: len(self.in_post()) > 1)
    @rule(data=st.data())
    def addresses_go_round(self, data: st.DataObject) -> None:
        some = data.draw(st.lists(st.sampled_from(self.in_post()), min_size=2, unique=True))
        for one, following in zip(some, (*some[1:], some[0]), strict=True):
            self.model[one.number] = replace(one, email=following.email)
        self.list_again()

    @precondition(lambda self: len(self.in_post()) > 1)
    @rule(data=st.data(), days=st.sampled_from([-20, -1, 0, 1, 20]))
    def some_leave(self, data: st.DataObject, days: int) -> None:
        leavers = data.draw(
            st.lists(st.sampled_from(self.in_post()), min_size=1, max_size=len(self.in_post()) - 1, unique=True)
        )
        last_day = TODAY + days * DAY
        for one in self.model.values():
            is_leaving = one in leavers or (one.ends_on is not None and not one.has_left)
            if is_leaving and not (one.ends_on and one.ends_on <= last_day):
                self.model[one.number] = replace(one, ends_on=last_day + DAY)
        for one in self.in_post():  # whoever's line manager leaves has none in the next list
            if one.manager is not None and self.model[one.manager].ends_on is not None:
                self.model[one.number] = replace(one, manager=None)
        self.list_again(last_day)

    @precondition(lambda self: any(one.has_left for one in self.model.values()))
    @rule(data=st.data())
    def somebody_comes_back(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from([one for one in self.model.values() if one.has_left]))
        self.made += 1
        email = one.email or f"new{self.made}@x.example"
        self.model[one.number] = replace(one, email=email, ends_on=None, is_head=False, manager=None)
        self.list_again()

    @precondition(lambda self: any(one.has_left and one.email for one in self.model.values()))
    @rule(data=st.data())
    def somebody_new_takes_over_the_address_of_somebody_who_left(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from([one for one in self.model.values() if one.has_left and one.email]))
        self.made += 1
        self.model[one.number] = replace(one, email="")
        self.model[self.made] = Somebody(self.made, data.draw(st.sampled_from(NAMES)), one.email, "elm")
        self.list_again()

    @precondition(lambda self: self.in_post())
    @rule(data=st.data(), slip=st.sampled_from(["email", "setting", "twice"]))
    def a_list_with_a_slip_changes_nothing(self, data: st.DataObject, slip: str) -> None:
        one = data.draw(st.sampled_from(self.in_post()))
        wrong = replace(one, name="Gwen", setting="ash") if slip == "setting" else replace(one, name="Gwen", email="no")
        right = [replace(other, name="Gwen") for other in self.in_post() if other != one]
        rows = [*right, wrong, wrong] if slip == "twice" else [*right, wrong]

        assert told(import_list(self.database, *self.rows(rows), columns=COLUMNS))

    @invariant()
    def the_directory_says_what_the_lists_said(self) -> None:
        with self.database.begin() as work:
            people = {int(person.staff_id or 0): person for person in work.people.everyone()}
            heads = {place: work.people.holders(Role.HEAD, SettingId(place), TODAY) for place in SETTINGS}
            in_post = {int(person.staff_id or 0) for person in work.people.in_post(TODAY)}
        assert people.keys() == self.model.keys()
        assert in_post == {one.number for one in self.model.values() if not one.has_left}
        for number, one in self.model.items():
            person = people[number]
            assert (person.name, person.email, person.ends_on) == (one.name, one.email, one.ends_on)
            assert [setting.id for setting in person.settings] == self.places(one)
            assert person.line_manager_id == (people[one.manager].id if one.manager else None)
        for place, holders in heads.items():
            expected = {
                one.number for one in self.model.values() if one.is_head and one.setting == place and not one.has_left
            }
            assert {int(person.staff_id or 0) for person in holders} == expected

    @invariant()
    def the_audit_is_whole(self) -> None:
        with self.database.begin() as work:
            assert verify(work.audit.everything(), {}).findings == ()

    def in_post(self) -> list[Somebody]:
        return [one for one in self.model.values() if one.ends_on is None]

    def list_again(self, leavers: date | None = None) -> None:
        """Import everybody who stays; a second time must change nothing."""
        rows = self.rows(self.in_post())
        if not rows:
            return
        assert told(import_list(self.database, *rows, columns=COLUMNS, leavers=leavers)) == []
        assert import_list(self.database, *rows, columns=COLUMNS, leavers=leavers).changed == ()

    def rows(self, people: Iterable[Somebody]) -> list[str]:
        return [
            ",".join(
                (
                    one.name,
                    one.email,
                    one.setting,
                    ";".join(self.places(one)[1:]),
                    self.model[one.manager].email if one.manager else "",
                    f"head@{one.setting}" if one.is_head else "",
                    str(one.number),
                )
            )
            for one in people
        ]

    @staticmethod
    def places(one: Somebody) -> list[str]:
        return [one.setting, *(place for place in SETTINGS if one.in_both and place != one.setting)]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_however_lists_follow_each_other_the_directory_says_what_they_said(
    kind: str, tmp_path: Path, empty_database_file: Path, request: pytest.FixtureRequest
) -> None:
    numbers = count()

    def new_url() -> str:
        if kind == "sqlite":
            return f"sqlite:///{shutil.copy(empty_database_file, tmp_path / f'{next(numbers)}.db')}"
        server = request.getfixturevalue("postgresql_server")
        assert isinstance(server, PostgresqlServer)
        return server.new_database(like=str(request.getfixturevalue("postgresql_tables")))

    class OnANewDatabase(Directory):
        def __init__(self) -> None:
            super().__init__(new_url())

    run_state_machine_as_test(
        OnANewDatabase,
        settings=settings(
            max_examples=10 if kind == "sqlite" else 6,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
