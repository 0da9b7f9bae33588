"""Somebody who fills in a form in a chat, through real turns: what they type and press, what they read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handlers.inbound import ButtonPressed
from handlers.message import plain_text
from handlers.turn import Named
from policy_kb.words import Channel
from tests.builders import a_conversation, a_new_event_id, a_text, an_actor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.inbound import Actor, Conversation
    from handlers.message import Button, Field, Message
    from policy_kb.bot_words import Action
    from tests.stage import Talk

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PRIYA = "priya.sample@elm-academy.example"


@dataclass
class Filler:
    """One person in one chat."""

    talk: Talk
    email: str = PRIYA
    channel: Channel = Channel.SLACK
    private: bool = True
    read: list[Message] = field(default_factory=list)  # what was said last

    @property
    def actor(self) -> Actor:
        return an_actor(f"U-{self.email}", channel=self.channel)

    @property
    def place(self) -> Conversation:
        return a_conversation(f"D-{self.email}-{self.private}", channel=self.channel, private=self.private)

    @property
    def last(self) -> Message:
        return self.read[-1]

    @property
    def text(self) -> str:
        """Everything said last, as plain text."""
        return "\n\n".join(plain_text(message) for message in self.read)

    def say(self, *texts: str) -> Message:
        """Type one thing after another, and return the last message of the last reply."""
        for text in texts:
            event = a_text(text, actor=self.actor, conversation=self.place)
            self.read = list(self.talk.take(event, Named(email=self.email)))
        return self.last

    def press(self, label: str, **values: tuple[str, ...]) -> Message:
        """Press the one button of the last message whose label begins like this."""
        found = self.button(label)
        return self.send(found.action, found.about, values)

    def send(self, action: Action, about: str, values: Mapping[str, tuple[str, ...]] | None = None) -> Message:
        """Press a button that says this, whether or not it was ever shown."""
        event = ButtonPressed(
            event_id=a_new_event_id(),
            actor=self.actor,
            conversation=self.place,
            action=action,
            about=about,
            values=values or {},
        )
        self.read = list(self.talk.take(event, Named(email=self.email)))
        return self.last

    def button(self, label: str) -> Button:
        (found,) = (one for one in self.last.buttons if one.label.startswith(label))
        return found

    def labels(self) -> list[str]:
        return [one.label for one in self.last.buttons]

    def field(self) -> Field:
        (found,) = self.last.fields
        return found


# What Priya answers to every question after her own details, in order, up to the review.
ANSWERS = (
    "Share match results with families, so that more of them come to our games.",
    "More families at matches and at open evenings.",
    "Results, photos of displays and the dates of matches.",
    "families",
    "staff",
    "Daniel and Priya",
    "Priya, Callum and Aisha",
    "third party",
    "Instagram",
    "start of next term",
    "in a year",
    "no",
    "A private account; comments are held until one of us has read them.",
    "read only",
    "skip",
    "We tell our followers, save what matters and remove the page.",
    "skip",
    "skip",
    "skip",
    "Whoever sees it first hides the comment and tells the other two.",
    "yes",
    "no",
)


def begin(filler: Filler, *, up_to: int = 0) -> Message:
    """Start the form for a site, give the details of the team, and the first so many of the other answers."""
    filler.say("site form")
    for label in ("PE", "Priya", "Aisha"):
        filler.press(label)
    return filler.say(*ANSWERS[:up_to]) if up_to else filler.last


def fill_in(filler: Filler) -> Message:
    """Answer every question, and return the review."""
    return begin(filler, up_to=len(ANSWERS))
