"""From Slack's payloads to what people do; whatever is not for us becomes None."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.channels.slack.address import Address, Place, read_block_mark
from bot.channels.slack.fields import filled_in
from bot.channels.slack.plain_words import plain_words
from bot.channels.slack.window import read_notes
from handlers.inbound import Actor, ButtonPressed, Conversation, Installed, TextSent
from policy_kb.bot_words import Action
from policy_kb.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping

# A person's own words: plain, beside a file, or copied from a thread to the conversation.
TYPED_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})


def teams_of(body: Mapping[str, Any]) -> frozenset[str]:
    """Return every workspace that a payload names: where it happened, and where the person is from."""
    paths = (
        ("team_id",),
        ("team", "id"),
        ("user", "team_id"),
        ("event", "team"),
        ("event", "user_team"),
        ("event", "source_team"),
    )
    return frozenset(team for path in paths if (team := _at(body, *path)))


def dm_text(body: Mapping[str, Any], *, me: str) -> TextSent | None:
    """Return what a person typed to the bot alone; None for the bot's own messages, edits and notices."""
    if _at(body, "event", "channel_type") != "im" or _at(body, "event", "subtype") not in TYPED_SUBTYPES:
        return None
    if _at(body, "event", "bot_id"):
        return None
    thread = _at(body, "event", "thread_ts")
    return _text_sent(body, me, Place.DM, thread=thread, live_thread=thread)


def mention(body: Mapping[str, Any], *, me: str) -> TextSent | None:
    """Return what a person asked the bot in front of others; the thread starts at the question."""
    if _at(body, "event", "bot_id"):
        return None
    live = _at(body, "event", "thread_ts")
    return _text_sent(body, me, Place.SHARED, thread=live or _at(body, "event", "ts"), live_thread=live)


def command(body: Mapping[str, Any]) -> TextSent | None:
    """Return what a person typed after the slash command, which may be nothing."""
    address = Address(
        place=Place.ASIDE,
        channel=_at(body, "channel_id"),
        user=_at(body, "user_id"),
        response_url=_at(body, "response_url"),
    )
    event_id, team = _at(body, "trigger_id"), _at(body, "team_id")
    if not (event_id and team and address.channel and address.user):
        return None
    return TextSent(
        event_id=event_id,
        actor=_actor(team, address),
        conversation=_conversation(team, address),
        text=plain_words(_at(body, "text")),
        reply_to=address.to_text(),
    )


def met(body: Mapping[str, Any]) -> Installed | None:
    """
    Return that a person opened their conversation with the bot.

    Its id is the same each time, so that the inbox lets the first one through alone.
    """
    address = Address(place=Place.DM, channel=_at(body, "event", "channel"), user=_at(body, "event", "user"))
    team = _at(body, "team_id")
    if _at(body, "event", "tab") != "messages" or not (team and address.channel and address.user):
        return None
    return Installed(
        event_id=f"met:{team}:{address.user}",
        actor=_actor(team, address),
        conversation=_conversation(team, address),
        reply_to=address.to_text(),
    )


def is_filling_in(body: Mapping[str, Any]) -> bool:
    """Tell whether somebody only filled in a field: nothing is to be done before they press a button."""
    return _at(_first_action(body), "type") not in ("", "button")


def press_address(body: Mapping[str, Any]) -> Address | None:
    """Return where an answer to a pressed button goes; None if it was not on a message."""
    channel, user = _at(body, "container", "channel_id"), _at(body, "user", "id")
    pressed = _at(body, "container", "message_ts")
    if not (channel and user and pressed):
        return None
    live = _at(body, "container", "thread_ts") or _at(body, "message", "thread_ts")
    place, thread = read_block_mark(_at(_first_action(body), "block_id")) or (Place.SHARED, live)
    if channel.startswith("D") and place is Place.SHARED:
        place, thread = Place.DM, live
    return Address(
        place=place,
        channel=channel,
        user=user,
        thread=thread,
        live_thread=live,
        pressed=pressed,
        fleeting=bool(body["container"].get("is_ephemeral")),
        response_url=_at(body, "response_url"),
        trigger=_at(body, "trigger_id"),
    )


