from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from policy_kb.words import BotRole, Channel, PersonId, Role, SettingId, SettingType, Verb
from storage.audit import Subject
from storage.errors import ChangeRefused
from storage.person import BotRoleHolding, Person, RoleHolding
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


def test_whoever_works_from_day_to_day_is_in_post_on_the_first_day_and_not_on_the_end(database: Database) -> None:
    person = a_person("Priya", starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 24))
    with database.begin() as work:
        fill(work, person, a_person("Tom"))

    days = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 10, 23), date(2026, 10, 24))
    with database.begin() as work:
        found = [[one.name for one in work.people.in_post(day)] for day in days]
        elsewhere = work.people.in_post(days[1], OAK.id)

    assert found == [["Tom"], ["Priya", "Tom"], ["Priya", "Tom"], ["Tom"]]
    assert [person.is_in_post(day) for day in days] == [False, True, True, False]
    assert elsewhere == ()


def test_a_role_has_the_holders_of_the_day_it_is_asked_for(database: Database) -> None:
    until = RoleHolding(role=Role.HEAD, setting_id=ELM.id, ends_on=date(2026, 9, 1))
    since = RoleHolding(role=Role.HEAD, setting_id=ELM.id, starts_on=date(2026, 9, 1))
    with database.begin() as work:
        fill(work, a_person("Anna", held=(until,)), a_person("Zoe", held=(since,)))

    with database.begin() as work:
        before = work.people.holders(Role.HEAD, ELM.id, date(2026, 8, 31))
        after = work.people.holders(Role.HEAD, ELM.id, date(2026, 9, 1))

    assert [person.name for person in before] == ["Anna"]
    assert [person.name for person in after] == ["Zoe"]


def test_whoever_has_left_holds_no_role_and_is_found_if_one_is_still_down_to_them(database: Database) -> None:
    with database.begin() as work:
        fill(work, a_person("Anna", held=(HEAD_OF_ELM,), ends_on=TODAY), a_person("Zoe", held=(DPO,)))

    with database.begin() as work:
        assert work.people.holders(Role.HEAD, ELM.id, TODAY) == ()
        assert [person.name for person in work.people.leavers_with_roles(TODAY)] == ["Anna"]


def test_two_people_may_hold_one_role(database: Database) -> None:
    with database.begin() as work:
        fill(work, a_person("Anna", held=(HEAD_OF_ELM,)), a_person("Zoe", held=(HEAD_OF_ELM,)))

    with database.begin() as work:
        assert [person.name for person in work.people.holders(Role.HEAD, ELM.id, TODAY)] == ["Anna", "Zoe"]


def test_a_role_may_be_held_again_after_a_break_and_not_twice_on_one_day(database: Database) -> None:
    first = RoleHolding(role=Role.DPO, ends_on=date(2026, 1, 1))
    again = RoleHolding(role=Role.DPO, starts_on=date(2026, 9, 1))
    across = RoleHolding(role=Role.DPO, starts_on=date(2025, 12, 31), ends_on=date(2026, 2, 1))

    with database.begin() as work:
        fill(work, a_person(held=(first, again)))

    with pytest.raises(ChangeRefused, match="the same role twice"), database.begin() as work:
        work.people.add_person(a_person(held=(first, across)), entry=ENTRY)


def test_people_who_swap_addresses_and_ids_are_not_in_each_other_s_way(database: Database) -> None:
    anna, zoe = a_person("Anna", directory_id="1"), a_person("Zoe", directory_id="2")
    with database.begin() as work:
        fill(work, anna, zoe)

    with database.begin() as work:
        anna = replace(anna, email=zoe.email, directory_id="2")
        work.people.put((anna, replace(zoe, email="anna@school.example", directory_id="1")), entry=ENTRY)

    with database.begin() as work:
        assert work.people.find_by_email("zoe@school.example") == anna
        assert work.people.find_by_directory_id("2") == anna


def test_each_line_manager_is_named_whatever_the_order(database: Database) -> None:
    with database.begin() as work:
        fill(work, replace(a_person("Anna"), line_manager_id=PersonId("zoe")), a_person("Zoe"))

    with database.begin() as work:
        anna = work.people.get(PersonId("anna"))
    assert anna is not None
    assert anna.line_manager_id == "zoe"


def test_everything_else_about_a_person_comes_back_as_it_went_in(database: Database) -> None:
    person = replace(
        a_person("Anna", directory_id="d-1", starts_on=date(2026, 9, 1), ends_on=date(2027, 9, 1)),
        staff_id="17",
        other_settings=(OAK,),
        department="PE",
        pattern="MT-TF",
        term_time_only=True,
        bot_roles=(BotRoleHolding(role=BotRole.AUDITOR),),
    )
    with database.begin() as work:
        fill(work, person, settings=(ELM, OAK))

    with database.begin() as work:
        assert work.people.get(person.id) == person
        assert work.people.in_post(date(2026, 9, 1), OAK.id) == (person,)


def test_whoever_is_as_they_were_is_not_written_again(database: Database) -> None:
    with database.begin() as work:
        fill(work, a_person(held=(DPO,)))

    with database.begin() as work:
        changed = work.people.put((a_person(held=(DPO,)),), entry=ENTRY)
        rows = work.audit.chain(Subject.of_person(PersonId("priya")))

    assert changed == {}
    assert [row.verb for row in rows] == [Verb.ADDED, Verb.ROLE_GIVEN]
