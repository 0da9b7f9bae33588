"""What others than the requester hear: that something changed, that nobody can be asked, that it is over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.message import Message, Paragraph, Tone
from handlers.people_and_days import name_of
from handlers.requests import in_words
from handlers.requests.about import StepAbout, read_step
from handlers.requests.asked import asked_now, may_reassign
from handlers.requests.matter import matter_of, may_read
from handlers.requests.resent_said import KINDS as RESENT
from handlers.requests.resent_said import compose_resent
from handlers.requests.step_fields import comment_field
from handlers.requests.step_form_said import people_field
from policy_kb.bot_words import Action
from policy_kb.request_words import RequestId, StepKey

if TYPE_CHECKING:
    from handlers.message import Block, Button, Field
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene
    from policy_kb.rules.form import Step
    from storage.request import Reassignment

WITHOUT_A_STEP = re.compile(r"([1-9][0-9]{0,8}):([a-z_]{1,20})")
NOTICES = {
    "withdrawn": "{called} was withdrawn by the person who asked. There is nothing left to do.",
    "live": "{called}, which you had a say in, is live now.",
    "reassigned": "{called}: {to} is asked for “{step}” now. {by} had them asked.",
    "not_named": "{called}: I could not ask the person you named for “{step}”. It is with {asked} now.",
    "somebody": "{called}: “{step}” is with {asked} now.",
    "nobody": "{called} is stuck: nobody can be asked for “{step}”.",
    "no_stand_in": "{called} is stuck: {setting} names nobody who decides when its final approver asks for something.",
    "stand_in_cannot": "{called} is stuck: its final approver asks for it, and whoever {setting} names to stand in "
    "cannot decide either.",
    "added": "{called} had been answered before what you wrote came. It decides nothing; the requester reads it.",
}
# Why nobody is asked, and what to do about it.
WHAT_TO_DO = {
    "nobody": (
        "Nobody in post holds the role, or whoever does has passed it on or asks for this themselves.",
        "Give somebody the role in the staff list and press “Look again”.",
    ),
    "no_stand_in": (
        "Until then it waits: nobody approves their own request.",
        "Name somebody under “stands_in” in the settings file, import it, and press “Look again”.",
    ),
    "stand_in_cannot": (
        "They ask for this as well, have passed it on, or do not work here now.",
        "Name somebody else under “stands_in” in the settings file, import it, and press “Look again”.",
    ),
}
CHOOSE = "Or have one of the people below asked, and say why."
FOR_OTHERS = "Whoever looks after the setting has been told. It waits until somebody can be asked."


def compose_notice(about: str, scene: SayScene) -> Message:
    """Return a notice about a request, as things stand; whoever can put something right gets the means."""
    named = _read(about)
    matter = matter_of(named.request, scene.view, scene.uow) if named else None
    if named is None or matter is None or scene.person is None or named.what not in NOTICES.keys() | RESENT:
        return in_words.gone()
    if named.what in RESENT:
        return compose_resent(named.what, matter, scene)
    rights = may_reassign(scene.person.id, matter.facts.setting, scene.uow, on=scene.today)
    if not rights and not may_read(matter, scene.person, scene.uow, on=scene.today):
        return in_words.gone()
    step = matter.step(named.step) if named.step else None
    is_stuck = named.what in WHAT_TO_DO and step is not None
    handed = _handed_on(named, matter, scene)
    fields = _fields(matter, step, scene) if is_stuck and rights and step else ()
    return Message(
        title=_title(named, matter, step, handed, scene),
        tone=Tone.CARE if is_stuck else Tone.PLAIN,
        blocks=(Paragraph(text=_what_to_do(named, can_choose=bool(fields)) if rights else FOR_OTHERS),)
        if is_stuck
        else _reason(named, handed),
        fields=fields,
        buttons=_buttons(named, matter, scene, puts_right=is_stuck and rights, can_choose=bool(fields)),
    )


def _title(named: StepAbout, matter: Matter, step: Step | None, handed: Reassignment | None, scene: SayScene) -> str:
    asked = asked_now(step, matter.facts, scene.uow, scene.today) if step else ()
    return NOTICES[named.what].format(
        called=f"{matter.called} ({matter.form.called})",
        step=step.title if step else "",
        asked=in_words.asked_in_words(asked, scene) or "nobody",
        to=name_of(handed.to_id, scene.uow) if handed else "somebody else",
        by=name_of(handed.by_id, scene.uow) if handed else "Somebody",
        setting=in_words.setting_name(matter, scene),
    )


def _handed_on(named: StepAbout, matter: Matter, scene: SayScene) -> Reassignment | None:
    """Return how a step was handed on last."""
    found = [one for one in scene.uow.requests.reassignments(matter.facts.id) if one.step == named.step]
    return found[-1] if found else None


def _reason(named: StepAbout, handed: Reassignment | None) -> tuple[Block, ...]:
    return (Paragraph(text=f"“{handed.reason}”"),) if named.what == "reassigned" and handed and handed.reason else ()


def _what_to_do(named: StepAbout, *, can_choose: bool) -> str:
    return " ".join((*WHAT_TO_DO[named.what], *((CHOOSE,) if can_choose else ())))


def _fields(matter: Matter, step: Step, scene: SayScene) -> tuple[Field, ...]:
    """Return the fields that choose somebody; none for whoever asks, who does not choose who decides."""
    is_own = scene.person is not None and matter.facts.is_theirs(scene.person.id)
    who = () if is_own else people_field(matter, step, scene, label="Who should be asked")
    return (*who, comment_field(needed=True, label="Why this person")) if who else ()


def _buttons(
    named: StepAbout, matter: Matter, scene: SayScene, *, puts_right: bool, can_choose: bool
) -> tuple[Button, ...]:
    number = str(matter.facts.id)
    whole = may_read(matter, scene.person, scene.uow, on=scene.today)
    again = f"{named.card}:{matter.facts.version}"
    look = "Look again, or ask" if can_choose else "Look again"
    return (
        *((in_words.button(look, Action.REASSIGN, again, is_main=True),) if puts_right else ()),
        *((in_words.button("Where it stands", Action.STATUS, number),) if whole else ()),
        *((in_words.button("Whole form", Action.WHOLE_FORM, number),) if whole else ()),
    )


def _read(about: str) -> StepAbout | None:
    """Return what a notice is about: ``12:edited``, or ``12:head:2:nobody``."""
    found = WITHOUT_A_STEP.fullmatch(about)
    if found:
        return StepAbout(request=RequestId(int(found[1])), step=StepKey(""), what=found[2])
    return read_step(about)
