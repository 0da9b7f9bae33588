from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sample import load_sample_trust
from policy_kb.words import Channel, PersonId, Role, SettingId, SettingType
from tests.storage.builders import NOW

if TYPE_CHECKING:
    from storage.database import Database

TODAY = NOW.date()


def test_loading_the_sample_trust_a_second_time_changes_nothing(database: Database) -> None:
    with database.begin() as work:
        load_sample_trust(work)
        before = work.people.everyone()
        work.identities.remember(Channel.WEB, "local", "tab", PersonId("priya-sample"), NOW)

    with database.begin() as work:
        load_sample_trust(work)

    with database.begin() as work:
        known = work.identities.find(Channel.WEB, "local", "tab")
        assert work.people.everyone() == before
    assert known is not None
    assert known.person_id == "priya-sample"


def test_every_name_and_address_in_the_sample_trust_is_plainly_invented(database: Database) -> None:
    with database.begin() as work:
        load_sample_trust(work)
        everyone, settings = work.people.everyone(), work.settings.listed()

    assert all(person.name.endswith((" Sample", " Example")) for person in everyone)
    assert all(person.email.endswith(".example") for person in everyone)
    assert all(setting.name.endswith("(sample)") for setting in settings)


def test_in_the_sample_nursery_the_nursery_manager_is_who_a_headteacher_is_elsewhere(
    database: Database,
) -> None:
    with database.begin() as work:
        load_sample_trust(work)
        nursery = next(s for s in work.settings.listed() if s.type is SettingType.NURSERY)
        (head,) = work.people.holders(Role.HEAD, nursery.id, TODAY)

    assert head.post == "Nursery manager"


def test_every_sample_school_and_nursery_has_somebody_for_each_role_a_request_needs(
    database: Database,
) -> None:
    needed = (
        Role.HEAD,
        Role.LINE_MANAGER,
        Role.SLT,
        Role.DPO,
        Role.DEPUTY_DPO,
        Role.DEPUTY_CEO,
        Role.BRAND_TEAM,
    )
    with database.begin() as work:
        load_sample_trust(work)
        schools = [s.id for s in work.settings.listed() if s.type is not SettingType.CENTRAL_SERVICE]
        vacant = [(role, at) for role in needed for at in schools if not work.people.holders(role, at, TODAY)]

    assert vacant == []
    assert SettingId("elm-academy") in schools
