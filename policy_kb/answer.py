"""From a question to an answer: ranked clauses, the verdict that follows, and how sure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.clause import ClauseRef
from policy_kb.follow_up import Topic
from policy_kb.frame import Frame, Slot
from policy_kb.language import is_english
from policy_kb.search import Candidate, Found
from policy_kb.split import split_questions
from policy_kb.verdict import ACT_FORMS, own_verdict
from policy_kb.words import ItemId, Tier, Verdict

if TYPE_CHECKING:
    from policy_kb.cases import QuestionBack
    from policy_kb.search import Search
    from policy_kb.urgent import UrgentSigns
    from policy_kb.view import PolicyView

LONGEST_READ = 2_000  # characters; nobody's question is longer, and the sense stands at its ends
SILENT_AT = 0.05  # likelihood that the policy does not answer, below which it is never said so
SILENT_SHARE = 0.2  # and how large that must be beside the leading clause
SURE_AT = 0.2  # likelihood of the leading clause, below which no verdict is given
SHOWN_AT = 0.08  # likelihood of a further clause, below which it is not shown
NEAR_AT = 0.15  # likelihood of a clause, below which it is not even background to silence
RED_LINE_AT = 0.08  # likelihood of a prohibition, above which it leads where a red line holds
OTHERWISE_SURE = 0.6  # likelihood of another clause, above which a red line nobody found does not lead
RED_LINE_SILENT = 0.85  # likelihood of silence that even a red line does not overrule
PLAINLY_URGENT = 0.8  # score of words in a field, at which help comes first
MISFIT = 0.2  # what is left of a candidate's likelihood where the frame speaks against it
TALK_AT = 0.5  # likelihood of small talk or of a command, above which it is taken as such
FOLLOW_UP_SURE = 0.8  # a short message this sure of its own clause is a new question
MOST_CLAUSES = 3
# "what is 5.4?", "show me A. 1.8 please": a number, however its spaces fall, and nothing else of weight.
CLAUSE_NUMBER = re.compile(
    r"\W*(?:(?:what(?:'?s|’s)?|is|does|do|show|me|see|read|quote|the|policy|clause|section|number)\W+)*"
    r"(?P<appendix>a\.?\s?)?(?P<digits>\d\s?\.\s?\d{1,2})\W*(?:(?:says?|please)\W*)*",
    re.IGNORECASE,
)

CONCERN = ClauseRef(ItemId("A.2.3"))
EXTREME = ClauseRef(ItemId("A.5.6"))
SAFEGUARDING = (CONCERN, EXTREME)


class Talk(StrEnum):
    """What a message is, before anything is looked up."""

    QUESTION = "question"
    SMALL_TALK = "small_talk"
    COMMAND = "command"
    NOTHING = "nothing"
    NOT_ENGLISH = "not_english"


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
    asks: str = ""  # a question back
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """All that is said to one message."""

    talk: Talk
    urgent: bool
    answers: tuple[Answer, ...] = ()
    topic: Topic | None = field(default=None)


class Answerer:
    """Answers questions from one view of the policy."""

    def __init__(self, view: PolicyView, search: Search, signs: UrgentSigns) -> None:
        self._view = view
        self._search = search
        self._signs = signs

    def is_plainly_urgent(self, text: str) -> bool:
        """
        Tell whether words put into a field plainly say that someone may be at risk.

        A reason is short and out of its context (“She is away.”), so the bar is higher than for a message.

        Policy: A.2.3, A.5.6
        """
        read = self._signs.read(text)
        return read.alone or read.score >= PLAINLY_URGENT

    def reply(self, text: str, topic: Topic | None = None) -> Reply:
        """
        Return what to say to a message, given what the conversation was about before it.

        Someone at risk comes first, whatever else is asked (A.2.3, A.5.6).
        """
        read = text.strip()[:LONGEST_READ]
        if plain := self._plain_reply(read):
            return plain
        urgent = self._signs.read(text).urgent
        found = self._search.find(read)
        if not urgent and (talk := _talk(read, found)):
            return Reply(talk=talk, urgent=False)
        if topic and self._leans_on(topic, read, found):
            return self._follow_up(topic, read, found, urgent=urgent)
        answers = self._answers(read, found, urgent=urgent)
        return Reply(talk=Talk.QUESTION, urgent=urgent, answers=answers, topic=self._topic(read, found, answers))

    def _plain_reply(self, text: str) -> Reply | None:
        """Return the reply to a message that needs no search: nothing, a word of help, a clause's number."""
        if not any(letter.isalnum() for letter in text):
            return Reply(talk=Talk.NOTHING, urgent=False)
        if text.casefold().strip(" ?!.") == "help":
            return Reply(talk=Talk.COMMAND, urgent=False)
        named = self._named_clauses(text)
        if not named:
            return None
        answer = Answer(verdict=Verdict.INFO, tier=Tier.SURE, clauses=named)
        return Reply(talk=Talk.QUESTION, urgent=False, answers=(answer,), topic=Topic(Frame(), (), named[0]))

    def _named_clauses(self, text: str) -> tuple[ClauseRef, ...]:
        """Return the clause that a message asks for by its number and nothing else, in all its parts."""
        number = CLAUSE_NUMBER.fullmatch(text)
        if number is None:
            return ()
        item = "A." * bool(number["appendix"]) + number["digits"].replace(" ", "")
        return tuple(ref for ref in self._view.items if ref.id == item)[:MOST_CLAUSES]

    def _answers(self, text: str, found: Found, *, urgent: bool) -> tuple[Answer, ...]:
        if urgent:
            return (self._urgent_answer(text, found),)
        whole = self._decide(text, found, self._view.frames.read(text))
        parts = split_questions(text)
        if len(parts) == 1:
            return (whole,)
        each = tuple(self._decide(part, self._search.find(part), self._view.frames.read(part)) for part in parts)
        firm = tuple(answer for answer in each if answer.tier is Tier.SURE)
        leads = {answer.clauses[0].id for answer in firm}
        return _distinct(firm) if len(leads) > 1 else (whole,)

    def _urgent_answer(self, text: str, found: Found) -> Answer:
        scores = {candidate.item: candidate.score for candidate in found.candidates}
        lead, second = SAFEGUARDING if scores.get("A.2.3", 0) >= scores.get("A.5.6", 0) else SAFEGUARDING[::-1]
        frame = self._view.frames.read(text)
        other = self._decide(text, found, frame)
        asks = "?" in text or frame.says(Slot.FORM, *ACT_FORMS) or other.verdict is Verdict.NO
        if asks and other.tier is Tier.SURE and other.clauses[0] not in SAFEGUARDING:
            return other
        return Answer(verdict=Verdict.URGENT, tier=Tier.SURE, clauses=(lead, second))

    def _decide(self, text: str, found: Found, frame: Frame) -> Answer:
        ranked = self._ranked(text, found, frame)
        if crossed := self._red_line(ranked, found, frame):
            return self._sure(crossed, ranked, frame)
        if not ranked or found.silent >= max(SILENT_AT, SILENT_SHARE * ranked[0][1]):
            return Answer(verdict=Verdict.SILENT, tier=Tier.SILENT, clauses=_shown(ranked, NEAR_AT)[:2])
        lead, score = ranked[0]
        if score < SURE_AT:
            return self._not_sure(ranked, frame)
        return self._sure(lead, ranked, frame)

    def _ranked(self, text: str, found: Found, frame: Frame) -> list[tuple[ClauseRef, float]]:
        """Return the candidates, best first; those that do not fit the frame count for less."""
        refs = ((self._view.ref_for(candidate.item, text), candidate.score) for candidate in found.candidates)
        misfits = {ref for misfit in self._view.misfits if misfit.conditions.hold(frame) for ref in misfit.items}
        known = [(ref, score * (MISFIT if ref in misfits else 1)) for ref, score in refs if ref in self._view.items]
        return sorted(known, key=lambda pair: pair[1], reverse=True)

    def _red_line(self, ranked: list[tuple[ClauseRef, float]], found: Found, frame: Frame) -> ClauseRef | None:
        """Return the prohibition that must lead, lest a neighbour's conditions look like a permission."""
        if found.silent >= RED_LINE_SILENT:
            return None
        lines = [line for line in self._view.red_lines if line.conditions.hold(frame)]
        if not lines:
            return None
        barred = {ref for line in lines for ref in line.items}
        found_barred = next((ref for ref, score in ranked if ref in barred and score >= RED_LINE_AT), None)
        of_something_else = ranked[0][1] >= OTHERWISE_SURE or not frame.says(Slot.FORM, *ACT_FORMS)
        return found_barred or (None if of_something_else else lines[0].items[0])

    def _sure(self, lead: ClauseRef, ranked: list[tuple[ClauseRef, float]], frame: Frame) -> Answer:
        clause, case = self._view.items[lead], self._view.case(lead, frame)
        cited = (lead, *(case.also if case else clause.exceptions))[:MOST_CLAUSES]
        near = tuple(ref for ref in _shown(ranked) if ref.id not in {one.id for one in cited})
        return Answer(
            verdict=case.verdict if case else own_verdict(clause, frame),
            tier=Tier.SURE,
            clauses=cited,
            near=near[: MOST_CLAUSES - 1],
            case=case.name if case else "",
        )

    def _not_sure(self, ranked: list[tuple[ClauseRef, float]], frame: Frame) -> Answer:
        closest = _shown(ranked) or (ranked[0][0],)
        unsure = Answer(verdict=Verdict.UNSURE, tier=Tier.NOT_SURE, clauses=closest)
        question = self._question_back({ref.id for ref in closest}, frame)
        if question is None:
            return unsure
        return replace(unsure, asks=question.asks, choices=self._choices(question, frame))

    def _question_back(self, items: set[ItemId], frame: Frame) -> QuestionBack | None:
        fitting = (one for one in self._view.questions_back if one.between <= items and frame.leaves_open(one.slot))
        return next(fitting, None)

    def _choices(self, question: QuestionBack, frame: Frame) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                label=option.label,
                value=option.value,
                answer=self._sure(option.leads, [], frame.with_(question.slot, option.value)),
            )
            for option in question.options
        )

    def _leans_on(self, topic: Topic, text: str, found: Found) -> bool:
        best = found.candidates[0].score if found.candidates else 0.0
        changed = self._view.follow_ups.new_lead(topic, self._view.frames.read(text))
        return self._view.follow_ups.is_follow_up(text) and (changed is not None or best < FOLLOW_UP_SURE)

    def _follow_up(self, topic: Topic, text: str, found: Found, *, urgent: bool) -> Reply:
        said = self._view.frames.read(text)
        frame = topic.frame.carried_on_by(said)
        together = _together(topic, found)
        if urgent:
            answer = self._urgent_answer(text, found)
        elif lead := self._view.follow_ups.new_lead(topic, said):
            answer = self._sure(lead, self._ranked(text, together, frame), frame)
        else:
            answer = self._decide(text, together, frame)
        topic = replace(self._topic(text, together, (answer,)), frame=frame)
        return Reply(talk=Talk.QUESTION, urgent=urgent, answers=(answer,), topic=topic)

    def _topic(self, text: str, found: Found, answers: tuple[Answer, ...]) -> Topic:
        scores = tuple((candidate.item, round(candidate.score, 3)) for candidate in found.candidates)
        firm = [answer.clauses[0] for answer in answers if answer.tier is Tier.SURE]
        return Topic(self._view.frames.read(text), scores, firm[-1] if firm else None)


def _together(topic: Topic, found: Found) -> Found:
    """Weigh a follow-up's own candidates with those of the question before, half and half."""
    scores = {candidate.item: candidate.score / 2 for candidate in found.candidates}
    for item, score in topic.scores:
        scores[item] = scores.get(item, 0.0) + score / 2
    ranked = sorted(scores.items(), key=lambda pair: pair[1], reverse=True)
    candidates = tuple(Candidate(item=item, score=score) for item, score in ranked)
    return replace(found, candidates=candidates, silent=found.silent / 2)


def _talk(text: str, found: Found) -> Talk | None:
    """Return what a message is that asks nothing of the policy; None for a question."""
    if not is_english(text):
        return Talk.NOT_ENGLISH
    if found.smalltalk >= TALK_AT:
        return Talk.SMALL_TALK
    return Talk.COMMAND if found.command >= TALK_AT else None


def _shown(ranked: list[tuple[ClauseRef, float]], least: float = SHOWN_AT) -> tuple[ClauseRef, ...]:
    return tuple(ref for ref, score in ranked if score >= least)[:MOST_CLAUSES]


def _distinct(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    return tuple({answer.clauses[0].id: answer for answer in answers}.values())
