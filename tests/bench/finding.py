"""One system at work in a process of its own: `tests.bench.finders` starts it."""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING

from tests.bench.alone import resident_mb

if TYPE_CHECKING:
    from tests.bench.systems.shape import Finder


def main() -> None:
    """Read the job, become ready, answer, and write down what it took."""
    job = json.load(sys.stdin)
    bare, began = resident_mb(), time.perf_counter()
    # Imported only now: what a system brings with it is part of its memory and of its start.
    finder: Finder = import_module(job["module"]).make(job)
    ready = 1000 * (time.perf_counter() - began)
    found, times = [], []
    for question in job["questions"]:
        asked = time.perf_counter()
        hits = finder.found(question)
        times.append(1000 * (time.perf_counter() - asked))
        found.append(hits)
    json.dump({"found": found, "times": times, "ready": ready, "grown": resident_mb() - bare}, sys.stdout)


if __name__ == "__main__":
    main()
