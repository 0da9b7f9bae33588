"""Runs a visit to the Agents Playground where there is no network but loopback, or skips and says why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest

from tests.clients.teams_playground import PLAYGROUND

if TYPE_CHECKING:
    from types import ModuleType

CHROMIUM = Path("/usr/bin/chromium")
ALONE = ("unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
LOCAL = {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}


def seen_by(visit: ModuleType, pictures: Path) -> dict[str, Any]:
    """Return what a visit printed; its pictures lie in the folder afterwards."""
    if why := missing():
        pytest.skip(why)
    ran = run(sys.executable, "-m", visit.__name__, str(pictures))
    assert ran.returncode == 0, ran.stderr[-3000:]
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def missing() -> str:
    """Return what the visit cannot do without and does not find, or an empty text."""
    if not PLAYGROUND.exists():
        return "the Agents Playground is not installed: see docs/teams.md, For developers"
    if not CHROMIUM.exists():
        return f"no browser at {CHROMIUM}"
    if not (which("unshare") and which("ip")) or run("true").returncode:
        return "no right to a network namespace of one's own (unshare --net)"
    return ""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command where there is no network but loopback."""
    return subprocess.run(  # noqa: S603 - the words of our own files, and this very Python
        [*ALONE, *command], env=os.environ | LOCAL, capture_output=True, text=True, timeout=120, check=False
    )
