"""Read whether a message names somebody of one's own family, and whether it names anybody beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from policy_kb.phrases import as_compared, compile_words
from policy_kb.toml_entries import read_entries

if TYPE_CHECKING:
    from pathlib import Path

    from policy_kb.toml_entries import Entry

GAP = " \0 "  # stands for what was taken away; no phrase forms across it
BEGINS = r"(?:^|(?<=[.!?,;:(–])|(?<=[.!?,;:(–] ))"  # a clause begins here
JOINED = "".join(rf"(?<!\b{word} )" for word in ("and", "plus", "with", "or", "&", "too"))
"""Not joined to somebody: "a pupil here" says what one's niece is, "and a pupil here" names another."""
ASKS_ME = r"(?![^.!?]*\b(?:wants|has|asked|asks|sent|messaged|keeps|added|is asking)\b[^.!?]*\bme\b)"


@dataclass(frozen=True, slots=True)
class FamilyReader:
    """
    Reads who is named in a message; build one with `load`.

    The exceptions for one's own family hold for them alone, so everybody else that is named ends them.

    Policy: 5.2, 5.3, 5.4
    """

    _own: re.Pattern[str]
    _joined: re.Pattern[str]  # a relative, "and", and the word after it
    _safe: re.Pattern[str]  # what may stand there and is nobody else
    _asides: tuple[re.Pattern[str], ...]
    _others: re.Pattern[str]
    _names: re.Pattern[str]
    _no_names: frozenset[str]

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read `family.toml`; raises EditionError naming file and line."""
        (family,) = read_entries(file, "family", beside=("others",))
        family.check_only("kin", "by_themselves", "elders", "of_oneself", "describing", "with_children", "young")
        (others,) = read_entries(file, "others", beside=("family",))
        others.check_only("words", "asides", "speakers", "says", "groups", "safe", "before_names", "no_names")
        relatives, kin = _relatives(family), _listed(family, "kin")
        return cls(
            _own=re.compile(f"{relatives}|{_oneself(family)}"),
            _joined=re.compile(rf"(?:{relatives})(?:'s)? (?:and|plus|&|or|as well as) (?P<next>.*)"),
            _safe=re.compile(rf"{_listed(others, 'safe')}|(?:his|her|their|my|our) {_describing(family)}{kin}(?!\w)"),
            _asides=tuple(_asides(family, others)),
            _others=re.compile(_listed(others, "words")),
            _names=re.compile(
                rf"(?<!\w)(?i:{_listed(others, 'before_names')}) ([A-Z][^\W\d_]+)(?!\w)"
                rf"|(?<!\w)([A-Z][^\W\d_]+)(?:'s (?:dad|mum|mam|nan|parents|brother|sister)| and my {kin})(?!\w)"
            ),
            _no_names=frozenset(others.texts("no_names")),
        )

    def names_family(self, text: str) -> bool:
        """Tell whether a text names a relative of whoever wrote it."""
        return self._own.search(_plain(text)) is not None

    def names_others(self, text: str) -> bool:
        """
        Tell whether a text names anybody who may be no relative of whoever wrote it.

        First names are known by their capital; whoever stands beside a relative after "and" needs none.
        """
        spaced = " ".join(text.replace("’", "'").split())
        if any((one[1] or one[2]).casefold() not in self._no_names for one in self._names.finditer(spaced)):
            return True
        left = _plain(text)
        if any(not self._safe.match(one["next"]) for one in self._joined.finditer(left)):
            return True
        for aside in (*self._asides, self._own):
            left = aside.sub(GAP, left)
        return self._others.search(left) is not None


def _plain(text: str) -> str:
    return " ".join(as_compared(text).split())


def _relatives(entry: Entry) -> str:
    """Return a pattern of one's own relatives as people name them."""
    kin, themselves = _listed(entry, "kin"), _listed(entry, "by_themselves")
    describing = _describing(entry)
    ways = (
        rf"(?:my|me) {describing}{kin}(?! (?:academy|academies|school|schools|trust)\b)",
        rf"our {describing}(?:son|daughter|{themselves})",
        rf"my (?:year|yr|y) ?\d+ (?:son|daughter|sister|brother|{themselves})",
        r"(?:my|our) (?:eldest|youngest|oldest)(?= (?:is|has|just|starts|started|joined|goes)\b|'s\b|[,.?!]|$)",
        r"my (?:own )?twins (?:are|go|have|joined|moved|started|just|both)",
        rf"(?:can|could|may|is|should|must) an? (?:\w+ ){{1,6}}?(?:his|her|their) own {describing}{kin}",
        rf"{kin} of (?:mine|ours)",
        rf"(?:i have|i've|ive)(?: also)?(?: got)? an? (?:adopted (?:son|daughter)|{describing}{themselves})(?! of\b)",
        rf"(?:us|we're|we are) {describing}(?:siblings|cousins|brothers|sisters|twins)",
    )
    # "niece in year 9 wants to add me": whoever says no more means her own.
    return rf"(?<![\w'])(?:{'|'.join(ways)})(?!\w)|{BEGINS}{describing}{themselves}(?! (?:of|to)\b)"


