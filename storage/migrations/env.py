"""What Alembic runs: on the bot's own connection, or on `-x url=…` at a developer's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from alembic import context

from storage import (
    audit_tables,
    due_tables,
    page_tables,
    people_tables,
    request_tables,
    rota_tables,
    site_tables,
    tables,
)
from storage.columns import SinceDay, UntilDay, UTCDateTime, Word
from storage.engine import make_engine, read_url

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from sqlalchemy import Connection

# They share one metadata, which knows a table only once its module has been imported.
EVERY_TABLE = (
    tables,
    people_tables,
    audit_tables,
    due_tables,
    request_tables,
    site_tables,
    rota_tables,
    page_tables,
)


def run(connection: Connection) -> None:
    """Run the command that was asked for, in the transaction that is open, or one for each migration."""
    context.configure(
        connection=connection,
        target_metadata=tables.metadata,
        render_item=render_plain_type,
        render_as_batch=True,  # SQLite changes a table by building it anew
        transactional_ddl=True,  # both databases undo a failed CREATE; Alembic believes SQLite cannot
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def render_plain_type(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our types as the database knows them: a revision must outlive the code of its day."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Word):
        return "sa.Text()"
    if kind == "type" and isinstance(item, SinceDay | UntilDay):
        return "sa.Date()"
    return False


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with make_engine(read_url(context.get_x_argument(as_dictionary=True)["url"])).connect() as opened:
        run(opened)
