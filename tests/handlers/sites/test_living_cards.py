"""The card of a site and the list of one's sites: what each reader sees and can do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.message import Tone, plain_text
from policy_kb.bot_words import Action, SayKind
from policy_kb.site_words import SiteState
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    DENISE,
    EWA,
    GRACE,
    LUCY,
    PRIYA,
    THURSDAY,
    TOM,
    WEEK,
    Rota,
)
from tests.handlers.requests.office import everything, labels
from tests.handlers.sites.life_office import answer_all
from tests.handlers.sites.people_office import change, end_parts, move, the_site

MOST_BUTTONS = 8


def card(rota: Rota, email: str) -> str:
    return everything(rota.press(email, Action.SITE, str(rota.site)))


def buttons(rota: Rota, email: str) -> list[str]:
    (shown,) = rota.press(email, Action.SITE, str(rota.site))
    return labels(shown)


def test_the_card_tells_where_a_site_stands_and_who_looks_after_it(rota: Rota) -> None:
    change(rota, address="https://www.instagram.example/elm", live_on=date(2026, 11, 9), closure=date(2027, 7, 21))

    text = card(rota, AISHA)

    assert "Netball Instagram is live." in text
    assert "Where: Instagram, https://www.instagram.example/elm" in text
    assert "Looked after by: 2 administrators and 4 moderators" in text
    assert "Next check: 4 January 2027" in text
    assert "Closes: 21 July 2027" in text
    assert "Cover: covered for 13 weeks" in text


def test_the_card_counts_what_is_not_covered(rota: Rota) -> None:
    rota.leave_open(THURSDAY, THURSDAY + WEEK, THURSDAY + 2 * WEEK)

    assert "next 7 days: 1 of 5 slots has nobody; 13 weeks: 3 of 40 slots have nobody" in card(rota, AISHA)


def test_the_card_says_what_is_due_and_puts_it_first(rota: Rota) -> None:
    change(rota, live_on=date(2026, 9, 7), evaluate_on=date(2026, 11, 1), review_on=date(2026, 11, 20))
    move(rota, SiteState.REVIEW_DUE)

    text = card(rota, PRIYA)

    assert "Netball Instagram is live, and something is due." in text
    assert "Due: its half-termly check (6.2), judging it by its aims (A.1.7) and whether it is still needed" in text
    assert buttons(rota, PRIYA)[:3] == ["Half-termly check", "Judge it by its aims", "It is still needed"]


def test_a_line_that_was_answered_with_no_stays_to_be_put_right_until_it_is_answered_with_yes(rota: Rota) -> None:
    answer_all(rota, the_site(rota), "health")
    rota.press(PRIYA, Action.CHECK_SITE, f"{rota.site}:health:privacy:no")
    (shown,) = rota.press(GRACE, Action.SITE, str(rota.site))

    assert "1 line to put right: Privacy." in plain_text(shown)
    assert shown.tone is Tone.CARE
    (mine,) = rota.press(AISHA, Action.SITES, "")
    assert "Netball Instagram: live; 1 line to put right: Privacy" in plain_text(mine)
    assert labels(mine)[0] == "Netball Instagram"
    rota.wait(timedelta(days=60))  # another run, which has not come to that line yet
    rota.press(PRIYA, Action.CHECK_SITE, f"{rota.site}:health:logo:no")
    assert "2 lines to put right: Logo and Privacy." in card(rota, AISHA)
    for key in ("logo", "privacy"):
        rota.press(PRIYA, Action.CHECK_SITE, f"{rota.site}:health:{key}:yes")
    assert "to put right" not in card(rota, AISHA)


def test_what_is_to_put_right_of_a_site_that_is_not_in_use_is_not_said(rota: Rota) -> None:
    rota.press(PRIYA, Action.CHECK_SITE, f"{rota.site}:health:privacy:no")
    move(rota, SiteState.SUSPENDED)

    assert "to put right" not in card(rota, AISHA)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (SiteState.LIVE, ["Went live: 6 January 2025"]),
        (SiteState.REVIEW_DUE, ["Went live: 6 January 2025", "Something due since: 29 November 2026"]),
        (SiteState.LEGACY, ["In use since: 6 January 2025"]),
        (SiteState.SUSPENDED, ["Went live: 6 January 2025", "Suspended since: 29 November 2026"]),
    ],
)
def test_each_day_on_the_card_says_what_happened_on_it(rota: Rota, state: SiteState, says: list[str]) -> None:
    change(rota, live_on=date(2025, 1, 6))
    if state is not SiteState.LIVE:
        move(rota, state)

    text = card(rota, AISHA)

    assert all(one in text for one in says)
    assert text.count(" since: ") + text.count("Went live") == len(says)


def test_the_card_says_when_something_was_last_recorded_once_that_is_long_ago(rota: Rota) -> None:
    with rota.database.begin() as uow:
        uow.sites.touch(rota.site, date(2026, 11, 2))
    lately = card(rota, AISHA)
    rota.wait(timedelta(days=3))

    assert "Last activity" not in lately
    assert "Last activity: 2 November 2026, more than 20 working days ago" in card(rota, AISHA)


def test_fewer_than_two_of_each_is_said_on_the_card(rota: Rota) -> None:
    end_parts(rota, CALLUM, EWA, TOM)

    (shown,) = rota.press(GRACE, Action.SITE, str(rota.site))

    assert "It has 1 of 2 moderators who accepted (A.5.4)." in plain_text(shown)
    assert shown.tone is Tone.CARE


def test_each_reader_has_the_buttons_of_their_parts_alone(rota: Rota) -> None:
    moderator, office, author, head = (buttons(rota, who) for who in (CALLUM, DENISE, AISHA, GRACE))

    assert moderator == [
        "Log something",
        "Extreme: what to do",
        "Who looks after it",
        "What is not covered",
        "Plan for stepping in",
    ]
    assert office == ["Who looks after it", "What is not covered"]
    assert author[:3] == ["Half-termly check", "Log something", "Extreme: what to do"]
    assert author[3:] == ["Who looks after it", "What is not covered", "More"]
    assert {"Judge it by its aims", "Close it", "Suspend it", "Change the rota"} <= set(head)
    assert "Log something" not in head


def test_what_is_seldom_done_is_behind_more(rota: Rota) -> None:
    (shown,) = rota.press(AISHA, Action.SITE, str(rota.site))

    (more,) = rota.push(AISHA, shown, "More")

    assert more.title == "Netball Instagram: what else you can do."
    assert {"Change the rota", "Close it", "Suspend it", "Where people find it"} <= set(labels(more))
    assert not set(labels(more)) & set(labels(shown))


def test_nothing_is_behind_more_for_somebody_without_a_part(rota: Rota) -> None:
    assert "Netball" not in everything(rota.press(LUCY, Action.SITE, f"{rota.site}:more"))
    assert rota.told(LUCY, SayKind.SITE, f"{rota.site}:more").title == "I cannot show you that."


@pytest.mark.parametrize("state", [one for one in SiteState if one not in {SiteState.LIVE, SiteState.DRAFT}])
def test_in_every_state_every_reader_has_a_card_with_few_buttons(rota: Rota, state: SiteState) -> None:
    change(rota, closure=date(2027, 7, 21), review_on=date(2026, 11, 1))
    move(rota, state)

    for who in (PRIYA, AISHA, GRACE, CALLUM, DENISE):
        (shown,) = rota.press(who, Action.SITE, str(rota.site))
        assert shown.title.startswith("Netball Instagram is ")
        assert len(shown.buttons) <= MOST_BUTTONS
        more = rota.told(who, SayKind.SITE, f"{rota.site}:more")
        assert len(more.buttons) <= MOST_BUTTONS
        for button in (*shown.buttons, *more.buttons):
            assert rota.press(who, button.action, button.about)


def test_a_button_that_ended_is_on_no_card(rota: Rota) -> None:
    move(rota, SiteState.SUSPENDED)
    assert "It may be used again" in buttons(rota, GRACE)
    assert "It may be used again" not in buttons(rota, PRIYA)
    move(rota, SiteState.LEGACY)
    assert "Approve it" in buttons(rota, GRACE)
    assert "Approve it" not in buttons(rota, AISHA)
    move(rota, SiteState.CLOSING)
    assert "List before it closes" in buttons(rota, AISHA)


def test_somebody_without_a_part_sees_nothing_of_a_site_whatever_they_press(rota: Rota) -> None:
    shown = [
        rota.press(LUCY, Action.SITE, str(rota.site)),
        rota.press(LUCY, Action.SITE_CHECKS, f"{rota.site}:health"),
        rota.press(LUCY, Action.EVALUATE_SITE, str(rota.site)),
        (rota.told(LUCY, SayKind.SITE, str(rota.site)),),
        (rota.told(LUCY, SayKind.SITE_NEWS, f"{rota.site}:suspended"),),
        (rota.told(LUCY, SayKind.SITE_CHECKS, f"{rota.site}:health:logo"),),
        (rota.told(LUCY, SayKind.SITE_FORM, f"{rota.site}:evaluate"),),
        (rota.told(LUCY, SayKind.SITE_ASKED, f"{rota.site}:close"),),
    ]

    assert "Netball" not in "".join(map(everything, shown))


@pytest.mark.parametrize("kind", [SayKind.SITE_NEWS, SayKind.SITE_FORM, SayKind.SITE_ASKED, SayKind.SITE_CHECKS])
@pytest.mark.parametrize("about", ["", "x", "7", "{site}:nothing", "{site}:check_no:nothing", "999999:close"])
def test_a_fact_that_says_nothing_is_answered_kindly(rota: Rota, kind: SayKind, about: str) -> None:
    assert rota.told(AISHA, kind, about.format(site=rota.site)).title == "I cannot show you that."


def test_my_sites_has_the_most_urgent_first_with_a_way_to_each(rota: Rota) -> None:
    end_parts(rota, CALLUM, EWA, TOM)
    (shown,) = rota.press(GRACE, Action.SITES, "")

    names = labels(shown)
    assert names[0] == "Netball Instagram"
    assert len(names) <= 8
    assert "Netball Instagram: live; 1 of 2 moderators" in plain_text(shown)
    assert "more: say “site” and its name" in plain_text(shown)


def test_whoever_has_no_site_is_told_so_kindly(rota: Rota) -> None:
    (shown,) = rota.press("maureen.sample@elm-academy.example", Action.SITES, "")

    assert shown.title == "You look after no site, and you answer for none."
    assert the_site(rota).name not in plain_text(shown)
