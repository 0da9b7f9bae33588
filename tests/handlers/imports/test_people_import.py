"""Joiners, movers and leavers by importing the staff list again, on both databases."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.imports.people_report import people_lines
from policy_kb.words import BotRole, Channel, PersonId, Role, SettingId, Verb
from storage.audit import THE_TRUST, Subject
from storage.chat_addresses import ChatAddress
from storage.person import BotRoleHolding, RoleHolding
from tests.handlers.imports.directory import NOW, TODAY, everyone, import_list, import_toml, told

if TYPE_CHECKING:
    from storage.database import Database

ANNA, BERT = "Anna Sample,anna@x.example,elm", "Bert Sample,bert@x.example,elm"
HALF_TERM = date(2026, 10, 23)


@pytest.fixture(autouse=True)
def settings(database: Database) -> None:
    import_toml(database)


def test_without_apply_a_list_is_only_looked_at(database: Database) -> None:
    plan = import_list(database, ANNA, BERT, apply=False)

    assert list(people_lines(plan)) == [
        "New (row 2): Anna Sample, Elm Academy",
        "New (row 3): Bert Sample, Elm Academy",
        "2 new, 0 changed, 0 as they were, 0 missing from the file.",
    ]
    assert everyone(database) == {}


def test_one_slip_and_nothing_of_the_list_is_taken_in(database: Database) -> None:
    plan = import_list(database, ANNA, "Bert Sample,bert@x.example,nowhere")

    assert len(told(plan)) == 1
    assert everyone(database) == {}


def test_importing_the_same_list_twice_changes_nothing_and_writes_nothing(database: Database) -> None:
    import_list(database, ANNA, BERT)
    with database.begin() as work:
        before = (work.people.everyone(), list(work.audit.everything()))

    plan = import_list(database, ANNA, BERT)

    with database.begin() as work:
        assert (work.people.everyone(), list(work.audit.everything())) == before
    assert plan.changed == ()


def test_a_joiner_a_mover_and_somebody_who_is_missing(database: Database) -> None:
    import_list(database, ANNA, BERT)

    plan = import_list(database, "ANNA Sample,Anna@X.example,acorns", "Carl Sample,carl@x.example,elm")

    assert list(people_lines(plan)) == [
        "Changed (row 2): ANNA Sample: works at Little Acorns; name",
        "New (row 3): Carl Sample, Elm Academy",
        "Missing: Bert Sample, Elm Academy. Nothing is changed about them.",
        "1 new, 1 changed, 0 as they were, 1 missing from the file.",
    ]
    assert everyone(database)["Bert"].is_in_post(TODAY)


def test_whoever_is_missing_can_be_ended_and_is_never_removed(database: Database) -> None:
    columns = "name,email,setting,roles,bot_roles"
    import_list(database, f"{ANNA},,", f"{BERT},head@elm; dpo from 2026-12-01,policy_owner", columns=columns)

    import_list(database, f"{ANNA},,", columns=columns, leavers=HALF_TERM)

    bert = everyone(database)["Bert"]
    assert bert.is_in_post(HALF_TERM)
    assert not bert.is_in_post(date(2026, 10, 24))
    assert bert.held == (RoleHolding(role=Role.HEAD, setting_id=SettingId("elm"), ends_on=date(2026, 10, 24)),)
    assert bert.bot_roles == ()


def test_whoever_was_to_start_after_the_leavers_end_never_starts(database: Database) -> None:
    columns = "name,email,setting,first_day"
    import_list(database, f"{ANNA},", f"{BERT},2027-01-04", columns=columns)

    import_list(database, f"{ANNA},", columns=columns, leavers=HALF_TERM)

    bert = everyone(database)["Bert"]
    assert not any(bert.is_in_post(day) for day in (TODAY, HALF_TERM, date(2027, 1, 4), date(2027, 6, 1)))


def test_somebody_who_left_and_is_in_the_list_again_is_back(database: Database) -> None:
    import_list(database, ANNA, BERT)
    import_list(database, ANNA, leavers=date(2026, 9, 1))
    gone = everyone(database)["Bert"]

    import_list(database, ANNA, BERT)

    back = everyone(database)["Bert"]
    assert gone.has_left(TODAY)
    assert back.is_in_post(TODAY)
    assert back.id == gone.id


def test_a_column_that_the_list_has_not_got_stays_as_it_is_and_an_empty_cell_empties(database: Database) -> None:
    import_list(database, f"{ANNA},Teacher,PE", columns="name,email,setting,post,department")

    import_list(database, f"{ANNA},", columns="name,email,setting,department")

    anna = everyone(database)["Anna"]
    assert (anna.post, anna.department) == ("Teacher", "")


def test_two_people_who_swap_addresses_stay_who_they_are(database: Database) -> None:
    import_list(database, ANNA, BERT)
    before = everyone(database)

    import_list(database, "Anna Sample,bert@x.example,elm", "Bert Sample,anna@x.example,elm")

    after = everyone(database)
    assert {name: person.id for name, person in after.items()} == {name: one.id for name, one in before.items()}
    assert (after["Anna"].email, after["Bert"].email) == ("bert@x.example", "anna@x.example")


def test_a_new_name_at_the_same_address_is_the_same_person(database: Database) -> None:
    import_list(database, ANNA)
    before = everyone(database)["Anna"]

    import_list(database, "Anna Example,anna@x.example,elm")

    assert everyone(database)["Anna"].id == before.id


def test_a_staff_number_says_who_somebody_is_whatever_their_name_and_address(database: Database) -> None:
    columns = "name,email,setting,staff_id"
    import_list(database, f"{ANNA},17", columns=columns)
    before = everyone(database)["Anna"]

    import_list(database, "Annie Example,annie@x.example,elm,17", columns=columns)

    assert everyone(database)["Annie"].id == before.id


def test_an_address_passes_from_a_leaver_to_a_joiner_once_the_leaver_has_an_end(database: Database) -> None:
    columns = "name,email,setting,staff_id"
    import_list(database, f"{ANNA},1", "Bert Sample,head@x.example,elm,2", columns=columns)
    rows = (f"{ANNA},1", "Carl Sample,head@x.example,elm,3")

    refused = import_list(database, *rows, columns=columns)
    import_list(database, *rows, columns=columns, leavers=HALF_TERM)

    people = everyone(database)
    assert told(refused)[0].startswith("Row 3, email: This address is Bert Sample's, who is not in the file.")
    assert (people["Bert"].email, people["Carl"].email) == ("", "head@x.example")
    assert people["Bert"].id != people["Carl"].id


def test_numbers_that_contradict_each_other_are_told(database: Database) -> None:
    columns = "name,email,setting,staff_id,directory_id"
    import_list(database, f"{ANNA},1,d1", f"{BERT},2,d2", columns=columns)

    plan = import_list(database, f"{ANNA},1,d2", f"{BERT},,", columns=columns)

    assert told(plan) == [
        "Row 2, directory_id: This is Bert Sample's, and the staff number is Anna Sample's: correct one."
    ]


def test_a_namesake_with_a_new_address_is_a_new_person_and_is_pointed_out(database: Database) -> None:
    import_list(database, ANNA, BERT)

    plan = import_list(database, ANNA, "Bert Sample,bert2@x.example,elm", apply=False)

    assert [one.after.name for one in plan.changed if one.before is None] == ["Bert Sample"]
    assert plan.notes[0].startswith("New, but with the name of somebody who is missing: row 3.")


def test_a_list_of_twenty_thousand_is_compared_in_seconds(database: Database) -> None:
    rows = [f"Person {number},p{number}@x.example,elm,p{number // 9}@x.example" for number in range(1, 20_000)]
    started = time.monotonic()

    plan = import_list(
        database, "Head,p0@x.example,elm,", *rows, columns="name,email,setting,line_manager", apply=False
    )

    assert len(plan.changed) == 20_000
    assert told(plan) == []
    assert time.monotonic() - started < 20  # about one where nothing else runs


def test_a_list_that_lacks_many_is_asked_about(database: Database) -> None:
    import_list(database, ANNA, BERT)

    plan = import_list(database, ANNA, apply=False)

    assert "is it the whole list?" in plan.notes[-1]


def test_a_person_in_two_settings_works_in_both(database: Database) -> None:
    import_list(database, f"{ANNA},acorns", f"{BERT},", columns="name,email,setting,other_settings")

    with database.begin() as work:
        at_acorns = work.people.in_post(TODAY, SettingId("acorns"))
        at_elm = work.people.in_post(TODAY, SettingId("elm"))

    assert [person.name for person in at_acorns] == ["Anna Sample"]
    assert [person.name for person in at_elm] == ["Anna Sample", "Bert Sample"]
    assert at_acorns[0].setting.id == "elm"


def test_roles_in_the_bot_are_given_and_taken_and_the_audit_says_so(database: Database) -> None:
    columns = "name,email,setting,bot_roles"
    import_list(database, f"{ANNA},policy_owner; setting_administrator@elm", columns=columns)
    anna = everyone(database)["Anna"]

    import_list(database, f"{ANNA},policy_owner", columns=columns)

    assert everyone(database)["Anna"].bot_roles == (BotRoleHolding(role=BotRole.POLICY_OWNER),)
    with database.begin() as work:
        verbs = [row.verb for row in work.audit.chain(Subject.of_person(anna.id))]
        owners = work.people.bot_role_holders(BotRole.POLICY_OWNER, SettingId("elm"), TODAY)
    assert verbs == [Verb.ADDED, Verb.ROLE_GIVEN, Verb.ROLE_GIVEN, Verb.ROLE_ENDED]
    assert [person.name for person in owners] == ["Anna Sample"]


def test_the_audit_of_an_import_holds_no_name_and_no_address(database: Database) -> None:
    import_list(database, f"{ANNA},Teacher of PE", columns="name,email,setting,post")
    import_list(database, "Annie Sample,anna@x.example,acorns,Cook", columns="name,email,setting,post")

    with database.begin() as work:
        rows = list(work.audit.everything())
        (*_, last) = work.audit.chain(THE_TRUST)
    assert len(rows) > 4
    assert [word for word in ("Ann", "ann", "x.example", "Teacher", "Cook") for row in rows if word in row.facts] == []
    assert '"what":"people"' in last.facts


def test_an_account_whose_address_changed_hands_is_looked_up_again_and_its_chats_are_forgotten(
    database: Database,
) -> None:
    columns = "name,email,setting,staff_id"
    import_list(database, f"{ANNA},1", f"{BERT},2", columns=columns)
    anna, bert = (everyone(database)[name].id for name in ("Anna", "Bert"))
    _met(database, "U-anna", anna)
    _met(database, "U-bert", bert)

    import_list(database, "Anna Sample,annie@x.example,elm,1", f"{BERT},2", columns=columns)

    with database.begin() as work:
        known = {user: work.identities.find(Channel.SLACK, "T1", user) for user in ("U-anna", "U-bert")}
        reached = {name: work.chat_addresses.of(name) != () for name in (anna, bert)}
    assert [user for user, one in known.items() if one and one.may_be_looked_up(NOW)] == ["U-anna"]
    assert reached == {anna: False, bert: True}


def test_somebody_the_bot_did_not_know_is_looked_up_again_after_the_next_import(database: Database) -> None:
    _met(database, "U-anna", None)

    import_list(database, ANNA)

    with database.begin() as work:
        known = work.identities.find(Channel.SLACK, "T1", "U-anna")
    assert known is not None
    assert known.may_be_looked_up(NOW)


def _met(database: Database, user: str, person_id: PersonId | None) -> None:
    with database.begin() as work:
        work.identities.remember(Channel.SLACK, "T1", user, person_id, NOW)
        if person_id:
            address = ChatAddress(person_id=person_id, channel=Channel.SLACK, tenant="T1", address=user, updated_at=NOW)
            work.chat_addresses.refresh(address)
