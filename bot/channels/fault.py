"""What a channel says and logs when something of ours breaks."""

from __future__ import annotations

import logging
import traceback
from uuid import uuid4

LOG = logging.getLogger(__name__)


def report_fault(fault: Exception, *, channel: str) -> str:
    """
    Log a fault once under a new reference, and return the sentence the person sees.

    The fault's own message stays out of the log, because it may repeat what somebody typed.
    """
    reference = uuid4().hex[:8]
    frames = traceback.extract_tb(fault.__traceback__)
    LOG.error(
        "A fault of ours; the person has the reference.",
        extra={
            "channel": channel,
            "reference": reference,
            "fault": type(fault).__name__,
            "where": f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "",
        },
    )
    return f"Something went wrong on my side (reference {reference}). Nothing was lost by asking again."
