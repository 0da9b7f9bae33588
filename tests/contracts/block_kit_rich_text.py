"""Rich text: sections, lists and quotes, and the words in them."""

from __future__ import annotations

from typing import Any

from tests.contracts.block_kit_shapes import Faults, keys_faults, length_faults, list_faults

MOST_ELEMENTS = 1000
LONGEST = 3000  # no limit is documented; a section's is the one to trust
STYLES = frozenset({"bold", "italic", "strike", "code", "underline"})


def rich_text_faults(elements: object, at: str) -> Faults:
    """Return what is wrong with the elements of a rich_text block."""
    return list_faults(elements, at, most=MOST_ELEMENTS, each=_part)


def _part(part: object, at: str) -> Faults:
    if not isinstance(part, dict):
        return [f"{at} is not an object"]
    match part.get("type"):
        case "rich_text_section":
            return keys_faults(part, at, need={"elements"}) or _inline(part["elements"], f"{at}.elements")
        case "rich_text_quote" | "rich_text_preformatted":
            return keys_faults(part, at, need={"elements"}, may={"border"}) or _inline(
                part["elements"], f"{at}.elements"
            )
        case "rich_text_list":
            return _list(part, at)
        case _:
            return [f"{at} has an unsupported type"]


def _list(part: dict[str, Any], at: str) -> Faults:
    faults = keys_faults(part, at, need={"elements", "style"}, may={"indent", "offset", "border"})
    if not faults and part["style"] not in ("bullet", "ordered"):
        faults.append(f"{at}.style must be bullet or ordered")
    return faults or list_faults(part["elements"], f"{at}.elements", most=MOST_ELEMENTS, each=_item)


def _item(item: object, at: str) -> Faults:
    if not isinstance(item, dict) or item.get("type") != "rich_text_section":
        return [f"{at} must be a rich_text_section"]
    return _part(item, at)


def _inline(elements: object, at: str) -> Faults:
    return list_faults(elements, at, most=MOST_ELEMENTS, each=_word)


def _word(word: object, at: str) -> Faults:
    if not isinstance(word, dict):
        return [f"{at} is not an object"]
    match word.get("type"):
        case "text":
            faults = keys_faults(word, at, need={"text"}, may={"style"})
            return faults or length_faults(word, "text", at, most=LONGEST, least=1) + _style(word, at)
        case "link":
            faults = keys_faults(word, at, need={"url"}, may={"text", "style", "unsafe"})
            return faults or length_faults(word, "url", at, most=3000, least=1) + _style(word, at)
        case "emoji":
            return keys_faults(word, at, need={"name"}, may={"unicode", "style", "skin_tone"})
        case _:
            return [f"{at} has an unsupported type"]


def _style(word: dict[str, Any], at: str) -> Faults:
    style = word.get("style", {})
    if not isinstance(style, dict):
        return [f"{at}.style is not an object"]
    wrong = [name for name, on in style.items() if name not in STYLES or not isinstance(on, bool)]
    return [f"{at}.style has {name}" for name in wrong]
