"""What is to be done in an order is numbered on every channel; anything else in an alert is not."""

from __future__ import annotations

import pytest

from bot.channels.slack.render import render as on_slack
from bot.channels.teams.render import render as on_teams
from bot.channels.web.render import render as on_the_web
from handlers.message import Alert, Message, plain_text
from tests.contracts import slack_contract, teams_contract, web_contract


def an_alert(*, in_order: bool) -> Message:
    return Message(title="A card", urgent=Alert(title="Act now.", lines=("Stop it.", "Tell her."), in_order=in_order))


def listed_on_slack(message: Message) -> list[str]:
    payload = on_slack(message)
    slack_contract.check(payload)
    return [part["style"] for part in payload["blocks"][0]["elements"] if part["type"] == "rich_text_list"]


@pytest.mark.parametrize("in_order", [True, False])
def test_lines_in_an_order_are_numbered_and_others_are_not(*, in_order: bool) -> None:
    message = an_alert(in_order=in_order)
    web, teams = on_the_web(message), on_teams(message)
    web_contract.check(web)
    teams_contract.check(teams)

    assert ("<ol><li>Stop it.</li><li>Tell her.</li></ol>" in web) is in_order
    assert listed_on_slack(message) == ["ordered" if in_order else "bullet"]
    assert ("2. Tell her." in teams_contract.text(teams)) is in_order
    assert ("2. Tell her." in plain_text(message)) is in_order
