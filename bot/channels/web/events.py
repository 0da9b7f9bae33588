"""From what the page posted to an event of ours; nothing posted travels further as it came."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.channels.printable import printable
from bot.channels.web.guard import Refused
from handlers.inbound import Actor, ButtonPressed, Conversation, Installed, TextSent
from policy_kb.bot_words import Action
from policy_kb.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.web.people import SamplePerson

TENANT = "local"
EVENT_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
LONGEST_ABOUT = 150  # characters, as on a Button
HIGHEST_NUMBER = 2**53 - 1  # beyond it the page's own numbers are not exact
FIELD_NAME = re.compile(r"[A-Za-z0-9_]{1,40}")
MOST_FIELDS = 40  # in one message
MOST_VALUES = 120  # of one field: everything ticked in the longest list, and some
LONGEST_VALUE = 4_000  # characters; no answer of the form needs more


def said(body: dict[str, object], *, session: str, person: SamplePerson) -> TextSent:
    """
    Return what somebody typed.

    Raises:
        Refused: 400, something is missing or of the wrong kind.
    """
    return TextSent(
        event_id=_event_id(body, session),
        actor=actor_of(person),
        conversation=_conversation(person, session),
        text=printable(text_of(body, "text")),
    )


def pressed(body: dict[str, object], *, session: str, person: SamplePerson) -> ButtonPressed:
    """
    Return which button somebody pressed, and what stood in the fields beside it.

    Raises:
        Refused: 400, something is missing, it is no button of ours, or the fields are none we would show.
    """
    about = printable(text_of(body, "about"))
    try:
        action = Action(text_of(body, "action"))
    except ValueError:
        raise Refused(400, "That is not one of my buttons.") from None
    if len(about) > LONGEST_ABOUT:
        raise Refused(400, "That is not one of my buttons.")
    return ButtonPressed(
        event_id=_event_id(body, session),
        actor=actor_of(person),
        conversation=_conversation(person, session),
        action=action,
        about=about,
        values=_values(body),
    )


def met(*, session: str, person: SamplePerson) -> Installed:
    """
    Return that somebody opened the page; each time is a repeat of the first in that session.

    What others do reaches them under their own id: any page they open asks for it.
    """
    return Installed(
        event_id=f"{session}:met:{person.user}",
        actor=actor_of(person),
        conversation=_conversation(person, session),
        reaches=person.user,
    )


def number_of(body: dict[str, object], name: str) -> int:
    """
    Return one number of the posted object, 0 or above.

    Raises:
        Refused: 400, it is missing or no such number.
    """
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= HIGHEST_NUMBER:
        raise Refused(400, f"I miss '{name}', or it is not a number of mine.")
    return value


def text_of(body: dict[str, object], name: str) -> str:
    """
    Return one text of the posted object.

    Raises:
        Refused: 400, it is missing or not text.
    """
    value = body.get(name)
    if not isinstance(value, str):
        raise Refused(400, f"I miss '{name}', or it is not text.")
    return value


def _values(body: dict[str, object]) -> Mapping[str, tuple[str, ...]]:
    """Return what stood in the fields, by their names; nothing where the message had none."""
    posted = body.get("values", {})
    if not isinstance(posted, dict) or len(posted) > MOST_FIELDS:
        raise Refused(400, "I cannot read what you filled in.")
    return MappingProxyType({_field_name(name): _filled(filled) for name, filled in posted.items()})


def _field_name(name: str) -> str:
    if not FIELD_NAME.fullmatch(name):
        raise Refused(400, "That is not one of my fields.")
    return name


def _filled(filled: object) -> tuple[str, ...]:
    if not isinstance(filled, list) or len(filled) > MOST_VALUES or not all(isinstance(text, str) for text in filled):
        raise Refused(400, "I cannot read what you filled in.")
    texts = tuple(printable(text) for text in filled)
    if any(len(text) > LONGEST_VALUE for text in texts):
        raise Refused(400, f"One of your answers is longer than {LONGEST_VALUE:,} characters. Please shorten it.")
    return texts


def _event_id(body: dict[str, object], session: str) -> str:
    """Return the page's id for this event within its session, so that no page can repeat another's."""
    event_id = text_of(body, "event_id")
    if not EVENT_ID.fullmatch(event_id):
        raise Refused(400, "Give each message an event_id of letters, digits and hyphens.")
    return f"{session}:{event_id}"


def actor_of(person: SamplePerson) -> Actor:
    """Return who somebody of the sample trust is to the bot."""
    return Actor(channel=Channel.WEB, tenant=TENANT, user=person.user)


def _conversation(person: SamplePerson, session: str) -> Conversation:
    return Conversation(channel=Channel.WEB, tenant=TENANT, id=f"{session}:{person.user}")
