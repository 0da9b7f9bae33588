"""What is in the repository: the files it holds or is about to hold, and the code in them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "storage", "policy_kb")


@cache
def files() -> tuple[Path, ...]:
    """Return every file that git tracks or would take in."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git, wherever it is
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    names = sorted(set(listed.stdout.split("\0")) - {""})
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


def python_files(*folders: str) -> tuple[Path, ...]:
    """Return our Python files, all of them or those below some folders."""
    ours = (file for file in files() if file.suffix == ".py")
    return tuple(file for file in ours if not folders or file.relative_to(ROOT).parts[0] in folders)


@cache
def tree(file: Path) -> ast.Module:
    """Return a Python file, parsed."""
    return ast.parse(file.read_text("utf-8"), str(file))


def name(file: Path) -> str:
    """Return a file's name as people in the repository would write it."""
    return file.relative_to(ROOT).as_posix()


def read(path: str) -> str:
    """Return the text of a file, by its name in the repository."""
    return (ROOT / path).read_text("utf-8")
