"""What a channel says and logs when something of ours breaks."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from uuid import uuid4

LOG = logging.getLogger(__name__)


def report_fault(fault: BaseException, *, channel: str) -> str:
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
            "where": " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames),
        },
    )
    return f"Something went wrong on my side (reference {reference}). Nothing was lost by asking again."
