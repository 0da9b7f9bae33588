"""What leavers read on their last day, and what is left to do once they have gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import wording
from handlers.message import Fact, Facts, Message, Paragraph, Tone
from handlers.people_and_days import day_in_words, name_of
from handlers.requests import in_words
from handlers.sites.looking_after_about import read_tasks
from handlers.sites.looking_after_in_words import joined
from handlers.sites.looking_after_naming import candidates
from handlers.sites.looking_after_people_said import people_fields
from handlers.sites.rights import parts_of
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import OWES_PEOPLE
from policy_kb.rules.site_people import MAY_DO
from policy_kb.site_words import TaskKind
from policy_kb.toml_entries import parse_ref

if TYPE_CHECKING:
    from datetime import date

    from handlers.message import Button, ClauseQuote, Field
    from handlers.scene import SayScene
    from policy_kb.rules.site import Site
    from storage.person import Person
    from storage.site_people import SiteTask

AFTER_LEAVING = parse_ref("5.6")
MOST_TASKS = 5  # a button each


def compose_leaving(about: str, scene: SayScene) -> Message:
    """Return the words of 5.6 to whoever leaves, and what is taken from them: ``2026-12-19``, the first day after."""
    person = scene.person
    if person is None or person.ends_on is None or person.ends_on.isoformat() != about:
        return Message(title="You are not down as leaving on that day any more, so nothing changes.")
    last = day_in_words(person.ends_on - DAY)
    return Message(
        title=f"Your last day with us is {last}. One rule goes on after it (5.6).",
        blocks=(*_quote(scene), Paragraph(text=_what_ends(person, person.ends_on, scene))),
        buttons=(in_words.button("See 5.6", Action.SEE_CLAUSE, "5.6"),),
    )


def compose_tasks(about: str, scene: SayScene) -> Message:
    """Return what is left to do, of some tasks, as things stand: ``12,13``."""
    numbers = read_tasks(about)
    found = [(task, site) for task in scene.uow.sites.open_tasks() if task.id in numbers and (site := _of(task, scene))]
    if not found:
        return Message(title="That is done, or not yours to do. Nothing is left of it.", tone=Tone.YES)
    shown = found[:MOST_TASKS]
    titles = [_title(task, site, scene) for task, site in shown]
    one = len(found) == 1
    return Message(
        title=titles[0] if one else f"{len(found)} things are left to do, because somebody has gone.",
        tone=Tone.ASK,
        blocks=(
            Facts(rows=tuple(Fact(label=site.name, value=_says(task, site, scene)) for task, site in shown)),
            *(() if len(found) == len(shown) else (Paragraph(text="The others come once these are done."),)),
        ),
        fields=_who(found, scene),
        buttons=tuple(_done(task, site, numbers, scene, one=one) for task, site in shown),
    )


def _quote(scene: SayScene) -> tuple[ClauseQuote, ...]:
    return (wording.quote(scene.view, AFTER_LEAVING),) if AFTER_LEAVING in scene.view.items else ()


def _what_ends(person: Person, ends_on: date, scene: SayScene) -> str:
    sites = [one.name for one in scene.uow.sites.of_person(person.id, scene.today) if one.state in OWES_PEOPLE]
    after = f"From {day_in_words(ends_on)} you are off every rota, and I send you nothing more."
    if not sites:
        return after
    return f"{after} You look after {joined(sites)}: please tell whoever goes on with it what they need to know."


def _of(task: SiteTask, scene: SayScene) -> Site | None:
    """Return the site of a task that the reader may do; None where it is not theirs."""
    site = scene.uow.sites.get(task.site)
    if site is None or scene.person is None:
        return None
    return site if MAY_DO[task.kind] & parts_of(scene.person.id, site, scene.uow, scene.today) else None


def _title(task: SiteTask, site: Site, scene: SayScene) -> str:
    who = name_of(task.about, scene.uow)
    if task.kind is TaskKind.NEW_AUTHOR:
        return f"{site.name} needs a new author: {who} has left."
    return f"{who} does not look after {site.name} any more: please take their login away (A.3.2)."


def _says(task: SiteTask, site: Site, scene: SayScene) -> str:
    who = name_of(task.about, scene.uow)
    if task.kind is TaskKind.NEW_AUTHOR:
        return f"{who} was its author. Name somebody who answers for {site.name} from now on (A.5.5)."
    return f"Take away the login of {who}, and change any password they know, on the host's own page (A.3.2)."


def _who(found: list[tuple[SiteTask, Site]], scene: SayScene) -> tuple[Field, ...]:
    """Return the fields that name a new author, where one is needed."""
    site = next((site for task, site in found if task.kind is TaskKind.NEW_AUTHOR), None)
    if site is None:
        return ()
    there = site.people_on(scene.today)
    people = candidates(site, None, scene.uow, scene.today)
    return people_fields(tuple(sorted(people, key=lambda one: one.person not in there)), "Its author from now on")


def _done(task: SiteTask, site: Site, numbers: tuple[int, ...], scene: SayScene, *, one: bool) -> Button:
    about = f"{task.id}:{','.join(map(str, numbers))}"
    if task.kind is TaskKind.NEW_AUTHOR:
        label = "Make them its author" if one else f"Author of {site.name}"
    else:
        label = "Done" if one else f"Done: {name_of(task.about, scene.uow)}, {site.name}"
    return in_words.button(label, Action.TASK_DONE, about, is_main=True)
