"""Who may act for whom, for which days, and who may write that down; the policy is silent on all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.words import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from policy_kb.words import PersonId

LONGEST = timedelta(days=60)  # whoever is away for longer needs somebody in their post, not somebody who acts
# The roles in which people are asked for something; who moderates a site is on a rota instead.
HANDED_ON = frozenset(
    {
        Role.HEAD,
        Role.HEAD_OF_SERVICE,
        Role.SERVICE_MANAGER,
        Role.LINE_MANAGER,
        Role.SLT,
        Role.SLT_LINE_MANAGER,
        Role.DPO,
        Role.DEPUTY_DPO,
        Role.DEPUTY_CEO,
        Role.BRAND_TEAM,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """One person acts for another from a London day until the day before `ends_on`."""

    acting: PersonId
    absent: PersonId
    starts_on: date
    ends_on: date

    @property
    def last_day(self) -> date:
        """Return the last day of it, as people say it."""
        return self.ends_on - DAY

    def overlaps(self, other: StandIn) -> bool:
        """Tell whether both share a day."""
        return self.starts_on < other.ends_on and other.starts_on < self.ends_on


class NotTheirsToDelegate(Refusal):
    """Somebody writes down who acts for a third person, and has no right to."""

    key = "not_theirs_to_delegate"
    says = (
        "Who acts for somebody is for them to say, for the people their setting names for it, or for the Deputy CEO. "
        "Please ask one of them."
    )
    because = ProductRule.ONE_LEVEL_OF_DELEGATION


class CannotNameOneself(Refusal):
    """Somebody gives themselves another person's rights."""

    key = "cannot_name_oneself"
    says = "Nobody writes down that they act for somebody else. Please have them, or the Deputy CEO, tell me."
    because = ProductRule.NOBODY_DECIDES_ON_THEIR_OWN


class ActsForOneself(Refusal):
    """Both are the same person."""

    key = "acts_for_oneself"
    says = "Nobody acts for themselves. Please tell me who does, such as “Priya acts for me 14 to 18 October”."
    because = ProductRule.ONE_LEVEL_OF_DELEGATION


class DaysInThePast(Refusal):
    """It would begin before today, or end before it begins."""

    key = "days_in_the_past"
    says = "That would begin before today, or end before it begins. Please tell me the days again, from today on."
    because = ProductRule.ONE_LEVEL_OF_DELEGATION


class TooManyDays(Refusal):
    """It would last too long."""

    key = "too_many_days"
    says = (
        "Somebody can act for another for 60 days at most. For longer, please have the role given to somebody in the "
        "staff list."
    )
    because = ProductRule.ONE_LEVEL_OF_DELEGATION


class NotInPostThen(Refusal):
    """One of them does not work for the trust on all of these days."""

    key = "not_in_post_then"
    says = "One of them does not work for the trust on all of these days. Please choose somebody who does."
    because = ProductRule.ONLY_WHO_IS_ASKED


class PassedOnTwice(Refusal):
    """Somebody would act for a person who acts for another, or who is away themselves."""

    key = "passed_on_twice"
    says = (
        "One of them acts for somebody else on these days already, or has somebody act for them. "
        "It cannot be passed on a second time: please choose somebody else, or end the other one first."
    )
    because = ProductRule.ONE_LEVEL_OF_DELEGATION


class NothingToHandOn(Refusal):
    """The absent person is asked for nothing in any role."""

    key = "nothing_to_hand_on"
    says = (
        "The person who is away holds no role in which I ask people for a decision, or none that you look after. "
        "So nobody needs to act for them here."
    )
    because = ProductRule.ONLY_WHO_IS_ASKED


def check_may_write_down(wanted: StandIn, *, by: PersonId, may: Collection[PersonId]) -> None:
    """
    Refuse somebody who has no say in who acts for the absent person; `may` are those who have, beside them.

    Raises:
        ActsForOneself, NotTheirsToDelegate, CannotNameOneself: as they say.
    """
    if wanted.acting == wanted.absent:
        raise ActsForOneself
    if by != wanted.absent and by not in may:
        raise NotTheirsToDelegate
    if by == wanted.acting:
        raise CannotNameOneself


def check_stand_in(wanted: StandIn, *, today: date, in_post: bool, made: Iterable[StandIn]) -> None:
    """
    Refuse days that cannot be, and a chain of people who act for people who act.

    `in_post` tells whether both work for the trust on all of the days; `made` is what was written down before.

    Raises:
        DaysInThePast, TooManyDays, NotInPostThen, PassedOnTwice: as they say.
    """
    if wanted.ends_on <= wanted.starts_on or wanted.starts_on < today:
        raise DaysInThePast
    if wanted.ends_on - wanted.starts_on > LONGEST:
        raise TooManyDays
    if not in_post:
        raise NotInPostThen
    if any(one.overlaps(wanted) and _is_second(one, wanted) for one in made):
        raise PassedOnTwice


def _is_second(one: StandIn, wanted: StandIn) -> bool:
    return one.acting == wanted.absent or one.absent == wanted.acting
