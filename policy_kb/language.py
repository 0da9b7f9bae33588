"""Tell whether a message is English at all, by its small words."""

from __future__ import annotations

import re

FEWEST_WORDS = 8  # hurried English leaves its small words out
SMALL_WORD = re.compile(
    r"(?:a|about|all|am|an|and|any|are|as|at|be|been|but|by|cant?|could|did|do|does|dont|for|from|get|got|had|has|have|"
    r"he|her|him|his|how|i|if|im|in|is|isnt|it|its|just|like|me|mine|must|my|no|nobody|not|of|off|ok|on|one|or|our|out|"
    r"over|owt|post|seen|she|should|so|some|summat|thats?|the|their|them|then|there|these|they|this|til|till|to|today|"
    r"too|u|under|up|us|was|wat|we|were|whats?|when|where|which|who|why|will|with|wont|would|ya|yes|you|your)"
)


def is_english(text: str) -> bool:
    """Tell whether a message may be English: short, or with more than one small word in ten."""
    words = re.findall(r"[^\W\d_]+", text.casefold().replace("'", "").replace("’", ""))
    if len(words) < FEWEST_WORDS:
        return True
    return sum(bool(SMALL_WORD.fullmatch(word)) for word in words) * 10 > len(words)
