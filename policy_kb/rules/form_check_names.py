"""Whether a text seems to name a child: a form is read by many, so it should name none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_kb.rules.form_finding import Force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_kb.rules.form_finding import Finding, Look

NAME = r"[^\W\d_a-z](?:[^\W\d_]|[-’'](?=[^\W\d_]))+"  # begins with anything but a small Latin letter
CHILD = r"(?:pupil|student|learner|child|boy|girl|toddler|baby|son|daughter|prefect|captain)s?"
YEAR = r"(?:year|yr|y|class|reception|nursery|form)"
PATTERNS = (
    # my pupil Amy; Year 9 student called Jayden; pupils, Amy and Ben
    re.compile(rf"\b(?i:{CHILD})(?:,| called| named)? (?P<names>{NAME}(?: {NAME})?)"),
    # Jayden Smith in Year 7; Jayden Smith (Y7)
    re.compile(rf"\b(?P<names>{NAME} {NAME})(?:,| in| from| of)? \(?(?i:{YEAR}) ?\d"),
    # Amy, aged 7; Amy (7); Amy, who is 7
    re.compile(rf"\b(?P<names>{NAME}(?: {NAME})?),? (?:\(?aged? |who is |\()\d{{1,2}}\b"),
    # Amy's mum
    re.compile(rf"\b(?P<names>{NAME})[’']s (?i:mum|dad|mother|father|parents|grandparents|carer)\b"),
)
# Words with a capital that are no names of people, in what schools write.
ORDINARY_WORDS = """
premium council voice leader leaders leadership ambassador ambassadors parliament protection services service
health support union welfare committee body academy school schools nursery trust college team club day days week
month fair fete show concert festival trip trips visit evening morning afternoon assembly
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december spring summer autumn winter christmas easter term
english maths mathematics science art arts music drama dance history geography french german spanish latin
physics chemistry biology computing pe re pshe ict stem ks1 ks2 ks3 ks4 sen send eyfs gcse gcses
facebook instagram youtube twitter tiktok whatsapp linkedin snapchat teams slack google
we they it the this that these those our their his her and or but if in on at for with from to as year years
world sports sport book books reading games national international british uk england london europe
you he she there when where what who how why please thank parent parents staff teacher teachers families
mr mrs ms miss dr sir lady head headteacher principal
"""
ORDINARY = frozenset(ORDINARY_WORDS.split())


def names_a_child(look: Look) -> Iterator[Finding]:
    """
    Find a text that seems to name a child; names in small letters pass unseen.

    Policy: A.2.2
    """
    if seems_to_name_a_child(look.text):
        says = "This seems to name a child. Many people read the form, so please say it without the name."
        yield look.says(Force.WARNS, says, clause="A.2.2")


def seems_to_name_a_child(text: str) -> bool:
    """Tell whether a name stands where texts speak of a child."""
    return any(_is_name(found["names"]) for pattern in PATTERNS for found in pattern.finditer(text))


def _is_name(words: str) -> bool:
    return not any(word.casefold() in ORDINARY or word.isupper() for word in words.split())
