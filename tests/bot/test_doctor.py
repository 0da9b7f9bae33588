"""The doctor: one line for each thing, what is missing told apart from what is worth a look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.commands import doctor
from bot.commands.doctor import Mark
from bot.config import read_config
from bot.sample import load_sample_trust
from policy_kb.view import load_view
from policy_kb.words import ItemId, Role
from storage.editions import OfficialItem
from tests.storage.builders import ENTRY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.database import Database
    from tests.stage import DatabaseFile

SLACK = {
    "ASKFIRST_SLACK_BOT_TOKEN": "xoxb-token",
    "ASKFIRST_SLACK_SIGNING_SECRET": "signing-secret",
    "ASKFIRST_SLACK_TEAM_IDS": "T1,T2",
}
TEAMS = {
    "ASKFIRST_TEAMS_APP_ID": "an-app-id",
    "ASKFIRST_TEAMS_APP_PASSWORD": "client-secret",
    "ASKFIRST_TEAMS_TENANT_ID": "a-tenant",
}
TEAMS_IN_DEVELOPMENT = {"ASKFIRST_TEAMS_DEVELOPMENT": "yes"}
EVERY_ADDRESS = {"ASKFIRST_HOST": "0.0.0.0"}  # noqa: S104 - a setting to complain of, nothing is bound to it


@pytest.fixture
def see_the_doctor(
    database_file: DatabaseFile, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, list[str]]]:
    """Run the doctor under some settings; return its exit code and its lines."""

    def run(settings: dict[str, str] | None = None) -> tuple[int, list[str]]:
        code = doctor.run(read_config({"ASKFIRST_DATABASE_URL": database_file.url} | (settings or {})))
        return code, capsys.readouterr().out.splitlines()

    return run


def line_about(lines: list[str], word: str) -> str:
    (found,) = (line for line in lines if word in line)
    return found


def test_every_line_begins_with_how_it_stands(see_the_doctor: Callable[..., tuple[int, list[str]]]) -> None:
    code, lines = see_the_doctor(SLACK | TEAMS)

    assert code == 0
    assert [line for line in lines if not line.startswith(tuple(Mark))] == []


def test_before_the_first_start_nothing_is_wrong_and_no_database_is_made(
    tmp_path: Path, see_the_doctor: Callable[..., tuple[int, list[str]]]
) -> None:
    file = tmp_path / "not" / "yet.db"

    code, lines = see_the_doctor({"ASKFIRST_DATABASE_URL": f"sqlite:///{file}"})

    assert code == 0
    assert "made at the first start" in line_about(lines, "No database yet")
    assert not file.parent.exists()


def test_a_damaged_database_is_missing_and_the_exit_code_says_so(
    database_file: DatabaseFile, see_the_doctor: Callable[..., tuple[int, list[str]]]
) -> None:
    database_file.path.write_bytes(b"This is no database. " * 1000)

    code, lines = see_the_doctor()

    assert code == 1
    assert line_about(lines, "askfirst.db").startswith(Mark.MISSING)


def test_a_database_url_that_cannot_be_used_is_missing_and_its_password_unsaid(
    see_the_doctor: Callable[..., tuple[int, list[str]]],
) -> None:
    code, lines = see_the_doctor({"ASKFIRST_DATABASE_URL": "postgresql://bot:pa55word@127.0.0.1:1/askfirst"})

    assert code == 1
    assert line_about(lines, "database server").startswith(Mark.MISSING)
    assert "pa55word" not in "\n".join(lines)


def test_an_empty_staff_directory_is_worth_a_look(see_the_doctor: Callable[..., tuple[int, list[str]]]) -> None:
    _, lines = see_the_doctor()

    assert line_about(lines, "staff directory").startswith(Mark.LOOK)


def test_a_full_staff_directory_is_counted_and_every_post_the_policy_needs_is_looked_for(
    database: Database, see_the_doctor: Callable[..., tuple[int, list[str]]]
) -> None:
    with database.begin() as uow:
        load_sample_trust(uow)
        everyone = uow.people.everyone()
    _, full = see_the_doctor()

    with database.begin() as uow:
        (dpo,) = (person for person in everyone if Role.DPO in person.roles)
        uow.people.add_person(replace(dpo, held=()), entry=ENTRY)
    _, without_one = see_the_doctor()

    assert "people in post" in line_about(full, "staff directory")
    assert "SLT line manager at Oak Academy" in line_about(full, "Nobody is the")
    assert "Nobody is the Data Protection Officer of the trust." in line_about(without_one, "of the trust")
    assert not any("_" in line for line in (*full, *without_one) if "Nobody is the" in line)


def test_a_row_of_the_audit_changed_by_hand_is_missing_until_somebody_looks_into_it(
    database: Database, database_file: DatabaseFile, see_the_doctor: Callable[..., tuple[int, list[str]]]
) -> None:
    with database.begin() as uow:
        load_sample_trust(uow)
    _, before = see_the_doctor()
    database_file.run("DROP TRIGGER audit_no_update")
    database_file.run("UPDATE audit SET verb = 'removed' WHERE id = 5")

    code, after = see_the_doctor()

    assert line_about(before, "The audit is whole").startswith("ok")
    assert line_about(after, "The audit is not whole").startswith("missing")
    assert code == 1


def test_whose_words_answers_quote_is_told(
    database: Database, see_the_doctor: Callable[..., tuple[int, list[str]]]
) -> None:
    _, before = see_the_doctor()
    with database.begin() as uow:
        uow.editions.import_edition(
            source_name="policy-2026.txt",
            sha256="0" * 64,
            items=[OfficialItem(id=ItemId("5.4"), words="Words.")],
            entry=ENTRY,
        )
    _, after = see_the_doctor()

    assert line_about(before, "askfirst policy import").startswith(Mark.LOOK)
    assert line_about(after, "policy-2026.txt").startswith(Mark.FINE)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (SLACK, "Slack by signed HTTP at /slack/events, for 2 workspace(s)."),
        (SLACK | {"ASKFIRST_SLACK_APP_TOKEN": "xapp-token"}, "Slack by Socket Mode, for 2 workspace(s)."),
        (TEAMS, "Teams at /api/messages, for one tenant."),
    ],
)
def test_each_platform_that_is_set_up_says_how(
    see_the_doctor: Callable[..., tuple[int, list[str]]], settings: dict[str, str], said: str
) -> None:
    code, lines = see_the_doctor(settings)

    assert code == 0
    assert f"{Mark.FINE}  {said}" in lines


def test_teams_that_would_let_anybody_in_is_missing_what_it_needs(
    see_the_doctor: Callable[..., tuple[int, list[str]]],
) -> None:
    here, lines_here = see_the_doctor(TEAMS_IN_DEVELOPMENT)
    open_, lines_open = see_the_doctor(TEAMS_IN_DEVELOPMENT | EVERY_ADDRESS)

    assert (here, open_) == (0, 1)
    assert line_about(lines_here, "nobody is authenticated").startswith(Mark.LOOK)
    assert line_about(lines_open, "ASKFIRST_TEAMS_APP_ID").startswith(Mark.MISSING)


def test_no_secret_is_ever_printed(see_the_doctor: Callable[..., tuple[int, list[str]]]) -> None:
    _, lines = see_the_doctor(SLACK | TEAMS | {"ASKFIRST_SLACK_APP_TOKEN": "xapp-token"})

    said = "\n".join(lines)
    assert [one for one in ("xoxb-token", "signing-secret", "xapp-token", "client-secret") if one in said] == []


def test_an_overdue_review_and_unchecked_contacts_are_worth_a_look_from_the_day_after() -> None:
    facts, contacts = load_view().facts, load_view().contacts
    last_check = max(contact.review_on for contact in contacts)

    on_time = [finding.what for finding in doctor._edition(facts.review_last_day) if finding.mark is Mark.LOOK]
    late = [finding.what for finding in doctor._edition(date(last_check.year + 1, 12, 31)) if finding.mark is Mark.LOOK]

    assert on_time == []
    assert "tell the policy owner" in late[0]
    assert len(late) == 1 + len(contacts)
