"""Each thing the bot says, from stored facts to the message a person reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import wording
from handlers.message import Button, ButtonStyle, Fact, Facts, Message, Note, Paragraph, Tone
from policy_kb.bot_words import Action
from policy_kb.words import Tier, Verdict

if TYPE_CHECKING:
    from datetime import date

    from handlers.message import Block
    from handlers.wording import Reader
    from policy_kb.answer import Reply
    from policy_kb.clause import ClauseRef
    from policy_kb.decide import Answer
    from policy_kb.rules.form import Form
    from policy_kb.view import PolicyView

MOST_SEE_BUTTONS = 3
LONGEST_LABEL = 40  # characters, as on a Button
CAN_BE_SAID = (
    ("If you want a site", "“site form” to ask for one; “my requests” to see where it is"),
    ("If you decide on requests", "“waiting”"),
    ("If you look after a site", "“my slots”, “who is on this week?”, “my sites”, “my calendar”"),
    ("If you cannot be there", "“I'm off 14 to 18 October”, “find me cover for Tuesday”, “swap Tuesday with Tom”"),
    ("If you have moderated something", "“log”; “extreme” for what to do at once; “intervention plan”"),
    ("If you answer for sites", "“my sites”, “gaps”, “patterns”, “register”"),
)
"""Who would say what, in the order in which most people would."""
STARTS = frozenset({Verdict.APPROVAL, Verdict.REQUIRED})
MOST_FINDINGS = 10  # a longer morning message is not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a message is composed from beside its facts."""

    view: PolicyView
    reader: Reader
    today: date  # a London date


def compose_answer(reply: Reply, answer_id: str, scene: Scene, *, private: bool) -> Message:
    """Return the answer: the escalation block where it is owed, verdict, clauses, people, buttons."""
    first, *_ = reply.answers
    return Message(
        title=wording.headline(first, scene.view),
        tone=Tone.URGENT if reply.urgent else wording.TONES[first.verdict],
        urgent=wording.escalation(scene.view, scene.reader) if reply.urgent else None,
        blocks=_answer_blocks(reply, scene),
        buttons=(
            *_choice_buttons(first, answer_id),
            *_start_buttons(reply, scene.view),
            *_see_buttons(reply, scene.view),
            *_afterwards(reply, answer_id, private=private),
        ),
    )


def compose_shared(reply: Reply, scene: Scene) -> Message:
    """Return an answer as everyone in the conversation sees it, once its asker has shared it."""
    first, *_ = reply.answers
    sharer = scene.reader.name or "someone in this conversation"
    return Message(
        title=wording.headline(first, scene.view),
        tone=wording.TONES[first.verdict],
        blocks=(*_answer_blocks(reply, scene), Note(text=f"Shared by {sharer}.")),
        buttons=_see_buttons(reply, scene.view),
    )


def compose_clauses(refs: tuple[ClauseRef, ...], scene: Scene) -> Message:
    """Return a clause whole, in all its parts: words, people, neighbours and known defects."""
    first = scene.view.items[refs[0]]
    blocks = [block for ref in refs for block in _clause_blocks(ref, scene)]
    near = dict.fromkeys(other for ref in refs for other in _near(ref, scene) if other not in refs)
    called = f"{wording.number(first.ref)} {first.heading}"
    return Message(
        title=called if len(refs) == 1 else f"{first.ref.id} in {len(refs)} parts",
        blocks=(*blocks, *wording.edition_notes(scene.view, today=scene.today)),
        buttons=tuple(_see(other, scene.view) for other in list(near)[:MOST_SEE_BUTTONS]),
    )


def compose_welcome(scene: Scene) -> Message:
    """Return what a person reads first: what the bot is for, and what is kept (5.1, 7.1)."""
    return Message(
        title="Hello. Ask me anything about the Social Media Policy.",
        blocks=(
            Paragraph(text="Try “Can I friend a parent on Facebook?” or “Who approves a new page?”"),
            Paragraph(text="If you are unsure, do not post: ask first (4.9)."),
            Paragraph(text="Type “site form” to ask for a new site, “my requests” to see where yours are."),
            Note(
                text="Questions you type are not stored. I keep which clauses I answered with, for 30 days, so that "
                "you can follow up; nobody is shown them but you. What you put into a form is kept with your request, "
                "for those who decide on it. Your chat system and the trust may keep and monitor messages "
                "(5.1, 7.1), so I cannot promise that this chat is confidential. I am not a way to report a concern "
                "about a child.",
            ),
            *wording.edition_notes(scene.view, today=scene.today),
        ),
    )


def compose_help() -> Message:
    """Return how to ask and what can be said, by who would; for a message that asks for what the bot cannot do."""
    return Message(
        title="I answer questions about the Social Media Policy.",
        blocks=(
            Paragraph(text="Ask in your own words: “can I put the logo on my LinkedIn?”, “what is 5.4?”"),
            Facts(rows=tuple(Fact(label=who, value=says) for who, says in CAN_BE_SAID)),
            Note(text="I cannot approve anything or change the policy, whoever asks."),
        ),
    )


def compose_small_talk() -> Message:
    """Return a kind, short reply to a greeting or thanks."""
    return Message(
        title="Happy to help. Ask me about the Social Media Policy whenever you like.",
        blocks=(Paragraph(text="If you are unsure about a post, do not post it yet: ask first (4.9)."),),
    )