def _oneself(entry: Entry) -> str:
    """Return a pattern of what people say they are to a pupil or parent themselves."""
    elders, describing = _listed(entry, "elders"), _describing(entry)
    ways = (
        rf"(?:i'm|im|i am|being)(?: also| still)? (?:his|her|their) {describing}{elders}",
        rf"(?:i'm|im|i am)(?: an?)? {elders} to (?:an?|one|two|three|\d+)",
    )
    bare = rf"{_listed(entry, 'of_oneself')} to (?:an?|one|two|three|\d+){ASKS_ME}"
    return rf"(?<![\w'])(?:{'|'.join(ways)})(?!\w)|{BEGINS}{bare}"


def _describing(entry: Entry) -> str:
    return rf"(?:{_listed(entry, 'describing')}[ -]+){{0,3}}"


def _asides(family: Entry, others: Entry) -> list[re.Pattern[str]]:
    """Compile what is taken away before others are looked for, what holds more first."""
    speakers, says, groups = (_listed(others, field) for field in ("speakers", "says", "groups"))
    parents, young = _listed(family, "with_children"), _listed(family, "young")
    word = r"(?: (?!and\b|plus\b|with\b|or\b|his\b|her\b)\w+)"
    spoken = rf"(?:(?:an?|my|one of the|one of my|some){word}{{0,4}}? {speakers}|someone|somebody){word}{{0,6}}? {says}"
    placing = r"(?: (?!chat|snap|whatsapp|discord|server|and\b|with\b)[\w']+)"
    at_school = (
        rf"(?:in|into) (?:(?:my|the|our|an?){placing}{{0,4}}?|\w+) {groups}(?! (?:chat|group|whatsapp))"
        r"|(?:is|he's|hes|she's|shes) one of (?:my|the|our) (?:year |yr |y)\d+s"
    )
    describing = _describing(family)
    children = (
        rf"{parents}(?:'s)? {describing}{young}|(?:his|her|their|our) {young}(?= (?:goes|go|comes?|are|is|joined)\b)"
        rf"|(?:he|she|they|we|who|{parents})(?:'s|'ve)?(?: also)?(?: has| have)?(?: got)?"
        rf" (?:an?|two|three|\d) {describing}{young}"
    )
    return [
        re.compile(rf"(?<!\w)(?:{spoken})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{at_school}|{children})(?!\w)"),
        re.compile(JOINED + _listed(others, "asides")),
    ]


def _listed(entry: Entry, field: str) -> str:
    """Return a pattern of the words in a list, longest first; an empty one would be found everywhere."""
    words = entry.texts(field)
    if not words:
        raise entry.wrong(f"'{field}' must list at least one word.")
    return f"(?:{compile_words(sorted(words, key=len, reverse=True)).pattern})"
