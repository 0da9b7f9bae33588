"""An assessment that was to come later: its reference is added to the record, and nobody is asked for it again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, QuestionKey, RequestState
from tests.handlers.requests.mornings import morning, mornings, text
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DEPUTY,
    DPO,
    GRACE,
    HEAD,
    LEILA,
    LM,
    MARTIN,
    PRIYA,
    everything,
    labels,
)
from tests.handlers.sites.life_office import make_ready

if TYPE_CHECKING:
    from policy_kb.request_words import RequestId
    from tests.handlers.requests.office import Office

SIX = date(2026, 11, 6)  # a week of working days after the consultation
DPIA, REFERENCE = QuestionKey("dpia"), QuestionKey("dpia_reference")
IN_FULL = {"dpia": ("yes",), "dpia_reference": ("DPIA-12",)}


@pytest.fixture
def outstanding(friday: Office) -> RequestId:
    """Return a request whose Data Protection Officer has said that the assessment comes later."""
    request_id = friday.sent(go_live=("2027-03-01",))
    friday.push(AISHA, friday.card(AISHA, LM), "Approve")
    friday.push(MARTIN, friday.card(MARTIN, DPO), "Record", dpia="later")
    friday.push(LEILA, friday.card(LEILA, DEPUTY), "Approve")
    return request_id


def test_the_reminder_leads_to_the_record_and_the_reference_ends_it(friday: Office, outstanding: RequestId) -> None:
    reminder = morning(friday, SIX)["martin"]
    assert "No reference to it is recorded yet" in plain_text(reminder)
    (card,) = friday.push(MARTIN, reminder, f"Add it to R-{outstanding}")
    assert {one.name: one.filled for one in card.fields} == {"dpia": ("later",), "dpia_reference": ()}

    (locked,) = friday.push(MARTIN, card, "Record in full", dpia="yes", dpia_reference="DPIA-12")

    assert "DPIA-12" in plain_text(locked)
    assert "Record in full" not in labels(locked)
    assert "DPIA-12" in everything(friday.inbox(PRIYA))
    told = mornings(friday, date(2026, 11, 7), date(2026, 12, 18))
    assert not [day for day, who in told if "martin" in who]


def test_both_records_are_kept_and_the_request_stays_where_it_was(friday: Office, outstanding: RequestId) -> None:
    before = friday.facts(outstanding)

    friday.press(MARTIN, Action.RECORD_MORE, f"{outstanding}:{DPO}", IN_FULL)

    after = friday.facts(outstanding)
    first, second = (one for one in after.decisions if one.step == DPO)
    assert (first.asked_again, second.asked_again) == (True, False)
    assert (first.facts[DPIA], second.facts[REFERENCE]) == (("later",), ("DPIA-12",))
    assert (after.state, after.version, after.steps) == (before.state, before.version, before.steps)


def test_what_is_approved_and_live_stays_so(friday: Office, outstanding: RequestId) -> None:
    facts = {"discussed_on": ("2026-10-23",), "discussed_with": ("Grace",)}
    friday.press(DANIEL, Action.RECORD, f"{outstanding}:slt_consulted:1", facts)
    friday.push(GRACE, friday.card(GRACE, HEAD), "Approve")
    assert friday.facts(outstanding).state is RequestState.APPROVED
    make_ready(friday, outstanding)
    friday.press(PRIYA, Action.IS_LIVE, str(outstanding))

    (card,) = friday.press(MARTIN, Action.RECORD_MORE, f"{outstanding}:{DPO}", IN_FULL)

    assert friday.facts(outstanding).state is RequestState.LIVE
    assert card.title.startswith(f"R-{outstanding}")
    assert friday.facts(outstanding).counting()[-1].facts[REFERENCE] == ("DPIA-12",)
    (shown,) = friday.press(PRIYA, Action.STATUS, str(outstanding))
    assert "live" in shown.title


@pytest.mark.parametrize("stranger", [PRIYA, AISHA, DANIEL, LEILA])
def test_nobody_else_adds_to_the_record(friday: Office, outstanding: RequestId, stranger: str) -> None:
    refused = friday.press(stranger, Action.RECORD_MORE, f"{outstanding}:{DPO}", IN_FULL)

    assert "not among the people who were asked" in everything(refused)
    assert [one.outcome for one in friday.facts(outstanding).decisions].count(Outcome.RECORDED) == 1


def test_a_second_press_says_that_it_is_done(friday: Office, outstanding: RequestId) -> None:
    about = f"{outstanding}:{DPO}"
    friday.press(MARTIN, Action.RECORD_MORE, about, IN_FULL)

    again = friday.press(MARTIN, Action.RECORD_MORE, about, {**IN_FULL, "dpia_reference": ("DPIA-13",)})

    assert "answered already" in everything(again)
    assert [one.facts.get(REFERENCE) for one in friday.facts(outstanding).decisions][-1] == ("DPIA-12",)


def test_a_record_that_says_nothing_is_not_taken(friday: Office, outstanding: RequestId) -> None:
    refused = friday.press(MARTIN, Action.RECORD_MORE, f"{outstanding}:{DPO}")

    assert "still missing from the record" in everything(refused)
    assert "martin" in morning(friday, SIX)


def test_where_it_turns_out_not_to_be_needed_nobody_is_reminded(friday: Office, outstanding: RequestId) -> None:
    friday.press(MARTIN, Action.RECORD_MORE, f"{outstanding}:{DPO}", {"dpia": ("no",), "comment": ("No pupil data.",)})

    assert "martin" not in morning(friday, SIX)
    assert "No pupil data." in text({"priya": friday.press(PRIYA, Action.STATUS, str(outstanding))[0]}, "priya")
