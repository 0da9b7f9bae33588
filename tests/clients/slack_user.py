"""A person in front of Slack: can do what a client lets them do, and no more."""

from __future__ import annotations

import asyncio
import html
from typing import TYPE_CHECKING, Any

from tests.clients.slack_delivery import Delivery, Kind
from tests.clients.slack_filling import ClientRefuses, Window, fill, state_of, unfilled
from tests.clients.slack_world import Person, Post, ResponseUrl, Room

if TYPE_CHECKING:
    from tests.clients.slack_peer import SlackPeer


class User:
    """Types, mentions, runs commands, presses buttons, and reads the screen."""

    def __init__(self, peer: SlackPeer, person: Person) -> None:
        self._peer = peer
        self._world = peer.world
        self._read: set[tuple[str, int]] = set()
        self.person = person

    async def says(self, text: str, *, thread: str = "") -> Delivery:
        """Type to the bot alone, at the top or in a thread."""
        room = self._world.dm(self.person.id)
        post = self._type(room, text, thread)
        return await self._peer.deliver_event("message.im", self._message(post, "message") | {"channel_type": "im"})

    async def mentions(self, text: str, *, room: Room, thread: str = "") -> Delivery:
        """Ask the bot in a channel where others read along."""
        if self._world.bot_user not in room.members:
            raise ClientRefuses("The bot is not in this channel; Slack offers to invite it.")
        post = self._type(room, text, thread, before=f"<@{self._world.bot_user}> ")
        return await self._peer.deliver_event("app_mention", self._message(post, "app_mention"))

    async def runs(self, text: str = "", *, room: Room | None = None, command: str = "/policy") -> Delivery:
        """Run the slash command in a channel or, without one, beside the bot's own conversation."""
        place = room or self._world.dm(self.person.id)
        self._must_be_in(place)
        if command not in self._peer.commands:
            raise ClientRefuses(f"{command} is not a valid command.")
        payload = {
            "token": "unused",
            "team_id": self.person.team_id,
            "channel_id": place.id,
            "channel_name": place.name,
            "user_id": self.person.id,
            "user_name": self.person.name,
            "command": command,
            "text": html.escape(text, quote=False),
            "api_app_id": self._world.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(place, None),
            "trigger_id": self._world.new_trigger(self.person.id),
        }
        delivery = await self._peer.deliver(Kind.COMMAND, payload)
        if delivery.acknowledged and delivery.answer.get("text"):
            self._shown(place, delivery.answer["text"])
        return delivery

    async def opens_messages(self, *, tab: str = "messages") -> Delivery:
        """Open the bot's conversation."""
        event = {
            "type": "app_home_opened",
            "user": self.person.id,
            "channel": self._world.dm(self.person.id).id,
            "tab": tab,
            "event_ts": self._world.new_ts(),
        }
        return await self._peer.deliver_event("app_home_opened", event, team_id=self.person.team_id)

    async def presses(self, label: str, *, on: Post | None = None, room: Room | None = None) -> Delivery:
        """Press a button that is on this person's screen now."""
        post = on or self._latest_with(label, room)
        if post not in self._world.visible(self.person.id, post.room):
            raise ClientRefuses("That message is not on this person's screen.")
        button = next((button for button in post.buttons if button["text"]["text"] == label), None)
        if button is None:
            raise ClientRefuses(f"There is no button '{label}' on that message now.")
        return await self._peer.deliver(Kind.INTERACTION, self.press_payload(post, button))

    def fills_in(self, label: str, *values: str, on: Post | None = None) -> None:
        """Fill in what has this label in the latest post, or empty it; the bot is told only with the next press."""
        post = on or self.sees()[-1]
        fill(post.blocks, post.filled.setdefault(self.person.id, {}), label, *values)

    @property
    def has_window(self) -> bool:
        """Tell whether a window is open on this person's screen."""
        return self.person.id in self._world.windows

    @property
    def window(self) -> Window:
        """Return the window that is open on this person's screen."""
        if not self.has_window:
            raise ClientRefuses("No window is open.")
        return self._world.windows[self.person.id]

    def fills_in_window(self, label: str, *values: str) -> None:
        """Fill in what has this label in the open window, or empty it."""
        fill(self.window.view["blocks"], self.window.filled, label, *values)

    async def sends_window(self) -> Delivery:
        """Press the window's own button; the window closes unless the bot finds fault with it, or fails."""
        window = self.window
        missing = unfilled(window.view["blocks"], window.filled)
        if missing:
            raise ClientRefuses(f"The client wants these filled in first: {missing}.")
        delivery = await self._peer.deliver(Kind.INTERACTION, self.submission_payload(window))
        if delivery.acknowledged and delivery.answer.get("response_action") == "errors":
            window.errors = delivery.answer["errors"]
        elif delivery.acknowledged:
            del self._world.windows[self.person.id]
        return delivery

    def submission_payload(self, window: Window) -> dict[str, Any]:
        """Return what Slack sends when a window's own button is pressed."""
        view = {"id": window.id, "team_id": self.person.team_id, "hash": window.id, **window.view}
        return {
            "type": "view_submission",
            "team": {"id": self.person.team_id, "domain": "trust"},
            "user": {"id": self.person.id, "name": self.person.name, "team_id": self.person.team_id},
            "api_app_id": self._world.app_id,
            "token": "unused",
            "trigger_id": self._world.new_trigger(self.person.id),
            "view": {**view, "state": state_of(window.view["blocks"], window.filled)},
            "response_urls": [],
            "is_enterprise_install": False,
            "enterprise": None,
        }

    def press_payload(self, post: Post, button: dict[str, Any]) -> dict[str, Any]:
        """Return what Slack sends when a button is pressed."""
        thread = {"thread_ts": post.thread_ts} if post.thread_ts else {}
        fleeting = bool(post.only_for)
        container = {
            "type": "message",
            "message_ts": post.ts,
            "channel_id": post.room,
            "is_ephemeral": fleeting,
            **thread,
        }
        whole = {"ts": post.ts, "user": post.author, "text": post.text, "blocks": post.blocks, **thread}
        return {
            "type": "block_actions",
            "user": {"id": self.person.id, "name": self.person.name, "team_id": self.person.team_id},
            "api_app_id": self._world.app_id,
            "container": container,
            "trigger_id": self._world.new_trigger(self.person.id),
            "team": {"id": self.person.team_id, "domain": "trust"},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": post.room, "name": self._world.rooms[post.room].name},
            **({} if fleeting else {"message": whole}),
            "state": state_of(post.blocks, post.filled.get(self.person.id, {})),
            "response_url": self._response_url(self._world.rooms[post.room], post),
            "actions": [{**button, "action_ts": self._world.new_ts()}],
        }

    def sees(self, room: Room | None = None) -> list[Post]:
        """Return what the bot has put on this person's screen: in a room, or in its own conversation."""
        place = room or self._world.dm(self.person.id)
        return [post for post in self._world.visible(self.person.id, place.id) if post.author == self._world.bot_user]

    async def reads(self, room: Room | None = None, *, within: float = 5) -> Post:
        """Wait for the next post of the bot, or the next change to one, that was not read before."""
        async with asyncio.timeout(within):
            while True:
                for post in self.sees(room):
                    if (post.ts, post.edits) not in self._read:
                        self._read.add((post.ts, post.edits))
                        return post
                await self._world.next_change()

    def _type(self, room: Room, text: str, thread: str, *, before: str = "") -> Post:
        self._must_be_in(room)
        if not (before + text).strip():
            raise ClientRefuses("A client sends no empty message.")
        if thread and self._world.find(room.id, thread) is None:
            raise ClientRefuses("There is no such thread.")
        return self._world.post(
            Post(
                ts=self._world.new_ts(),
                room=room.id,
                author=self.person.id,
                text=before + html.escape(text, quote=False),
                thread_ts=thread,
            )
        )

    def _message(self, post: Post, kind: str) -> dict[str, Any]:
        thread = {"thread_ts": post.thread_ts} if post.thread_ts else {}
        return {
            "type": kind,
            "user": self.person.id,
            "text": post.text,
            "ts": post.ts,
            "team": self.person.team_id,
            "channel": post.room,
            "event_ts": post.ts,
            **thread,
        }

    def _latest_with(self, label: str, room: Room | None) -> Post:
        for post in reversed(self.sees(room)):
            if label in post.labels:
                return post
        raise ClientRefuses(f"There is no button '{label}' on the screen.")

    def _must_be_in(self, room: Room) -> None:
        if self.person.id not in room.members:
            raise ClientRefuses("This person is not in that channel.")

    def _response_url(self, room: Room, source: Post | None) -> str:
        token = self._world.new_id("r")
        self._world.response_urls[token] = ResponseUrl(user=self.person.id, room=room.id, source=source)
        return f"{self._peer.url}/response/{token}"

    def _shown(self, room: Room, text: str) -> None:
        self._world.post(
            Post(
                ts=self._world.new_ts(),
                room=room.id,
                author=self._world.bot_user,
                text=text,
                only_for=self.person.id,
            )
        )
