"""What others than the requester hear: that something changed, that nobody can be asked, that it is over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.message import Message, Paragraph, Tone
from handlers.requests import in_words
from handlers.requests.about import StepAbout, read_step
from handlers.requests.asked import asked_now, may_reassign
from handlers.requests.matter import matter_of, may_read
from handlers.requests.step_fields import comment_field
from handlers.requests.step_form_said import people_field
from policy_kb.words import Action, RequestId, StepKey

if TYPE_CHECKING:
    from handlers.message import Button, Field
    from handlers.requests.matter import Matter
    from handlers.requests.scene import RequestScene
    from policy_kb.rules.form import Step

WITHOUT_A_STEP = re.compile(r"([1-9][0-9]{0,8}):([a-z_]{1,20})")
NOTICES = {
    "edited": "{called} was changed after you decided. What you said still counts.",
    "asked_again": "{called} was changed after you decided, in what you decided on. You are asked again in your turn.",
    "withdrawn": "{called} was withdrawn by the person who asked. There is nothing left to do.",
    "live": "{called}, which you had a say in, is live now.",
    "reassigned": "{called}: somebody else is asked for “{step}” as well now, because it was passed on.",
    "somebody": "{called}: “{step}” is with {asked} now.",
    "nobody": "{called} is stuck: nobody can be asked for “{step}”.",
    "no_stand_in": "{called} is stuck: {setting} names nobody who decides when its final approver asks for something.",
}
WHAT_TO_DO = {
    "nobody": "Nobody in post holds the role, or whoever does has passed it on or asks for this themselves. "
    "Have somebody asked below, or give somebody the role in the staff list and press “Look again”.",
    "no_stand_in": "Name somebody under “stands_in” in the settings file, import it, and press “Look again”. "
    "Until then it waits: nobody approves their own request.",
}
FOR_OTHERS = "Whoever looks after the setting has been told. It waits until somebody can be asked."


def compose_notice(about: str, scene: RequestScene) -> Message:
    """Return a notice about a request, as things stand; whoever can put something right gets the means."""
    named = _read(about)
    matter = matter_of(named.request, scene.view, scene.uow) if named else None
    if named is None or matter is None or scene.person is None or named.what not in NOTICES:
        return in_words.gone()
    rights = may_reassign(scene.person.id, matter.facts.setting, scene.uow, on=scene.today)
    if not rights and not may_read(matter, scene.person, scene.uow, on=scene.today):
        return in_words.gone()
    step = matter.step(named.step) if named.step else None
    is_stuck = named.what in WHAT_TO_DO and step is not None
    return Message(
        title=_title(named, matter, step, scene),
        tone=Tone.CARE if is_stuck else Tone.PLAIN,
        blocks=(Paragraph(text=WHAT_TO_DO[named.what] if rights else FOR_OTHERS),) if is_stuck else (),
        fields=_fields(named, matter, step, scene) if is_stuck and rights and step else (),
        buttons=_buttons(named, matter, scene, puts_right=is_stuck and rights),
    )


def _title(named: StepAbout, matter: Matter, step: Step | None, scene: RequestScene) -> str:
    asked = asked_now(step, matter.facts, scene.uow, scene.today) if step else ()
    return NOTICES[named.what].format(
        called=f"{matter.called} ({matter.form.called})",
        step=step.title if step else "",
        asked=in_words.asked_in_words(asked, scene),
        setting=in_words.setting_name(matter, scene),
    )


def _fields(named: StepAbout, matter: Matter, step: Step, scene: RequestScene) -> tuple[Field, ...]:
    who = people_field(matter, step, scene, label="Who should be asked") if named.what == "nobody" else ()
    return (*who, comment_field(needed=True, label="Why this person")) if who else ()


def _buttons(named: StepAbout, matter: Matter, scene: RequestScene, *, puts_right: bool) -> tuple[Button, ...]:
    number = str(matter.facts.id)
    whole = may_read(matter, scene.person, scene.uow, on=scene.today)
    again = f"{named.card}:{matter.facts.version}"
    return (
        *((in_words.button("Look again, or ask", Action.REASSIGN, again, is_main=True),) if puts_right else ()),
        *((in_words.button("Where it stands", Action.STATUS, number),) if whole else ()),
        *((in_words.button("Whole form", Action.WHOLE_FORM, number),) if whole else ()),
    )


def _read(about: str) -> StepAbout | None:
    """Return what a notice is about: ``12:edited``, or ``12:head:2:nobody``."""
    found = WITHOUT_A_STEP.fullmatch(about)
    if found:
        return StepAbout(request=RequestId(int(found[1])), step=StepKey(""), what=found[2])
    return read_step(about)
