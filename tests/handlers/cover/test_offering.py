"""Finding cover: whoever is free is asked, the first to take it has it, and until then it stays where it is."""

from __future__ import annotations

import pytest

from policy_kb.bot_words import Action
from policy_kb.words import Channel
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    EWA,
    FRIDAY,
    LUCY,
    MONDAY,
    PRIYA,
    THURSDAY,
    TOM,
    TUESDAY,
    Rota,
)
from tests.handlers.requests.office import everything, labels
from tests.stage import button


def asked(rota: Rota) -> set[str]:
    """Return who was sent a card that asks them, and keep nothing in their inboxes."""
    people = (PRIYA, AISHA, CALLUM, EWA, TOM, LUCY)
    return {one for one in people if any("Can you take" in message.title for message in rota.inbox(one))}


def test_the_nudge_has_the_slot_and_four_buttons(rota: Rota) -> None:
    (shown,) = rota.press(TOM, Action.GOT_IT, rota.about(THURSDAY))

    assert shown.title == "You've got it: Netball Instagram on Thursday 3 December."
    assert labels(shown) == ["I can't after all", "Plan for stepping in", "Log something"]
    assert rota.slot(THURSDAY).accepted_at is not None


def test_pressing_twice_that_you_have_it_keeps_the_first_moment(rota: Rota) -> None:
    rota.press(TOM, Action.GOT_IT, rota.about(THURSDAY))
    first = rota.slot(THURSDAY).accepted_at
    rota.clock.advance(minutes=5)

    (shown,) = rota.press(TOM, Action.GOT_IT, rota.about(THURSDAY))

    assert shown.title.startswith("You've got it")
    assert rota.slot(THURSDAY).accepted_at == first


def test_nobody_confirms_somebody_elses_slot(rota: Rota) -> None:
    (shown,) = rota.press(CALLUM, Action.GOT_IT, rota.about(THURSDAY))

    assert shown.title.startswith("That slot is not yours")
    assert rota.slot(THURSDAY).accepted_at is None


def test_who_cannot_stays_on_until_somebody_takes_it(rota: Rota) -> None:
    (shown,) = rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))

    assert shown.title == "I have asked 4 people for Netball Instagram, Thursday 3 December. Nobody has taken it yet."
    assert "Until somebody takes it, it stays with you (A.5.4)." in everything((shown,))
    assert rota.who(THURSDAY) == TOM
    assert asked(rota) == {PRIYA, AISHA, CALLUM, EWA}


def test_pressing_twice_asks_once(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    asked(rota)

    rota.press(TOM, Action.FIND_COVER, rota.about(THURSDAY))

    assert asked(rota) == set()


def test_the_reserve_is_asked_first_and_knows_it(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))

    offer = rota.offer_of(THURSDAY)
    (card,) = rota.inbox(CALLUM)
    assert offer is not None
    assert "You are the reserve for it." in everything((card,))


def test_the_first_to_take_it_has_it_and_the_other_cards_lock(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    asked(rota)

    (shown,) = rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))

    assert shown.title == "You have it: Netball Instagram, Thursday 3 December. Thank you."
    assert rota.who(THURSDAY) == CALLUM
    (told,) = [one for one in rota.inbox(TOM) if not one.replaces]
    assert told.title == "Callum Sample has your slot: Netball Instagram, Thursday 3 December."
    for other in (PRIYA, EWA, AISHA):
        (locked,) = rota.inbox(other)
        assert locked.replaces
        assert locked.title == "Taken by Callum Sample: Netball Instagram, Thursday 3 December."


def test_whoever_is_second_is_told_and_changes_nothing(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))

    (shown,) = rota.press(EWA, Action.TAKE_SLOT, rota.about(THURSDAY))

    assert shown.title.startswith("Thank you, but nobody is needed there any more")
    assert rota.who(THURSDAY) == CALLUM


def test_whoever_takes_what_they_offered_keeps_it(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))

    (shown,) = rota.press(TOM, Action.TAKE_SLOT, rota.about(THURSDAY))

    assert shown.title == "You keep it: Netball Instagram, Thursday 3 December."
    assert rota.who(THURSDAY) == TOM
    assert rota.offer_of(THURSDAY) is None


def test_an_offer_can_be_taken_back(rota: Rota) -> None:
    (card,) = rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    asked(rota)

    (shown,) = rota.push(TOM, card, "Ask nobody any more")

    assert shown.title == "You keep it: Netball Instagram, Thursday 3 December."
    assert rota.who(THURSDAY) == TOM
    (locked,) = rota.inbox(EWA)
    assert locked.title == "Nobody is asked any more: Netball Instagram, Thursday 3 December."
    assert button(locked, "My slots")


