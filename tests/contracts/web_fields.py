"""The controls of a web page, and what a page makes of them: read as a browser reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = {"text": "line", "textarea": "long", "date": "date", "radio": "one", "select": "one", "checkbox": "many"}


@dataclass
class Control:
    """One control with a name: a line, a tick, a list that folds out."""

    name: str
    type: str
    value: str  # what stands in it; of a tick, what it stands for
    checked: bool = False
    options: tuple[str, ...] = ()

    @classmethod
    def read(cls, tag: str, attributes: Mapping[str, str]) -> Control:
        """Return the control that a tag begins."""
        return cls(
            name=attributes["name"],
            type=attributes.get("type", tag),
            value=attributes.get("value", ""),
            checked="checked" in attributes,
        )

    def add_option(self, attributes: Mapping[str, str]) -> None:
        """Take in an option of a list."""
        self.options += (attributes["value"],)
        if "selected" in attributes:
            self.value = attributes["value"]

    def add_text(self, text: str) -> None:
        """Take in what stands between the tags of a text of several lines, without the line break that opens it."""
        self.value = (self.value + text).removeprefix("\n") if not self.value else self.value + text

    @property
    def is_tick(self) -> bool:
        return self.type in ("radio", "checkbox")


def fields(controls: Sequence[Control]) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Return each field's name, kind, options and what stands in it."""
    shown = []
    for name in dict.fromkeys(control.name for control in controls):
        own = [control for control in controls if control.name == name]
        options = own[0].options or tuple(control.value for control in own if control.is_tick)
        shown.append((name, KINDS[own[0].type], tuple(filter(None, options)), tuple(posted(own)[name])))
    return shown


def filled_in(controls: Sequence[Control], filled: Mapping[str, tuple[str, ...]]) -> list[Control]:
    """Return the controls after a person has filled in some of them; a line has no line breaks."""
    return [_filled(control, filled[control.name]) if control.name in filled else control for control in controls]


def posted(controls: Sequence[Control]) -> dict[str, list[str]]:
    """Return what the page posts: of each name, the texts that stand there."""
    values: dict[str, list[str]] = {}
    for control in controls:
        texts = values.setdefault(control.name, [])
        if control.value and (control.checked or not control.is_tick):
            texts.append(control.value)
    return values


def _filled(control: Control, texts: tuple[str, ...]) -> Control:
    if control.is_tick:
        return replace(control, checked=control.value in (texts or ("",)))
    text = "".join(texts)
    assert not control.options or text in control.options, f"{control.name} offers no {text!r}"
    return replace(control, value=text if control.type == "textarea" else text.replace("\n", ""))
