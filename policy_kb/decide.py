"""From what was read in one question to one answer: which clause leads, which verdict, by which rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_kb.frame import Frame, Slot
from policy_kb.verdict import ACT_FORMS, own_verdict
from policy_kb.words import Force, Tier, Verdict

if TYPE_CHECKING:
    from policy_kb.cases import QuestionBack, Rule
    from policy_kb.clause import Clause, ClauseRef
    from policy_kb.search import Found
    from policy_kb.view import PolicyView
    from policy_kb.words import ItemId

SILENT_SHARE = 0.15  # likelihood that the policy does not answer, beside that of all its clauses, to say so
PLAIN_AT = 0.9  # likelihood of the leading clause, above which a share of silence makes no silence
SURE_AT = 0.15  # likelihood of the leading clause, below which no verdict is given
AGREED_AT = 0.4  # likelihood of all the clauses of one verdict together, from which it is given all the same
AGREED_TWICE = 2  # how much that counts for a no, where the question itself calls for one
SHOWN_AT = 0.08  # likelihood of a further clause, below which it is not shown
NEAR_AT = 0.15  # likelihood of a clause, below which it is not even background to silence
RED_LINE_AT = 0.05  # likelihood of a prohibition, above which it leads where a red line holds
OTHERWISE_SURE = 0.5  # likelihood of another clause, above which a red line nobody found does not lead
RED_LINE_SILENT = 0.6  # likelihood of silence that even a red line does not overrule
DOUBTED_AT = 0.65  # likelihood that a question calls for a no, from which no case permits
BARRED_AT = 0.9  # the same, from which items that permit do not fit either, and no reviewed fact stands
BARRED_FROM = 0.8  # the same, from which silence has to be likelier than the item
SCHOOL_WAYS = ("school_email", "school_meet", "school_mobile")  # named in so many words, they are allowed (A.4.11)
SCHOOL_WAYS_DOUBTED_AT = 0.8  # the same as DOUBTED_AT, for those
BINDING = frozenset({Force.MUST, Force.MUST_NOT})  # clauses that can bar
SOFTER = frozenset({Verdict.INFO, Verdict.APPROVAL, Verdict.REQUIRED})  # than the no that a question calls for
LEFT_OUT = frozenset({Verdict.APPROVAL, Verdict.REQUIRED})  # by whoever goes ahead unapproved
DUTY_FORMS = ("duty", "skip")
MISFIT = 0.2  # what is left of a candidate's likelihood where the frame speaks against it
MOST_CLAUSES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One reply to a question back, and the answer it brings."""

    label: str
    value: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as facts: which clauses, which verdict, by which case. The words come later."""

    verdict: Verdict
    tier: Tier
    clauses: tuple[ClauseRef, ...]  # the leading one first; background only where the tier is silent
    near: tuple[ClauseRef, ...] = ()  # further candidates, worth a look
    case: str = ""  # name of the reviewed case of the leading clause that governs
    reviewed: Verdict | None = None  # what was reviewed, where the question itself brings another verdict
    asks: str = ""  # a question back
    choices: tuple[Choice, ...] = ()
    because: str = ""  # the rule that set the verdict, for whoever asks for an explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, and what was read in it."""

    text: str
    found: Found
    frame: Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate as the question leaves it."""

    ref: ClauseRef
    score: float  # likelihood, less where the question speaks against the item
    misfit: bool


class Decider:
    """Decides questions by one view of the policy."""

    def __init__(self, view: PolicyView) -> None:
        self._view = view

    def decide(self, question: Question, *, goes_on: bool = False) -> Answer:
        """
        Return the answer to one question.

        If it goes on from the one before, its frame is partly that one's, and no rule names an item by that alone.
        """
        ranked = self.ranked(question)
        if beyond := self._beyond(question.frame):
            because = "A reviewed rule: the policy does not say that."
            background = beyond.items or _shown(ranked, NEAR_AT)[:2]
            return Answer(verdict=Verdict.SILENT, tier=Tier.SILENT, clauses=background, because=because)
        if crossed := self.red_line(question, ranked):
            return self.sure(crossed, question, ranked, first="A red line holds. ")
        unanswered = is_silent(question.found, ranked[0].score if ranked else 0.0)
        named = None if goes_on else self.named(question.frame)
        if named and (unanswered or ranked[0].score < OTHERWISE_SURE):
            return self.sure(named, question, ranked, first="A reviewed rule names it. ")
        if unanswered:
            line = _silent_from(question.found)
            because = f"Silence is likely at {question.found.silent:.2f}, said from {line:.2f} on."
            return Answer(
                verdict=Verdict.SILENT, tier=Tier.SILENT, clauses=_shown(ranked, NEAR_AT)[:2], because=because
            )
        answer = self.sure(ranked[0].ref, question, ranked)
        if ranked[0].score < SURE_AT and self._agreed(answer.verdict, question, ranked) < AGREED_AT:
            return self._not_sure(question, ranked)
        return answer

    def _agreed(self, verdict: Verdict, question: Question, ranked: list[Ranked]) -> float:
        """Return how likely the candidates are together that would bring the same verdict; none makes a permission."""
        if verdict is Verdict.YES:
            return 0.0
        likely = sum(one.score for one in ranked if self.sure(one.ref, question, ranked).verdict is verdict)
        called_off = verdict is Verdict.NO and question.found.calls_for.get(Verdict.NO, 0.0) >= DOUBTED_AT
        return likely * (AGREED_TWICE if called_off else 1)

    def ranked(self, question: Question) -> list[Ranked]:
        """Return the candidates, best first; those that do not fit what is asked count for less."""
        misfits = {one for rule in self._view.misfits if rule.conditions.hold(question.frame) for one in rule.items}
        if question.found.calls_for.get(Verdict.NO, 0.0) >= BARRED_AT:
            misfits |= {ref for ref, clause in self._view.items.items() if clause.verdict is Verdict.YES}
        barred = question.found.calls_for.get(Verdict.NO, 0.0) >= DOUBTED_AT
        found = (
            (self._view.ref_for(one.item, question.text, barred=barred), one.score) for one in question.found.candidates
        )
        known = [
            Ranked(ref=ref, score=score * (MISFIT if ref in misfits else 1), misfit=ref in misfits)
            for ref, score in found
            if ref in self._view.items
        ]
        return sorted(known, key=lambda one: one.score, reverse=True)

    def _beyond(self, frame: Frame) -> Rule | None:
        """Return the rule by which the policy does not reach a question; None where it may."""
        return next((rule for rule in self._view.beyond if rule.conditions.hold(frame)), None)

    def named(self, frame: Frame) -> ClauseRef | None:
        """Return the item that a reviewed rule names for what the question says; None where it names none."""
        return next((rule.items[0] for rule in self._view.named if rule.conditions.hold(frame)), None)

    def red_line(self, question: Question, ranked: list[Ranked]) -> ClauseRef | None:
        """Return the prohibition that must lead, lest a neighbour's conditions look like a permission."""
        if question.found.silent >= RED_LINE_SILENT:
            return None
        lines = [line for line in self._view.red_lines if line.conditions.hold(question.frame)]
        if not lines:
            return None
        barred = {ref for line in lines for ref in line.items}
        found_barred = next((one.ref for one in ranked if one.ref in barred and one.score >= RED_LINE_AT), None)
        of_something_else = ranked[0].score >= OTHERWISE_SURE or not question.frame.says(Slot.FORM, *ACT_FORMS)
        return found_barred or (None if of_something_else else lines[0].items[0])

    def sure(self, lead: ClauseRef, question: Question, ranked: list[Ranked], *, first: str = "") -> Answer:
        """Return the answer that a clause gives, by its reviewed case or else by itself."""
        clause, case = self._view.items[lead], self._view.case(lead, question.frame)
        reviewed = case.verdict if case else own_verdict(clause, question.found.calls_for)
        barred = question.found.calls_for.get(Verdict.NO, 0.0) >= BARRED_AT or _goes_ahead(clause, question)
        stands = case and reviewed is Verdict.INFO and not barred
        verdict = reviewed if stands else _weighed(reviewed, clause, question)
        cited = (lead, *(case.also if case else clause.exceptions))[:MOST_CLAUSES]
        near = tuple(ref for ref in _shown(ranked) if ref.id not in {one.id for one in cited})
        rule = f"the reviewed case “{case.name}”" if case else "its own verdicts, by how the question is put"
        instead = "" if verdict is reviewed else f", by what the question tells {verdict.value}"
        return Answer(
            verdict=verdict,
            tier=Tier.SURE,
            clauses=cited,
            near=near[: MOST_CLAUSES - 1],
            case=case.name if case else "",
            reviewed=None if verdict is reviewed else reviewed,
            because=f"{first}{lead} leads; {rule}: {reviewed.value}{instead}.",
        )

    def _not_sure(self, question: Question, ranked: list[Ranked]) -> Answer:
        closest = _shown(ranked) or (ranked[0].ref,)
        because = f"No clause is likely enough: {ranked[0].score:.2f}, sure from {SURE_AT} on."
        unsure = Answer(verdict=Verdict.UNSURE, tier=Tier.NOT_SURE, clauses=closest, because=because)
        back = self._question_back({ref.id for ref in closest}, question.frame)
        return replace(unsure, asks=back.asks, choices=self._choices(back, question)) if back else unsure

    def _question_back(self, items: set[ItemId], frame: Frame) -> QuestionBack | None:
        fitting = (one for one in self._view.questions_back if one.between <= items and frame.leaves_open(one.slot))
        return next(fitting, None)

    def _choices(self, back: QuestionBack, question: Question) -> tuple[Choice, ...]:
        settled = (
            (option, replace(question, frame=question.frame.with_(back.slot, option.value))) for option in back.options
        )
        return tuple(
            Choice(label=option.label, value=option.value, answer=self.sure(option.leads, asked, []))
            for option, asked in settled
        )


