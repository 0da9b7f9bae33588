"""The verdict of an item for a question: its reviewed case, else its own, as the question is put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.words import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.clause import Clause

ACT_FORMS = ("may", "duty", "skip", "what_to_do")
LEAN = 1.3  # how much likelier than it is read an item's own verdict counts
SURELY = 0.7  # of what an item may answer: the share without which a prohibition stays one


def own_verdict(clause: Clause, calls_for: Mapping[str, float]) -> Verdict:
    """
    Return what an item answers by itself, with no reviewed case.

    Which of the verdicts reviewed for it fits depends on how the question is put ("who moderates?", "may we
    leave it out?"), as `calls_for` reads it. `yes` is never given here: only a reviewed case may permit.
    """
    own = Verdict.INFO if clause.verdict is Verdict.YES else clause.verdict
    likely = {verdict: calls_for.get(verdict.value, 0.0) for verdict in (own, *clause.may_be)}
    likely[own] *= LEAN
    best = max(likely, key=likely.__getitem__)
    if own is Verdict.NO and likely[best] < SURELY * sum(likely.values()):
        return own
    return best
