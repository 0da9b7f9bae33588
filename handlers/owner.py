"""What the policy owner does: import the trust's official document, look a clause up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import notices
from handlers.changed_words import changes_of
from handlers.notices import Scene
from handlers.wording import Reader
from policy_kb.parse import parse_document
from policy_kb.toml_entries import parse_ref
from policy_kb.words import Verb
from storage.audit import AuditEntry
from storage.editions import OfficialItem

if TYPE_CHECKING:
    from datetime import date, datetime

    from handlers.desk import Reading
    from handlers.message import Message
    from policy_kb.rewording import Reworded
    from storage.unit_of_work import UnitOfWork


class NoSuchClause(Exception):  # noqa: N818 - the name is the sentence: there is no such clause
    """Nothing in the policy has this number; the text says so and how numbers look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import brought."""

    title: str
    items: int  # with words of the document
    problems: tuple[str, ...]  # what a person should look at in the document
    kept_ours: tuple[str, ...]  # items of the edition the document has no words for
    changed: tuple[Reworded, ...]  # from the document that was in force before; nothing where there was none


def import_policy(text: str, source_name: str, reading: Reading, uow: UnitOfWork, *, now: datetime) -> Imported:
    """
    Put the trust's official document in force: from now on answers quote it word for word.

    Raises:
        DocumentError: the text is no policy this can read; nothing is changed.
    """
    document = parse_document(text)
    items = tuple(
        OfficialItem(id=item.ref.id, part=item.ref.part, heading=item.heading, words=item.words)
        for item in document.items
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    entry = AuditEntry(actor=None, verb=Verb.IMPORTED, at=now)
    edition_id = uow.editions.import_edition(source_name=source_name, sha256=digest, items=items, entry=entry)
    with_words = {item.ref for item in document.items}
    whole = {ref.id for ref in with_words}
    missing = [str(ref) for ref in reading.view.items if ref not in with_words and ref.id not in whole]
    return Imported(
        title=document.title,
        items=len(items),
        problems=document.problems,
        kept_ours=tuple(missing),
        changed=changes_of(edition_id, uow) or (),
    )


def show_clause(number: str, reading: Reading, *, today: date) -> Message:
    """
    Return one clause whole, as staff see it.

    Raises:
        NoSuchClause: the policy has no item of that number.
    """
    try:
        ref = parse_ref(number.strip())
    except ValueError as problem:
        raise NoSuchClause(str(problem)) from None
    scene = Scene(view=reading.view, reader=Reader(), today=today)
    refs = [item for item in reading.view.items if item == ref or (not ref.part and item.id == ref.id)]
    if not refs:
        raise NoSuchClause(f"The policy has no {number}. Try a number such as 5.4, A.4.11 or form.host.")
    return notices.compose_clauses(tuple(refs), scene)
