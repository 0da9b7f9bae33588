"""The cards of people and moderation as they really are, with long names and much to say, on every channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from handlers.sites.leaving import say_goodbye, take_out_leavers
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.london import london_instant
from tests.contracts import slack_contract, teams_contract, terminal_contract, web_contract
from tests.handlers.cover.rota_office import AISHA, CALLUM, EWA, GRACE, LUCY, MONDAY, PRIYA, TOM, Rota
from tests.handlers.requests.mornings import leaves
from tests.handlers.sites.people_office import ADMINISTRATOR, MODERATOR, RUTH, acting, change, end_parts, name_for

if TYPE_CHECKING:
    from types import ModuleType

    from handlers.message import Message

CHANNELS = {"slack": slack_contract, "teams": teams_contract, "web": web_contract, "terminal": terminal_contract}
LONG_NAME = "The Physical Education Department's Netball, Hockey and Rounders Instagram Account for Families (sample)"
SURNAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Sample"


@pytest.fixture(params=CHANNELS)
def channel(request: pytest.FixtureRequest) -> ModuleType:
    return CHANNELS[request.param]


@pytest.fixture
def long_names(rota: Rota) -> Rota:
    """Let the site and everybody of it have names as long as people really have."""
    change(rota, name=LONG_NAME, intervention_plan="Hold comments back, and ring whoever is on. " * 60)
    with rota.database.begin() as uow:
        people = [rota.person_in(uow, one) for one in (PRIYA, AISHA, CALLUM, EWA, TOM, RUTH, LUCY)]
        longer = [replace(one, name=f"{one.name.split()[0]} {SURNAME}") for one in people]
        uow.people.put(longer, entry=rota.entry())
    return rota


def everything_shown(rota: Rota) -> list[Message]:
    """Return the cards that somebody of a site meets, from being asked to leaving."""
    name_for(rota, LUCY, ADMINISTRATOR, MODERATOR)
    shown = [rota.told(LUCY, SayKind.PART_ASKED, str(rota.site))]
    shown += rota.press(AISHA, Action.NAME_PEOPLE, str(rota.site))
    shown += rota.press(AISHA, Action.NAME_PEOPLE, f"{rota.site}:site_moderator")
    shown += rota.press(AISHA, Action.END_PART, str(rota.site))
    shown += rota.press(AISHA, Action.END_PART, f"{rota.site}:site_moderator:tom-example")
    shown += rota.press(TOM, Action.ATTEST, str(rota.site))
    shown += rota.press(TOM, Action.ATTEST, f"{rota.site}:no")
    for action in (Action.LOG, Action.EXTREME, Action.PLAN):
        shown += rota.press(TOM, action, str(rota.site))
    values = {"act": ("escalated",), "category": ("extreme",), "link": (f"https://x.example/{'a' * 280}",)}
    shown += rota.press(TOM, Action.SAVE_LOG, str(rota.site), values)
    shown += rota.press(AISHA, Action.PATTERNS, str(rota.site))
    shown += rota.press(GRACE, Action.PATTERNS, "")
    end_parts(rota, CALLUM)
    for one in (TOM, EWA, AISHA):
        leaves(rota, one, MONDAY)
    with rota.database.begin() as uow:
        say_goodbye(acting(rota, uow))
    rota.clock.instant = london_instant(MONDAY, time(8, 20))
    with rota.database.begin() as uow:
        take_out_leavers(acting(rota, uow))
    rota.clock.instant = london_instant(date(2026, 11, 30), time(8, 30))
    return [*shown, *(one for who in (GRACE, PRIYA, TOM, LUCY) for one in rota.inbox(who))]


def test_every_card_keeps_the_platforms_limits_and_every_button_comes_back(
    long_names: Rota, channel: ModuleType
) -> None:
    shown = everything_shown(long_names)

    assert len(shown) > 20
    for message in shown:
        payload = channel.render(message)
        channel.check(payload)
        assert channel.buttons(payload) == [(one.action.value, one.about) for one in message.buttons]
        assert [one[0] for one in channel.fields(payload)] == [one.name for one in message.fields]
