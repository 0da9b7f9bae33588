"""A link of one's own to the register page, asked for by a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.bot_words import Action, SayKind
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed, TextSent

IN_PRIVATE = "in_private"
"""What a link is about that was asked for where others read it: there is none, and it is said where to ask."""


def say_link(event: ButtonPressed | TextSent) -> SayFacts:
    """Return what is said to whoever asks; the link itself is made at the moment of saying it, for who reads it."""
    return SayFacts(kind=SayKind.REGISTER_LINK, about="" if event.conversation.private else IN_PRIVATE)


def _register(event: ButtonPressed, act: Acting) -> tuple[SayFacts, ...]:
    del act
    return (say_link(event),)


ACTIONS: Mapping[Action, Callable[[ButtonPressed, Acting], tuple[SayFacts, ...]]] = {Action.REGISTER: _register}
