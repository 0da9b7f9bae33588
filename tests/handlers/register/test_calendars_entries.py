"""What stands in a calendar feed: the rows of the rota as they are now, and nothing that somebody must not read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.site_words import SiteState, SlotPart
from tests.handlers.cover.rota_office import AISHA, CALLUM, EWA, FRIDAY, MONDAY, PRIYA, THURSDAY, TOM, TUESDAY, WEEK

if TYPE_CHECKING:
    from tests.handlers.register.calendar_office import Calendars

SITE = "calendar for Netball Instagram"
ON_DUTY = "Netball Instagram: you are on duty"


def test_the_own_calendar_has_ones_slots_and_no_others(calendars: Calendars) -> None:
    entries = calendars.summaries(calendars.subscribe(TOM))

    thursdays = [THURSDAY + number * WEEK for number in range(8)]
    assert entries == [f"{day:%Y%m%d}T083000 {ON_DUTY}" for day in thursdays]


def test_a_swap_shows_at_the_next_look_in_both_calendars(calendars: Calendars) -> None:
    toms, callums = calendars.subscribe(TOM), calendars.subscribe(CALLUM)
    calendars.press(TOM, Action.SWAP, calendars.about(THURSDAY), {"for_slot": (calendars.about(TUESDAY),)})
    (asked,) = calendars.inbox(CALLUM)

    calendars.push(CALLUM, asked, "Yes, swap")

    assert calendars.summaries(toms)[0] == f"20261201T083000 {ON_DUTY}"
    assert f"20261203T083000 {ON_DUTY}" not in calendars.summaries(toms)
    assert f"20261203T083000 {ON_DUTY}" in calendars.summaries(callums)


def test_a_slot_keeps_its_uid_whoever_has_it(calendars: Calendars) -> None:
    secret, uid = calendars.subscribe(AISHA, SITE), f"UID:slot-{calendars.about(THURSDAY)}@ask.example"
    before = calendars.text_of(secret)

    calendars.press(AISHA, Action.ASSIGN, calendars.about(THURSDAY), {"who": (calendars.person(PRIYA).id,)})

    assert "20261203T083000 Netball Instagram: Priya Sample" in calendars.summaries(secret)
    assert before.count(uid) == calendars.text_of(secret).count(uid) == 1


def test_no_uid_tells_who_somebody_is(calendars: Calendars) -> None:
    uids = [line for line in calendars.text_of(calendars.subscribe(AISHA, SITE)).splitlines() if line.startswith("UID")]

    assert len(uids) == len(set(uids)) == 40
    assert [uid for uid in uids if "tom" in uid or "sample" in uid] == []


def test_a_sites_calendar_names_who_is_on_and_the_reserve(calendars: Calendars) -> None:
    secret = calendars.subscribe(AISHA, SITE)

    assert calendars.summaries(secret)[:4] == [
        "20261130T083000 Netball Instagram: Priya Sample",
        "20261201T083000 Netball Instagram: Callum Sample",
        "20261202T083000 Netball Instagram: Ewa Example",
        "20261203T083000 Netball Instagram: Tom Example",
    ]
    assert "The reserve is Callum Sample." in calendars.text_of(secret)


def test_the_own_calendar_names_ones_reserve(calendars: Calendars) -> None:
    assert "Your reserve is Callum Sample." in calendars.text_of(calendars.subscribe(TOM))


def test_a_gap_says_nobody_first_and_one_that_is_meant_says_what_was_decided(calendars: Calendars) -> None:
    secret = calendars.subscribe(AISHA, SITE)
    calendars.leave_open(TUESDAY, THURSDAY, FRIDAY)
    calendars.press(AISHA, Action.SETTLE_GAP_SURELY, f"{calendars.site}:2026-12-01:2026-12-02:comments_off")
    calendars.press(AISHA, Action.SETTLE_GAP_SURELY, f"{calendars.site}:2026-12-04:2026-12-05:paused")

    assert calendars.summaries(secret)[1:5] == [
        "20261201T083000 Netball Instagram: comments off",
        "20261202T083000 Netball Instagram: Ewa Example",
        "20261203T083000 NOBODY: Netball Instagram",
        "20261204T083000 Netball Instagram: paused",
    ]


def test_half_days_have_the_hours_of_their_half(calendars: Calendars) -> None:
    saturday = FRIDAY + DAY
    calendars.lay_out(saturday, 1, EWA, SlotPart.MORNING)
    calendars.lay_out(saturday, 1, TOM, SlotPart.AFTERNOON)

    text = calendars.text_of(calendars.subscribe(AISHA, SITE))

    assert "DTSTART;TZID=Europe/London:20261205T083000\r\nDTEND;TZID=Europe/London:20261205T123000" in text
    assert "DTSTART;TZID=Europe/London:20261205T123000\r\nDTEND;TZID=Europe/London:20261205T163000" in text


def test_a_week_is_shown_on_each_of_its_days(calendars: Calendars) -> None:
    after = MONDAY + 8 * WEEK
    number = calendars.lay_out(after, 5, TOM)

    secret = calendars.subscribe(TOM)

    days = [after + one * DAY for one in range(5)]
    assert calendars.summaries(secret)[-5:] == [f"{day:%Y%m%d}T083000 {ON_DUTY}" for day in days]
    uids = [f"UID:slot-{number}-{day:%Y%m%d}@ask.example" for day in days]
    assert [uid for uid in uids if uid in calendars.text_of(secret)] == uids


def test_four_weeks_back_can_be_looked_up_and_no_more(calendars: Calendars) -> None:
    secret = calendars.subscribe(TOM)
    calendars.wait(timedelta(weeks=6))

    assert calendars.summaries(secret)[0] == f"20261217T083000 {ON_DUTY}"


def test_a_site_that_was_closed_leaves_nothing_to_do(calendars: Calendars) -> None:
    own, of_site = calendars.subscribe(TOM), calendars.subscribe(AISHA, SITE)
    calendars.wait(timedelta(days=8))
    with calendars.database.begin() as uow:
        site = uow.sites.get(calendars.site)
        assert site is not None
        uow.sites.move(site.id, site.state, SiteState.CLOSED, on=date(2026, 12, 7), entry=calendars.entry())

    assert calendars.summaries(own) == [f"20261203T083000 {ON_DUTY}"]
    assert len(calendars.summaries(of_site)) == 5


def test_a_feed_says_no_more_than_it_must(calendars: Calendars) -> None:
    secret = calendars.subscribe(TOM)

    text = calendars.text_of(secret)

    assert secret not in text
    assert "http" not in text
    assert "VALARM" not in text
    assert "METHOD" not in text
    assert "ATTENDEE" not in text
    assert TOM not in text
    assert text.count("TRANSP:TRANSPARENT") == 8


def test_a_feed_is_the_same_version_until_its_rota_changes(calendars: Calendars) -> None:
    secret = calendars.subscribe(TOM)
    first = calendars.file(secret)
    calendars.wait(timedelta(hours=2))
    second = calendars.file(secret)

    calendars.leave_open(THURSDAY)
    third = calendars.file(secret)

    assert first
    assert second
    assert third
    assert first.version == second.version != third.version
