"""Line managers are found wherever they stand, and never in a circle; on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.imports.directory import everyone, import_list, import_toml, told

if TYPE_CHECKING:
    from storage.database import Database

ANNA, BERT = "Anna Sample,anna@x.example,elm", "Bert Sample,bert@x.example,elm"


@pytest.fixture(autouse=True)
def settings(database: Database) -> None:
    import_toml(database)


def test_a_line_manager_may_come_further_down_or_be_in_the_directory_already(database: Database) -> None:
    columns = "name,email,setting,line_manager"
    import_list(database, f"{ANNA},BERT@x.example", f"{BERT},", columns=columns)

    import_list(database, "Carl Sample,carl@x.example,elm,anna@x.example", columns=columns)

    people = everyone(database)
    assert people["Anna"].line_manager_id == people["Bert"].id
    assert people["Carl"].line_manager_id == people["Anna"].id


def test_a_line_manager_nobody_knows_is_told(database: Database) -> None:
    plan = import_list(database, f"{ANNA},nobody@x.example", columns="name,email,setting,line_manager")

    assert told(plan) == [
        "Row 2, line_manager: Nobody has the address nobody@x.example: correct it, or add a row for the line manager."
    ]


def test_a_line_manager_whose_own_row_is_wrong_is_not_told_twice(database: Database) -> None:
    plan = import_list(
        database, f"{ANNA},bert@x.example", "Bert,bert@x.example,ash,", columns="name,email,setting,line_manager"
    )

    assert [problem.row for problem in plan.problems] == [3]


@pytest.mark.parametrize(
    ("managers", "says"),
    [
        (("anna", "", ""), "Row 2, line_manager: Anna cannot be their own line manager"),
        (("bert", "anna", "anna"), "Row 2, line_manager: Line managers go round in a circle, Anna → Bert → Anna"),
        (
            ("carl", "anna", "bert"),
            "Row 2, line_manager: Line managers go round in a circle, Anna → Carl → Bert → Anna",
        ),
    ],
)
def test_line_managers_in_a_circle_are_told_once(database: Database, managers: tuple[str, ...], says: str) -> None:
    rows = (
        f"{name},{name.lower()}@x.example,elm,{manager and f'{manager}@x.example'}"
        for name, manager in zip(("Anna", "Bert", "Carl"), managers, strict=True)
    )

    (problem,) = told(import_list(database, *rows, columns="name,email,setting,line_manager"))

    assert problem.startswith(says)


def test_a_circle_through_people_the_list_has_not_got_is_found_too(database: Database) -> None:
    columns = "name,email,setting,line_manager"
    import_list(database, f"{ANNA},bert@x.example", f"{BERT},", columns=columns)

    plan = import_list(database, f"{BERT},anna@x.example", columns=columns)

    assert "Bert Sample → Anna Sample → Bert Sample" in told(plan)[0]
