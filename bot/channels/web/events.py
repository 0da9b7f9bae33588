"""From what the page posted to an event of ours; nothing posted travels further as it came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.channels.printable import printable
from bot.channels.web.guard import Refused
from handlers.inbound import Actor, ButtonPressed, Conversation, Installed, TextSent
from policy_kb.words import Action, Channel

if TYPE_CHECKING:
    from bot.channels.web.people import SamplePerson

TENANT = "local"
EVENT_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
LONGEST_ABOUT = 150  # characters, as on a Button


def said(body: dict[str, object], *, session: str, person: SamplePerson) -> TextSent:
    """
    Return what somebody typed.

    Raises:
        Refused: 400, something is missing or of the wrong kind.
    """
    return TextSent(
        event_id=_event_id(body, session),
        actor=_actor(person),
        conversation=_conversation(person, session),
        text=printable(text_of(body, "text")),
    )


def pressed(body: dict[str, object], *, session: str, person: SamplePerson) -> ButtonPressed:
    """
    Return which button somebody pressed.

    Raises:
        Refused: 400, something is missing, or it is no button of ours.
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
        actor=_actor(person),
        conversation=_conversation(person, session),
        action=action,
        about=about,
    )


def met(*, session: str, person: SamplePerson) -> Installed:
    """Return that somebody opened the page; each time is a repeat of the first in that session."""
    return Installed(
        event_id=f"{session}:met:{person.user}",
        actor=_actor(person),
        conversation=_conversation(person, session),
    )


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


def _event_id(body: dict[str, object], session: str) -> str:
    """Return the page's id for this event within its session, so that no page can repeat another's."""
    event_id = text_of(body, "event_id")
    if not EVENT_ID.fullmatch(event_id):
        raise Refused(400, "Give each message an event_id of letters, digits and hyphens.")
    return f"{session}:{event_id}"


def _actor(person: SamplePerson) -> Actor:
    return Actor(channel=Channel.WEB, tenant=TENANT, user=person.user)


def _conversation(person: SamplePerson, session: str) -> Conversation:
    return Conversation(channel=Channel.WEB, tenant=TENANT, id=f"{session}:{person.user}")
