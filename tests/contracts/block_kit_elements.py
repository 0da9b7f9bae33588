"""Texts, buttons, pickers and their options."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.contracts.block_kit_shapes import Faults, keys_faults, length_faults, list_faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

STYLES = ("primary", "danger")
MOST_TYPED = 3000


def text_faults(text: object, at: str, *, most: int, plain: bool = False) -> Faults:
    """Return what is wrong with a text object; titles and buttons take plain text alone."""
    if not isinstance(text, dict):
        return [f"{at} is not a text object"]
    kind = text.get("type")
    if kind not in ("plain_text", "mrkdwn") or (plain and kind != "plain_text"):
        return [f"{at} has the wrong type of text: {kind!r}"]
    may = {"emoji"} if kind == "plain_text" else {"verbatim"}
    faults = keys_faults(text, at, need={"text"}, may=may) + length_faults(text, "text", at, most=most, least=1)
    faults += [f"{at}.{key} is not true or false" for key in may & text.keys() if not isinstance(text[key], bool)]
    return faults + ([f"{at} has a block_id"] if "block_id" in text else [])


def element_faults(element: object, at: str, *, allowed: AbstractSet[str]) -> Faults:
    """Return what is wrong with an interactive element, or with one that may not stand here."""
    if not isinstance(element, dict) or element.get("type") not in allowed:
        return [f"{at} is an unsupported element"]
    return ELEMENTS[element["type"]](element, at) + length_faults(element, "action_id", at, most=255, least=1)


def _button(button: dict[str, Any], at: str) -> Faults:
    may = {"action_id", "value", "url", "style", "confirm", "accessibility_label"}
    faults = keys_faults(button, at, need={"text"}, may=may)
    if faults:
        return faults
    faults = text_faults(button["text"], f"{at}.text", most=75, plain=True)
    faults += length_faults(button, "value", at, most=2000, least=1)
    faults += length_faults(button, "url", at, most=3000, least=1)
    faults += length_faults(button, "accessibility_label", at, most=75)
    if button.get("style", "primary") not in STYLES:
        faults.append(f"{at}.style must be primary or danger")
    return faults


def _select(select: dict[str, Any], at: str) -> Faults:
    several = select["type"] == "multi_static_select"
    own = {"initial_options", "max_selected_items"} if several else {"initial_option"}
    may = {"action_id", "placeholder", "confirm", "focus_on_load"} | own
    faults = keys_faults(select, at, need={"options"}, may=may)
    if faults:
        return faults
    if "placeholder" in select:
        faults += text_faults(select["placeholder"], f"{at}.placeholder", most=150, plain=True)
    return faults + list_faults(select["options"], f"{at}.options", most=100, each=_option) + _chosen(select, at)


def _few_options(most: int) -> Callable[[dict[str, Any], str], Faults]:
    def faults_of(element: dict[str, Any], at: str) -> Faults:
        may = {"action_id", "confirm", "initial_option", "initial_options", "focus_on_load"}
        return (
            keys_faults(element, at, need={"options"}, may=may)
            or list_faults(element["options"], f"{at}.options", most=most, each=_option)
            or _chosen(element, at)
        )

    return faults_of


def _chosen(element: dict[str, Any], at: str) -> Faults:
    """Tell what is chosen from the start and is not, to the letter, among the options; or an empty choice."""
    chosen = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else None)
    if chosen is None:
        return []
    if not isinstance(chosen, list) or not chosen:
        return [f"{at}.initial_options must be a list of at least 1"]
    values = [option["value"] for option in element["options"]]
    faults = [f"{at} has an option's value twice"] if len(values) > len(set(values)) else []
    return faults + [f"{at} has chosen what is no option" for one in chosen if one not in element["options"]]


def _option(option: object, at: str) -> Faults:
    if not isinstance(option, dict):
        return [f"{at} is not an object"]
    faults = keys_faults(option, at, need={"text", "value"}, may={"description", "url"})
    if faults:
        return faults
    faults = text_faults(option["text"], f"{at}.text", most=75)
    if "description" in option:
        faults += text_faults(option["description"], f"{at}.description", most=75)
    return faults + length_faults(option, "value", at, most=150, least=1)


def _picker(picker: dict[str, Any], at: str) -> Faults:
    may = {"action_id", "placeholder", "initial_date", "initial_user", "confirm", "focus_on_load"}
    return keys_faults(picker, at, may=may) or _day_faults(picker, at)


def _day_faults(picker: dict[str, Any], at: str) -> Faults:
    if "initial_date" not in picker:
        return []
    try:
        date.fromisoformat(picker["initial_date"])
    except (ValueError, TypeError):
        return [f"{at}.initial_date is no day"]
    return []


def _text_input(text: dict[str, Any], at: str) -> Faults:
    may = {"action_id", "initial_value", "multiline", "min_length", "max_length", "placeholder", "focus_on_load"}
    faults = keys_faults(text, at, may=may)
    most = text.get("max_length", MOST_TYPED)
    if not isinstance(most, int) or not 1 <= most <= MOST_TYPED:
        return [f"{at}.max_length must be 1 to {MOST_TYPED}"]
    return faults + length_faults(text, "initial_value", at, most=most, least=1)


def _image(image: dict[str, Any], at: str) -> Faults:
    faults = keys_faults(image, at, need={"alt_text", "image_url"})
    return faults + length_faults(image, "alt_text", at, most=2000, least=1)


ELEMENTS: dict[Any, Callable[[dict[str, Any], str], Faults]] = {
    "button": _button,
    "checkboxes": _few_options(10),
    "datepicker": _picker,
    "image": _image,
    "multi_static_select": _select,
    "overflow": _few_options(5),
    "plain_text_input": _text_input,
    "radio_buttons": _few_options(10),
    "static_select": _select,
    "users_select": _picker,
}
