from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_kb.words import PersonId
from storage.audit import Subject
from storage.errors import ChangeRefused
from tests.storage.builders import ELM, ENTRY
from tests.storage.request_builders import PRIYA, TOM, ZOE, staff

if TYPE_CHECKING:
    from storage.database import Database

NAMING = replace(ELM, stands_in_id=ZOE, delegation_by=(PRIYA, TOM))


def test_a_setting_is_read_back_as_it_was_put_by_itself_in_the_list_and_with_its_people(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        work.settings.put(NAMING, entry=ENTRY)

    with database.begin() as work:
        priya = work.people.get(PRIYA)
        assert work.settings.get(ELM.id) == NAMING
        assert work.settings.listed()[0] == NAMING
    assert priya is not None
    assert priya.setting == NAMING


def test_putting_it_as_it_is_writes_nothing_whatever_the_order(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        work.settings.put(NAMING, entry=ENTRY)
        before = work.audit.chain(Subject.of_setting(ELM.id))

        work.settings.put(replace(NAMING, delegation_by=(TOM, PRIYA, TOM)), entry=ENTRY)

        assert work.audit.chain(Subject.of_setting(ELM.id)) == before


def test_what_changed_is_in_the_audit_and_whom_it_names_is_not(database: Database) -> None:
    with database.begin() as work:
        staff(work)
        work.settings.put(NAMING, entry=ENTRY)
        work.settings.put(replace(NAMING, delegation_by=(ZOE,)), entry=ENTRY)

        first, second = (json.loads(row.facts) for row in work.audit.chain(Subject.of_setting(ELM.id))[-2:])
        assert work.settings.get(ELM.id) == replace(NAMING, delegation_by=(ZOE,))

    assert first == {"changed": ["stands_in_id", "delegation_by"]}
    assert second == {"changed": ["delegation_by"]}


@pytest.mark.parametrize("change", [{"stands_in_id": PersonId("eve")}, {"delegation_by": (PersonId("eve"),)}])
def test_a_setting_cannot_name_somebody_who_is_nobody(database: Database, change: dict[str, PersonId]) -> None:
    with database.begin() as work:
        staff(work)

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.settings.put(replace(ELM, **change), entry=ENTRY)  # type: ignore[arg-type]  # one of two fields
