"""
The Bot Framework SDK, and all of it that we use: to speak.

This is the only module that imports `botbuilder` or `botframework`. The SDK is archived, so this
is also the one module to rewrite for the Microsoft 365 Agents SDK: four methods and one exception.

What the SDK does not do well is done here by other means. Requests go through our own aiohttp
session (the SDK would use blocking `requests` in threads, with a timeout of 100 seconds); the token
comes from `login`; and no `on_turn_error` is set, because it would swallow a failed proactive send.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

import aiohttp
from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import (
    Activity,
    Attachment,
    ChannelAccount,
    ConversationAccount,
    ConversationParameters,
    ConversationReference,
)
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import AppCredentials, BotFrameworkAuthentication, ConnectorFactory
from msrest.pipeline import Response
from msrest.pipeline.async_abc import AsyncHTTPSender, AsyncPipeline
from msrest.pipeline.universal import RawDeserializer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.channels.teams.address import Address
    from bot.channels.teams.login import AccessToken

CARD = "application/vnd.microsoft.card.adaptive"
_CHANNEL = "msteams"
_TIMEOUT = aiohttp.ClientTimeout(total=10)


class RefusedError(Exception):
    """Teams answered with an error status; `code` is its own word for it, `retry_after` seconds or None."""

    def __init__(self, status: int, code: str, retry_after: int | None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.retry_after = retry_after


class Transport:
    """Speaks in a conversation; every method raises RefusedError, LoginError, ClientError or TimeoutError."""

    def __init__(self, app_id: str, session: Callable[[], aiohttp.ClientSession], token: AccessToken) -> None:
        self._app_id = app_id
        self._adapter = CloudAdapterBase(_Outgoing(_Sender(session, token)))

    async def post(self, address: Address, *, text: str = "", card: Mapping[str, Any] | None = None) -> str:
        """Post a text, or a card with `text` as its summary; return the new activity's id."""
        posted: list[str] = []

        async def turn(context: TurnContext) -> None:
            response = await context.send_activity(_activity(text, card))
            posted.append(response.id if response and response.id else "")

        await self._in_conversation(address, turn)
        return posted[0]

    async def update(self, address: Address, activity_id: str, *, text: str, card: Mapping[str, Any]) -> None:
        """Put a card in the place of one posted before."""

        async def turn(context: TurnContext) -> None:
            activity = _activity(text, card)
            activity.id = activity_id
            await context.update_activity(activity)

        await self._in_conversation(address, turn)

    async def open_personal_chat(self, address: Address) -> str:
        """Return the id of the person's own chat with the bot; Teams makes it where there is none."""
        opened: list[str] = []

        async def turn(context: TurnContext) -> None:
            opened.append(context.activity.conversation.id)

        await self._adapter.create_conversation(
            self._app_id,
            turn,
            ConversationParameters(
                is_group=False,
                bot=ChannelAccount(id=address.bot),
                members=[ChannelAccount(id=address.user)],
                tenant_id=address.tenant,
                channel_data={"tenant": {"id": address.tenant}},
            ),
            _CHANNEL,
            address.service_url,
        )
        return opened[0]

    async def email_of(self, address: Address) -> str:
        """Return the person's e-mail address or sign-in name, as the roster of their conversation has it."""
        found: list[str] = []

        async def turn(context: TurnContext) -> None:
            client = context.turn_state[CloudAdapterBase.BOT_CONNECTOR_CLIENT_KEY]
            member = await client.conversations.get_conversation_member(address.conversation, address.user)
            extra = member.additional_properties
            found.append(str(extra.get("email") or extra.get("userPrincipalName") or ""))

        await self._in_conversation(address, turn)
        return found[0]

    async def _in_conversation(self, address: Address, turn: Callable[[TurnContext], Awaitable[None]]) -> None:
        async def fresh_turn(context: TurnContext) -> None:
            # The SDK gives the turn an invented activity id and would send each post as a reply to it.
            context.activity.id = None
            await turn(context)

        await self._adapter.continue_conversation(_reference(address), fresh_turn, self._app_id)


class _Outgoing(BotFrameworkAuthentication):  # type: ignore[misc]  # the SDK carries no types
    """Stands where the SDK expects its authentication: it connects, and lets nobody in."""

    def __init__(self, sender: _Sender) -> None:
        self._connectors = _Connectors(sender)

    async def authenticate_request(self, *_: object) -> NoReturn:
        raise PermissionError("incoming requests are checked by auth.Gate alone")

    async def authenticate_streaming_request(self, *_: object) -> NoReturn:
        raise PermissionError("incoming requests are checked by auth.Gate alone")

    def create_connector_factory(self, claims_identity: object) -> ConnectorFactory:  # noqa: ARG002 - we have one identity
        return self._connectors

    async def create_user_token_client(self, claims_identity: object) -> None:
        """Nobody signs in through the bot."""


class _Connectors(ConnectorFactory):  # type: ignore[misc]  # the SDK carries no types
    def __init__(self, sender: _Sender) -> None:
        self._pipeline = AsyncPipeline([], sender)

    async def create(self, service_url: str, audience: str | None = None) -> ConnectorClient:  # noqa: ARG002 - login has one audience
        client = ConnectorClient(AppCredentials(), base_url=service_url)
        client.config.pipeline = self._pipeline
        return client


class _Sender(AsyncHTTPSender[Any, Any]):
    """Sends the SDK's requests through our session, with our token, a timeout and no redirects."""

    def __init__(self, session: Callable[[], aiohttp.ClientSession], token: AccessToken) -> None:
        self._session = session
        self._token = token

    async def __aexit__(self, *exc_details: object) -> None:
        """Leave the session open: it is not ours."""

    async def send(self, request: Any, **_config: Any) -> Any:  # noqa: ANN401 - msrest carries no types
        http = request.http_request
        token = await self._token.get()
        if token:
            http.headers["Authorization"] = f"Bearer {token}"
        async with self._session().request(
            http.method,
            http.url,
            data=http.data,
            headers=http.headers,
            timeout=_TIMEOUT,
            allow_redirects=False,
        ) as reply:
            body = await reply.read()
        if reply.status >= 300:  # noqa: PLR2004 - a redirect is a refusal too: nothing is sent elsewhere
            if reply.status == 401:  # noqa: PLR2004 - the token was withdrawn before its time
                self._token.forget()
            raise RefusedError(reply.status, _error_code(body), _seconds(reply.headers.get("Retry-After", "")))
        return Response(request, _Reply(reply.status), {RawDeserializer.CONTEXT_NAME: _json(body)})


class _Reply:
    """An accepted answer in the form that msrest reads: its JSON lies ready in the context."""

    def __init__(self, status: int) -> None:
        self.status_code = status


def _activity(text: str, card: Mapping[str, Any] | None) -> Activity:
    if card is None:
        return Activity(type="message", text=text, text_format="plain")
    return Activity(type="message", summary=text, attachments=[Attachment(content_type=CARD, content=card)])


def _reference(address: Address) -> ConversationReference:
    return ConversationReference(
        channel_id=_CHANNEL,
        service_url=address.service_url,
        bot=ChannelAccount(id=address.bot),
        user=ChannelAccount(id=address.user),
        conversation=ConversationAccount(
            id=address.full_conversation, tenant_id=address.tenant, is_group=not address.private
        ),
    )


def _json(body: bytes) -> dict[str, Any]:
    """Read an answer; an empty or unreadable one tells nothing, but the status already told enough."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _error_code(body: bytes) -> str:
    error = _json(body).get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else ""


def _seconds(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
