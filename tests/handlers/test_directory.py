from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from handlers.directory import names_in, reader_for
from policy_kb.words import Role, Verb
from storage.audit import AuditEntry
from storage.delegations import Delegation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.database import Database
    from storage.person import Person
    from storage.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def uow(database: Database, sample_trust: None) -> Iterator[UnitOfWork]:  # noqa: ARG001 - the people these tests ask about
    with database.begin() as uow:
        yield uow


def someone(uow: UnitOfWork, email: str) -> Person:
    person = uow.people.find_by_email(email)
    assert person is not None
    return person


@pytest.mark.parametrize(
    ("email", "head"),
    [
        ("priya.sample@elm-academy.example", "Grace Sample"),
        ("oliver.sample@oak-academy.example", "Ngozi Example"),
        ("ellie.sample@little-acorns.example", "Fatima Sample"),
    ],
)
def test_the_same_role_has_a_different_name_in_each_setting(uow: UnitOfWork, email: str, head: str) -> None:
    assert names_in(Role.HEAD, someone(uow, email), uow, on=TODAY)[-1] == head


def test_somebody_unknown_is_told_no_names(uow: UnitOfWork) -> None:
    assert reader_for(None, uow, on=TODAY).named(Role.HEAD) == ()


def test_a_trust_wide_role_is_named_in_every_setting(uow: UnitOfWork) -> None:
    priya = someone(uow, "priya.sample@elm-academy.example")

    assert names_in(Role.DPO, priya, uow, on=TODAY) == ("Martin Example",)


def test_whoever_acts_for_the_head_is_named_first_while_they_act(uow: UnitOfWork) -> None:
    priya, grace = (someone(uow, f"{name}.sample@elm-academy.example") for name in ("priya", "grace"))
    daniel = someone(uow, "daniel.example@elm-academy.example")
    uow.delegations.add(
        Delegation(
            role=Role.HEAD,
            setting_id=grace.setting.id,
            from_id=grace.id,
            to_id=daniel.id,
            starts_on=date(2026, 11, 23),
            ends_on=date(2026, 11, 28),
            set_by_id=grace.id,
        ),
        entry=AuditEntry(actor=grace.id, verb=Verb.DELEGATED, clause="", at=NOW, facts={}),
    )

    assert names_in(Role.HEAD, priya, uow, on=TODAY) == ("Daniel Example (acting for Grace Sample)", "Grace Sample")
    assert names_in(Role.HEAD, priya, uow, on=date(2026, 11, 28)) == ("Grace Sample",)


def test_the_escalation_block_names_the_settings_own_safeguarding_lead(uow: UnitOfWork) -> None:
    priya = someone(uow, "priya.sample@elm-academy.example")
    card = uow.settings.dsl_card(priya.setting.id)

    reader = reader_for(priya, uow, on=TODAY)

    assert card is not None
    assert card.name in reader.dsl
    assert card.phone in reader.dsl
