from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policy_kb.words import SubjectKind, Verb
from storage.audit import AuditEntry, Subject
from storage.errors import ChangeRefused
from tests.storage.builders import NOW, an_item

if TYPE_CHECKING:
    from storage.database import Database

IMPORT = AuditEntry(actor=None, verb=Verb.IMPORTED, at=NOW)


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
        edition_id = work.editions.import_edition(source_name="policy.txt", sha256="aa", items=items, entry=IMPORT)
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
        work.editions.import_edition(source_name="old.txt", sha256="aa", items=(an_item("1.1"),), entry=IMPORT)

    with database.begin() as work:
        work.editions.import_edition(source_name="new.txt", sha256="bb", items=(an_item("1.2"),), entry=IMPORT)

    with database.begin() as work:
        active = work.editions.active()
    assert active is not None
    assert active.source_name == "new.txt"
    assert active.items == (an_item("1.2"),)


def test_the_document_that_was_in_force_before_one_is_found(database: Database) -> None:
    with database.begin() as work:
        first = work.editions.import_edition(source_name="a.txt", sha256="aa", items=(an_item("1.1"),), entry=IMPORT)
        second = work.editions.import_edition(source_name="b.txt", sha256="bb", items=(), entry=IMPORT)
        third = work.editions.import_edition(source_name="c.txt", sha256="cc", items=(), entry=IMPORT)

    with database.begin() as work:
        before = [work.editions.before(one) for one in (first, second, third)]
    assert [one and (one.source_name, one.items) for one in before] == [
        None,
        ("a.txt", (an_item("1.1"),)),
        ("b.txt", ()),
    ]


def test_the_same_document_again_is_read_anew_and_comes_back_into_force(database: Database) -> None:
    with database.begin() as work:
        first = work.editions.import_edition(source_name="a.txt", sha256="aa", items=(an_item("1.1"),), entry=IMPORT)
        work.editions.import_edition(source_name="b.txt", sha256="bb", items=(), entry=IMPORT)

    with database.begin() as work:
        again = work.editions.import_edition(
            source_name="copy.txt",
            sha256="aa",
            items=(an_item("1.1", words="Read better."),),
            entry=replace(IMPORT, at=NOW + timedelta(days=1)),
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
        work.editions.import_edition(source_name="old.txt", sha256="aa", items=(an_item("1.1"),), entry=IMPORT)

    with pytest.raises(ChangeRefused), database.begin() as work:
        work.editions.import_edition(
            source_name="new.txt", sha256="bb", items=(an_item("2.1"), an_item("2.1")), entry=IMPORT
        )

    with database.begin() as work:
        active = work.editions.active()
    assert active is not None
    assert active.source_name == "old.txt"


def test_every_import_is_in_the_audit_of_its_document_and_of_the_one_before(database: Database) -> None:
    with database.begin() as work:
        old = work.editions.import_edition(source_name="old.txt", sha256="aa", items=(an_item("1.1"),), entry=IMPORT)
        new = work.editions.import_edition(source_name="new.txt", sha256="bb", items=(), entry=IMPORT)

    with database.begin() as work:
        chains = [work.audit.chain(Subject(SubjectKind.EDITION, str(which))) for which in (old, new)]
    assert [[(row.verb, row.facts) for row in chain] for chain in chains] == [
        [("imported", '{"items":1,"sha256":"aa"}'), ("changed", f'{{"in_force":false,"replaced_by":{new}}}')],
        [("imported", '{"items":0,"sha256":"bb"}')],
    ]
