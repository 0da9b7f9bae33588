"""Who may take, swap, give and settle slots of a rota, and when; each guard beside the ways it says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY
from policy_kb.rules.reach import Hindrance, hindrance
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.rules.site_life import Doer

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from policy_kb.rules.reach import Reach
    from policy_kb.rules.site import Site, Slot
    from policy_kb.words import PersonId

MANAGE = frozenset({Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.HEAD, Doer.OFFICE})
"""In which parts somebody may give slots to others (A.1.5)."""

DECIDE = frozenset({Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.HEAD})
"""In which parts somebody may leave days without cover on purpose, or cut the rota anew."""

LONGEST_AWAY = 366  # calendar days; a longer leave is for the staff list
FARTHEST_AWAY = 2 * 366  # calendar days ahead


class SlotOver(Refusal):
    """The slot has passed."""

    key = "slot_over"
    says = "That slot is over, so it stays as it was."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class NotYourSlot(Refusal):
    """Somebody acts on a slot that another has, or nobody."""

    key = "not_your_slot"
    says = "That slot is not yours, or not any more. Say “my slots” for those that are."
    because = ProductRule.ONLY_WHO_IS_ASKED


class NotOfTheSite(Refusal):
    """Somebody would look after a site who has not accepted a part in it."""

    key = "not_of_the_site"
    says = "Only people who look after this site, and have accepted that, can have its slots."
    because = "A.5.4"


class SlotTaken(Refusal):
    """Somebody else was quicker, or it is needed no longer."""

    key = "slot_taken"
    says = "Thank you, but nobody is needed there any more: somebody has this slot."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class AwayThen(Refusal):
    """Somebody takes a slot on days they said they are away."""

    key = "away_then"
    says = "You are written down as away then, or have left by then. If you are back, say “I'm back” first."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class NoSwap(Refusal):
    """The two slots cannot be exchanged."""

    key = "no_swap"
    says = (
        "These two slots cannot be swapped: they have to be of the same site, still to come, one of them yours and "
        "one of them somebody else's who can be there."
    )
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class AlreadyOffered(Refusal):
    """A slot is offered once at a time."""

    key = "already_offered"
    says = "I am already asking people about this slot. Take that back first if you want something else."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class NotTheirsToGive(Refusal):
    """Somebody gives a slot to another who may not."""

    key = "not_theirs_to_give"
    says = "Only the site's author, its administrators, the head or the office can give its slots to somebody."
    because = "A.1.5"


class CannotBeGiven(Refusal):
    """Whoever was chosen is not there then, and somebody else could be."""

    key = "cannot_be_given"
    says = "This person is not there then, and others are. Please choose somebody who is free."
    because = "A.5.4"


class NotTheirsToSettle(Refusal):
    """Somebody decides on a gap or the rota who may not."""

    key = "not_theirs_to_settle"
    says = "Only the site's author, its administrators or the head can decide on this."
    because = "A.1.5"


class NothingToSettle(Refusal):
    """Somebody decides on a gap that is none."""

    key = "nothing_to_settle"
    says = "These days are not without cover any more, so there is nothing to decide."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class DaysOver(Refusal):
    """Somebody is away on days that have passed."""

    key = "days_over"
    says = "Those days are over, so I write nothing down. Your slots to come stay as they are."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class TooLongAway(Refusal):
    """An absence so long, or so far ahead, that a day was probably misread."""

    key = "too_long_away"
    says = "I can write down at most a year, and not more than two years ahead. Please say the days again."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


def serves(person: PersonId, site: Site, on: date) -> bool:
    """
    Tell whether somebody looks after a site on a London day and has accepted it.

    Policy: A.3.2, A.5.4
    """
    return any(one.person == person and one.accepted_at is not None for one in site.members_on(on))


def check_not_over(slot: Slot, *, today: date) -> None:
    """Raise SlotOver where no day of a slot is left."""
    if slot.ends_on <= today:
        raise SlotOver


def check_is_theirs(slot: Slot, person: PersonId, *, today: date) -> None:
    """Raise SlotOver or NotYourSlot unless somebody has a slot that is not over."""
    check_not_over(slot, today=today)
    if slot.person != person:
        raise NotYourSlot


def check_may_take(slot: Slot, site: Site, person: PersonId, reach: Reach, *, wanted: bool, today: date) -> None:
    """
    Raise unless somebody may take a slot; a day off of their own does not keep them from it.

    Args:
        slot: as it stands now.
        site: whose slot it is.
        person: who would have it.
        reach: what is known of their days.
        wanted: whether somebody is looked for: it is offered, nobody has it, or nobody answered.
        today: the London day.

    Raises:
        SlotOver, NotOfTheSite, SlotTaken, AwayThen: they may not.

    Policy: A.3.2, A.5.4
    """
    check_not_over(slot, today=today)
    if not serves(person, site, today):
        raise NotOfTheSite
    if not wanted:
        raise SlotTaken
    if hindrance(slot, reach, today=today) in {Hindrance.NOT_IN_POST, Hindrance.AWAY}:
        raise AwayThen


def can_swap(slot: Slot, other: Slot, site: Site, reaches: tuple[Reach, Reach], *, today: date) -> bool:
    """
    Tell whether two people can exchange slots: both still look after the site, and each is there for the other's.

    `reaches` are of whoever has `slot`, then of whoever has `other`. Slots that have begun stay where they are.

    Policy: A.5.4
    """
    both = (slot.person, other.person)
    if slot.site != other.site or both[0] == both[1] or min(slot.starts_on, other.starts_on) < today:
        return False
    if not all(one is not None and serves(one, site, today) for one in both):
        return False
    in_the_way = (hindrance(other, reaches[0], today=today), hindrance(slot, reaches[1], today=today))
    return not {Hindrance.NOT_IN_POST, Hindrance.AWAY} & set(in_the_way)


def check_may_give(parts: Collection[Doer]) -> None:
    """Raise NotTheirsToGive unless somebody's parts in a site let them give its slots to others."""
    if not MANAGE & set(parts):
        raise NotTheirsToGive


def check_may_settle(parts: Collection[Doer]) -> None:
    """Raise NotTheirsToSettle unless somebody's parts in a site let them decide on its gaps and rota."""
    if not DECIDE & set(parts):
        raise NotTheirsToSettle


def check_can_be_given(in_the_way: Hindrance | None, *, anybody_free: bool) -> None:
    """
    Raise CannotBeGiven where somebody has left or is away, or has the day off while others are there.

    Policy: A.5.4
    """
    if in_the_way in {Hindrance.NOT_IN_POST, Hindrance.AWAY} or (in_the_way is not None and anybody_free):
        raise CannotBeGiven


def check_days_away(start: date, end: date, *, today: date) -> tuple[date, date]:
    """
    Return the days [start, end) that are left to be away on.

    Raises:
        DaysOver: none is left.
        TooLongAway: they are more than `LONGEST_AWAY`, or end more than `FARTHEST_AWAY` days ahead.
    """
    if end <= today:
        raise DaysOver
    first = max(start, today)
    if (end - first).days > LONGEST_AWAY or (end - today).days > FARTHEST_AWAY:
        raise TooLongAway
    return first, end


def next_monday(today: date) -> date:
    """Return the Monday that comes after a London day: a rota is never cut anew in the middle of a week."""
    return today + (7 - today.weekday()) * DAY
