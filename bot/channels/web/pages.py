"""The pages of the web chat, filled in from templates; static files held in memory."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from bot.channels.web.escape import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.channels.web.people import SamplePerson

STATIC_TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}


def chat_page(*, person: SamplePerson, people: Iterable[SamplePerson], examples: Iterable[str], welcome: str) -> str:
    """Return the chat page for one person; `welcome` is HTML from the renderer."""
    return _template("chat.html").substitute(
        user=safe(person.user),
        name=safe(person.name),
        line=safe(_line(person)),
        people="".join(_person(each, chosen=each == person) for each in people),
        examples="".join(f'<li><button type="button">{safe(example)}</button></li>' for example in examples),
        welcome=welcome,
    )


def plain_page(title: str, text: str) -> str:
    """Return a page with one heading and one paragraph."""
    return _template("plain.html").substitute(title=safe(title), text=safe(text))


def static_files() -> dict[str, tuple[str, bytes]]:
    """Return each static file by name: its content type and its bytes."""
    folder = files(__package__).joinpath("static")
    return {
        file.name: (STATIC_TYPES[file.name.rpartition(".")[2]], file.read_bytes())
        for file in folder.iterdir()
        if file.name.rpartition(".")[2] in STATIC_TYPES
    }


@cache
def _template(name: str) -> Template:
    return Template(files(__package__).joinpath("templates", name).read_text(encoding="utf-8"))


def _person(person: SamplePerson, *, chosen: bool) -> str:
    return (
        f'<li><button type="button" data-user="{safe(person.user)}" aria-pressed="{str(chosen).lower()}">'
        f"<b>{safe(person.name)}</b> <span>{safe(_line(person))}</span></button></li>"
    )


def _line(person: SamplePerson) -> str:
    return ", ".join(part for part in (person.post, person.setting) if part)
