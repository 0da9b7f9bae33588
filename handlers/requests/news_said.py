"""What a requester hears each time somebody has said something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.message import Message, Note, Paragraph, Tone
from handlers.requests import in_words
from handlers.requests.about import read_news
from handlers.requests.given import WHICH
from handlers.requests.matter import matter_of, may_read
from policy_kb.words import Action, Outcome, QuestionKey, RequestState

if TYPE_CHECKING:
    from handlers.message import Block, Button
    from handlers.requests.matter import Matter
    from handlers.requests.scene import RequestScene
    from policy_kb.rules.request import Decision

MOST_TO_CHANGE = 5  # answers with a button of their own; the review has them all
IS_APPROVED = frozenset({RequestState.APPROVED, RequestState.LIVE})
TONES = {
    Outcome.APPROVED: Tone.YES,
    Outcome.RECORDED: Tone.PLAIN,
    Outcome.CONFIRMED: Tone.YES,
    Outcome.CHANGES_ASKED: Tone.CARE,
    Outcome.DECLINED: Tone.NO,
    Outcome.NOT_ME: Tone.PLAIN,
}
SAID = {
    Outcome.APPROVED: "{who}, approved {called}.",
    Outcome.RECORDED: "{called}: {title}, recorded by {who}.",
    Outcome.CONFIRMED: "{who}, confirmed {called}.",
    Outcome.CHANGES_ASKED: "{who}, asks for changes to {called}.",
    Outcome.DECLINED: "{called} was declined by {who}.",
    Outcome.NOT_ME: "{who}, passed {called} on: it was not for them.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One decision, the request it is about, and how it reads."""

    decision: Decision
    matter: Matter
    scene: RequestScene

    @property
    def settles_it(self) -> bool:
        """Tell whether the request was approved with this decision."""
        counting = self.matter.facts.counting()
        return self.matter.facts.state in IS_APPROVED and bool(counting) and counting[-1] == self.decision


def compose_news(about: str, scene: RequestScene) -> Message:
    """
    Return what somebody said to a request, and who is asked next.

    Policy: A.3.3
    """
    named = read_news(about)
    matter = matter_of(named[0], scene.view, scene.uow) if named else None
    decision = scene.uow.requests.decision(named[1]) if named else None
    if matter is None or decision is None or decision not in matter.facts.decisions:
        return in_words.gone()
    if not may_read(matter, scene.person, scene.uow, on=scene.today):
        return in_words.gone()
    news = News(decision=decision, matter=matter, scene=scene)
    return Message(
        title=_title(news), tone=TONES[decision.outcome], blocks=_blocks(news), buttons=(*_buttons(news), _status(news))
    )


def _title(news: News) -> str:
    step = news.matter.step(news.decision.step)
    said = SAID[news.decision.outcome].format(
        who=in_words.by_whom(news.decision, news.matter, news.scene),
        called=news.matter.called,
        title=step.title if step else news.decision.step,
    )
    if not news.settles_it:
        return said
    if news.matter.form.goes_live:
        return f"Approved. You may create the site. {said}"
    return f"Approved: {news.matter.form.called}. {said}"


def _blocks(news: News) -> tuple[Block, ...]:
    decision, matter, scene = news.decision, news.matter, news.scene
    blocks: list[Block] = [Paragraph(text=f"“{decision.comment}”")] if decision.comment else []
    if recorded := in_words.recorded_in_words(decision, matter, scene):
        blocks.append(Paragraph(text=recorded))
    if labels := [matter.form.question(key).label for key in _to_change(news)]:
        blocks.append(Paragraph(text=f"Please look at: {'; '.join(labels)}."))
    following = in_words.next_in_words(matter, scene) if matter.facts.state is RequestState.SUBMITTED else ""
    if following:
        blocks.extend((Paragraph(text=f"Next: {following}."), *in_words.unreached(matter, scene)))
    if news.settles_it and matter.form.goes_live:
        blocks.append(Note(text="Press “It is live” on the day the site is up."))
    return tuple(blocks)


def _buttons(news: News) -> tuple[Button, ...]:
    matter, number = news.matter, str(news.matter.facts.id)
    if not _is_readers_own(news):
        return ()
    if news.settles_it and matter.form.goes_live:
        return (in_words.button("It is live", Action.IS_LIVE, number, is_main=True),)
    if matter.facts.state is RequestState.CHANGES_ASKED:
        edits = tuple(
            in_words.button(f"Change: {matter.form.question(key).label}", Action.EDIT, f"{number}:{key}")
            for key in _to_change(news)[:MOST_TO_CHANGE]
        )
        return (*edits, in_words.button("All answers", Action.REVIEW, number, is_main=not edits))
    if news.decision.outcome is Outcome.DECLINED:
        return (in_words.button("Start a new one from this", Action.START, f"{matter.form.key}:{number}"),)
    return ()


def _status(news: News) -> Button:
    return in_words.button("Where is it?", Action.STATUS, str(news.matter.facts.id))


def _is_readers_own(news: News) -> bool:
    return news.scene.person is not None and news.matter.facts.is_theirs(news.scene.person.id)


def _to_change(news: News) -> tuple[QuestionKey, ...]:
    """Return the questions that changes were asked to and the form still has."""
    known = {question.key for question in news.matter.form.questions}
    chosen = news.decision.facts.get(QuestionKey(WHICH), ())
    return tuple(QuestionKey(key) for key in chosen if key in known)
