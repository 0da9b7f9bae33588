"""Turn trials into figures: what is right, what is confused, and where to draw each line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policy_kb.training.phrasings import BESIDE_THE_POLICY, HARMLESS, STANDS_FOR_ITSELF, URGENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from policy_kb.training.trial import Trial

SHARPNESSES = np.arange(0.30, 2.01, 0.05)
SURE_LINES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
SILENT_LINES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
FALSE_ALARMS = (0.01, 0.02, 0.025, 0.03, 0.04, 0.05, 0.08, 0.10)
FIRST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """How the model of items did on phrasings it had not seen; every share is from 0 to 1."""

    first: float  # of the phrasings of clauses: the right item likeliest
    among_three: float
    sure: tuple[tuple[float, float, float], ...]  # line, share of in-scope phrasings above it, share right
    silent: tuple[tuple[float, float, float], ...]  # line, share of silent recognised, share of in-scope refused
    calibration: tuple[tuple[float, float, int], ...]  # mean likelihood, share right, phrasings
    recall: tuple[tuple[str, float, int], ...]  # label, share found first, phrasings; worst first
    confused: tuple[tuple[str, str, int], ...]  # wanted, found first, phrasings; most first


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentLine:
    """One place to draw the line between calm and urgent, and what it costs; shares from 0 to 1."""

    line: float  # the score
    found: float  # of the urgent phrasings
    clauses: float  # false alarms among ordinary phrasings of clauses
    harmless: float  # false alarms among harmless phrasings that sound alarming
    silent: float
    concerns: float  # alarms among phrasings of A.2.3 and A.5.6, half of which are urgent


def best_sharpness(trial: Trial) -> float:
    """Return the sharpness under which what was right had been found likeliest, on the whole."""
    place = {label: at for at, label in enumerate(trial.labels)}
    right = [place[label] for label in trial.first]
    losses = []
    for sharpness in SHARPNESSES:
        scaled = sharpness * trial.likely
        total = np.log(np.exp(scaled - scaled.max(axis=1, keepdims=True)).sum(axis=1)) + scaled.max(axis=1)
        losses.append((total - scaled[np.arange(len(right)), right]).mean())
    return round(float(SHARPNESSES[int(np.argmin(losses))]), 2)


def item_figures(trial: Trial, sharpness: float) -> ItemFigures:
    """Count what the two together found, at that sharpness."""
    labels, wanted = np.array(trial.labels), np.array(trial.first)
    likely = _sharpened(trial.likely, sharpness)
    best = labels[trial.ranked()]
    score = likely.max(axis=1)
    right = np.array([one[0] in good for one, good in zip(best, trial.wanted, strict=True)])
    three = np.array([bool(good & set(one[:FIRST].tolist())) for one, good in zip(best, trial.wanted, strict=True)])
    in_scope = ~np.isin(wanted, list(BESIDE_THE_POLICY))
    silence = likely[:, trial.labels.index("silent")]
    pairs = Counter(zip(wanted[~right].tolist(), best[~right, 0].tolist(), strict=True))
    return ItemFigures(
        first=float(right[in_scope].mean()),
        among_three=float(three[in_scope].mean()),
        sure=tuple(_sure(line, score[in_scope], right[in_scope]) for line in SURE_LINES),
        silent=tuple(
            (line, _share(silence[wanted == "silent"] >= line), _share(silence[in_scope] >= line))
            for line in SILENT_LINES
        ),
        calibration=_calibration(score, right),
        recall=_recall(wanted, right),
        confused=tuple((*pair, count) for pair, count in pairs.most_common(25)),
    )


def urgent_figures(labels: Sequence[str], scores: NDArray[np.float64], alone: Sequence[bool]) -> tuple[UrgentLine, ...]:
    """Draw the line at several rates of false alarms among ordinary phrasings of clauses."""
    return tuple(urgent_line(labels, scores, alone, false_alarms) for false_alarms in FALSE_ALARMS)


def urgent_line(
    labels: Sequence[str], scores: NDArray[np.float64], alone: Sequence[bool], false_alarms: float
) -> UrgentLine:
    """Draw the line where the model raises that share of false alarms, and count with the signs that stand alone."""
    wanted = np.array(labels)
    ordinary = ~np.isin(wanted, [*BESIDE_THE_POLICY, *STANDS_FOR_ITSELF])
    line = float(np.quantile(scores[ordinary], 1 - false_alarms))
    alarm = (scores > line) | np.array(alone)
    return UrgentLine(
        line=line,
        found=_share(alarm[wanted == URGENT]),
        clauses=_share(alarm[ordinary]),
        harmless=_share(alarm[wanted == HARMLESS]),
        silent=_share(alarm[wanted == "silent"]),
        concerns=_share(alarm[np.isin(wanted, list(STANDS_FOR_ITSELF))]),
    )


def _sharpened(likely: NDArray[np.float64], sharpness: float) -> NDArray[np.float64]:
    """Return the likelihoods that logarithms stand for, at that sharpness; those of a phrasing add up to 1."""
    odds = np.exp(sharpness * (likely - likely.max(axis=1, keepdims=True)))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def _share(found: NDArray[np.bool_]) -> float:
    return float(found.mean()) if found.size else 0.0


def _sure(line: float, score: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[float, float, float]:
    above = score >= line
    return line, _share(above), _share(right[above])


def _calibration(score: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[tuple[float, float, int], ...]:
    fifths = np.minimum((score * 5).astype(int), 4)
    return tuple(
        (float(score[fifths == fifth].mean()), _share(right[fifths == fifth]), int((fifths == fifth).sum()))
        for fifth in sorted(set(fifths.tolist()))
    )


def _recall(wanted: NDArray[np.str_], right: NDArray[np.bool_]) -> tuple[tuple[str, float, int], ...]:
    by_label = [
        (label, _share(right[wanted == label]), int((wanted == label).sum())) for label in sorted(set(wanted.tolist()))
    ]
    return tuple(sorted(by_label, key=lambda one: one[1]))
