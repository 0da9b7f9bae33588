"""What of one request one person is reminded of, and what they can do about it, as things stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.people_and_days import day_in_words, name_of
from handlers.requests import in_words
from handlers.requests.about import card_name
from handlers.requests.card_said import is_theirs_to_decide
from handlers.requests.deputies import deputies_of
from handlers.requests.matter import matter_of
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, RequestState
from policy_kb.rules.chasing import assessments_outstanding, draft_ends_on, working_day_number
from policy_kb.rules.london import london_date
from policy_kb.rules.timers import Timer, Whom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from handlers.message import Button, Message
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from policy_kb.request_words import RequestId
    from policy_kb.rules.form import Step
    from policy_kb.rules.request import StepStanding
    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.words import PersonId
    from storage.request import Draft

NOT_YET = "Nothing is approved by waiting: please do not create the site before you hear that it is (A.3.3)."
IN_DRAFT = frozenset({RequestState.DRAFT, RequestState.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing somebody is reminded of."""

    called: str
    short: str  # a few words, for a title
    says: str
    buttons: tuple[Button, ...] = ()
    snoozes: tuple[Button, ...] = ()
    note: str = ""
    alone: Callable[[], Message] | None = None  # composes what is read where there is nothing else


def items_of(request_id: RequestId, scene: SayScene) -> tuple[Item, ...]:
    """Return what somebody is reminded of in a request; nothing where it is done, or was never theirs."""
    draft = scene.uow.requests.get(request_id)
    if scene.person is None or draft is None or draft.form not in scene.view.forms:
        return ()
    if draft.version == 0 and draft.state in IN_DRAFT:
        return _of_draft(draft, scene) if draft.requester_id == scene.person.id else ()
    matter = matter_of(request_id, scene.view, scene.uow)
    return tuple(_of_request(matter, scene.person.id, scene)) if matter else ()


def _of_draft(draft: Draft, scene: SayScene) -> tuple[Item, ...]:
    called, form = f"R-{draft.id}", scene.view.forms[draft.form]
    touched_on = london_date(draft.touched_at)
    began = f"You began to ask for {form.called} and last went on with it on {day_in_words(touched_on)}."
    if draft.state is RequestState.CANCELLED:
        again = in_words.button("Start again from its answers", Action.START, f"{form.key}:{draft.id}")
        says = f"{began} As you did not go on with it, I have given it up."
        return (Item(called=called, short="was not sent, and is given up", says=says, buttons=(again,)),)
    ends_on = draft_ends_on(touched_on, timers=scene.view.timers, calendar=_calendar(draft.setting_id, scene))
    ends = f" I keep it until {day_in_words(ends_on)}, and longer if you go on with it."
    buttons = (
        in_words.button(f"Go on with {called}", Action.RESUME, str(draft.id)),
        in_words.button(f"Give {called} up", Action.CANCEL, str(draft.id)),
    )
    says = f"{began} Nobody else has seen it: it is not sent yet.{ends}"
    return (Item(called=called, short="is not sent yet", says=says, buttons=buttons),)


def _of_request(matter: Matter, reader: PersonId, scene: SayScene) -> Iterator[Item]:
    put_off = scene.uow.requests.snoozed(reader, scene.today)
    for standing in matter.open_steps() if matter.facts.state is RequestState.SUBMITTED else ():
        step = matter.step(standing.key)
        if step is None or (matter.facts.id, step.key) in put_off:
            continue
        if is_theirs_to_decide(matter, step, scene):
            yield _to_decide(matter, step, standing, scene)
        elif _has_waited_long(matter, standing, scene) and reader in deputies_of(
            step, standing, matter.facts, scene.uow, scene.today
        ):
            yield _to_chase(matter, step, standing, scene)
    if reader == matter.facts.requester:
        yield from _of_requester(matter, scene)
    yield from _assessment(matter, reader, scene)


def _to_decide(matter: Matter, step: Step, standing: StepStanding, scene: SayScene) -> Item:
    name = card_name(matter.facts.id, step.key)
    who = in_words.who_asks(matter, scene)
    says = f"{step.title}: {who}, asks for {matter.form.called}.{_since(standing)} {step.asks}"
    return Item(
        called=matter.called,
        short="waits for you",
        says=says,
        buttons=(in_words.button(f"{matter.called}: {step.title}", Action.CARD, name, is_main=True),),
        snoozes=_snoozes(matter, name),
    )


def _has_waited_long(matter: Matter, standing: StepStanding, scene: SayScene) -> bool:
    """Tell whether the deputies' day has come: one who is reminded of a step of their own chases nobody else's yet."""
    first = min(day for one in scene.view.timers.rhythms if one.to is Whom.DEPUTY for day in one.days)
    calendar = _calendar(matter.facts.setting, scene)
    asked_on = london_date(standing.asked_at) if standing.asked_at else scene.today
    return working_day_number(asked_on, scene.today, calendar) >= first


