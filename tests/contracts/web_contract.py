"""How the web chat shows a message, and what its page is held to."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from bot.channels.web import render as web

if TYPE_CHECKING:
    from handlers.message import Message

TAGS = frozenset(
    "article b blockquote button dd div dl dt figcaption figure h2 li p small span ul".split()  # noqa: SIM905 - reads better as one line
)
ATTRIBUTES = frozenset({"aria-label", "class", "data-about", "data-action", "role", "tabindex", "type"})


def render(message: Message) -> str:
    """Return the HTML fragment."""
    return web.render(message)


def buttons(payload: str) -> list[tuple[str, str]]:
    """Return each button's action and subject, as the page would post them."""
    return _read(payload).buttons


def text(payload: str) -> str:
    """Return every text a person reads."""
    return "".join(_read(payload).texts)


def check(payload: str) -> None:
    """Check that the fragment is one well-made article of allowed tags and attributes."""
    seen = _read(payload)
    assert not seen.open, f"never closed: {seen.open}"
    assert seen.roots == ["article"]
    assert seen.tags <= TAGS, f"not allowed: {seen.tags - TAGS}"
    assert seen.attributes <= ATTRIBUTES, f"not allowed: {seen.attributes - ATTRIBUTES}"
    payload.encode("utf-8")


@dataclass
class _Seen(HTMLParser):
    texts: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.open:
            self.roots.append(tag)
        self.open.append(tag)
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        if tag == "button":
            self.buttons.append((values["data-action"] or "", values["data-about"] or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _read(payload: str) -> _Seen:
    seen = _Seen()
    seen.feed(payload)
    seen.close()
    return seen
