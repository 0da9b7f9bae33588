"""Ages as people write them: 11-14, Year 7 to 9, KS3."""

from __future__ import annotations

import re

OLDEST = 120  # years
BEFORE_A_YEAR = 4  # the pupils of Year 7 turn 11 before it begins: 7 and 4 years
LAST_YEAR = 13
STAGES = {
    "nursery": (2, 4),
    "reception": (4, 5),
    "early years": (2, 5),
    "eyfs": (2, 5),
    "ks1": (5, 7),
    "ks2": (7, 11),
    "ks3": (11, 14),
    "ks4": (14, 16),
    "ks5": (16, 18),
    "primary": (4, 11),
    "secondary": (11, 16),
    "sixth form": (16, 18),
}
JOINED = r"\s*(?:-|–|—|to|and|until|up to)\s*"
YEARS = re.compile(rf"(?:school )?(?:years?|yrs?|y)\s*(\d{{1,2}})(?:{JOINED}(?:years?|yrs?|y)?\s*(\d{{1,2}}))?")
AGES = re.compile(
    rf"(?:(?:from|between|aged?|ages|about|pupils)\s+)*(\d{{1,3}})(?:{JOINED}(\d{{1,3}}))?"
    r"(?:\s*(?:years?|yrs?|year olds?|years old|years of age|olds?))*"
)
KEY_STAGE = re.compile(r"key stage\s*(\d)|ks\s+(\d)")


def read_ages(text: str) -> tuple[int, int] | None:
    """
    Return the youngest and the oldest age in years that words tell; None where they tell none.

    The pupils of Year 7 are 11 or 12, so "Year 7 to 9" is from 11 to 14.
    """
    plain = " ".join(re.sub(r"[,.!]", " ", text[:200].casefold()).replace("-year-old", " year old").split())
    if years := YEARS.fullmatch(plain):
        return _of_years(int(years[1]), int(years[2] or years[1]))
    if ages := AGES.fullmatch(plain):
        return _in_order(int(ages[1]), int(ages[2] or ages[1]))
    return _of_stages(KEY_STAGE.sub(lambda found: f"ks{found[1] or found[2]}", plain))


def _of_years(first: int, last: int) -> tuple[int, int] | None:
    if not (1 <= first <= LAST_YEAR and 1 <= last <= LAST_YEAR):
        return None
    return min(first, last) + BEFORE_A_YEAR, max(first, last) + BEFORE_A_YEAR + 1


def _of_stages(text: str) -> tuple[int, int] | None:
    named = [STAGES.get(part) for part in re.split(JOINED.replace(r"\s*", r"\s+"), text)]
    known = [ages for ages in named if ages]
    if not known or len(known) < len(named):
        return None
    return min(youngest for youngest, _ in known), max(oldest for _, oldest in known)


def _in_order(one: int, other: int) -> tuple[int, int] | None:
    return (min(one, other), max(one, other)) if max(one, other) <= OLDEST else None
