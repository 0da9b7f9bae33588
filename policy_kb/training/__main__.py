"""
Rebuild every artefact of the models from the data in the repository, and write the model card.

The same data gives the same bytes on the same machine. It takes some minutes.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from policy_kb.features import features
from policy_kb.training.card import write_card
from policy_kb.training.figures import (
    best_sharpness,
    item_figures,
    sharpened,
    urgent_figures,
    urgent_line,
)
from policy_kb.training.fit import fit_items, fit_urgent
from policy_kb.training.phrasings import (
    BESIDE_THE_POLICY,
    HARMLESS,
    LEARNED_FROM,
    URGENT,
    Phrasing,
    fingerprint,
    read_phrasings,
)
from policy_kb.training.store import store
from policy_kb.training.trial import SEED, STANDS_FOR_ITSELF, try_items, try_urgent
from policy_kb.urgent import SignWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_kb.training.figures import ItemFigures, UrgentLine

FALSE_ALARMS = 0.04
"""Of ordinary phrasings of clauses: as many as staff bear, and as few missed as that allows."""


def main() -> None:
    """Train, measure, store and report."""
    phrasings = read_phrasings()
    items, sharpness = _train_items([one for one in phrasings if one.label != HARMLESS])
    urgent, chosen = _train_urgent(phrasings)
    write_card(
        _counts(phrasings),
        {
            "seed": SEED,
            "sharpness of the items model": sharpness,
            "urgent: shifted from the row that finds": f"{100 * chosen.found:.1f} %",
            "fingerprint": f"`{fingerprint(LEARNED_FROM['items'])[:16]}`",
        },
        items,
        urgent,
    )


def _train_items(phrasings: Sequence[Phrasing]) -> tuple[ItemFigures, float]:
    trial = try_items(phrasings)
    sharpness = best_sharpness(trial)
    figures = item_figures(replace(trial, likely=sharpened(trial.likely, sharpness)))
    model = fit_items([features(one.text) for one in phrasings], [one.label for one in phrasings])
    measured = {"first": round(figures.first, 4), "among_three": round(figures.among_three, 4)}
    store(replace(model, sharpness=sharpness), "items", _about("items", measured))
    print(f"items: right first {figures.first:.3f}, among three {figures.among_three:.3f}, sharpness {sharpness}")
    for line, share, right in figures.sure:
        print(f"  sure at {line}: {share:.3f} answered, {right:.3f} of them right")
    for line, recognised, refused in figures.silent:
        print(f"  silent at {line}: {recognised:.3f} recognised, {refused:.3f} refused in scope")
    return figures, sharpness


def _train_urgent(phrasings: Sequence[Phrasing]) -> tuple[tuple[UrgentLine, ...], UrgentLine]:
    words = SignWords.load()
    noticed = [words.notice(one.text) for one in phrasings]
    alone, labels = [one.alone for one in noticed], [one.label for one in phrasings]
    scores = try_urgent(phrasings, words)
    lines = urgent_figures(labels, scores, alone)
    chosen = urgent_line(labels, scores, alone, FALSE_ALARMS)
    taught = [at for at, label in enumerate(labels) if label not in STANDS_FOR_ITSELF]
    counted = [features(noticed[at].text, noticed[at].titles) for at in taught]
    model = fit_urgent(counted, [labels[at] == URGENT for at in taught])
    # The chosen line becomes an even chance, so that the detector can always ask for more than half.
    even = np.array([0.0, math.log(chosen.line / (1 - chosen.line))], dtype=np.float32)
    measured = {"found": round(chosen.found, 4), "false_alarms": round(chosen.clauses, 4)}
    store(replace(model, bias=model.bias - even), "urgent", _about("urgent", measured))
    for line in lines:
        print(f"urgent at {line.line:.2f}: {line.found:.3f} found; false alarms: clauses {line.clauses:.3f}, ")
        print(f"  harmless {line.harmless:.3f}, silent {line.silent:.3f}, A.2.3 and A.5.6 {line.concerns:.3f}")
    return lines, chosen


def _about(name: str, measured: dict[str, float]) -> dict[str, object]:
    return {"seed": SEED, "fingerprint": fingerprint(LEARNED_FROM[name]), "measured": measured}


def _counts(phrasings: Sequence[Phrasing]) -> dict[str, int]:
    kinds = Counter(one.label if one.label in BESIDE_THE_POLICY else "phrasings of clauses" for one in phrasings)
    return {kind.replace("_", " "): count for kind, count in kinds.most_common()}


if __name__ == "__main__":
    main()
