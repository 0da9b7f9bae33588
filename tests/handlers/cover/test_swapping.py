"""Two people swap: asked by the one, agreed by the other, both at once, and only as both slots still are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
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
    WEDNESDAY,
    Rota,
)
from tests.handlers.requests.office import everything, labels, option
from tests.stage import button

if TYPE_CHECKING:
    from handlers.message import Message


def asked_to_swap(rota: Rota) -> Message:
    """Let Tom ask Priya for her Friday, and return the card she is sent."""
    rota.press(TOM, Action.SWAP, rota.about(THURSDAY), {"for_slot": (rota.about(FRIDAY),)})
    (card,) = rota.inbox(PRIYA)
    return card


def test_the_form_lists_the_others_slots_of_the_next_weeks(rota: Rota) -> None:
    (form,) = rota.press(TOM, Action.SWAP, rota.about(THURSDAY))

    (field,) = form.fields
    assert form.title == "Swap Netball Instagram, Thursday 3 December: for which slot?"
    assert [one.label for one in field.options][:3] == [
        "Monday 30 November: Priya Sample",
        "Tuesday 1 December: Callum Sample",
        "Wednesday 2 December: Ewa Example",
    ]
    assert not any("Tom" in one.label for one in field.options)


def test_a_swap_is_asked_agreed_and_done(rota: Rota) -> None:
    (form,) = rota.press(TOM, Action.SWAP, rota.about(THURSDAY))

    (waiting,) = rota.push(TOM, form, "Ask", for_slot=option(form, "for_slot", "Friday 4 December"))
    (card,) = rota.inbox(PRIYA)
    (done,) = rota.push(PRIYA, card, "Yes, swap")

    assert "I have asked Priya Sample to swap Friday 4 December for Thursday 3 December" in waiting.title
    assert card.title == "Tom Example asks whether you swap slots of Netball Instagram."
    assert "You would take: Thursday 3 December" in plain_text(card)
    assert done.title == "Swapped."
    assert (rota.who(THURSDAY), rota.who(FRIDAY)) == (PRIYA, TOM)
    assert "Swapped: your slots of Netball Instagram have changed hands." in everything(rota.inbox(TOM))


def test_the_card_of_a_swap_says_who_swapped_whoever_has_the_slots_since(rota: Rota) -> None:
    card = asked_to_swap(rota)
    (done,) = rota.push(PRIYA, card, "Yes, swap")
    rota.press(AISHA, Action.ASSIGN, rota.about(THURSDAY), {"who": (rota.person(CALLUM).id,)})

    (later,) = rota.push(PRIYA, card, "Yes, swap")

    swapped = "You: Netball Instagram, Thursday 3 December\nTom Example: Netball Instagram, Friday 4 December"
    assert rota.who(THURSDAY) == CALLUM
    assert all(swapped in plain_text(one) for one in (done, later))
    assert ["by now" in plain_text(one) for one in (done, later)] == [False, True]


def test_agreeing_twice_swaps_once(rota: Rota) -> None:
    card = asked_to_swap(rota)

    rota.push(PRIYA, card, "Yes, swap")
    (again,) = rota.push(PRIYA, card, "Yes, swap")

    assert again.title == "Swapped."
    assert (rota.who(THURSDAY), rota.who(FRIDAY)) == (PRIYA, TOM)


def test_who_does_not_want_to_swap_keeps_theirs_and_the_other_is_told(rota: Rota) -> None:
    card = asked_to_swap(rota)

    (shown,) = rota.push(PRIYA, card, "No")

    assert shown.title.startswith("Not swapped")
    assert (rota.who(THURSDAY), rota.who(FRIDAY)) == (TOM, PRIYA)
    told = [one for one in rota.inbox(TOM) if not one.replaces]
    assert told[-1].title == "Priya Sample keeps their slot. Yours stays: Netball Instagram, Thursday 3 December."


def test_a_swap_is_off_once_one_of_the_slots_has_moved(rota: Rota) -> None:
    card = asked_to_swap(rota)
    rota.press(PRIYA, Action.CANNOT, rota.about(FRIDAY))
    rota.press(CALLUM, Action.TAKE_SLOT, rota.about(FRIDAY))

    (shown,) = rota.push(PRIYA, card, "Yes, swap")

    assert shown.title.startswith("This swap is off")
    assert "Tom Example: Netball Instagram, Thursday 3 December\nYou: Netball Instagram, Friday 4" in plain_text(shown)
    assert "Somebody else has a slot of these by now" in plain_text(shown)
    assert (rota.who(THURSDAY), rota.who(FRIDAY)) == (TOM, CALLUM)


def test_a_swap_is_off_once_one_of_them_is_away(rota: Rota) -> None:
    card = asked_to_swap(rota)
    rota.keep_away(TOM, FRIDAY, FRIDAY + DAY)

    (shown,) = rota.push(PRIYA, card, "Yes, swap")

    assert shown.title.startswith("This swap is off")
    assert (rota.who(THURSDAY), rota.who(FRIDAY)) == (TOM, PRIYA)
    assert "it stays yours: Netball Instagram, Thursday 3 December" in everything(rota.inbox(TOM))


def test_of_two_swaps_for_one_slot_the_first_agreed_ends_the_other(rota: Rota) -> None:
    asked_to_swap(rota)
    rota.press(CALLUM, Action.SWAP, rota.about(TUESDAY), {"for_slot": (rota.about(FRIDAY),)})
    (second,) = rota.inbox(PRIYA)

    rota.push(PRIYA, second, "Yes, swap")

    assert (rota.who(TUESDAY), rota.who(FRIDAY), rota.who(THURSDAY)) == (PRIYA, CALLUM, TOM)
    assert rota.offer_of(THURSDAY) is None


def test_only_whoever_was_asked_can_agree(rota: Rota) -> None:
    card = asked_to_swap(rota)

    rota.press(CALLUM, Action.AGREE_SWAP, button(card, "Yes").about)

    assert (rota.who(THURSDAY), rota.who(FRIDAY)) == (TOM, PRIYA)


def test_a_slot_is_offered_in_one_way_at_a_time(rota: Rota) -> None:
    asked_to_swap(rota)

    (shown,) = rota.press(TOM, Action.FIND_COVER, rota.about(THURSDAY))

    assert shown.title.startswith("I am already asking people about this slot.")


def test_a_swap_can_be_taken_back(rota: Rota) -> None:
    (waiting,) = rota.press(TOM, Action.SWAP, rota.about(THURSDAY), {"for_slot": (rota.about(FRIDAY),)})
    (card,) = rota.inbox(PRIYA)
    rota.push(TOM, waiting, "Take it back")

    (shown,) = rota.push(PRIYA, card, "Yes, swap")

    assert shown.title.startswith("This swap is off")
    assert (rota.who(THURSDAY), rota.who(FRIDAY)) == (TOM, PRIYA)


def test_nobody_swaps_what_is_not_theirs(rota: Rota) -> None:
    (shown,) = rota.press(EWA, Action.SWAP, rota.about(THURSDAY), {"for_slot": (rota.about(WEDNESDAY),)})

    assert shown.title.startswith("That slot is not yours")
    assert rota.offer_of(THURSDAY) is None


def test_nobody_swaps_with_themselves_or_with_a_gap(rota: Rota) -> None:
    rota.leave_open(TUESDAY)

    for wanted in (MONDAY, TUESDAY):
        (shown,) = rota.press(PRIYA, Action.SWAP, rota.about(FRIDAY), {"for_slot": (rota.about(wanted),)})
        assert shown.title.startswith("These two slots cannot be swapped")


def test_words_fill_the_form_in_and_ask_nobody(rota: Rota) -> None:
    (form,) = rota.say(TOM, "Can I swap Thursday with Priya's on 11 Dec?")

    assert form.title.startswith("Swap Netball Instagram, Thursday 3 December")
    (field,) = form.fields
    assert [one.label for one in field.options] == ["Friday 11 December: Priya Sample"]
    assert field.filled == (field.options[0].value,)
    assert rota.inbox(PRIYA) == []
    assert "Ask for the swap" in labels(form)


def test_somebody_else_reads_nothing_of_it(rota: Rota) -> None:
    card = asked_to_swap(rota)

    (shown,) = rota.press(LUCY, Action.NOT_FREE, button(card, "Yes").about)

    assert shown.title == "I cannot show you that any more."


def test_an_administrator_cannot_agree_for_others(rota: Rota) -> None:
    card = asked_to_swap(rota)

    rota.press(AISHA, Action.AGREE_SWAP, button(card, "Yes").about)

    assert rota.who(FRIDAY) == PRIYA