def compose_nothing_asked() -> Message:
    """Return the reply to an empty message, a lone question mark or a picture."""
    return Message(
        title="What would you like to know?",
        blocks=(Paragraph(text="Type a question in a few words, such as “can I post a class photo?”"),),
    )


def compose_not_english() -> Message:
    """Return the reply to a message in a language the search was not trained on; urgent signs are not read there."""
    return Message(
        title="Please ask me in English: I do not understand other languages yet.",
        blocks=(
            Paragraph(text="If someone may be at risk, call 999 or tell your designated safeguarding lead now."),
            Paragraph(text="A colleague or your Headteacher/Principal can help you put the question (4.9)."),
        ),
    )


def compose_feedback_taken(*, helpful: bool) -> Message:
    """Return the thanks for a press of Helpful or Not right; the message it stood under is replaced by nothing."""
    if helpful:
        return Message(title="Thank you. Noted, without your name, that this helped.")
    return Message(
        title="Thank you. Noted, without your name, that this was not right.",
        blocks=(Paragraph(text="If it matters today, ask your Headteacher/Principal before you post (4.9)."),),
    )


def compose_findings(findings: tuple[str, ...]) -> Message:
    """Return what the policy owner is told in the morning, as things stand when it is sent."""
    if not findings:
        return Message(title="People and settings are in order again: nothing to do.")
    more = len(findings) - MOST_FINDINGS
    last = (Paragraph(text=f"And {more} more: run askfirst doctor to see them all."),) if more > 0 else ()
    return Message(
        title=f"People and settings: {len(findings)} to put right before anyone is stuck.",
        tone=Tone.CARE,
        blocks=(*(Paragraph(text=finding) for finding in findings[:MOST_FINDINGS]), *last),
    )


def compose_gone() -> Message:
    """Return the reply to a button whose answer is no longer kept, or is not the presser's."""
    return Message(title="That answer is no longer kept. Please ask again.")


def _clause_blocks(ref: ClauseRef, scene: Scene) -> tuple[Block, ...]:
    clause, view = scene.view.items[ref], scene.view
    rows = [Fact(label="Exceptions and conditions", value=clause.unless)] if clause.unless else []
    if clause.decides:
        rows.append(wording.decided_by(clause, view, scene.reader))
    if clause.told:
        rows.append(Fact(label="Whom to ask or tell", value=wording.names(clause.told, view, scene.reader)))
    facts = Facts(rows=tuple(rows))
    notes = wording.defect_notes(ref, view, scene.reader)
    return (wording.quote(view, ref), *((facts,) if rows else ()), *notes)


def _near(ref: ClauseRef, scene: Scene) -> tuple[ClauseRef, ...]:
    clause = scene.view.items[ref]
    return (*clause.exceptions, *clause.neighbours)


def _answer_blocks(reply: Reply, scene: Scene) -> tuple[Block, ...]:
    first, *others = reply.answers
    blocks: list[Block] = [*wording.body(first, scene.view, scene.reader)]
    for other in others:
        blocks.append(Paragraph(text=f"And: {wording.headline(other, scene.view)}"))
        blocks.extend(wording.body(other, scene.view, scene.reader))
    return (*blocks, *wording.edition_notes(scene.view, today=scene.today))


def _see_buttons(reply: Reply, view: PolicyView) -> tuple[Button, ...]:
    refs = dict.fromkeys(ref for answer in reply.answers for ref in (*answer.clauses, *answer.near))
    return tuple(_see(ref, view) for ref in list(refs)[:MOST_SEE_BUTTONS])


def _afterwards(reply: Reply, answer_id: str, *, private: bool) -> tuple[Button, ...]:
    """Return what may be done with an answer once read: share it, say whether it helped."""
    if reply.urgent:
        return ()
    share = () if private else (Button(label="Share here", action=Action.SHARE, about=answer_id),)
    return (
        *share,
        Button(label="Helpful", action=Action.HELPFUL, about=answer_id),
        Button(label="Not right", action=Action.NOT_RIGHT, about=answer_id),
    )


def _choice_buttons(answer: Answer, answer_id: str) -> tuple[Button, ...]:
    return tuple(
        Button(label=choice.label, action=Action.CHOOSE, about=f"{answer_id}:{choice.value}", style=ButtonStyle.MAIN)
        for choice in answer.choices
    )


def _start_buttons(reply: Reply, view: PolicyView) -> tuple[Button, ...]:
    """Return what starts asking for each approval that an answer says is needed."""
    leads = [one.clauses[0] for one in reply.answers if one.verdict in STARTS and one.tier is Tier.SURE]
    needed = [form for form in view.forms.values() if any(ref in form.answers for ref in leads)]
    return tuple(
        Button(label=_start_label(form), action=Action.START, about=form.key, style=ButtonStyle.MAIN) for form in needed
    )


def _start_label(form: Form) -> str:
    label = f"Ask for {form.called}"
    return label if len(label) <= LONGEST_LABEL else "Ask for this approval"


def _see(ref: ClauseRef, view: PolicyView) -> Button:
    # The form's fields have no numbers on paper, so a button names what they are.
    called = view.items[ref].heading if ref.id.startswith("form") else wording.number(ref)
    return Button(label=f"See {called}", action=Action.SEE_CLAUSE, about=str(ref))
