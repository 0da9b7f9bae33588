"""
The register of sites in a browser.

A link opens a page with one button; the button spends the link and begins a session. So whatever only looks at a link,
as chat platforms do to show a preview, leaves it as it was.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from bot.pages.door import PATH, SessionCookie, a_secret, from_our_own_page, guarded, page, see_other
from bot.pages.list_page import list_page
from bot.pages.plain import plain_page, post_button, static_file
from bot.pages.site_page import site_page
from handlers.register.visits import NotLetIn
from policy_kb.site_words import SiteId

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handlers.register.visits import Visits

ANOTHER = "Type “register” to the bot, in a chat with it alone, for a new one."
OVER = f"A link works once, for ten minutes. This one has been used, is too old, or was cut short. {ANOTHER}"
ELSEWHERE = f"That press did not come from this page. {ANOTHER}"
LEFT = f"This browser shows the register no more. {ANOTHER}"
LARGEST_NUMBER = 10**9  # a site's number; databases take no more


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPages:
    """The pages of the register, for whoever was let in."""

    visits: Visits
    cookie: SessionCookie
    now: Callable[[], datetime]

    def add_routes(self, app: web.Application) -> None:
        """Add the pages to the web application."""
        get, post = app.router.add_get, app.router.add_post
        get(PATH, guarded(self._show), allow_head=False)
        get(f"{PATH}/sites.csv", guarded(self._export), allow_head=False)
        get(f"{PATH}/site/{{number}}", guarded(self._show_site), allow_head=False)
        get(f"{PATH}/static/{{name}}", guarded(self._file), allow_head=False)
        get(f"{PATH}/open/{{link}}", guarded(self._ask), allow_head=False)
        post(f"{PATH}/open/{{link}}", guarded(self._open))
        post(f"{PATH}/leave", guarded(self._leave))

    async def _ask(self, request: web.Request) -> web.Response:
        link = a_secret(request.match_info["link"])
        name = await asyncio.to_thread(self.visits.whose_link, link, now=self.now())
        if not name:
            return page(plain_page("This link does not open the register", OVER), status=410)
        says = f"You will read it as {name}. If that is not you, close this page."
        form = post_button(f"{PATH}/open/{link}", "Open the register")
        return page(plain_page("The register of sites", says, form=form))

    async def _open(self, request: web.Request) -> web.Response:
        if not from_our_own_page(request):
            return page(plain_page("Please open the link again", ELSEWHERE), status=403)
        link, before = a_secret(request.match_info["link"]), self.cookie.read(request)
        try:
            session = await asyncio.to_thread(self.visits.begin, link, now=self.now(), instead_of=before)
        except NotLetIn:
            return page(plain_page("This link does not open the register", OVER), status=410)
        opened = see_other(PATH)
        self.cookie.give(opened, session)
        return opened

    async def _show(self, request: web.Request) -> web.Response:
        session = self.cookie.read(request)
        now = self.now()
        found = await asyncio.to_thread(self.visits.register, session, request.query, now=now)
        return page(list_page(found, at=now))

    async def _show_site(self, request: web.Request) -> web.Response:
        number, session = request.match_info["number"], self.cookie.read(request)
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < len(str(LARGEST_NUMBER)) else 0
        now = self.now()
        found = await asyncio.to_thread(self.visits.site, session, SiteId(wanted), now=now)
        if found is None:
            says = "There is no site of that number among those you may see."
            return page(
                plain_page("Nothing here", says, form=f'<p><a href="{PATH}">Back to the register</a></p>'), status=404
            )
        return page(site_page(found, at=now))

    async def _export(self, request: web.Request) -> web.Response:
        session, now = self.cookie.read(request), self.now()
        text = await asyncio.to_thread(self.visits.export, session, request.query, now=now)
        name = f"register-{now:%Y-%m-%d}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(text=text, content_type="text/csv", charset="utf-8", headers=headers)

    async def _leave(self, request: web.Request) -> web.Response:
        if not from_our_own_page(request):
            return page(plain_page("You are still let in", ELSEWHERE), status=403)
        await asyncio.to_thread(self.visits.end, self.cookie.read(request))
        left = page(plain_page("You have left the register", LEFT))
        self.cookie.take_back(left)
        return left

    async def _file(self, request: web.Request) -> web.Response:
        found = static_file(request.match_info["name"])
        if found is None:
            return page(plain_page("Nothing here", "The register has no such file."), status=404)
        return web.Response(body=found[1], content_type=found[0], charset="utf-8")
