"""`askfirst doctor`: what is set up, what is missing and what to do about it, one line each."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot import clock
from bot.app import heads_file
from bot.config import Config, is_loopback
from handlers.auditing import verify_audit
from handlers.readiness import directory_findings
from policy_kb.toml_entries import EditionError
from policy_kb.view import PolicyView, load_view
from storage.database import Database
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.config import SlackConfig, TeamsConfig


class Mark(StrEnum):
    """How a line of the doctor begins."""

    FINE = "ok     "
    MISSING = "missing"
    LOOK = "look   "


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it stands, what to do."""

    mark: Mark
    what: str


def run(config: Config) -> int:
    """Print one line for each thing; return 1 where something that must be there is missing."""
    findings = [*_python(), *_edition(clock.today()), *_database(config), *_platforms(config)]
    for finding in findings:
        print(f"{finding.mark}  {finding.what}")
    return int(any(finding.mark is Mark.MISSING for finding in findings))


def _python() -> Iterator[Finding]:
    major, minor = sys.version_info[:2]
    yield Finding(Mark.FINE, f"Ask First {version('askfirst')} on Python {major}.{minor}.")


def _edition(today: date) -> Iterator[Finding]:
    try:
        view = load_view()
    except EditionError as problem:
        yield Finding(Mark.MISSING, f"The policy cannot be read. {problem}")
        return
    yield Finding(Mark.FINE, f"{view.facts.title}, adopted {view.facts.adopted}: {len(view.items)} items.")
    yield from _dates(view, today)


def _dates(view: PolicyView, today: date) -> Iterator[Finding]:
    if today > view.facts.review_last_day:
        yield Finding(Mark.LOOK, f"The policy's review was due in {view.facts.review}: tell the policy owner.")
    for contact in view.contacts:
        if today > contact.review_on:
            yield Finding(
                Mark.LOOK,
                f"“{contact.title}” was to be checked by {contact.review_on}: ask the DSL, then edit contacts.toml.",
            )


def _database(config: Config) -> Iterator[Finding]:
    try:
        database = Database(config.database_url)
        if not database.exists():
            yield Finding(
                Mark.LOOK, "No database yet: it is made at the first start. Back the file up once it is there."
            )
            return
        problems = database.check()
        yield from (Finding(Mark.MISSING, problem) for problem in problems)
        if not problems:
            yield Finding(Mark.FINE, "The database can be read and written, and is whole.")
            yield from _audit(config, database)
            yield from _contents(database)
    except StorageError as problem:
        yield Finding(Mark.MISSING, str(problem))


def _audit(config: Config, database: Database) -> Iterator[Finding]:
    with database.begin() as uow:
        report = verify_audit(uow, heads_file(config, database))
    yield from (Finding(Mark.LOOK, note) for note in report.notes)
    yield from (Finding(Mark.MISSING, f"The audit is not whole. {flaw}") for flaw in report.flaws)
    if not report.flaws:
        yield Finding(Mark.FINE, f"The audit is whole: {report.rows} rows about {report.chains} subjects.")


def _contents(database: Database) -> Iterator[Finding]:
    today = clock.today()
    with database.begin() as uow:
        people, official = uow.people.in_post(today), uow.editions.active()
        problems = directory_findings(uow, on=today)
    if official:
        yield Finding(Mark.FINE, f"Answers quote the official document {official.source_name}.")
    else:
        yield Finding(Mark.LOOK, "Answers use our plain words. To quote the official ones: askfirst policy import FILE")
    if not people:
        yield Finding(Mark.LOOK, "Nobody is in the staff directory, so answers name roles only.")
        return
    yield Finding(Mark.FINE, f"{len(people)} people in post in the staff directory.")
    yield from (Finding(Mark.LOOK, problem) for problem in problems)


def _platforms(config: Config) -> Iterator[Finding]:
    if not config.slack and not config.teams:
        yield Finding(Mark.LOOK, "Neither Slack nor Teams is set up: docs/deploy.md tells how. The demo needs neither.")
        return
    yield from _slack(config.slack)
    yield from _teams(config.teams, config.host)


def _slack(slack: SlackConfig | None) -> Iterator[Finding]:
    if slack is None:
        yield Finding(Mark.LOOK, "Slack is not set up (docs/slack.md).")
        return
    way = "Socket Mode" if slack.socket_mode else "signed HTTP at /slack/events"
    yield Finding(Mark.FINE, f"Slack by {way}, for {len(slack.team_ids)} workspace(s).")


def _teams(teams: TeamsConfig | None, host: str) -> Iterator[Finding]:
    if teams is None:
        yield Finding(Mark.LOOK, "Teams is not set up (docs/teams.md).")
    elif not teams.development:
        yield Finding(Mark.FINE, "Teams at /api/messages, for one tenant.")
    elif is_loopback(host):
        yield Finding(Mark.LOOK, "Teams is in development mode: nobody is authenticated. Set ASKFIRST_TEAMS_APP_ID.")
    else:
        yield Finding(Mark.MISSING, "Teams has no ASKFIRST_TEAMS_APP_ID, so it will not start on an open address.")
