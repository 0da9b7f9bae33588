"""A bot in miniature: takes event after event until it is killed, and says so only after each commit."""

from __future__ import annotations

import sys
from itertools import count

from policy_kb.words import Channel
from storage.database import Database
from tests.storage.builders import NOW, a_say


def main() -> None:
    url, name = sys.argv[1:]
    database = Database(url)
    for number in count():
        event_id = f"{name}-{number}"
        with database.begin() as work:
            work.inbox.take(Channel.SLACK, "T1", event_id, NOW)
            work.inbox.record_replies(Channel.SLACK, "T1", event_id, (a_say(event_id),))
            work.outbox.put(a_say(event_id), Channel.SLACK, event_id, to=None, due_at=NOW, now=NOW)
        sys.stdout.write(f"{event_id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
