"""Who is on duty, in a week and on a day, for those who look after a site or answer for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.message import Tone, plain_text
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.rules.site import RotaShape
from policy_kb.site_words import CoverDays, SiteState, SlotLength
from tests.handlers.cover.rota_office import AISHA, CALLUM, GRACE, LUCY, MONDAY, NAME, THURSDAY, TOM, TUESDAY, Rota
from tests.handlers.requests.office import MARTIN, labels

MAUREEN = "maureen.sample@elm-academy.example"  # the cook, who has a part in no site

UNUSABLE = (
    "",
    "0",
    "x",
    "999999999",
    "2026-13-01",
    "2026-12-04:2026-12-01",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01:9999-12-31",
    "7:2026-12-21:2027-01-04:nonsense",
    "⁷",
    "1" * 150,
    "'; drop table sites; --",
)
FIELDS = ("slot", "who", "for_slot", "gap", "slots", "length", "days", "first_day", "last_day")
OF_COVER = (
    Action.ON_DUTY,
    Action.MY_SLOTS,
    Action.OFF,
    Action.BACK_AGAIN,
    Action.GOT_IT,
    Action.CANNOT,
    Action.FIND_COVER,
    Action.TAKE_SLOT,
    Action.NOT_FREE,
    Action.SWAP,
    Action.AGREE_SWAP,
    Action.REFUSE_SWAP,
    Action.TAKE_BACK_OFFER,
    Action.ASSIGN,
    Action.GAPS,
    Action.SETTLE_GAP,
    Action.SETTLE_GAP_SURELY,
    Action.REOPEN_GAP,
    Action.ROTA_SHAPE,
)


def test_a_week_is_one_line_a_site(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "who is on this week?")

    assert shown.title == "On duty Monday 30 November to Sunday 6 December: Netball Instagram."
    assert "Netball Instagram: Mon Priya Sample, Tue Callum Sample, Wed Ewa Example, Thu you, Fri Priya Sample" in (
        plain_text(shown)
    )
    assert labels(shown) == ["The week before", "The week after", "My slots"]


def test_nobody_is_said_loud(rota: Rota) -> None:
    rota.leave_open(TUESDAY, THURSDAY)

    (shown,) = rota.say(AISHA, "who is on this week?")

    assert "Tue NOBODY" in plain_text(shown)
    assert "What is not covered" in labels(shown)


def test_a_decision_to_leave_days_without_cover_is_shown_as_such(rota: Rota) -> None:
    rota.leave_open(TUESDAY)
    rota.press(AISHA, Action.SETTLE_GAP_SURELY, f"{rota.site}:2026-12-01:2026-12-02:comments_off")

    (shown,) = rota.say(AISHA, "who is on this week?")

    assert "Tue comments off" in plain_text(shown)
    assert "What is not covered" not in labels(shown)


def test_on_a_day_that_no_rota_has_nobody_is_missed(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "who is on today?")

    (week,) = rota.push(TOM, shown, "The week after")

    assert shown.title == "Nobody has to be on duty on Sunday 29 November."
    assert shown.tone is Tone.PLAIN
    assert labels(shown) == ["The whole week", "The week after", "My slots"]
    assert week.title.startswith("On duty Monday 30 November")


def test_a_day_leads_to_its_week(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "who is on on Thursday?")

    (week,) = rota.push(TOM, shown, "The whole week")

    assert week.title == "On duty Monday 30 November to Sunday 6 December: Netball Instagram."


@pytest.mark.parametrize("text", ["gaps", "who is on today"])
def test_whoever_sees_no_site_anywhere_is_not_sent_to_the_register(rota: Rota, text: str) -> None:
    (shown,) = rota.say(MAUREEN, text)

    assert shown.title.startswith("You look after no site")
    assert "register" not in plain_text(shown)


@pytest.mark.parametrize("text", ["who is on this week?", "who is on today", "gaps"])
def test_whoever_has_no_part_in_any_site_is_told_so(rota: Rota, text: str) -> None:
    (shown,) = rota.say(MARTIN, text)

    assert shown.title.startswith("You look after no site, and you answer for none")
    assert "say “register”" in plain_text(shown)


def test_the_weeks_are_turned_over_in_place(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "who is on this week?")

    (after,) = rota.push(TOM, shown, "The week after")
    (before,) = rota.push(TOM, after, "The week before")

    assert after.replaces
    assert after.title.startswith("On duty Monday 7 December")
    assert before.title == shown.title


def test_the_head_sees_every_site_of_the_setting(rota: Rota) -> None:
    *_, shown = rota.say(GRACE, "who is on this week?")

    assert "Netball Instagram: Mon Priya Sample" in plain_text(shown)
    assert "sites" in shown.title


@pytest.mark.parametrize("who", [LUCY, MARTIN])
def test_others_see_no_rota_of_it(rota: Rota, who: str) -> None:
    (shown,) = rota.press(who, Action.ON_DUTY, f"2026-11-30:{rota.site}")

    assert shown.title.startswith("You look after no site")


def test_my_slots_are_those_of_the_next_weeks_with_what_was_said_of_them(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))

    (shown,) = rota.say(TOM, "my slots")

    assert shown.title == "You are on next: Netball Instagram, Thursday 3 December."
    assert "Thursday 3 December (I am asking others); Thursday 10 December" in plain_text(shown)


def test_of_several_slots_one_is_chosen_in_the_list(rota: Rota) -> None:
    (shown,) = rota.say(TOM, "my slots")

    (asked,) = rota.push(TOM, shown, "Find cover", slot=rota.about(THURSDAY))

    assert asked.title.startswith("I have asked 4 people for Netball Instagram, Thursday 3 December.")


def test_who_has_no_slots_is_told_so(rota: Rota) -> None:
    (shown,) = rota.say(AISHA, "my slots")

    assert shown.title == "You have no slots in the next 13 weeks."


def test_whatever_a_press_is_about_it_brings_a_kind_answer_and_changes_nothing(rota: Rota) -> None:
    with rota.database.begin() as uow:
        before = uow.rota.slots(TUESDAY, THURSDAY), uow.offers.open_all()

    for action in OF_COVER:
        for about in UNUSABLE:
            answered = rota.press(CALLUM, action, about, dict.fromkeys(FIELDS, (about,)))
            assert all(one.title for one in answered)
        rota.press(CALLUM, action, str(rota.site), dict.fromkeys(FIELDS, ("nonsense",)))

    with rota.database.begin() as uow:
        assert (uow.rota.slots(TUESDAY, THURSDAY), uow.offers.open_all()) == before


def test_whoever_is_nobody_of_the_staff_does_nothing(rota: Rota) -> None:
    (shown,) = rota.press("stranger@nowhere.example", Action.TAKE_SLOT, rota.about(THURSDAY))

    assert shown.title.startswith("I do not find you in the trust's staff list")


def test_a_second_weekend_question_is_about_the_week_that_comes(rota: Rota) -> None:
    (shown,) = rota.press(TOM, Action.ON_DUTY, "")

    assert shown.title.startswith("On duty Monday 30 November")
    assert not shown.replaces


def test_at_a_weekend_today_is_told_too_where_a_site_owes_cover(rota: Rota) -> None:
    rota.cut_anew(RotaShape(length=SlotLength.DAY, days=CoverDays.EVERY_DAY))
    rota.lay_out(MONDAY - DAY, 1, TOM)
    rota.leave_open(MONDAY - DAY)

    said = rota.say(TOM, "who is on?")
    pressed = rota.press(TOM, Action.ON_DUTY, "")
    asked = rota.say(TOM, f"who is on for {NAME}")

    for today, week in (said, pressed, asked):
        assert today.title == "On duty on Sunday 29 November, Netball Instagram: nobody."
        assert today.tone is Tone.CARE
        assert week.title.startswith("On duty Monday 30 November")


def test_of_a_week_before_any_rota_none_is_known_and_nobody_is_missed(rota: Rota) -> None:
    (shown,) = rota.press(TOM, Action.ON_DUTY, "2026-11-16")

    assert shown.tone is Tone.PLAIN
    assert "Netball Instagram: No rota is known for then" in plain_text(shown)
    assert "NOBODY" not in plain_text(shown)


def test_no_rota_at_all_is_said_loud(rota: Rota) -> None:
    (shown,) = rota.press(TOM, Action.ON_DUTY, f"2027-06-07:{rota.site}")

    assert "NOBODY: no slots are laid out" in plain_text(shown)


def test_sites_beyond_those_that_are_shown_count_in_how_many_are_not_covered(rota: Rota) -> None:
    with rota.database.begin() as uow:
        netball = uow.sites.get(rota.site)
        assert netball is not None
        for number in range(1, 14):
            uow.sites.open(replace(netball, name=f"Athletics {number:02}"), entry=rota.entry())
        for slot in uow.rota.slots(MONDAY, MONDAY + 7 * DAY, sites=(rota.site,)):
            uow.rota.open(slot, entry=rota.entry())

    (shown,) = rota.press(AISHA, Action.ON_DUTY, MONDAY.isoformat())

    assert shown.title.endswith(": 14 of 14 sites are not fully covered.")


def test_slots_of_a_site_that_is_suspended_are_nobodys_to_serve(rota: Rota) -> None:
    with rota.database.begin() as uow:
        uow.sites.move(rota.site, SiteState.LIVE, SiteState.SUSPENDED, on=MONDAY, entry=rota.entry())

    (shown,) = rota.press(TOM, Action.MY_SLOTS, "")

    assert shown.title == "You have no slots in the next 13 weeks."
