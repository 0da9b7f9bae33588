"""Options as people name them: their number, their label, or the words that tell one from the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_kb.rules.form import Option, Value

LONGEST_READ = 400  # characters
JOINTS = re.compile(r"[,;&+/\n]|\band\b|\bplus\b|\balso\b")
ALL = {"all", "all of them", "everyone", "everybody", "all of these", "all of the above", "the lot"}
NOT = re.compile(r"\b(?:not|no|except|but|without|never|n't)\b")
SMALL = frozenset(
    ("the", "of", "a", "an", "our", "my", "s", "for", "it", "is", "will", "be", "we", "host", "hosted", "by")
)
# What people say for a word on the form.
MEANS = {
    "parent": "family",
    "carer": "family",
    "mum": "family",
    "dad": "family",
    "child": "pupil",
    "student": "pupil",
    "kid": "pupil",
    "teacher": "staff",
    "colleague": "staff",
    "employee": "staff",
    "community": "public",
    "local": "public",
    "company": "organisation",
    "charity": "organisation",
    "club": "organisation",
    "trust": "academy",
    "ourselves": "academy",
    "external": "third",
    "instagram": "third",
    "facebook": "third",
    "youtube": "third",
    "twitter": "third",
    "tiktok": "third",
}
YES = {"yes", "y", "yeah", "yep", "yup", "sure", "correct", "true", "absolutely", "definitely", "ok", "okay"}
NO = {"no", "n", "nope", "nah", "not", "none", "false", "never"}
DOUBT = {"know", "sure", "maybe", "perhaps", "depends"}
LONGEST_YES_OR_NO = 6  # words


def read_choice(text: str, options: Sequence[Option]) -> Value | None:
    """Return the one option that words name; None where they name none, or several alike."""
    return _one(_plain(text), options)


def read_ticks(text: str, options: Sequence[Option]) -> Value | None:
    """Return the options that words name, in the order of the form; None where any part names none."""
    plain = _plain(text)
    if plain in ALL:
        return tuple(option.key for option in options)
    if NOT.search(plain):
        return None  # "everyone but pupils" would be read as its opposite
    if whole := _exactly(plain, options):
        return whole
    named = [_one(part, options) for part in map(str.strip, JOINTS.split(plain)) if part]
    if not named or None in named:
        return None
    keys = {key for value in named if value for key in value}
    return tuple(option.key for option in options if option.key in keys)


def read_yes_or_no(text: str) -> Value | None:
    """Return yes or no; None where words say neither, or too much to be sure."""
    words = re.findall(r"[a-z']+", text[:LONGEST_READ].casefold().replace("’", "'"))
    if not words or len(words) > LONGEST_YES_OR_NO or (words[0] != "sure" and DOUBT & set(words)):
        return None
    if words[0] in YES:
        return None if NO & set(words) else ("yes",)
    refuses = words[0] in NO or any(word in {"not", "won't", "don't", "doesn't", "isn't"} for word in words)
    if refuses:
        return ("no",)
    return ("yes",) if words[:2] in (["we", "will"], ["i", "will"], ["it", "will"], ["they", "will"]) else None


def _one(text: str, options: Sequence[Option]) -> Value | None:
    number = re.fullmatch(r"(?:option |number |no |the )?([1-9][0-9]?)", text)
    if number and int(number[1]) <= len(options):
        return (options[int(number[1]) - 1].key,)
    if exact := _exactly(text, options):
        return exact
    said = _stems(text)
    close = [option for option in options if said and said <= _stems(f"{option.key} {option.label}")]
    by_key = [option for option in close if said == _stems(option.key)]
    fitting = by_key or close
    return (fitting[0].key,) if len(fitting) == 1 else None


def _exactly(text: str, options: Sequence[Option]) -> Value | None:
    """Return the option whose key or whole label this is."""
    exact = (one for one in options if text in {one.key, one.key.replace("_", " "), _plain(one.label)})
    return next(((one.key,) for one in exact), None)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[.!?\"“”]", " ", text[:LONGEST_READ].casefold().replace("’", "'")).split())


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9]+", _plain(text).replace("_", " "))
    return {MEANS.get(word) or MEANS.get(_stem(word)) or _stem(word) for word in words if word not in SMALL}


def _stem(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return "child" if word == "children" else word.removesuffix("s") if len(word) > 1 else word
