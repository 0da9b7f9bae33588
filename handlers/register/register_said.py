"""What is said with a link to the register page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.message import Link, Message, Note, Paragraph, Tone
from handlers.register.asking import IN_PRIVATE
from handlers.requests.in_words import button, gone
from policy_kb.bot_words import Action, SayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.scene import SayScene

LINK_LASTS = timedelta(minutes=10)
OPEN_PATH = "/register/open/"


def compose_link(about: str, scene: SayScene) -> Message:
    """Return a new link for whoever reads it; where it cannot be given, why, and what helps instead."""
    if about == IN_PRIVATE:
        return Message(
            title="Please write to me directly for this.",
            blocks=(
                Paragraph(
                    text="The link opens the register as you, so I give it only where nobody else reads it. "
                    "Open a chat with me alone and type “register”."
                ),
            ),
        )
    if scene.person is None:
        return gone()
    if not scene.address:
        return _no_address()
    secret = scene.uow.secret_addresses.make_link(scene.person.id, expires_at=scene.now + LINK_LASTS)
    return Message(
        title="Here is your link to the register of sites.",
        blocks=(
            Link(label="Open the register of sites", address=f"{scene.address}{OPEN_PATH}{secret}"),
            Paragraph(text="It works once, for ten minutes. Do not pass it on: it opens the register as you."),
        ),
        buttons=(button("A new link", Action.REGISTER, ""),),
    )


def _no_address() -> Message:
    return Message(
        title="The register page has no address here yet, so I cannot give you a link.",
        tone=Tone.CARE,
        blocks=(
            Paragraph(text="Everything about cover can be asked here: “who is on this week?” or “gaps”."),
            Note(text="Whoever runs the bot sets ASKFIRST_ADDRESS to the address people's browsers can reach."),
        ),
        buttons=(
            button("Who is on", Action.ON_DUTY, ""),
            button("What is not covered", Action.GAPS, ""),
        ),
    )


COMPOSED: Mapping[SayKind, Callable[[str, SayScene], Message]] = {SayKind.REGISTER_LINK: compose_link}
