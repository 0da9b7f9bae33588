"""`askfirst people erase`: forget a person for good."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from bot import clock
from bot.app import open_database
from handlers.erasing import erase_person, find_person

if TYPE_CHECKING:
    from bot.config import Config
    from storage.database import Database


def run(config: Config, email: str, *, is_meant: bool) -> int:
    """
    Erase whoever has an address, or, where `--yes` was not given, say what that would do and return 1.

    Raises:
        NotInDirectory: nobody has the address.
        StorageError: the database cannot be used; nothing is changed.
    """
    now = clock.now()
    with closing(open_database(config)) as database:
        if not is_meant:
            return _say_what_would_go(email, database)
        with database.begin() as uow:
            to_look_at = erase_person(email, uow, now=now)
        emptied = database.forget_for_good()
    print("Erased. The audit still verifies, and nobody can tell from it who that was.")
    print("Backups made before still hold them, and run out on a clock of their own.")
    if not emptied:
        print("Another program is reading the database, so its log could not be emptied: that is done tonight.")
    for sentence in to_look_at:
        print(f"Please look at this: {sentence}")
    return 0


def _say_what_would_go(email: str, database: Database) -> int:
    with database.begin() as uow:
        person = find_person(email, uow)
    print(
        f"This would erase {person.name} ({person.post}) for good: the directory row, roles, chat identities, "
        f"answers and waiting messages. To do it: askfirst people erase {person.email} --yes"
    )
    return 1
