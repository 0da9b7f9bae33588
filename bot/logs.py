"""Structured logs: one JSON object a line, with named fields only, never what people typed and no secret."""

from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

# A field outside this list is dropped: what nobody named cannot leak.
FIELDS = (
    "attempts", "channel", "fault", "host", "method", "outbox_row", "path", "port", "reason", "reference",
    "removed", "retry_after", "status", "teams", "where", "why",
)  # fmt: skip
SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|Bearer\s+\S+|eyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]*)?"
    r"|https?://hooks\.slack\.com\S+|[?&]token=\S+|(?<=/calendar/)[\w-]+|(?<=/register/open/)[\w-]+|(?<=://)[^\s/@]+@"
)
# These libraries put whole requests in their messages.
QUIET = (
    "alembic",
    "slack_bolt",
    "slack_sdk",
    "botbuilder",
    "botframework",
    "msal",
    "msrest",
    "urllib3",
    "aiohttp.access",
    "apscheduler",
)


class JsonLines(logging.Formatter):
    """Turns a record into one JSON line: time, level, logger, message, the named fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; an exception appears as its type alone, for its text may repeat what was typed."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
            **{name: masked(str(getattr(record, name))) for name in FIELDS if hasattr(record, name)},
        }
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def masked(text: str) -> str:
    """Return a text with anything that looks like a secret taken out."""
    return SECRETS.sub("•••", text)


def set_up_logs(stream: TextIO) -> None:
    """Send every log of the process to a stream as JSON lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
