"""What one row of a staff list means, and the sentence for each way to get it wrong."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.imports.people_file import COLUMNS, PeopleFile, PersonRow, read_people_file
from policy_kb.words import BotRole, Role, SettingId
from storage.person import BotRoleHolding, RoleHolding

ELM, OAK = SettingId("elm-academy"), SettingId("oak-academy")


def a_file(*rows: dict[str, str]) -> PeopleFile:
    """Read a list of people; what a row does not say is filled in with something right."""
    right = {"name": "Anna Sample", "setting": ELM}
    lines = [",".join(COLUMNS.known)]
    for number, row in enumerate(rows):
        cells = {"email": f"person{number}@x.example"} | right | row
        lines.append(",".join(f'"{cells.get(name, "")}"' for name in COLUMNS.known))
    return read_people_file("\n".join(lines).encode(), (ELM, OAK))


def the_row(**cells: str) -> PersonRow:
    (row,) = a_file(cells).rows
    return row


def the_problem(**cells: str) -> str:
    (problem,) = a_file(cells).problems
    return str(problem)


def test_everything_a_row_says_is_understood() -> None:
    row = the_row(
        email="Anna.SAMPLE@X.example",
        other_settings=f"{OAK}; {ELM}",
        post="Teacher of PE",
        department="PE",
        line_manager="Bert@x.example",
        pattern="mt.tf",
        term_time_only="Yes",
        first_day="2026-09-01",
        last_day="31/08/2027",
        roles="Line Manager@elm-academy; slt@elm-academy from 2026-09-01 to 2026-12-31; dpo",
        bot_roles="policy owner; setting_administrator@oak-academy",
        staff_id="P/17",
        directory_id="0a1b",
    )

    assert row == PersonRow(
        number=2,
        name="Anna Sample",
        email="anna.sample@x.example",
        setting=ELM,
        other_settings=(OAK,),
        post="Teacher of PE",
        department="PE",
        line_manager="bert@x.example",
        pattern="MT-TF",
        term_time_only=True,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 9, 1),
        held=(
            RoleHolding(role=Role.LINE_MANAGER, setting_id=ELM),
            RoleHolding(role=Role.SLT, setting_id=ELM, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 1)),
            RoleHolding(role=Role.DPO),
        ),
        bot_roles=(
            BotRoleHolding(role=BotRole.POLICY_OWNER),
            BotRoleHolding(role=BotRole.SETTING_ADMINISTRATOR, setting_id=OAK),
        ),
        staff_id="P/17",
        directory_id="0a1b",
    )


def test_a_row_that_says_little_is_somebody_who_works_all_week_without_end() -> None:
    row = the_row()

    assert (row.pattern, row.starts_on, row.ends_on, row.held) == ("MTWTF", None, None, ())


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"name": ""}, "name: This cell is empty"),
        ({"name": "Anna\u200bSample"}, "name: There is a character in it that cannot be seen"),
        ({"name": "A" * 201}, "name: This is longer than 200 letters"),
        ({"email": ""}, "email: This cell is empty"),
        ({"email": "anna at school"}, "is not an e-mail address"),
        ({"email": "a@b@x.example"}, "is not an e-mail address"),
        ({"setting": "elm"}, "There is no setting “elm”. There are: elm-academy, oak-academy."),
        ({"other_settings": "oak-academy; ash"}, "There is no setting “ash”"),
        ({"line_manager": "Bert"}, "line_manager: “Bert” is not an e-mail address"),
        ({"pattern": "MTWTFS"}, "is not a week"),
        ({"pattern": "TMWTF"}, "is not a week"),
        ({"term_time_only": "maybe"}, "neither yes nor no"),
        ({"first_day": "1.9.2026"}, "is not a date"),
        ({"first_day": "2026-02-30"}, "There is no day 2026-02-30"),
        ({"first_day": "31/09/2026"}, "There is no day 31/09/2026"),
        ({"last_day": "9999-12-31"}, "too far away"),
        ({"first_day": "2026-09-02", "last_day": "2026-09-01"}, "The last day lies before the first"),
        ({"roles": "king@elm-academy"}, "There is no role “king”. There are: head, "),
        ({"roles": "head"}, "head belongs to one setting: write head@"),
        ({"roles": "head@ash"}, "There is no setting “ash”"),
        ({"roles": "authorities"}, "authorities is nobody in the trust"),
        ({"roles": "dpo from yesterday"}, "“yesterday” is not a date"),
        ({"roles": "dpo from 2026-09-02 to 2026-09-01"}, "dpo would end before it starts"),
        ({"roles": "dpo; dpo from 2026-09-01"}, "dpo is there twice for the same days"),
        ({"roles": "dpo!"}, "“dpo!” cannot be read"),
        ({"bot_roles": "king"}, "There is no role in the bot “king”"),
        ({"bot_roles": "setting_administrator"}, "Only a setting_administrator belongs to one setting"),
        ({"bot_roles": "auditor@elm-academy"}, "Only a setting_administrator belongs to one setting"),
        ({"staff_id": "17 b"}, "plain letters, digits"),
    ],
)
def test_each_slip_is_told_with_its_row_and_what_to_do(cells: dict[str, str], says: str) -> None:
    problem = the_problem(**cells)

    assert problem.startswith("Row 2, ")
    assert says in problem


def test_a_role_may_be_held_again_after_a_break() -> None:
    row = the_row(roles="dpo to 2026-08-31; dpo from 2026-09-01")

    assert [holding.role for holding in row.held] == [Role.DPO, Role.DPO]


def test_every_slip_of_every_row_is_told_at_once() -> None:
    file = a_file({"email": "no", "pattern": "no"}, {}, {"name": "", "roles": "=1"})

    assert [(problem.row, problem.column) for problem in file.problems] == [
        (2, "email"),
        (2, "pattern"),
        (4, "roles"),
        (4, "name"),
    ]
    assert [row.number for row in file.rows] == [3]


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [("email", "a@x.example", "A@X.example"), ("staff_id", "P17", "P17"), ("directory_id", "0a", "0A")],
)
def test_two_rows_cannot_be_one_person(column: str, one: str, other: str) -> None:
    (problem,) = a_file({column: one}, {column: other}).problems

    assert str(problem).startswith(f"Row 3, {column}: Row 2 says the same")


def test_a_list_of_nobody_is_no_list() -> None:
    (problem,) = a_file().problems

    assert str(problem) == "There is nobody in this file."
