"""Settings, calendars, DSL cards and delegations from a TOML file, on both databases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.imports.settings_report import settings_lines
from policy_kb.words import DayKind, Role, SettingId, SettingType, Verb
from storage.audit import Subject
from storage.settings import BankHolidayChange, Calendar, CalendarPeriod, DslCard, Setting
from tests.handlers.imports.directory import SETTINGS, TODAY, everyone, import_list, import_toml, told

if TYPE_CHECKING:
    from storage.database import Database

ELM = SettingId("elm")
WHOLE = """
[bank_holidays]
added = [2027-05-10]

[settings.elm]
name = "Elm Academy"
type = "academy"
region = "North"
final_approver = "Anna@x.example"
slt_role = "head"
consent_list = "The office"
bank_holidays = { removed = [2027-05-03] }

[settings.elm.dsl]
name = "Anna"
phone = "01632 960101"
deputy_name = "Bert"
deputy_phone = "01632 960102"
checked_on = 2026-09-01

[[settings.elm.calendar]]
kind = "half term"
name = "October half-term"
first_day = 2026-10-26
last_day = 2026-10-30

[[settings.elm.calendar]]
kind = "term"
name = "Autumn term"
first_day = 2026-09-01
last_day = 2026-12-18
"""
ACTING = """
[[settings.elm.delegations]]
role = "head"
from = "anna@x.example"
to = "bert@x.example"
set_by = "{set_by}@x.example"
first_day = 2026-11-02
last_day = {last}
"""


def a_trust_with_people(database: Database) -> None:
    import_toml(database)
    import_list(
        database,
        "Anna,anna@x.example,elm,head@elm",
        "Bert,bert@x.example,elm,",
        "Dora,dora@x.example,elm,deputy_ceo",
        columns="name,email,setting,roles",
    )


def test_everything_a_setting_has_is_taken_in(database: Database) -> None:
    a_trust_with_people(database)

    plan = import_toml(database, WHOLE)

    anna = everyone(database)["Anna"].id
    assert told(plan) == []
    with database.begin() as work:
        assert work.settings.get(ELM) == Setting(
            id=ELM,
            name="Elm Academy",
            type=SettingType.ACADEMY,
            region="North",
            final_approver_id=anna,
            slt_role=Role.HEAD,
            consent_list="The office",
        )
        assert work.settings.dsl_card(ELM) == DslCard(
            name="Anna",
            phone="01632 960101",
            deputy_name="Bert",
            deputy_phone="01632 960102",
            out_of_hours="",
            checked_on=date(2026, 9, 1),
        )
        assert work.settings.calendar(ELM) == Calendar(
            periods=(
                CalendarPeriod(
                    kind=DayKind.TERM, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 19), name="Autumn term"
                ),
                CalendarPeriod(
                    kind=DayKind.HALF_TERM,
                    starts_on=date(2026, 10, 26),
                    ends_on=date(2026, 10, 31),
                    name="October half-term",
                ),
            ),
            bank_holidays=(
                BankHolidayChange(day=date(2027, 5, 3), added=False),
                BankHolidayChange(day=date(2027, 5, 10), added=True),
            ),
        )
        verbs = [row.verb for row in work.audit.chain(Subject.of_setting(ELM))]
    assert verbs == [Verb.ADDED, Verb.CHANGED, Verb.CHANGED, Verb.CALENDAR_SET]


def test_without_apply_a_file_is_only_looked_at(database: Database) -> None:
    plan = import_toml(database, apply=False)

    assert list(settings_lines(plan)) == [
        "New: Elm Academy, academy, North, no calendar",
        "New: Little Acorns, nursery, North, no calendar",
    ]
    with database.begin() as work:
        assert work.settings.listed() == ()


def test_what_a_file_leaves_out_stays_and_what_it_empties_goes(database: Database) -> None:
    a_trust_with_people(database)
    import_toml(database, WHOLE)
    short = '[settings.elm]\nname = "Elm"\ntype = "academy"\nregion = "North"\n'

    plan = import_toml(database, short)
    with database.begin() as work:
        kept = (work.settings.get(ELM), work.settings.dsl_card(ELM), work.settings.calendar(ELM))
    import_toml(database, f'{short}final_approver = ""\ndsl = {{}}\ncalendar = []\n')

    assert list(settings_lines(plan)) == ["Changed: Elm: name", "Not in the file, stays as it is: Little Acorns"]
    assert kept[0] is not None
    assert kept[0].final_approver_id is not None
    assert kept[1] is not None
    assert len(kept[2].periods) == 2
    with database.begin() as work:
        emptied = work.settings.get(ELM)
        assert work.settings.dsl_card(ELM) is None
        assert work.settings.calendar(ELM).periods == ()
    assert emptied is not None
    assert emptied.final_approver_id is None


def test_importing_the_same_file_twice_changes_nothing_and_writes_nothing(database: Database) -> None:
    a_trust_with_people(database)
    import_toml(database, WHOLE + ACTING.format(set_by="dora", last="2026-12-18"))
    with database.begin() as work:
        before = list(work.audit.everything())

    plan = import_toml(database, WHOLE + ACTING.format(set_by="dora", last="2026-12-18"))

    with database.begin() as work:
        assert list(work.audit.everything()) == before
    assert next(settings_lines(plan)) == "As it was: Elm Academy"


def test_before_the_first_staff_list_a_final_approver_may_be_somebody_still_to_come(database: Database) -> None:
    plan = import_toml(database, SETTINGS.replace('"North"', '"North"\nfinal_approver = "anna@x.example"', 1))

    assert told(plan) == []
    (note,) = plan.notes
    assert note.startswith("settings.elm.final_approver: anna@x.example is not known yet. Import the staff list")


def test_once_there_are_people_a_final_approver_must_be_one_of_them(database: Database) -> None:
    a_trust_with_people(database)

    plan = import_toml(database, WHOLE.replace("Anna@x.example", "anne@x.example"))

    assert told(plan) == ["settings.elm.final_approver: Nobody in post has the address anne@x.example: correct it."]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[settings.elm]", "[settings.Elm Academy]"), "The file is not TOML: "),
        (
            ("[settings.elm]", '[settings."Elm Academy"]'),
            "settings.Elm Academy: A setting's id is made of small",
        ),
        (('type = "academy"', 'type = "school"'), "settings.elm.type: There is no type of setting “school”"),
        (('region = "North"', ""), "settings.elm.region: This is missing"),
        (('region = "North"', 'region = ""'), "settings.elm.region: This is empty"),
        (('region = "North"', "region = 3"), "settings.elm.region: This must be a text in quotes"),
        (('region = "North"', 'region = "North"\nhead = "Anna"'), "settings.elm.head: There is no such key"),
        (("[bank_holidays]", "[holidays]"), "holidays: There is no such key"),
        (('slt_role = "head"', 'slt_role = "dpo"'), "settings.elm.slt_role: The SLT is whoever holds"),
        (("removed = [2027-05-03]", "removed = [2027-05-03], added = [2027-05-03]"), "is both added and removed"),
        (("removed = [2027-05-03]", 'removed = ["3 May"]'), "bank_holidays.removed: This must be a list of dates"),
        (('phone = "01632 960101"', ""), "settings.elm.dsl.phone: This is missing"),
        (
            ("checked_on = 2026-09-01", "checked_on = 2026-09-08"),
            "dsl.checked_on: Nobody has checked the card",
        ),
        (("checked_on = 2026-09-01", 'checked_on = "today"'), "dsl.checked_on: This must be a date without quotes"),
        (("checked_on = 2026-09-01", "checked_on = 2026-09-01T08:00:00Z"), "dsl.checked_on: This must be a date"),
        (('kind = "half term"', 'kind = "weekend"'), "calendar 1.kind: Days of the kind weekend are worked out"),
        (('kind = "half term"', 'kind = "strike"'), "calendar 1.kind: There is no kind of day “strike”"),
        (("last_day = 2026-10-30", "last_day = 2026-10-25"), "calendar 1.last_day: The last day lies before the first"),
        (("last_day = 2026-10-30", "last_day = 2027-01-08"), "settings.elm.calendar: A half-term cannot reach out"),
        (('kind = "half term"', 'kind = "term"'), "settings.elm.calendar: Two terms cannot overlap"),
        (("first_day = 2026-09-01", "first_day = 0001-01-01"), "calendar 2.first_day: 0001-01-01 is too far away"),
    ],
)
def test_each_slip_is_told_with_its_place_and_nothing_is_taken_in(
    database: Database, change: tuple[str, str], says: str
) -> None:
    a_trust_with_people(database)
    with database.begin() as work:
        before = work.settings.get(ELM)

    plan = import_toml(database, WHOLE.replace(*change))

    assert says in "\n".join(told(plan))
    with database.begin() as work:
        assert work.settings.get(ELM) == before
        assert work.settings.calendar(ELM) == Calendar()


def test_letters_that_are_not_utf8_and_a_file_of_nothing_are_told(database: Database) -> None:
    broken = told(import_toml(database, '[settings.elm]\nname = "Café"'.encode("latin-1")))
    empty = told(import_toml(database, b""))

    assert broken == ["Line 2 has letters that are not UTF-8: save the file as UTF-8."]
    assert empty == ["There is no setting in this file. Each begins with a line such as [settings.elm-academy]."]


def test_a_central_service_has_no_terms(database: Database) -> None:
    plan = import_toml(database, WHOLE.replace('"academy"', '"central_service"').replace("final_approver", "#"))

    assert "works all year" in told(plan)[0]


def test_an_acting_head_is_in_force_from_the_first_day_to_the_last(database: Database) -> None:
    a_trust_with_people(database)

    import_toml(database, WHOLE + ACTING.format(set_by="dora", last="2026-12-18"))

    people = everyone(database)
    days = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 12, 18), date(2026, 12, 19))
    with database.begin() as work:
        acting = [[one.to_id for one in work.delegations.in_force(Role.HEAD, ELM, day)] for day in days]
        elsewhere = work.delegations.in_force(Role.HEAD, SettingId("acorns"), days[1])
    assert acting == [[], [people["Bert"].id], [people["Bert"].id], []]
    assert elsewhere == ()


def test_a_delegation_that_is_no_longer_in_the_file_ends_today(database: Database) -> None:
    a_trust_with_people(database)
    early = ACTING.format(set_by="anna", last="2026-12-18").replace("2026-11-02", "2026-09-01")
    import_toml(database, WHOLE + early)

    import_toml(database, WHOLE.replace('region = "North"', 'region = "North"\ndelegations = []'))

    with database.begin() as work:
        assert work.delegations.in_force(Role.HEAD, ELM, TODAY) == ()
        (ended,) = work.delegations.everything()
        last = work.audit.chain(Subject.of_person(ended.to_id))[-1]
    assert ended.ends_on == TODAY
    assert last.verb == Verb.DELEGATION_ENDED


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("dora", "bert"), "set_by: Only whoever holds the role or the Deputy CEO can set this"),
        (("dora", "eve"), "set_by: Nobody in post has the address eve@x.example"),
        (('role = "head"', 'role = "dpo"'), "from: Anna does not hold dpo on that day"),
        (('to = "bert', 'to = "anna'), "to: Nobody can act for themselves"),
        (("last_day = 2026-12-18", ""), "last_day: This is missing"),
        (("settings.elm.delegations", "delegations"), "role: Nobody holds this role for the whole trust"),
    ],
)
def test_a_delegation_must_make_sense(database: Database, change: tuple[str, str], says: str) -> None:
    a_trust_with_people(database)
    acting = ACTING.format(set_by="dora", last="2026-12-18").replace(*change)

    plan = import_toml(database, WHOLE.replace("2026-12-18", "2026-12-17") + acting)

    assert says in "\n".join(told(plan))
