"""The app package for Teams: a zip of the manifest and two icons, made for one trust's bot."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.config import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import TeamsConfig

FILE_NAME = "askfirst-teams.zip"
_ICONS = ("color.png", "outline.png")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)


def write_package(config: TeamsConfig, host: str, to: Path) -> Path:
    """
    Write the package and return where it is; equal settings give equal bytes.

    Args:
        config: names the bot.
        host: the public name the bot answers on, such as `ask.oakfield.example`.
        to: a folder, or the file itself.

    Raises:
        ConfigError: there is no app id yet, or the host is not the name of a public machine.
    """
    manifest = _manifest(config, host)
    path = to / FILE_NAME if to.is_dir() else to
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr(_entry("manifest.json"), manifest)
        for icon in _ICONS:
            package.writestr(_entry(icon), (files(__package__) / icon).read_bytes())
    return path


def _manifest(config: TeamsConfig, host: str) -> str:
    if not _GUID.fullmatch(config.app_id):
        raise ConfigError(
            "ASKFIRST_TEAMS_APP_ID must be the application (client) id of the app registration, "
            "like 11111111-2222-3333-4444-555555555555."
        )
    if not _HOST.fullmatch(host):
        raise ConfigError(f"'{host}' is not a public host name; give it without https:// and without a path.")
    template = (files(__package__) / "manifest.json").read_text(encoding="utf-8")
    values = {"app_id": config.app_id, "host": host, "version": version("askfirst")}
    # "$schema" stands in the file as it is, so what is not ours to fill in is left alone.
    text = Template(template).safe_substitute(values)
    return json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def _entry(name: str) -> ZipInfo:
    """Give every entry the same date, so that the package does not differ from day to day."""
    entry = ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry
