"""Words that ask for the register."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.heard.courtesies import plain
from handlers.register.asking import say_link

if TYPE_CHECKING:
    from handlers.acting import Acting
    from handlers.inbound import TextSent
    from policy_kb.words import PersonId
    from storage.says import SayFacts

LONGEST = 80  # characters
ASKS = re.compile(
    r"(?:(?:can|could|may) (?:i|we|you) |i want to |i would like to |i'd like to |let me )?"
    r"(?:show|open|see|get|give|send)?(?: ?me)? ?(?:a |the )?(?:link (?:to|for) )?(?:a |the |our )?"
    r"(?:(?:sites? )?register(?: page| link)?|register of (?:the |our |all )?sites)"
)


def hear(event: TextSent, act: Acting) -> tuple[SayFacts, ...]:
    """Take typed words that ask for the register and say nothing else; nothing where they are something else."""
    if act.person is None or len(event.text) > LONGEST:
        return ()
    words = plain(event.text).rstrip("? ")
    if ASKS.fullmatch(words) is None or _fills_in_a_form(event, act.person, act):
        return ()
    return (say_link(event),)


def _fills_in_a_form(event: TextSent, person: PersonId, act: Acting) -> bool:
    """Tell whether the words may be an answer: a form is under way, and then a button leads to the register."""
    where = event.conversation
    return bool(act.uow.form_talks.of(where.channel, where.tenant, where.id, person))
