"""What is left to do on a site where somebody has gone: handed out, and ticked off."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.sites.looking_after_about import read_tasks
from handlers.sites.looking_after_naming import GONE, named_in
from handlers.sites.looking_after_watch import who_acts
from handlers.sites.rights import heads_of, office_of, parts_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.site_people import NotOfTheStaff, check_may_do
from policy_kb.site_words import TaskKind
from policy_kb.words import Verb
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from policy_kb.rules.site import Site
    from policy_kb.words import PersonId
    from storage.site_people import SiteTask

TICK = re.compile(r"([1-9][0-9]{0,8})(?::([0-9,]{1,120}))?")  # one task, and those of the card it stands on


def hand_out(site: Site, kind: TaskKind, about: PersonId, act: Acting) -> tuple[SayFacts, ...]:
    """Write down what is left to do, and tell whoever is to do it; return what is said to whoever acts among them."""
    task = open_task(site, kind, about, act)
    if task is None:
        return ()
    say = SayFacts(kind=SayKind.SITE_TASKS, about=str(task.id))
    people = who_does(task, site, act)
    act.tell(people, say)
    return (say,) if act.person in people else ()


def open_task(site: Site, kind: TaskKind, about: PersonId, act: Acting) -> SiteTask | None:
    """Write down what is left to do, and return it; None where it stands there already."""
    clause = "A.3.2" if kind is TaskKind.REMOVE_ACCESS else "A.3.1"
    if not act.uow.sites.open_task(site.id, kind, about, entry=act.entry(Verb.ASKED, clause)):
        return None
    return next(one for one in act.uow.sites.open_tasks(site.id) if (one.kind, one.about) == (kind, about))


def who_does(task: SiteTask, site: Site, act: Acting) -> tuple[PersonId, ...]:
    """
    Return who is asked to do it: administrators take a login away, and the head finds an author.

    Whoever answers for the site, or looks after the setting, where there is none of these.
    """
    if task.kind is TaskKind.NEW_AUTHOR:
        return heads_of(site.setting, act.uow, act.today) or office_of(site.setting, act.uow, act.today)
    return who_acts(site, act.uow, act.today, but=task.about)


def login_is_theirs(site: Site, person: PersonId, act: Acting) -> None:
    """Let nobody take a login away that somebody has said is theirs: what was left to do about it is over."""
    for task in act.uow.sites.open_tasks(site.id):
        if (task.kind, task.about) == (TaskKind.REMOVE_ACCESS, person):
            act.uow.sites.end_task(task.id, entry=act.entry(Verb.REMOVED, "A.3.2"))


def tick_off(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """
    Keep that a task is done; that of finding an author, by naming one.

    Raises:
        NotYourTask, NobodyNamed, NotOfTheStaff: nothing was changed.
    """
    found = TICK.fullmatch(event.about)
    if found is None or act.person is None:
        return (GONE,)
    task = next((one for one in act.uow.sites.open_tasks() if one.id == int(found[1])), None)
    site = act.uow.sites.hold(task.site) if task else None
    if task and site:
        check_may_do(task.kind, parts_of(act.person, site, act.uow, act.today))
        if task.kind is TaskKind.NEW_AUTHOR:
            _write_author(site, event, act)
        act.uow.sites.end_task(task.id, entry=act.entry(Verb.REMOVED, "A.3.2"))
    card = ",".join(map(str, read_tasks(found[2] or "") or (int(found[1]),)))
    return (SayFacts(kind=SayKind.SITE_TASKS, about=card, replaces=True),)


def _write_author(site: Site, event: ButtonPressed, act: Acting) -> None:
    person_id = named_in(event.values, site, act)
    person = act.uow.people.get(person_id)
    if person is None or not person.is_in_post(act.today):
        raise NotOfTheStaff
    act.uow.sites.change(replace(site, author=person_id), entry=act.entry(Verb.CHANGED, "A.3.1"))
    act.tell((person_id,), SayFacts(kind=SayKind.PEOPLE_NEWS, about=f"author:{site.id}"))
