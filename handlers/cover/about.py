"""What a button or a stored fact about cover is about; all of it comes from outside, and nothing is known to be so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from policy_kb.bot_words import SayKind
from policy_kb.site_words import GapKind, OfferId, SiteId, SlotId
from policy_kb.words import PersonId
from storage.says import SayFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER = r"[1-9][0-9]{0,8}"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ONE = re.compile(NUMBER)
DAYS = re.compile(rf"({DAY}):({DAY})")
KINDS = "|".join(GapKind)
GAP = re.compile(rf"({NUMBER})(?::({DAY}):({DAY}))?(?::({KINDS}))?")
WEEK = re.compile(rf"({DAY})(:day)?(?::({NUMBER}))?")
NEWS = re.compile(rf"([a-z_]{{1,20}}):({NUMBER})(?::([^|]{{1,150}}))?")
FORM = re.compile(rf"({NUMBER}(?:,{NUMBER}){{0,19}}):([a-z]{{1,12}})(?::([^|]{{1,90}}))?")

GONE = SayFacts(kind=SayKind.COVER_NEWS, about="gone")
"""What is said where nothing is there any more that a press could be about."""

SLOT_FIELD = "slot"
GAP_FIELD = "gap"
WHO_FIELD = "who"
SLOTS_FIELD = "slots"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapAbout:
    """Days of a site: ``7``, ``7:2026-12-21:2027-01-04``, ``7:comments_off``; both with days and a kind too."""

    site: SiteId
    days: tuple[date, date] | None = None  # half-open
    kind: GapKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekAbout:
    """A week by any day of it, or a day alone; of one site or of all: ``2026-11-30``, ``2026-12-04:day:7``."""

    day: date
    alone: bool = False
    site: SiteId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsAbout:
    """What somebody hears: the key of a sentence, the number of what it is about, and what else it needs."""

    key: str
    number: int
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAbout:
    """A little form: ``123:swap``, ``7:shape``; several slots where one is to be chosen: ``123,124:assign``."""

    numbers: tuple[int, ...]
    what: str
    beside: str = ""


def read_number(about: str) -> int | None:
    """Return a number of a site, a slot, an offer or an absence; None where it is none."""
    return int(about) if ONE.fullmatch(about) else None


def read_slot(about: str, values: Mapping[str, tuple[str, ...]]) -> SlotId | None:
    """Return the slot that is meant: by the button, or else by the field beside it."""
    number = read_number(about or next(iter(values.get(SLOT_FIELD, ())), ""))
    return SlotId(number) if number else None


def read_offer(about: str) -> OfferId | None:
    """Return the offer that is meant; None where none can be."""
    number = read_number(about)
    return OfferId(number) if number else None


def read_person(values: Mapping[str, tuple[str, ...]]) -> PersonId | None:
    """Return whom a field names, whoever that is; None where nobody was chosen."""
    named = next(iter(values.get(WHO_FIELD, ())), "")
    return PersonId(named) if named else None


def read_days(about: str) -> tuple[date, date] | None:
    """Return the days [first, after the last) that are meant; None where there are none."""
    found = DAYS.fullmatch(about)
    return _days(found[1], found[2]) if found else None


def days_about(start: date, end: date) -> str:
    """Return how days are named on a button: ``2026-10-14:2026-10-19``."""
    return f"{start.isoformat()}:{end.isoformat()}"


def read_gap(about: str, values: Mapping[str, tuple[str, ...]]) -> GapAbout | None:
    """Return the days of a site that are meant, by the button or else by the field beside it."""
    found = GAP.fullmatch(about)
    if found is None:
        return None
    chosen = next(iter(values.get(GAP_FIELD, ())), "")
    days = _days(found[2], found[3]) if found[2] else read_days(chosen)
    if found[2] and days is None:
        return None
    return GapAbout(site=SiteId(int(found[1])), days=days, kind=GapKind(found[4]) if found[4] else None)


def read_week(about: str) -> WeekAbout | None:
    """Return the week or day that is meant; None where none can be."""
    found = WEEK.fullmatch(about)
    day = read_day(found[1]) if found else None
    if found is None or day is None:
        return None
    return WeekAbout(day=day, alone=bool(found[2]), site=SiteId(int(found[3])) if found[3] else None)


def read_news(about: str) -> NewsAbout | None:
    """Return what is to be told; None where it is something else."""
    found = NEWS.fullmatch(about)
    return NewsAbout(key=found[1], number=int(found[2]), beside=found[3] or "") if found else None


def read_form(about: str) -> FormAbout | None:
    """Return the form that is meant; None where it is something else."""
    found = FORM.fullmatch(about)
    if found is None:
        return None
    return FormAbout(numbers=tuple(map(int, found[1].split(","))), what=found[2], beside=found[3] or "")


def read_day(text: str) -> date | None:
    """Return a day that is written 2026-10-14; None where it is none of the years we can count weeks in."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date.min.year + 1000 < day.year < date.max.year - 1000 else None


def _days(first: str, after: str) -> tuple[date, date] | None:
    start, end = read_day(first), read_day(after)
    return (start, end) if start and end and start < end else None
