"""What Slack's server refuses in a modal view: the window around its blocks."""

from __future__ import annotations

from typing import Any

from tests.contracts.block_kit import blocks_faults
from tests.contracts.block_kit_elements import text_faults
from tests.contracts.block_kit_shapes import Faults, keys_faults, length_faults

MOST_BLOCKS = 100
HEADLINES = ("title", "submit", "close")
MAY = {"submit", "close", "callback_id", "private_metadata", "clear_on_close", "notify_on_close", "external_id"}


def check_view(view: dict[str, Any]) -> None:
    """Raise AssertionError, with every reason, if Slack would refuse this window."""
    faults = view_faults(view)
    assert not faults, "; ".join(faults)


def view_faults(view: object) -> Faults:
    """Return what is wrong with a view that is to be opened."""
    if not isinstance(view, dict) or view.get("type") != "modal":
        return ["the view is no modal"]
    faults = keys_faults(view, "view", need={"title", "blocks"}, may=MAY)
    if faults:
        return faults
    for name in HEADLINES:
        faults += text_faults(view[name], f"view.{name}", most=24, plain=True) if name in view else []
    faults += length_faults(view, "private_metadata", "view", most=3000)
    faults += length_faults(view, "callback_id", "view", most=255)
    faults += blocks_faults(view["blocks"], most=MOST_BLOCKS)
    if not faults and any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        faults.append("view has something to fill in and no submit")
    return faults
