"""A site that was approved a moment ago, and what it needs before it goes live."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from handlers.acting import Acting
from handlers.sites import opening
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import Member, Slot
from policy_kb.site_words import SlotHow, SlotId, SlotPart
from policy_kb.words import Role
from storage.audit import Subject
from storage.database import Database
from tests.fakes import FakeClock
from tests.handlers.requests.office import AISHA, DANIEL, GRACE, HEAD, PRIYA, TUESDAY, Office
from tests.stage import sample_trust_database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.message import Message
    from policy_kb.request_words import RequestId
    from policy_kb.rules.site import Site
    from policy_kb.site_words import SiteId
    from tests.stage import DatabaseFile

CALLUM = "callum.sample@elm-academy.example"
WITH_PEOPLE = {
    "administrators": ("daniel-example", "priya-sample"),
    "moderators": ("priya-sample", "callum-sample", "tom-example"),
    "interaction": ("comments",),
    "exit_plan": ("We tell our followers, save what matters and remove the page.",),
    "intervention_plan": ("Hide it, then ask Daniel.",),
    "success": ("We count families at fixtures.",),
}
FIRST_WEEK = date(2026, 11, 23)


def site_of(office: Office, request_id: RequestId) -> Site:
    """Return the site that a request became."""
    with office.database.begin() as uow:
        found = uow.sites.of_request(request_id)
    assert found is not None
    return found


def verbs_of(office: Office, site_id: SiteId) -> list[str]:
    """Return what was done to a site, the first first."""
    with office.database.begin() as uow:
        return [row.verb for row in uow.audit.chain(Subject.of_site(site_id))]


def approve(office: Office, request_id: RequestId) -> None:
    """Let everybody who is asked say yes, the head last."""
    office.up_to_the_head(request_id)
    office.push(GRACE, office.card(GRACE, HEAD), "Approve")


def open_all(office: Office) -> int:
    """Let the bot look whether anything was approved."""
    with office.database.begin() as uow:
        act = Acting(person=None, view=office.desk.reading(uow).view, uow=uow, now=office.clock())
        return opening.open_approved(act)


def fill_rota(office: Office, site: Site, *, start: date = FIRST_WEEK, weeks: int = 40) -> None:
    """Give the site's weeks to Priya."""
    person = office.person(PRIYA).id
    with office.database.begin() as uow:
        uow.rota.lay_out(
            Slot(
                id=SlotId(0),
                site=site.id,
                starts_on=start + 7 * number * DAY,
                ends_on=start + (7 * number + 5) * DAY,
                part=SlotPart.WHOLE,
                person=person,
                how=SlotHow.PLANNED,
            )
            for number in range(weeks)
        )


def accept_all(office: Office, site: Site) -> None:
    """Let everybody who was asked accept, with a login of their own."""
    with office.database.begin() as uow:
        for one in site.members:
            uow.sites.accept(site.id, one.person, one.role, entry=office.entry())


def answer_all(office: Office, site: Site, round_: str, answer: str = "yes", email: str = PRIYA) -> Message:
    """Answer every question of a checklist as it is asked, and return what is shown at the end."""
    (card,) = office.press(email, Action.SITE_CHECKS, f"{site.id}:{round_}")
    for _ in range(12):
        asked = [one for one in card.buttons if one.action is Action.CHECK_SITE and one.about.endswith(f":{answer}")]
        if not asked:
            break
        (card,) = office.press(email, Action.CHECK_SITE, asked[0].about)
    return card


def make_ready(office: Office, request_id: RequestId, email: str = PRIYA) -> Site:
    """Let all be so that has to be before a site goes live."""
    open_all(office)
    site = site_of(office, request_id)
    today = office.clock().date()
    if not site.members:
        people = {Role.SITE_ADMINISTRATOR: (PRIYA, DANIEL), Role.SITE_MODERATOR: (PRIYA, CALLUM)}
        with office.database.begin() as uow:
            for role, some in people.items():
                for one in some:
                    member = Member(person=office.person_in(uow, one).id, role=role, since=today)
                    uow.sites.add_member(site.id, member, entry=office.entry())
        site = site_of(office, request_id)
    accept_all(office, site)
    fill_rota(office, site, start=today - timedelta(days=today.weekday()))
    office.press(email, Action.SITE_ADDRESS, str(site.id), {"address": ("https://www.instagram.example/elmpe",)})
    answer_all(office, site, "pre_live", email=email)
    return site_of(office, request_id)


@cache
def approved_database(desk: Desk) -> tuple[bytes, RequestId]:
    """Have a site approved once, and return the file that makes and the request's number: a copy is far quicker."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "approved.db"
        file.write_bytes(sample_trust_database())
        database = Database(f"sqlite:///{file}")
        made = Office(database, desk, FakeClock(TUESDAY))
        made.meet_everybody()
        request_id = made.sent(PRIYA, AISHA, **WITH_PEOPLE)
        approve(made, request_id)
        database.close()
        return file.read_bytes(), request_id


class Approved(Office):
    """The office, where a site was approved a moment ago and nobody has read what they were sent."""

    request: RequestId

    @property
    def site(self) -> Site:
        return site_of(self, self.request)

    @property
    def number(self) -> str:
        return str(self.site.id)


@pytest.fixture
def approved(database: Database, database_file: DatabaseFile, desk: Desk) -> Approved:
    database.close()
    content, request_id = approved_database(desk)
    database_file.path.write_bytes(content)
    made = Approved(database, desk, FakeClock(TUESDAY))
    made.request = request_id
    return made


def titles(messages: Sequence[Message]) -> list[str]:
    return [one.title for one in messages]


__all__ = ["approved"]
