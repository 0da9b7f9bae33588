"""In the web chat, a link of the bot's own opens in a new tab, and an address that stands in words leads nowhere."""

from __future__ import annotations

import pytest

from bot.channels.web.render import render
from handlers.message import Link, Message, Paragraph


def shown(text: str) -> str:
    return render(Message(title="Here it is.", blocks=(Paragraph(text=text),)))


@pytest.mark.parametrize(
    "own",
    ["http://127.0.0.1:8080/register/open/AbC_d-1", "http://localhost/calendar/AbC_d-1.ics"],
)
def test_a_link_opens_in_a_new_tab(own: str) -> None:
    drawn = render(Message(title="Here it is.", blocks=(Link(label="Open it", address=own),)))

    assert f'<p><a href="{own}" target="_blank" rel="noopener">Open it</a></p>' in drawn


@pytest.mark.parametrize(
    "other",
    [
        "https://evil.example/register/open/x",
        "http://127.0.0.1.evil.example/register/open/x",
        "http://127.0.0.1:8080/register/open/x?to=https://evil.example",
        "http://127.0.0.1:8080/register/open/x y",
        "http://127.0.0.1:8080/register/open/../../start",
        "http://127.0.0.1:8080/start",
        "javascript:alert(1)//http://127.0.0.1/register/open/x",
        "Look: http://127.0.0.1/register/open/x",
        "http://127.0.0.1/register/open/x\n",
    ],
)
def test_whatever_else_is_written_leads_nowhere(other: str) -> None:
    assert "<a " not in shown(other)
