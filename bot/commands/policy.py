"""`askfirst policy`: import the trust's official document, show a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import clock
from bot.app import open_database
from bot.commands.reading import policy_reading
from handlers.changed_words import answers_in_short, in_short, lines
from handlers.desk import Desk
from handlers.message import plain_text
from handlers.owner import import_policy, show_clause

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.config import Config
    from policy_kb.rewording import Reworded
    from policy_kb.view import PolicyView


class UnreadableFile(Exception):  # noqa: N818 - the name is the sentence: it is an unreadable file
    """A file given to a command cannot be read; the sentence says what to do."""


def run_import(config: Config, file: Path) -> int:
    """
    Put the official document in force: answers quote it word for word from now on.

    Raises:
        UnreadableFile: the file is missing or is not UTF-8 text.
        DocumentError: the text is no policy; nothing is changed.
        StorageError: the database cannot be used; nothing is changed.
    """
    text = _text(file)
    database, reading = open_database(config), Desk.open().shipped_reading()
    with database.begin() as uow:
        imported = import_policy(text, file.name, reading, uow, now=clock.now())
    print(f"Imported {imported.items} items of “{imported.title}”. Answers now quote them word for word.")
    for problem in imported.problems:
        print(f"Please look at this: {problem}")
    if imported.kept_ours:
        print(f"Not found in the document, so still in our plain words: {', '.join(imported.kept_ours)}")
    if imported.changed:
        _print_changes(imported.changed, reading.view)
    return 0


def run_show(config: Config, number: str) -> int:
    """
    Print one clause whole.

    Raises:
        NoSuchClause: the policy has no item of that number.
    """
    print(plain_text(show_clause(number, policy_reading(config), today=clock.today())))
    return 0


def _print_changes(changes: Sequence[Reworded], view: PolicyView) -> None:
    print(f"Of the document before, {in_short(changes)}; {answers_in_short(changes, view)} are answered with them.")
    for changed in changes:
        print()
        for label, value in lines(changed, view):
            print(f"{label}: {value}")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"{file.name} is not plain text in UTF-8. Open the policy in your word processor and save it as "
            "“plain text (UTF-8)”, then import that file."
        ) from None
    except OSError as problem:
        raise UnreadableFile(f"{file} cannot be read: {problem.strerror}.") from None
