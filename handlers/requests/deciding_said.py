"""What is said to those who decide, and to a requester about what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.requests import status
from handlers.requests.card_said import compose_card
from handlers.requests.news_said import compose_news
from handlers.requests.notice_said import compose_notice
from handlers.requests.paper_said import compose_paper
from handlers.requests.refused_said import compose_refused
from handlers.requests.standing_in_said import compose_asked, compose_delegated
from handlers.requests.step_form_said import compose_step_form
from handlers.requests.whole_form_said import compose_whole_form
from policy_kb.bot_words import SayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.message import Message
    from handlers.scene import SayScene
    from storage.says import SayFacts

COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {
    SayKind.STEP_CARD: compose_card,
    SayKind.STEP_FORM: compose_step_form,
    SayKind.WHOLE_FORM: compose_whole_form,
    SayKind.PAPER: compose_paper,
    SayKind.NEWS: compose_news,
    SayKind.NOTICE: compose_notice,
    SayKind.DELEGATION_ASKED: compose_asked,
    SayKind.DELEGATED: compose_delegated,
    SayKind.REFUSED: compose_refused,
    SayKind.STATUS: status.compose_status,
    SayKind.SUBMITTED: status.compose_submitted,
    SayKind.WITHDRAW_ASKED: status.compose_withdraw_asked,
    SayKind.MY_REQUESTS: lambda _, scene: status.compose_my_requests(scene),
    SayKind.WAITING: lambda _, scene: status.compose_waiting(scene),
}
KINDS = frozenset(COMPOSED)


def compose(say: SayFacts, scene: SayScene) -> Message:
    """Return the message a fact becomes, for the person who reads it."""
    return COMPOSED[say.kind](say.about, scene)
