"""The same rows in a database in memory: somewhere to try things out and throw them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from storage.engine import reading, run_pragma
from storage.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Engine

AT_ONCE = 5000  # rows read and written at a time


def copy_rows(source: Engine, empty: Engine) -> None:
    """
    Write every row of one database into another that has the same tables and no rows.

    Numbers stay what they are, and what is added to the copy goes on after the highest.
    """
    with reading(source) as rows_of, empty.connect() as copy:
        # Somebody may be listed before their line manager; whatever is read here has passed its checks before.
        run_pragma(copy, "foreign_keys=OFF")
        with copy.begin():
            for table in metadata.sorted_tables:
                found = rows_of.execution_options(yield_per=AT_ONCE).execute(select(table))
                for rows in found.mappings().partitions():
                    copy.execute(insert(table), [dict(row) for row in rows])
        run_pragma(copy, "foreign_keys=ON")
