"""How a fault of ours is told: to the log with where it happened, to the person with a reference."""

from __future__ import annotations

import logging
import re
import traceback
import uuid
from pathlib import Path

FAULT_SAYS = "Something went wrong on my side (reference {reference}). Nothing was lost by asking again."
SECRETS = re.compile(r"xox\w-[\w-]+|xapp-[\w-]+|(?:https?|wss?)://\S+")

log = logging.getLogger(__name__)


def report_fault(fault: BaseException) -> str:
    """
    Log a fault once and return its reference.

    The exception's own words are left out: they may repeat what somebody typed.
    """
    reference = uuid.uuid4().hex[:8]
    frames = traceback.extract_tb(fault.__traceback__)
    where = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    log.error(
        "A Slack event could not be handled.",
        extra={"reference": reference, "fault": type(fault).__name__, "where": where},
    )
    return reference


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
