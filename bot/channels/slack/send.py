"""Bring a message to where its address says: seen by one person or by all, new or in an old one's place."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, assert_never
from uuid import UUID, uuid5

from bot.channels.base import GivenUp, SendResult, Sent, TryAgain
from bot.channels.slack.address import Address, Place
from bot.channels.slack.files import Files
from bot.channels.slack.first_word import find
from bot.channels.slack.render import plain_payload, render
from bot.channels.slack.web_api import Later, Outcome, Refused, Took, WebApi
from bot.channels.slack.window import is_for_window, window
from handlers.inbound import BY_EMAIL
from handlers.message import Audience, Message, Paragraph

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
# chat.postMessage: no previews of links, and no markup should the text ever stand in for the blocks.
AS_WRITTEN = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
# Slack's own programs mark a message with an id, and Slack refuses a second one with the same mark. It promises this to
# nobody else, so nothing rests on it: where it works, a message sent again after a crash is not shown twice.
REPEATED = "duplicate_client_msg_id"
OUR_IDS = UUID("6f0d8e5c-1d0b-5f6e-9a53-0f3f6c5b7a21")
NOT_HERE = Message(title="I could not post that here. Invite me to this channel first: type /invite. Then press again.")
TOO_MUCH = Paragraph(
    text="This is too much to fill in here. Press the button again to open a window, or answer one question at a time."
)

PLACED = " "  # between a conversation and a message of it

log = logging.getLogger(__name__)


class SlackSender:
    """Sends messages to addresses that the Slack channel once put in `reply_to`."""

    def __init__(self, api: WebApi) -> None:
        self._api = api
        self._files = Files(api)

    async def send(self, address: str, message: Message, *, key: str) -> SendResult:
        """Send one message; a refusal comes back as GivenUp, a passing trouble as TryAgain."""
        if address.startswith(BY_EMAIL):
            return await self._send_first_word(address, message, key)
        try:
            to = Address.from_text(address)
        except ValueError:
            return GivenUp(why="address_not_ours")
        said = await self._files.give(to, message, key=key)
        return _result(await _Delivery(self._api, key).bring(to, said))

    def card(self, address: str, message_id: str) -> str:
        """Return where a message takes the place of one sent to a person alone; "" where none could."""
        if address.startswith(BY_EMAIL):
            channel, _, ts = message_id.partition(PLACED)
            return Address(place=Place.DM, channel=channel, user="", pressed=ts).to_text() if ts else ""
        try:
            to = Address.from_text(address)
        except ValueError:
            return ""
        if not message_id or to.place is not Place.DM:
            return ""  # what was shown in front of others may be in another place by now, or fleeting
        return Address(place=Place.DM, channel=to.channel, user=to.user, thread=to.thread, pressed=message_id).to_text()

    async def _send_first_word(self, address: str, message: Message, key: str) -> SendResult:
        to = await find(address, self._api)
        if not isinstance(to, Address):
            return _result(to)
        sent = _result(await _Delivery(self._api, key).bring(to, message))
        # Only here is it known in which conversation the message stands.
        return Sent(message_id=f"{to.channel}{PLACED}{sent.message_id}") if isinstance(sent, Sent) else sent


class _Delivery:
    """One message on its way; `key` tells it from every other one, however often it is sent."""

    def __init__(self, api: WebApi, key: str) -> None:
        self._api = api
        self._key = key
        self._mark = uuid5(OUR_IDS, key).hex[:8]

    async def bring(self, to: Address, message: Message) -> Outcome:
        """Show the message in a window, put it in the old one's place, or say it anew."""
        if is_for_window(message, to):
            opened = await self._open(to, message)
            if not isinstance(opened, Refused):
                return opened
            log.info("Slack opened no window; its fields go in a message.", extra={"why": opened.why})
        outcome = await self._replace(to, message) if message.replaces else None
        if outcome is None or isinstance(outcome, Refused):
            # The old message is gone, or it was never ours to change.
            outcome = await self._say(to, message)
        return outcome

    async def _open(self, to: Address, message: Message) -> Outcome:
        view = window(message, to, mark=self._mark)
        opened = await self._api.call("views.open", {"trigger_id": to.trigger, "view": view})
        return Took() if isinstance(opened, Took) else opened

    async def _replace(self, to: Address, message: Message) -> Outcome | None:
        """Change the message whose button was pressed; None where others read it and this is not for them."""
        for_its_readers = to.place is Place.DM or message.audience is Audience.EVERYONE
        if to.fleeting and message.audience is Audience.ACTOR:
            return await self._respond(to, message, replace_original=True)
        if to.pressed and not to.fleeting and for_its_readers:
            return await self._call("chat.update", to, message, channel=to.channel, ts=to.pressed)
        return None

    async def _say(self, to: Address, message: Message) -> Outcome:
        if to.place is Place.DM:
            return await self._post(to, message, thread=to.thread)
        if message.audience is Audience.ACTOR:
            return await self._show(to, message)
        # What everybody reads, anybody may press: a press on it belongs to the channel's conversation.
        outcome = await self._post(replace(to, place=Place.SHARED), message, thread=to.thread)
        if isinstance(outcome, Refused):
            await self._show(to, NOT_HERE)
        return outcome

    async def _show(self, to: Address, message: Message) -> Outcome:
        """Show a message to one person: where they asked if Slack lets us, else in their own conversation."""
        steps = [self._respond, self._post_privately]
        if to.place is Place.SHARED:
            steps.insert(0, self._post_fleeting)
        outcome: Outcome = Refused(why="nothing_tried")
        for step in steps:
            outcome = await step(to, message)
            if not isinstance(outcome, Refused):
                break
        return outcome

    async def _post(self, to: Address, message: Message, *, thread: str = "") -> Outcome:
        where = {"channel": to.channel, **AS_WRITTEN, **({"thread_ts": thread} if thread else {})}

        async def post(payload: dict[str, Any]) -> Outcome:
            # With its layout or without it, the message is two to Slack: one that was refused must not hide the other.
            mark = uuid5(OUR_IDS, f"{self._key} {to.channel} {bool(payload.get('blocks'))}")
            # A card shown a second time is better than one whose place is not known, for that would never lock.
            once = {} if message.card else {"client_msg_id": str(mark)}
            return await self._api.call("chat.postMessage", {**where, **once, **payload})

        outcome = await self._with_blocks_or_without(post, to, message)
        return Took() if outcome == Refused(why=REPEATED) else outcome

    async def _post_fleeting(self, to: Address, message: Message) -> Outcome:
        # A fleeting message in a thread that has no reply yet is shown to nobody: it goes to the channel.
        where = {"thread_ts": to.live_thread} if to.live_thread else {}
        return await self._call("chat.postEphemeral", to, message, channel=to.channel, user=to.user, **where)

    async def _post_privately(self, to: Address, message: Message) -> Outcome:
        opened = await self._api.call("conversations.open", {"users": to.user})
        if not isinstance(opened, Took):
            return opened
        private = Address(place=Place.DM, channel=opened.data["channel"]["id"], user=to.user)
        return await self._post(private, message)

    async def _respond(self, to: Address, message: Message, *, replace_original: bool = False) -> Outcome:
        if not to.response_url:
            return Refused(why="no_response_url")
        how = {"response_type": "ephemeral", "replace_original": replace_original}

        async def post(payload: dict[str, Any]) -> Outcome:
            return await self._api.respond(to.response_url, {**how, **payload})

        return await self._with_blocks_or_without(post, to, message)

    async def _call(self, method: str, to: Address, message: Message, **where: Any) -> Outcome:  # noqa: ANN401 - Slack's own arguments
        async def post(payload: dict[str, Any]) -> Outcome:
            return await self._api.call(method, {**where, **payload})

        return await self._with_blocks_or_without(post, to, message)

    async def _with_blocks_or_without(
        self, post: Callable[[dict[str, Any]], Awaitable[Outcome]], to: Address, message: Message
    ) -> Outcome:
        """Post a message; should Slack refuse its blocks, post its words: an answer is never lost to a limit."""
        outcome = await post(render(message, place=to.place, thread=to.thread, mark=self._mark))
        if isinstance(outcome, Refused) and outcome.why in BLOCKS_REFUSED:
            why = {"why": outcome.why}
            log.warning("Slack refused the layout of a message; its plain text goes instead.", extra=why)
            outcome = await post(plain_payload(_without_fields(message)))
        return outcome


def _without_fields(message: Message) -> Message:
    return replace(message, fields=(), blocks=(*message.blocks, TOO_MUCH)) if message.fields else message


def _result(outcome: Outcome) -> SendResult:
    match outcome:
        case Took(data=data):
            return Sent(message_id=str(data.get("ts") or data.get("message_ts") or ""))
        case Later(why=why, after=after):
            return TryAgain(why=why, after=after)
        case Refused(why=why):
            return GivenUp(why=why)
        case _:
            assert_never(outcome)
