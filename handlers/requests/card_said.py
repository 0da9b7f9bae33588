"""The card of one step, for whoever reads it: to decide on, or locked with what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Message, Note, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests import in_words
from handlers.requests.about import read_step
from handlers.requests.asked import asked_now
from handlers.requests.card_notes import flags, notes_for
from handlers.requests.changes_said import changes_for_step
from handlers.requests.matter import matter_of, may_read
from handlers.requests.paper_said import paper_button
from handlers.requests.resent_said import NOT_UNDER_WAY, later, waits_before
from handlers.requests.step_fields import comment_field, fact_fields
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, QuestionKey, RequestState, StepKind, StepState
from policy_kb.rules.chasing import assessments_outstanding

if TYPE_CHECKING:
    from handlers.message import Block, Button, Field
    from handlers.requests.about import StepAbout
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from policy_kb.rules.form import Step
    from policy_kb.rules.request import Decision
    from policy_kb.words import PersonId

# What a card shows of a long form; a short form is shown whole.
IN_SHORT = tuple(
    QuestionKey(key)
    for key in (
        "purpose",
        "aims",
        "content",
        "audience",
        "audience_ages",
        "contributors",
        "contributor_ages",
        "host",
        "host_name",
        "go_live",
        "closure",
    )
)
SHORT_FORM = 9  # answers
SAID = 300  # characters of what one other person said; the whole form has the rest
WHOLE = 10_000  # more than anybody can say to a step
TONES = {
    Outcome.APPROVED: Tone.YES,
    Outcome.RECORDED: Tone.YES,
    Outcome.CONFIRMED: Tone.YES,
    Outcome.CHANGES_ASKED: Tone.CARE,
    Outcome.DECLINED: Tone.NO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A step of a request, and who looks at it."""

    about: StepAbout
    matter: Matter
    step: Step
    reader: PersonId
    scene: SayScene


def compose_card(about: str, scene: SayScene) -> Message:
    """
    Return the card of a step as things stand; somebody whom it does not concern learns nothing from it.

    Policy: A.3.3
    """
    named = read_step(about)
    matter = matter_of(named.request, scene.view, scene.uow) if named else None
    if named is None or matter is None or scene.person is None:
        return in_words.gone()
    step = matter.step(named.step)
    if not may_read(matter, scene.person, scene.uow, on=scene.today):
        if step and matter.facts.version > 1 and waits_before(matter, step, scene):
            return later(matter, scene, card=named.card)
        return Message(title=f"{matter.called} is not with you.", card=named.card)
    if step is None:
        return Message(title=f"{matter.called}: nothing is needed from you here any more.", card=named.card)
    shown = Shown(about=named, matter=matter, step=step, reader=scene.person.id, scene=scene)
    return _to_decide(shown) if is_theirs_to_decide(matter, step, scene) else _locked(shown)


def is_theirs_to_decide(matter: Matter, step: Step, scene: SayScene) -> bool:
    """Tell whether a step waits for the word of whoever reads."""
    standing = matter.standing(step.key)
    if standing is None or standing.state is not StepState.OPEN or matter.facts.state is not RequestState.SUBMITTED:
        return False
    asked = asked_now(step, matter.facts, scene.uow, scene.today)
    return scene.person is not None and scene.person.id in {one.person for one in asked}


def _to_decide(shown: Shown) -> Message:
    matter, step, scene = shown.matter, shown.step, shown.scene
    return Message(
        title=f"{matter.called}: {name_of(matter.facts.requester, scene.uow)} asks for {matter.form.called}. "
        f"{step.asks}",
        tone=Tone.ASK,
        blocks=(
            *flags(matter, scene),
            *changes_for_step(matter, step.key, shown.reader, scene),
            Facts(rows=_what(matter, scene)),
            *_said_so_far(shown),
            *notes_for(matter, step, scene),
            Note(
                text="Your press signs with your name, your role, the time and the version: there is nothing to type."
            ),
        ),
        fields=_fields(step),
        buttons=_buttons(shown),
        card=shown.about.card,
    )


