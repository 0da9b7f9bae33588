"""Ids that are named in one statement: databases take some ten thousand, and are slow long before."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")

AT_ONCE = 500


def in_portions(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the ids in their order, so many at once as one statement should name."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
