"""The record of a request as a file, with the code by which it is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Attachment, Message, Note, Paragraph, Tone
from handlers.paper.draw import draw
from handlers.requests import in_words
from handlers.requests.about import read_request
from handlers.requests.matter import matter_of, may_read
from handlers.requests.papers import is_noted
from handlers.requests.record import record_of
from policy_kb.bot_words import Action

if TYPE_CHECKING:
    from handlers.message import Button
    from handlers.requests.matter import Matter
    from handlers.requests.record import Record
    from handlers.scene import SayScene

HOLDS = (
    "It is the form in its printed order, with who signed what and when, and everything that happened. "
    "It holds names: give it only to those who need it."
)


def compose_paper(about: str, scene: SayScene) -> Message:
    """
    Return the PDF that was noted in the audit; a request that has moved on since has none to give.

    Policy: A.3.3
    """
    request_id = read_request(about)
    matter = matter_of(request_id, scene.view, scene.uow) if request_id else None
    if matter is None or not matter.facts.version or not may_read(matter, scene.person, scene.uow, on=scene.today):
        return in_words.gone()
    record = record_of(matter.facts.id, scene.view, scene.uow)
    # A paper that nobody noted could not be told from a forged one.
    return _paper(matter, record) if is_noted(matter.facts.id, record["code"], scene.uow) else _moved_on(matter)


def paper_button(matter: Matter) -> tuple[Button, ...]:
    """Return the button for a request's record as a PDF; none for a draft, which is nothing to show around."""
    if not matter.facts.version:
        return ()
    return (in_words.button("The form as PDF", Action.PAPER, str(matter.facts.id)),)


def _paper(matter: Matter, record: Record) -> Message:
    name = f"{matter.called}.pdf"
    command = f"askfirst request pdf {matter.facts.id} {name}"
    return Message(
        title=f"{matter.called} as a PDF",
        blocks=(
            Paragraph(text=HOLDS),
            Note(
                text=f"Verification code {record['code']}. Whoever runs Ask First can check the file, or this code, "
                "with: askfirst request verify"
            ),
        ),
        buttons=(in_words.button("Where it stands", Action.STATUS, str(matter.facts.id)),),
        attachment=Attachment(
            name=name,
            content=draw(record),
            otherwise=f"Whoever runs Ask First can make the same file for you, with: {command}",
        ),
    )


def _moved_on(matter: Matter) -> Message:
    return Message(
        title=f"{matter.called} has moved on since you asked for its PDF.",
        tone=Tone.CARE,
        blocks=(Paragraph(text="Press again for its record as it stands now."),),
        buttons=paper_button(matter),
    )
