from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_kb.words import Channel, PersonId, Role, SettingId, SettingType
from storage.errors import ChangeRefused
from storage.person import Person, RoleHolding
from storage.settings import Setting
from tests.storage.builders import ELM, ENTRY, NOW, OAK, a_person, fill

if TYPE_CHECKING:
    from storage.database import Database

HEAD_OF_ELM = RoleHolding(role=Role.HEAD, setting_id=ELM.id)
DPO = RoleHolding(role=Role.DPO)
TODAY = NOW.date()


def test_a_person_comes_back_as_they_went_in(database: Database) -> None:
    person = a_person(directory_id="d-1", held=(HEAD_OF_ELM, DPO))

    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)
        work.people.add_person(person, entry=ENTRY)
    with database.begin() as work:
        found = work.people.get(person.id)

    assert found == person
    assert found.roles == (Role.HEAD, Role.DPO)


def test_capitals_in_an_address_do_not_make_another_person(database: Database) -> None:
    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)
        work.people.add_person(a_person("Priya"), entry=ENTRY)

    with database.begin() as work:
        found = work.people.find_by_email(" PRIYA@School.Example ")

    assert found is not None
    assert found.name == "Priya"


def test_a_person_is_found_by_the_trust_s_own_directory(database: Database) -> None:
    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)
        work.people.add_person(a_person("Priya", directory_id="d-1"), entry=ENTRY)
        work.people.add_person(a_person("Tom"), entry=ENTRY)

    with database.begin() as work:
        assert work.people.find_by_directory_id("d-1") == a_person("Priya", directory_id="d-1")
        assert work.people.find_by_directory_id("") is None
        assert work.people.find_by_directory_id("d-2") is None


def test_people_without_a_directory_id_do_not_count_as_one_person(database: Database) -> None:
    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)
        work.people.add_person(a_person("Priya"), entry=ENTRY)
        work.people.add_person(a_person("Tom"), entry=ENTRY)

    with database.begin() as work:
        assert [person.name for person in work.people.everyone()] == ["Priya", "Tom"]


def test_whoever_holds_a_role_here_is_named_before_whoever_holds_it_for_the_whole_trust(
    database: Database,
) -> None:
    here = RoleHolding(role=Role.DPO, setting_id=ELM.id)
    elsewhere = RoleHolding(role=Role.DPO, setting_id=OAK.id)
    with database.begin() as work:
        fill(
            work,
            a_person("Anna", held=(DPO,)),
            a_person("Zoe", held=(here,)),
            a_person("Otto", setting=OAK, held=(elsewhere,)),
            settings=(ELM, OAK),
        )

    with database.begin() as work:
        at_elm = work.people.holders(Role.DPO, ELM.id, TODAY)
        trust_wide = work.people.holders(Role.DPO, None, TODAY)

    assert [person.name for person in at_elm] == ["Zoe", "Anna"]
    assert [person.name for person in trust_wide] == ["Anna"]


def test_a_vacant_role_has_no_holders(database: Database) -> None:
    with database.begin() as work:
        assert work.people.holders(Role.HEAD, ELM.id, TODAY) == ()


def test_nobody_works_at_a_setting_that_does_not_exist(database: Database) -> None:
    with pytest.raises(ChangeRefused), database.begin() as work:
        work.people.add_person(a_person(setting=OAK), entry=ENTRY)


def test_two_people_cannot_share_an_address(database: Database) -> None:
    namesake = Person(id=PersonId("other"), name="Other", email="PRIYA@school.example", post="", setting=ELM)
    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)
        work.people.add_person(a_person("Priya"), entry=ENTRY)

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.people.add_person(namesake, entry=ENTRY)


@pytest.mark.parametrize("holding", [HEAD_OF_ELM, DPO])
def test_nobody_holds_the_same_role_twice(database: Database, holding: RoleHolding) -> None:
    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.people.add_person(a_person(held=(holding, holding)), entry=ENTRY)


def test_a_changed_person_keeps_no_role_they_gave_up(database: Database) -> None:
    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)
        work.people.add_person(a_person(held=(HEAD_OF_ELM,)), entry=ENTRY)

    with database.begin() as work:
        work.people.add_person(a_person(held=(DPO,)), entry=ENTRY)

    with database.begin() as work:
        found = work.people.get(PersonId("priya"))
    assert found is not None
    assert found.held == (DPO,)


def test_whoever_is_taken_out_of_the_directory_is_forgotten_and_the_others_stay_known(database: Database) -> None:
    with database.begin() as work:
        fill(work, a_person("Priya", held=(DPO,)), a_person("Tom", held=(HEAD_OF_ELM,)))
        work.identities.remember(Channel.SLACK, "T1", "U-priya", PersonId("priya"), NOW)
        work.identities.remember(Channel.SLACK, "T1", "U-tom", PersonId("tom"), NOW)

    with database.begin() as work:
        work.people.remove(PersonId("tom"), entry=ENTRY)

    with database.begin() as work:
        priya = work.identities.find(Channel.SLACK, "T1", "U-priya")
        tom = work.identities.find(Channel.SLACK, "T1", "U-tom")
        assert work.people.everyone() == (a_person("Priya", held=(DPO,)),)
    assert priya is not None
    assert priya.person_id == "priya"
    assert tom is not None
    assert tom.person_id is None


def test_a_renamed_setting_is_the_same_setting(database: Database) -> None:
    renamed = Setting(id=SettingId("elm"), name="Elm Nursery", type=SettingType.NURSERY, region="North")
    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)
        work.people.add_person(a_person(), entry=ENTRY)

    with database.begin() as work:
        work.settings.put(renamed, entry=ENTRY)

    with database.begin() as work:
        found = work.people.get(PersonId("priya"))
    assert found is not None
    assert found.setting == renamed
