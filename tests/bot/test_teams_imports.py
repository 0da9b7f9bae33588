"""The archived Bot Framework SDK stays behind one module, and is loaded only where Teams is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

TEAMS = Path(__file__).parents[2] / "bot" / "channels" / "teams"
SDK = ("botbuilder", "botframework", "msrest")


def test_one_module_alone_knows_the_sdk() -> None:
    knowing = {path.name for path in TEAMS.glob("*.py") if imports_of(path) & set(SDK)}

    assert knowing == {"transport.py"}


@pytest.mark.parametrize("module", ["package", "render", "auth", "activity", "press", "login"])
def test_the_rest_of_the_channel_loads_without_the_sdk(module: str) -> None:
    look = f"import sys, bot.channels.teams.{module}; sys.exit('botbuilder' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", look], check=False)  # noqa: S603 - our own words, and this very Python

    assert done.returncode == 0


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found
