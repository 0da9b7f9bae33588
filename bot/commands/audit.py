"""`askfirst audit verify` and `askfirst audit show`: whether the record is whole, and what it says."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from bot.app import heads_file, open_database
from handlers.auditing import show_chain, verify_audit

if TYPE_CHECKING:
    from bot.config import Config


def run_verify(config: Config) -> int:
    """
    Print what was done to the audit by another hand; return 1 where something was.

    Raises:
        StorageError: the database or the file with the heads cannot be used.
    """
    with closing(open_database(config)) as database, database.begin() as uow:
        report = verify_audit(uow, heads_file(config, database))
    for note in report.notes:
        print(f"Please note: {note}")
    for flaw in report.flaws:
        print(f"NOT WHOLE  {flaw}")
    if report.flaws:
        print(
            f"{len(report.flaws)} things are wrong. Keep the database and the heads as they are, and tell the auditor."
        )
        return 1
    print(f"The audit is whole: {report.rows} rows about {report.chains} subjects.")
    return 0


def run_show(config: Config, named: str) -> int:
    """
    Print one chain in plain words.

    Raises:
        NoSuchSubject: the audit holds nothing about it.
        StorageError: the database cannot be used.
    """
    with closing(open_database(config)) as database, database.begin() as uow:
        print("\n".join(show_chain(named, uow)))
    return 0
