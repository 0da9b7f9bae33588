"""People, roles, decisions and steps of a request, as sentences say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import wording
from handlers.message import Button, ButtonStyle, Fact, Message, Paragraph
from handlers.people_and_days import day_in_words, moment_in_words, name_of
from handlers.requests.shown import asked_label, shown
from handlers.telling import can_be_reached
from handlers.wording import Reader
from policy_kb.request_words import Outcome, StepState
from policy_kb.rules.london import london_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from policy_kb.bot_words import Action
    from policy_kb.rules.form import Question
    from policy_kb.rules.request import Approver, Decision, StepStanding
    from policy_kb.words import PersonId, Role, SettingType

OUTCOMES = {
    Outcome.APPROVED: "Approved",
    Outcome.RECORDED: "Recorded",
    Outcome.CONFIRMED: "Confirmed",
    Outcome.CHANGES_ASKED: "Changes asked for",
    Outcome.DECLINED: "Declined",
    Outcome.NOT_ME: "Passed on",
}
LABEL = 40  # characters of a button
SHORT = 120  # characters of an answer on a card; the whole form has the rest


def role_title(role: Role, setting_type: SettingType, scene: SayScene) -> str:
    """Return what a role is called at a kind of setting; a nursery's own title stands beside the printed one (2.2)."""
    return wording.names((role,), scene.view, Reader(setting=setting_type))


def by_whom(decision: Decision, matter: Matter, scene: SayScene) -> str:
    """Return who said something, in which role, and for whom: ``Nadia Example, Headteacher/Principal``."""
    title = role_title(decision.role, matter.facts.setting_type, scene)
    acting = f", acting for {name_of(decision.acting_for, scene.uow)}" if decision.acting_for else ""
    return f"{name_of(decision.by, scene.uow)}, {title}{acting}"


def outcome_in_words(decision: Decision, matter: Matter, scene: SayScene) -> str:
    """Return what was said, by whom, when, about which version, and with which words."""
    said = (
        f"{OUTCOMES[decision.outcome]} by {by_whom(decision, matter, scene)}, "
        f"{moment_in_words(decision.at)} (version {decision.version})."
    )
    recorded = recorded_in_words(decision, matter, scene)
    comment = f" “{decision.comment}”" if decision.comment else ""
    return f"{said}{' ' if recorded else ''}{recorded}{comment}"


def recorded_in_words(decision: Decision, matter: Matter, scene: SayScene) -> str:
    """Return what was recorded with a step, as “Discussed on: 4 November 2026”."""
    step = matter.step(decision.step)
    questions = step.facts if step else ()
    facts = [
        f"{question.label}: {shown(question, decision.facts[question.key], scene.uow)}."
        for question in questions
        if decision.facts.get(question.key)
    ]
    return " ".join(facts)


def asked_in_words(asked: Iterable[Approver], scene: SayScene) -> str:
    """Return whom a step asks: ``Grace Sample or Nadia Example (acting for Grace Sample)``."""
    people = [
        f"{name_of(one.person, scene.uow)} (acting for {name_of(one.acting_for, scene.uow)})"
        if one.acting_for
        else name_of(one.person, scene.uow)
        for one in asked
    ]
    return " or ".join(people)


def standing_in_words(step: StepStanding, matter: Matter, scene: SayScene) -> str:
    """Return where one step stands, and with whom since when."""
    said = next((one for one in reversed(matter.facts.counting()) if one.step == step.key), None)
    if said:
        return outcome_in_words(said, matter, scene)
    if step.state is not StepState.OPEN:
        return "Waits for the steps before it."
    if not step.asked:
        return "Nobody can be asked yet. Whoever can put that right has been told."
    since = f" since {day_in_words(london_date(step.asked_at))}" if step.asked_at else ""
    return f"With {asked_in_words(step.asked, scene)}{since}."


def next_in_words(matter: Matter, scene: SayScene) -> str:
    """Return who is asked now, step by step; "" where nobody is."""
    steps = [(matter.step(one.key), one) for one in matter.open_steps()]
    parts = [f"{step.title} ({asked_in_words(one.asked, scene) or 'nobody yet'})" for step, one in steps if step]
    return ", ".join(parts)


def unreached(matter: Matter, scene: SayScene) -> tuple[Paragraph, ...]:
    """Return whom the bot could not tell that something waits for them, and what helps."""
    asked = dict.fromkeys(one.person for step in matter.open_steps() for one in step.asked)
    names = [name_of(person, scene.uow) for person in asked if not can_be_reached(person, scene.uow)]
    if not names:
        return ()
    who, them = " and ".join(names), "them" if len(names) > 1 else "this person"
    return (Paragraph(text=f"I could not reach {who}: ask {them} to open Ask First and say hello."),)


def answer_row(question: Question, matter: Matter, scene: SayScene, *, whole: bool = False) -> Fact:
    """Return a question's label and its answer, shortened unless the whole is wanted."""
    text = shown(question, matter.facts.answers.get(question.key, ()), scene.uow)
    return Fact(label=asked_label(question), value=text if whole else short(text, SHORT))


def short(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut at a word where it is longer."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def who_asks(matter: Matter, scene: SayScene) -> str:
    """Return who asks, and for whom: ``Priya Sample, Teacher of PE``."""
    facts = matter.facts
    asker = _with_post(facts.requester, scene)
    return asker if facts.author == facts.requester else f"{asker}, for {_with_post(facts.author, scene)}"


def setting_name(matter: Matter, scene: SayScene) -> str:
    """Return what the request's setting is called."""
    setting = scene.uow.settings.get(matter.facts.setting)
    return setting.name if setting else matter.facts.setting


def button(label: str, action: Action, about: str, *, is_main: bool = False) -> Button:
    """Return a button whose label is not too long."""
    return Button(
        label=short(label, LABEL), action=action, about=about, style=ButtonStyle.MAIN if is_main else ButtonStyle.QUIET
    )


def gone() -> Message:
    """Return what is said of a request that is not there, or not for this person to read."""
    return Message(
        title="I cannot show you that request.",
        blocks=(
            Paragraph(text="It is not there any more, or it is between other people. Say “my requests” for yours."),
        ),
    )


def _with_post(person_id: PersonId, scene: SayScene) -> str:
    person = scene.uow.people.get(person_id)
    return f"{person.name}, {person.post}" if person else name_of(person_id, scene.uow)
