"""All answers of a request, by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import Fact, Facts, Message, Paragraph
from handlers.requests import in_words
from handlers.requests.about import read_request
from handlers.requests.matter import matter_of, may_read
from handlers.requests.paper_said import paper_button
from policy_kb.bot_words import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.message import Block
    from handlers.requests.matter import Matter
    from handlers.scene import SayScene


def compose_whole_form(about: str, scene: SayScene) -> Message:
    """Return every answer as it was sent last; nothing to somebody whom the request does not concern."""
    request_id = read_request(about)
    matter = matter_of(request_id, scene.view, scene.uow) if request_id else None
    if matter is None or not may_read(matter, scene.person, scene.uow, on=scene.today):
        return in_words.gone()
    return Message(
        title=f"{matter.called}: {matter.form.title}, version {matter.facts.version}",
        blocks=(
            Facts(rows=(Fact(label="Who asks", value=in_words.who_asks(matter, scene)),)),
            *_sections(matter, scene),
            *_decisions(matter, scene),
        ),
        buttons=(
            in_words.button("Where it stands", Action.STATUS, str(matter.facts.id)),
            *paper_button(matter),
        ),
    )


def _sections(matter: Matter, scene: SayScene) -> Iterator[Block]:
    asked = matter.form.asked(matter.facts.answers)
    for section in matter.form.sections:
        rows = tuple(
            in_words.answer_row(question, matter, scene, whole=True)
            for question in asked
            if question.section == section.key
        )
        if rows:
            yield Paragraph(text=section.title)
            yield Facts(rows=rows)


def _decisions(matter: Matter, scene: SayScene) -> Iterator[Block]:
    rows = tuple(
        Fact(label=step.title, value=in_words.standing_in_words(standing, matter, scene))
        for step, standing in matter.in_order()
    )
    if rows:
        yield Paragraph(text="Who was asked, and what they said")
        yield Facts(rows=rows)
