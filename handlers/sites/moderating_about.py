"""What the buttons and facts of moderation name, and whose sites they may be; all of it comes from outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from policy_kb.rules.site import OWES_PEOPLE
from policy_kb.site_words import LogAction, LogCategory, SiteId

if TYPE_CHECKING:
    from enum import StrEnum
    from typing import TypeVar

    from policy_kb.rules.site import Site
    from policy_kb.words import PersonId
    from storage.unit_of_work import UnitOfWork

    Choice = TypeVar("Choice", bound=StrEnum)

LOG = re.compile(r"([1-9][0-9]{0,8})?(?::([a-z_]{0,20}))?(?::([a-z_]{0,20}))?(?::([1-9][0-9]{0,10}))?")
DAY_OF = re.compile(r"([1-9][0-9]{0,8})(?::([0-9]{4}-[0-9]{2}-[0-9]{2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAbout:
    """A line of the log as far as it is known: ``7``, ``7:removed:spam``, ``7:escalated:rude:1795512600``."""

    site: SiteId | None = None
    action: LogAction | None = None
    category: LogCategory | None = None
    at: datetime | None = None  # the second in which it was passed on

    @property
    def about(self) -> str:
        """Return how it is named in a fact."""
        parts = (str(self.site or ""), self.action or "", self.category or "")
        when = f":{int(self.at.timestamp())}" if self.at else ""
        return f"{':'.join(parts)}{when}" if when or any(parts[1:]) else parts[0]


def read_log(about: str) -> LogAbout:
    """Return what a fact says of a line of the log; what it does not say, or says wrongly, is left open."""
    found = LOG.fullmatch(about)
    if found is None:
        return LogAbout()
    site, action, category, at = found.groups()
    return LogAbout(
        site=SiteId(int(site)) if site else None,
        action=one_of(LogAction, action),
        category=one_of(LogCategory, category),
        at=datetime.fromtimestamp(int(at), UTC) if at else None,
    )


def one_of(choices: type[Choice], word: str | None) -> Choice | None:
    """Return a member of a closed set; None where the word is none."""
    return choices(word) if word in list(choices) else None


def read_day_of(about: str) -> tuple[SiteId, date | None] | None:
    """Return a site, and a day where one is named: ``7:2026-07-21``; None where it is something else."""
    found = DAY_OF.fullmatch(about)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[2]) if found[2] else None
    except ValueError:
        return None
    return SiteId(int(found[1])), day


def sites_for(person: PersonId, uow: UnitOfWork, on: date) -> tuple[Site, ...]:
    """
    Return the sites on which somebody may log, and read the plan: those they look after or wrote the form for.

    Only what is in use, or nearly; by name.
    """
    return tuple(one for one in uow.sites.of_person(person, on) if one.state in OWES_PEOPLE)