def press(body: Mapping[str, Any], address: Address) -> ButtonPressed | None:
    """Return which button was pressed; None for an action we do not know."""
    pressed = _first_action(body)
    name = _at(pressed, "action_id").rpartition(":")[0]
    action = next((known for known in Action if known == name), None)
    team, trigger = _at(body, "team", "id") or _at(body, "user", "team_id"), _at(body, "trigger_id")
    if not (action and team and trigger):
        return None
    return ButtonPressed(
        event_id=f"{trigger}:{_at(pressed, 'action_ts')}",
        actor=_actor(team, address),
        conversation=_conversation(team, address),
        action=action,
        about=_at(pressed, "value"),
        values=filled_in(_thing_at(body, "state", "values"), _thing_at(body, "message", "blocks")),
        reply_to=address.to_text(),
    )


def submitted(body: Mapping[str, Any]) -> ButtonPressed | None:
    """
    Return that somebody sent a window of ours, as the press of its one button; None for any other window.

    The answers go where the window was opened from.
    """
    action = next((known for known in Action if known == _at(body, "view", "callback_id")), None)
    team, user = _at(body, "team", "id") or _at(body, "user", "team_id"), _at(body, "user", "id")
    trigger = _at(body, "trigger_id")
    try:
        about, opened_at = read_notes(_at(body, "view", "private_metadata"))
    except ValueError:
        return None
    if not (action and team and trigger and user == opened_at.user):
        return None
    address = replace(opened_at, trigger=trigger)
    return ButtonPressed(
        event_id=f"{trigger}:{_at(body, 'view', 'id')}",
        actor=_actor(team, address),
        conversation=_conversation(team, address),
        action=action,
        about=about,
        values=filled_in(_thing_at(body, "view", "state", "values"), _thing_at(body, "view", "blocks")),
        reply_to=address.to_text(),
    )


def first_input(body: Mapping[str, Any]) -> str:
    """Return the block id of a window's first field, the only kind of place that can show an error; "" without."""
    blocks = _thing_at(body, "view", "blocks")
    inputs = (block for block in (blocks if isinstance(blocks, list) else []) if _at(block, "type") == "input")
    return next((_at(block, "block_id") for block in inputs), "")


def _text_sent(body: Mapping[str, Any], me: str, place: Place, *, thread: str, live_thread: str) -> TextSent | None:
    address = Address(
        place=place,
        channel=_at(body, "event", "channel"),
        user=_at(body, "event", "user"),
        thread=thread,
        live_thread=live_thread,
    )
    event_id, team = _at(body, "event_id"), _at(body, "team_id")
    if not (event_id and team and address.channel and address.user) or address.user in (me, "USLACKBOT"):
        return None
    return TextSent(
        event_id=event_id,
        actor=_actor(team, address),
        conversation=_conversation(team, address),
        text=plain_words(_at(body, "event", "text"), me=me),
        reply_to=address.to_text(),
    )


def _actor(team: str, address: Address) -> Actor:
    return Actor(channel=Channel.SLACK, tenant=team, user=address.user)


def _conversation(team: str, address: Address) -> Conversation:
    # Two people may use the command in one channel: each has their own talk with the bot there.
    aside = f"/{address.user}" if address.place is Place.ASIDE else ""
    return Conversation(
        channel=Channel.SLACK,
        tenant=team,
        id=address.channel + aside,
        thread=address.thread,
        private=address.place is not Place.SHARED,
        lasting=not aside,
    )


def _first_action(body: Mapping[str, Any]) -> Mapping[str, Any]:
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else {}
    return first if isinstance(first, dict) else {}


def _at(body: Mapping[str, Any], *path: str) -> str:
    """Return the text at a path, or "" where the payload has none."""
    here = _thing_at(body, *path)
    return here if isinstance(here, str) else ""


def _thing_at(body: Mapping[str, Any], *path: str) -> object:
    here: Any = body
    for name in path:
        here = here.get(name) if isinstance(here, dict) else None
    return here
