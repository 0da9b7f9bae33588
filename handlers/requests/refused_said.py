"""A refusal as somebody reads it: the sentence, the clause behind it, a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import wording
from handlers.message import Message, Tone
from handlers.requests import in_words
from handlers.requests.about import read_request, read_step
from handlers.requests.matter import matter_of, may_read
from policy_kb.bot_words import Action
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.toml_entries import parse_ref

if TYPE_CHECKING:
    from handlers.message import Block, Button
    from handlers.scene import SayScene

GENERIC = "That cannot be done now."


def compose_refused(about: str, scene: SayScene) -> Message:
    """Return why something was refused: ``already_answered:12:head``."""
    key, _, what = about.partition(":")
    kind = Refusal.kinds.get(key)
    return Message(
        title=kind.says if kind else GENERIC,
        tone=Tone.CARE,
        blocks=_clause(kind.because, scene) if kind else (),
        buttons=_way_on(what, scene),
    )


def _clause(because: str | ProductRule, scene: SayScene) -> tuple[Block, ...]:
    if isinstance(because, ProductRule):
        return ()
    ref = parse_ref(because)
    return (wording.quote(scene.view, ref),) if ref in scene.view.items else ()


def _way_on(what: str, scene: SayScene) -> tuple[Button, ...]:
    """Return a button to the card or the request, where there is one that this person may see."""
    step = read_step(what)
    request_id = step.request if step else read_request(what)
    matter = matter_of(request_id, scene.view, scene.uow) if request_id else None
    if matter is None or not may_read(matter, scene.person, scene.uow, on=scene.today):
        return ()
    if step:
        return (in_words.button("Show the card", Action.CARD, step.card),)
    return (in_words.button("Where it stands", Action.STATUS, str(request_id)),)
