"""From a message to a reply: what kind of message it is, which questions it asks, and the answer to each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.clause import ClauseRef
from policy_kb.decide import MOST_CLAUSES, SURE_AT, Answer, Decider, Question, is_silent
from policy_kb.follow_up import Topic, is_short, said_after
from policy_kb.frame import PERHAPS_OTHERS, Frame, Slot
from policy_kb.language import is_english
from policy_kb.models import LONGEST_READ
from policy_kb.search import Candidate
from policy_kb.split import split_questions
from policy_kb.verdict import ACT_FORMS
from policy_kb.words import ItemId, Tier, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_kb.models import Models
    from policy_kb.search import Found
    from policy_kb.urgent import Urgency
    from policy_kb.view import PolicyView

TELLING = 5  # words in a field that may tell of somebody at risk without a sign
PLAINLY_URGENT = 0.8  # score of words in a field, at which help comes first
URGENT_AS_AN_ANSWER = 0.65  # the same of words typed while a form asks for some
TALK_AT = 0.6  # likelihood of small talk or of a command, above which it is taken as such
# "what is 5.4?", "show me A. 1.8 please": a number, however its spaces fall, and nothing else of weight.
CLAUSE_NUMBER = re.compile(
    r"\W*(?:(?:what(?:'?s|’s)?|is|does|do|show|me|see|read|quote|the|policy|clause|section|number)\W+)*"
    r"(?P<appendix>a\.?\s?)?(?P<digits>\d\s?\.\s?\d{1,2})\W*(?:(?:says?|please)\W*)*",
    re.IGNORECASE,
)

CONCERN = ClauseRef(ItemId("A.2.3"))
EXTREME = ClauseRef(ItemId("A.5.6"))
SAFEGUARDING = (CONCERN, EXTREME)
EXCEPTING = frozenset({ItemId("5.2"), ItemId("5.3"), ItemId("5.4")})
"""Clauses with an exception for one's own family, and nobody beside them."""


class Talk(StrEnum):
    """What a message is, before anything is looked up."""

    QUESTION = "question"
    SMALL_TALK = "small_talk"
    COMMAND = "command"
    NOTHING = "nothing"
    NOT_ENGLISH = "not_english"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """All that is said to one message."""

    talk: Talk
    urgent: bool
    answers: tuple[Answer, ...] = ()
    topic: Topic | None = field(default=None)


