"""From the environment to one frozen Config; the only reader of os.environ."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_DATABASE = "sqlite:///data/askfirst.db"
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8080
SLACK_API = "https://slack.com/api/"
ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+|\[::1\])(?::\d{1,5})?")


class ConfigError(Exception):
    """A setting in the environment cannot be used; the sentence says which and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackConfig:
    """What Slack needs. HTTP needs the signing secret; Socket Mode the app token."""

    bot_token: Secret
    signing_secret: Secret
    app_token: Secret  # set: Socket Mode; empty: signed HTTP
    team_ids: tuple[str, ...]  # workspaces that may talk to the bot
    api_url: str = SLACK_API

    @property
    def socket_mode(self) -> bool:
        """Tell whether the bot dials Slack, rather than Slack calling it."""
        return bool(self.app_token)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsConfig:
    """What Microsoft Teams needs. Without an app id it is development mode, on loopback only."""

    app_id: str
    app_password: Secret
    tenant_id: str

    @property
    def development(self) -> bool:
        """Tell whether nobody is authenticated, which only a loopback address may do."""
        return not self.app_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything the environment decides; every field but the platforms' has a default that works."""

    database_url: str
    host: str
    port: int
    slack: SlackConfig | None
    teams: TeamsConfig | None
    audit_heads: Path | None = None  # None: beside the database
    retention: Path | None = None  # None: the periods we ship
    address: str = ""  # where people's browsers find the bot's pages: https://ask.example; empty: nowhere


def read_config(environment: Mapping[str, str] | None = None) -> Config:
    """
    Read the environment, or the mapping given in its place.

    Raises:
        ConfigError: a setting is not usable, or a platform is half set up.
    """
    values = os.environ if environment is None else environment
    return Config(
        database_url=values.get("ASKFIRST_DATABASE_URL", "").strip() or DEFAULT_DATABASE,
        host=values.get("ASKFIRST_HOST", "").strip() or DEFAULT_HOST,
        port=_port(values),
        slack=_slack(values),
        teams=_teams(values),
        audit_heads=_path(values, "ASKFIRST_AUDIT_HEADS"),
        retention=_path(values, "ASKFIRST_RETENTION"),
        address=_address(values),
    )


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    return host in ("127.0.0.1", "::1", "localhost")


def _port(values: Mapping[str, str]) -> int:
    text = values.get("ASKFIRST_PORT", "").strip() or str(DEFAULT_PORT)
    if not text.isdecimal() or not 0 <= int(text) <= 65535:  # noqa: PLR2004 - the highest port there is
        raise ConfigError(f"ASKFIRST_PORT is '{text}'; give a number from 0 to 65535.")
    return int(text)


def _address(values: Mapping[str, str]) -> str:
    """Read where browsers find the bot: a scheme and a host, for whatever stands behind them is ours."""
    text = values.get("ASKFIRST_ADDRESS", "").strip().rstrip("/")
    found = ADDRESS.fullmatch(text)
    if text and (found is None or (found["scheme"] == "http" and not is_loopback(found["host"]))):
        # A session is a cookie: without HTTPS, whoever is on the same network could read it.
        raise ConfigError(f"ASKFIRST_ADDRESS is '{text}'; give an address such as https://ask.example, with no path.")
    return text


def _path(values: Mapping[str, str], name: str) -> Path | None:
    text = values.get(name, "").strip()
    return Path(text) if text else None


def _slack(values: Mapping[str, str]) -> SlackConfig | None:
    if not any(name.startswith("ASKFIRST_SLACK_") and values[name].strip() for name in values):
        return None
    slack = SlackConfig(
        bot_token=_secret(values, "ASKFIRST_SLACK_BOT_TOKEN"),
        signing_secret=_secret(values, "ASKFIRST_SLACK_SIGNING_SECRET"),
        app_token=_secret(values, "ASKFIRST_SLACK_APP_TOKEN"),
        team_ids=_list(values, "ASKFIRST_SLACK_TEAM_IDS"),
        api_url=values.get("ASKFIRST_SLACK_API_URL", "").strip() or SLACK_API,
    )
    if not slack.bot_token:
        raise ConfigError("Slack is half set up: ASKFIRST_SLACK_BOT_TOKEN is missing (it starts with xoxb-).")
    if not slack.socket_mode and not slack.signing_secret:
        raise ConfigError(
            "Slack is half set up: give ASKFIRST_SLACK_SIGNING_SECRET, or ASKFIRST_SLACK_APP_TOKEN for Socket Mode."
        )
    if not slack.team_ids:
        raise ConfigError("Slack is half set up: ASKFIRST_SLACK_TEAM_IDS must name your workspace (it starts with T).")
    return slack


def _teams(values: Mapping[str, str]) -> TeamsConfig | None:
    if not any(name.startswith("ASKFIRST_TEAMS_") and values[name].strip() for name in values):
        return None
    teams = TeamsConfig(
        app_id=values.get("ASKFIRST_TEAMS_APP_ID", "").strip(),
        app_password=_secret(values, "ASKFIRST_TEAMS_APP_PASSWORD"),
        tenant_id=values.get("ASKFIRST_TEAMS_TENANT_ID", "").strip(),
    )
    if not teams.app_id and not values.get("ASKFIRST_TEAMS_DEVELOPMENT", "").strip():
        # Development mode authenticates nobody, so a forgotten or misspelt id must not lead there.
        raise ConfigError("Teams is half set up: ASKFIRST_TEAMS_APP_ID is missing (the application's id).")
    if teams.app_id and not teams.app_password:
        raise ConfigError("Teams is half set up: ASKFIRST_TEAMS_APP_PASSWORD is missing (the client secret).")
    if teams.app_id and not teams.tenant_id:
        raise ConfigError("Teams is half set up: ASKFIRST_TEAMS_TENANT_ID is missing (your Microsoft 365 tenant).")
    return teams


def _secret(values: Mapping[str, str], name: str) -> Secret:
    """Read a secret from NAME, or from the file that NAME_FILE names."""
    file = values.get(f"{name}_FILE", "").strip()
    if not file:
        return Secret(values.get(name, "").strip())
    try:
        return Secret(Path(file).read_text(encoding="utf-8").strip())
    except OSError as problem:
        raise ConfigError(f"{name}_FILE names a file that cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{name}_FILE names a file that is not plain text.") from None


def _list(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in values.get(name, "").split(",") if part.strip())