def is_silent(found: Found, surest: float) -> bool:
    """
    Tell whether a message is about nothing that the policy says, so far as searching goes.

    `surest`: how likely the leading item is; less than in `found` where the question speaks against it. What calls for
    a no is met with silence only where that is likelier than the item.
    """
    if not surest:
        return True
    if found.silent < _silent_from(found):
        return False
    barred = found.calls_for.get(Verdict.NO, 0.0) >= BARRED_FROM
    return surest < (found.silent if barred else PLAIN_AT)


def _silent_from(found: Found) -> float:
    return SILENT_SHARE * found.answered


def _weighed(reviewed: Verdict, clause: Clause, question: Question) -> Verdict:
    """Return the reviewed verdict, or what stands in its place where the question itself calls for a no."""
    frame, calls_for_no = question.frame, question.found.calls_for.get(Verdict.NO, 0.0)
    if reviewed is Verdict.YES:
        doubted_at = SCHOOL_WAYS_DOUBTED_AT if frame.says(Slot.CHANNEL, *SCHOOL_WAYS) else DOUBTED_AT
        return Verdict.ASK_FIRST if calls_for_no >= doubted_at else reviewed
    if reviewed in SOFTER and _goes_ahead(clause, question):
        return Verdict.NO
    if reviewed is Verdict.REQUIRED and frame.says(Slot.FORM, *DUTY_FORMS):
        return reviewed  # a no would read as "you need not"
    binds = clause.verdict is Verdict.NO or clause.force in BINDING
    return Verdict.NO if binds and reviewed in SOFTER and calls_for_no >= DOUBTED_AT else reviewed


def _goes_ahead(clause: Clause, question: Question) -> bool:
    """
    Tell whether somebody does without an approval what needs one, and does not merely ask about it.

    Only a clause that asks for something, an approval or a duty, can be gone ahead of.
    """
    if clause.verdict not in LEFT_OUT:
        return False
    calls_for, frame = question.found.calls_for, question.frame
    tells = calls_for.get(Verdict.NO, 0.0) > calls_for.get(Verdict.INFO, 0.0)
    return tells and frame.says(Slot.FORM, "unapproved") and not frame.says(Slot.FORM, "duty", "what_to_do")


def _shown(ranked: list[Ranked], least: float = SHOWN_AT) -> tuple[ClauseRef, ...]:
    return tuple(one.ref for one in ranked if one.score >= least)[:MOST_CLAUSES]