class Answerer:
    """Answers questions from one view of the policy."""

    def __init__(self, view: PolicyView, models: Models) -> None:
        self._view = view
        self._models = models
        self._decider = Decider(view)

    def is_plainly_urgent(self, text: str) -> bool:
        """
        Tell whether words put into a field plainly say that someone may be at risk.

        A reason is short and out of its context (“She is away.”), so the bar is higher than for a message,
        and a few words alone are no alarm without a sign that a person could point to.

        Policy: A.2.3, A.5.6
        """
        read = self.urgency(text)
        tells = bool(read.signs) or len(text.split()) >= TELLING
        return read.alone or (tells and read.score >= PLAINLY_URGENT)

    def is_urgent_as_an_answer(self, text: str) -> bool:
        """
        Tell whether words typed while a form asks for some say that someone may be at risk.

        How a site is run is told in words of hiding, telling and removing, so the bar is higher than for a message,
        and lower than for a field, which nobody takes for a chat.

        Policy: A.2.3, A.5.6
        """
        read = self.urgency(text)
        return (read.alone or read.score >= URGENT_AS_AN_ANSWER) and self.reply(text).urgent

    def urgency(self, text: str) -> Urgency:
        """
        Say how likely a text speaks of someone at risk, and by which signs.

        Policy: A.2.3, A.5.6
        """
        return self._models.urgency(text)

    def reply(self, text: str, topic: Topic | None = None) -> Reply:
        """
        Return what to say to a message, given what the conversation was about before it.

        Someone at risk comes first, whatever else is asked (A.2.3, A.5.6).
        """
        read = text.strip()[:LONGEST_READ]
        if plain := self._plain_reply(read):
            return plain
        parts = _several(read)
        understood = self._models.read(text, parts)
        urgent = understood.urgency.urgent
        if not urgent and (talk := _talk(read, understood.found)):
            return Reply(talk=talk, urgent=False)
        question = self._question(read, understood.found)
        if topic and (after := self._goes_on(topic, question, urgent=urgent)):
            return self._follow_up(topic, question, after, urgent=urgent)
        several = [self._question(part, one) for part, one in zip(parts, understood.parts, strict=True)]
        answers = self._answers(question, several, urgent=urgent)
        return Reply(talk=Talk.QUESTION, urgent=urgent, answers=_no_first(answers), topic=_topic(question, answers))

    def questions(self, text: str) -> tuple[tuple[Question, Answer], ...]:
        """Return each question that a message asks, as it was read and decided, whatever its urgency."""
        parts = split_questions(text.strip()[:LONGEST_READ])
        read = self._models.read(text, parts).parts
        asked = tuple(self._question(part, one) for part, one in zip(parts, read, strict=True))
        return tuple((question, self._decider.decide(question)) for question in asked)

    def _question(self, text: str, found: Found) -> Question:
        return Question(text=text, found=found, frame=self._view.frames.read(text).filled_in(found.slots))

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
        return Reply(talk=Talk.QUESTION, urgent=False, answers=(answer,), topic=Topic(Frame(), named[0]))

    def _named_clauses(self, text: str) -> tuple[ClauseRef, ...]:
        """Return the clause that a message asks for by its number and nothing else, in all its parts."""
        number = CLAUSE_NUMBER.fullmatch(text)
        if number is None:
            return ()
        item = "A." * bool(number["appendix"]) + number["digits"].replace(" ", "")
        return tuple(ref for ref in self._view.items if ref.id == item)[:MOST_CLAUSES]

    def _answers(self, whole: Question, several: Sequence[Question], *, urgent: bool) -> tuple[Answer, ...]:
        if urgent:
            return (self._urgent_answer(whole),)
        firm = _distinct(answer for answer in map(self._decider.decide, several) if answer.tier is Tier.SURE)
        permits, bars = (
            {answer.clauses[0].id for answer in firm if answer.verdict is verdict}
            for verdict in (Verdict.YES, Verdict.NO)
        )
        # A yes to one question is no yes to whoever is named in the next, unless the same clause tells that one no.
        too_much = permits & EXCEPTING - bars and whole.frame.says(Slot.ACT, PERHAPS_OTHERS)
        if len(firm) <= 1 or too_much:
            return (self._decider.decide(whole),)
        return firm

    def _urgent_answer(self, question: Question) -> Answer:
        scores = {candidate.item: candidate.score for candidate in question.found.candidates}
        lead, second = SAFEGUARDING if scores.get("A.2.3", 0) >= scores.get("A.5.6", 0) else SAFEGUARDING[::-1]
        other = self._decider.decide(question)
        asks = "?" in question.text or question.frame.says(Slot.FORM, *ACT_FORMS) or other.verdict is Verdict.NO
        # A no to the way it came in is no help to whoever asks what to do now.
        at_a_loss = other.verdict is Verdict.NO and question.frame.says(Slot.FORM, "what_to_do")
        permits = other.verdict is Verdict.YES
        if asks and not (at_a_loss or permits) and other.tier is Tier.SURE and other.clauses[0] not in SAFEGUARDING:
            return other
        return Answer(verdict=Verdict.URGENT, tier=Tier.SURE, clauses=(lead, second), because="Someone may be at risk.")

    def _goes_on(self, topic: Topic, question: Question, *, urgent: bool) -> Found | None:
        """
        Return what a message is about as the next one on a topic; None where it begins afresh.

        It goes on if it is short, names nothing that stands in one place alone, and read after the heading of the
        clause before it, both readings counted, it would be about something else than by itself, or about something
        where by itself it is about nothing that the policy says; or if by itself it is about nothing much; or if it
        plainly changes one thing that brings another clause. What tells of somebody at risk goes on if it is short.
        """
        words = self._view.frames.read(question.text)
        if not is_short(question.text) or self._decider.named(words):
            return None
        alone, follow_ups = question.found, self._view.follow_ups
        share = follow_ups.share(question.text)
        turns = follow_ups.turns(topic, question.text, words)
        surest = max(alone.silent, alone.surest)
        if not (urgent or turns) and (1 - share) * surest >= share:
            return None  # whatever the other reading says
        after = self._found_after(topic, question)
        both = _mixed(alone, after, share)
        changes = both.leading != alone.leading or (is_silent(alone, alone.surest) and not is_silent(both, both.surest))
        return after if urgent or turns or changes or surest < SURE_AT else None

    def _follow_up(self, topic: Topic, said: Question, after: Found, *, urgent: bool) -> Reply:
        words = self._view.frames.read(said.text)
        whole = replace(said, found=after, frame=topic.frame.carried_on_by(words).filled_in(after.slots))
        if urgent:
            answer = self._urgent_answer(replace(said, found=after))  # by what it says itself
        elif lead := self._view.follow_ups.new_lead(topic, words):
            # What the question before called for counts no more.
            afresh = replace(whole, found=replace(after, calls_for=said.found.calls_for))
            answer = self._decider.sure(lead, afresh, self._decider.ranked(afresh), first="The follow-up changes it. ")
        else:
            answer = self._decider.decide(whole, goes_on=True)
        answer = _by_words_said(answer, whole.frame, words)
        return Reply(talk=Talk.QUESTION, urgent=urgent, answers=(answer,), topic=_topic(whole, (answer,), topic.lead))

    def _found_after(self, topic: Topic, said: Question) -> Found:
        """Look a follow-up up as one: after the heading of the clause that led before, were there one."""
        before = self._view.items.get(topic.lead) if topic.lead else None
        return self._models.read(said_after(before.heading, said.text)).found if before else said.found


