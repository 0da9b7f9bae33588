"""From an activity's JSON to the few things people do; everything else in it stays here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from bot.channels.printable import printable
from bot.channels.teams.address import Address, write_address
from handlers.inbound import Actor, Conversation, Installed, TextSent
from policy_kb.words import Channel

CARD_ACTION = "adaptiveCard/action"
_AT = re.compile(r"</?at[^>]*>")
_ADDED = ("add", "add-upgrade")


class ActivityError(Exception):
    """The body is not an activity that Teams would send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """The parts of an activity that are used, each of the right type; `payload` is the rest."""

    type: str
    name: str
    id: str
    channel_id: str
    service_url: str
    tenant: str
    conversation: str  # without the thread
    thread: str
    private: bool
    user: str
    directory_id: str
    bot: str
    payload: Mapping[str, Any]

    @property
    def actor(self) -> Actor:
        """Return who acted."""
        return Actor(channel=Channel.TEAMS, tenant=self.tenant, user=self.user, directory_id=self.directory_id)

    @property
    def where(self) -> Conversation:
        """Return where it happened."""
        return Conversation(
            channel=Channel.TEAMS,
            tenant=self.tenant,
            id=self.conversation,
            thread=self.thread,
            private=self.private,
        )

    @property
    def address(self) -> Address:
        """Return where a reply goes."""
        return Address(
            service_url=self.service_url,
            tenant=self.tenant,
            conversation=self.conversation,
            thread=self.thread,
            bot=self.bot,
            user=self.user,
            private=self.private,
            activity=self.id,
        )


def read_activity(body: object) -> Incoming:
    """
    Check the shape of a request's JSON.

    Raises:
        ActivityError: a part that every activity has is missing, or of the wrong type.
    """
    payload = _mapping(body)
    conversation = _mapping(payload.get("conversation"))
    data = payload.get("channelData")
    tenant = _mapping(_mapping(data).get("tenant") or {}) if isinstance(data, Mapping) else {}
    place, _, thread = _text(conversation, "id", needed=True).partition(";messageid=")
    kind = _text(conversation, "conversationType")
    sender = _mapping(payload.get("from"))
    return Incoming(
        type=_text(payload, "type", needed=True),
        name=_text(payload, "name"),
        id=_text(payload, "id"),
        channel_id=_text(payload, "channelId", needed=True),
        service_url=_text(payload, "serviceUrl", needed=True),
        tenant=_text(tenant, "id") or _text(conversation, "tenantId"),
        conversation=place,
        thread=thread,
        # What is not plainly a personal chat is shared: an answer is then sent to the person alone.
        private=kind == "personal" and conversation.get("isGroup") is not True,
        user=_text(sender, "id", needed=True),
        directory_id=_text(sender, "aadObjectId"),
        bot=_text(_mapping(payload.get("recipient")), "id", needed=True),
        payload=payload,
    )


def event_of(incoming: Incoming) -> TextSent | Installed | None:
    """
    Return what the activity means to us, or None: a reaction, an edit, talk that is not to the bot.

    Raises:
        ActivityError: a message without an id, which could not be told from its repeat.
    """
    match incoming.type:
        case "message":
            return _text_sent(incoming)
        case "installationUpdate":
            return _installed(incoming) if incoming.payload.get("action") in _ADDED else None
        case "conversationUpdate":
            return _installed(incoming) if _bot_was_added(incoming) else None
        case _:
            return None


def is_text(value: object) -> TypeGuard[str]:
    """Tell whether a value is text that can be kept: JSON can carry half a letter, which nothing can encode."""
    return isinstance(value, str) and value.encode(errors="ignore").decode() == value


def event_id(*parts: str) -> str:
    """Return one short id for what the parts name together; conversation ids alone can pass 150 letters."""
    return f"teams:{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:40]}"


def _text_sent(incoming: Incoming) -> TextSent | None:
    if not incoming.id:
        raise ActivityError("a message without an id")
    mentioned = [mention for mention in _mentions(incoming) if _mentions_bot(mention, incoming.bot)]
    if not incoming.private and not mentioned:
        return None
    text = incoming.payload.get("text")
    return TextSent(
        event_id=event_id(incoming.channel_id, incoming.conversation, incoming.thread, incoming.id),
        actor=incoming.actor,
        conversation=incoming.where,
        text=_without_mentions(text if isinstance(text, str) else "", mentioned),
        reply_to=write_address(incoming.address),
    )


def _installed(incoming: Incoming) -> Installed | None:
    """Name the event by its person: Teams tells of one installation in two activities."""
    if not incoming.private:
        return None
    return Installed(
        event_id=event_id("installed", incoming.tenant, incoming.user),
        actor=incoming.actor,
        conversation=incoming.where,
        reply_to=write_address(incoming.address),
    )


def _bot_was_added(incoming: Incoming) -> bool:
    added = incoming.payload.get("membersAdded")
    members = added if isinstance(added, list) else []
    return any(isinstance(member, Mapping) and member.get("id") == incoming.bot for member in members)


def _mentions(incoming: Incoming) -> list[Mapping[str, Any]]:
    entities = incoming.payload.get("entities")
    found = entities if isinstance(entities, list) else []
    return [entity for entity in found if isinstance(entity, Mapping) and entity.get("type") == "mention"]


def _mentions_bot(mention: Mapping[str, Any], bot: str) -> bool:
    mentioned = mention.get("mentioned")
    return isinstance(mentioned, Mapping) and mentioned.get("id") == bot


def _without_mentions(text: str, mentions: list[Mapping[str, Any]]) -> str:
    """Take out the bot's name; other people's names lose their tags only."""
    for mention in mentions:
        written = mention.get("text")
        if isinstance(written, str) and written:
            text = text.replace(written, " ")
    return printable(_AT.sub("", text)).replace("\xa0", " ").strip()


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ActivityError("an object is missing")
    return value


def _text(values: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    value = values.get(name)
    if is_text(value) and (value or not needed):
        return value
    if value is None and not needed:
        return ""
    raise ActivityError(f"{name} is missing or is not text")
