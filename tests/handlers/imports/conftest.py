from __future__ import annotations

from tests.storage.conftest import database, postgresql_server, sqlite_url, url

__all__ = ["database", "postgresql_server", "sqlite_url", "url"]  # what is imported is tried on both databases
