"""How long things are kept: numbers in a file that the policy owner can read and change."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from bot.config import ConfigError
from storage.retention import Periods

SHIPPED = Path(__file__).with_name("retention.toml")
LONGEST = 3660  # days; ten years

NAMES = tuple(field.name for field in fields(Periods))


def read_periods(file: Path | None) -> Periods:
    """
    Read the trust's own periods, or the shipped ones where it has none.

    Raises:
        ConfigError: the file cannot be read, or does not give each period as a whole number of days.
    """
    path = file or SHIPPED
    try:
        days = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise ConfigError(f"ASKFIRST_RETENTION names {path}, which cannot be read: {problem.strerror}.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ConfigError(f"{path} is not a file of periods: {problem}.") from None
    if set(days) != set(NAMES):
        raise ConfigError(f"{path} must give these periods and no others: {', '.join(NAMES)}.")
    return Periods(**{name: _period(path, name, number) for name, number in days.items()})


def _period(path: Path, name: str, days: object) -> timedelta:
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST:
        raise ConfigError(f"{path} gives {name} as {days!r}; give whole days from 1 to {LONGEST}.")
    return timedelta(days=days)
