"""The imitation of Slack refuses what Slack refuses in blocks, and nothing that Slack takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.block_kit import payload_faults

Block = dict[str, Any]


def plain(text: str, **more: Any) -> Block:  # noqa: ANN401 - any key a bad block may have
    return {"type": "plain_text", "text": text, **more}


def button(**more: Any) -> Block:  # noqa: ANN401 - any key a bad block may have
    return {"type": "button", "text": plain("Go"), "action_id": "go:0", "value": "1", **more}


def actions(*elements: Any) -> Block:  # noqa: ANN401 - any thing a bad block may hold
    return {"type": "actions", "elements": list(elements)}


def section(text: Any) -> Block:  # noqa: ANN401 - any thing a bad block may hold
    return {"type": "section", "text": text}


def rich(*parts: Any) -> Block:  # noqa: ANN401 - any thing a bad block may hold
    return {"type": "rich_text", "elements": list(parts)}


def line(*words: Any) -> Block:  # noqa: ANN401 - any thing a bad block may hold
    return {"type": "rich_text_section", "elements": list(words)}


def word(text: str, **more: Any) -> Block:  # noqa: ANN401 - any key a bad block may have
    return {"type": "text", "text": text, **more}


def select(kind: str, options: int) -> Block:
    choices = [{"text": plain("x"), "value": str(n)} for n in range(options)]
    return {"type": kind, "action_id": "choose", "options": choices}


BAD: dict[str, Any] = {
    "blocks that are an object": {"type": "divider"},
    "a block that is text": ["hello"],
    "a block without a type": [{"text": plain("x")}],
    "a block of an unknown type": [{"type": "nonsense"}],
    "an alert, which is for modals": [{"type": "alert", "text": plain("x")}],
    "51 blocks": [{"type": "divider"}] * 51,
    "a block id of 256 characters": [{"type": "divider", "block_id": "x" * 256}],
    "the same block id twice": [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}],
    "a divider with text": [{"type": "divider", "text": plain("x")}],
    "a header of 151 characters": [{"type": "header", "text": plain("x" * 151)}],
    "a header in mrkdwn": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    "a header without text": [{"type": "header"}],
    "an empty section": [{"type": "section"}],
    "a section of 3001 characters": [section(plain("x" * 3001))],
    "a section of no characters": [section(plain(""))],
    "a section whose text is no object": [section("hello")],
    "a text of an unknown type": [section({"type": "markdown", "text": "x"})],
    "emoji on mrkdwn": [section({"type": "mrkdwn", "text": "x", "emoji": True})],
    "verbatim on plain text": [section(plain("x", verbatim=True))],
    "11 fields": [{"type": "section", "fields": [plain("x")] * 11}],
    "a field of 2001 characters": [{"type": "section", "fields": [plain("x" * 2001)]}],
    "a text field as an accessory": [{**section(plain("x")), "accessory": {"type": "plain_text_input"}}],
    "an empty context": [{"type": "context", "elements": []}],
    "11 things in a context": [{"type": "context", "elements": [plain("x")] * 11}],
    "a button in a context": [{"type": "context", "elements": [button()]}],
    "no actions": [actions()],
    "26 actions": [actions(*[button(action_id=f"go:{n}") for n in range(26)])],
    "the same action id twice in a row": [actions(button(), button())],
    "a text field among actions": [actions({"type": "plain_text_input", "action_id": "a"})],
    "a multiple select among actions": [actions(select("multi_static_select", 2))],
    "a button label of 76 characters": [actions(button(text=plain("x" * 76)))],
    "a button label in mrkdwn": [actions(button(text={"type": "mrkdwn", "text": "x"}))],
    "a button without a label": [actions({"type": "button", "action_id": "a"})],
    "a button value of 2001 characters": [actions(button(value="x" * 2001))],
    "an empty button value": [actions(button(value=""))],
    "a button value that is a number": [actions(button(value=1))],
    "an action id of 256 characters": [actions(button(action_id="x" * 256))],
    "a button in green": [actions(button(style="green"))],
    "a button with an unknown key": [actions(button(colour="red"))],
    "a select of 101 options": [actions(select("static_select", 101))],
    "a select without options": [actions(select("static_select", 0))],
    "an overflow of 6 options": [actions(select("overflow", 6))],
    "11 checkboxes": [actions(select("checkboxes", 11))],
    "an option value of 151 characters": [
        actions({"type": "static_select", "options": [{"text": plain("x"), "value": "x" * 151}]})
    ],
    "rich text without parts": [rich()],
    "rich text with bare words": [rich(word("x"))],
    "a list without a style": [rich({"type": "rich_text_list", "elements": [line(word("x"))]})],
    "a list of quotes": [
        rich({"type": "rich_text_list", "style": "bullet", "elements": [{"type": "rich_text_quote"}]})
    ],
    "an empty word": [rich(line(word("")))],
    "a word of 3001 characters": [rich(line(word("x" * 3001)))],
    "a word in an unknown style": [rich(line(word("x", style={"blink": True})))],
    "a style that is text": [rich(line(word("x", style="bold")))],
    "an unknown kind of word": [rich(line({"type": "shout", "text": "x"}))],
    "an image without words for those who cannot see it": [{"type": "image", "image_url": "https://x.example"}],
}
GOOD: dict[str, list[Block]] = {
    "nothing but a divider": [{"type": "divider"}],
    "a header at its limit": [{"type": "header", "text": plain("x" * 150, emoji=False)}],
    "a section at its limit": [section(plain("x" * 3000))],
    "a section with a button": [{**section({"type": "mrkdwn", "text": "*x*"}), "accessory": button()}],
    "50 blocks": [{"type": "divider"}] * 50,
    "ten notes": [{"type": "context", "elements": [plain("x")] * 10}],
    "five buttons": [actions(*[button(action_id=f"go:{n}", style="primary") for n in range(5)])],
    "a select at its limit": [actions(select("static_select", 100))],
    "words, a list and a quote": [
        rich(
            line(word("x", style={"bold": True}), {"type": "link", "url": "https://x.example"}),
            {"type": "rich_text_list", "style": "bullet", "elements": [line(word("x"))]},
            {"type": "rich_text_quote", "elements": [word("x", style={"italic": True})]},
        )
    ],
    "a picture": [{"type": "image", "image_url": "https://x.example/y.png", "alt_text": "A school"}],
}


@pytest.mark.parametrize("blocks", BAD.values(), ids=BAD.keys())
def test_slack_would_refuse(blocks: object) -> None:
    faults = payload_faults({"text": "x", "blocks": blocks})

    assert faults
    assert faults[0].startswith("invalid_blocks")


@pytest.mark.parametrize("blocks", GOOD.values(), ids=GOOD.keys())
def test_slack_would_take(blocks: object) -> None:
    assert payload_faults({"text": "x", "blocks": blocks}) == []


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        ({"text": "", "blocks": []}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [section(plain("x" * 2900)) for _ in range(4)]}, "msg_blocks_too_long"),
    ],
)
def test_slack_would_name_the_limit(payload: dict[str, Any], error: str) -> None:
    assert payload_faults(payload)[0].startswith(error)
