"""A slot as its person, their reserve, the administrators and others read it; and what they are told of it."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action, SayKind
from policy_kb.site_words import SlotPart
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    EWA,
    FRIDAY,
    LUCY,
    PRIYA,
    THURSDAY,
    TOM,
    TUESDAY,
    Rota,
)
from tests.handlers.requests.office import everything, labels

MARCH = date(2027, 3, 1)  # a Monday far from every other slot


def test_whoever_is_on_can_say_so_or_that_they_cannot(rota: Rota) -> None:
    shown = rota.told(TOM, SayKind.SLOT, rota.about(THURSDAY))

    assert shown.title == "You are on for Netball Instagram on Thursday 3 December."
    assert shown.card == f"slot:{rota.about(THURSDAY)}"
    assert labels(shown) == ["I've got it", "I can't", "Plan for stepping in", "Log something"]
    assert "Your reserve is Callum Sample." in plain_text(shown)


def test_the_nudge_changes_once_others_are_asked(rota: Rota) -> None:
    rota.told(TOM, SayKind.SLOT, rota.about(THURSDAY))

    rota.say(TOM, "find me cover for Thursday")

    (card,) = rota.inbox(TOM)
    assert card.replaces
    assert "Until somebody takes it, it stays yours (A.5.4)." in plain_text(card)
    assert "Ask nobody else" in labels(card)


def test_the_nudge_says_so_once_somebody_else_has_it(rota: Rota) -> None:
    rota.told(TOM, SayKind.SLOT, rota.about(THURSDAY))
    rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY), {"who": ("callum-sample",)})

    card = next(one for one in rota.inbox(TOM) if one.replaces)

    assert card.title == "Callum Sample has Netball Instagram on Thursday 3 December."


def test_the_reserve_is_asked_where_nobody_answered(rota: Rota) -> None:
    rota.clock.advance(days=4)

    shown = rota.told(CALLUM, SayKind.SLOT, rota.about(THURSDAY))

    assert shown.title == "Can you take Netball Instagram today?"
    assert "Tom Example has not answered" in plain_text(shown)
    assert labels(shown)[0] == "I'll take it"


def test_administrators_are_shown_that_nobody_answered_and_can_give_it(rota: Rota) -> None:
    rota.clock.advance(days=4)

    shown = rota.told(AISHA, SayKind.SLOT, rota.about(THURSDAY))

    assert shown.title == "Nobody has said that they look after Netball Instagram today."
    assert labels(shown) == ["Give it to somebody", "Who is on"]


def test_a_gap_is_shown_with_what_helps(rota: Rota) -> None:
    rota.leave_open(TUESDAY)

    for_manager = rota.told(AISHA, SayKind.SLOT, rota.about(TUESDAY))
    for_moderator = rota.told(TOM, SayKind.SLOT, rota.about(TUESDAY))

    assert for_manager.title == "Nobody is on for Netball Instagram on Tuesday 1 December."
    assert labels(for_manager) == ["I'll take it", "Ask who is free", "Give it to somebody", "Who is on"]
    assert labels(for_moderator) == ["I'll take it", "Who is on"]


def test_a_nudge_that_comes_late_says_that_it_is_over(rota: Rota) -> None:
    about = rota.about(THURSDAY)
    rota.clock.advance(days=6)

    shown = rota.told(TOM, SayKind.SLOT, about)

    assert shown.title == "Over: Netball Instagram, Thursday 3 December. You had it."


@pytest.mark.parametrize(
    ("days", "part", "title"),
    [
        (5, SlotPart.WHOLE, "You are on for Netball Instagram in the week of Monday 1 March 2027."),
        (1, SlotPart.MORNING, "You are on for Netball Instagram on the morning of Monday 1 March 2027."),
        (1, SlotPart.AFTERNOON, "You are on for Netball Instagram on the afternoon of Monday 1 March 2027."),
    ],
)
def test_weeks_and_half_days_are_said_as_such(rota: Rota, days: int, part: SlotPart, title: str) -> None:
    number = rota.lay_out(MARCH, days, TOM, part)

    assert rota.told(TOM, SayKind.SLOT, str(number)).title == title
    assert "Netball Instagram" in rota.told(TOM, SayKind.MY_SLOTS, "").title


def test_half_days_stand_beside_each_other(rota: Rota) -> None:
    rota.lay_out(MARCH, 1, TOM, SlotPart.MORNING)
    rota.lay_out(MARCH, 1, CALLUM, SlotPart.AFTERNOON)

    week = rota.told(TOM, SayKind.ON_DUTY, "2027-03-01")
    day = rota.told(TOM, SayKind.ON_DUTY, "2027-03-01:day")

    assert "Mon am you, Mon pm Callum Sample" in plain_text(week)
    assert "am you, pm Callum Sample" in plain_text(day)


def test_a_day_or_two_away_leave_somebody_their_week(rota: Rota) -> None:
    number = rota.lay_out(MARCH, 5, TOM)

    (kept,) = rota.press(TOM, Action.OFF, "2027-03-01:2027-03-03")

    assert "Still yours" in plain_text(kept)
    assert "week of Monday 1 March 2027" in plain_text(kept)
    assert kept.buttons[0].about == str(number)


def test_what_the_rota_gives_is_told_as_a_slot_of_ones_own(rota: Rota) -> None:
    about = f"given:{rota.about(THURSDAY)}"

    assert rota.told(TOM, SayKind.COVER_NEWS, about).title == (
        "The rota has a slot for you: Netball Instagram, Thursday 3 December."
    )
    assert rota.told(CALLUM, SayKind.COVER_NEWS, about).title.startswith("Tom Example has")


@pytest.mark.parametrize("key", ["kept", "back"])
def test_whoever_nobody_took_over_from_is_reminded_that_it_is_theirs(rota: Rota, key: str) -> None:
    about = f"{key}:{rota.about(THURSDAY)}"

    shown = rota.told(TOM, SayKind.COVER_NEWS, about)

    assert shown.title == "Nobody took it over, so it stays yours: Netball Instagram, Thursday 3 December."
    assert labels(shown) == ["Find cover", "Swap", "My slots"]
    assert rota.told(EWA, SayKind.COVER_NEWS, about).title.startswith("Tom Example has")


@pytest.mark.parametrize("key", ["given", "assigned", "gave", "taken", "lost", "nobody", "needs", "no_swap", "kept"])
def test_news_that_comes_late_tells_what_is_so_now(rota: Rota, key: str) -> None:
    rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY), {"who": ("callum-sample",)})

    shown = rota.told(EWA, SayKind.COVER_NEWS, f"{key}:{rota.about(THURSDAY)}:tom-example")

    assert "Callum Sample" in shown.title or "by now" in shown.title


@pytest.mark.parametrize(
    "about", ["gone", "given:999999", "nonsense:4", "settled:99:31", "settled:99", "cut:31:x", "cut:999999:2026-12-07"]
)
def test_news_of_what_is_gone_is_kind(rota: Rota, about: str) -> None:
    shown = rota.told(TOM, SayKind.COVER_NEWS, about)

    assert shown.title in {
        "I cannot show you that any more.",
        "Netball Instagram: that decision was taken back, or its days are over.",
    }


def test_nobody_reads_of_sites_they_have_no_part_in(rota: Rota) -> None:
    number = rota.about(THURSDAY)

    for kind, about in (
        (SayKind.SLOT, number),
        (SayKind.COVER_NEWS, f"taken:{number}"),
        (SayKind.COVER_NEWS, f"cut:{rota.site}:2026-12-07"),
        (SayKind.COVER_FORM, f"{number}:swap"),
        (SayKind.COVER_FORM, f"{number}:assign"),
        (SayKind.COVER_FORM, f"{number}:find"),
        (SayKind.COVER_FORM, f"{rota.site}:shape"),
        (SayKind.COVER_FORM, f"{rota.site}:gap:2026-12-01:2026-12-05"),
        (SayKind.COVER_FORM, "nonsense"),
        (SayKind.GAPS, str(rota.site)),
        (SayKind.OFFER, "999"),
        (SayKind.OFF_ASKED, "kept:999"),
    ):
        assert rota.told(LUCY, kind, about).title == "I cannot show you that any more."


def test_there_may_be_nobody_to_swap_with(rota: Rota) -> None:
    (form,) = rota.say(TOM, "swap Thursday with Aisha")

    assert form.title == "There is no slot to swap Netball Instagram, Thursday 3 December for."
    assert labels(form) == ["Find cover instead", "My slots"]


def test_administrators_hear_at_once_that_somebody_cannot_be_there_today(rota: Rota) -> None:
    rota.keep_away(AISHA, THURSDAY, FRIDAY)
    rota.clock.advance(days=4)

    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))

    told = everything(rota.inbox(AISHA))
    assert "Netball Instagram needs somebody today: Tom Example cannot." in told
    assert "I am asking whoever is free, the reserve first." in told


def test_a_slot_is_chosen_where_several_days_were_named(rota: Rota) -> None:
    (asked,) = rota.say(PRIYA, "I can't do 30 November to 4 December")
    (form,) = rota.say(AISHA, "put Callum on Wednesday and Thursday")

    assert asked.title == "For which of your slots shall I find cover?"
    assert len(asked.fields[0].options) == 2
    assert form.title == "Which slot, and who takes it?"
    (shown,) = rota.push(AISHA, form, "Give it", slot=rota.about(THURSDAY), who="callum-sample")
    assert shown.title == "Callum Sample has Netball Instagram, Thursday 3 December."
