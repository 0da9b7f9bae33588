"""The log of Slack's own packages: warnings only, without what a payload or an exception could carry."""

from __future__ import annotations

import logging
import re

SECRETS = re.compile(r"xox\w-[\w-]+|xapp-[\w-]+|(?:https?|wss?)://\S+")


def quiet_logger() -> logging.Logger:
    """Return the logger for Slack's packages: warnings only, without bodies, addresses or secrets."""
    logger = logging.getLogger("bot.channels.slack.sdk")
    logger.setLevel(logging.WARNING)
    if not logger.filters:
        logger.addFilter(_bare)
    return logger


def _bare(record: logging.LogRecord) -> bool:
    """Take out what an exception or a payload could carry into the log."""
    record.msg, record.args = SECRETS.sub("(hidden)", record.getMessage()), ()
    record.exc_info = record.exc_text = None
    return True
