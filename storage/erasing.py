"""
Forgetting a person: everything that says who they were goes, and what the trust must still be able to prove stays.

Every column that points at a person has its fate here, and a test asks for one for each new column.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, exists, insert, literal, or_, select, update

from policy_kb.words import PersonId
from storage import (
    due_tables,
    page_tables,
    people_tables,
    request_erasing,
    request_tables,
    rota_tables,
    site_tables,
    tables,
)
from storage.audit import Subject
from storage.person import FULL_WEEK
from storage.site_erasing import SiteErasing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from sqlalchemy import Column, Connection

    from storage.audit import Audit, AuditEntry

BLANK_NAME = "Somebody erased"


class Fate(StrEnum):
    """What becomes of a row that points at somebody who is erased."""

    GOES = "goes"  # the row is about them
    EMPTIED = "emptied"  # the row tells who is in charge now, and that is nobody
    BLANKED = "blanked"  # the row tells what happened, to or by somebody who has no name any more


FATES: dict[Column[str], Fate] = {
    tables.chat_identities.c.person_id: Fate.GOES,
    tables.outbox.c.person_id: Fate.GOES,
    people_tables.chat_addresses.c.person_id: Fate.GOES,
    people_tables.bot_roles.c.person_id: Fate.GOES,
    people_tables.role_holdings.c.person_id: Fate.GOES,
    people_tables.person_settings.c.person_id: Fate.GOES,
    people_tables.people.c.line_manager_id: Fate.EMPTIED,
    people_tables.settings.c.final_approver_id: Fate.EMPTIED,
    people_tables.delegations.c.from_id: Fate.GOES,
    people_tables.delegations.c.to_id: Fate.GOES,
    people_tables.delegations.c.set_by_id: Fate.BLANKED,
    people_tables.settings.c.stands_in_id: Fate.EMPTIED,
    people_tables.setting_delegators.c.person_id: Fate.GOES,
    request_tables.requests.c.requester_id: Fate.BLANKED,
    request_tables.requests.c.author_id: Fate.BLANKED,
    request_tables.answers.c.given_by: Fate.BLANKED,
    request_tables.versions.c.author_id: Fate.BLANKED,
    request_tables.versions.c.sent_by: Fate.BLANKED,
    request_tables.asks.c.person_id: Fate.GOES,  # who is asked now; who decided is told by the decision
    request_tables.asks.c.acting_for_id: Fate.GOES,
    request_tables.decisions.c.by_id: Fate.BLANKED,
    request_tables.decisions.c.acting_for_id: Fate.BLANKED,
    request_tables.reassignments.c.from_id: Fate.BLANKED,
    request_tables.reassignments.c.to_id: Fate.BLANKED,
    request_tables.reassignments.c.by_id: Fate.BLANKED,
    request_tables.snoozes.c.person_id: Fate.GOES,
    request_tables.form_talks.c.person_id: Fate.GOES,
    request_tables.cards.c.person_id: Fate.GOES,
    site_tables.sites.c.author_id: Fate.BLANKED,
    site_tables.members.c.person_id: Fate.BLANKED,  # who looked after a site when is part of the register
    site_tables.checks.c.by_id: Fate.BLANKED,
    site_tables.evaluations.c.by_id: Fate.BLANKED,
    site_tables.tasks.c.about_id: Fate.BLANKED,
    site_tables.tasks.c.done_by_id: Fate.BLANKED,
    site_tables.moderation.c.by_id: Fate.BLANKED,
    rota_tables.slots.c.person_id: Fate.BLANKED,  # who served; what is to come is a gap before
    rota_tables.slots.c.reserve_id: Fate.EMPTIED,
    rota_tables.absences.c.person_id: Fate.GOES,
    rota_tables.absences.c.set_by_id: Fate.BLANKED,
    rota_tables.gaps.c.by_id: Fate.BLANKED,
    rota_tables.offers.c.by_id: Fate.BLANKED,
    rota_tables.offer_asks.c.person_id: Fate.GOES,
    page_tables.page_links.c.person_id: Fate.GOES,
    page_tables.page_sessions.c.person_id: Fate.GOES,
    page_tables.feeds.c.person_id: Fate.GOES,
    due_tables.days_told.c.person_id: Fate.GOES,
    due_tables.put_off.c.person_id: Fate.GOES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What somebody has to look at once a person is erased; settings and sites by name."""

    without_final_approver: tuple[str, ...]
    named_on_dsl_card: tuple[str, ...]  # the card has names of its own, which an import changes
    without_author: tuple[str, ...]  # sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasing:
    """Takes people out of everything that is kept."""

    connection: Connection
    audit: Audit
    people_change: Callable[[], None]  # they have to be read anew

    def erase(self, person_id: PersonId, *, entry: AuditEntry) -> Erased:
        """
        Erase a person; their chain of the audit ends with `entry`, still verifies, and is nobody's from then on.

        Where something that happened still points at them, a row without name, post or address stands in. That
        holds for a request that was sent, for it is the trust's record; a draft that never was goes with them.
        They look after no site any more, and every slot of theirs that is not over is a gap.

        Raises:
            ChangeRefused: something points at them whose fate is not decided; nothing is changed.
        """
        sites = SiteErasing(connection=self.connection, audit=self.audit)
        left = self._to_look_at(person_id, sites.author_of(person_id))
        sites.take_out(person_id, entry.at.date(), entry=entry)
        self.audit.write(Subject.of_person(person_id), entry)
        self._erase_what_they_were_told(person_id)
        request_erasing.drop_drafts(self.connection, person_id)
        self._blank(person_id, entry.at.date())
        for column in _columns(Fate.EMPTIED):
            self.connection.execute(update(column.table).where(column == person_id).values({column.name: None}))
        for column in _columns(Fate.GOES):
            self.connection.execute(delete(column.table).where(column == person_id))
        people = people_tables.people
        self.connection.execute(delete(people).where(people.c.id == person_id))
        self.people_change()
        self.audit.forget(person_id)
        return left

    def forget_leavers(self, day: date) -> int:
        """Forget who people were in chat who had left by a London day; return how many rows went."""
        people = people_tables.people
        gone = select(people.c.id).where(people.c.ends_on <= day)
        places = (tables.chat_identities.c.person_id, people_tables.chat_addresses.c.person_id)
        return sum(self.connection.execute(delete(column.table).where(column.in_(gone))).rowcount for column in places)

    def _to_look_at(self, person_id: PersonId, without_author: tuple[str, ...]) -> Erased:
        settings, cards, people = people_tables.settings, people_tables.dsl_cards, people_tables.people
        approves = select(settings.c.name).where(settings.c.final_approver_id == person_id)
        name = select(people.c.name).where(people.c.id == person_id).scalar_subquery()
        on_card = (
            select(settings.c.name)
            .join(cards, cards.c.setting_id == settings.c.id)
            .where(or_(cards.c.name == name, cards.c.deputy_name == name))
        )
        return Erased(
            without_final_approver=tuple(self.connection.execute(approves.order_by(settings.c.name)).scalars()),
            named_on_dsl_card=tuple(self.connection.execute(on_card.order_by(settings.c.name)).scalars()),
            without_author=without_author,
        )

    def _erase_what_they_were_told(self, person_id: PersonId) -> None:
        known, answers = tables.chat_identities, tables.answers
        asked = exists().where(
            known.c.person_id == person_id,
            known.c.channel == answers.c.channel,
            known.c.tenant == answers.c.tenant,
            known.c.user_id == answers.c.actor,
        )
        self.connection.execute(delete(answers).where(asked))
        reached, queue = people_tables.chat_addresses, tables.outbox
        to_them = exists().where(
            reached.c.person_id == person_id, reached.c.channel == queue.c.channel, reached.c.address == queue.c.address
        )
        self.connection.execute(delete(queue).where(to_them))

    def _blank(self, person_id: PersonId, day: date) -> None:
        """Let somebody without a name stand in where their part in what happened is still told."""
        told = [column for column in _columns(Fate.BLANKED) if self._points_at(column, person_id)]
        answered = request_erasing.is_answered_with(self.connection, person_id)
        if not (told or answered):
            return
        # The id is made of the name, so it cannot stay.
        blank = PersonId(f"erased-{uuid4().hex}")
        row = {"name": BLANK_NAME, "post": "", "department": "", "pattern": FULL_WEEK, "term_time_only": False}
        dates = {"starts_on": None, "ends_on": day}
        self.connection.execute(insert(people_tables.people).values(id=blank, **row, **dates))
        works = people_tables.person_settings
        mains = select(literal(blank), works.c.setting_id, works.c.is_main).where(
            works.c.person_id == person_id, works.c.is_main
        )
        self.connection.execute(insert(works).from_select(["person_id", "setting_id", "is_main"], mains))
        for column in told:
            self.connection.execute(update(column.table).where(column == person_id).values({column.name: blank}))
        request_erasing.answer_with(self.connection, person_id, blank)

    def _points_at(self, column: Column[str], person_id: PersonId) -> bool:
        return self.connection.execute(select(exists().where(column == person_id))).scalar_one()


def _columns(fate: Fate) -> Iterator[Column[str]]:
    return (column for column, decided in FATES.items() if decided is fate)
