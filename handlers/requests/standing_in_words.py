"""A delegation in one sentence: "Priya acts for me 14 to 18 October", "I'm away 14–18 Oct, Priya acts for me"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.heard.people_named import read_people
from handlers.heard.spans import read_span
from policy_kb.rules.periods import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import TypeAlias

    from policy_kb.rules.school_calendar import SchoolCalendar
    from storage.person import Person

    Meant: TypeAlias = Callable[[str], tuple[tuple[Person, ...], bool]]

LONGEST_READ = 200  # characters; a longer message is about something else
MOST_OF_A_NAME = 4  # words
ACTS = re.compile(
    r"\b(?:(?:will|shall|is going to|is|can|to)\s+)?"
    r"(?:act(?:s|ing)?|stand(?:s|ing)?\s+in|deputi[sz](?:e|es|ing))\s+for\b",
    re.IGNORECASE,
)
# Whoever asks who acts, or whether somebody may, asks about the policy.
ASKS = re.compile(
    r"(?:so\s+|and\s+)?(?:(?:can|could|may)\s+i|who|whose|whom|what|when|where|why|how|which|is|are|am|was|does|do|did|should|must|may|if)\b",
    re.IGNORECASE,
)
# Words that stand where a name could, and are like one: they offer nobody.
NO_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "my",
        "our",
        "your",
        "his",
        "her",
        "their",
        "this",
        "that",
        "all",
        "any",
        "some",
        "me",
        "i",
        "she",
        "he",
        "they",
        "we",
        "you",
        "it",
        "us",
        "them",
        "someone",
        "somebody",
        "anyone",
        "one",
        "school",
        "academy",
        "trust",
        "head",
        "headteacher",
        "principal",
        "deputy",
        "teacher",
        "teachers",
        "staff",
        "pupils",
        "children",
        "company",
        "team",
        "office",
        "service",
        "department",
    ]
)
NAME_OF_A_DAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAYS_BEGIN = re.compile(
    rf"\b(?:from|on|until|till|between|starting|this|next|today|tomorrow|all|the\s+(?:whole|\d)|\d"
    rf"|{NAME_OF_A_DAY}\b|{MONTH}\s+\d)",
    re.IGNORECASE,
)
AFTERWARDS = re.compile(
    r"\s*(?:[;!?(]|\b(?:while|because|as i|when|so that|please|thanks|thank you|since)\b).*", re.IGNORECASE
)
OF_DAYS = re.compile(r"\d|\b(?:to|until|till|til|through)\b|[–—]", re.IGNORECASE)
MOST_AFTER_DAYS = 4  # words that say something else
LEADS = re.compile(r"^(?:please|hi|hello|ok|and|so|note(?: that)?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who would act for whom; several where a name may mean several people."""

    acting: tuple[Person, ...]
    absent: tuple[Person, ...]
    starts_on: date
    ends_on: date  # the first day after


def read_delegation(
    text: str, *, asker: Person, people: Sequence[Person], today: date, calendar: SchoolCalendar | None = None
) -> Said | None:
    """Return who acts for whom on which days; None where words do not say all of it, or ask something."""
    plain = " ".join(text.replace("’", "'").replace("'ll ", " will ").split())
    verb = ACTS.search(plain)
    if verb is None or len(plain) > LONGEST_READ or ASKS.match(plain) or plain.endswith("?"):
        return None

    def meant(name: str) -> tuple[tuple[Person, ...], bool]:
        named = read_people(name, people, setting=asker.setting.id, asker=asker)
        if len(named.found) == 1 and not named.unsure:
            return named.found, True
        may_be_a_name = not NO_NAMES & set(name.casefold().split())
        return (named.unsure[0].meant if may_be_a_name and len(named.unsure) == 1 and not named.found else ()), False

    before, after = LEADS.sub("", plain[: verb.start()]).split(), plain[verb.end() :].strip()
    days_after = DAYS_BEGIN.search(after)
    absent, _ = _names((after[: days_after.start()] if days_after else after).split(), meant, at_the_end=False)
    acting, count = _names(before, meant, at_the_end=True)
    days = after[days_after.start() :] if days_after else _from_days_on(" ".join(before[: len(before) - count]))
    span = _span(AFTERWARDS.sub("", days), today, calendar)
    if not (span and absent and acting) or (len(absent) > 1 and len(acting) > 1):
        return None
    return Said(acting=acting, absent=absent, starts_on=span[0], ends_on=span[1] + DAY)


def _names(words: Sequence[str], meant: Meant, *, at_the_end: bool) -> tuple[tuple[Person, ...], int]:
    """
    Return whom the words at one end of a text name for certain, the most words first; else whom they may mean.

    With them comes the number of words that named them.
    """
    counts = range(min(MOST_OF_A_NAME, len(words)), 0, -1)
    tried = [(*meant(_name(words[-count:] if at_the_end else words[:count])), count) for count in counts]
    certain = ((found, count) for found, is_certain, count in tried if is_certain)
    likely = ((found, count) for found, _, count in tried if found)
    return next(certain, None) or next(likely, ((), 0))


def _name(words: Sequence[str]) -> str:
    return " ".join(filter(None, (word.strip(",.;:!–—-") for word in words)))


def _from_days_on(text: str) -> str:
    found = DAYS_BEGIN.search(text)
    return text[found.start() :] if found else ""


def _span(text: str, today: date, calendar: SchoolCalendar | None) -> tuple[date, date] | None:
    """Read days, without the last few words where those are no days: "14 to 18 October as head"."""
    words = text.split()
    for cut in range(min(MOST_AFTER_DAYS, len(words)) + 1):
        left, rest = words[: len(words) - cut], " ".join(words[len(words) - cut :])
        if not left or OF_DAYS.search(rest):
            return None
        if found := read_span(" ".join(left), today=today, calendar=calendar):
            return found
    return None
