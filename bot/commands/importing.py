"""What the commands that take a whole list in have in common: reading the file, printing the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.policy import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from handlers.imports.problem import Problem


def read_bytes(file: Path) -> bytes:
    """
    Return what is in a file.

    Raises:
        UnreadableFile: there is no such file, or it may not be read.
    """
    try:
        return file.read_bytes()
    except OSError as problem:
        raise UnreadableFile(f"{file} cannot be read: {problem.strerror}.") from None


def print_plan(problems: Sequence[Problem], notes: Iterable[str], lines: Iterable[str], *, apply: bool) -> int:
    """Print every problem, or else what is different; return 1 where there are problems."""
    if problems:
        for problem in problems:
            print(problem)
        print(f"{len(problems)} to mend. Nothing is changed.")
        return 1
    for line in lines:
        print(line)
    for note in notes:
        print(f"Please look at this: {note}")
    print("Done." if apply else "Nothing is changed yet: to do it, give the same command with --apply.")
    return 0
