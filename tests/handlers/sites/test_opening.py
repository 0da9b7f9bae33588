"""A site is opened once its request is approved: once, with its people asked; and it follows its request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

from policy_kb.bot_words import Action
from policy_kb.site_words import SiteState, SlotHow, TaskKind
from policy_kb.words import Role
from tests.handlers.requests.office import AISHA, GRACE, PRIYA, TOM, everything
from tests.handlers.sites.life_office import (
    CALLUM,
    WITH_PEOPLE,
    Approved,
    answer_all,
    approve,
    make_ready,
    open_all,
    site_of,
    verbs_of,
)

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office


def test_an_approved_request_becomes_a_site_with_what_its_form_says(approved: Approved) -> None:
    site = approved.site

    assert (site.name, site.state, site.setting) == ("PE Instagram", SiteState.APPROVED, "elm-academy")
    assert (site.host, site.host_name, site.interaction) == ("third_party", "Instagram", "comments")
    assert (site.go_live, site.closure) == (date(2027, 1, 18), date(2027, 7, 21))
    assert (site.aims, site.success) == ("More families come to fixtures.", "We count families at fixtures.")
    assert (site.audience, site.contributors) == (frozenset({"staff", "families"}), frozenset({"staff"}))
    assert site.author == approved.person(PRIYA).id
    assert not site.uses_logo
    assert verbs_of(approved, site.id)[0] == "opened"


def test_whoever_the_form_names_is_asked_once_and_has_not_accepted(approved: Approved) -> None:
    site = approved.site

    people = {(one.role, one.person) for one in site.members}
    assert people == {
        (Role.SITE_ADMINISTRATOR, "daniel-example"),
        (Role.SITE_ADMINISTRATOR, "priya-sample"),
        (Role.SITE_MODERATOR, "priya-sample"),
        (Role.SITE_MODERATOR, "callum-sample"),
        (Role.SITE_MODERATOR, "tom-example"),
    }
    assert not any(one.accepted_at for one in site.members)
    asked = {who: [one.title for one in approved.inbox(who) if "yes or no" in one.title] for who in (PRIYA, CALLUM)}
    assert asked == {
        PRIYA: ["Do you administer and moderate PE Instagram? Please say yes or no."],
        CALLUM: ["Do you moderate PE Instagram? Please say yes or no."],
    }


def test_looking_again_opens_nothing_twice(approved: Approved) -> None:
    approved.inbox(CALLUM)

    assert [open_all(approved) for _ in range(3)] == [0, 0, 0]

    assert approved.inbox(CALLUM) == []
    assert verbs_of(approved, approved.site.id).count("opened") == 1


def test_two_looks_at_once_open_one_site(approved: Approved) -> None:
    with approved.database.begin() as uow:
        uow.sites.connection.exec_driver_sql(
            "UPDATE sites SET request_id = NULL, name = 'Another' WHERE request_id = 1"
        )

    with ThreadPoolExecutor(2) as pool:
        opened = list(pool.map(lambda _: open_all(approved), range(2)))

    assert sorted(opened) == [0, 1]
    assert verbs_of(approved, approved.site.id).count("opened") == 1


def test_a_second_site_of_the_same_name_is_told_apart_by_its_request(approved: Approved) -> None:
    second = approved.sent(TOM, AISHA, **WITH_PEOPLE)
    approved.read.clear()
    approve(approved, second)

    assert site_of(approved, second).name == f"PE Instagram (R-{second})"


def test_whoever_has_left_by_the_approval_is_not_among_its_people(office: Office) -> None:
    request_id = office.sent(
        PRIYA, AISHA, **{**WITH_PEOPLE, "moderators": ("owen-example", "priya-sample")}
    )  # Owen left in October
    approve(office, request_id)

    assert {one.person for one in site_of(office, request_id).members} == {"daniel-example", "priya-sample"}
    assert "1 of 2 moderators" in everything(office.inbox(PRIYA))


def test_a_site_is_withdrawn_with_its_request_and_nobody_looks_after_it(approved: Approved) -> None:
    approved.press(PRIYA, Action.WITHDRAW_SURELY, str(approved.request))

    site = approved.site
    assert site.state is SiteState.WITHDRAWN
    assert site.members_on(approved.clock().date()) == ()
    assert open_all(approved) == 0


def test_a_change_in_substance_takes_the_site_back_until_all_have_decided_anew(approved: Approved) -> None:
    approved.change(approved.request, aims=("More families come to fixtures, and read our news.",))
    open_all(approved)
    assert approved.site.state is SiteState.SUBMITTED
    approved.read.clear()

    approve(approved, approved.request)

    site = approved.site
    assert site.state is SiteState.APPROVED
    assert site.aims.endswith("read our news.")
    assert len(site.members_on(approved.clock().date())) == 5


def test_people_named_anew_are_asked_and_others_are_let_go(approved: Approved) -> None:
    new = ("priya-sample", "ewa-example")
    approved.change(approved.request, aims=("Something else.",), moderators=new)
    open_all(approved)

    approve(approved, approved.request)

    assert set(approved.site.people_on(approved.clock().date(), Role.SITE_MODERATOR)) == set(new)
    assert "Do you moderate PE Instagram" in everything(approved.inbox("ewa.example@elm-academy.example"))


def test_nothing_becomes_of_a_request_that_is_no_site(office: Office) -> None:
    office.sent(PRIYA, AISHA, **WITH_PEOPLE)

    assert open_all(office) == 0


def test_the_head_reads_the_card_of_the_site_and_a_stranger_does_not(approved: Approved) -> None:
    (card,) = approved.press(GRACE, Action.SITE, approved.number)
    (refused,) = approved.press("jack.sample@elm-academy.example", Action.SITE, approved.number)

    assert card.title == "PE Instagram is approved, not live yet."
    assert "those who answer for the site" in refused.title
    assert "PE Instagram" not in everything((refused,))


def test_a_site_that_is_approved_anew_can_go_live(approved: Approved) -> None:
    make_ready(approved, approved.request)
    approved.change(approved.request, aims=("More families come to fixtures, and read our news.",))
    open_all(approved)
    approved.read.clear()
    approve(approved, approved.request)

    card = answer_all(approved, approved.site, "pre_live")
    approved.push(PRIYA, card, "It is live")

    assert approved.site.state is SiteState.LIVE


def test_what_was_checked_of_a_site_is_asked_again_once_it_is_approved_anew(approved: Approved) -> None:
    make_ready(approved, approved.request)
    approved.clock.advance(days=7)
    approved.change(approved.request, aims=("More families come to fixtures, and read our news.",))
    open_all(approved)
    approved.read.clear()
    approve(approved, approved.request)

    (card,) = approved.press(PRIYA, Action.SITE_CHECKS, f"{approved.number}:pre_live")

    assert "checks before it goes live: 1 of" in everything((card,))


def test_whoever_is_not_named_any_more_has_no_slot_and_their_login_is_to_be_taken_away(approved: Approved) -> None:
    site = make_ready(approved, approved.request)
    tom, today = approved.person(TOM).id, approved.clock().date()
    with approved.database.begin() as uow:
        for slot in uow.rota.slots(today, date(2027, 9, 1), sites=(site.id,))[:2]:
            uow.rota.give(slot, tom, SlotHow.TAKEN, entry=approved.entry())
    approved.change(approved.request, aims=("Something else.",), moderators=("priya-sample", "callum-sample"))
    open_all(approved)
    approved.read.clear()

    approve(approved, approved.request)

    with approved.database.begin() as uow:
        slots = uow.rota.slots(today, date(2027, 9, 1), person=tom)
        tasks = [(one.kind, one.about) for one in uow.sites.open_tasks(site.id)]
    assert slots == ()
    assert tasks == [(TaskKind.REMOVE_ACCESS, tom)]
