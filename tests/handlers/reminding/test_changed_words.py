"""What another document says otherwise than the one before, shown to whoever presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.words import ItemId, Verb
from storage.audit import AuditEntry
from storage.editions import EditionId, OfficialItem
from tests.handlers.requests.office import HARRIET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.message import Message
    from tests.handlers.cover.rota_office import Rota

WORDS = {"5.4": "Staff must not be friends with parents.", "6.2": "Have a good reason."}


def put_in_force(rota: Rota, words: Mapping[str, str]) -> EditionId:
    items = tuple(OfficialItem(id=ItemId(one), words=said) for one, said in words.items())
    entry = AuditEntry(actor=None, verb=Verb.IMPORTED, at=rota.clock())
    with rota.database.begin() as uow:
        return uow.editions.import_edition(source_name="policy.txt", sha256="0" * 64, items=items, entry=entry)


def shown(rota: Rota, about: str) -> Message:
    (message,) = rota.press(HARRIET, Action.WHAT_CHANGED, about)
    return message


def test_each_item_is_shown_as_it_was_as_it_is_and_with_what_staff_ask_of_it(rota: Rota) -> None:
    put_in_force(rota, WORDS)
    newer = {"5.4": "Staff should not be friends with parents.", "9.9": "Be kind."}
    edition_id = put_in_force(rota, newer)

    message = shown(rota, f"{edition_id}:0")

    text = plain_text(message)
    assert message.title == "What changed: 1 item has other words, 1 is new, 1 is gone."
    assert "5.4 was: “Staff must not be friends with parents.”" in text
    assert "5.4 is: “Staff should not be friends with parents.”" in text
    assert "“Can I accept a friend request from a parent?” (no)" in text
    assert "9.9 was: Not in the document before." in text
    assert "so no answer quotes it" in text
    assert "6.2 is: Gone: answers quote our plain words again." in text
    assert "2 of the 88 golden questions are answered with them." in text


def test_of_a_clause_that_we_split_the_golden_questions_of_all_its_parts_are_shown(rota: Rota) -> None:
    put_in_force(rota, {"4.2": "Be fair."})
    edition_id = put_in_force(rota, {"4.2": "Be fair, always."})

    text = plain_text(shown(rota, f"{edition_id}:0"))

    assert "moan about my school" in text
    assert "spoof account" in text


def test_more_than_five_come_one_message_after_the_other(rota: Rota) -> None:
    put_in_force(rota, {f"4.{number}": "Once." for number in range(1, 8)})
    edition_id = put_in_force(rota, {f"4.{number}": "Twice." for number in range(1, 8)})

    first = shown(rota, f"{edition_id}:0")
    (more,) = first.buttons
    (second,) = rota.push(HARRIET, first, "The next")

    assert more.label == "The next 2"
    assert ["4.5 is: “Twice.”" in plain_text(one) for one in (first, second)] == [True, False]
    assert ["4.6 is: “Twice.”" in plain_text(one) for one in (first, second)] == [False, True]
    assert second.buttons == ()


@pytest.mark.parametrize("about", ["", "1", "1:0", "2:x", "3:0", "999999999:0", "2:0:0", "-1:0", "½:0"])
def test_whatever_a_forged_button_brings_nothing_is_shown_that_is_not_there(rota: Rota, about: str) -> None:
    put_in_force(rota, WORDS)
    put_in_force(rota, WORDS)

    message = shown(rota, about)

    assert message.title == "That document is not in force any more, or no other was in force before it."


def test_the_same_document_again_has_no_other_words(rota: Rota) -> None:
    put_in_force(rota, WORDS)
    edition_id = put_in_force(rota, WORDS)

    assert shown(rota, f"{edition_id}:0").title == "What changed: no word is different."
