"""A site closes with its list done, goes on where the head says so, and stands still while it is suspended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.periods import DAY
from policy_kb.site_words import OfferState, SiteState
from tests.handlers.cover.rota_office import AISHA, CALLUM, DENISE, GRACE, LUCY, PRIYA, TOM, WEDNESDAY, WEEK, Rota
from tests.handlers.requests.office import everything, labels
from tests.handlers.sites.life_office import answer_all, titles, verbs_of
from tests.handlers.sites.people_office import change, move, the_site

JUDGED = {"reached": ("partly",), "words": ("Twice as many families came.",)}


def press(rota: Rota, email: str, action: Action, **values: str) -> str:
    filled = {name: (value,) for name, value in values.items()}
    return everything(rota.press(email, action, str(rota.site), filled))


def close_it(rota: Rota) -> None:
    press(rota, PRIYA, Action.CLOSE_SITE_SURELY)
    answer_all(rota, the_site(rota), "closing")
    rota.press(PRIYA, Action.EVALUATE_SITE, str(rota.site), JUDGED)


def test_closing_is_asked_twice_and_quotes_the_plan_for_its_end(rota: Rota) -> None:
    change(rota, exit_plan="We tell our followers.")

    (asked,) = rota.press(PRIYA, Action.CLOSE_SITE, str(rota.site))

    assert asked.title == "Shall Netball Instagram close?"
    assert "We tell our followers." in plain_text(asked)
    assert "A.1.6" in plain_text(asked)
    assert the_site(rota).state is SiteState.LIVE


@pytest.mark.parametrize(
    ("who", "action"),
    [(PRIYA, Action.CLOSE_SITE), (AISHA, Action.SUSPEND_SITE), (GRACE, Action.EXTEND_SITE)],
)
def test_a_site_left_as_it_is_takes_the_place_of_the_question(rota: Rota, who: str, action: Action) -> None:
    change(rota, closure=date(2027, 7, 21))
    (asked,) = rota.press(who, action, str(rota.site))

    (card,) = rota.push(who, asked, "Leave it as it is")

    assert (card.title, card.replaces) == ("Netball Instagram is live.", True)
    assert labels(asked)[0] not in labels(card)
    assert the_site(rota).state is SiteState.LIVE


def test_a_site_that_closes_shows_its_list_and_those_who_answer_for_it_hear(rota: Rota) -> None:
    (asked,) = rota.press(PRIYA, Action.CLOSE_SITE, str(rota.site))
    (card,) = rota.push(PRIYA, asked, "Yes, close it")

    site = the_site(rota)
    assert (site.state, site.closure) == (SiteState.CLOSING, date(2026, 11, 29))
    assert "Netball Instagram, list before it closes: 1 of 4." in plain_text(card)
    assert "Judged by its aims: Not yet" in plain_text(card)
    for who, head in ((AISHA, "The head, Grace Sample,"), (GRACE, "You")):
        (told,) = rota.inbox(who)
        assert told.title == "Netball Instagram is to close."
        assert "Priya Sample began to close it on 29 November 2026." in plain_text(told)
        assert f"{head} can still let it go on (A.1.6)." in plain_text(told)
    assert rota.inbox(CALLUM) == []


def test_news_that_were_queued_without_a_name_are_told_all_the_same(rota: Rota) -> None:
    for key, says in (
        ("closing", "Somebody who answers for it began to close it."),
        ("extended", "The head decided so (A.1.6)."),
    ):
        assert says in plain_text(rota.told(AISHA, SayKind.SITE_NEWS, f"{rota.site}:{key}"))


def test_it_is_closed_only_when_everything_on_its_list_is_done(rota: Rota) -> None:
    press(rota, PRIYA, Action.CLOSE_SITE_SURELY)
    answer_all(rota, the_site(rota), "closing")

    refused = press(rota, PRIYA, Action.SITE_CLOSED)

    assert "It is not closed yet" in refused
    assert "Judged by its aims: Not yet" in refused
    assert the_site(rota).state is SiteState.CLOSING


def test_a_closed_site_has_nobody_to_look_after_it_and_no_rota_after_today(rota: Rota) -> None:
    rota.press(TOM, Action.FIND_COVER, rota.about(WEDNESDAY + DAY))
    close_it(rota)
    for who in (AISHA, CALLUM, GRACE):
        rota.inbox(who)

    told = press(rota, PRIYA, Action.SITE_CLOSED)

    site = the_site(rota)
    assert "Netball Instagram is closed" in told
    assert site.state is SiteState.CLOSED
    assert site.members_on(rota.clock().date()) == ()
    with rota.database.begin() as uow:
        assert uow.rota.slots(date(2026, 11, 30), date(2028, 1, 1), sites=(rota.site,)) == ()
        assert [one for one in uow.offers.open_all() if one.state is OfferState.OPEN] == []
    for who in (AISHA, CALLUM, GRACE):
        assert titles(rota.inbox(who)) == ["Netball Instagram is closed. Thank you to all who looked after it."]
    assert verbs_of(rota, rota.site).count("closed") == 1


def test_saying_twice_that_it_is_closed_is_saying_it_once(rota: Rota) -> None:
    close_it(rota)
    press(rota, AISHA, Action.SITE_CLOSED)
    before = verbs_of(rota, rota.site)
    rota.inbox(GRACE)

    assert "is closed" in press(rota, AISHA, Action.SITE_CLOSED)

    assert verbs_of(rota, rota.site) == before
    assert rota.inbox(GRACE) == []


def test_answers_of_an_earlier_closing_do_not_count_for_the_next(rota: Rota) -> None:
    change(rota, closure=date(2026, 12, 1))
    close_it(rota)
    rota.wait(timedelta(days=1))
    press(rota, GRACE, Action.EXTEND_SITE, until="2027-06-01")
    rota.wait(timedelta(days=3))
    (asked,) = rota.press(PRIYA, Action.CLOSE_SITE, str(rota.site))

    (card,) = rota.push(PRIYA, asked, "Yes, close it")

    assert "1 of 4" in plain_text(card)


@pytest.mark.parametrize("who", [CALLUM, DENISE, LUCY])
def test_a_moderator_the_office_and_a_stranger_close_nothing(rota: Rota, who: str) -> None:
    for action in (Action.CLOSE_SITE, Action.CLOSE_SITE_SURELY, Action.SITE_CLOSED, Action.SUSPEND_SITE_SURELY):
        assert "those who answer for the site" in press(rota, who, action)

    assert the_site(rota).state is SiteState.LIVE


def test_the_head_alone_lets_a_site_go_on_and_says_until_when(rota: Rota) -> None:
    change(rota, closure=date(2026, 12, 18), paper="Form of June 2025")
    press(rota, PRIYA, Action.CLOSE_SITE_SURELY)
    assert "for the head of the setting to decide" in press(rota, PRIYA, Action.EXTEND_SITE, until="2027-07-21")
    rota.inbox(PRIYA)

    (form,) = rota.press(GRACE, Action.EXTEND_SITE, str(rota.site))
    assert "At the latest 29 November 2029." in plain_text(form)
    (card,) = rota.push(GRACE, form, "Let it go on", until="21 July 2027")

    site = the_site(rota)
    assert (site.state, site.closure) == (SiteState.LIVE, date(2027, 7, 21))
    assert card.title == "Netball Instagram is kept open until 21 July 2027."
    assert "It is live." in plain_text(card)
    assert "Closes: 21 July 2027" in plain_text(card)
    (told,) = rota.inbox(PRIYA)
    assert told.title == "Netball Instagram goes on until 21 July 2027."
    assert "Grace Sample decided so (A.1.6)." in plain_text(told)


@pytest.mark.parametrize(
    ("until", "says"),
    [
        ("yesterday", "still to come"),
        ("2026-11-29", "still to come"),
        ("2029-11-30", "three years at most"),
        ("when it rains", "do not understand that day"),
        ("", "do not understand that day"),
    ],
)
def test_a_day_that_cannot_be_meant_extends_nothing(rota: Rota, until: str, says: str) -> None:
    change(rota, closure=date(2026, 12, 18))

    assert says in press(rota, GRACE, Action.EXTEND_SITE, until=until)

    assert the_site(rota).closure == date(2026, 12, 18)


def test_three_years_to_the_day_are_not_too_far(rota: Rota) -> None:
    change(rota, closure=date(2026, 12, 18))

    press(rota, GRACE, Action.EXTEND_SITE, until="2029-11-29")

    assert the_site(rota).closure == date(2029, 11, 29)


def test_a_suspended_site_is_told_of_to_all_and_only_the_head_lets_it_be_used_again(rota: Rota) -> None:
    change(rota, paper="Form of June 2025")
    (asked,) = rota.press(PRIYA, Action.SUSPEND_SITE, str(rota.site))
    (card,) = rota.push(PRIYA, asked, "Yes, suspend it")

    assert card.title == "Netball Instagram is suspended."
    for who, head in (
        (AISHA, "the head, Grace Sample, says"),
        (CALLUM, "the head, Grace Sample, says"),
        (TOM, "the head, Grace Sample, says"),
        (GRACE, "you say"),
    ):
        (told,) = rota.inbox(who)
        assert told.title == "Netball Instagram is suspended. Please switch it off, or hide it, now."
        assert "Priya Sample suspended it on 29 November 2026." in plain_text(told)
        assert f"until {head} otherwise." in plain_text(told)
    assert "for the head of the setting to decide" in press(rota, PRIYA, Action.RESUME_SITE)
    assert "may be used again" not in everything(rota.inbox(CALLUM))

    press(rota, GRACE, Action.RESUME_SITE)

    assert the_site(rota).state is SiteState.LIVE
    (told,) = rota.inbox(CALLUM)
    assert told.title == "Netball Instagram may be used again."
    assert "Grace Sample decided so." in plain_text(told)


def test_a_site_without_a_paper_is_a_legacy_site_again_after_its_suspension(rota: Rota) -> None:
    move(rota, SiteState.LEGACY)
    press(rota, GRACE, Action.SUSPEND_SITE_SURELY)

    press(rota, GRACE, Action.RESUME_SITE)

    assert the_site(rota).state is SiteState.LEGACY


def test_the_head_approves_a_legacy_site_once(rota: Rota) -> None:
    move(rota, SiteState.LEGACY)
    assert "for the head of the setting to decide" in press(rota, AISHA, Action.TAKE_IN_SITE)

    for _ in range(2):
        press(rota, GRACE, Action.TAKE_IN_SITE)

    site = the_site(rota)
    assert (site.state, site.paper) == (SiteState.LIVE, "Approved here on 29 November 2026")
    assert titles(rota.inbox(AISHA)) == ["Netball Instagram is approved by the head, and live."]
    assert verbs_of(rota, rota.site).count("decided") == 2  # the move, and the paper


@pytest.mark.parametrize(
    "action", [one for one in Action if one.value.endswith(("site", "site_surely", "site_closed", "site_address"))]
)
@pytest.mark.parametrize("about", ["", "0", "999", "x", "7:x", "7:health:logo:yes", "1" * 40])
def test_what_is_no_site_is_answered_kindly(rota: Rota, action: Action, about: str) -> None:
    assert everything(rota.press(PRIYA, action, about))


def test_whoever_is_on_today_stays_on_until_the_day_is_over(rota: Rota) -> None:
    rota.wait(3 * DAY)  # a Wednesday
    close_it(rota)

    press(rota, PRIYA, Action.SITE_CLOSED)

    with rota.database.begin() as uow:
        left = uow.rota.slots(WEDNESDAY, WEDNESDAY + WEEK, sites=(rota.site,))
    assert [one.starts_on for one in left] == [WEDNESDAY]
    assert labels(rota.press(PRIYA, Action.SITES, "")[0]) == []
