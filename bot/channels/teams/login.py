"""Our own access token: what the bot shows Microsoft when it speaks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.config import TeamsConfig

LOGIN = "https://login.microsoftonline.com"
_SCOPE = "https://api.botframework.com/.default"
_TIMEOUT = aiohttp.ClientTimeout(total=5)
_RENEW_BEFORE = 300.0  # seconds before the end of a token's life
_NEVER = float("-inf")


class LoginError(Exception):
    """Microsoft gave no token; the text is its error code, or the kind of network fault."""


class AccessToken:
    """
    One token for the app, asked for when needed and kept until shortly before it ends.

    The SDK's own credentials would ask anew on every turn and stop the event loop while they do.
    """

    def __init__(self, config: TeamsConfig, session: Callable[[], aiohttp.ClientSession], login: str = LOGIN) -> None:
        self._config = config
        self._session = session
        self._url = f"{login}/{config.tenant_id}/oauth2/v2.0/token"
        self._token = ""
        self._good_until = _NEVER
        self._lock = asyncio.Lock()
        self.failed = False

    async def get(self) -> str:
        """
        Return a token that is still good, or an empty text in development, where nobody is asked for one.

        Raises:
            LoginError: a wrong or ended client secret, a wrong tenant, or no network.
        """
        if self._config.development:
            return ""
        async with self._lock:
            if asyncio.get_running_loop().time() >= self._good_until:
                await self._renew()
            return self._token

    def forget(self) -> None:
        """Ask for a new one next time: the platform refused this one."""
        self._good_until = _NEVER

    async def _renew(self) -> None:
        self.failed = True
        try:
            async with self._session().post(
                self._url, data=self._form(), timeout=_TIMEOUT, allow_redirects=False
            ) as response:
                answer = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as problem:
            raise LoginError(type(problem).__name__) from None
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str):
            code = answer.get("error") if isinstance(answer, dict) else None
            raise LoginError(str(code or "no token in the answer"))
        self._token = token
        life = answer.get("expires_in")
        now = asyncio.get_running_loop().time()
        self._good_until = now + (float(life) if isinstance(life, (int, str)) else 0.0) - _RENEW_BEFORE
        self.failed = False

    def _form(self) -> dict[str, str]:
        return {
            "grant_type": "client_credentials",
            "client_id": self._config.app_id,
            "client_secret": self._config.app_password.reveal(),
            "scope": _SCOPE,
        }
