"""The sample trust: invented schools and staff, to try the bot with before a real directory is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot import clock
from handlers.acting import Acting
from handlers.imports.people_import import import_people
from handlers.imports.settings_import import import_settings
from handlers.imports.sites_import import import_sites
from handlers.sites.living_checklist import checklist
from handlers.sites.looking_after_in_words import joined
from policy_kb.rules.london import london_date
from policy_kb.site_words import CheckAnswer, Round, SiteState, SlotLength
from policy_kb.view import load_view
from policy_kb.words import Role, Verb
from storage.site_work import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from handlers.imports.people_plan import PeoplePlan
    from handlers.imports.settings_plan import SettingsPlan
    from handlers.imports.sites_plan import SitesPlan
    from policy_kb.rules.site import Site
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

# Whoever the demo offers to be: each sees something that the others do not.
PICKED = (
    "priya.sample@elm-academy.example",  # a teacher
    "aisha.sample@elm-academy.example",  # her line manager
    "daniel.example@elm-academy.example",  # in the SLT
    "hugh.example@elm-academy.example",  # in term time only; the author of a site, who moderates two
    "ruth.sample@elm-academy.example",  # in an academy and in a nursery
    "grace.sample@elm-academy.example",  # a headteacher
    "bernard.example@elm-academy.example",  # a governor, with no line manager
    "zara.sample@elm-academy.example",  # takes turns with the next but one on a site that has a slot each day
    "mei.sample@oak-academy.example",  # acts for the principal until Christmas
    "prakash.sample@elm-academy.example",  # the author of a site, who administers and moderates others as well
    "noor.sample@elm-academy.example",  # a part-timer in two academies
    "ellie.sample@little-acorns.example",  # in a nursery
    "fatima.sample@little-acorns.example",  # a nursery manager
    "martin.example@central-service.example",  # the Data Protection Officer
    "leila.sample@central-service.example",  # the Deputy Data Protection Officer
    "victoria.example@central-service.example",  # the Deputy CEO, who stands in for a head's own request
    "harriet.sample@central-service.example",  # the policy owner
)
SITES_AS_OF = date(2026, 9, 1)
"""The day on which the list of sites was true: some of its people leave in the course of the school year."""
UNCHECKED = frozenset({"Drama Instagram", "Geography Fieldwork blog", "Parents' WhatsApp group"})
"""Sites whose half-termly check waits; the others' was done on the day the sample was loaded."""
MOST_NAMED = 2  # sites beside one person of the demo
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
    if all(site.request is not None for site in work.sites.listed()):
        _load_sites(Acting(person=None, view=load_view(), uow=work, now=now()))


def people_to_be(work: UnitOfWork, *, now: Callable[[], datetime] = clock.now) -> tuple[Person, ...]:
    """Return the people of the sample trust whom the demo offers to be; with their post, what they moderate."""
    found = (work.people.find_by_email(email) for email in PICKED)
    sites, today = [site for site in work.sites.listed() if site.is_in_use], london_date(now())
    return tuple(_told_apart(person, sites, today) for person in found if person)


def _told_apart(person: Person, sites: Sequence[Site], today: date) -> Person:
    """Return a person whose post says which sites they moderate, those with a slot each day first."""
    theirs = [site for site in sites if person.id in site.people_on(today, Role.SITE_MODERATOR)]
    names = [site.name for site in sorted(theirs, key=lambda site: site.rota.length is not SlotLength.DAY)]
    if not names:
        return person
    more = (f"{len(names) - MOST_NAMED} more",) if len(names) > MOST_NAMED else ()
    return replace(person, post=f"{person.post} (moderates {joined((*names[:MOST_NAMED], *more))})")


def _load_sites(act: Acting) -> None:
    """Take in the sites once only: whatever is done with them in the demo must last."""
    as_of = min(SITES_AS_OF, act.today)
    _check(import_sites(_FOLDER.joinpath("sites.csv").read_bytes(), act, apply=True, as_of=as_of))
    for site in act.uow.sites.listed():
        if site.active_on == as_of:  # the list tells when the others were last looked after
            act.uow.sites.touch(site.id, act.today)
        if site.name not in UNCHECKED and site.state is SiteState.LIVE:
            _check_its_rules(site, act)


def _check_its_rules(site: Site, act: Acting) -> None:
    """Answer every line of the half-termly check (6.2) with yes, as its author would."""
    entry = replace(act.entry(Verb.CHECKED, "6.2"), actor=site.author)
    for line, _ in checklist(site, Round.HEALTH, act.view, act.uow, act.today).asked:
        said = Check(
            round=Round.HEALTH,
            round_on=act.today,
            key=line.key,
            answer=CheckAnswer.YES,
            by=site.author,
            at=act.now,
        )
        act.uow.sites.answer_check(site.id, said, entry=entry)


def _check(plan: PeoplePlan | SettingsPlan | SitesPlan) -> None:
    if plan.problems:
        raise SampleTrustBroken("\n".join(map(str, plan.problems)))
