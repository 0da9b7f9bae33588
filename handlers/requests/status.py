"""Where a request is; and the lists of what somebody asks for and what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Message, Paragraph, Tone
from handlers.people_and_days import day_in_words
from handlers.requests import in_words
from handlers.requests.about import card_name, read_request
from handlers.requests.card_said import is_theirs_to_decide
from handlers.requests.matter import matter_of, may_read
from handlers.requests.paper_said import paper_button
from policy_kb.bot_words import Action
from policy_kb.request_words import RequestState
from policy_kb.rules.london import london_date
from policy_kb.rules.requesting import CAN_BE_CHANGED, CAN_BE_WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.message import Button
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from storage.request import Draft

MOST_REQUESTS = 10
STANDS = {
    RequestState.DRAFT: "not sent yet",
    RequestState.SUBMITTED: "with those who decide",
    RequestState.CHANGES_ASKED: "changes are asked for",
    RequestState.APPROVED: "approved",
    RequestState.LIVE: "approved and live",
    RequestState.DECLINED: "declined",
    RequestState.WITHDRAWN: "withdrawn",
    RequestState.CANCELLED: "given up",
}
TONES = {
    RequestState.APPROVED: Tone.YES,
    RequestState.LIVE: Tone.YES,
    RequestState.CHANGES_ASKED: Tone.CARE,
    RequestState.DECLINED: Tone.NO,
}
NEWS_COMES = "You hear from me at every step."
AFTER_SENDING = {RequestState.APPROVED: "It stays approved; those who decided are told."}
IS_OVER = frozenset(
    {RequestState.LIVE, RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.CANCELLED, RequestState.APPROVED}
)
GOES_ON = frozenset({RequestState.DRAFT, RequestState.CHANGES_ASKED})


def compose_status(about: str, scene: SayScene) -> Message:
    """Return where a request is, step by step, and what may be done with it."""
    matter = _readable(about, scene)
    if matter is None:
        return in_words.gone()
    rows = tuple(
        Fact(label=step.title, value=in_words.standing_in_words(standing, matter, scene))
        for step, standing in matter.in_order()
    )
    return Message(
        title=f"{matter.called}, {matter.form.called}: {STANDS[matter.facts.state]}.",
        tone=TONES.get(matter.facts.state, Tone.PLAIN),
        blocks=(*((Facts(rows=rows),) if rows else ()), *_unreached(matter, scene)),
        buttons=tuple(_buttons(matter, scene)),
    )


def compose_submitted(about: str, scene: SayScene) -> Message:
    """Return that a request was sent, who is asked now, and who could not be told."""
    matter = _readable(about, scene)
    if matter is None:
        return in_words.gone()
    asked = in_words.next_in_words(matter, scene)
    sent = f"Sent: {matter.called}, {matter.form.called}."
    return Message(
        title=f"{sent} {AFTER_SENDING.get(matter.facts.state, NEWS_COMES)}",
        tone=Tone.YES,
        blocks=(*((Paragraph(text=f"Asked now: {asked}."),) if asked else ()), *_unreached(matter, scene)),
        buttons=(
            in_words.button("Where is it?", Action.STATUS, str(matter.facts.id)),
            in_words.button("Whole form", Action.WHOLE_FORM, str(matter.facts.id)),
        ),
    )


def compose_withdraw_asked(about: str, scene: SayScene) -> Message:
    """Return the question whether a request should surely be taken back."""
    matter = _readable(about, scene)
    if matter is None:
        return in_words.gone()
    number = str(matter.facts.id)
    return Message(
        title=f"Withdraw {matter.called}, {matter.form.called}?",
        tone=Tone.CARE,
        blocks=(Paragraph(text="Everybody who was asked is told, and it cannot be taken up again. The record stays."),),
        buttons=(
            in_words.button("Yes, withdraw it", Action.WITHDRAW_SURELY, number, is_main=True),
            in_words.button("No, keep it", Action.STATUS, number),
        ),
    )


def compose_my_requests(scene: SayScene) -> Message:
    """Return what somebody asks for, the newest first, with a way to each."""
    found = scene.uow.requests.of_person(scene.person.id)[:MOST_REQUESTS] if scene.person else ()
    found = tuple(one for one in found if one.form in scene.view.forms)
    if not found:
        return Message(
            title="You have not asked for anything yet.",
            blocks=(Paragraph(text="Ask me what you would like to do, such as “can I set up an Instagram page?”."),),
        )
    rows = tuple(_request_row(one, scene) for one in found)
    return Message(
        title=f"Your requests: {len(found)}.",
        blocks=(Facts(rows=rows),),
        buttons=tuple(_request_button(one) for one in found),
    )


def compose_waiting(scene: SayScene) -> Message:
    """Return what waits for somebody's word, the longest waiting first, with a way to each card."""
    asked = scene.uow.requests.asked_of(scene.person.id) if scene.person else ()
    matters = [(matter_of(request_id, scene.view, scene.uow), key) for request_id, key in asked]
    open_to = [
        (matter, step)
        for matter, key in matters
        if matter and (step := matter.step(key)) and is_theirs_to_decide(matter, step, scene)
    ]
    if not open_to:
        return Message(title="Nothing waits for you.")
    shown = open_to[:MOST_REQUESTS]
    rows = tuple(
        Fact(label=matter.called, value=f"{step.title}: {in_words.who_asks(matter, scene)}, {matter.form.called}")
        for matter, step in shown
    )
    more = len(open_to) - len(shown)
    return Message(
        title="One thing waits for you." if len(open_to) == 1 else f"{len(open_to)} things wait for you.",
        tone=Tone.ASK,
        blocks=(Facts(rows=rows), *((Paragraph(text=f"And {more} more, once these are done."),) if more else ())),
        buttons=tuple(
            in_words.button(f"{matter.called}: {step.title}", Action.CARD, card_name(matter.facts.id, step.key))
            for matter, step in shown
        ),
    )


