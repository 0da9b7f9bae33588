"""The sentences about cover that people type, as patterns of the whole of them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sentence(StrEnum):
    """What can be said about cover."""

    WHO_IS_ON = "who_is_on"
    MY_SLOTS = "my_slots"
    AWAY = "away"
    ILL = "ill"
    BACK = "back"
    NOT_AWAY = "not_away"  # takes days back, where there are any
    SWAP = "swap"
    FIND = "find"
    TAKE = "take"
    ASSIGN = "assign"
    GAPS = "gaps"
    ROTA = "rota"


WISH = r"(?:(?:can|could|may) (?:i|we|you) |i'd like to |i would like to |i want to |i need to |let me |let's )?"
SLOT = r"(?:slots?|turns?|dut(?:y|ies)|shifts?)"
ON = r"(?:on(?: duty| call| the rota| cover)?|covering|moderating|looking after (?:it|this|things))"
I_AM = r"(?:(?:i'm|im|i am|i'll be|i will be)(?: going to be)? )"
LEAVE = r"on (?:annual |study |maternity |paternity |parental )?leave|on holiday|on a course"
OFF = (
    rf"away|off(?: work)?|{LEAVE}|not in|not here|not working|not coming in"
    r"|out(?: of (?:the )?(?:office|school))?|unavailable|not available"
)
SICK = (
    r"(?:off |out |at home |calling in |on leave )?(?:ill|sick|poorly|unwell)"
    r"|not (?:well|very well|feeling well)|on sick leave"
)
SOMEBODY = r"(?:some|any)(?:one|body)"

# What a sentence says of days stands under "days", whom it names under "name", the other one's days under "theirs";
# where it can be said in several ways, with a number behind it.
SENTENCES: Mapping[Sentence, re.Pattern[str]] = {
    Sentence.MY_SLOTS: re.compile(
        rf"(?:what are |when are |show (?:me )?|list |see )?(?:all )?my (?:next )?(?:{SLOT}|rota)(?P<days> .+)?"
        rf"|when am i(?: next)? on(?: duty| next| again| the rota)?|when(?:'s| is) my (?:next )?{SLOT}(?: next)?"
        rf"|am i on(?: duty| call| the rota)?(?P<days2> .+)?"
    ),
    Sentence.WHO_IS_ON: re.compile(
        rf"(?:(?:can you |could you )?(?:tell|show) me )?who(?:'s|s| is| are|'ll be| will be)(?: currently)? {ON}"
        r"(?P<days> .+)?|whose turn is it(?P<days2> .+)?"
    ),
    Sentence.BACK: re.compile(
        r"(?:i'm|im|i am) (?:back(?: (?:now|early|today|at work|in|in school|again))?|better(?: now)?|well again)"
    ),
    Sentence.NOT_AWAY: re.compile(
        r"cancel my (?:leave|absence|holiday|time off|days? off|days away)(?P<days> .+)?"
        r"|(?:i'm|im|i am) not (?:away|off|ill|sick|on leave|on holiday)(?P<days2> .+?)? (?:after all|any ?more|now)"
    ),
    Sentence.ILL: re.compile(rf"{I_AM}?(?:{SICK})(?P<days> .+)?"),
    Sentence.AWAY: re.compile(
        rf"{I_AM}(?:{OFF})(?P<days> .+)?|(?:away|off|on leave|on holiday)(?P<days2> .+)"
        r"|i (?:won't|will not|can't|cannot) (?:be|come) (?:in|there|at work|available)(?P<days3> .+)"
        r"|i(?:'ve| have)(?: got)? (?:leave|holiday|(?:a |the )?(?:day|days|week|time) off)(?P<days4> .+)"
    ),
    Sentence.SWAP: re.compile(
        rf"{WISH}(?:swap|exchange)(?: my)?(?: {SLOT})?(?: (?:on|of))?(?: (?P<days>(?!with |and ).+?))?"
        rf"(?: (?:with|and) (?P<name>[^\d]+?)"
        rf"(?:'s?(?: {SLOT})?(?: (?:on|of))?(?: (?P<theirs>.+))?| for (?P<theirs2>.+))?)?"
    ),
    Sentence.FIND: re.compile(
        rf"{WISH}(?:find|get|need)(?: me)?(?: some)? cover(?: for)?(?: me| my)?(?: {SLOT})?"
        rf"(?: (?:on|for))?(?P<days> .+)?"
        rf"|i need (?:some )?cover(?: for)?(?: my)?(?: {SLOT})?(?P<days2> .+)?"
        rf"|(?:(?:can|could) {SOMEBODY}|who (?:can|could)) (?:cover|take|do) (?:for me|me|my {SLOT})(?P<days3> .+)?"
        rf"|(?:i )?(?:can'?t|cannot|can not)(?: (?:do|make|cover|take)(?: my {SLOT})?)?(?P<days4> .+)"
    ),
    Sentence.TAKE: re.compile(
        rf"(?:i(?:'ll| will| can| could) (?:take|do|cover|have)|take)(?: the| that)?(?: {SLOT})?(?P<days> .+)"
    ),
    Sentence.ASSIGN: re.compile(
        rf"(?:put|assign) (?P<name>[^\d]+?) (?:on|to|down for|for)(?: the)?(?: {SLOT})?(?: on)?(?: (?P<days>.+))"
        rf"|(?:give|assign)(?: the)?(?: {SLOT})?(?: on)? (?P<days2>.+?) to (?P<name2>[^\d]+)"
    ),
    Sentence.GAPS: re.compile(
        r"(?:show (?:me )?|what are |are there |where are )?(?:any |all )?(?:the |my |our )?(?:cover )?gaps"
        r"(?: in (?:the |our )?(?:rota|cover))?|what(?:'s| is) (?:still )?(?:not covered|uncovered)"
        r"|which days are (?:not covered|uncovered)|uncovered(?: days| slots)?"
    ),
    Sentence.ROTA: re.compile(
        r"(?:show (?:me )?|open )?(?:the |our )?(?:moderation |moderators' |duty )?(?:rota|cover)(?P<days> .+)?"
    ),
}
