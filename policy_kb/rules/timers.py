"""When people are reminded, as data: after which working days, and whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policy_kb.rules.periods import DAY
from policy_kb.toml_entries import EditionError, read_entries

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from policy_kb.toml_entries import Entry

NUDGE_FIELDS = ("timer", "to", "days", "then_every")
DRAFT_FIELDS = ("warned_after", "deleted_after")


class Timer(StrEnum):
    """What people are reminded of."""

    APPROVAL_PENDING = "approval_pending"
    CHANGES_ASKED = "changes_asked"
    DRAFT_IDLE = "draft_idle"
    DRAFT_ENDS = "draft_ends"  # it will be deleted
    NOT_APPROVED = "not_approved"  # and the day of going live is near
    NOT_LIVE = "not_live"  # approved, and its day has passed
    DPIA_OUTSTANDING = "dpia_outstanding"


class Whom(StrEnum):
    """Who is reminded."""

    APPROVERS = "approvers"  # everybody who was asked for a step
    REQUESTER = "requester"
    DEPUTY = "deputy"  # of the role that was asked; to chase, never to decide
    DPO = "dpo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """On which working days one timer reminds one kind of people."""

    timer: Timer
    to: Whom
    days: tuple[int, ...]  # after what set it off; negative: before
    then_every: int = 0  # working days after the last of `days`; 0: no more

    def falls_on(self, number: int) -> bool:
        """Tell whether a reminder falls on the working day of this number."""
        beyond = number - max(self.days)
        return number in self.days or (self.then_every > 0 and beyond > 0 and beyond % self.then_every == 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timers:
    """All reminders of requests, and how long a form that is not sent is kept."""

    rhythms: tuple[Rhythm, ...]
    draft_warned_after: timedelta  # in calendar days, like the next
    draft_deleted_after: timedelta


def load_timers(file: Path) -> Timers:
    """
    Read the reminders.

    Raises:
        EditionError: the file has a slip; the error names the line.
    """
    rhythms = tuple(_rhythm(entry) for entry in read_entries(file, "nudge", beside=("draft",)))
    drafts = tuple(read_entries(file, "draft", beside=("nudge",)))
    if len(drafts) != 1:
        raise EditionError(file, 1, "there has to be exactly one [[draft]]: how long a form that is not sent is kept.")
    (draft,) = drafts
    draft.check_only(*DRAFT_FIELDS)
    warned, deleted = draft.number("warned_after"), draft.number("deleted_after")
    if not 0 < warned < deleted:
        raise draft.wrong("warn at least a day before deleting: 'warned_after' must be less than 'deleted_after'.")
    return Timers(rhythms=rhythms, draft_warned_after=warned * DAY, draft_deleted_after=deleted * DAY)


def _rhythm(entry: Entry) -> Rhythm:
    entry.check_only(*NUDGE_FIELDS)
    days = entry.fields.get("days")
    if not isinstance(days, list) or not days or not all(type(day) is int and day for day in days):
        raise entry.wrong("'days' must be a list of whole numbers such as [2, 5]; 0 is no reminder.")
    then_every = entry.number("then_every") if "then_every" in entry.fields else 0
    if then_every < 0:
        raise entry.wrong("'then_every' counts working days, so it is 1 or more.")
    return Rhythm(
        timer=entry.one_of("timer", Timer), to=entry.one_of("to", Whom), days=tuple(days), then_every=then_every
    )
