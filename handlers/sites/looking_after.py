"""Who looks after a site: accepting, naming others, stepping down, saying again that a login is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.sites.leaving_tasks import tick_off
from handlers.sites.looking_after_naming import name_somebody
from handlers.sites.looking_after_parts import accept, attest, end, refuse
from handlers.sites.looking_after_watch import ask_all, watch
from policy_kb.bot_words import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.acting import Acting
    from handlers.inbound import ButtonPressed
    from storage.says import SayFacts

__all__ = ["ACTIONS", "ask_all", "watch"]

ACTIONS: Mapping[Action, Callable[[ButtonPressed, Acting], tuple[SayFacts, ...]]] = {
    Action.ACCEPT_PART: accept,
    Action.REFUSE_PART: refuse,
    Action.NAME_PEOPLE: name_somebody,
    Action.END_PART: end,
    Action.ATTEST: attest,
    Action.TASK_DONE: tick_off,
}
