"""The sample trust: invented schools and staff, to try the bot with before a real directory is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot import clock
from handlers.imports.people_import import import_people
from handlers.imports.settings_import import import_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handlers.imports.people_plan import PeoplePlan
    from handlers.imports.settings_plan import SettingsPlan
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

# Whoever the demo offers to be: each sees something that the others do not.
PICKED = (
    "priya.sample@elm-academy.example",  # a teacher
    "aisha.sample@elm-academy.example",  # her line manager
    "daniel.example@elm-academy.example",  # in the SLT
    "tom.example@elm-academy.example",  # in term time only
    "ruth.sample@elm-academy.example",  # in an academy and in a nursery
    "grace.sample@elm-academy.example",  # a headteacher
    "bernard.example@elm-academy.example",  # a governor, with no line manager
    "oliver.sample@oak-academy.example",  # a moderator of a site
    "mei.sample@oak-academy.example",  # acts for the principal until Christmas
    "noor.sample@elm-academy.example",  # a part-timer in two academies
    "ellie.sample@little-acorns.example",  # in a nursery
    "fatima.sample@little-acorns.example",  # a nursery manager
    "martin.example@central-service.example",  # the Data Protection Officer
    "leila.sample@central-service.example",  # the Deputy Data Protection Officer
    "victoria.example@central-service.example",  # the Deputy CEO, who stands in for a head's own request
    "harriet.sample@central-service.example",  # the policy owner
)
_FOLDER = Path(__file__).with_name("sample_trust")


class SampleTrustBroken(Exception):  # noqa: N818 - the name is the sentence: the sample trust is broken
    """The files of the sample trust cannot be imported; the text tells every problem."""


def load_sample_trust(work: UnitOfWork, *, now: Callable[[], datetime] = clock.now) -> None:
    """
    Import the sample trust as any trust would be imported; a second time changes nothing.

    Raises:
        SampleTrustBroken: its files have been changed, and not for the better.

    Policy: 2.2
    """
    settings, people = (_FOLDER.joinpath(name).read_bytes() for name in ("settings.toml", "people.csv"))
    _check(import_settings(settings, work, apply=True, now=now()))
    _check(import_people(people, work, apply=True, now=now()))
    # Whoever approves is known by now.
    _check(import_settings(settings, work, apply=True, now=now()))


def people_to_be(work: UnitOfWork) -> tuple[Person, ...]:
    """Return the people of the sample trust whom the demo offers to be."""
    found = (work.people.find_by_email(email) for email in PICKED)
    return tuple(person for person in found if person)


def _check(plan: PeoplePlan | SettingsPlan) -> None:
    if plan.problems:
        raise SampleTrustBroken("\n".join(map(str, plan.problems)))
