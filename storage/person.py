"""A person of the staff directory, and what they hold from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from policy_kb.words import BotRole, PersonId, Role, SettingId
    from storage.settings import Setting

FULL_WEEK = "MTWTF"
DAY_OFF = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHolding:
    """A role of the policy, where it is held, and from when to when as London days."""

    role: Role
    setting_id: SettingId | None = None  # None: for the whole trust
    starts_on: date | None = None  # None: it has always been so
    ends_on: date | None = None  # the first day it is no longer held; None: no end is known

    def is_held_on(self, day: date) -> bool:
        """Tell whether it is held on a London day."""
        return _holds(self.starts_on, self.ends_on, day)

    def overlaps(self, other: RoleHolding) -> bool:
        """Tell whether both are the same role at the same place, and share a day."""
        same = (self.role, self.setting_id) == (other.role, other.setting_id)
        return same and _before(self.starts_on, other.ends_on) and _before(other.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class BotRoleHolding:
    """Something a person looks after in the bot, at one setting or for the whole trust."""

    role: BotRole
    setting_id: SettingId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the staff directory, whether in post, still to come or gone."""

    id: PersonId
    name: str
    email: str  # lower case; "" once somebody else has taken the address over
    directory_id: str | None = None  # in the trust's identity provider
    staff_id: str | None = None  # the trust's own number for them
    post: str  # as staff would say it: "Teacher of PE"
    setting: Setting  # the main one
    other_settings: tuple[Setting, ...] = ()  # by id
    department: str = ""
    line_manager_id: PersonId | None = None
    pattern: str = FULL_WEEK  # five letters, Monday first, with - for a day off
    term_time_only: bool = False
    starts_on: date | None = None
    ends_on: date | None = None  # the first day they are not in post
    held: tuple[RoleHolding, ...] = ()
    bot_roles: tuple[BotRoleHolding, ...] = ()

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Return every setting they work in, the main one first."""
        return (self.setting, *self.other_settings)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return each role once, wherever and whenever it is held."""
        return tuple(dict.fromkeys(holding.role for holding in self.held))

    def is_in_post(self, day: date) -> bool:
        """Tell whether they work for the trust on a London day."""
        return _holds(self.starts_on, self.ends_on, day)

    def has_left(self, day: date) -> bool:
        """Tell whether they left on or before a London day."""
        return self.ends_on is not None and self.ends_on <= day

    def held_on(self, day: date) -> tuple[RoleHolding, ...]:
        """Return what they hold on a London day, whether or not they are in post."""
        return tuple(holding for holding in self.held if holding.is_held_on(day))


def _holds(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    return (starts_on is None or starts_on <= day) and (ends_on is None or day < ends_on)


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start < end
