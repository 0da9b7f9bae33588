"""Speaking in Teams: who may read a message decides where it goes, and every outcome becomes a SendResult."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.channels.base import GivenUp, Sent, TryAgain
from bot.channels.teams.address import Address, Home, sign_home, write_address
from bot.channels.teams.login import LoginError
from bot.channels.teams.render import render, summary
from bot.channels.teams.transport import RefusedError, Transport
from handlers.message import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.base import SendResult
    from bot.secret import Secret
    from handlers.message import Message

PRIVATELY = "I have answered you privately."
CANNOT_REACH = (
    "I can only answer that privately, and I cannot reach you. Add Ask First from Apps, then ask me in our own chat."
)
_LATER = frozenset({401, 408, 412, 429})  # and every 5xx
_NOT_REACHABLE = frozenset({403, 404})
_GONE = 404
_REMEMBERED = 2000

_log = logging.getLogger(__name__)


class Once:
    """Remembers the last two thousand keys, so that a repeat shortly after is not said twice."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()

    def first(self, key: str) -> bool:
        """Tell whether this key is new, and remember it."""
        if key in self._seen:
            return False
        self._seen[key] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return True


class Speaker:
    """Sends messages and short texts to addresses."""

    def __init__(self, transport: Transport, secret: Secret) -> None:
        self._transport = transport
        self._secret = secret
        self._told = Once()

    async def send(self, address: Address, message: Message) -> SendResult:
        """
        Send one message; Teams has no message that only one person in a group can see.

        So what is for the actor alone goes to their own chat with the bot, and the group reads
        one line that says so.
        """
        try:
            if address.private or message.audience is Audience.EVERYONE:
                return Sent(message_id=await self._show(address, message))
            return await self._answer_privately(address, message)
        except RefusedError as refusal:
            return _refused(refusal)
        except (LoginError, aiohttp.ClientError, TimeoutError) as problem:
            _log.warning("Teams could not be reached.", extra={"why": type(problem).__name__})
            return TryAgain(why=type(problem).__name__)

    async def say(self, address: Address, text: str) -> SendResult:
        """Post a short text of ours in the conversation itself."""
        try:
            return Sent(message_id=await self._transport.post(address, text=text))
        except RefusedError as refusal:
            return _refused(refusal)
        except (LoginError, aiohttp.ClientError, TimeoutError) as problem:
            return TryAgain(why=type(problem).__name__)

    async def _show(self, address: Address, message: Message) -> str:
        card, text = render(message, home=address.home), summary(message)
        old = address.card or address.replaces
        if message.replaces and old and await self._replaced(address, old, text=text, card=card):
            return old
        return await self._transport.post(address, text=text, card=card)

    async def _replaced(self, address: Address, old: str, *, text: str, card: Mapping[str, Any]) -> bool:
        """Put a card in the place of an old one; False where that is gone, and a new message must say it."""
        try:
            await self._transport.update(address, old, text=text, card=card)
        except RefusedError as refusal:
            if refusal.status != _GONE:
                raise
            return False
        return True

    async def _answer_privately(self, address: Address, message: Message) -> SendResult:
        try:
            own_chat = await self._own_chat(address)
            sent = Sent(message_id=await self._show(own_chat, message))
        except RefusedError as refusal:
            if refusal.status not in _NOT_REACHABLE:
                raise
            await self._tell(address, CANNOT_REACH)
            return GivenUp(why=f"no chat of their own ({refusal})")
        await self._tell(address, PRIVATELY)
        return sent

    async def _own_chat(self, address: Address) -> Address:
        home = Home(conversation=address.conversation, thread=address.thread)
        return replace(
            address,
            conversation=await self._transport.open_personal_chat(address),
            thread="",
            private=True,
            replaces="",
            home=sign_home(home, user=address.user, secret=self._secret),
        )

    async def _tell(self, address: Address, text: str) -> None:
        """Say once in the shared conversation where the answer went; the answer itself is already out."""
        if address.tell and self._told.first(write_address(address)):
            result = await self.say(address, text)
            if not isinstance(result, Sent):
                _log.warning("The line about a private answer was not posted.", extra={"why": result.why})


def _refused(refusal: RefusedError) -> TryAgain | GivenUp:
    if refusal.status in _LATER or refusal.status >= 500:  # noqa: PLR2004 - the platform's own faults
        after = None if refusal.retry_after is None else timedelta(seconds=refusal.retry_after)
        return TryAgain(why=str(refusal), after=after)
    _log.warning("Teams refused a message for good.", extra={"why": str(refusal)})
    return GivenUp(why=str(refusal))
