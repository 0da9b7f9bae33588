"""Two bots in miniature: they take event after event until killed, and say so only after each commit."""

from __future__ import annotations

import os
import sys
import time
from itertools import count

from policy_kb.words import Channel
from storage.database import Database
from tests.storage.builders import NOW, a_say


def main() -> None:
    url = sys.argv[1]
    os.fork()  # before anything is opened: the two share nothing but the database and where they report
    database = Database(url)
    for number in count():
        event_id = f"{os.getpid()}-{number}"
        with database.begin() as work:
            work.inbox.take(Channel.SLACK, "T1", event_id, NOW)
            work.inbox.record_replies(Channel.SLACK, "T1", event_id, (a_say(event_id),))
            work.outbox.put(a_say(event_id), Channel.SLACK, event_id, to=None, due_at=NOW, now=NOW)
        os.write(sys.stdout.fileno(), f"{event_id}\n".encode())
        time.sleep(0.001)  # lets the other one in, as people do


if __name__ == "__main__":
    main()
