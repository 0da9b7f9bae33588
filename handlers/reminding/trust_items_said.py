"""What people of the office and the policy owner are reminded of: posts, the review, another document, findings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handlers import notices
from handlers.changed_words import answers_in_short, changes_of, in_short
from handlers.people_and_days import day_in_words
from handlers.readiness import CALLED, owner_findings
from handlers.reminding.abouts import read_number
from handlers.reminding.ahead_trust import post_ends_on
from handlers.reminding.subjects import FINDINGS
from handlers.reminding.whom import answer_for_post, owners
from handlers.requests.chasing_items import Item
from handlers.requests.in_words import button
from policy_kb.bot_words import Action
from policy_kb.rules.london import london_date
from policy_kb.rules.periods import DAY
from policy_kb.rules.reminding import Reminder
from policy_kb.words import PersonId

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.scene import SayScene

Items = tuple[Item, ...]
OWNED = "The policy"
PEOPLE = "People and settings"
MOST_FINDINGS = 3  # among other things; by themselves there is room for more


def _role_ends(about: str, scene: SayScene) -> Items:
    person = scene.uow.people.get(PersonId(about)) if about else None
    if person is None or scene.person is None:
        return ()
    if scene.person.id not in answer_for_post(person, scene.uow, scene.today):
        return ()
    end = post_ends_on(person, scene.uow, scene.today)
    if end is None or end > scene.today + 60 * DAY:
        return ()
    posts = sorted({CALLED[one.role] for one in person.held_on(scene.today) if one.role in CALLED})
    what = " and ".join(posts) or "approver"
    return (
        Item(
            called=person.name,
            short=f"is {what} until {day_in_words(end - DAY)}",
            says=f"{person.name} is {what} until {day_in_words(end - DAY)}, and I know of nobody who follows. "
            "From the day after, I ask nobody in that post (A.3.3). Please name somebody in the staff list.",
        ),
    )


def _review(about: str, scene: SayScene) -> Items:
    del about
    facts = scene.view.facts
    if not _is_owner(scene) or scene.today > facts.review_last_day:
        return ()
    days = (facts.review_last_day - scene.today).days
    return (
        Item(
            called=OWNED,
            short=f"is to be reviewed by {day_in_words(facts.review_last_day)}",
            says=f"{facts.title}, adopted {facts.adopted}, is to be reviewed in {facts.review}: {days} days are left. "
            "Until another edition is in force, I answer from this one.",
            buttons=(button("Its dates", Action.SEE_CLAUSE, "front"),),
        ),
    )


def _overdue(about: str, scene: SayScene) -> Items:
    del about
    facts = scene.view.facts
    if not _is_owner(scene) or scene.today <= facts.review_last_day:
        return ()
    return (
        Item(
            called=OWNED,
            short="is past its review",
            says=f"{facts.title} was to be reviewed in {facts.review}. It still stands, and each of my answers says "
            "that the review is due.",
            buttons=(button("Its dates", Action.SEE_CLAUSE, "front"),),
        ),
    )


def _edition(about: str, scene: SayScene) -> Items:
    number, official = read_number(about), scene.uow.editions.active()
    if not _is_owner(scene) or official is None or official.id != number:
        return ()
    since = day_in_words(london_date(official.imported_at))
    says = f"Since {since} I quote {official.source_name}, word for word: {len(official.items)} items."
    changes = changes_of(official.id, scene.uow)
    if changes is not None:
        says += f" Of the document before, {in_short(changes)}."
    if changes:
        says += f" {answers_in_short(changes, scene.view)} are answered with them: please check that they hold."
    see = button("What changed", Action.WHAT_CHANGED, f"{official.id}:0", is_main=True)
    front = button("Its front page", Action.SEE_CLAUSE, "front")
    item = Item(called=OWNED, short="has another official text", says=says, buttons=(see if changes else front,))
    return (item,)


def _findings(about: str, scene: SayScene) -> Items:
    del about
    found = owner_findings(scene.uow, on=scene.today) if _is_owner(scene) else ()
    if not found:
        return ()
    rest = len(found) - MOST_FINDINGS
    more = f" And {rest} more: run askfirst doctor to see them all." if rest > 0 else ""
    says = f"{' '.join(found[:MOST_FINDINGS])}{more}"
    return (Item(called=PEOPLE, short="have gaps", says=says, alone=partial(notices.compose_findings, found)),)


def _is_owner(scene: SayScene) -> bool:
    return scene.person is not None and scene.person.id in owners(scene.uow, scene.today)


ITEMS: Mapping[str, Callable[[str, SayScene], Items]] = {
    Reminder.ROLE_ENDS: _role_ends,
    Reminder.REVIEW: _review,
    Reminder.OVERDUE: _overdue,
    Reminder.EDITION: _edition,
    FINDINGS: _findings,
}
