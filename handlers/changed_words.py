"""What another official document says otherwise than the one before, and which answers quote it now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers import wording
from handlers.desk import official_words
from handlers.message import Fact, Facts, Message, Note
from handlers.requests.in_words import button, short
from policy_kb.bot_words import Action, SayKind
from policy_kb.clause import ClauseRef
from policy_kb.rewording import reworded, where_they_differ
from storage.editions import EditionId
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from handlers.scene import SayScene
    from policy_kb.golden import Golden
    from policy_kb.rewording import Reworded
    from policy_kb.view import PolicyView
    from storage.unit_of_work import UnitOfWork

MOST_SHOWN = 5  # items in one message
LONGEST_WORDS = 500  # characters of one wording
MOST_ASKED = 3  # golden questions of one item
ABOUT = re.compile(r"([1-9][0-9]{0,8}):([0-9]{1,4})")
REVIEWED = (
    "What an answer concludes stays as it was reviewed. Where the new words mean something else, the verdict has to "
    "be changed in the edition."
)


def changes_of(edition_id: EditionId, uow: UnitOfWork) -> tuple[Reworded, ...] | None:
    """Return what the document in force says otherwise than the one before; None where it is not in force, or first."""
    official, before = uow.editions.active(), uow.editions.before(edition_id)
    if official is None or official.id != edition_id or before is None:
        return None
    return reworded(official_words(before), official_words(official))


def in_short(changes: Sequence[Reworded]) -> str:
    """Return how much has changed: ``3 items have other words, 1 is new``."""
    new, gone = sum(1 for one in changes if not one.was), sum(1 for one in changes if not one.now)
    other = len(changes) - new - gone
    parts = (
        (other, "item has other words" if other == 1 else "items have other words"),
        (new, "is new" if new == 1 else "are new"),
        (gone, "is gone" if gone == 1 else "are gone"),
    )
    return ", ".join(f"{number} {what}" for number, what in parts if number) or "no word is different"


def asked_of(changed: Reworded, view: PolicyView) -> tuple[Golden, ...]:
    """Return the golden questions whose answers are led by an item, or by a part of it where it is one in print."""
    return tuple(one for one in view.golden if changed.ref in {one.leads, ClauseRef(one.leads.id)})


def answers_in_short(changes: Sequence[Reworded], view: PolicyView) -> str:
    """Return how many answers quote other words now: ``2 of the 88 golden questions``."""
    touched = {one.asks for changed in changes for one in asked_of(changed, view)}
    return f"{len(touched)} of the {len(view.golden)} golden questions"


def lines(changed: Reworded, view: PolicyView) -> Iterator[tuple[str, str]]:
    """Yield what there is to say of one item: a label, and what it was, what it is, or what staff ask of it."""
    clause = view.items.get(changed.ref)
    name = wording.number(changed.ref)
    was, now = where_they_differ(changed.was, changed.now)
    yield name, clause.heading if clause else "The edition has no item of this number, so no answer quotes it."
    yield f"{name} was", f"“{short(was, LONGEST_WORDS)}”" if changed.was else "Not in the document before."
    yield (
        f"{name} is",
        f"“{short(now, LONGEST_WORDS)}”" if changed.now else "Gone: answers quote our plain words again.",
    )
    if asked := asked_of(changed, view)[:MOST_ASKED]:
        yield "Staff ask", " ".join(f"“{one.asks}” {_concludes(one)}" for one in asked)


def compose_changes(about: str, scene: SayScene) -> Message:
    """Return some of what has changed, from the number on that stands behind the document: ``2:5``."""
    found = ABOUT.fullmatch(about)
    changes = changes_of(EditionId(int(found[1])), scene.uow) if found else None
    if found is None or changes is None:
        return Message(title="That document is not in force any more, or no other was in force before it.")
    first = int(found[2])
    shown, left = changes[first : first + MOST_SHOWN], len(changes) - first - MOST_SHOWN
    blocks = (
        Facts(rows=tuple(Fact(label=label, value=value) for label, value in lines(one, scene.view))) for one in shown
    )
    more = button(f"The next {min(left, MOST_SHOWN)}", Action.WHAT_CHANGED, f"{found[1]}:{first + MOST_SHOWN}")
    return Message(
        title=f"What changed: {in_short(changes)}.",
        blocks=(*blocks, Note(text=f"{answers_in_short(changes, scene.view)} are answered with them. {REVIEWED}")),
        buttons=(more,) if left > 0 else (),
    )


def show_changes(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    """Show what has changed; everybody may read it, for the policy binds everybody."""
    del act
    return (SayFacts(kind=SayKind.CHANGED_WORDS, about=event.about if ABOUT.fullmatch(event.about) else ""),)


def _concludes(golden: Golden) -> str:
    return f"({(wording.VERDICT_WORDS[golden.verdict] or 'A fact.').rstrip('.').lower()})"


ACTIONS: Mapping[Action, Callable[[ButtonPressed, Acting], tuple[SayFacts, ...]]] = {Action.WHAT_CHANGED: show_changes}
COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {SayKind.CHANGED_WORDS: compose_changes}
