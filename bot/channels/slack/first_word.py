"""The first word to somebody who never spoke to the bot: their own conversation with it, found by e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.slack.address import Address, Place
from bot.channels.slack.web_api import Took
from handlers.inbound import BY_EMAIL

if TYPE_CHECKING:
    from bot.channels.slack.web_api import Outcome, WebApi


async def find(address: str, api: WebApi) -> Address | Outcome:
    """Return where Slack lets the bot speak to whoever has this e-mail address; else what Slack said."""
    found = await api.look_up("users.lookupByEmail", email=address.removeprefix(BY_EMAIL))
    if not isinstance(found, Took):
        return found
    user = str(found.data["user"]["id"])
    opened = await api.call("conversations.open", {"users": user})
    if not isinstance(opened, Took):
        return opened
    return Address(place=Place.DM, channel=str(opened.data["channel"]["id"]), user=user)
