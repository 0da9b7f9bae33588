"""The peer proves itself first: what Teams would refuse, it refuses."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from tests.clients.teams_peer import CARD, TeamsPeer
from tests.clients.teams_user import User
from tests.contracts.adaptive_cards import check_card, faults_of

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "fallbackText": "Hello.",
    "msteams": {"width": "Full"},
    "body": [
        {
            "type": "Container",
            "style": "good",
            "items": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Hello."}]}],
        },
        {
            "type": "ActionSet",
            "actions": [{"type": "Action.Execute", "title": "Go", "verb": "helpful", "data": {"about": "1"}}],
        },
    ],
}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    card = copy.deepcopy(GOOD)
    change(card)
    return card


def block(card: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = card["body"][0]["items"][0]
    return found


def button(card: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = card["body"][1]["actions"][0]
    return found


BAD: dict[str, Callable[[dict[str, Any]], object]] = {
    "an older version, whose buttons Teams does not draw": lambda c: c.update(version="1.3"),
    "no version": lambda c: c.pop("version"),
    "no body": lambda c: c.update(body=[]),
    "no plain twin": lambda c: c.pop("fallbackText"),
    "an unknown root property": lambda c: c.update(colour="red"),
    "an unknown Teams setting": lambda c: c["msteams"].update(height="Full"),
    "an unknown element": lambda c: c["body"].append({"type": "Alert", "text": "x"}),
    "an element without a type": lambda c: c["body"].append({"text": "x"}),
    "an element that is text": lambda c: c["body"].append("x"),
    "a property that no text has": lambda c: block(c)["inlines"][0].update(wrap=True),
    "a weight that does not exist": lambda c: block(c)["inlines"][0].update(weight="Heavy"),
    "a style that does not exist": lambda c: c["body"][0].update(style="danger"),
    "an empty text": lambda c: block(c)["inlines"][0].update(text=" "),
    "a block without text": lambda c: block(c).update(inlines=[]),
    "an empty container": lambda c: c["body"][0].update(items=[]),
    "a text that is cut at the edge": lambda c: c["body"].append({"type": "TextBlock", "text": "x"}),
    "a date that Teams would compute": lambda c: block(c)["inlines"][0].update(text="{{DATE(2017-02-14T06:08:00Z)}}"),
    "a film": lambda c: c["body"].append({"type": "Media", "sources": []}),
    "an input without an id": lambda c: c["body"].append({"type": "Input.Text"}),
    "seven buttons in a row": lambda c: c["body"][1].update(actions=[button(c)] * 7),
    "a row without buttons": lambda c: c["body"][1].update(actions=[]),
    "a button without a label": lambda c: button(c).pop("title"),
    "a button without a verb": lambda c: button(c).pop("verb"),
    "a button without a subject": lambda c: button(c).pop("data"),
    "a button with an unknown property": lambda c: button(c).update(color="red"),
    "an unknown kind of button": lambda c: button(c).update(type="Action.Press"),
    "a card of 28 KB": lambda c: block(c)["inlines"][0].update(text="x" * 28 * 1024),
}


@pytest.mark.parametrize("fault", BAD)
async def test_a_card_that_teams_would_refuse_or_show_wrongly_is_refused(fault: str) -> None:
    async with TeamsPeer(signed=False) as teams:
        status = await post(teams, card=changed(BAD[fault]))

        assert status == 400
        assert teams.faults
        assert teams.talks["a:x"].said == []


async def test_a_good_card_is_taken() -> None:
    check_card(GOOD)
    async with TeamsPeer(signed=False) as teams:
        status = await post(teams, card=GOOD)

        assert status == 201
        teams.check()


def test_a_fault_is_named_with_its_place() -> None:
    card = changed(BAD["a weight that does not exist"])

    assert any(fault.startswith("$.body[0].items[0].inlines[0] (TextRun)") for fault in faults_of(card))


async def test_a_message_that_says_nothing_is_refused() -> None:
    async with TeamsPeer(signed=False) as teams:
        status = await post(teams, card=None)

        assert status == 400
        with pytest.raises(AssertionError, match="says nothing"):
            teams.check()


async def test_a_call_without_an_access_token_is_refused() -> None:
    async with TeamsPeer() as teams:
        status = await post(teams, card=GOOD)

    assert status == 401


async def test_a_card_that_is_not_there_cannot_be_updated() -> None:
    async with TeamsPeer(signed=False) as teams:
        teams.talk("a:x", "personal")
        url = f"{teams.service_url}v3/conversations/a:x/activities/none"

        async with teams.client.put(url, json={"type": "message", "text": "x"}) as answer:
            status = answer.status

    assert status == 404


async def test_a_button_that_is_not_on_the_screen_cannot_be_pressed() -> None:
    async with TeamsPeer(signed=False) as teams:
        priya = User(teams, "Priya")

        with pytest.raises(AssertionError, match="sees no button 'Go'"):
            await priya.press("Go")


async def post(teams: TeamsPeer, *, card: dict[str, Any] | None) -> int:
    teams.talk("a:x", "personal")
    attachments = [{"contentType": CARD, "content": card}] if card else []
    activity = {"type": "message", "summary": "Hello.", "attachments": attachments}
    url = f"{teams.service_url}v3/conversations/a:x/activities"
    async with teams.client.post(url, json=activity) as answer:
        return answer.status
