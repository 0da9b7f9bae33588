from __future__ import annotations

from tests.storage.both_kinds import database, sqlite_url, url

__all__ = ["database", "sqlite_url", "url"]
