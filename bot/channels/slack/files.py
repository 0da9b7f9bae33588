"""A file, put into a person's own conversation: Slack gives an address, takes the bytes there, and shows the file."""

from __future__ import annotations

import json
import logging
from collections import deque
from typing import TYPE_CHECKING

from bot.channels.slack.address import Place
from bot.channels.slack.web_api import Outcome, Refused, Took
from handlers.message import without_file

if TYPE_CHECKING:
    from bot.channels.slack.address import Address
    from bot.channels.slack.web_api import WebApi
    from handlers.message import Attachment, Message

NOT_TAKEN = "Slack has not taken the file. Press the button again in a minute."
NOT_IN_PUBLIC = "I give files only in our own conversation: press the button there."
REMEMBERED = 200  # files; the message after one may be tried again for a while

log = logging.getLogger(__name__)


class Files:
    """Gives the files of messages to the people they are for, each once."""

    def __init__(self, api: WebApi) -> None:
        self._api = api
        self._given: deque[str] = deque(maxlen=REMEMBERED)

    async def give(self, to: Address, message: Message, *, key: str) -> Message:
        """Show the file of a message before it, and return the message; it says what to do where that fails."""
        if message.attachment is None or key in self._given:
            return message
        if to.place is not Place.DM:
            return without_file(message, NOT_IN_PUBLIC)
        outcome = await self._show(to, message.attachment)
        if not isinstance(outcome, Took):
            # It is said at once and not tried again: somebody is waiting, and can press again.
            log.warning("Slack took no file; the message says so.", extra={"why": outcome.why})
            return without_file(message, NOT_TAKEN)
        self._given.append(key)
        return message

    async def _show(self, to: Address, file: Attachment) -> Outcome:
        length = str(len(file.content))
        opened = await self._api.ask("files.getUploadURLExternal", filename=file.name, length=length)
        if not isinstance(opened, Took):
            return opened
        file_id, url = opened.data.get("file_id"), opened.data.get("upload_url")
        if not (isinstance(file_id, str) and isinstance(url, str)):
            return Refused(why="no_upload_url")
        sent = await self._api.put(url, file.content)
        if not isinstance(sent, Took):
            return sent
        thread = {"thread_ts": to.thread} if to.thread else {}
        shown = json.dumps([{"id": file_id, "title": file.name}])
        return await self._api.ask("files.completeUploadExternal", files=shown, channel_id=to.channel, **thread)
