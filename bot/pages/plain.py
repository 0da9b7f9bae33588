"""Templates and static files of the pages, and the pages that say one thing."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template

from bot.channels.web.escape import safe

OWN = files(__package__)
CHAT = files("bot.channels.web")
# The colours and the sign are the web chat's own, so that both stay alike.
STATIC = {
    "colours.css": ("text/css", CHAT),
    "mark.svg": ("image/svg+xml", CHAT),
    "register.css": ("text/css", OWN),
}


def plain_page(title: str, text: str, *, form: str = "") -> str:
    """Return a page with one heading and one paragraph; `form` is HTML."""
    return template("plain.html").substitute(title=safe(title), text=safe(text), form=form)


def post_button(path: str, label: str) -> str:
    """Return a form of one button that posts to a page of ours."""
    return f'<form method="post" action="{safe(path)}"><button type="submit" class="main">{safe(label)}</button></form>'


@cache
def template(name: str) -> Template:
    """Return a template."""
    return Template(OWN.joinpath("templates", name).read_text(encoding="utf-8"))


@cache
def static_file(name: str) -> tuple[str, bytes] | None:
    """Return the content type and the bytes of a static file; None where there is none of that name."""
    if name not in STATIC:
        return None
    kind, where = STATIC[name]
    return kind, where.joinpath("static", name).read_bytes()
