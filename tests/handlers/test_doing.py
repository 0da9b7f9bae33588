"""Buttons of sites, cover and reminders that nobody drew: pressed by strangers, or about what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers import doing
from policy_kb.bot_words import Action
from tests.builders import a_press
from tests.handlers.cover.rota_office import PRIYA, Rota, rota

if TYPE_CHECKING:
    from tests.stage import Talk

__all__ = ["rota"]

FORGED = (
    ":",
    "9" * 500,
    "a" * 500,
    "7; DROP TABLE sites",
    "' OR 1=1 --",
    "7\x00",
    "\x1b[31m\r\n\u202e7",
    "999999999",
    "999999999:site_moderator:nobody",
    "2026-02-30:2026-02-31",
    "9999-12-31:0001-01-01",
    "../../etc/passwd",
    "%s{0}${x}",
)


def changes(rota: Rota) -> int:
    """Count what was ever done to anything."""
    with rota.database.begin() as uow:
        return len(tuple(uow.audit.everything()))


@pytest.mark.parametrize("action", doing.ACTIONS)
def test_a_forged_button_of_somebody_known_changes_nothing_and_is_answered(rota: Rota, action: Action) -> None:
    before = changes(rota)

    for about in FORGED:
        assert rota.press(PRIYA, action, about)[0].title

    assert changes(rota) == before


@pytest.mark.parametrize("action", doing.ACTIONS)
def test_a_stranger_who_presses_hears_that_nobody_knows_them(talk: Talk, action: Action) -> None:
    reply = talk.reply(a_press(action=action, about="1"))

    assert "staff list" in reply.title or action is Action.EXTREME
