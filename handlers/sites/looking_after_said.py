"""What is said of who looks after a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.sites.leaving_said import compose_leaving, compose_tasks
from handlers.sites.looking_after_below_said import compose_below_two
from handlers.sites.looking_after_news_said import compose_people_news
from handlers.sites.looking_after_part_said import attest_buttons, compose_part
from handlers.sites.looking_after_people_said import compose_people
from policy_kb.bot_words import SayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.message import Message
    from handlers.scene import SayScene

__all__ = ["COMPOSED", "attest_buttons"]

COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {
    SayKind.PART_ASKED: compose_part,
    SayKind.SITE_PEOPLE: compose_people,
    SayKind.BELOW_TWO: compose_below_two,
    SayKind.PEOPLE_NEWS: compose_people_news,
    SayKind.LEAVING: compose_leaving,
    SayKind.SITE_TASKS: compose_tasks,
}
