"""What people do, with the platform taken off: every channel and every test speaks in these."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.bot_words import Action
    from policy_kb.words import Channel

BY_EMAIL = "mailto:"
"""How an address begins that no channel made: whoever has this e-mail address, in their own conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted, as the platform vouches for it: never taken from a button's value."""

    channel: Channel
    tenant: str  # Slack team id, Teams tenant id; "local" on the web and in a terminal
    user: str  # the platform's own id, stable for this person and bot
    directory_id: str = ""  # Entra object id, where the platform tells it


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Where something was said."""

    channel: Channel
    tenant: str
    id: str  # a DM, a channel, a browser tab
    thread: str = ""  # the platform's thread within it; empty where there is none
    private: bool = True  # only the actor and the bot read it
    lasting: bool = True  # the bot can speak here again another day; a slash command's reply cannot


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSent:
    """Someone typed something to the bot; mentions of the bot are already removed."""

    event_id: str  # the platform's own id: a repeat delivery carries the same one
    actor: Actor
    conversation: Conversation
    text: str
    reply_to: str = ""  # an address only the channel reads; empty where it replies in the same breath


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed:
    """
    Someone pressed a button on a message we sent. `about` and `values` come from outside: check them.

    `values` holds what stood in every field of that message, by the field's name: one text for a line, a
    date or one choice; none where nothing was filled in; several where several were ticked.
    """

    event_id: str
    actor: Actor
    conversation: Conversation
    action: Action
    about: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The bot met someone for the first time, or was added to a conversation."""

    event_id: str
    actor: Actor
    conversation: Conversation
    reply_to: str = ""
    reaches: str = ""  # where this person can be told something later, on a channel that answers in the same breath


Inbound: TypeAlias = TextSent | ButtonPressed | Installed
