"""How the web chat shows a message, and what its page is held to."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from bot.channels.web import events
from bot.channels.web import render as web
from bot.channels.web.people import VISITOR
from tests.contracts import web_fields
from tests.contracts.web_fields import Control

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.message import Message

SEVERAL_LINES = True
GIVES_FILES = True
# fmt: off
TAGS = frozenset(
    (
        "a", "article", "b", "blockquote", "button", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "form", "h2", "input", "label", "legend", "li", "ol", "option", "p", "select", "small", "span", "textarea",
        "ul",
    )
)
VOID = frozenset({"input"})  # what has no end
ATTRIBUTES = frozenset(
    (
        "aria-describedby", "aria-label", "autocomplete", "checked", "class", "data-about", "data-action",
        "data-card", "data-name", "download", "for", "href", "id", "max", "min", "name", "placeholder", "role", "rows",
        "rel", "selected", "spellcheck", "tabindex", "target", "type", "value",
    )
)
# fmt: on


def render(message: Message) -> str:
    """Return the HTML fragment."""
    return web.render(message)


def buttons(payload: str) -> list[tuple[str, str]]:
    """Return each button's action and subject, as the page would post them."""
    return _read(payload).buttons


def text(payload: str) -> str:
    """Return every text a person reads."""
    return "".join(_read(payload).texts)


def fields(payload: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Return each field's name, kind, options and what stands there, read from its controls."""
    return web_fields.fields(_read(payload).controls)


def press(
    payload: str, index: int, filled: Mapping[str, tuple[str, ...]]
) -> tuple[str, str, dict[str, tuple[str, ...]]]:
    """Press a button after filling in some fields: what the page would post becomes the event."""
    seen = _read(payload)
    action, about = seen.buttons[index]
    values = web_fields.posted(web_fields.filled_in(seen.controls, filled))
    body: dict[str, object] = {"event_id": "1", "action": action, "about": about, "values": values}
    event = events.pressed(body, session="a-session", person=VISITOR)
    return event.action.value, event.about, dict(event.values)


def check(payload: str) -> None:
    """Check that the fragment is one well-made article of allowed tags and attributes, its ids told apart."""
    seen = _read(payload)
    assert not seen.open, f"never closed: {seen.open}"
    assert seen.roots == ["article"]
    assert seen.tags <= TAGS, f"not allowed: {seen.tags - TAGS}"
    assert seen.attributes <= ATTRIBUTES, f"not allowed: {seen.attributes - ATTRIBUTES}"
    assert len(set(seen.ids)) == len(seen.ids), "an id stands twice"
    assert set(seen.referred) <= set(seen.ids), "a label or a hint belongs to nothing"
    payload.encode("utf-8")


@dataclass
class _Seen(HTMLParser):
    texts: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    controls: list[Control] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.open:
            self.roots.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.tags.add(tag)
        values = {name: value or "" for name, value in attrs}
        self.attributes |= set(values)
        self.ids += [values["id"]] if "id" in values else []
        self.referred += [values[name] for name in ("for", "aria-describedby") if name in values]
        if tag == "button":
            self.buttons.append((values["data-action"], values["data-about"]))
        elif tag == "option":
            self.controls[-1].add_option(values)
        elif "name" in values:
            self.controls.append(Control.read(tag, values))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.open and self.open[-1] == "textarea":
            self.controls[-1].add_text(data)


def _read(payload: str) -> _Seen:
    seen = _Seen()
    seen.feed(payload)
    seen.close()
    return seen
