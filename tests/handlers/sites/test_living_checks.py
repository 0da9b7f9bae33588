"""Before a site goes live everything is checked; each half-term somebody looks again, by six taps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action, SayKind
from policy_kb.request_words import RequestState
from policy_kb.rules.london import london_instant
from policy_kb.site_words import CheckAnswer, Round, SiteState
from policy_kb.words import Channel
from tests.handlers.cover.rota_office import AISHA, CALLUM, GRACE, PRIYA, Rota
from tests.handlers.requests.office import DANIEL, everything, labels
from tests.handlers.sites.life_office import (
    Approved,
    accept_all,
    answer_all,
    fill_rota,
    make_ready,
    verbs_of,
)
from tests.handlers.sites.people_office import change, move, the_site

ADDRESS = {"address": ("https://www.instagram.example/elmpe",)}


def is_live(approved: Approved, email: str = PRIYA) -> str:
    return everything(approved.press(email, Action.IS_LIVE, str(approved.request)))


def test_a_site_with_everything_as_it_has_to_be_goes_live_and_its_request_follows(approved: Approved) -> None:
    make_ready(approved, approved.request)
    approved.inbox(CALLUM)
    (card,) = approved.press(PRIYA, Action.SITE_CHECKS, f"{approved.number}:pre_live")
    assert card.title == "PE Instagram: everything is done. Now say when it is live."

    (shown,) = approved.push(PRIYA, card, "It is live")

    site = approved.site
    assert shown.title == "PE Instagram is live."
    assert (site.state, site.live_on) == (SiteState.LIVE, date(2026, 11, 24))
    assert approved.facts(approved.request).state is RequestState.LIVE
    assert "went_live" in verbs_of(approved, site.id)
    assert [one.title for one in approved.inbox(CALLUM)] == ["PE Instagram is live."]
    assert "live" in everything(approved.inbox(GRACE))


def test_before_the_checks_nothing_goes_live_and_the_card_says_what_is_open(approved: Approved) -> None:
    shown = approved.press(PRIYA, Action.IS_LIVE, str(approved.request))

    text = everything(shown)
    assert approved.site.state is SiteState.APPROVED
    assert approved.facts(approved.request).state is RequestState.APPROVED
    assert "It cannot go live yet" in text
    assert "Address: Not yet. Tell me its address." in text
    assert "Own logins: Not yet" in text
    assert "Enough people: Not yet" in text
    assert "Four weeks of cover: Not yet" in text


def test_the_first_answer_begins_the_checks(approved: Approved) -> None:
    approved.press(PRIYA, Action.CHECK_SITE, f"{approved.number}:pre_live:house_rules:yes")

    assert approved.site.state is SiteState.PRE_LIVE


@pytest.mark.parametrize("lacks", ["address", "logins", "rota", "an answer"])
def test_one_thing_that_is_not_so_keeps_it_from_going_live(approved: Approved, lacks: str) -> None:
    site = approved.site
    if lacks != "logins":
        accept_all(approved, site)
    if lacks != "rota":
        fill_rota(approved, site)
    if lacks != "address":
        approved.press(PRIYA, Action.SITE_ADDRESS, approved.number, ADDRESS)
    answer_all(approved, site, "pre_live", "no" if lacks == "an answer" else "yes")

    assert "It cannot go live yet" in is_live(approved)

    assert approved.site.state is SiteState.PRE_LIVE


def test_a_no_says_what_helps_and_is_answered_again_once_that_is_done(approved: Approved) -> None:
    card = answer_all(approved, approved.site, "pre_live", "no")
    assert "House rules and terms: Not yet. Write them down and publish them" in plain_text(card)

    (asked,) = approved.push(PRIYA, card, "Again: House rules")
    (after,) = approved.push(PRIYA, asked, "Yes")

    assert "Are house rules and terms of use published on PE Instagram" in asked.title
    assert "House rules and terms: Yes" in plain_text(after)


def test_a_gap_in_the_fourth_week_from_going_live_counts_and_one_in_the_fifth_does_not(approved: Approved) -> None:
    site = make_ready(approved, approved.request)  # to go live on Monday 18 January
    with approved.database.begin() as uow:
        slots = {one.starts_on: one for one in uow.rota.slots(date(2027, 1, 18), date(2027, 3, 1), sites=(site.id,))}
        uow.rota.open(slots[date(2027, 2, 15)], entry=approved.entry())
    (card,) = approved.press(PRIYA, Action.SITE_CHECKS, f"{approved.number}:pre_live")
    assert "Four weeks of cover: Yes" in plain_text(card)

    with approved.database.begin() as uow:
        uow.rota.open(slots[date(2027, 2, 8)], entry=approved.entry())

    assert "It cannot go live yet" in is_live(approved)


def test_nobody_answers_or_calls_it_live_who_does_not_answer_for_it(approved: Approved) -> None:
    make_ready(approved, approved.request)
    about = f"{approved.number}:pre_live:house_rules:no"

    for who in (CALLUM, GRACE, "jack.sample@elm-academy.example"):
        assert "those who answer for the site" in everything(approved.press(who, Action.CHECK_SITE, about))
        assert "Only the person who asked" in is_live(approved, who)

    assert approved.site.state is SiteState.PRE_LIVE


def test_another_administrator_may_call_it_live(approved: Approved) -> None:
    make_ready(approved, approved.request)

    assert "PE Instagram is live" in is_live(approved, DANIEL)

    assert approved.facts(approved.request).state is RequestState.LIVE


def test_pressing_twice_is_pressing_once(approved: Approved) -> None:
    make_ready(approved, approved.request)
    is_live(approved)
    before = verbs_of(approved, approved.site.id)

    assert "live already" in is_live(approved)
    approved.press(PRIYA, Action.CHECK_SITE, f"{approved.number}:pre_live:house_rules:no")

    assert verbs_of(approved, approved.site.id) == before
    assert approved.site.state is SiteState.LIVE


def test_a_request_that_is_changed_after_its_approval_is_not_live_however_well_it_was_checked(
    approved: Approved,
) -> None:
    make_ready(approved, approved.request)
    approved.change(approved.request, aims=("Something else altogether.",))

    assert "not approved yet" in is_live(approved)


def test_a_half_termly_check_is_six_taps_and_ends_its_being_due(rota: Rota) -> None:
    move(rota, SiteState.REVIEW_DUE)
    change(rota, live_on=date(2026, 9, 7), evaluate_on=date(2027, 7, 1))
    (card,) = rota.press(PRIYA, Action.SITE_CHECKS, f"{rota.site}:health")
    taps = 0
    while any(one.action is Action.CHECK_SITE for one in card.buttons):
        (card,) = rota.push(PRIYA, card, "Yes")
        taps += 1

    assert taps == 6
    assert card.title == "Netball Instagram is checked. All is well."
    site = the_site(rota)
    assert (site.state, site.active_on) == (SiteState.LIVE, date(2026, 11, 29))


def test_a_no_in_a_check_is_told_to_the_head_where_it_matters(rota: Rota) -> None:
    for key in ("logo", "privacy", "privacy"):
        rota.press(PRIYA, Action.CHECK_SITE, f"{rota.site}:health:{key}:no")

    (told,) = rota.inbox(GRACE)
    assert told.title == "Netball Instagram: “Privacy” was answered with no at its check (A.5.2)."
    assert "Set them right today" in plain_text(told)
    assert labels(told) == ["The site"]


def test_the_card_of_a_check_says_whom_it_told_of_a_no(rota: Rota) -> None:
    card = answer_all(rota, the_site(rota), "health", "no")

    told_of = "Privacy, Own logins and Still needed."
    assert f"I have told Grace Sample of this, so that somebody helps: {told_of}" in plain_text(card)
    (heads,) = rota.press(GRACE, Action.SITE_CHECKS, f"{rota.site}:health")
    assert "have told" not in plain_text(heads)


def test_a_line_that_nobody_answered_was_told_to_nobody(rota: Rota) -> None:
    rota.press(PRIYA, Action.CHECK_SITE, f"{rota.site}:health:logo:no")

    read = rota.told(CALLUM, SayKind.SITE_CHECKS, f"{rota.site}:health")

    assert "Privacy: Open" in plain_text(read)
    assert "told" not in plain_text(read)


def test_a_head_who_cannot_be_reached_is_named_so_that_somebody_else_tells_them(rota: Rota) -> None:
    with rota.database.begin() as uow:
        uow.chat_addresses.forget([rota.person_in(uow, GRACE).id])
    for key in ("house_rules", "logo", "privacy", "own_logins", "people", "still_needed"):
        answer = "no" if key == "privacy" else "yes"
        about = f"{rota.site}:health:{key}:{answer}"
        (card,) = rota.press(PRIYA, Action.CHECK_SITE, about, channel=Channel.TEAMS)

    assert "I could not reach Grace Sample: please tell them of this yourself: Privacy." in plain_text(card)


def test_where_no_head_is_in_post_the_card_says_that_nobody_was_told(rota: Rota) -> None:
    grace, today = rota.person(GRACE), rota.clock().date()
    with rota.database.begin() as uow:
        uow.people.put((replace(grace, ends_on=today),), entry=rota.entry())

    card = answer_all(rota, the_site(rota), "health", "no")

    told_of = "Privacy, Own logins and Still needed."
    assert f"I have told no head of this, as nobody is in post: {told_of}" in plain_text(card)


def test_a_check_that_finds_something_is_done_all_the_same_and_can_be_put_right(rota: Rota) -> None:
    move(rota, SiteState.REVIEW_DUE)
    change(rota, live_on=date(2026, 9, 7), evaluate_on=date(2027, 7, 1))
    card = answer_all(rota, the_site(rota), "health", "no")

    assert the_site(rota).state is SiteState.LIVE
    assert card.title == "Netball Instagram is checked: 6 lines are to put right."
    assert "Close it" in labels(card)
    (asked,) = rota.push(PRIYA, card, "Again: Logo")
    (after,) = rota.push(PRIYA, asked, "Yes")
    assert "Logo: Yes" in plain_text(after)


def test_a_run_goes_on_the_next_day_and_is_begun_anew_after_four_weeks(rota: Rota) -> None:
    rota.press(PRIYA, Action.CHECK_SITE, f"{rota.site}:health:logo:yes")
    rota.wait(timedelta(days=1))
    rota.press(AISHA, Action.CHECK_SITE, f"{rota.site}:health:privacy:yes")
    rota.wait(timedelta(days=28))
    rota.press(AISHA, Action.CHECK_SITE, f"{rota.site}:health:privacy:yes")

    with rota.database.begin() as uow:
        found = [(one.round_on, one.key, one.answer) for one in uow.sites.checks(rota.site, Round.HEALTH)]
    assert found == [
        (date(2026, 11, 29), "logo", CheckAnswer.YES),
        (date(2026, 11, 29), "privacy", CheckAnswer.YES),
        (date(2026, 12, 28), "privacy", CheckAnswer.YES),
    ]


def test_a_finished_check_of_last_half_term_is_not_taken_for_this_ones(rota: Rota) -> None:
    change(rota, live_on=date(2026, 9, 7))
    answer_all(rota, the_site(rota), "health")
    rota.clock.instant = london_instant(date(2027, 1, 5), time(9))

    (card,) = rota.press(PRIYA, Action.SITE_CHECKS, f"{rota.site}:health")

    assert "1 of 6" in plain_text(card)
    assert "Yes" in labels(card)


@pytest.mark.parametrize(
    "about", ["", "7", "x:health", "9:health:logo:yes", "1:health:nothing:yes", "1:health:logo", "1:closing:kept:yes"]
)
def test_what_is_no_line_of_a_list_changes_nothing(rota: Rota, about: str) -> None:
    before = verbs_of(rota, rota.site)

    assert rota.press(PRIYA, Action.CHECK_SITE, about)

    assert verbs_of(rota, rota.site) == before


def test_the_list_of_a_site_names_its_administrators_and_the_hosts_age(approved: Approved) -> None:
    (asked,) = approved.press(PRIYA, Action.SITE_CHECKS, f"{approved.number}:pre_live:house_rules")
    make_ready(approved, approved.request)
    is_live(approved)
    (health,) = approved.press(PRIYA, Action.SITE_CHECKS, f"{approved.number}:health:people")

    assert "PE Instagram" in asked.title
    assert health.title.startswith("Its administrators are Daniel Example and Priya Sample.")
    site = approved.site
    with approved.database.begin() as uow:
        uow.sites.change(replace(site, audience=frozenset({"pupils"})), entry=approved.entry())
        uow.sites.move(site.id, SiteState.LIVE, SiteState.PRE_LIVE, on=approved.clock().date(), entry=approved.entry())
    (age,) = approved.press(PRIYA, Action.SITE_CHECKS, f"{approved.number}:pre_live:minimum_age")
    assert "Instagram asks people to be 13 or older" in age.title
