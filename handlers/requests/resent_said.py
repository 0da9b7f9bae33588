"""What those hear who are not asked at once when a form is sent again; and the old card of those who are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Message
from handlers.people_and_days import name_of
from handlers.requests import in_words
from handlers.requests.asked import asked_now
from handlers.requests.changes_said import changes_for_reader
from handlers.requests.matter import may_read
from policy_kb.bot_words import Action
from policy_kb.request_words import RequestState, StepState

if TYPE_CHECKING:
    from handlers.message import Button
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from policy_kb.rules.form import Step

EDITED = "edited"
NO_MORE = "no_more"
RESENT = "resent"
LATER = "later"
NEWER = "newer"
SAYS = {
    EDITED: "{called} was changed after you decided. What you said still counts.",
    NO_MORE: "{called} was changed after you decided. What you said no longer counts, and you are not asked again.",
    RESENT: "{called} was changed and sent again by {sender}.",
    NEWER: "There is a newer card for {called} below.",
}
MOST_NAMES = 2
WITH_CHANGES = frozenset({EDITED, NO_MORE, RESENT})
KINDS = frozenset({*SAYS, LATER})
NOT_UNDER_WAY = {
    RequestState.CHANGES_ASKED: "is with the requester for changes",
    RequestState.DECLINED: "was declined",
    RequestState.WITHDRAWN: "was withdrawn by the requester",
    RequestState.APPROVED: "is approved",
    RequestState.LIVE: "is approved and live",
    RequestState.DRAFT: "was not sent yet",
    RequestState.CANCELLED: "was given up",
}


def compose_resent(what: str, matter: Matter, scene: SayScene) -> Message:
    """Return what a new version means for one who reads of it; one whom it concerns no more learns nothing of it."""
    if not may_read(matter, scene.person, scene.uow, on=scene.today):
        return later(matter, scene) if what == LATER and waits_before(matter, None, scene) else in_words.gone()
    if what == LATER:
        return later(matter, scene)
    reads = scene.person.id if scene.person else matter.facts.requester
    return Message(
        title=SAYS[what].format(called=_called(matter), sender=_sender(matter, scene)),
        blocks=changes_for_reader(matter, reads, scene) if what in WITH_CHANGES else (),
        buttons=() if what == NEWER else _buttons(matter),
    )


def later(matter: Matter, scene: SayScene, *, card: str = "") -> Message:
    """Return that others are asked first, to somebody who was asked before; on the card of the step, or beside it."""
    return Message(title=_later(matter, scene, on_a_card=bool(card)), card=card)


def waits_before(matter: Matter, step: Step | None, scene: SayScene) -> bool:
    """Tell whether a step will ask the reader once others have had their say; any step, where none is given."""
    waiting = [one for one, standing in matter.in_order() if standing.state is StepState.WAITING]
    asked = {
        approver.person
        for one in waiting
        if step is None or one.key == step.key
        for approver in asked_now(one, matter.facts, scene.uow, scene.today)
    }
    return scene.person is not None and scene.person.id in asked


def _later(matter: Matter, scene: SayScene, *, on_a_card: bool) -> str:
    called, state = _called(matter), matter.facts.state
    if state is not RequestState.SUBMITTED:
        return f"{called} was changed, and {NOT_UNDER_WAY[state]}."
    asked = {one.person for step in matter.open_steps() for one in step.asked}
    if not on_a_card and scene.person and scene.person.id in asked:
        return f"{called} was changed, and waits for you now."
    was_changed = "was changed and " if matter.facts.version > 1 else ""
    return f"{called} {was_changed}goes to {_first(matter, scene)} first; you are asked after that."


def _first(matter: Matter, scene: SayScene) -> str:
    """Return whom a request waits for, where that is one step of one or two people."""
    still_open = matter.open_steps()
    asked = still_open[0].asked if len(still_open) == 1 else ()
    return in_words.asked_in_words(asked, scene) if 0 < len(asked) <= MOST_NAMES else "others"


def _sender(matter: Matter, scene: SayScene) -> str:
    sent = scene.uow.requests.version(matter.facts.id, matter.facts.version)
    return name_of(sent.by if sent else matter.facts.requester, scene.uow)


def _called(matter: Matter) -> str:
    return f"{matter.called} ({matter.form.called})"


def _buttons(matter: Matter) -> tuple[Button, ...]:
    number = str(matter.facts.id)
    return (
        in_words.button("Where it stands", Action.STATUS, number),
        in_words.button("Whole form", Action.WHOLE_FORM, number),
    )
