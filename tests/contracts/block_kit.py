"""What Slack's server refuses in the blocks of a message: structure, then limits, then Slack's own models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.contracts.block_kit_elements import element_faults, text_faults
from tests.contracts.block_kit_rich_text import rich_text_faults
from tests.contracts.block_kit_shapes import Faults, keys_faults, length_faults, list_faults, texts_in

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BLOCKS = 50
MOST_BLOCK_TEXT = 11_000  # the server has been seen to refuse 11,300
MOST_TEXT = 40_000
IN_ACTIONS = frozenset(
    {"button", "overflow", "static_select", "users_select", "datepicker", "checkboxes", "radio_buttons"}
)
IN_SECTION = IN_ACTIONS | {"image", "multi_static_select"}
IN_INPUT = frozenset(
    {"plain_text_input", "static_select", "multi_static_select", "datepicker", "checkboxes", "radio_buttons"}
)


def check(payload: dict[str, Any]) -> None:
    """Raise AssertionError, with every reason, if Slack would refuse this message."""
    faults = payload_faults(payload)
    assert not faults, "; ".join(faults)


def payload_faults(payload: dict[str, Any]) -> Faults:
    """Return what is wrong with the `text` and `blocks` of a message, Slack's own error name first."""
    blocks, text = payload.get("blocks") or [], payload.get("text") or ""
    if not blocks and not text:
        return ["no_text: neither text nor blocks"]
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        return [f"msg_too_long: text is over {MOST_TEXT} characters"]
    faults = [f"invalid_blocks: {fault}" for fault in blocks_faults(blocks)]
    if not faults and sum(map(len, texts_in(blocks))) > MOST_BLOCK_TEXT:
        faults = [f"msg_blocks_too_long: over {MOST_BLOCK_TEXT} characters in blocks"]
    return faults


def blocks_faults(blocks: object, *, most: int = MOST_BLOCKS) -> Faults:
    """Return what is wrong with a list of blocks; a window takes more than a message."""
    if not isinstance(blocks, list):
        return ["blocks is not a list"]
    if len(blocks) > most:
        return [f"{len(blocks)} blocks, at most {most}"]
    faults = [fault for index, block in enumerate(blocks) for fault in _block_faults(block, f"blocks[{index}]")]
    return faults or _twice(blocks) or _models_faults(blocks)


def _block_faults(block: object, at: str) -> Faults:
    if not isinstance(block, dict):
        return [f"{at} is not an object"]
    kind = block.get("type")
    if kind not in KINDS:
        return [f"{at} has the unsupported type {kind!r}"]
    return KINDS[kind](block, at) + length_faults(block, "block_id", at, most=255)


def _header(block: dict[str, Any], at: str) -> Faults:
    return keys_faults(block, at, need={"text"}) or text_faults(block["text"], f"{at}.text", most=150, plain=True)


def _section(block: dict[str, Any], at: str) -> Faults:
    faults = keys_faults(block, at, may={"text", "fields", "accessory", "expand"})
    if "text" not in block and "fields" not in block:
        faults.append(f"{at} has neither text nor fields")
    if "text" in block:
        faults += text_faults(block["text"], f"{at}.text", most=3000)
    if "fields" in block:
        faults += list_faults(block["fields"], f"{at}.fields", most=10, each=_field)
    if "accessory" in block:
        faults += element_faults(block["accessory"], f"{at}.accessory", allowed=IN_SECTION)
    return faults


def _field(field: object, at: str) -> Faults:
    return text_faults(field, at, most=2000)


def _divider(block: dict[str, Any], at: str) -> Faults:
    return keys_faults(block, at)


def _context(block: dict[str, Any], at: str) -> Faults:
    return keys_faults(block, at, need={"elements"}) or list_faults(
        block["elements"], f"{at}.elements", most=10, each=_context_element
    )


def _context_element(element: object, at: str) -> Faults:
    if isinstance(element, dict) and element.get("type") == "image":
        return element_faults(element, at, allowed=frozenset({"image"}))
    return text_faults(element, at, most=3000)


def _input(block: dict[str, Any], at: str) -> Faults:
    faults = keys_faults(block, at, need={"label", "element"}, may={"hint", "optional", "dispatch_action"})
    if faults:
        return faults
    faults = text_faults(block["label"], f"{at}.label", most=2000, plain=True)
    if "hint" in block:
        faults += text_faults(block["hint"], f"{at}.hint", most=2000, plain=True)
    faults += [
        f"{at}.{key} is not true or false"
        for key in ("optional", "dispatch_action")
        if not isinstance(block.get(key, True), bool)
    ]
    return faults + element_faults(block["element"], f"{at}.element", allowed=IN_INPUT)


def _actions(block: dict[str, Any], at: str) -> Faults:
    faults = keys_faults(block, at, need={"elements"})
    if faults:
        return faults
    elements = block["elements"]
    return list_faults(elements, f"{at}.elements", most=25, each=_action) or _ids_twice(elements, at)


def _action(element: object, at: str) -> Faults:
    return element_faults(element, at, allowed=IN_ACTIONS)


def _ids_twice(elements: list[dict[str, object]], at: str) -> Faults:
    ids = [element["action_id"] for element in elements if "action_id" in element]
    return [f"{at} has an action_id twice"] if len(ids) > len(set(ids)) else []


def _rich_text(block: dict[str, Any], at: str) -> Faults:
    return keys_faults(block, at, need={"elements"}) or rich_text_faults(block["elements"], f"{at}.elements")


def _image(block: dict[str, Any], at: str) -> Faults:
    faults = keys_faults(block, at, need={"alt_text", "image_url"}, may={"title"})
    faults += length_faults(block, "alt_text", at, most=2000) + length_faults(block, "image_url", at, most=3000)
    if "title" in block:
        faults += text_faults(block["title"], f"{at}.title", most=2000, plain=True)
    return faults


def _markdown(block: dict[str, Any], at: str) -> Faults:
    return keys_faults(block, at, need={"text"}) or length_faults(block, "text", at, most=12_000, least=1)


def _twice(blocks: list[dict[str, Any]]) -> Faults:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    return ["a block_id stands twice"] if len(ids) > len(set(ids)) else []


def _models_faults(blocks: list[dict[str, Any]]) -> Faults:
    """Ask slack_sdk, a second opinion that knows lengths."""
    try:
        for block in Block.parse_all(blocks):
            block.validate_json()
    except (SlackObjectFormationError, TypeError, AttributeError) as fault:
        return [f"slack_sdk: {fault}"]
    return []


KINDS: dict[Any, Callable[[dict[str, Any], str], Faults]] = {
    "actions": _actions,
    "context": _context,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "section": _section,
}
