"""
Rebuild every artefact of the models from the data in the repository, and write the model card.

The same data gives the same models on the same machine. On two cores it takes half an hour.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from policy_kb.features import features
from policy_kb.heads import Heads
from policy_kb.training import encoder_base
from policy_kb.training.card import write_card
from policy_kb.training.encoder_fit import ROUNDS, SEED, fit_encoder, untaught_meanings
from policy_kb.training.encoder_store import store_encoder
from policy_kb.training.figures import best_sharpness, item_figures, urgent_figures, urgent_line
from policy_kb.training.fit import fit_items, fit_urgent
from policy_kb.training.kinds import in_kinds
from policy_kb.training.lessons import WEIGHTS, heads_for, lesson
from policy_kb.training.phrasings import (
    BESIDE_THE_POLICY,
    HARMLESS,
    LEARNED_FROM,
    STANDS_FOR_ITSELF,
    URGENT,
    Phrasing,
    after_other_topics,
    by_themselves,
    fingerprint,
    kept_back,
    read_phrasings,
    taught,
)
from policy_kb.training.store import store
from policy_kb.training.trial import try_items, try_urgent
from policy_kb.urgent import MEANING, SignWords
from policy_kb.word_pieces import WordPieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_kb.training.figures import ItemFigures, UrgentLine

FALSE_ALARMS = 0.012
"""Of ordinary phrasings of clauses: as many as staff bear, and as few missed as that allows."""


def main() -> None:
    """Train, measure on what was kept back, store and report."""
    phrasings = read_phrasings()
    learned, back = taught(phrasings), kept_back(phrasings)
    again, alone = after_other_topics(learned), by_themselves(learned)
    _train_encoder([*learned, *again, *alone])
    heads = Heads.load()
    items, sharpness = _train_items([*learned, *again], back, heads)
    urgent, chosen = _train_urgent([*learned, *alone], back, heads)
    write_card(
        _counts(learned),
        {
            "of those, learned once more as a new question after another topic": f"{len(again):,}",
            "follow-ups, learned once more by themselves as no alarm": f"{len(alone):,}",
            "kept back to measure by, and never learned": f"{len(back):,}",
            "seed": SEED,
            "rounds of the encoder": ROUNDS,
            "sharpness of the items": sharpness,
            "urgent: shifted from the row that finds": f"{100 * chosen.found:.1f} %",
            "fingerprint": f"`{fingerprint(LEARNED_FROM['items'])[:16]}`",
        },
        items,
        urgent,
    )


def _train_encoder(learned: Sequence[Phrasing]) -> None:
    folder = encoder_base.base_folder()
    known = encoder_base.base_pieces(folder)
    kept = encoder_base.kept_pieces(known, [one.text for one in learned])
    pieces = WordPieces({piece: row for row, piece in enumerate(kept)})
    body = encoder_base.base_body(folder, known, kept)
    split = in_kinds(learned, lambda some: untaught_meanings(body, [lesson(one, pieces) for one in some]))
    net = fit_encoder(body, heads_for(split), WEIGHTS, [lesson(one, pieces) for one in split])
    store_encoder(net, kept, {"seed": SEED, "rounds": ROUNDS, "fingerprint": fingerprint(LEARNED_FROM["encoder"])})


def _train_items(learned: Sequence[Phrasing], back: Sequence[Phrasing], heads: Heads) -> tuple[ItemFigures, float]:
    shown = [one for one in learned if one.label != HARMLESS]
    model = fit_items([features(one.text) for one in shown], [one.label for one in shown])
    trial = try_items(back, model, heads)
    sharpness = best_sharpness(trial)
    figures = item_figures(trial, sharpness)
    measured = {"first": round(figures.first, 4), "among_three": round(figures.among_three, 4)}
    store(replace(model, sharpness=sharpness), "items", _about("items", measured))
    print(f"items: right first {figures.first:.3f}, among three {figures.among_three:.3f}, sharpness {sharpness}")
    return figures, sharpness


def _train_urgent(
    learned: Sequence[Phrasing], back: Sequence[Phrasing], heads: Heads
) -> tuple[tuple[UrgentLine, ...], UrgentLine]:
    words = SignWords.load()
    shown = [one for one in learned if one.label not in STANDS_FOR_ITSELF]
    noticed = [words.notice(one.text) for one in shown]
    model = fit_urgent([features(one.text, one.titles) for one in noticed], [one.label == URGENT for one in shown])
    scores = try_urgent(back, words, model, heads)
    labels, alone = [one.label for one in back], [words.notice(one.text).alone for one in back]
    lines = urgent_figures(labels, scores, alone)
    chosen = urgent_line(labels, scores, alone, FALSE_ALARMS)
    # The chosen line becomes an even chance, so that the detector can always ask for more than half.
    even = np.array([0.0, math.log(chosen.line / (1 - chosen.line))], dtype=np.float32)
    measured = {"found": round(chosen.found, 4), "false_alarms": round(chosen.clauses, 4)}
    store(replace(model, bias=model.bias - even / (1 - MEANING)), "urgent", _about("urgent", measured))
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
