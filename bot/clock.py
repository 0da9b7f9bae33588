"""The only reader of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

from policy_kb.rules.london import london_date


def now() -> datetime:
    """Return this instant, aware and in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place that may


def today() -> date:
    """Return the London date of this instant."""
    return london_date(now())
