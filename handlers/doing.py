"""Everything that buttons, words and facts lead to beside the policy's answers, the forms and the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import changed_words
from handlers.cover import cover_said
from handlers.cover import hearing as cover_hearing
from handlers.cover import pressing as cover_pressing
from handlers.register import asking, calendars, calendars_heard, calendars_said, register_said
from handlers.register import hearing as register_hearing
from handlers.reminding import putting_off, today_said
from handlers.sites import hearing as site_hearing
from handlers.sites import (
    living,
    living_said,
    looking_after,
    looking_after_said,
    moderating,
    moderating_heard,
    moderating_said,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed, TextSent
    from handlers.message import Message
    from handlers.scene import SayScene
    from policy_kb.bot_words import Action, SayKind
    from storage.says import SayFacts

ACTIONS: Mapping[Action, Callable[[ButtonPressed, Acting], tuple[SayFacts, ...]]] = {
    **living.ACTIONS,
    **looking_after.ACTIONS,
    **moderating.ACTIONS,
    **cover_pressing.ACTIONS,
    **calendars.ACTIONS,
    **asking.ACTIONS,
    **putting_off.ACTIONS,
    **changed_words.ACTIONS,
}
COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {
    **living_said.COMPOSED,
    **looking_after_said.COMPOSED,
    **moderating_said.COMPOSED,
    **cover_said.COMPOSED,
    **calendars_said.COMPOSED,
    **register_said.COMPOSED,
    **today_said.COMPOSED,
    **changed_words.COMPOSED,
}
HEARING: tuple[Callable[[TextSent, Acting], tuple[SayFacts, ...]], ...] = (
    cover_hearing.hear,
    moderating_heard.hear,
    site_hearing.hear,
    calendars_heard.hear,
    register_hearing.hear,
)


def hear(event: TextSent, act: Acting) -> tuple[SayFacts, ...]:
    """Return what the first that understands some words says to them; nothing where none does."""
    for heard in HEARING:
        if says := heard(event, act):
            return says
    return ()
