"""What people type about cover, taken apart: which of our sentences it is, of which site, on which days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.cover.sentences import SENTENCES, Sentence
from handlers.heard.courtesies import plain
from handlers.heard.spans import read_span
from policy_kb.rules.periods import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from policy_kb.rules.site import Site

LONGEST_READ = 160  # characters; a longer message is about something else
BARE = frozenset({"cover", "rota", "gaps", "the rota", "uncovered"})
"""Words that could well answer a question of a form."""

HALVES = re.compile(r"\bthis (?:morning|afternoon)\b")
HALF_OF = re.compile(r" (?:in the )?(?:morning|afternoon)\b")

NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FOR_LONG = re.compile(
    rf"for (?:the next )?(?P<count>\d{{1,2}}|an?|{'|'.join(NUMBERS)}) (?P<what>day|week)s?(?P<rest>.*)"
)
REST = re.compile(r"(?:for )?(?:all|the whole|the rest of(?: the| this)?|the remainder of the)(?: this)? week")
# A word of a day, a date, or one that joins them: only such words are days and nothing else.
OF_DAYS = re.compile(
    r"(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|today|tomorrow|tmrw"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|this|next|coming|the|whole|all|both|of|on|in|from|to|until|till?|through|up|and"
    r"|between|inclusive|included|for|starting|a|weeks?|days?|fortnight"
    r"|\d{1,2}(?:st|nd|rd|th)?|\d{4}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?"
)
BETWEEN_WORDS = re.compile(r"[\s,–—-]+")
HOLIDAY = re.compile(
    r"(?:over|during|in|for|at)(?: the)? (?:whole )?(?:school )?(?:christmas|easter|summer|half[ -]?term|holidays?)"
    r"(?: (?:holidays?|break|week))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A sentence of ours: what is read from it, and what is not there is empty."""

    sentence: Sentence
    days: str = ""
    name: str = ""
    theirs: str = ""  # the days of the other one's slot
    site: Site | None = None
    words: str = ""  # all of it, without courtesies


def heard(text: str, sites: Sequence[Site]) -> tuple[Heard, ...]:
    """Return the sentences that words are, whole, the likeliest first; none where they say anything else besides."""
    if len(text) > LONGEST_READ:
        return ()
    words = plain(text)
    asks, words = words.endswith("?"), words.rstrip("? ")
    site, rest = _without_site(words, sites)
    found = ((sentence, pattern.fullmatch(rest)) for sentence, pattern in SENTENCES.items())
    return tuple(
        Heard(
            sentence=sentence,
            days=_part(match, "days"),
            name=_part(match, "name"),
            theirs=_part(match, "theirs"),
            site=site,
            words=words,
        )
        for sentence, match in found
        # Whoever asks whether they are away asks something else.
        if match and not (asks and sentence in {Sentence.AWAY, Sentence.ILL, Sentence.TAKE, Sentence.BACK})
    )


def span_of(text: str, *, today: date) -> tuple[date, date] | None:
    """Return the days [first, after the last) that words are; None where they are anything else besides."""
    words = HALF_OF.sub("", HALVES.sub("today", text.strip(" ,()")))
    if REST.fullmatch(words):
        words = "this week"
    if long := FOR_LONG.fullmatch(words):
        return _for_long(long, today)
    if not names_days(words):
        return None
    found = read_span(words, today=today)
    return (found[0], found[1] + DAY) if found else None


def names_days(text: str) -> bool:
    """Tell whether words are of days and nothing else, be it clear which days they are or not."""
    words = [word for word in BETWEEN_WORDS.split(text) if word]
    return bool(words) and all(OF_DAYS.fullmatch(word) for word in words)


def is_a_holiday(text: str) -> bool:
    """Tell whether words name a holiday, of which only the dates are certain."""
    return HOLIDAY.fullmatch(text.strip(" ,")) is not None


def _for_long(found: re.Match[str], today: date) -> tuple[date, date] | None:
    rest = found["rest"].strip()
    start = span_of(rest, today=today) if rest else (today, today + DAY)
    said = found["count"]
    count = int(said) if said.isdecimal() else 1 if said == "an" else max(1, NUMBERS.index(said))
    if start is None or count == 0:
        return None
    return start[0], start[0] + timedelta(days=count * (7 if found["what"] == "week" else 1))


def _part(match: re.Match[str], name: str) -> str:
    """Return what stands under a name in whichever alternative was taken: days, days2 and so on."""
    parts = (value for key, value in match.groupdict().items() if value and key.rstrip("234") == name)
    return next(parts, "").strip(" ,")


def _without_site(words: str, sites: Sequence[Site]) -> tuple[Site | None, str]:
    """Return the site that words name, by name or as S-7, and the words without it; the longest name counts."""
    for one in sorted(sites, key=lambda site: -len(site.name)):
        for name in (re.escape(" ".join(one.name.casefold().split())), rf"s-?{one.id}", rf"site {one.id}"):
            padded = f" {words}"
            if found := re.search(rf" (?:(?:for|of|on|at|in) )?(?:the )?{name}(?= |$|[,?])", padded):
                return one, " ".join((padded[: found.start()] + padded[found.end() :]).split())
    return None, words
