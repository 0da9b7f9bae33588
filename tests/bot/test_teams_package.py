"""The app package for Teams is what Microsoft's own schema asks for."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator

from bot.channels.teams.package import write_package
from bot.config import ConfigError, TeamsConfig
from bot.secret import Secret

APP_ID = "11111111-2222-3333-4444-555555555555"
CONFIG = TeamsConfig(app_id=APP_ID, app_password=Secret("never in a package"), tenant_id="t")
HOST = "ask.oakfield.example"
ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.joinpath(
    "tests/clients/node_modules/@microsoft/app-manifest",
    "build/json-schemas/teams/v1.25/MicrosoftTeams.schema.json",
)
needs_schema = pytest.mark.skipif(
    not SCHEMA.exists(), reason="Microsoft's manifest schema is not installed: see docs/teams.md, For developers"
)


def test_the_package_holds_a_manifest_and_two_icons_and_nothing_else(tmp_path: Path) -> None:
    package = write_package(CONFIG, HOST, tmp_path)

    with ZipFile(package) as opened:
        assert opened.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert opened.testzip() is None
        assert b"never in a package" not in b"".join(opened.read(name) for name in opened.namelist())


def test_the_manifest_names_this_bot_and_this_host(tmp_path: Path) -> None:
    manifest = manifest_in(write_package(CONFIG, HOST, tmp_path))

    assert manifest["id"] == manifest["bots"][0]["botId"] == APP_ID
    assert manifest["validDomains"] == [HOST]
    assert "${" not in json.dumps(manifest)
    assert manifest["$schema"].endswith("/v1.25/MicrosoftTeams.schema.json")


@needs_schema
def test_the_manifest_meets_microsofts_schema(tmp_path: Path) -> None:
    manifest = manifest_in(write_package(CONFIG, HOST, tmp_path))

    assert schema_faults(manifest) == []


@needs_schema
@pytest.mark.parametrize(
    "change",
    [{"accentColor": "teal"}, {"name": {"short": "x" * 31}}, {"bots": [{"botId": APP_ID, "scopes": ["groupchat"]}]}],
)
def test_the_schema_would_notice_a_wrong_manifest(change: dict[str, Any], tmp_path: Path) -> None:
    manifest = manifest_in(write_package(CONFIG, HOST, tmp_path)) | change

    assert schema_faults(manifest) != []


def test_the_same_settings_give_the_same_package(tmp_path: Path) -> None:
    first = write_package(CONFIG, HOST, tmp_path / "one.zip")
    second = write_package(CONFIG, HOST, tmp_path / "two.zip")

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("host", ["", "localhost", "https://ask.example", "ask.example/x", "127.0.0.1", 'a.b"c'])
def test_a_host_that_teams_cannot_call_is_refused(host: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="host name"):
        write_package(CONFIG, host, tmp_path)


@pytest.mark.parametrize("app_id", ["", "my-bot", APP_ID + "0"])
def test_a_package_needs_the_app_id(app_id: str, tmp_path: Path) -> None:
    config = TeamsConfig(app_id=app_id, app_password=Secret(""), tenant_id="")

    with pytest.raises(ConfigError, match="ASKFIRST_TEAMS_APP_ID"):
        write_package(config, HOST, tmp_path)


def test_the_colour_icon_has_the_size_teams_asks_for() -> None:
    assert picture("color.png")[:2] == (192, 192)


def test_the_outline_icon_is_white_on_nothing() -> None:
    width, height, pixels = picture("outline.png")

    seen = {pixel[:3] for pixel in pixels if pixel[3]}
    assert (width, height) == (32, 32)
    assert seen == {b"\xff\xff\xff"}
    assert any(pixel[3] == 0 for pixel in pixels)


def manifest_in(package: Path) -> dict[str, Any]:
    with ZipFile(package) as opened:
        found: dict[str, Any] = json.loads(opened.read("manifest.json"))
        return found


def schema_faults(manifest: dict[str, Any]) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return [error.message for error in Draft4Validator(schema).iter_errors(manifest)]


def picture(name: str) -> tuple[int, int, list[bytes]]:
    """Return the width, the height and, for a picture with transparency, its pixels."""
    data = ROOT.joinpath("bot/channels/teams", name).read_bytes()
    width, height, depth, colours = struct.unpack(">IIBB", data[16:26])
    assert depth == 8
    return width, height, pixels_of(data, width) if colours == 6 else []


def pixels_of(data: bytes, width: int) -> list[bytes]:
    """Undo the five row filters of PNG."""
    packed, at = b"", 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        packed += data[at + 8 : at + 8 + length] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    raw, row_size, above = zlib.decompress(packed), width * 4, bytes(width * 4)
    pixels: list[bytes] = []
    for start in range(0, len(raw), row_size + 1):
        above = unfiltered(raw[start], raw[start + 1 : start + 1 + row_size], above)
        pixels += [above[x : x + 4] for x in range(0, row_size, 4)]
    return pixels


def unfiltered(kind: int, row: bytes, above: bytes) -> bytes:
    done = bytearray()
    for x, value in enumerate(row):
        left, corner = (done[x - 4], above[x - 4]) if x >= 4 else (0, 0)
        up = above[x]
        guess = (0, left, up, (left + up) // 2, nearest(left, up, corner))[kind]
        done.append((value + guess) % 256)
    return bytes(done)


def nearest(left: int, up: int, corner: int) -> int:
    return min((left, up, corner), key=lambda value: abs(left + up - corner - value))
