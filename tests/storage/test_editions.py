from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.errors import ChangeRefused
from tests.storage.builders import NOW, an_item

if TYPE_CHECKING:
    from storage.database import Database


def test_before_anything_is_imported_no_official_words_are_known(database: Database) -> None:
    with database.begin() as work:
        assert work.editions.active() is None
        assert work.editions.active_id() is None


def test_an_imported_document_comes_back_word_for_word_and_in_its_own_order(database: Database) -> None:
    items = (
        an_item("5.4"),
        an_item("5.1", part="(b)"),
        an_item("5.1", part="(a)", words="“Quotes” – é"),
        an_item("1.1"),
    )

    with database.begin() as work:
        edition_id = work.editions.import_edition(source_name="policy.txt", sha256="aa", items=items, now=NOW)
    with database.begin() as work:
        active = work.editions.active()

    assert active is not None
    assert active.items == items
    assert (active.id, active.source_name, active.sha256, active.imported_at) == (
        edition_id,
        "policy.txt",
        "aa",
        NOW,
    )


def test_a_new_document_takes_the_place_of_the_old_one(database: Database) -> None:
    with database.begin() as work:
        work.editions.import_edition(source_name="old.txt", sha256="aa", items=(an_item("1.1"),), now=NOW)

    with database.begin() as work:
        work.editions.import_edition(source_name="new.txt", sha256="bb", items=(an_item("1.2"),), now=NOW)

    with database.begin() as work:
        active = work.editions.active()
    assert active is not None
    assert active.source_name == "new.txt"
    assert active.items == (an_item("1.2"),)


def test_the_same_document_again_is_read_anew_and_comes_back_into_force(database: Database) -> None:
    with database.begin() as work:
        first = work.editions.import_edition(source_name="a.txt", sha256="aa", items=(an_item("1.1"),), now=NOW)
        work.editions.import_edition(source_name="b.txt", sha256="bb", items=(), now=NOW)

    with database.begin() as work:
        again = work.editions.import_edition(
            source_name="copy.txt",
            sha256="aa",
            items=(an_item("1.1", words="Read better."),),
            now=NOW + timedelta(days=1),
        )

    with database.begin() as work:
        active = work.editions.active()
        assert work.editions.active_id() == again
    assert again != first
    assert active is not None
    assert active.id == again
    assert active.items == (an_item("1.1", words="Read better."),)


def test_a_document_with_the_same_number_twice_is_refused_and_the_old_one_stays(database: Database) -> None:
    with database.begin() as work:
        work.editions.import_edition(source_name="old.txt", sha256="aa", items=(an_item("1.1"),), now=NOW)

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.editions.import_edition(
            source_name="new.txt", sha256="bb", items=(an_item("2.1"), an_item("2.1")), now=NOW
        )

    with database.begin() as work:
        active = work.editions.active()
    assert active is not None
    assert active.source_name == "old.txt"
