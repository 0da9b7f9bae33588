"""The plain-text twin of a message: everything that is on the card, in the order it is read."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import pytest

from handlers.message import (
    Alert,
    Attachment,
    ClauseQuote,
    Fact,
    Facts,
    Message,
    Note,
    Paragraph,
    plain_text,
    without_file,
)
from tests.gallery import GALLERY

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYTHING = Message(
    urgent=Alert(title="Act now.", lines=("Call 999.", "Tell the DSL.")),
    title="No. Leave it.",
    blocks=(
        Paragraph(text="A paragraph."),
        ClauseQuote(number="5.4", heading="Families", words="Keep apart.", official=False),
        ClauseQuote(number="5.2", heading="Pupils", words="Printed words.", official=True),
        Facts(rows=(Fact(label="Whom to ask", value="the Headteacher"), Fact(label="By when", value="today"))),
        Note(text="Small print."),
    ),
)


def test_help_for_someone_at_risk_is_read_before_everything_else() -> None:
    text = plain_text(EVERYTHING)

    assert text.startswith("Act now.\n- Call 999.\n- Tell the DSL.\n\nNo. Leave it.")


def test_everything_on_a_card_is_in_its_text_in_the_order_of_reading() -> None:
    text = plain_text(EVERYTHING)

    parts = ["Act now.", "999", "DSL", "No.", "A paragraph.", "5.4", "5.2", "Headteacher", "today", "Small print."]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_our_own_words_are_never_taken_for_the_trusts() -> None:
    ours, official = plain_text(EVERYTHING).split("\n\n")[3:5]

    assert ours == "5.4 Families (our plain words): Keep apart."
    assert official == "5.2 Pupils: Printed words."


@pytest.mark.parametrize("message", GALLERY.values(), ids=GALLERY.keys())
def test_nothing_a_card_says_is_missing_from_its_text(message: Message) -> None:
    text = plain_text(message)

    assert [words for words in _words((message.urgent, message.title, message.blocks)) if words not in text] == []


def test_a_message_with_nothing_but_a_title_is_that_title() -> None:
    assert plain_text(Message(title="Hello.")) == "Hello."


def _words(part: object) -> Iterator[str]:
    """Yield every text within a message, however deep it stands."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _words(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _words(getattr(part, field.name))


def test_a_file_is_named_in_the_text_and_where_none_can_be_given_the_text_says_how_to_get_it() -> None:
    file = Attachment(name="R-12.pdf", content=b"%PDF", otherwise="Ask the office for R-12.pdf.")
    message = Message(title="Your form", attachment=file)

    assert plain_text(message) == "Your form\n\nFile: R-12.pdf"
    assert plain_text(without_file(message, "No files here.")) == (
        "Your form\n\nNo files here. Ask the office for R-12.pdf."
    )
    assert without_file(Message(title="Your form"), "No files here.") == Message(title="Your form")
