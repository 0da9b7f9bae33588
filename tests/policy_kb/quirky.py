"""The invented policy that has every oddity of the real family, and ways to look into what was read of it."""

from __future__ import annotations

from pathlib import Path

from policy_kb.parse import OfficialDocument, OfficialItem, parse_document
from policy_kb.toml_entries import parse_ref

POLICY = (Path(__file__).parent / "documents" / "quirky-policy.txt").read_text(encoding="utf-8")


def edited(old: str, new: str) -> OfficialDocument:
    """Read the policy with one passage changed."""
    assert POLICY.count(old) == 1
    return parse_document(POLICY.replace(old, new))


def item(document: OfficialDocument, ref: str) -> OfficialItem:
    """Return the one item under a reference such as ``5.1(a)``."""
    return next(item for item in document.items if item.ref == parse_ref(ref))


def words(document: OfficialDocument, ref: str) -> str:
    """Return the words of the item under a reference."""
    return item(document, ref).words
