"""A site as the rules see it: what was approved, who looks after it, and how its cover is cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.site_words import CoverDays, SiteState, SlotLength, SlotPart
from policy_kb.words import Role

if TYPE_CHECKING:
    from datetime import date, datetime

    from policy_kb.request_words import RequestId
    from policy_kb.site_words import GapKind, SiteId, SlotHow, SlotId
    from policy_kb.words import PersonId, SettingId

IN_USE = frozenset({SiteState.LIVE, SiteState.REVIEW_DUE, SiteState.CLOSING, SiteState.LEGACY})
"""In which states people can see a site, so that it has to be looked after (A.5.3)."""

STARTING = frozenset({SiteState.APPROVED, SiteState.PRE_LIVE})
OWES_PEOPLE = IN_USE | STARTING | {SiteState.SUSPENDED}
"""In which states a site needs its administrators and moderators."""

LOOKS_AFTER = (Role.SITE_ADMINISTRATOR, Role.SITE_MODERATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """
    Somebody who administers or moderates a site, from one London day until another.

    Policy: A.3.1, A.3.2, A.5.4
    """

    person: PersonId
    role: Role  # SITE_ADMINISTRATOR or SITE_MODERATOR
    since: date
    until: date | None = None  # the first day they no longer do
    accepted_at: datetime | None = None  # said that they accept, and have a login of their own
    attested_on: date | None = None  # said so again

    def holds_on(self, day: date) -> bool:
        """Tell whether they look after the site on a London day, accepted or not."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaShape:
    """How a site's cover is cut, and what counts."""

    length: SlotLength = SlotLength.WEEK
    days: CoverDays = CoverDays.WEEKDAYS
    holidays_double: bool = False  # a slot in a holiday counts as two


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """
    One social media site of the trust, from its approval on.

    Policy: A.1.6, A.1.7, A.3.3, A.5.4
    """

    id: SiteId
    request: RequestId | None  # None: taken in from a list
    setting: SettingId
    name: str
    state: SiteState
    state_since: date
    author: PersonId
    host: str  # the answer of the form: academy, third_party
    host_name: str = ""
    address: str = ""  # where people find it
    purpose: str = ""
    aims: str = ""
    success: str = ""  # how it will be judged
    exit_plan: str = ""
    intervention_plan: str = ""
    audience: frozenset[str] = frozenset()  # options of the form: pupils, families
    contributors: frozenset[str] = frozenset()
    interaction: str = ""  # read, comments, uploads
    uses_logo: bool = False
    paper: str = ""  # the paper form that approved it, where one did
    go_live: date | None = None  # as approved
    live_on: date | None = None  # as it happened
    closure: date | None = None
    review_on: date | None = None
    evaluate_on: date | None = None
    active_on: date | None = None  # the last day anything was recorded of it
    rota: RotaShape = RotaShape()
    members: tuple[Member, ...] = ()  # all of them, also those who no longer are; by role, then since, then person

    def members_on(self, day: date, role: Role | None = None) -> tuple[Member, ...]:
        """Return who looks after it on a London day, in one role or in either."""
        return tuple(one for one in self.members if one.holds_on(day) and role in (None, one.role))

    def people_on(self, day: date, role: Role | None = None) -> tuple[PersonId, ...]:
        """Return the people of `members_on`, each once."""
        return tuple(dict.fromkeys(one.person for one in self.members_on(day, role)))

    @property
    def is_in_use(self) -> bool:
        """Whether people can see it, so that it owes cover."""
        return self.state in IN_USE

    @property
    def has_pupils(self) -> bool:
        """Whether pupils read it or contribute to it."""
        return bool((self.audience | self.contributors) & {"pupils", "other_pupils"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """
    One stretch of a site's rota, in London days, and whose it is.

    Policy: A.5.3, A.5.4
    """

    id: SlotId
    site: SiteId
    starts_on: date
    ends_on: date  # the first day after
    part: SlotPart = SlotPart.WHOLE
    weight: int = 1  # 2 where holidays count double
    person: PersonId | None = None  # None: a gap
    reserve: PersonId | None = None  # asked where that person does not answer
    how: SlotHow | None = None
    accepted_at: datetime | None = None  # somebody pressed "I've got it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days on which somebody takes no slot, in London days."""

    id: int
    person: PersonId
    starts_on: date
    ends_on: date  # the first day after

    def covers(self, day: date) -> bool:
        """Tell whether they are away on a day."""
        return self.starts_on <= day < self.ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendedGap:
    """
    A stretch that nobody covers on purpose: comments are off, or the site is paused; somebody decided it.

    Policy: A.5.4
    """

    id: int
    site: SiteId
    kind: GapKind
    starts_on: date
    ends_on: date  # the first day after
    by: PersonId
    at: datetime

    def covers(self, day: date) -> bool:
        """Tell whether a day is in it."""
        return self.starts_on <= day < self.ends_on
