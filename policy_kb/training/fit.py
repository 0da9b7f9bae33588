"""Fit the two models: which item a question is about, and whether it is urgent."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB

from policy_kb.classifier import Classifier
from policy_kb.training.table import Table, make_table

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from numpy.typing import NDArray

STRENGTH = 10.0  # how freely weights may grow; the published recipe for these phrasings
ROUNDS = 60  # more make the weights larger, not the answers better
SMOOTHING = 0.3  # of the naive Bayes half

CALM, URGENT = "calm", "urgent"


def fit_items(counted: Sequence[Counter[int]], labels: Sequence[str]) -> Classifier:
    """
    Fit logistic regression and naive Bayes to the same features, and add their log-probabilities.

    Both are linear, so that their sum is one set of weights: two opinions for the price of one.
    """
    table = make_table(counted)
    regression = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=ROUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early on purpose
        regression.fit(table.rows, labels)
    bayes = ComplementNB(alpha=SMOOTHING).fit(table.rows, labels)
    weights = regression.coef_.T + bayes.feature_log_prob_.T
    return _pack(table, tuple(map(str, regression.classes_)), weights, regression.intercept_)


def fit_urgent(counted: Sequence[Counter[int]], urgent: Sequence[bool]) -> Classifier:
    """Fit a two-way model of what urgent messages look like."""
    table = make_table(counted)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear")
    model.fit(table.rows, np.array(urgent))
    weights, bias = model.coef_.T, model.intercept_
    return _pack(table, (CALM, URGENT), np.hstack([0 * weights, weights]), np.array([0.0, bias[0]]))


def _pack(table: Table, labels: tuple[str, ...], weights: NDArray[np.float64], bias: NDArray[np.float64]) -> Classifier:
    """Round the weights to eight bits, label by label; what every label has alike changes no answer."""
    apart = weights - weights.mean(axis=1, keepdims=True)
    largest = np.abs(apart).max(axis=0)
    scale = np.where(largest > 0, largest, 1) / 127
    return Classifier(
        labels=labels,
        numbers=table.numbers,
        rarity=table.rarity,
        weights=np.round(apart / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
        sharpness=1.0,
    )