def _to_chase(matter: Matter, step: Step, standing: StepStanding, scene: SayScene) -> Item:
    asked = in_words.asked_in_words(standing.asked, scene)
    setting = in_words.setting_name(matter, scene)
    says = (
        f"A request for {matter.form.called} at {setting} waits for {asked} ({step.title}).{_since(standing)} "
        "Please remind them, or find out why it is stuck. It is not yours to decide."
    )
    return Item(called=matter.called, short="has waited long for somebody else", says=says)


def _of_requester(matter: Matter, scene: SayScene) -> Iterator[Item]:
    facts, number = matter.facts, str(matter.facts.id)
    status = in_words.button(f"Where {matter.called} is", Action.STATUS, number)
    if facts.state is RequestState.SUBMITTED:
        asked = in_words.next_in_words(matter, scene) or "nobody yet"
        says = f"Your request for {matter.form.called} waits for: {asked}.{_goes_live(facts.go_live)}"
        note = NOT_YET if matter.form.goes_live else ""
        yield Item(called=matter.called, short="is not approved yet", says=says, buttons=(status,), note=note)
    if facts.state is RequestState.CHANGES_ASKED:
        yield _changes(matter, scene)
    if facts.state is RequestState.APPROVED and facts.go_live and facts.go_live < scene.today:
        says = (
            f"{matter.form.called[:1].upper()}{matter.form.called[1:]} was approved, to go live on "
            f"{day_in_words(facts.go_live)}. Is it live?"
        )
        live = in_words.button(f"{matter.called} is live", Action.IS_LIVE, number)
        yield Item(called=matter.called, short="is approved, and its day has passed", says=says, buttons=(live, status))


def _changes(matter: Matter, scene: SayScene) -> Item:
    latest = [one for one in matter.facts.counting() if one.outcome is Outcome.CHANGES_ASKED]
    since = london_date(latest[-1].at) if latest else scene.today
    who = in_words.by_whom(latest[-1], matter, scene) if latest else "Somebody"
    number = working_day_number(since, scene.today, _calendar(matter.facts.setting, scene))
    last = max(day for one in scene.view.timers.rhythms if one.timer is Timer.CHANGES_ASKED for day in one.days)
    parked = " I will not remind you again; it stays as it is until you go on." if number >= last else ""
    near = _goes_live(matter.facts.go_live)
    says = f"{who} asked for changes to your request for {matter.form.called} on {day_in_words(since)}.{near}{parked}"
    resume = in_words.button(f"Go on with {matter.called}", Action.RESUME, str(matter.facts.id), is_main=True)
    note = NOT_YET if matter.form.goes_live else ""
    return Item(called=matter.called, short="waits for your changes", says=says, buttons=(resume,), note=note)


def _assessment(matter: Matter, reader: PersonId, scene: SayScene) -> Iterator[Item]:
    """Yield the data protection assessment that was said to be needed and has no reference yet (A.1.8)."""
    put_off = scene.uow.requests.snoozed(reader, scene.today)
    for one in assessments_outstanding(matter.facts):
        if one.by != reader or (matter.facts.id, one.step) in put_off:
            continue
        says = (
            f"You recorded on {day_in_words(london_date(one.at))} that a data protection assessment is needed or to "
            f"be looked at for {matter.form.called}, which {name_of(matter.facts.requester, scene.uow)} asks for. "
            "No reference to it is recorded yet (A.1.8)."
        )
        name = card_name(matter.facts.id, one.step)
        add = in_words.button(f"Add it to {matter.called}", Action.CARD, name, is_main=True)
        snoozes = _snoozes(matter, name)
        yield Item(called=matter.called, short="lacks its assessment", says=says, buttons=(add,), snoozes=snoozes)


def _snoozes(matter: Matter, name: str) -> tuple[Button, ...]:
    return (
        in_words.button(f"{matter.called}: remind me tomorrow", Action.SNOOZE, f"{name}:1"),
        in_words.button(f"{matter.called}: remind me in 3 days", Action.SNOOZE, f"{name}:3"),
    )


def _since(standing: StepStanding) -> str:
    return f" It has waited since {day_in_words(london_date(standing.asked_at))}." if standing.asked_at else ""


def _goes_live(day: date | None) -> str:
    return f" It is meant to go live on {day_in_words(day)}." if day else ""


def _calendar(setting_id: str, scene: SayScene) -> SchoolCalendar:
    found = next(one for one in scene.uow.settings.listed() if one.id == setting_id)
    return calendar_of(found, scene.uow)
