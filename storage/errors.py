"""What can go wrong with the database, each in a sentence someone at the trust can act on."""

from __future__ import annotations


class StorageError(Exception):
    """The database could not do what was asked; the text is fit to show to whoever runs the bot."""


class DatabaseUnavailable(StorageError):  # noqa: N818 - the name is the sentence: the database is unavailable
    """The database cannot be opened, reached or written to just now; nothing of this turn was kept."""


class DatabaseTooNew(StorageError):  # noqa: N818 - the name is the sentence: the database is too new
    """A newer version of Ask First has already changed this database."""


class ChangeRefused(StorageError):  # noqa: N818 - the name is the sentence: the change was refused
    """A change would have broken a rule of the tables; nothing of this turn was kept."""


class NaiveInstant(ValueError):  # noqa: N818 - the name is the sentence: the instant is naive
    """An instant without a time zone was about to be stored, and could mean two different moments."""
