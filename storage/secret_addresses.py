"""Secret addresses: personal links that open a page once, the sessions they begin, and calendar feeds."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select, update

from storage.page_tables import feeds, page_links, page_sessions
from storage.people_tables import people

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from policy_kb.site_words import SiteId
    from policy_kb.words import PersonId

BYTES = 24  # of a secret: nobody guesses it


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Whose calendar feed an address is, and of which site; no site: of their own slots."""

    person: PersonId
    site: SiteId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretAddresses:
    """Makes secrets and knows them again; only their SHA-256 is kept, so each can be shown once."""

    connection: Connection

    def make_link(self, person: PersonId, *, expires_at: datetime) -> str:
        """Return the secret of a new link for one person."""
        secret = secrets.token_urlsafe(BYTES)
        row = {"secret_sha256": _sha256(secret), "person_id": person, "expires_at": expires_at}
        self.connection.execute(insert(page_links).values(row))
        return secret

    def whose_link(self, secret: str, *, now: datetime) -> PersonId | None:
        """Return whose link it is; None where it was spent, has expired or never was. It stays unspent."""
        query = select(page_links.c.person_id).where(*_usable_link(secret, now))
        return self.connection.execute(query).scalar_one_or_none()

    def spend_link(self, secret: str, *, now: datetime) -> PersonId | None:
        """Use a link up, and return whose it was; None where it cannot be used any more."""
        spent = update(page_links).where(*_usable_link(secret, now)).values(spent_at=now)
        return self.connection.execute(spent.returning(page_links.c.person_id)).scalar_one_or_none()

    def begin_session(self, person: PersonId, *, expires_at: datetime) -> str:
        """Return the secret of a new session of one person."""
        secret = secrets.token_urlsafe(BYTES)
        row = {"secret_sha256": _sha256(secret), "person_id": person, "expires_at": expires_at}
        self.connection.execute(insert(page_sessions).values(row))
        return secret

    def whose_session(self, secret: str, *, now: datetime) -> PersonId | None:
        """Return whose session it is; None where it has ended or never was."""
        theirs = (page_sessions.c.secret_sha256 == _sha256(secret), page_sessions.c.expires_at > now)
        return self.connection.execute(select(page_sessions.c.person_id).where(*theirs)).scalar_one_or_none()

    def end_session(self, secret: str) -> None:
        """End a session."""
        self.connection.execute(delete(page_sessions).where(page_sessions.c.secret_sha256 == _sha256(secret)))

    def new_feed(self, person: PersonId, site: SiteId | None, *, now: datetime) -> str:
        """
        Return the secret of a new calendar feed; the one that somebody had of the same kind stops.

        Raises:
            ChangeRefused: the person or the site is unknown.
        """
        # Two who ask at once would each stop what was there before both, and leave the other's address open.
        self.connection.execute(select(people.c.id).where(people.c.id == person).with_for_update())
        self.connection.execute(update(feeds).where(*_working(person, site)).values(revoked_at=now))
        secret = secrets.token_urlsafe(BYTES)
        row = {"secret_sha256": _sha256(secret), "person_id": person, "site_id": site, "made_at": now}
        self.connection.execute(insert(feeds).values(row))
        return secret

    def has_feed(self, person: PersonId, site: SiteId | None) -> bool:
        """Tell whether somebody has a feed of this kind that works."""
        return self.connection.execute(select(feeds.c.id).where(*_working(person, site))).first() is not None

    def feed(self, secret: str) -> Feed | None:
        """Return what a feed shows; None where it was revoked or never was."""
        query = select(feeds).where(feeds.c.secret_sha256 == _sha256(secret), feeds.c.revoked_at.is_(None))
        row = self.connection.execute(query).one_or_none()
        return None if row is None else Feed(person=row.person_id, site=row.site_id)

    def revoke_feeds(self, person: PersonId, *, now: datetime) -> int:
        """Let every feed of somebody stop; return how many did."""
        theirs = (feeds.c.person_id == person, feeds.c.revoked_at.is_(None))
        return self.connection.execute(update(feeds).where(*theirs).values(revoked_at=now)).rowcount

    def forget_before(self, instant: datetime) -> int:
        """Remove links that were spent or had expired, and sessions that had ended, before an instant."""
        over = or_(page_links.c.expires_at < instant, page_links.c.spent_at < instant)
        gone = self.connection.execute(delete(page_links).where(over)).rowcount
        return (
            gone + self.connection.execute(delete(page_sessions).where(page_sessions.c.expires_at < instant)).rowcount
        )


def _usable_link(secret: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    whose = page_links.c.secret_sha256 == _sha256(secret)
    return whose, page_links.c.spent_at.is_(None), page_links.c.expires_at > now


def _working(person: PersonId, site: SiteId | None) -> tuple[ColumnElement[bool], ...]:
    of = feeds.c.site_id.is_(None) if site is None else feeds.c.site_id == site
    return feeds.c.person_id == person, of, feeds.c.revoked_at.is_(None)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
