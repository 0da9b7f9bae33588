"""Turn an official policy document into the items of the edition, word for word."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_kb.document_problems import problems
from policy_kb.edition_shape import load_shape
from policy_kb.form_labels import load_form_labels
from policy_kb.gather import Gatherer
from policy_kb.printed_lines import plain_words, printed_lines

if TYPE_CHECKING:
    from policy_kb.clause import ClauseRef
    from policy_kb.gathered import Block

LONGEST = 500_000
"""Characters; twenty times a long policy."""

MOST_UNREADABLE = 0.01
"""The share of characters that no text has, above which a file is not text."""


class DocumentError(Exception):
    """The document cannot be used; the sentence says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialItem:
    """One item of the official document."""

    ref: ClauseRef
    heading: str  # of the section it stands in, as printed
    words: str  # as printed, on one line
    printed: str  # the number as printed: "A. 1.8"; empty where it has none


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument:
    """An official policy document, read; `problems` are sentences for the policy owner."""

    title: str
    items: tuple[OfficialItem, ...]
    problems: tuple[str, ...]


def parse_document(text: str) -> OfficialDocument:
    """
    Read the plain text of a policy into items under its own numbers, in the order of the document.

    The bullets of 5.1 and A.5.10 become parts "(a)", "(b)" …; 5.1 itself keeps the sentences around them.
    A clause that the shipped edition splits by force (4.2, 5.3, 5.5, A.4.11) stays whole.

    Raises:
        DocumentError: the text is empty, too long or not text, or has no numbered clause.
        EditionError: a data file of the edition has a slip.
    """
    _check_is_text(text)
    shape = load_shape()
    gatherer = Gatherer(load_form_labels(), shape)
    gatherer.read(printed_lines(text))
    items = tuple(item for block in gatherer.blocks if (item := _item(block)).words)
    if not any(item.printed and not item.ref.part for item in items):
        raise DocumentError(
            "No line starts with a clause number such as 1.1 or A.4.11."
            " Save the policy as plain text again, with its numbers kept, and import that file."
        )
    return OfficialDocument(title=gatherer.title, items=items, problems=problems(gatherer, shape))


def _check_is_text(text: str) -> None:
    if not text.strip():
        raise DocumentError("The document is empty. Choose the file that holds the policy's text.")
    if len(text) > LONGEST:
        raise DocumentError("This file is far longer than a policy. Choose the file that holds the policy alone.")
    unreadable = sum(one == "\ufffd" or (unicodedata.category(one) == "Cc" and not one.isspace()) for one in text)
    if "\0" in text or text.startswith(("%PDF", "PK\x03\x04", "{\\rtf")) or unreadable > MOST_UNREADABLE * len(text):
        raise DocumentError("This file is not plain text. Save the policy as plain text (UTF-8) and import that file.")


def _item(block: Block) -> OfficialItem:
    # Once more for the whole: emphasis may start on one printed line and end on another.
    return OfficialItem(
        ref=block.ref, heading=block.heading, words=plain_words(" ".join(block.texts)), printed=block.printed
    )
