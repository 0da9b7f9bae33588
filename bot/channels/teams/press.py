"""A pressed button: what came back, and the body Teams wants in answer within seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.channels.printable import printable
from bot.channels.teams.activity import ActivityError, Incoming, event_id, is_text
from bot.channels.teams.address import Address, Home, read_home
from bot.channels.teams.inputs import read_inputs
from bot.channels.teams.render import render
from handlers.inbound import ButtonPressed
from handlers.message import Audience
from policy_kb.bot_words import Action

if TYPE_CHECKING:
    from bot.secret import Secret
    from handlers.message import Message

MAX_ABOUT = 150
BELOW = "Done. The answer is below."
PRIVATELY = "Done. I have answered you privately."
SHARED = "Done. Everyone in that conversation can read it now."
NOTHING = "Done."
STILL_WORKING = "I am still working on it. The answer will follow as a message."
_VERBS = frozenset(action.value for action in Action)
UNKNOWN_BUTTON = "This button is from another version of Ask First. Please ask your question again."
TOO_LONG = "That is longer than I can take: write at most 3,000 letters in one box. Nothing was saved or sent."


class UnknownButtonError(Exception):
    """The verb is none of ours; the person is told so politely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A press, and the two addresses its answers may go to."""

    event: ButtonPressed
    here: Address  # where the card stands
    home: Address  # the shared conversation the card belongs to; the same as `here` for most cards


def read_press(incoming: Incoming, *, secret: Secret) -> Press:
    """
    Read an `adaptiveCard/action` invoke.

    Raises:
        ActivityError: a part is missing or of the wrong type.
        UnknownButtonError: the verb is none of ours.
        TooLongError: somebody filled in more than fits.
    """
    action = _mapping(_mapping(incoming.payload.get("value")).get("action"))
    data = _mapping(action.get("data"))
    verb, about, card = action.get("verb"), data.get("about"), incoming.payload.get("replyToId", "")
    if not incoming.id or not (is_text(verb) and is_text(about) and is_text(card)):
        raise ActivityError("an invoke without its verb, its subject or its id")
    if verb not in _VERBS or len(about) > MAX_ABOUT:
        raise UnknownButtonError
    signed = data.get("home", "")
    home = read_home(signed, user=incoming.user, secret=secret) if is_text(signed) and signed else None
    here = replace(incoming.address, replaces=card, tell=False, home=signed if home else "")
    event = ButtonPressed(
        event_id=event_id(incoming.channel_id, incoming.conversation, incoming.thread, incoming.id),
        actor=incoming.actor,
        conversation=incoming.where,
        action=Action(verb),
        about=about,
        values=read_inputs(data),
    )
    return _at_home(event, here, home) if home else Press(event=event, here=here, home=here)


def answer_to(press: Press, messages: tuple[Message, ...]) -> dict[str, Any]:
    """Return the invoke's body: the new card where one takes the place of the old, else a short text."""
    for message in messages:
        if changes_the_card(press, message):
            return card_body(render(message, home=press.here.home))
    if not messages:
        return text_body(NOTHING)
    last = messages[-1]
    if last is beside_the_card(press, messages):
        return text_body(printable(last.title))
    if last.audience is Audience.EVERYONE and not press.event.conversation.private:
        return text_body(SHARED)
    return text_body(BELOW if press.here.private else PRIVATELY)


def beside_the_card(press: Press, messages: tuple[Message, ...]) -> Message | None:
    """Return the message that the invoke's answer says in full, so that it need not be posted as well."""
    if not messages or any(changes_the_card(press, message) for message in messages):
        return None
    last = messages[-1]
    bare = not (last.blocks or last.buttons or last.urgent)
    return last if bare and last.audience is Audience.ACTOR else None


def changes_the_card(press: Press, message: Message) -> bool:
    """Tell whether a message takes the place of the card: not where others read what is for one person."""
    return message.replaces and (press.here.private or message.audience is Audience.EVERYONE)


def address_of(press: Press, message: Message) -> Address:
    """Return where a message goes: to the person where they pressed, or to all where they asked."""
    shared_here = not press.here.private
    if message.audience is Audience.EVERYONE and not message.replaces and not shared_here:
        return press.home
    return press.here


def card_body(card: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body that puts a card in the place of the pressed one."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": card}


def text_body(text: str) -> dict[str, Any]:
    """Return the body that leaves the card and shows a short text beside it."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}


def error_body(text: str) -> dict[str, Any]:
    """Return the body for an invoke that makes no sense."""
    return {
        "statusCode": 400,
        "type": "application/vnd.microsoft.error",
        "value": {"code": "BadRequest", "message": text},
    }


def _at_home(event: ButtonPressed, here: Address, home: Home) -> Press:
    """Count a press on a private card as made where its question was asked, in front of others."""
    there = replace(event.conversation, id=home.conversation, thread=home.thread, private=False)
    return Press(
        event=replace(event, conversation=there),
        here=here,
        home=replace(here, conversation=home.conversation, thread=home.thread, private=False, replaces="", home=""),
    )


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ActivityError("an object is missing")
    return value
