"""Examples of the messages about the register; tests.gallery shows them with all the others."""

from __future__ import annotations

from handlers.message import Button, Link, Message, Note, Paragraph, Tone
from policy_kb.bot_words import Action

REGISTER = {
    "a link to the register": Message(
        title="Here is your link to the register of sites.",
        blocks=(
            Link(
                label="Open the register of sites",
                address="https://ask.example/register/open/a-sample-that-opens-nothing",
            ),
            Paragraph(text="It works once, for ten minutes. Do not pass it on: it opens the register as you."),
        ),
        buttons=(Button(label="A new link", action=Action.REGISTER, about=""),),
    ),
    "a register without an address": Message(
        title="The register page has no address here yet, so I cannot give you a link.",
        tone=Tone.CARE,
        blocks=(
            Paragraph(text="Everything about cover can be asked here: “who is on this week?” or “gaps”."),
            Note(text="Whoever runs the bot sets ASKFIRST_ADDRESS to the address people's browsers can reach."),
        ),
        buttons=(
            Button(label="Who is on", action=Action.ON_DUTY, about=""),
            Button(label="What is not covered", action=Action.GAPS, about=""),
        ),
    ),
}