def test_when_everybody_is_busy_the_asker_and_the_administrators_hear_of_it(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    cards = {one: rota.inbox(one)[0] for one in (PRIYA, AISHA, CALLUM, EWA)}

    for who, card in cards.items():
        (shown,) = rota.push(who, card, "I'm not free")
        assert shown.title == "You said that you can't take Netball Instagram on Thursday 3 December."

    told = everything(rota.inbox(TOM))
    assert "Nobody is free for Netball Instagram, Thursday 3 December." in told
    assert "It stays with you until somebody takes it" in told
    assert "Nobody is free for Netball Instagram" in everything(rota.inbox(AISHA))
    assert rota.who(THURSDAY) == TOM


def test_who_said_no_can_take_it_after_all(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))
    (card,) = rota.inbox(EWA)
    (shown,) = rota.push(EWA, card, "I'm not free")

    (taken,) = rota.push(EWA, shown, "I can after all")

    assert taken.title.startswith("You have it")


def test_only_people_of_the_site_are_asked_and_can_take(rota: Rota) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))

    (shown,) = rota.press(LUCY, Action.TAKE_SLOT, rota.about(THURSDAY))

    assert shown.title.startswith("Only people who look after this site")
    assert rota.who(THURSDAY) == TOM


def test_who_is_away_then_cannot_take_it(rota: Rota) -> None:
    rota.press(CALLUM, Action.OFF, "2026-12-03:2026-12-04")
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))

    (shown,) = rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))

    assert shown.title.startswith("You are written down as away then")
    assert rota.who(THURSDAY) == TOM


def test_a_slot_that_is_over_stays_as_it_was(rota: Rota) -> None:
    about = rota.about(MONDAY)
    rota.clock.advance(days=2)

    (shown,) = rota.press(PRIYA, Action.CANNOT, about)

    assert shown.title == "That slot is over, so it stays as it was."


def test_on_the_day_administrators_hear_at_once_and_the_taker_needs_no_nudge(rota: Rota) -> None:
    rota.clock.advance(days=4)  # Thursday

    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY))

    assert asked(rota) == {PRIYA, AISHA, CALLUM, EWA}
    rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))
    assert rota.slot(THURSDAY).accepted_at is not None


def test_the_reserve_may_step_in_where_nobody_answered(rota: Rota) -> None:
    rota.clock.advance(days=4)

    (shown,) = rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))

    assert shown.title == "You've got it: Netball Instagram today."
    assert "Callum Sample has your slot" in everything(rota.inbox(TOM))


def test_nobody_takes_over_from_somebody_who_answered(rota: Rota) -> None:
    rota.clock.advance(days=4)
    rota.press(TOM, Action.GOT_IT, rota.about(THURSDAY))

    (shown,) = rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY))

    assert shown.title.startswith("Thank you, but nobody is needed")


def test_a_gap_may_be_taken_by_whoever_looks_after_the_site(rota: Rota) -> None:
    rota.leave_open(TUESDAY)

    (shown,) = rota.press(PRIYA, Action.TAKE_SLOT, rota.about(TUESDAY))

    assert shown.title == "You are on for Netball Instagram on Tuesday 1 December."
    assert rota.who(TUESDAY) == PRIYA


def test_whoever_answers_for_the_site_may_ask_for_a_gap(rota: Rota) -> None:
    rota.leave_open(TUESDAY)

    (shown,) = rota.press(AISHA, Action.FIND_COVER, rota.about(TUESDAY))

    assert "I have asked" in shown.title
    assert asked(rota) >= {PRIYA, CALLUM, TOM}


def test_somebody_of_the_site_does_not_offer_what_another_has(rota: Rota) -> None:
    (shown,) = rota.press(EWA, Action.FIND_COVER, rota.about(FRIDAY))

    assert shown.title.startswith("That slot is not yours")
    assert rota.offer_of(FRIDAY) is None


@pytest.mark.parametrize("channel", [Channel.SLACK, Channel.TEAMS])
def test_it_is_the_same_on_every_channel(rota: Rota, channel: Channel) -> None:
    rota.press(TOM, Action.CANNOT, rota.about(THURSDAY), channel=channel)
    rota.press(CALLUM, Action.TAKE_SLOT, rota.about(THURSDAY), channel=channel)

    assert rota.who(THURSDAY) == CALLUM
    with rota.database.begin() as uow:
        offer = uow.offers.open_all()
    assert offer == ()


def test_whoever_asks_for_a_slot_that_nobody_has_does_not_get_it_by_asking_no_more(rota: Rota) -> None:
    rota.leave_open(THURSDAY)
    (card,) = rota.press(AISHA, Action.FIND_COVER, rota.about(THURSDAY))

    rota.push(AISHA, card, "Ask nobody any more")

    assert rota.who(THURSDAY) == ""
    assert rota.offer_of(THURSDAY) is None
