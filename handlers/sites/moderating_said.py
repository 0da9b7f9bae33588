"""What is said of moderation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.sites.moderating_extreme_said import compose_extreme, compose_plan
from handlers.sites.moderating_log_said import compose_log_form, compose_logged
from handlers.sites.moderating_patterns_said import compose_patterns
from policy_kb.bot_words import SayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.message import Message
    from handlers.scene import SayScene

COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {
    SayKind.LOG_FORM: compose_log_form,
    SayKind.LOGGED: compose_logged,
    SayKind.EXTREME: compose_extreme,
    SayKind.PLAN: compose_plan,
    SayKind.PATTERNS: compose_patterns,
}
