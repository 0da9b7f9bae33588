"""Somebody wants the record of a request as a PDF: it is drawn, and noted in the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.paper.draw import draw
from handlers.requests.about import OF_A_REQUEST, read_request
from handlers.requests.matter import matter_of, may_read
from handlers.requests.papers import COMMAND, note_paper
from handlers.requests.record import record_of
from policy_kb.bot_words import SayKind
from policy_kb.rules.refusal import ProductRule, Refusal
from storage.says import SayFacts

if TYPE_CHECKING:
    from handlers.requests.act import Act
    from storage.person import Person


class NothingToPrint(Refusal):
    """A draft is printed as though somebody had been asked."""

    key = "nothing_to_print"
    says = "It was not sent yet, so there is no record of it to print."
    because = ProductRule.EVERYTHING_IN_ITS_STATE


def hand_out(about: str, person: Person, act: Act) -> tuple[SayFacts, ...]:
    """
    Note that somebody is given the record as it stands now; whoever may not read the form is given nothing.

    Raises:
        NothingToPrint: it was not sent yet.
        CannotBeDrawn: it cannot be set as an accessible PDF; nothing was noted.

    Policy: A.3.3
    """
    request_id = read_request(about)
    if request_id is None:
        return (SayFacts(kind=SayKind.GONE, about=OF_A_REQUEST),)
    matter = matter_of(request_id, act.view, act.uow)
    if matter and may_read(matter, person, act.uow, on=act.today):
        if not matter.facts.version:
            raise NothingToPrint(str(request_id))
        record = record_of(request_id, act.view, act.uow)
        through = act.channel.value if act.channel else COMMAND
        note_paper(request_id, record, draw(record), act.uow, by=person.id, through=through, now=act.now)
    return (SayFacts(kind=SayKind.PAPER, about=str(request_id)),)
