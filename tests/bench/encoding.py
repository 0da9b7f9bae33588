"""Work out the meanings of many texts in a process of its own: `tests.bench.vectors` starts it."""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from policy_kb.encoder import Encoder
from tests.bench.base_encoder import load_base


def main() -> None:
    """Read the job, write one row a text to the file it names, and say how long it took."""
    job = json.load(sys.stdin)
    encoder = load_base() if job["base"] else Encoder.load()
    began = time.process_time()
    meanings = np.array([encoder.meaning(text) for text in job["texts"]], dtype=np.float16)
    seconds = time.process_time() - began
    np.save(job["file"], meanings)
    json.dump({"seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
