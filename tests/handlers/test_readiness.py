"""What the directory lacks is found before anybody is stuck."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.sample import load_sample_trust
from handlers.readiness import blocked_for_requests, directory_findings
from policy_kb.words import DayKind, PersonId, Role, SettingId, SettingType
from storage.settings import Calendar, CalendarPeriod, Setting
from tests.storage.builders import ENTRY

if TYPE_CHECKING:
    from storage.database import Database
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

ELM, OAK = SettingId("elm-academy"), SettingId("oak-academy")
TODAY = date(2026, 9, 7)
VACANT_IN_THE_SAMPLE = "Nobody is the SLT line manager at Oak Academy (sample)."


@pytest.fixture(autouse=True)
def sample_trust(database: Database) -> None:
    with database.begin() as uow:
        load_sample_trust(uow)


def person(uow: UnitOfWork, person_id: str) -> Person:
    found = uow.people.get(PersonId(person_id))
    assert found is not None
    return found


def setting(uow: UnitOfWork, setting_id: SettingId) -> Setting:
    found = uow.settings.get(setting_id)
    assert found is not None
    return found


def test_in_the_sample_trust_one_post_is_vacant_and_nothing_else_is_wrong(database: Database) -> None:
    with database.begin() as uow:
        assert directory_findings(uow, on=TODAY) == (VACANT_IN_THE_SAMPLE,)
        assert [blocked_for_requests(one, uow, on=TODAY) for one in uow.settings.listed()] == [()] * 4


def test_a_setting_without_a_final_approver_is_blocked_and_the_others_go_on(database: Database) -> None:
    with database.begin() as uow:
        uow.settings.put(replace(setting(uow, ELM), final_approver_id=None), entry=ENTRY)

    with database.begin() as uow:
        assert blocked_for_requests(setting(uow, ELM), uow, on=TODAY) == (
            "Elm Academy (sample) has no final approver: name one in the settings file.",
        )
        assert blocked_for_requests(setting(uow, OAK), uow, on=TODAY) == ()


def test_a_setting_whose_final_approver_has_left_is_blocked_from_that_day_on(database: Database) -> None:
    with database.begin() as uow:
        uow.people.add_person(replace(person(uow, "grace-sample"), ends_on=date(2026, 10, 24)), entry=ENTRY)

    with database.begin() as uow:
        elm = setting(uow, ELM)
        before = blocked_for_requests(elm, uow, on=date(2026, 10, 23))
        after = blocked_for_requests(elm, uow, on=date(2026, 10, 24))
        found = directory_findings(uow, on=date(2026, 10, 24))

    assert before == ()
    assert after == ("Elm Academy (sample): the final approver, Grace Sample, is not in post. Name another.",)
    assert found[0] == after[0]
    assert "Nobody is the Headteacher/Principal at Elm Academy (sample)." in found
    assert (
        "Grace Sample has left and still is in the staff list as Headteacher/Principal, SLT, line manager:"
        in "\n".join(found)
    )
    assert "Grace Sample is not in post and is still the line manager of 4 people." in found


def test_a_setting_without_a_dsl_card_is_blocked(database: Database) -> None:
    with database.begin() as uow:
        uow.settings.put_dsl_card(ELM, None, entry=ENTRY)

    with database.begin() as uow:
        assert blocked_for_requests(setting(uow, ELM), uow, on=TODAY) == (
            "Elm Academy (sample) has no DSL card: add one to the settings file.",
        )


def test_a_post_of_the_trust_that_nobody_holds_is_told_once(database: Database) -> None:
    with database.begin() as uow:
        uow.people.add_person(replace(person(uow, "martin-example"), held=()), entry=ENTRY)

    with database.begin() as uow:
        found = directory_findings(uow, on=TODAY)

    assert [one for one in found if "Data Protection Officer" in one] == [
        "Nobody is the Data Protection Officer of the trust."
    ]


def test_in_a_setting_whose_slt_is_the_head_alone_nobody_else_is_missed(database: Database) -> None:
    tiny = Setting(id=SettingId("tiny"), name="Tiny", type=SettingType.NURSERY, region="North")
    with database.begin() as uow:
        uow.settings.put(tiny, entry=ENTRY)
        with_an_slt = directory_findings(uow, on=TODAY)
        uow.settings.put(replace(tiny, slt_role=Role.HEAD), entry=ENTRY)
        with_a_head_alone = directory_findings(uow, on=TODAY)

    assert "Nobody is the SLT at Tiny." in with_an_slt
    assert [one for one in with_a_head_alone if one.startswith("Nobody") and "Tiny" in one] == [
        "Nobody is the Headteacher/Principal at Tiny.",
        "Nobody is the SLT line manager at Tiny.",
    ]


def test_a_calendar_that_ends_within_thirteen_weeks_is_told_with_the_first_day_it_lacks(database: Database) -> None:
    with database.begin() as uow:
        spring = directory_findings(uow, on=date(2027, 4, 22))
        summer = directory_findings(uow, on=date(2027, 4, 23))

    assert [one for one in spring if "calendar" in one] == []
    assert [one for one in summer if "calendar" in one] == [
        "Elm Academy (sample) has no calendar for 22 July 2027, which is within the next 13 weeks: import it."
    ]


def test_a_calendar_that_contradicts_itself_is_told_and_nobody_falls_over(database: Database) -> None:
    term = CalendarPeriod(kind=DayKind.TERM, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 19))
    with database.begin() as uow:
        uow.settings.put_calendar(SettingId("trust-central-service"), Calendar(periods=(term,)), entry=ENTRY)

    with database.begin() as uow:
        (found,) = (one for one in directory_findings(uow, on=TODAY) if "calendar" in one)

    assert found.startswith("The calendar of Trust Central Service (sample) contradicts itself.")
