"""The inputs of an Adaptive Card: what is wrong with them, and what a client sends when a button is pressed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def is_input(element: object) -> bool:
    """Tell whether something can be filled in here."""
    return isinstance(element, dict) and str(element.get("type")).startswith("Input.")


def faults_of_inputs(elements: list[dict[str, Any]]) -> Iterator[str]:
    """Return what is wrong between a card's inputs and buttons: each needs a way back and a name of its own."""
    inputs = [element for element in elements if is_input(element)]
    buttons = [element for element in elements if element.get("type") == "Action.Execute"]
    ids = [str(element.get("id")) for element in inputs]
    if len(ids) != len(set(ids)):
        yield "$: two inputs with one id"
    if inputs and not buttons:
        yield "$: inputs, and no button that sends them"
    for button in buttons:
        data = button.get("data", {})
        if taken := set(ids) & set(data):
            yield f"$: the inputs {sorted(taken)} overwrite what a button says"
        if inputs and str(button.get("associatedInputs", "auto")).lower() != "auto":
            yield "$: a button that leaves the inputs behind"


def faults_of_input(place: str, element: dict[str, Any]) -> Iterator[str]:
    """Return what is wrong with one input by itself."""
    if not str(element.get("label", "")).strip():
        yield f"{place}: an input without a label"
    if element["type"] == "Input.Date" and not ISO_DATE.fullmatch(element.get("value", "2026-11-24")):
        yield f"{place}: a date that is none"
    if element["type"] == "Input.ChoiceSet":
        yield from _choice_faults(place, element)


def sent_with(inputs: Iterable[dict[str, Any]], button: Mapping[str, Any], filled: Mapping[str, str]) -> dict[str, Any]:
    """
    Return the data of a pressed button as a client sends it: beside its own, every input that is not empty.

    `filled` holds what a person changed, by the input's id; the rest is as the card had it.
    """
    data = dict(button["data"])
    for element in inputs:
        text = filled.get(element["id"], element.get("value", ""))
        assert len(text) <= element.get("maxLength", len(text)), f"{element['id']} takes no more letters"
        if element["type"] == "Input.ChoiceSet":
            _check_choice(element, text)
        if text:
            data[element["id"]] = text
    return data


def chosen(element: Mapping[str, Any], titles: Iterable[str]) -> str:
    """Return the text a list stands for once the choices with these titles are chosen."""
    values = {choice["title"]: choice["value"] for choice in element["choices"]}
    return ",".join(values[title] for title in titles)


def _check_choice(element: dict[str, Any], text: str) -> None:
    chosen = text.split(",") if element.get("isMultiSelect") else [text]
    there = {choice["value"] for choice in element["choices"]}
    assert set(chosen) - {""} <= there, f"{chosen} cannot be chosen in {element['id']}"


def _choice_faults(place: str, element: dict[str, Any]) -> Iterator[str]:
    choices = element.get("choices", [])
    values = [choice["value"] for choice in choices]
    several = element.get("isMultiSelect")
    if not choices or len(values) != len(set(values)):
        yield f"{place}: no choices, or the same one twice"
    if any(not choice["title"].strip() or not choice["value"] for choice in choices):
        yield f"{place}: a choice that says nothing"
    if several and any("," in value for value in values):
        yield f"{place}: a comma that would part a choice in two"
    stands = element.get("value", "")
    if set(stands.split(",") if several else [stands]) - {""} - set(values):
        yield f"{place}: {stands} is filled in and cannot be chosen"
