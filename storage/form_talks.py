"""Which form somebody is filling in where: what they type there next belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from policy_kb.request_words import RequestId
from storage import request_tables
from storage.conflict import insert_or_change

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from policy_kb.words import Channel, PersonId

_talks = request_tables.form_talks


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTalks:
    """The conversations in which a form is under way; one form a person in each."""

    connection: Connection

    def begin(
        self,
        channel: Channel,
        tenant: str,
        conversation_id: str,
        person_id: PersonId,
        request_id: RequestId,
        now: datetime,
    ) -> None:
        """
        Go on with a form here, in place of whichever it was.

        Raises:
            ChangeRefused: there is no such request or person.
        """
        place = {"channel": channel, "tenant": tenant, "conversation_id": conversation_id, "person_id": person_id}
        insert_or_change(self.connection, _talks, [{**place, "request_id": request_id, "at": now}])

    def of(self, channel: Channel, tenant: str, conversation_id: str, person_id: PersonId) -> RequestId | None:
        """Return the form somebody is filling in here."""
        here = select(_talks.c.request_id).where(*_here(channel, tenant, conversation_id, person_id))
        found = self.connection.execute(here).scalar_one_or_none()
        return None if found is None else RequestId(found)

    def end(self, channel: Channel, tenant: str, conversation_id: str, person_id: PersonId) -> None:
        """Let what somebody types here be what it is again."""
        self.connection.execute(delete(_talks).where(*_here(channel, tenant, conversation_id, person_id)))

    def end_all(self, request_id: RequestId) -> None:
        """End the talk about a request everywhere: it is sent, paused or given up."""
        self.connection.execute(delete(_talks).where(_talks.c.request_id == request_id))

    def forget_before(self, instant: datetime) -> int:
        """End the talks of forms that nobody has touched since an instant; return how many. The forms stay."""
        made = request_tables.requests
        idle = select(made.c.id).where(made.c.touched_at < instant)
        gone = delete(_talks).where(_talks.c.at < instant, _talks.c.request_id.in_(idle))
        return self.connection.execute(gone).rowcount


def _here(channel: Channel, tenant: str, conversation_id: str, person_id: PersonId) -> tuple[ColumnElement[bool], ...]:
    return (
        _talks.c.channel == channel,
        _talks.c.tenant == tenant,
        _talks.c.conversation_id == conversation_id,
        _talks.c.person_id == person_id,
    )
