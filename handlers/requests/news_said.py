"""What a requester hears each time somebody has said something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.message import Message, Note, Paragraph, Tone
from handlers.requests import in_words
from handlers.requests.about import read_news
from handlers.requests.given import WHICH
from handlers.requests.matter import matter_of, may_read
from handlers.requests.shown import asked_label
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, QuestionKey, RequestState
from policy_kb.rules.adding import decided_nothing

if TYPE_CHECKING:
    from handlers.message import Block, Button
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from policy_kb.rules.request import Decision

MOST_TO_CHANGE = 5  # answers with a button of their own; the review has them all
IS_APPROVED = frozenset({RequestState.APPROVED, RequestState.LIVE})
TONES = {Outcome.CHANGES_ASKED: Tone.CARE, Outcome.DECLINED: Tone.NO}
# One yes of several: nobody may take it for the go-ahead.
SAID_YES = {
    Outcome.APPROVED: "{who}, said yes.",
    Outcome.RECORDED: "{title}, recorded by {who}.",
    Outcome.CONFIRMED: "{who}, confirmed it.",
}
NOT_YET = {
    RequestState.SUBMITTED: " Not approved yet.",
    RequestState.CHANGES_ASKED: " Not approved: changes are asked for.",
    RequestState.DECLINED: " It was declined.",
}
SAID = {
    Outcome.CHANGES_ASKED: "{who}, asks for changes to {called}.",
    Outcome.DECLINED: "{called} was declined by {who}.",
    Outcome.NOT_ME: "{who}, passed {called} on: it was not for them.",
}
APPROVED = "{who}, approved {called}."
# Somebody was a moment too late: another had sent it back, or declined it.
ADDED = "{who}, adds to {called}."
LATE = {
    Outcome.CHANGES_ASKED: "They ask for changes as well. Somebody else had answered before, so it decides nothing: "
    "please look at it all the same.",
    Outcome.DECLINED: "They would have declined it. Somebody else had answered before, so it decides nothing: please "
    "look at it all the same.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One decision, the request it is about, and how it reads."""

    decision: Decision
    matter: Matter
    scene: SayScene

    @property
    def settles_it(self) -> bool:
        """Tell whether the request was approved with this decision: the last word, and it still counts."""
        step = self.matter.step(self.decision.step)
        is_the_last_word = step is not None and step.is_final and self.decision in self.matter.facts.counting()
        return self.matter.facts.state in IS_APPROVED and is_the_last_word

    @property
    def place(self) -> str:
        """Return the how manieth yes of how many it was, as “2 of 6”."""
        needed = {step.key for step in self.matter.steps}
        facts = self.matter.facts
        until = facts.decisions[: facts.decisions.index(self.decision)]
        said = {one.step for one in until if one.outcome in SAID_YES and one in facts.counting()}
        return f"{len((said | {self.decision.step}) & needed)} of {len(needed)}"

    @property
    def is_added(self) -> bool:
        """Tell whether it came after another answer, and decides nothing."""
        return decided_nothing(self.decision, self.matter.facts)


def compose_news(about: str, scene: SayScene) -> Message:
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
        title=_title(news),
        tone=_tone(news),
        blocks=_blocks(news),
        buttons=(*_buttons(news), _status(news)),
    )


def _title(news: News) -> str:
    decision, matter = news.decision, news.matter
    step = matter.step(decision.step)
    title = step.title if step else decision.step
    words = {"who": in_words.by_whom(decision, matter, news.scene), "called": matter.called, "title": title}
    if news.settles_it:
        go = "Approved. You may create the site." if matter.form.goes_live else f"Approved: {matter.form.called}."
        return f"{go} {APPROVED.format(**words)}"
    if decision.outcome in SAID_YES:
        said = SAID_YES[decision.outcome].format(**words)
        return f"{matter.called}, {news.place}: {said}{NOT_YET.get(matter.facts.state, '')}"
    return (ADDED if news.is_added else SAID[decision.outcome]).format(**words)


def _tone(news: News) -> Tone:
    """Return green for the go-ahead alone."""
    if news.settles_it:
        return Tone.YES
    return Tone.CARE if news.is_added else TONES.get(news.decision.outcome, Tone.PLAIN)


def _blocks(news: News) -> tuple[Block, ...]:
    decision, matter, scene = news.decision, news.matter, news.scene
    blocks: list[Block] = [Paragraph(text=f"“{decision.comment}”")] if decision.comment else []
    if news.is_added:
        blocks.append(Paragraph(text=LATE[decision.outcome]))
    if recorded := in_words.recorded_in_words(decision, matter, scene):
        blocks.append(Paragraph(text=recorded))
    if labels := [asked_label(matter.form.question(key)) for key in _to_change(news)]:
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
