"""The little form a decision needs: why, which answers, who else; and the one that has somebody else asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Field, InputKind, Message, Option, Tone
from handlers.people_and_days import name_of
from handlers.requests import in_words
from handlers.requests.about import read_step
from handlers.requests.asked import candidates
from handlers.requests.card_said import compose_card, is_theirs_to_decide
from handlers.requests.given import WHICH, WHO
from handlers.requests.matter import matter_of
from handlers.requests.step_fields import comment_field
from policy_kb.bot_words import Action

if TYPE_CHECKING:
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from policy_kb.rules.form import Step

OPTION = 75  # characters of an option's label
MOST_OPTIONS = 100
TITLES = {
    Action.ASK_CHANGES: "{called}: what should be changed?",
    Action.DECLINE: "{called}: why do you decline?",
    Action.NOT_ME: "{called}: why is this not for you, and who should be asked?",
}
SENDS = {
    Action.ASK_CHANGES: "Ask for these changes",
    Action.DECLINE: "Decline",
    Action.NOT_ME: "Pass it on",
}
COMMENTS = {
    Action.ASK_CHANGES: "What to change",
    Action.DECLINE: "Your reason, which the requester reads",
    Action.NOT_ME: "Why it is not for you",
}


def compose_step_form(about: str, scene: SayScene) -> Message:
    """Return the form for what somebody is about to say; the card, where it is not theirs to say any more."""
    named = read_step(about)
    matter = matter_of(named.request, scene.view, scene.uow) if named else None
    step = matter.step(named.step) if named and matter else None
    action = next((one for one in TITLES if named and one.value == named.what), None)
    if named is None or matter is None or step is None or action is None:
        return in_words.gone()
    if named.version != matter.facts.version or not is_theirs_to_decide(matter, step, scene):
        return compose_card(named.card, scene)
    subject = f"{named.card}:{named.version}"
    return Message(
        title=TITLES[action].format(called=matter.called),
        tone=Tone.ASK,
        fields=(*_beside(action, matter, step, scene), comment_field(needed=True, label=COMMENTS[action])),
        buttons=(
            in_words.button(SENDS[action], action, subject, is_main=True),
            in_words.button("Back to the card", Action.CARD, subject),
        ),
        card=named.card,
    )


def people_field(matter: Matter, step: Step, scene: SayScene, *, label: str) -> tuple[Field, ...]:
    """Return the field that names somebody else to ask; nothing where nobody else could be."""
    people = candidates(step, matter.facts, scene.uow, scene.today)
    options = tuple(
        Option(value=one.person, label=in_words.short(f"{name_of(one.person, scene.uow)}, {title}", OPTION))
        for one in people[:MOST_OPTIONS]
        for title in (in_words.role_title(one.role, matter.facts.setting_type, scene),)
    )
    return (Field(name=WHO, label=label, kind=InputKind.ONE, options=options),) if options else ()


def _beside(action: Action, matter: Matter, step: Step, scene: SayScene) -> tuple[Field, ...]:
    if action is Action.ASK_CHANGES:
        answered = [one for one in matter.form.asked(matter.facts.answers) if matter.facts.answers.get(one.key)]
        options = tuple(Option(value=one.key, label=in_words.short(one.label, OPTION)) for one in answered)
        label = "Which answers? Leave it empty for any of them"
        return (Field(name=WHICH, label=label, kind=InputKind.MANY, options=options[:MOST_OPTIONS]),)
    if action is Action.NOT_ME:
        return people_field(matter, step, scene, label="Who should be asked instead, if you know")
    return ()
