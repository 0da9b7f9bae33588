"""Where an answer goes: kept as JSON in `reply_to`, and in short on the buttons of an answer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class Place(StrEnum):
    """How private the place is in which somebody spoke to the bot."""

    DM = "dm"  # the person's own conversation with the bot
    SHARED = "shared"  # a channel, after a mention: others read it
    ASIDE = "aside"  # a slash command: it may be typed anywhere, and only its author sees the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Everything `send` needs to answer somebody, now or after a restart."""

    place: Place
    channel: str
    user: str
    thread: str = ""  # where everybody's replies go; it may be a message that nobody has replied to yet
    live_thread: str = ""  # a thread with replies in it: the only kind in which Slack shows a fleeting message
    pressed: str = ""  # the message whose button was pressed
    fleeting: bool = False  # that message was shown to this person alone
    response_url: str = field(default="", repr=False)  # good for 30 minutes; whoever holds it may post
    trigger: str = field(default="", repr=False)  # of a press: good for 3 seconds and one window

    def to_text(self) -> str:
        """Return the address as the text that goes into `reply_to`."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Address:
        """
        Read an address back.

        Raises:
            ValueError: this text was not made by `to_text`.

        """
        try:
            fields = json.loads(text)
            return cls(**{**fields, "place": Place(fields["place"])})
        except (KeyError, TypeError) as problem:
            raise ValueError("The text is not an address of ours.") from problem


def block_mark(place: Place, thread: str, row: int) -> str:
    """Return the block id of a row of buttons; it tells which conversation a press belongs to."""
    return f"{place}:{thread}:{row}"


def read_block_mark(block_id: str) -> tuple[Place, str] | None:
    """Return the place and the thread a row of buttons was made for, or None if it is not one of ours."""
    place, _, rest = block_id.partition(":")
    thread, _, row = rest.partition(":")
    ours = next((known for known in Place if known == place), None)
    return (ours, thread) if ours and row.isdigit() else None
