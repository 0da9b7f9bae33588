"""The Web API methods the bot may call, as strict as Slack's."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from tests.clients.slack_filling import Window
from tests.clients.slack_world import Post, Upload, World
from tests.contracts.block_kit import payload_faults
from tests.contracts.block_kit_views import view_faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.clients.slack_world import Room

Answer = dict[str, Any]
NEEDS = {
    "auth.test": "",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "users.info": "users:read",
    "users.lookupByEmail": "users:read.email",
    "views.open": "",
}


class Refusal(Exception):  # noqa: N818 - Slack's word for it is an error, ours is not
    """Slack says no; the text is its error name."""


class Methods:
    """Answers calls; a refusal is `{"ok": false, "error": …}`, as Slack says it."""

    def __init__(self, world: World, scopes: frozenset[str], on_own_post: Callable[[Post, bool], None]) -> None:
        self._world = world
        self._scopes = scopes
        self._on_own_post = on_own_post  # the post, and whether it is new
        self._marks: set[tuple[str, str]] = set()

    def answer(self, method: str, arguments: dict[str, Any]) -> Answer:
        """Answer one call of a method with its arguments."""
        if method not in NEEDS:
            return {"ok": False, "error": "unknown_method"}
        if NEEDS[method] and NEEDS[method] not in self._scopes:
            provided = ",".join(sorted(self._scopes))
            return {"ok": False, "error": "missing_scope", "needed": NEEDS[method], "provided": provided}
        handle: Callable[[dict[str, Any]], Answer] = getattr(self, "_" + method.replace(".", "_").lower())
        try:
            return {"ok": True, **handle(arguments)}
        except Refusal as refusal:
            return {"ok": False, "error": str(refusal)}

    def _auth_test(self, _arguments: dict[str, Any]) -> Answer:
        world = self._world
        return {"team_id": world.team_id, "user_id": world.bot_user, "bot_id": world.bot_id, "team": "Trust"}

    def _users_info(self, arguments: dict[str, Any]) -> Answer:
        person = self._world.people.get(str(arguments.get("user")))
        if person is None:
            raise Refusal("user_not_found")
        profile = {"real_name": person.name}
        if "users:read.email" in self._scopes:
            profile["email"] = person.email
        return {"user": {"id": person.id, "team_id": person.team_id, "name": person.name, "profile": profile}}

    def _users_lookupbyemail(self, arguments: dict[str, Any]) -> Answer:
        found = [one for one in self._world.people.values() if one.email == arguments.get("email")]
        if not found:
            raise Refusal("users_not_found")
        return {"user": {"id": found[0].id, "team_id": found[0].team_id, "name": found[0].name}}

    def _conversations_open(self, arguments: dict[str, Any]) -> Answer:
        user = str(arguments.get("users"))
        if user not in self._world.people:
            raise Refusal("user_not_found")
        return {"channel": {"id": self._world.dm(user).id}}

    def _chat_postmessage(self, arguments: dict[str, Any]) -> Answer:
        room = self._room(arguments, by_user=True)
        post = self._written(room, arguments)
        self._refuse_repeat(room, str(arguments.get("client_msg_id") or ""))
        self._world.post(post)
        self._on_own_post(post, True)
        return {"channel": room.id, "ts": post.ts, "message": {"text": post.text, "blocks": post.blocks}}

    def _chat_postephemeral(self, arguments: dict[str, Any]) -> Answer:
        room = self._room(arguments)
        user = str(arguments.get("user"))
        if user not in room.members:
            raise Refusal("user_not_in_channel")
        post = self._written(room, arguments)
        post.only_for = user
        self._world.post(post)
        return {"message_ts": post.ts}

    def _chat_update(self, arguments: dict[str, Any]) -> Answer:
        room = self._room(arguments)
        post = self._world.find(room.id, str(arguments.get("ts")))
        if post is None or post.only_for:
            raise Refusal("message_not_found")
        if post.author != self._world.bot_user:
            raise Refusal("cant_update_message")
        check_payload(arguments)
        self._world.change(post, text=arguments.get("text", ""), blocks=arguments.get("blocks") or [])
        self._on_own_post(post, False)
        return {"channel": room.id, "ts": post.ts, "text": post.text}

    def _views_open(self, arguments: dict[str, Any]) -> Answer:
        trigger = self._world.triggers.get(str(arguments.get("trigger_id")))
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.is_used:
            raise Refusal("exchanged_trigger_id")
        if trigger.until < asyncio.get_running_loop().time():
            raise Refusal("expired_trigger_id")
        if view_faults(arguments.get("view")):
            raise Refusal("invalid_arguments")
        trigger.is_used = True
        window = Window(id=self._world.new_id("V"), view=arguments["view"])
        self._world.windows[trigger.user] = window
        self._world.stir()
        return {"view": {"id": window.id, **window.view}}

    def _files_getuploadurlexternal(self, arguments: dict[str, Any]) -> Answer:
        name, length = str(arguments.get("filename", "")), str(arguments.get("length", ""))
        if not name or not length.isdecimal() or length == "0":
            raise Refusal("invalid_arguments")
        upload = Upload(id=self._world.new_id("F"), name=name, length=int(length))
        self._world.uploads[upload.id] = upload
        return {"upload_url": f"{self._world.url}/upload/v1/{upload.id}", "file_id": upload.id}

    def _files_completeuploadexternal(self, arguments: dict[str, Any]) -> Answer:
        room = self._room({"channel": arguments.get("channel_id")})
        given = json.loads(str(arguments.get("files", "")))
        uploads = [self._world.uploads.get(str(one.get("id"))) for one in given]
        if not uploads or any(one is None or one.content is None or one.is_shown for one in uploads):
            raise Refusal("file_not_found")
        for upload in filter(None, uploads):
            upload.is_shown = True
            post = Post(ts=self._world.new_ts(), room=room.id, author=self._world.bot_user, text="", file=upload)
            post.thread_ts = str(arguments.get("thread_ts") or "")
            self._world.post(post)
            self._on_own_post(post, True)
        return {"files": [{"id": one["id"], "title": one.get("title", "")} for one in given]}

    def _refuse_repeat(self, room: Room, mark: str) -> None:
        if mark and (room.id, mark) in self._marks:
            raise Refusal("duplicate_client_msg_id")
        self._marks.add((room.id, mark))

    def _room(self, arguments: dict[str, Any], *, by_user: bool = False) -> Room:
        wanted = str(arguments.get("channel"))
        if by_user and wanted in self._world.people:
            return self._world.dm(wanted)
        room = self._world.rooms.get(wanted)
        if room is None:
            raise Refusal("channel_not_found")
        if self._world.bot_user not in room.members:
            raise Refusal("channel_not_found" if room.is_dm else "not_in_channel")
        if room.is_archived:
            raise Refusal("is_archived")
        return room

    def _written(self, room: Room, arguments: dict[str, Any]) -> Post:
        check_payload(arguments)
        thread = str(arguments.get("thread_ts") or "")
        if thread and self._world.find(room.id, thread) is None:
            raise Refusal("thread_not_found")
        return Post(
            ts=self._world.new_ts(),
            room=room.id,
            author=self._world.bot_user,
            text=arguments.get("text", ""),
            blocks=arguments.get("blocks") or [],
            thread_ts=thread,
        )


def check_payload(payload: dict[str, Any]) -> None:
    """
    Refuse what Slack's Block Kit check would.

    Raises:
        Refusal: with Slack's error name.

    """
    faults = payload_faults(payload)
    if faults:
        raise Refusal(faults[0].partition(":")[0])
