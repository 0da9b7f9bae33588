"""Checks of what people write, and of a few plain choices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_kb.rules.form_finding import Force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_kb.rules.form_finding import Finding, Look

FEW = 3  # words; fewer say nothing
FEW_FOR_A_PURPOSE = 4
# A long purpose may well speak of reading for fun; a short one that does has no other reason.
STILL_SHORT = 15
TRIVIAL = re.compile(
    r"\b(for (a bit of |some )?(fun|a laugh|laughs|likes)|(just|only) because|why not|no (real |special )?reason"
    r"|(everyone|everybody|every school|all the others?)( else)?( has| have|'s got| got) (one|it)"
    r"|(more|get|for) (likes|followers)|look(s|ing)? cool|to be (cool|trendy|modern)|felt like it|dunno|don't know)\b"
)
WILL_NOT = re.compile(
    r"\W*((we|i)\s+)?(will not|won't|do not|don't|shall not|are not|aren't|no|none|not|never|nothing|nowhere|n/a)\b"
)


def trivial_purpose(look: Look) -> Iterator[Finding]:
    """
    Find a purpose that is no strong business reason, as far as words can tell.

    Policy: 6.2
    """
    words = look.text.split()
    shrugs = len(words) <= STILL_SHORT and TRIVIAL.search(_plain(look.text))
    if look.text and (len(words) < FEW_FOR_A_PURPOSE or shrugs):
        says = "A site needs a strong business reason, and this sounds like a small one. Please say more about"
        yield look.says(Force.DOUBTS, f"{says} who needs it and what for, or keep what you wrote.", clause="6.2")


def enough_words(look: Look) -> Iterator[Finding]:
    """Find an answer too short to tell anybody something."""
    if look.text and len(look.text.split()) < FEW:
        says = "That is short for those who have to decide. Please add a few words, or keep what you wrote."
        yield look.says(Force.DOUBTS, says)


def advertising(look: Look) -> Iterator[Finding]:
    """
    Find a plan to advertise, which needs approval of its own.

    Policy: A.5.8
    """
    if will_advertise(look.text):
        says = "Advertising through social media needs approval of its own. Once this is sent, ask me for it"
        yield look.says(Force.WARNS, f"{says}: write “advertise for contributors”.", clause="A.5.8")


def own_logins(look: Look) -> Iterator[Finding]:
    """
    Find people who would share a login.

    Policy: A.3.2
    """
    if "no" in look.value:
        says = "Nobody may share login details. Look for a host that gives everybody a login of their own"
        yield look.says(Force.WARNS, f"{says}; whoever gives the final approval will see this.")


def logo_where_hosted(look: Look) -> Iterator[Finding]:
    """
    Find a site of the Academy's own that would not show its logo.

    Policy: A.4.7
    """
    if "no" in look.value and "academy" in look.of("host"):
        says = "A site that the Academy hosts has to show its logo. Please plan a place for it."
        yield look.says(Force.WARNS, says, clause="A.4.7")


def will_advertise(text: str) -> bool:
    """Tell whether an answer says more than that nobody will."""
    return bool(text.strip()) and WILL_NOT.match(_plain(text)) is None


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")
