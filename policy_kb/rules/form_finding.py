"""What a check of an answer looks at, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_kb.request_words import QuestionKey
    from policy_kb.rules.form import Answers, Form, Question, Value
    from policy_kb.rules.hosts import Host
    from policy_kb.rules.school_calendar import SchoolCalendar
    from policy_kb.words import PersonId, SettingType


class Force(StrEnum):
    """How strongly a finding speaks."""

    STOPS = "stops"  # the answer is not taken
    DOUBTS = "doubts"  # the answer is saved and asked once more; whoever gave it may keep it
    WARNS = "warns"  # the answer is saved; the warning is said, and shown to those who approve


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check has to say about an answer."""

    check: str  # the check's name: minimum_age
    force: Force
    says: str  # a plain sentence or two, with what to do
    clause: str  # what it rests on: A.2.5
    fix: tuple[QuestionKey, ...] = ()  # other questions whose answer could be changed instead


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFact:
    """What a check knows of a person."""

    name: str
    in_post: bool  # False: they have left, or have not started
    works: bool  # has a working day; governors and volunteers have none
    line_manager: PersonId | None = None  # by the staff directory
    manages: bool = True  # holds the role of line manager at the setting, as far as anybody looked it up


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """What checks know beyond the answers."""

    today: date  # in London
    setting: str  # its name
    setting_type: SettingType
    requester: PersonId
    staff: Mapping[PersonId, StaffFact] = field(default_factory=lambda: MappingProxyType({}))
    hosts: Mapping[str, Host] = field(default_factory=lambda: MappingProxyType({}))
    calendar: SchoolCalendar | None = None  # of the setting; None where nobody imported one


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at one answer."""

    check: str
    form: Form
    question: Question
    answers: Answers  # those that count, this one among them
    facts: CheckFacts
    other: QuestionKey | None = None  # the question that the check's name is followed by

    @property
    def value(self) -> Value:
        """The answer looked at."""
        return self.of(self.question.key)

    @property
    def text(self) -> str:
        """The answer looked at, where it is one text; empty where it was skipped."""
        return self.value[0] if self.value else ""

    def of(self, key: str) -> Value:
        """Return the answer to a question; nothing where it has none."""
        return next((value for asked, value in self.answers.items() if asked == key), ())

    def other_value(self) -> Value:
        """Return the answer to the question the check compares with; nothing where it has none."""
        return self.of(self.other) if self.other else ()

    def label_of_other(self) -> str:
        """Return what the question the check compares with is called."""
        return self.form.question(self.other).label if self.other else ""

    def says(self, force: Force, says: str, *, clause: str = "", fix: tuple[QuestionKey, ...] = ()) -> Finding:
        """Build a finding; it rests on the question's own clause unless another is given."""
        return Finding(check=self.check, force=force, says=says, clause=clause or str(self.question.clause), fix=fix)


def day_of(value: Value) -> date | None:
    """Return the day of an answer; None where it was skipped or stands for having none."""
    try:
        return date.fromisoformat(value[0]) if value else None
    except ValueError:
        return None
