"""Who decides on the final approver's own request, and who may write down that somebody acts for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.imports.settings_report import settings_lines
from policy_kb.words import Role, SettingId
from tests.handlers.imports.directory import everyone, import_list, import_toml, told

if TYPE_CHECKING:
    from storage.database import Database
    from storage.settings import Setting

ELM = SettingId("elm")
PLAIN = """
[settings.elm]
name = "Elm Academy"
type = "academy"
region = "North"
"""
NAMED = f"""{PLAIN}
final_approver = "anna@x.example"
stands_in = "Dora@x.example"
may_delegate = ["bert@x.example", "carl@x.example"]
"""
ACTING = """
[[settings.elm.delegations]]
role = "head"
from = "anna@x.example"
to = "dora@x.example"
set_by = "bert@x.example"
first_day = 2026-11-02
last_day = 2026-12-18
"""


def a_trust_with_people(database: Database) -> None:
    import_toml(database, PLAIN)
    import_list(
        database,
        "Anna,anna@x.example,elm,head@elm",
        "Bert,bert@x.example,elm,",
        "Carl,carl@x.example,elm,",
        "Dora,dora@x.example,elm,",
        columns="name,email,setting,roles",
    )


def elm(database: Database) -> Setting:
    with database.begin() as work:
        found = work.settings.get(ELM)
    assert found is not None
    return found


def test_a_setting_names_who_stands_in_and_who_may_write_down_a_delegation(database: Database) -> None:
    a_trust_with_people(database)

    plan = import_toml(database, NAMED)

    people = everyone(database)
    assert told(plan) == []
    assert list(settings_lines(plan)) == [
        "Changed: Elm Academy: final approver, who stands in for them, who may write down a delegation"
    ]
    assert elm(database).stands_in_id == people["Dora"].id
    assert set(elm(database).delegation_by) == {people["Bert"].id, people["Carl"].id}


def test_what_the_file_does_not_say_stays_and_what_it_empties_goes(database: Database) -> None:
    a_trust_with_people(database)
    import_toml(database, NAMED)
    named = elm(database)

    import_toml(database, PLAIN)
    kept = elm(database)
    import_toml(database, f'{PLAIN}stands_in = ""\nmay_delegate = []\n')

    assert kept == named
    assert (elm(database).stands_in_id, elm(database).delegation_by) == (None, ())


def test_the_same_file_in_another_order_changes_nothing(database: Database) -> None:
    a_trust_with_people(database)
    import_toml(database, NAMED)

    plan = import_toml(
        database, NAMED.replace('"bert@x.example", "carl@x.example"', '"carl@x.example", "bert@x.example"')
    )

    assert not plan.changes_something


def test_before_the_first_staff_list_they_may_be_somebody_still_to_come(database: Database) -> None:
    plan = import_toml(database, NAMED)

    assert told(plan) == []
    assert [note.partition(" is ")[0] for note in plan.notes] == [
        "settings.elm.final_approver: anna@x.example",
        "settings.elm.stands_in: dora@x.example",
        "settings.elm.may_delegate: bert@x.example",
        "settings.elm.may_delegate: carl@x.example",
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("Dora@x", "eve@x"), "settings.elm.stands_in: Nobody in post has the address eve@x.example"),
        (("Dora@x", "anna@x"), "settings.elm.stands_in: Nobody can stand in for themselves"),
        (("Dora@x.example", "Dora"), "settings.elm.stands_in: "),
        (("carl@x", "eve@x"), "settings.elm.may_delegate: Nobody in post has the address eve@x.example"),
        (("carl@x.example", "carl"), "settings.elm.may_delegate: "),
        (('"carl@x.example"', "3"), "settings.elm.may_delegate: This must be a list of texts in quotes"),
        (('"carl@x.example"', '""'), "settings.elm.may_delegate: This must be a list of texts in quotes"),
        (
            ('["bert@x.example", "carl@x.example"]', '"bert@x.example"'),
            "settings.elm.may_delegate: This must be a list",
        ),
    ],
)
def test_each_slip_is_told_with_its_place_and_nobody_is_named(
    database: Database, change: tuple[str, str], says: str
) -> None:
    a_trust_with_people(database)

    plan = import_toml(database, NAMED.replace(*change))

    assert says in "\n".join(told(plan))
    assert (elm(database).stands_in_id, elm(database).delegation_by) == (None, ())


def test_whoever_the_setting_names_may_write_down_a_delegation_and_nobody_else(database: Database) -> None:
    a_trust_with_people(database)

    allowed = import_toml(database, NAMED + ACTING, apply=False)
    import_toml(database, NAMED)
    still_allowed = import_toml(database, PLAIN + ACTING, apply=False)
    refused = import_toml(database, NAMED + ACTING.replace("bert", "dora").replace('to = "dora', 'to = "bert'))

    assert [one.role for one in (*allowed.starting, *still_allowed.starting)] == [Role.HEAD, Role.HEAD]
    assert (told(allowed), told(still_allowed)) == ([], [])
    assert "set_by: Only whoever holds the role or the Deputy CEO can set this" in "\n".join(told(refused))
