"""What people do, with all that does not matter filled in."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from handlers.inbound import Actor, ButtonPressed, Conversation, Installed, TextSent
from policy_kb.bot_words import Action
from policy_kb.words import Channel

if TYPE_CHECKING:
    from handlers.message import Button

_NUMBERS = count(1)


def an_actor(
    user: str = "U-priya", *, channel: Channel = Channel.SLACK, tenant: str = "T1", directory_id: str = ""
) -> Actor:
    return Actor(channel=channel, tenant=tenant, user=user, directory_id=directory_id)


def a_conversation(
    name: str = "D-priya",
    *,
    channel: Channel = Channel.SLACK,
    tenant: str = "T1",
    thread: str = "",
    private: bool = True,
) -> Conversation:
    return Conversation(channel=channel, tenant=tenant, id=name, thread=thread, private=private)


def a_text(
    text: str = "Can I friend a parent on Facebook?",
    *,
    actor: Actor | None = None,
    conversation: Conversation | None = None,
    event_id: str = "",
    reply_to: str = "",
) -> TextSent:
    return TextSent(
        event_id=event_id or a_new_event_id(),
        actor=actor or an_actor(),
        conversation=conversation or a_conversation(),
        text=text,
        reply_to=reply_to,
    )


def a_press(
    button: Button | None = None,
    *,
    action: Action = Action.SEE_CLAUSE,
    about: str = "5.4",
    actor: Actor | None = None,
    conversation: Conversation | None = None,
    event_id: str = "",
    reply_to: str = "",
) -> ButtonPressed:
    """Press a button as it stands under a message, or one that says `action` and `about`."""
    return ButtonPressed(
        event_id=event_id or a_new_event_id(),
        actor=actor or an_actor(),
        conversation=conversation or a_conversation(),
        action=button.action if button else action,
        about=button.about if button else about,
        reply_to=reply_to,
    )


def an_installation(
    *, actor: Actor | None = None, conversation: Conversation | None = None, event_id: str = "", reply_to: str = ""
) -> Installed:
    return Installed(
        event_id=event_id or a_new_event_id(),
        actor=actor or an_actor(),
        conversation=conversation or a_conversation(),
        reply_to=reply_to,
    )


def a_new_event_id() -> str:
    return f"Ev{next(_NUMBERS)}"
