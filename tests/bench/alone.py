"""Run one part of a benchmark in a fresh process with one thread: it shares no memory and waits for no other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

MEBIBYTE = 1024  # kibibytes
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def run_alone(module: str, job: dict[str, Any]) -> dict[str, Any]:
    """
    Give a module a job and return what it made of it; both pass as JSON.

    Raises:
        CalledProcessError: the module failed; its own error is on the screen.
    """
    # Numpy reads how many threads it may use when it is imported, so they are set before the process starts.
    done = subprocess.run(  # noqa: S603 - our own module under our own Python
        [sys.executable, "-m", module],
        input=json.dumps(job),
        env=os.environ | ONE_THREAD,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def resident_mb() -> float:
    """Return the memory this process has in hand now, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / MEBIBYTE


def load_of_machine() -> str:
    """Return a line on how busy the machine is, for figures are only as good as that."""
    return f"{os.cpu_count()} cores, load of the last minute {os.getloadavg()[0]:.1f}"
