"""Having somebody else asked, by whoever looks after the setting or the policy; looking again who there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests.asked import candidates, may_reassign
from handlers.requests.given import chosen_person, comment_of
from handlers.requests.moving import move_on, why_stuck
from handlers.requests.saying import reassign
from policy_kb.bot_words import SayKind
from policy_kb.rules import deciding
from policy_kb.rules.handing_on import check_may_choose, check_may_look_again
from policy_kb.rules.refusal import ProductRule, Refusal
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.requests.about import StepAbout
    from handlers.requests.act import Act
    from policy_kb.words import PersonId


class NotTheirsToHandOn(Refusal):
    """Somebody who looks after neither the setting nor the policy would have another person asked."""

    key = "not_theirs_to_hand_on"
    says = "Only the setting's administrator or the policy owner can have somebody else asked."
    because = ProductRule.ONLY_WHO_IS_ASKED


class CannotBeAsked(Refusal):
    """Whoever was named has not the right that the step needs."""

    key = "cannot_be_asked"
    says = "That person cannot be asked for this: they have not the role, or they ask for it themselves."
    because = ProductRule.ONLY_WHO_IS_ASKED


def have_asked(
    about: StepAbout, values: Mapping[str, tuple[str, ...]], person: PersonId, act: Act
) -> tuple[SayFacts, ...]:
    """
    Have the person who was chosen asked for an open step; where none was, look again who has the right to it.

    Raises:
        StepGone, NotTheirsToHandOn, OwnRequest, NotUnderWay, ChangedSince, ReasonMissing, CannotBeAsked: nothing was
            changed.
    """
    matter = act.hold(about.request)
    step, standing = (matter.step(about.step), matter.standing(about.step)) if matter else (None, None)
    if matter is None or step is None or standing is None:
        raise deciding.StepGone(about.card)
    if not may_reassign(person, matter.facts.setting, act.uow, on=act.today):
        raise NotTheirsToHandOn(about.card)
    if who := chosen_person(values):
        reason = comment_of(values, about.card)
        check_may_choose(matter.facts, standing, by=person, version=about.version, reason=reason)
        named = next((one for one in candidates(step, matter.facts, act.uow, act.today) if one.person == who), None)
        if named is None:
            raise CannotBeAsked(about.card)
        reassign(matter, step, named, from_id=None, reason=reason, act=act)
    else:
        check_may_look_again(matter.facts, standing, version=about.version)
    move_on(matter, act)
    after = act.matter(about.request).facts
    key = "somebody" if after.step(step.key).asked else why_stuck(step, after, act.uow)
    return (SayFacts(kind=SayKind.NOTICE, about=f"{about.card}:{about.version}:{key}", replaces=True),)
