"""The door of the web chat: one link that opens once, and a signed cookie afterwards."""

from __future__ import annotations

import hmac
import re
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.secret import Secret

COOKIE = "askfirst_session"
SESSION = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Knock(StrEnum):
    """What came of opening a start link."""

    OPENED = "opened"
    USED = "used"
    WRONG = "wrong"


class Door:
    """Lets one browser in by the printed link; knows it again by a cookie nobody else can make."""

    def __init__(self, token: Secret) -> None:
        if not token:
            raise ValueError("The web chat needs a start token.")
        self._token = token
        self._used = False

    def start_path(self) -> str:
        """Return the path of the link to print: it opens the chat once."""
        return f"/start?token={self._token.reveal()}"

    def knock(self, token: str) -> Knock:
        """Try a token from a start link; the right one opens the door once."""
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self._token.reveal().encode()):
            return Knock.WRONG
        if self._used:
            return Knock.USED
        self._used = True
        return Knock.OPENED

    def new_cookie(self) -> str:
        """Return the cookie of a new session: its id and our signature."""
        session = token_urlsafe(16)
        return f"{session}.{self._sign(session)}"

    def session_of(self, cookie: str) -> str:
        """
        Return the session a cookie belongs to, or "" for a cookie that is not ours.

        The signature rests on the token alone, so a restart with the same token keeps its sessions.
        """
        session, _, signature = cookie.partition(".")
        if not SESSION.fullmatch(session) or not signature.isascii():
            return ""
        return session if hmac.compare_digest(signature, self._sign(session)) else ""

    def _sign(self, session: str) -> str:
        return hmac.new(self._token.reveal().encode(), f"session {session}".encode(), sha256).hexdigest()
