"""What is said of cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cover.cover_form_said import compose_form
from handlers.cover.gaps_said import compose_gaps
from handlers.cover.my_slots_said import compose_my_slots
from handlers.cover.news_said import compose_news
from handlers.cover.off_said import compose_off
from handlers.cover.offer_said import compose_offer
from handlers.cover.on_duty_said import compose_on_duty
from handlers.cover.slot_said import compose_slot
from policy_kb.bot_words import SayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.message import Message
    from handlers.scene import SayScene

COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {
    SayKind.ON_DUTY: compose_on_duty,
    SayKind.MY_SLOTS: compose_my_slots,
    SayKind.OFF_ASKED: compose_off,
    SayKind.COVER_NEWS: compose_news,
    SayKind.SLOT: compose_slot,
    SayKind.OFFER: compose_offer,
    SayKind.COVER_FORM: compose_form,
    SayKind.GAPS: compose_gaps,
}
