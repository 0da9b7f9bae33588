"""`askfirst chat`: the whole conversation in a shell."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from bot import clock
from bot.app import open_database
from bot.channels import terminal
from bot.dispatch import Dispatch
from handlers.desk import Desk
from handlers.erasing import find_person
from handlers.turn import Turns

if TYPE_CHECKING:
    from bot.config import Config


def run(config: Config, *, email: str = "") -> int:
    """
    Talk until `quit` or the end of the input, as whoever has an address, or as somebody the bot does not know.

    Raises:
        NotInDirectory: nobody has the address.
        StorageError: the database cannot be used.
    """
    database = open_database(config)
    if email:
        with database.begin() as uow:
            email = find_person(email, uow).email
    listener = Dispatch(Turns(database, Desk.open()), now=clock.now, wake_outbox=lambda: None)
    asyncio.run(terminal.chat(listener, read=sys.stdin, write=sys.stdout, email=email))
    return 0
