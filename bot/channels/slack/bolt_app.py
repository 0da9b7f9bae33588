"""Bolt, set up so that nothing is acknowledged before it is stored, and only our workspaces get in."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.fault import report_fault
from bot.channels.slack.parse import teams_of
from bot.channels.slack.sdk_log import quiet_logger

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.config import SlackConfig

COMMAND = "/policy"
ANYTHING = re.compile("")

log = logging.getLogger(__name__)


def build_bolt(
    config: SlackConfig,
    *,
    events: Mapping[str, Callable[..., Awaitable[BoltResponse]]],
    on_command: Callable[..., Awaitable[BoltResponse]],
    on_press: Callable[..., Awaitable[BoltResponse]],
    on_submit: Callable[..., Awaitable[BoltResponse]],
) -> AsyncApp:
    """Return Bolt with our listeners; they serve signed HTTP and Socket Mode alike."""
    bolt = AsyncApp(
        name="bot.channels.slack",
        logger=quiet_logger(),
        # It sends nothing itself. Without a token it also asks Slack nothing before an event is stored:
        # Bolt's own check would acknowledge an event, and so lose it, when Slack cannot be asked.
        client=AsyncWebClient(base_url=config.api_url, logger=quiet_logger()),
        authorize=_authorize,
        # Acknowledge after the listener, not before: a crash in between would lose the event.
        process_before_response=True,
        # bot.channels.slack.guard has verified the raw body already.
        request_verification_enabled=False,
        signing_secret="",
        ignoring_self_events_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    bolt.middleware(_team_gate(frozenset(config.team_ids)))
    for name, listener in events.items():
        bolt.event(name)(listener)
    bolt.command(COMMAND)(on_command)
    bolt.block_action(ANYTHING)(on_press)
    bolt.view_submission(ANYTHING)(on_submit)
    bolt.error(_on_error)
    return bolt


async def _authorize(team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=team_id)


def _team_gate(allowed: frozenset[str]) -> Callable[..., Awaitable[BoltResponse | None]]:
    async def only_our_teams(
        body: dict[str, Any],
        next: Callable[[], Awaitable[None]],  # noqa: A002 - Bolt finds it by this name
    ) -> BoltResponse | None:
        """Let a payload through if every workspace it names is one of ours."""
        teams = teams_of(body)
        if teams and teams <= allowed:
            await next()
            return None
        log.warning("Somebody of another Slack workspace was refused.", extra={"teams": sorted(teams)})
        return BoltResponse(status=403, headers={"X-Slack-No-Retry": "1"})

    return only_our_teams


async def _on_error(error: Exception) -> BoltResponse:
    """Acknowledge what nobody listens to; answer a fault so that Slack delivers the event again."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200)
    report_fault(error, channel="slack")
    return BoltResponse(status=500)
