"""What people type, without what makes it polite: so that a command is one however kindly it is said."""

from __future__ import annotations

import re

LONGEST_TEXT = 320  # characters that are looked at; whoever reads on takes less
GREETING = r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening))(?:,? (?:there|all|everyone|bot|ask first))?"
BEFORE = re.compile(
    rf"(?:(?:{GREETING}|ok|okay|so|and|um|sorry but|sorry|i'm afraid|please|pls|plz|just to say|fyi|note that|ask first"
    r"|bot)[,.!:]? )+"
)
AFTER = re.compile(
    r"(?:[,.!]* (?:please|pls|plz|thanks|thank you|many thanks|thx|ta|cheers|sorry|x+))+(?P<end>[.!?]*)$"
)


def plain(text: str) -> str:
    """Return words without capitals, courtesies and final stops; a question mark stays."""
    joined = " ".join(text[:LONGEST_TEXT].casefold().replace("’", "'").replace("‘", "'").split())
    before = BEFORE.match(joined)
    rest = joined[before.end() :] if before else joined
    return AFTER.sub(lambda found: "?" if "?" in found["end"] else "", rest).strip(" .!,;")
