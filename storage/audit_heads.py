"""The last row of every chain, kept in a file outside the database: whoever rewrites one has to rewrite both."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from storage.audit_chain import canonical
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from storage.audit_chain import ChainRow
    from storage.audit_check import Recorded, SubjectKey

Heads: TypeAlias = "Mapping[SubjectKey, tuple[int, str]]"
"""Of each subject, the number and the hash of its last row."""


class HeadsUnavailable(StorageError):  # noqa: N818 - the name is the sentence: the heads are unavailable
    """The file with the heads cannot be read or written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHeads:
    """What the file tells."""

    recorded: Recorded  # every head ever noted since the last restoring
    newest: Heads  # as the last line left them
    last_kept: str = ""  # an instant in UTC; empty where the file is empty
    restored: str = ""  # when the database was last restored from a backup
    problems: tuple[str, ...] = ()  # lines that were damaged or taken out, one sentence each
    last_line: str = ""  # the SHA-256 of the last line as it stands
    broken: bool = False  # a problem came after the last line that lists every chain


@dataclass(frozen=True, slots=True)
class HeadsFile:
    """One line of JSON for each night, only ever added to; copy it to where the database's owner cannot write."""

    path: Path

    def append(self, rows: Mapping[SubjectKey, ChainRow], now: datetime, *, restored: bool = False) -> None:
        """
        Note the last row of every chain.

        A line lists the chains that grew since the line before, and one hash over all of them; the first line of a
        file, of a month, after damage and after restoring lists them all, so that what is older can be put away.

        Raises:
            HeadsUnavailable: the file cannot be written.
        """
        kept, heads = self.read(), {subject: (row.number, row.hash) for subject, row in rows.items()}
        at = now.astimezone(UTC).isoformat(timespec="seconds")
        whole = restored or kept.broken or kept.last_kept[:7] != at[:7]
        listed = {subject: head for subject, head in heads.items() if whole or kept.newest.get(subject) != head}
        line = {
            "at": at,
            "whole": whole,
            "restored": restored,
            "heads": [[*subject, *head] for subject, head in sorted(listed.items())],
            "all": _over_all(heads),
            "line_before": kept.last_line,
        }
        self._write(json.dumps(line))

    def read(self) -> KeptHeads:
        """
        Return what was noted; a file that is not there was never written.

        Raises:
            HeadsUnavailable: the file is there and cannot be read.
        """
        reading = _Reading()
        for number, line in enumerate(self._lines(), start=1):
            reading.take(number, line)
        return reading.kept()

    def _lines(self) -> Iterator[bytes]:
        try:
            if self.path.exists():
                yield from self.path.read_bytes().splitlines()
        except OSError as problem:
            raise HeadsUnavailable(f"The file {self.path} cannot be read: {problem.strerror}.") from None

    def _write(self, line: str) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+b") as file:
                # A line that a crash cut short must not swallow this one.
                file.write(b"" if _ends_a_line(file) else b"\n")
                file.write(line.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as problem:
            raise HeadsUnavailable(
                f"The heads of the audit cannot be kept in {self.path}: {problem.strerror}. "
                "Check the folder, or set ASKFIRST_AUDIT_HEADS to another file."
            ) from None


class _Reading:
    """The file so far."""

    def __init__(self) -> None:
        self.recorded: dict[SubjectKey, dict[int, str]] = {}
        self.newest: dict[SubjectKey, tuple[int, str]] = {}
        self.last_kept = self.restored = ""
        self.problems: list[str] = []
        self.last_line = ""
        self.broken = False

    def take(self, number: int, line: bytes) -> None:
        """Read one line."""
        line_before, self.last_line = self.last_line, hashlib.sha256(line).hexdigest()
        try:
            noted = _noted(line)
        except (ValueError, KeyError, TypeError):
            self._report(f"Line {number} of the heads is damaged.")
            return
        self._note(noted)
        # The first line may follow others that were put away.
        if (number > 1 and noted.line_before != line_before) or _over_all(self.newest) != noted.over_all:
            self._report(f"Line {number} of the heads ({noted.at}) was changed, or a line before it was.")

    def _note(self, noted: _Noted) -> None:
        if noted.restored:
            self.recorded, self.restored = {}, noted.at
        if noted.whole:
            self.newest, self.broken = {}, False
        self.newest.update(noted.heads)
        for subject, (row, hash_) in noted.heads.items():
            # The first word counts: after a chain was rewritten, the next night notes what it is now.
            self.recorded.setdefault(subject, {}).setdefault(row, hash_)
        self.last_kept = noted.at

    def kept(self) -> KeptHeads:
        """Return what all lines together tell."""
        return KeptHeads(
            recorded=self.recorded,
            newest=self.newest,
            last_kept=self.last_kept,
            restored=self.restored,
            problems=tuple(self.problems),
            last_line=self.last_line,
            broken=self.broken,
        )

    def _report(self, problem: str) -> None:
        self.problems.append(problem)
        self.broken = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """One line of the file."""

    at: str
    whole: bool
    restored: bool
    heads: Heads
    over_all: str
    line_before: str


def _noted(line: bytes) -> _Noted:
    read: dict[str, Any] = json.loads(line)
    return _Noted(
        at=str(read["at"]),
        whole=bool(read["whole"]),
        restored=bool(read["restored"]),
        heads={(str(kind), str(about)): (int(row), str(hash_)) for kind, about, row, hash_ in read["heads"]},
        over_all=str(read["all"]),
        line_before=str(read["line_before"]),
    )


def _over_all(heads: Heads) -> str:
    listed = [[*subject, *head] for subject, head in sorted(heads.items())]
    return hashlib.sha256(canonical(listed).encode()).hexdigest()


def _ends_a_line(file: BinaryIO) -> bool:
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
