"""
Turn what someone typed into numbered features: the same way when training and when answering.

A feature is a word, two words in a row, a run of letters within a word, or something noticed in the text;
its number is a checksum of it, so that no vocabulary has to be stored.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from itertools import combinations, pairwise

LONGEST = 4_000  # characters; the rest of a longer message is not read
LETTER_RUNS = range(2, 6)  # within a word, its edges marked by spaces

QUOTES = str.maketrans("\u2018\u2019\u201b\u0060\u00b4\u201c\u201d\u2032", "'''''\"\"'")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # controls, direction marks, joiners, unassigned

# A word may hold one apostrophe; a pictogram stands for itself; a question mark tells a question.
TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[\u2600-\u27bf\U0001f300-\U0001faff]|\?")


def normalise(text: str) -> str:
    """Return the text as it is compared: folded case, plain quotes, single spaces, nothing unseen."""
    shown = (" " if one.isspace() else one for one in text[:LONGEST] if _is_seen(one))
    folded = unicodedata.normalize("NFC", "".join(shown)).translate(QUOTES).casefold()
    return " ".join(folded.split())


def tokens(text: str) -> list[str]:
    """Return the words, pictograms and question marks of a text, in order, normalised."""
    return TOKEN.findall(normalise(text))


def features(text: str, noticed: tuple[str, ...] = ()) -> Counter[int]:
    """
    Count the features of a text by their 32-bit numbers; a text without a word has none.

    What was `noticed` in it, each thing alone and with each other thing, counts as well.
    """
    words = tokens(text)
    names = [f"w{word}" for word in words]
    names += [f"w{first} {second}" for first, second in pairwise(words)]
    names += [f"c{run}" for word in words for run in _letter_runs(word)]
    names += [f"n{thing}" for thing in noticed]
    names += [f"n{first}+{second}" for first, second in combinations(sorted(noticed), 2)]
    return Counter(zlib.crc32(name.encode("utf-8", "replace")) for name in names)


def _is_seen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in UNSEEN


def _letter_runs(word: str) -> list[str]:
    """List the runs of two to five letters of a word; a short word counts once as a whole."""
    padded = f" {word} "
    sizes = [size for size in LETTER_RUNS if size < len(padded)]
    return [padded[at : at + size] for size in sizes for at in range(len(padded) - size + 1)] + (
        [padded] if len(padded) <= max(LETTER_RUNS) else []
    )