def _readable(about: str, scene: SayScene) -> Matter | None:
    request_id = read_request(about)
    matter = matter_of(request_id, scene.view, scene.uow) if request_id else None
    return matter if matter and may_read(matter, scene.person, scene.uow, on=scene.today) else None


def _unreached(matter: Matter, scene: SayScene) -> tuple[Paragraph, ...]:
    return in_words.unreached(matter, scene) if matter.facts.state is RequestState.SUBMITTED else ()


def _buttons(matter: Matter, scene: SayScene) -> Iterator[Button]:
    facts, number = matter.facts, str(matter.facts.id)
    for step in matter.steps:
        if is_theirs_to_decide(matter, step, scene):
            yield in_words.button(f"Decide: {step.title}", Action.CARD, card_name(facts.id, step.key), is_main=True)
    if scene.person and facts.is_theirs(scene.person.id):
        if facts.state is RequestState.APPROVED and matter.form.goes_live:
            yield in_words.button("It is live", Action.IS_LIVE, number, is_main=True)
        if facts.state is RequestState.DRAFT:
            yield in_words.button("Go on with it", Action.RESUME, number, is_main=True)
        elif facts.state in CAN_BE_CHANGED:
            yield in_words.button("Change an answer", Action.REVIEW, number)
        if facts.state in CAN_BE_WITHDRAWN:
            yield in_words.button("Withdraw", Action.WITHDRAW, number)
        if facts.state in IS_OVER:
            yield in_words.button("Start a new one from this", Action.START, f"{matter.form.key}:{number}")
    if facts.version:
        yield in_words.button("Whole form", Action.WHOLE_FORM, number)
        yield from paper_button(matter)


def _request_row(draft: Draft, scene: SayScene) -> Fact:
    day = day_in_words(london_date(draft.submitted_at or draft.started_at))
    began = "sent" if draft.submitted_at else "started"
    called = scene.view.forms[draft.form].called
    return Fact(label=f"R-{draft.id}", value=f"{called}, {began} on {day}: {STANDS[draft.state]}")


def _request_button(draft: Draft) -> Button:
    if draft.state in GOES_ON:
        return in_words.button(f"Go on with R-{draft.id}", Action.RESUME, str(draft.id))
    return in_words.button(f"R-{draft.id}: {STANDS[draft.state]}", Action.STATUS, str(draft.id))
