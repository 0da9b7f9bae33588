"""The questions that every kind of block is asked: which keys, how long, how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

Faults: TypeAlias = list[str]
NOTHING: frozenset[str] = frozenset()


def keys_faults(
    thing: dict[str, Any], at: str, *, need: AbstractSet[str] = NOTHING, may: AbstractSet[str] = NOTHING
) -> Faults:
    """Return the keys that are missing or unknown; every thing has a type, and may have a block_id."""
    known = need | may | {"type", "block_id"}
    missing = [f"{at} lacks {key}" for key in sorted(need) if thing.get(key) is None]
    return missing + [f"{at} has the unknown key {key}" for key in sorted(thing) if key not in known]


def length_faults(thing: dict[str, Any], key: str, at: str, *, most: int, least: int = 0) -> Faults:
    """Return a fault if the text under a key is no text, or too long or short; an absent key is fine."""
    if key not in thing:
        return []
    text = thing[key]
    if not isinstance(text, str):
        return [f"{at}.{key} is not text"]
    return [] if least <= len(text) <= most else [f"{at}.{key} has {len(text)} characters, {least} to {most}"]


def list_faults(things: object, at: str, *, most: int, each: Callable[[object, str], Faults]) -> Faults:
    """Return the faults of a list that must not be empty, and of everything in it."""
    if not isinstance(things, list) or not 1 <= len(things) <= most:
        return [f"{at} must be a list of 1 to {most}"]
    return [fault for index, thing in enumerate(things) for fault in each(thing, f"{at}[{index}]")]


def texts_in(thing: object) -> Iterator[str]:
    """Yield every text a person reads in blocks, in reading order."""
    if isinstance(thing, list):
        for part in thing:
            yield from texts_in(part)
    elif isinstance(thing, dict):
        text = thing.get("text")
        if isinstance(text, str):
            yield text
        for value in thing.values():
            if isinstance(value, (dict, list)):
                yield from texts_in(value)
