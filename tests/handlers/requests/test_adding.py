"""Two who want something changed at the same moment: both are read, and one of them decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.message import Tone, plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, RequestState, StepKey
from tests.handlers.requests.office import AISHA, DEPUTY, LEILA, LM, NADIA, PRIYA, everything

if TYPE_CHECKING:
    from policy_kb.request_words import RequestId
    from tests.handlers.requests.office import Office

BRAND = StepKey("brand")
FIRST, SECOND = "Say who takes photos.", "The logo belongs on the banner alone."


def sent_to_both(office: Office) -> RequestId:
    request_id = office.sent(logo=("yes",))
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    office.post()
    return request_id


@pytest.mark.parametrize("first", [Action.ASK_CHANGES, Action.DECLINE])
@pytest.mark.parametrize("second", [Action.ASK_CHANGES, Action.DECLINE])
def test_the_second_reason_reaches_the_requester_and_decides_nothing(
    office: Office, first: Action, second: Action
) -> None:
    request_id = sent_to_both(office)
    office.press(LEILA, first, f"{request_id}:{DEPUTY}:1", {"comment": (FIRST,)})
    before = office.facts(request_id)
    office.inbox(PRIYA)

    shown = office.press(NADIA, second, f"{request_id}:{BRAND}:1", {"comment": (SECOND,), "which": ("logo",)})

    after = office.facts(request_id)
    assert (after.state, after.steps, after.counting()) == (before.state, before.steps, before.counting())
    assert "the requester reads it" in everything(shown)
    (news,) = office.inbox(PRIYA)
    assert news.title == f"Nadia Example, SLT, adds to R-{request_id}."
    assert (SECOND in plain_text(news), news.tone) == (True, Tone.CARE)
    assert "decides nothing" in plain_text(news)


def test_two_of_one_team_are_both_read(office: Office) -> None:
    request_id = sent_to_both(office)
    office.press(NADIA, Action.ASK_CHANGES, f"{request_id}:{BRAND}:1", {"comment": (FIRST,)})

    office.press(
        "grace.sample@elm-academy.example", Action.ASK_CHANGES, f"{request_id}:{BRAND}:1", {"comment": (SECOND,)}
    )

    assert SECOND in everything(office.inbox(PRIYA))


def test_what_was_added_does_not_hold_up_the_next_version(office: Office) -> None:
    request_id = sent_to_both(office)
    office.press(LEILA, Action.ASK_CHANGES, f"{request_id}:{DEPUTY}:1", {"comment": (FIRST,)})
    office.press(NADIA, Action.ASK_CHANGES, f"{request_id}:{BRAND}:1", {"comment": (SECOND,)})

    office.change(request_id, content=("Pictures that staff take of equipment.",))

    assert office.facts(request_id).state is RequestState.SUBMITTED
    assert office.facts(request_id).counting() == ()


def test_the_same_words_are_passed_on_once(office: Office) -> None:
    request_id = sent_to_both(office)
    office.press(LEILA, Action.ASK_CHANGES, f"{request_id}:{DEPUTY}:1", {"comment": (FIRST,)})
    about, words = f"{request_id}:{BRAND}:1", {"comment": (SECOND,)}
    office.press(NADIA, Action.ASK_CHANGES, about, words)

    again = office.press(NADIA, Action.ASK_CHANGES, about, words)

    assert "not waiting for anybody's decision" in everything(again)
    assert len([one for one in office.facts(request_id).decisions if one.comment == SECOND]) == 1


def test_whoever_was_not_asked_adds_nothing(office: Office) -> None:
    request_id = sent_to_both(office)
    office.press(LEILA, Action.ASK_CHANGES, f"{request_id}:{DEPUTY}:1", {"comment": (FIRST,)})

    refused = office.press(AISHA, Action.DECLINE, f"{request_id}:{BRAND}:1", {"comment": (SECOND,)})

    assert "not among the people who were asked" in everything(refused)
    assert [one.outcome for one in office.facts(request_id).decisions] == [Outcome.APPROVED, Outcome.CHANGES_ASKED]
