"""`askfirst teams-package`: the zip an administrator uploads to Teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.teams.package import write_package
from bot.config import Config, ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def run(config: Config, *, host: str, to: Path) -> int:
    """
    Write the package and say what to do with it.

    Raises:
        ConfigError: no app id is set, and a package without one is of no use.
    """
    if config.teams is None or not config.teams.app_id:
        raise ConfigError("Set ASKFIRST_TEAMS_APP_ID and the other two Teams settings first (docs/teams.md).")
    written = write_package(config.teams, host, to)
    print(f"Wrote {written}. Upload it in the Teams admin centre under Manage apps (docs/teams.md tells the rest).")
    return 0
