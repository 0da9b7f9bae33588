"""Write a taught encoder where `Encoder.load` and `Heads.load` find it: weights in eight bits, row by row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from policy_kb.classifier import MODEL
from policy_kb.training.encoder_fit import LONG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from policy_kb.training.encoder_fit import Net

LARGEST = 127


def store_encoder(net: Net, kept: tuple[str, ...], about: dict[str, object], folder: Path = MODEL) -> None:
    """Write `encoder.npz`, `encoder.txt`, `encoder.json` and `heads.npz`; the same net gives the same bytes."""
    folder.mkdir(exist_ok=True)
    state = {name: value.numpy() for name, value in net.body.state_dict().items()}
    arrays = _frame(state)
    for at in range(net.body.config.num_hidden_layers):
        arrays |= {f"{at}.{name}": value for name, value in _layer(state, f"encoder.layer.{at}.").items()}
    arrays["layers"] = np.array(net.body.config.num_hidden_layers)
    np.savez_compressed(folder / "encoder.npz", allow_pickle=False, **arrays)
    (folder / "encoder.txt").write_text("\n".join(kept) + "\n", "utf-8")
    heads = {
        name: (LONG * head.weight.detach().numpy(), head.bias.detach().numpy()) for name, head in net.heads.items()
    }
    stored = {f"{name}.weights": weights.astype(np.float16) for name, (weights, _) in heads.items()}
    stored |= {f"{name}.bias": bias for name, (_, bias) in heads.items()}
    np.savez(folder / "heads.npz", **stored)
    (folder / "encoder.json").write_text(json.dumps({"labels": net.labels, **about}, indent=1) + "\n", "utf-8")


def _frame(state: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Return what stands before the layers; every text is of the first of BERT's two kinds, so it joins the places."""
    kind = state["embeddings.token_type_embeddings.weight"][0]
    places = state["embeddings.position_embeddings.weight"] + kind
    return {
        **_rounded("meanings", state["embeddings.word_embeddings.weight"]),
        "places": places.astype(np.float16),
        **_norm("first", state, "embeddings.LayerNorm"),
    }


def _layer(state: Mapping[str, NDArray[Any]], at: str) -> dict[str, NDArray[Any]]:
    three = [f"{at}attention.self.{name}" for name in ("query", "key", "value")]
    return {
        **_rounded("ask_key_value", np.concatenate([state[f"{one}.weight"] for one in three])),
        "ask_key_value.bias": np.concatenate([state[f"{one}.bias"] for one in three]),
        **_dense("look", state, f"{at}attention.output.dense"),
        **_norm("look", state, f"{at}attention.output.LayerNorm"),
        **_dense("widen", state, f"{at}intermediate.dense"),
        **_dense("narrow", state, f"{at}output.dense"),
        **_norm("think", state, f"{at}output.LayerNorm"),
    }


def _dense(name: str, state: Mapping[str, NDArray[Any]], at: str) -> dict[str, NDArray[Any]]:
    return {**_rounded(name, state[f"{at}.weight"]), f"{name}.bias": state[f"{at}.bias"]}


def _norm(name: str, state: Mapping[str, NDArray[Any]], at: str) -> dict[str, NDArray[Any]]:
    return {f"{name}.stretch": state[f"{at}.weight"], f"{name}.shift": state[f"{at}.bias"]}


def _rounded(name: str, weights: NDArray[Any]) -> dict[str, NDArray[Any]]:
    scale = np.abs(weights).max(axis=1) / LARGEST
    scale[scale == 0] = 1
    steps = np.round(weights / scale[:, None]).astype(np.int8)
    return {f"{name}.weights": steps, f"{name}.scale": scale.astype(np.float32)}
