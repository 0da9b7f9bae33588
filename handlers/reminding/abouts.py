"""Numbers and days within the subject of a reminder; what comes from outside may be anything."""

from __future__ import annotations

import re
from datetime import date

from policy_kb.words import SettingId

NUMBER = re.compile(r"[1-9][0-9]{0,8}")
DAYS = re.compile(r"(\d{4}-\d\d-\d\d):(\d{4}-\d\d-\d\d)")


def read_number(about: str) -> int | None:
    """Return the number of a site, a slot, an offer or a document; None where it is none."""
    return int(about) if NUMBER.fullmatch(about) else None


def read_first(about: str) -> int | None:
    """Return the number that stands first, whatever follows it: ``7``, ``7:2026-12-18``; None where there is none."""
    return read_number(about.partition(":")[0])


def read_days(about: str) -> tuple[date, date] | None:
    """Return the days [first, after the last) that are meant; None where there are none."""
    found = DAYS.fullmatch(about)
    try:
        days = (date.fromisoformat(found[1]), date.fromisoformat(found[2])) if found else None
    except ValueError:
        return None
    return days if days and days[0] < days[1] else None


def read_days_of_setting(about: str) -> tuple[SettingId, date, date] | None:
    """Return a setting and days: ``elm-academy:2026-12-07:2026-12-14``; None where it is something else."""
    setting, _, rest = about.partition(":")
    days = read_days(rest)
    return (SettingId(setting), *days) if setting and days else None
