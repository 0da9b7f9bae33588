"""
Clauses of other school policies, made by rule: plausible, all different, and nobody's.

They only fill a knowledge base to a size. Each policy has matters and acts that go together; who, how firmly, when,
under which condition and why are drawn for each clause. The same seed gives the same clauses.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.bench.other_policy_words import POLICIES, REASONS, TIMES, WHEN, WHO

SEED = 11
FORCES = ("must", "must not", "may", "should", "should not", "is expected to", "need not")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignClause:
    """A clause of another policy; its label is nobody's right answer."""

    label: str
    text: str


def foreign_clauses(count: int) -> list[ForeignClause]:
    """Return so many different clauses; a longer list begins with the shorter one."""
    dice = random.Random(SEED)  # noqa: S311 - made-up clauses, no secret
    texts: dict[str, None] = {}
    while len(texts) < count:
        texts[_clause(dice)] = None
    return [ForeignClause(label=f"other:{at}", text=text) for at, text in enumerate(texts)]


def _clause(dice: random.Random) -> str:
    policy = dice.choice(POLICIES)
    act = dice.choice(policy.acts).format(dice.choice(policy.matters))
    when, why = dice.choice(("", dice.choice(WHEN))), dice.choice(("", dice.choice(REASONS)))
    sentence = f"{when}{dice.choice(WHO)} {dice.choice(FORCES)} {act} {dice.choice(TIMES)}{why}."
    return f"{policy.title}. {sentence[0].upper()}{sentence[1:]}"
