"""Taking a person out of requests: drafts go with whoever made them, and what was sent stays without their name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, cast, delete, select, update

from storage import request_tables as tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Column, Connection, Row

    from policy_kb.words import PersonId

# Answers that name somebody of the staff hold their id, and it is made of the name.
_ANSWERS: tuple[Column[Any], ...] = (tables.answers.c.value, tables.versions.c.answers, tables.decisions.c.facts)


def drop_drafts(connection: Connection, person_id: PersonId) -> None:
    """Remove what somebody began and never sent: nobody else has ever seen it."""
    made = tables.requests
    connection.execute(delete(made).where(made.c.requester_id == person_id, made.c.version == 0))


def is_answered_with(connection: Connection, person_id: PersonId) -> bool:
    """Tell whether any answer names somebody."""
    return any(_naming(connection, column, person_id) for column in _ANSWERS)


def answer_with(connection: Connection, person_id: PersonId, stand_in: PersonId) -> None:
    """Put somebody else's id into every answer that names a person; what was typed about them stays as typed."""
    for column in _ANSWERS:
        key = list(column.table.primary_key)
        for row in _naming(connection, column, person_id):
            same = and_(*(one == getattr(row, one.name) for one in key))
            value = _put(getattr(row, column.name), person_id, stand_in)
            connection.execute(update(column.table).where(same).values({column.name: value}))


def _naming(connection: Connection, column: Column[Any], person_id: PersonId) -> list[Row[tuple[object, ...]]]:
    holds = cast(column, Text).contains(json.dumps(person_id), autoescape=True)
    found: Sequence[Row[tuple[object, ...]]] = connection.execute(select(column.table).where(holds)).all()
    return [row for row in found if person_id in _texts(getattr(row, column.name))]


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - a list of texts, or lists of texts by question
    if isinstance(value, dict):
        for texts in value.values():
            yield from texts
    else:
        yield from value


def _put(value: Any, person_id: PersonId, stand_in: PersonId) -> Any:  # noqa: ANN401 - as above, and the same comes back
    if isinstance(value, dict):
        return {question: _put(texts, person_id, stand_in) for question, texts in value.items()}
    return [stand_in if text == person_id else text for text in value]
