"""The verdict of an item for a question: its reviewed case, else its own, as the question is put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.frame import Frame, Slot
from policy_kb.words import Verdict

if TYPE_CHECKING:
    from policy_kb.clause import Clause

FACT_FORMS = ("who", "when", "how_many", "what")
ACT_FORMS = ("may", "duty", "skip", "what_to_do")


def own_verdict(clause: Clause, frame: Frame) -> Verdict:
    """
    Return what an item answers by itself, with no reviewed case.

    A duty asked about as a fact ("who moderates?", "how many?") is `info`.
    `yes` is never given here: only a reviewed case may permit.
    """
    if clause.verdict is Verdict.YES:
        return Verdict.INFO
    if clause.verdict is Verdict.REQUIRED and asks_a_fact(frame):
        return Verdict.INFO
    return clause.verdict


def asks_a_fact(frame: Frame) -> bool:
    """Tell whether a question wants to know something, rather than whether to do it."""
    return frame.says(Slot.FORM, *FACT_FORMS) and not frame.says(Slot.FORM, *ACT_FORMS)
