"""What the imitation of Slack remembers: people, rooms, posts, and who can see which."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.clients.slack_filling import Window


@dataclass(slots=True, kw_only=True)
class Person:
    """A member of the workspace."""

    id: str
    name: str
    email: str
    team_id: str


@dataclass(slots=True, kw_only=True)
class Room:
    """A channel, or one person's conversation with the bot."""

    id: str
    name: str
    members: set[str]
    is_dm: bool = False
    is_archived: bool = False


@dataclass(slots=True, kw_only=True)
class Upload:
    """A file on its way: announced, then its bytes, then shown to somebody."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    is_shown: bool = False


@dataclass(slots=True, kw_only=True)
class Post:
    """A message on somebody's screen."""

    ts: str
    room: str
    author: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str = ""
    file: Upload | None = None
    only_for: str = ""  # a fleeting message: one person sees it
    hidden: bool = False  # a fleeting message in a thread without replies: nobody sees it
    edits: int = 0
    # What each person's client keeps in the inputs, by the person and the block's id. A block that comes back under
    # the same id shows it again, whatever it was drawn with.
    filled: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Return the buttons in reading order, each with the id of its block."""
        return [
            {"block_id": block.get("block_id", f"generated-{row}"), **element}
            for row, block in enumerate(self.blocks)
            if block["type"] == "actions"
            for element in block["elements"]
            if element["type"] == "button"
        ]

    @property
    def labels(self) -> list[str]:
        """Return what the buttons say."""
        return [button["text"]["text"] for button in self.buttons]


@dataclass(slots=True, kw_only=True)
class ResponseUrl:
    """What may be done with the address that came with a command or a press."""

    user: str
    room: str
    source: Post | None
    uses_left: int = 5


@dataclass(slots=True, kw_only=True)
class Trigger:
    """The right to open one window for somebody who has just acted."""

    user: str
    until: float  # by the event loop's clock
    is_used: bool = False


class World:
    """One workspace, with one bot in it."""

    team_id = "T0TRUST"
    app_id = "A0ASKFIRST"
    bot_user = "U0BOT"
    bot_id = "B0BOT"

    def __init__(self) -> None:
        self.url = ""  # where files are sent to
        self.uploads: dict[str, Upload] = {}
        self.trigger_life = 3.0  # seconds
        self.triggers: dict[str, Trigger] = {}
        self.windows: dict[str, Window] = {}  # by the person who has it open
        self.people: dict[str, Person] = {}
        self.rooms: dict[str, Room] = {}
        self.posts: list[Post] = []
        self.response_urls: dict[str, ResponseUrl] = {}
        self._count = itertools.count(1)
        self._stirred = asyncio.Event()

    def new_id(self, letter: str) -> str:
        """Return an id nobody has yet."""
        return f"{letter}{next(self._count):09d}"

    def new_trigger(self, user: str) -> str:
        """Return the id of a right to open a window, given to the bot with what a person did."""
        trigger = f"{next(self._count)}.{next(self._count)}.{self.team_id.lower()}"
        until = asyncio.get_running_loop().time() + self.trigger_life
        self.triggers[trigger] = Trigger(user=user, until=until)
        return trigger

    def new_ts(self) -> str:
        """Return the next moment, as Slack writes it: seconds and six digits."""
        return f"1763000000.{next(self._count):06d}"

    def add_person(self, name: str, *, email: str = "", team_id: str = "") -> Person:
        """Let somebody join."""
        person = Person(id=self.new_id("U"), name=name, email=email, team_id=team_id or self.team_id)
        self.people[person.id] = person
        return person

    def add_room(self, name: str, *people: Person, with_bot: bool = True) -> Room:
        """Make a channel."""
        members = {person.id for person in people} | ({self.bot_user} if with_bot else set())
        room = Room(id=self.new_id("C"), name=name, members=members)
        self.rooms[room.id] = room
        return room

    def dm(self, user: str) -> Room:
        """Return a person's conversation with the bot, made when first asked for."""
        members = {user, self.bot_user}
        found = next((room for room in self.rooms.values() if room.is_dm and room.members == members), None)
        if found is None:
            found = Room(id=self.new_id("D"), name="directmessage", members=members, is_dm=True)
            self.rooms[found.id] = found
        return found

    def post(self, post: Post) -> Post:
        """Put a message on the screens of those who may see it."""
        if post.only_for and post.thread_ts:
            post.hidden = not self.has_replies(post.room, post.thread_ts)
        self.posts.append(post)
        self.stir()
        return post

    def change(self, post: Post, *, text: str, blocks: list[dict[str, Any]]) -> None:
        """Put other words and blocks in a message's place."""
        post.text, post.blocks = text, blocks
        post.edits += 1
        self.stir()

    def has_replies(self, room: str, thread_ts: str) -> bool:
        """Tell whether anybody has replied in a thread for all to see."""
        return any(post.room == room and post.thread_ts == thread_ts and not post.only_for for post in self.posts)

    def visible(self, user: str, room: str) -> list[Post]:
        """Return what a person sees in a room, oldest first."""
        if user not in self.rooms[room].members:
            return []
        return [post for post in self.posts if post.room == room and not post.hidden and post.only_for in ("", user)]

    def find(self, room: str, ts: str) -> Post | None:
        """Return the message of a room that has this moment."""
        return next((post for post in self.posts if post.room == room and post.ts == ts), None)

    def stir(self) -> None:
        """Wake everybody who waits for a change."""
        stirred, self._stirred = self._stirred, asyncio.Event()
        stirred.set()

    async def next_change(self) -> None:
        """Wait until something changes on any screen."""
        await self._stirred.wait()
