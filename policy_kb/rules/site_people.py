"""Who looks after a site: how many there have to be, who may name and end them, whom one could ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.rules.london import london_date
from policy_kb.rules.moderating import POLICY_MINIMUM
from policy_kb.rules.refusal import ProductRule, Refusal
from policy_kb.rules.site import LOOKS_AFTER, OWES_PEOPLE
from policy_kb.rules.site_life import Doer
from policy_kb.site_words import TaskKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from policy_kb.rules.site import Member, Site
    from policy_kb.words import PersonId, Role

MAY_NAME = frozenset({Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.HEAD, Doer.OFFICE})
MAY_END = frozenset({Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.HEAD})  # beside whoever has the part
MAY_DO = {
    TaskKind.REMOVE_ACCESS: frozenset({Doer.AUTHOR, Doer.ADMINISTRATOR, Doer.HEAD, Doer.OFFICE}),
    TaskKind.NEW_AUTHOR: frozenset({Doer.HEAD, Doer.OFFICE}),
}
"""Who ticks off what is left to do where somebody has gone; the office is asked where no head is in post."""

SOON = timedelta(days=28)  # calendar days; whoever leaves within them is not proposed


class NotYoursToName(Refusal):
    """Somebody names people for a site that is not theirs to staff."""

    key = "not_yours_to_name"
    says = "Who looks after a site is for its author, its administrators, the head and the office to say."
    because = "A.5.4"


class NotYoursToEnd(Refusal):
    """Somebody takes another off a site that is not theirs."""

    key = "not_yours_to_end"
    says = "Only they themselves, the author, an administrator or the head can take somebody off a site."
    because = ProductRule.ONLY_WHO_IS_ASKED


class NotOfTheStaff(Refusal):
    """Whoever was named is nobody of the staff list, or nobody for certain."""

    key = "not_of_the_staff"
    says = (
        "I do not find exactly one person of that name who works for the trust now. "
        "Write the first and last name, or the e-mail address; only people of the staff list can look after a site."
    )
    because = "A.3.1"


class NobodyNamed(Refusal):
    """The form came back without a name."""

    key = "nobody_named"
    says = "Choose somebody, or write a name, and press again."
    because = ProductRule.ONLY_WHO_IS_ASKED


class HasThePart(Refusal):
    """Whoever was named has the part already, and has accepted it."""

    key = "has_the_part"
    says = "They do that for this site already, and have accepted it."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class NeedsNobody(Refusal):
    """The site is over, so nobody has to look after it."""

    key = "needs_nobody"
    says = "This site is not in use any more, so nobody needs to look after it."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


class NotYourTask(Refusal):
    """Somebody ticks off what is left to do on a site, and it is for others."""

    key = "not_your_task"
    says = "A login is for the administrators or the author to take away, and a new author for the head to name."
    because = ProductRule.ONLY_WHO_IS_ASKED


def shortage(site: Site, on: date, minimum: int = POLICY_MINIMUM) -> Mapping[Role, int]:
    """
    Return how many are missing in which role on a London day: of those who have accepted.

    Nothing where a site needs nobody. The same person may be in both roles, and counts in each (I-13).

    Policy: A.5.4, A.3.2
    """
    return _missing(site, on, minimum, accepted=True)


def vacancies(site: Site, on: date, minimum: int = POLICY_MINIMUM) -> Mapping[Role, int]:
    """
    Return how many have still to be named in which role: whoever was asked and has not said no counts.

    Policy: A.5.4
    """
    return _missing(site, on, minimum, accepted=False)


def to_be_told(site: Site, on: date, minimum: int = POLICY_MINIMUM) -> Mapping[Role, int]:
    """
    Return what author and head are told of at once.

    A site that people see lacks whoever has not accepted; one that is still to come only whom nobody named.

    Policy: A.5.4
    """
    return shortage(site, on, minimum) if site.is_in_use else vacancies(site, on, minimum)


def are_few(site: Site, on: date, distinct: int) -> bool:
    """
    Tell whether fewer different people look after a site than is wise; nobody is refused for it.

    Policy: A.5.4, A.1.5
    """
    return site.state in OWES_PEOPLE and len(site.people_on(on)) < distinct


def attestation_due(member: Member, today: date, term_start: date) -> bool:
    """
    Tell whether somebody has still to say this term that their login is their own.

    Whoever accepted in this term has said so already.

    Policy: A.3.2
    """
    if member.accepted_at is None or not member.holds_on(today) or today < term_start:
        return False
    said = max(london_date(member.accepted_at), member.attested_on or london_date(member.accepted_at))
    return said < term_start


def check_may_name(parts: Collection[Doer], site: Site) -> None:
    """
    Refuse whoever may not say who looks after a site, and a site that needs nobody.

    Raises:
        NotYoursToName, NeedsNobody: as their names say.

    Policy: A.5.4
    """
    if not MAY_NAME & set(parts):
        raise NotYoursToName
    if site.state not in OWES_PEOPLE:
        raise NeedsNobody


def check_may_do(kind: TaskKind, parts: Collection[Doer]) -> None:
    """
    Refuse whoever may not tick off what is left to do; raises NotYourTask.

    Policy: A.3.2, A.5.5
    """
    if not MAY_DO[kind] & set(parts):
        raise NotYourTask


def check_may_end(parts: Collection[Doer], *, own: bool) -> None:
    """Refuse whoever may not take somebody off a site; raises NotYoursToEnd."""
    if not own and not MAY_END & set(parts):
        raise NotYoursToEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody of a setting who could be asked to look after a site."""

    person: PersonId
    name: str
    sites: int = 0  # how many they look after already
    moderates: bool = False  # some other site
    same_department: bool = False
    is_away: bool = False  # on leave today
    ends_on: date | None = None  # the first day they are not in post


def suggested(candidates: Iterable[Candidate], on: date) -> tuple[Candidate, ...]:
    """
    Return whom one could ask, best first: who moderates already or works in the same department, then who has least.

    Nobody who is on leave, or leaves within `SOON`.

    Policy: A.5.4, A.1.5
    """
    stays = (one for one in candidates if not one.is_away and (one.ends_on is None or one.ends_on > on + SOON))
    return tuple(
        sorted(stays, key=lambda one: (not (one.moderates or one.same_department), one.sites, one.name, one.person))
    )


def _missing(site: Site, on: date, minimum: int, *, accepted: bool) -> Mapping[Role, int]:
    if site.state not in OWES_PEOPLE:
        return {}
    there = {
        role: len({one.person for one in site.members_on(on, role) if one.accepted_at or not accepted})
        for role in LOOKS_AFTER
    }
    return {role: minimum - number for role, number in there.items() if number < minimum}