def _by_words_said(answer: Answer, frame: Frame, said: Frame) -> Answer:
    """Return an answer to a follow-up; no permission where that rests on what only the question before named."""
    if answer.verdict is not Verdict.YES or said.may_permit or not frame.may_permit:
        return answer
    because = f"{answer.because} What permits it was named before, not now."
    return replace(answer, verdict=Verdict.ASK_FIRST, reviewed=Verdict.YES, because=because)


def _topic(question: Question, answers: tuple[Answer, ...], before: ClauseRef | None = None) -> Topic:
    """Return what to go on from: the clause that led last, else the nearest, else the one that led before."""
    firm = [answer for answer in answers if answer.tier is Tier.SURE] or answers
    led = [answer.clauses[0] for answer in firm if answer.clauses]
    return Topic(question.frame, led[-1] if led else before)


def _mixed(alone: Found, after: Found, share: float) -> Found:
    """Return one reading of a message from two, the second with this share."""
    scores: Counter[str] = Counter()
    for found, counts in ((alone, 1 - share), (after, share)):
        scores.update({one.item: counts * one.score for one in found.candidates})
    return replace(
        alone,
        candidates=tuple(Candidate(item=item, score=score) for item, score in scores.most_common()),
        silent=(1 - share) * alone.silent + share * after.silent,
    )


def _talk(text: str, found: Found) -> Talk | None:
    """Return what a message is that asks nothing of the policy; None for a question."""
    if not is_english(text):
        return Talk.NOT_ENGLISH
    if found.smalltalk >= TALK_AT:
        return Talk.SMALL_TALK
    return Talk.COMMAND if found.command >= TALK_AT else None


def _several(text: str) -> tuple[str, ...]:
    """Return the questions of a message that asks more than one; none of any other."""
    parts = split_questions(text)
    return parts if len(parts) > 1 else ()


def _no_first(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    return tuple(sorted(answers, key=lambda answer: answer.verdict is not Verdict.NO))


def _distinct(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    return tuple({(answer.clauses[0].id, answer.verdict): answer for answer in answers}.values())
