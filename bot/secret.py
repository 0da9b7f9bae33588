"""A text that must never be printed, logged or compared carelessly."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """Wraps a password, token or key; only `reveal` gives it back."""

    _value: str = field(repr=False)

    def reveal(self) -> str:
        """Return the secret itself, at the one place that sends it."""
        return self._value

    def __bool__(self) -> bool:
        """Tell whether anything was set."""
        return bool(self._value)

    def __str__(self) -> str:
        """Return a mask, so that a format string cannot leak it."""
        return "•••"
