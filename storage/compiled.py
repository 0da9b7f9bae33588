"""Statements as the drivers take them, compiled once a process and not once for every database that is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.util import LRUCache

if TYPE_CHECKING:
    from sqlalchemy import Compiled, Dialect

    T = TypeVar("T")

_KEPT = 1500  # more than all statements there are, on both kinds of database


class CompiledStatements(LRUCache[tuple[Any, ...], "Compiled"]):
    """
    What SQLAlchemy keeps for one engine, kept for all: a rehearsal, a restore and each test open one of their own.

    Its keys begin with the dialect of an engine; here, another engine's of the same kind and version is as good.
    """

    def get(self, key: tuple[Any, ...], default: T | None = None) -> Compiled | T | None:  # type: ignore[override]  # SQLAlchemy overloads it
        """Return a statement as it was compiled; the default where it was not."""
        return super().get(_whatever_the_engine(*key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Compiled) -> None:
        super().__setitem__(_whatever_the_engine(*key), compiled)


def _whatever_the_engine(dialect: Dialect, *rest: object) -> tuple[object, ...]:
    return (dialect.name, dialect.server_version_info, *rest)


COMPILED = CompiledStatements(_KEPT)