def _what(matter: Matter, scene: SayScene) -> tuple[Fact, ...]:
    asked = matter.form.asked(matter.facts.answers)
    few = len(asked) <= SHORT_FORM
    chosen = [question for question in asked if few or question.key in IN_SHORT]
    return (
        Fact(label="Who asks", value=f"{in_words.who_asks(matter, scene)}, {in_words.setting_name(matter, scene)}"),
        *(in_words.answer_row(question, matter, scene) for question in chosen),
        Fact(label="Version", value=str(matter.facts.version)),
    )


def _said_so_far(shown: Shown) -> tuple[Block, ...]:
    rows = tuple(
        _said(one, shown.matter, shown.scene, most=SAID)
        for one in shown.matter.facts.counting()
        if one.step != shown.step.key
    )
    return (Paragraph(text="What others said so far:"), Facts(rows=rows)) if rows else ()


def _said(decision: Decision, matter: Matter, scene: SayScene, *, most: int = WHOLE) -> Fact:
    step = matter.step(decision.step)
    label = step.title if step else decision.step
    return Fact(label=label, value=in_words.short(in_words.outcome_in_words(decision, matter, scene), most))


def _fields(step: Step) -> tuple[Field, ...]:
    if step.kind is StepKind.RECORDS:
        return (*fact_fields(step), comment_field(needed=False))
    hint = "Needed where you ask for changes, decline or pass it on."
    return (comment_field(needed=False, hint=hint),)


def _buttons(shown: Shown) -> tuple[Button, ...]:
    about = f"{shown.about.card}:{shown.matter.facts.version}"
    whole = in_words.button("Whole form", Action.WHOLE_FORM, str(shown.matter.facts.id))
    not_me = in_words.button("Not me", Action.NOT_ME, about)
    if shown.step.kind is StepKind.RECORDS:
        return (in_words.button("Record", Action.RECORD, about, is_main=True), not_me, whole)
    decline = in_words.button("Decline", Action.DECLINE, about)
    if shown.step.kind is StepKind.CONFIRMS:
        return (in_words.button("Confirm", Action.APPROVE, about, is_main=True), decline, whole)
    return (
        in_words.button("Approve", Action.APPROVE, about, is_main=True),
        in_words.button("Ask for changes", Action.ASK_CHANGES, about),
        decline,
        not_me,
        whole,
    )


def _locked(shown: Shown) -> Message:
    """Return the card with what came of it, and no way to say anything more."""
    matter, scene = shown.matter, shown.scene
    said = next((one for one in reversed(matter.facts.counting()) if one.step == shown.step.key), None)
    who = Fact(label="Who asks", value=f"{in_words.who_asks(matter, scene)}, {in_words.setting_name(matter, scene)}")
    came = (_said(said, matter, scene),) if said else ()
    lacks_more = said in assessments_outstanding(matter.facts) and said.by == shown.reader if said else False
    name = shown.about.card
    return Message(
        title=_locked_title(shown, said),
        tone=TONES.get(said.outcome, Tone.PLAIN) if said else Tone.PLAIN,
        blocks=(Facts(rows=(who, *came)), *_said_so_far(shown)),
        fields=fact_fields(shown.step, filled=said.facts) if said and lacks_more else (),
        buttons=(
            *((in_words.button("Record in full", Action.RECORD_MORE, name, is_main=True),) if lacks_more else ()),
            in_words.button("Whole form", Action.WHOLE_FORM, str(matter.facts.id)),
            *(paper_button(matter) if said and shown.step.is_final else ()),
        ),
        card=name,
    )


def _locked_title(shown: Shown, said: Decision | None) -> str:
    matter, scene = shown.matter, shown.scene
    called = f"{matter.called} ({matter.form.called})"
    if not said and matter.facts.state is RequestState.SUBMITTED and waits_before(matter, shown.step, scene):
        return later(matter, scene, card=shown.about.card).title
    if said:
        who = in_words.by_whom(said, matter, scene)
        return f"{called}: {shown.step.title}. {in_words.OUTCOMES[said.outcome]} by {who}."
    if matter.facts.state is not RequestState.SUBMITTED:
        return f"{called} {NOT_UNDER_WAY[matter.facts.state]}."
    standing = matter.standing(shown.step.key)
    if standing is None or standing.state is not StepState.OPEN:
        return f"{called}: others have their say before “{shown.step.title}”."
    asked = asked_now(shown.step, matter.facts, scene.uow, scene.today)
    return f"{called}: {shown.step.title} is with {in_words.asked_in_words(asked, scene) or 'nobody yet'}."
