"""What the repository may hold, and what its front page must tell."""

from __future__ import annotations

import argparse
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import parser
from tests.house.repository import files, name, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-train.lock", "requirements-bench.lock")
REQUIREMENT = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(\[[a-z,-]+\])?==[\w.!+-]+(?P<rest>.*)$", re.IGNORECASE)
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
# In pieces, so that this file is not one that holds them.
MACHINES = re.compile(
    "|".join(
        (
            r"(?<![\w.-])/(work|tmp|home|root|Users|mnt|shared)" + r"/\w",
            r"\b[A-Z]:\\" + r"\w+\\",
            r"pypi" + r"\.org|python" + r"hosted\.org|registry\." + r"npmjs|npm" + r"mirror",
            r"arti" + r"factory|j" + r"frog|code" + r"artifact",
        )
    )
)
FOR_DEVELOPERS = {"ASKFIRST_SLACK_API_URL"}
VARIABLE = re.compile(r'"(ASKFIRST_[A-Z_]+[A-Z])"')


def commands(command: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield every command with its sub-commands, as people type them."""
    groups = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    if path and not groups:
        yield path
    for group in groups:
        for word, inner in group.choices.items():
            yield from commands(inner, (*path, word))


EVERY_COMMAND = [" ".join(path) for path in commands(parser())]


def test_there_are_commands_to_look_for() -> None:
    assert {"demo", "serve", "ask", "policy import", "policy show"} <= set(EVERY_COMMAND)


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_every_command_is_on_the_front_page(command: str) -> None:
    assert re.search(rf"\baskfirst {command}\b", read("README.md"))


def test_every_command_on_the_front_page_exists() -> None:
    named = [words.strip() for words in re.findall(r"`askfirst ([a-z][a-z -]*)", read("README.md"))]

    assert named
    assert [words for words in named if not any(f"{words} ".startswith(f"{one} ") for one in EVERY_COMMAND)] == []


@pytest.mark.parametrize("variable", sorted(set(VARIABLE.findall(read("bot/config.py"))) - FOR_DEVELOPERS))
def test_every_setting_is_told_of_where_people_look(variable: str) -> None:
    pages = [file for file in files() if file.suffix == ".md"]

    assert [name(page) for page in pages if f"`{variable}" in page.read_text("utf-8")] != []


def test_no_file_knows_the_machine_or_the_registry_it_was_made_with() -> None:
    found = [f"{name(file)}: {hit}" for file in files() for hit in _hits(file)]

    assert found == []


@pytest.mark.parametrize(
    ("text", "knows"),
    [
        ("see /wo" + "rk/main/x.py", True),
        ("file:///ho" + "me/ada/policy.txt", True),
        ("https://files.python" + "hosted.org/packages/x.whl", True),
        ('"resolved": "https://registry.' + 'npmjs.org/x.tgz"', True),
        ("the homework/tmp folder", False),
        ("https://example.org/work" + "place", False),
        ("/var/lib/askfirst", False),
    ],
)
def test_what_counts_as_knowing_a_machine(text: str, knows: bool) -> None:
    assert bool(MACHINES.search(text)) is knows


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_locked_to_one_version_with_its_hashes(lock: str) -> None:
    requirement, hashes = "", dict[str, int]()
    for line in read(lock).splitlines():
        if found := REQUIREMENT.match(line):
            requirement = found["name"]
            hashes[requirement] = 0
        else:
            assert HASH.match(line), f"{lock}: {line}"
            hashes[requirement] += 1

    assert len(hashes) > 30
    assert [one for one, count in hashes.items() if count == 0] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_folder(lock: str) -> None:
    assert re.findall(r"\S*(?:https?|file|git\+\w+)://\S*|^-[-\w]+ ?\S*| @ ", read(lock), re.MULTILINE) == []


def test_everything_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    needed = {lock: [*project["dependencies"]] for lock in LOCKS}
    needed["requirements-dev.lock"] += project["optional-dependencies"]["dev"]
    needed["requirements-train.lock"] += project["optional-dependencies"]["train"]
    needed["requirements-bench.lock"] += project["optional-dependencies"]["bench"]

    missing = {lock: _names(wanted) - _names(read(lock).splitlines()) for lock, wanted in needed.items()}
    assert missing == {lock: set() for lock in LOCKS}


def _hits(file: Path) -> Iterator[str]:
    written = file.read_bytes()
    if b"\0" not in written:
        yield from (found[0] for found in MACHINES.finditer(written.decode("utf-8")))


def _names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9][\w.-]*", one) for one in requirements)
    return {re.sub(r"[-_.]+", "-", one[0]).lower() for one in found if one}
