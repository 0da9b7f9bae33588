"""
Meanings of many texts, worked out on every core and kept under `build/`, so that a second run need not wait.

One answer never needs them; they are what a search by meaning is built from, once.
"""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from policy_kb.classifier import MODEL
from tests.bench.alone import run_alone
from tests.bench.base_encoder import base_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

KEPT = Path(__file__).parents[2] / "build" / "bench"


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """One row a text, and what it took to work one out."""

    texts: tuple[str, ...]
    meanings: NDArray[np.float16]
    each: float  # processor ms a text on one thread; as first measured where the rows were kept

    def only(self, texts: Iterable[str]) -> NDArray[np.float16]:
        """Return the rows of some of the texts, in their order."""
        rows = {text: row for row, text in enumerate(self.texts)}
        return self.meanings[[rows[text] for text in texts]]


def encoded(texts: Sequence[str], *, base: bool) -> Encoded:
    """Return the meanings of texts by the bare base or by our own encoder."""
    weights = (base_folder() / "model.safetensors") if base else (MODEL / "encoder.npz")
    known = hashlib.sha256(weights.read_bytes())
    known.update(json.dumps(list(texts)).encode())
    file = KEPT / f"{known.hexdigest()[:24]}.npz"
    if not file.exists():
        _encode(texts, file, base=base)
    with np.load(file, allow_pickle=False) as stored:
        return Encoded(tuple(texts), stored["meanings"], float(stored["each"]))


def _encode(texts: Sequence[str], file: Path, *, base: bool) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    cores = os.cpu_count() or 1
    jobs = [
        {"base": base, "texts": texts[start::cores], "file": str(file.with_suffix(f".{start}.npy"))}
        for start in range(cores)
    ]
    print(f"  working out {len(texts):,} meanings by {'the bare base' if base else 'our encoder'} ...", flush=True)
    with ThreadPoolExecutor(cores) as together:
        done = list(together.map(lambda job: run_alone("tests.bench.encoding", job), jobs))
    parts = [np.load(str(job["file"])) for job in jobs]
    meanings = np.empty((len(texts), parts[0].shape[1]), dtype=np.float16)
    for start, part in enumerate(parts):
        meanings[start::cores] = part
    np.savez(file, meanings=meanings, each=1000 * sum(one["seconds"] for one in done) / len(texts))
    for job in jobs:
        Path(str(job["file"])).unlink()
