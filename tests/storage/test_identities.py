from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from policy_kb.words import Channel
from storage.people import PersonId
from tests.storage.builders import ELM, ENTRY, NOW, a_person

if TYPE_CHECKING:
    from storage.database import Database


def test_somebody_never_met_is_not_known(database: Database) -> None:
    with database.begin() as work:
        assert work.identities.find(Channel.SLACK, "T1", "U1") is None


def test_somebody_not_found_is_looked_up_again_after_a_day(database: Database) -> None:
    with database.begin() as work:
        work.identities.remember(Channel.SLACK, "T1", "U1", None, NOW)

    with database.begin() as work:
        found = work.identities.find(Channel.SLACK, "T1", "U1")

    assert found is not None
    assert not found.may_be_looked_up(NOW + timedelta(hours=23, minutes=59))
    assert found.may_be_looked_up(NOW + timedelta(hours=24))


def test_somebody_found_is_not_looked_up_again(database: Database) -> None:
    later = NOW + timedelta(days=2)
    with database.begin() as work:
        work.settings.put(ELM, entry=ENTRY)
        work.people.add_person(a_person("Priya"), entry=ENTRY)
        work.identities.remember(Channel.SLACK, "T1", "U1", None, NOW)

    with database.begin() as work:
        work.identities.remember(Channel.SLACK, "T1", "U1", PersonId("priya"), later)

    with database.begin() as work:
        found = work.identities.find(Channel.SLACK, "T1", "U1")
    assert found is not None
    assert (found.person_id, found.met_at, found.checked_at) == ("priya", NOW, later)
    assert not found.may_be_looked_up(later + timedelta(days=30))


def test_the_same_user_id_in_another_workspace_or_platform_is_somebody_else(database: Database) -> None:
    with database.begin() as work:
        work.identities.remember(Channel.SLACK, "T1", "U1", None, NOW)

    with database.begin() as work:
        assert work.identities.find(Channel.SLACK, "T2", "U1") is None
        assert work.identities.find(Channel.TEAMS, "T1", "U1") is None
