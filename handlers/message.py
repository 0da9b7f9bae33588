"""What we say, before any platform: plain text in blocks, buttons that come back, a plain-text twin."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, assert_never

if TYPE_CHECKING:
    from policy_kb.bot_words import Action


MOST_READ_OUT = 12  # options; nobody listens to a longer list


class Tone(StrEnum):
    """How a message should strike the eye; never the only carrier of its meaning."""

    PLAIN = "plain"
    YES = "yes"
    CARE = "care"
    ASK = "ask"
    NO = "no"
    URGENT = "urgent"


class Audience(StrEnum):
    """Who may read a message sent in answer to something said in a shared conversation."""

    ACTOR = "actor"  # the person who acted, alone
    EVERYONE = "everyone"  # all who read that conversation


class ButtonStyle(StrEnum):
    """How much a button stands out."""

    MAIN = "main"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What must be read first: a short title and one line for each thing to do."""

    title: str
    lines: tuple[str, ...]
    in_order: bool = False  # what to do first stands first, so the lines are numbered

    def marked(self, mark: str) -> tuple[str, ...]:
        """Return the lines with a mark before each, or with their numbers."""
        return tuple(f"{f'{place}.' if self.in_order else mark} {line}" for place, line in enumerate(self.lines, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseQuote:
    """A clause: its number, our short heading and its words."""

    number: str
    heading: str
    words: str
    official: bool  # the trust's own words; otherwise our plain English, and so labelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One labelled fact: 'Who decides', 'Headteacher/Principal'."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labelled facts, in reading order."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Small print: a defect of the policy, the edition quoted, what is kept."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something to open in a browser: a page of this bot, never an address that anybody typed."""

    label: str
    address: str


Block: TypeAlias = Paragraph | Alert | ClauseQuote | Facts | Note | Link


STAYS = "|stays"
"""At the end of what a button is about: its message tells of more, and stays where it is once this is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button; pressed, it comes back as a ButtonPressed with the same action and subject."""

    label: str  # at most 40 characters
    action: Action
    about: str  # at most 150 characters
    style: ButtonStyle = ButtonStyle.QUIET


class InputKind(StrEnum):
    """The control a field is filled in with."""

    LINE = "line"
    LONG = "long"  # several lines
    DATE = "date"  # comes back as 2026-11-24
    ONE = "one"  # one of the options
    MANY = "many"  # any of the options


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be chosen; `value` comes back."""

    value: str  # at most 75 characters
    label: str  # at most 75 characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something to fill in; it comes back under its name with every button pressed on the message."""

    name: str  # letters, digits and _; different for each field of a message
    label: str
    kind: InputKind
    options: tuple[Option, ...] = ()  # at most 100
    filled: tuple[str, ...] = ()  # what stands there already
    hint: str = ""
    needed: bool = False  # said beside the label; whoever takes the press checks it


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message."""

    name: str  # R-12.pdf: letters, digits, hyphens and one full stop
    content: bytes = field(repr=False)
    otherwise: str  # how to get it where the platform takes no file from us


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Everything said at once, in one card or one chat message."""

    title: str  # the verdict line; complete by itself in a notification
    tone: Tone = Tone.PLAIN
    blocks: tuple[Block, ...] = ()
    fields: tuple[Field, ...] = ()  # between the blocks and the buttons
    buttons: tuple[Button, ...] = ()
    dialog: bool = False  # many fields and one button: a window of its own where the platform has one
    replaces: bool = False  # it takes the place of the message whose button was pressed, or of the card it names
    card: str = ""  # the name of a card that is shown to several people and locks for all: 12:head
    audience: Audience = Audience.ACTOR
    attachment: Attachment | None = None  # between the fields and the buttons
    urgent: Alert | None = field(default=None)  # the escalation block: above everything, the title too


def plain_text(message: Message) -> str:
    """Return the whole message as text, for screen readers, notifications, shells and e-mail."""
    parts = [_block_text(message.urgent)] if message.urgent else []
    parts += [message.title, *(_block_text(block) for block in message.blocks)]
    parts += [_field_text(field) for field in message.fields]
    parts += [f"File: {message.attachment.name}"] if message.attachment else []
    return "\n\n".join(part for part in parts if part)


def without_file(message: Message, why: str) -> Message:
    """Return a message that says why its file is not there and how to get it, for a platform that takes none."""
    if message.attachment is None:
        return message
    said = Paragraph(text=f"{why} {message.attachment.otherwise}")
    return replace(message, blocks=(*message.blocks, said), attachment=None)


def _field_text(one: Field) -> str:
    labels = {option.value: option.label for option in one.options}
    filled = ", ".join(labels.get(value, value) for value in one.filled)
    listed = tuple(f"- {text}" for text in labels.values())
    if len(listed) > MOST_READ_OUT:
        listed = (f"To choose from: {len(listed)}",)
    parts = (f"{one.label}: {filled}" if filled else one.label, one.hint, *listed)
    return "\n".join(part for part in parts if part)


def _block_text(block: Block) -> str:
    match block:
        case Paragraph(text=text) | Note(text=text):
            return text
        case Alert(title=title):
            return "\n".join((title, *block.marked("-")))
        case ClauseQuote(number=number, heading=heading, words=words, official=official):
            whose = "" if official else " (our plain words)"
            return f"{number} {heading}{whose}: {words}"
        case Facts(rows=rows):
            return "\n".join(f"{row.label}: {row.value}" for row in rows)
        case Link(label=label, address=address):
            return f"{label}: {address}"
        case _:
            assert_never(block)
