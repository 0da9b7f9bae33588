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
from handlers.turn import Turns

if TYPE_CHECKING:
    from bot.config import Config


def run(config: Config) -> int:
    """
    Talk until `quit` or the end of the input.

    Raises:
        StorageError: the database cannot be used.
    """
    turns = Turns(open_database(config), Desk.open())
    listener = Dispatch(turns, now=clock.now, wake_outbox=lambda: None)
    asyncio.run(terminal.chat(listener, read=sys.stdin, write=sys.stdout))
    return 0
