"""The life of a site drawn from its table, as the documentation shows it."""

from __future__ import annotations

from collections import defaultdict

from policy_kb.rules.site_life import LIFE, OVER
from policy_kb.site_words import SiteState

BEGINS = (SiteState.DRAFT, SiteState.LEGACY)


def diagram() -> str:
    """Return the diagram in Mermaid's words: one line for each pair of states, with what moves a site and who may."""
    ways = defaultdict(list)
    for move in LIFE:
        who = ", ".join(sorted(one.value for one in move.doers))
        by = move.by.value.removesuffix("_surely").replace("_", " ") if move.by else "a day comes"
        ways[move.from_, move.to].append(f"{by} ({who}, {move.clause})")
    lines = [f"    [*] --> {one.value}" for one in BEGINS]
    lines += [f"    {from_.value} --> {to.value}: {', or '.join(how)}" for (from_, to), how in ways.items()]
    lines += [f"    {one.value} --> [*]" for one in sorted(OVER)]
    return "\n".join(("stateDiagram-v2", "    direction TB", *lines))
