from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from bot.sample import PICKED, load_sample_trust, people_to_be
from handlers.calendars import school_calendar
from policy_kb.site_words import CoverDays, SiteState, SlotLength
from policy_kb.words import BotRole, Channel, PersonId, Role, SettingId, SettingType
from tests.storage.builders import NOW

if TYPE_CHECKING:
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

TODAY = NOW.date()


def test_loading_the_sample_trust_a_second_time_changes_nothing(database: Database) -> None:
    with database.begin() as work:
        load_sample_trust(work)
        before = (work.people.everyone(), work.sites.listed(), list(work.audit.everything()))
        work.identities.remember(Channel.WEB, "local", "tab", PersonId("priya-sample"), NOW)

    with database.begin() as work:
        load_sample_trust(work)

    with database.begin() as work:
        known = work.identities.find(Channel.WEB, "local", "tab")
        assert (work.people.everyone(), work.sites.listed(), list(work.audit.everything())) == before
    assert known is not None
    assert known.person_id == "priya-sample"


def test_every_name_and_address_in_the_sample_trust_is_plainly_invented(trust: UnitOfWork) -> None:
    everyone, settings = trust.people.everyone(), trust.settings.listed()

    assert all(person.name.endswith((" Sample", " Example")) for person in everyone)
    assert all(person.email.endswith(".example") for person in everyone)
    assert all(setting.name.endswith("(sample)") for setting in settings)


def test_in_the_sample_nursery_the_nursery_manager_is_who_a_headteacher_is_elsewhere(
    trust: UnitOfWork,
) -> None:
    nursery = next(s for s in trust.settings.listed() if s.type is SettingType.NURSERY)
    (head,) = trust.people.holders(Role.HEAD, nursery.id, TODAY)

    assert head.post == "Nursery manager"


def test_every_sample_school_and_nursery_has_somebody_for_each_role_a_request_needs(
    trust: UnitOfWork,
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
    schools = [s.id for s in trust.settings.listed() if s.type is not SettingType.CENTRAL_SERVICE]
    vacant = [(role, at) for role in needed for at in schools if not trust.people.holders(role, at, TODAY)]

    assert vacant == []
    assert SettingId("elm-academy") in schools


def test_the_sample_trust_has_every_awkward_case(trust: UnitOfWork) -> None:
    everyone = trust.people.everyone()
    oak = SettingId("oak-academy")
    acting = trust.delegations.in_force(Role.HEAD, oak, date(2026, 11, 24))
    vacant = trust.people.holders(Role.SLT_LINE_MANAGER, oak, TODAY)
    heads = {one.id for one in everyone if Role.HEAD in one.roles}
    service_managers = trust.people.holders(Role.SERVICE_MANAGER, SettingId("trust-central-service"), TODAY)

    left_at_half_term = [one.name for one in everyone if one.ends_on == date(2026, 10, 24)]
    join_in_january = [one.name for one in everyone if one.starts_on == date(2027, 1, 4)]
    assert len(everyone) == 120
    assert len(left_at_half_term) == 2
    assert len(join_in_january) == 2
    assert [one.to_id for one in acting] == ["mei-sample"]
    assert vacant == ()
    assert len(service_managers) == 2
    assert any(one.other_settings for one in everyone)
    assert any(one.line_manager_id in heads for one in everyone)
    assert any("Governor" in one.post and one.line_manager_id is None for one in everyone)
    assert any(one.pattern.startswith("-") and one.pattern != "-----" for one in everyone)
    assert any(one.term_time_only for one in everyone)
    assert {one.role for person in everyone for one in person.bot_roles} == set(BotRole)


def test_terms_differ_between_the_sample_schools_and_the_nursery_has_none(trust: UnitOfWork) -> None:
    calendars = {one.id: school_calendar(one, trust.settings.calendar(one.id)) for one in trust.settings.listed()}

    elm, oak, acorns = (calendars[SettingId(slug)] for slug in ("elm-academy", "oak-academy", "little-acorns-nursery"))
    october = date(2026, 10, 20)
    assert (elm.is_school_day(october), oak.is_school_day(october)) == (True, False)
    assert elm.holidays_between(date(2026, 12, 1), date(2027, 1, 31))
    assert acorns.is_open_all_year
    assert not acorns.is_working_day(date(2026, 12, 29))


def test_the_sample_sites_have_every_awkward_case(trust: UnitOfWork) -> None:
    sites, people = trust.sites.listed(), {one.id: one for one in trust.people.everyone()}
    moderating = Counter(person for site in sites for person in site.people_on(TODAY, Role.SITE_MODERATOR))
    moderators = {site.name: site.people_on(TODAY, Role.SITE_MODERATOR) for site in sites}
    leaving = {person for person in moderating if people[person].ends_on}

    at = Counter(site.setting for site in sites)
    assert at == {"elm-academy": 12, "oak-academy": 11, "little-acorns-nursery": 7}
    assert {site.rota.length for site in sites} == set(SlotLength)
    assert [site.name for site in sites if site.rota.days is CoverDays.EVERY_DAY] == ["Computing Discord"]
    assert any(site.rota.holidays_double for site in sites)
    assert moderating.most_common(1) == [("prakash-sample", 5)]
    assert all(people[person].term_time_only for person in moderators["Library Instagram"])
    assert [name for name, those in moderators.items() if len(those) == 1] == ["Arts Festival Facebook page"]
    assert [name for name, those in moderators.items() if not those] == ["Careers LinkedIn"]
    assert [site.name for site in sites if site.state is SiteState.LEGACY] == [
        "English Department X account",
        "Old nursery X account",
    ]
    assert date(2027, 3, 31) in {site.closure for site in sites}
    assert any(site.closure and site.closure.strftime("%A") == "Sunday" for site in sites)
    assert [site.name for site in sites if site.active_on == date(2026, 9, 4)] == ["Languages TikTok"]
    assert {people[person].ends_on for person in leaving} >= {date(2026, 10, 24), date(2027, 2, 13)}
    assert max(Counter(site.author for site in sites).values()) > 1


def test_the_demo_offers_a_dozen_people_each_of_them_there(trust: UnitOfWork) -> None:
    offered = people_to_be(trust)

    assert len(offered) == len(PICKED) == 17
    assert all(person.is_in_post(TODAY) for person in offered)
    assert len({person.setting.id for person in offered}) == 4
