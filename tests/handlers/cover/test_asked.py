"""Whom the bot cannot reach is named to whoever asks, and finds what waits for them once they meet it."""

from __future__ import annotations

from handlers.message import Tone, plain_text
from policy_kb.bot_words import Action
from policy_kb.words import Channel
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    EWA,
    FRIDAY,
    PRIYA,
    THURSDAY,
    TOM,
    Rota,
)
from tests.handlers.requests.office import everything, labels

EVERYBODY = (PRIYA, AISHA, CALLUM, EWA)
TEAMS = Channel.TEAMS  # where the bot cannot speak first to whoever it has not met


def test_whom_the_bot_cannot_reach_whoever_asks_has_to_ask_themselves(rota: Rota) -> None:
    rota.lose(CALLUM, EWA)

    (shown,) = rota.press(TOM, Action.CANNOT, rota.about(THURSDAY), channel=TEAMS)

    assert shown.title == "I have asked 2 people for Netball Instagram, Thursday 3 December. Nobody has taken it yet."
    assert "I could not reach Callum Sample, Ewa Example, so please ask them yourself." in plain_text(shown)
    assert "Asked: Aisha Sample, Priya Sample" in plain_text(shown)


def test_where_nobody_can_be_reached_nothing_says_that_others_are_asked(rota: Rota) -> None:
    rota.lose(*EVERYBODY)

    (shown,) = rota.press(TOM, Action.CANNOT, rota.about(THURSDAY), channel=TEAMS)
    (slots,) = rota.press(TOM, Action.MY_SLOTS, "", channel=TEAMS)

    assert shown.title == "I could ask nobody for Netball Instagram, Thursday 3 December."
    assert shown.tone is Tone.CARE
    assert (
        "I could not reach any of the 4 people who could take it, so please ask them yourself: "
        "Aisha Sample, Callum Sample, Ewa Example, Priya Sample."
    ) in plain_text(shown)
    assert "Thursday 3 December (I have nobody left to ask)" in plain_text(slots)
    assert "I am asking" not in everything((shown, slots))


def test_days_away_name_whom_nobody_could_ask(rota: Rota) -> None:
    rota.lose(*EVERYBODY)

    (kept,) = rota.press(TOM, Action.OFF, "2026-12-01:2026-12-05", channel=TEAMS)

    assert "I am asking others for" not in plain_text(kept)
    assert "I could ask nobody for Netball Instagram, Thursday 3 December. Please ask them yourself: Aisha" in (
        plain_text(kept)
    )


def test_an_administrator_reads_who_could_not_be_asked_for_today(rota: Rota) -> None:
    rota.clock.advance(days=4)
    rota.keep_away(AISHA, THURSDAY, FRIDAY)
    rota.lose(CALLUM, EWA, PRIYA)

    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY), channel=TEAMS)

    told = everything(rota.inbox(AISHA))
    assert "needs somebody today: Tom Example cannot." in told
    assert "I could not reach any of the 3 people who could take it, so please ask them yourself: Callum" in told


def test_somebody_asked_to_swap_whom_the_bot_cannot_reach_is_to_be_asked_by_hand(rota: Rota) -> None:
    rota.lose(PRIYA)

    (shown,) = rota.press(TOM, Action.SWAP, rota.about(THURSDAY), {"for_slot": (rota.about(FRIDAY),)}, channel=TEAMS)

    assert shown.title.startswith("I could not reach Priya Sample and ask them to swap Friday 4 December")
    assert "Please ask them yourself." in plain_text(shown)


def test_who_meets_the_bot_later_finds_under_their_slots_what_they_are_asked(rota: Rota) -> None:
    rota.lose(CALLUM, PRIYA)
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    rota.press(EWA, Action.SWAP, rota.about(THURSDAY.replace(day=2)), {"for_slot": (rota.about(FRIDAY),)})

    slots, asked = rota.say(CALLUM, "my slots")
    _, cover, swap = rota.press(PRIYA, Action.MY_SLOTS, "")

    assert "Others wait for your answer about: Netball Instagram, Thursday 3 December." in plain_text(slots)
    assert labels(asked) == ["I'll take it", "I'm not free", "My slots"]
    assert {swap.title, cover.title} == {
        "Can you take Netball Instagram on Thursday 3 December?",
        "Ewa Example asks whether you swap slots of Netball Instagram.",
    }
    rota.push(CALLUM, asked, "I'll take it")
    assert rota.who(THURSDAY) == CALLUM


def test_whoever_said_no_is_not_asked_again_under_their_slots(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    (card,) = rota.inbox(EWA)

    (shown,) = rota.push(EWA, card, "I'm not free")
    (slots,) = rota.say(EWA, "my slots")

    assert "Whoever takes it first has it" not in plain_text(shown)
    assert "Others wait" not in plain_text(slots)


def test_a_swap_that_waits_is_said_with_whom(rota: Rota) -> None:
    rota.press(TOM, Action.SWAP, rota.about(THURSDAY), {"for_slot": (rota.about(FRIDAY),)})

    (slots,) = rota.say(TOM, "my slots")

    assert "Thursday 3 December (a swap with Priya Sample waits for their answer)" in plain_text(slots)
