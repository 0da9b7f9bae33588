"""What a reminder is about, as rows, buttons and facts name it: ``closure:7``; all of it comes from outside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policy_kb.rules.reminding import Reminder
from policy_kb.words import PersonId

REQUEST = "request"  # request:12, whatever of it waits for the reader
FINDINGS = "findings"  # what people and settings lack
GIVEN = "given"  # given:123:4, slots that the night has given to the reader, the first of four
TAKEN = "taken"  # taken:123:callum-sample, a slot of the reader's that the night has given to somebody else
KEYS = frozenset({REQUEST, FINDINGS, GIVEN, TAKEN, *Reminder})
# The most pressing first; within one kind, in the order they were found.
RANKS = (
    Reminder.MY_SLOT,
    GIVEN,
    TAKEN,
    Reminder.OFFER,
    Reminder.BELOW_TWO,
    Reminder.GAP,
    Reminder.CLOSURE,
    REQUEST,
    Reminder.APPROVAL_ENDS,
    Reminder.ATTEST,
    Reminder.CHECK,
    Reminder.EVALUATION,
    Reminder.NEXT_WEEK,
    Reminder.PATTERNS,
    Reminder.ROLE_ENDS,
    FINDINGS,
    Reminder.OVERDUE,
    Reminder.REVIEW,
    Reminder.EDITION,
    Reminder.STILL_NEEDED,
)
LONGEST_LIST = 20  # subjects in one message; of whatever is more, only the number is told
SUBJECT = re.compile(r"([a-z_]{1,30}):([^,>|]{0,80})")
LATER = re.compile(r"([^,>|:]{1,80})>(.+)")
MORE = re.compile(r"\+([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing somebody is reminded of: of which kind, and what about."""

    key: str
    about: str = ""

    def __str__(self) -> str:
        """Write it as rows and buttons do."""
        return f"{self.key}:{self.about}"

    @property
    def reminder(self) -> Reminder | None:
        """Return the timer it belongs to; None where that is one of requests, or news."""
        return Reminder(self.key) if self.key in set(Reminder) else None


def read_subject(text: str) -> Subject | None:
    """Return what is meant; None where it is something else."""
    found = SUBJECT.fullmatch(text)
    return Subject(found[1], found[2]) if found and found[1] in KEYS else None


def read_row(text: str) -> tuple[PersonId | None, Subject | None]:
    """Return what a row of the calendar reminds of, and of whom alone where it waited for somebody's working day."""
    found = LATER.fullmatch(text)
    return (PersonId(found[1]), read_subject(found[2])) if found else (None, read_subject(text))


def waits_for(person: PersonId, subject: Subject) -> str:
    """Return how a row names something that one person is to be reminded of on another day."""
    return f"{person}>{subject}"


def listed(subjects: tuple[Subject, ...]) -> str:
    """Return how a fact names several, the most pressing first: ``my_slot:123,closure:7,+4``."""
    ordered = sorted(subjects, key=_rank)
    more = len(ordered) - LONGEST_LIST
    return ",".join([*map(str, ordered[:LONGEST_LIST]), *([f"+{more}"] if more > 0 else [])])


def read_list(text: str) -> tuple[tuple[Subject, ...], int]:
    """Return the subjects that a fact names, and how many more there were."""
    parts = text.split(",")
    subjects = tuple(one for part in parts if (one := read_subject(part)))
    more = MORE.fullmatch(parts[-1])
    return subjects, int(more[1]) if more else 0


def _rank(subject: Subject) -> int:
    return RANKS.index(subject.key) if subject.key in RANKS else len(RANKS)
