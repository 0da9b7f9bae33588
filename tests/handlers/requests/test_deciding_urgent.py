"""Somebody at risk comes before every decision: the escalation is shown once, and nothing of the words is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.questions import TOPIC_LASTS
from policy_kb.bot_words import Action
from tests.handlers.requests.office import AISHA, DANIEL, DENISE, LM, SLT, everything, labels

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office
    from tests.stage import DatabaseFile

AT_RISK = "A girl in my class told me that her stepfather hits her and that she wants to die."
MEANT = "Please add who is told when somebody writes under a post that she is hurting herself."


@pytest.mark.parametrize("action", [Action.APPROVE, Action.ASK_CHANGES, Action.DECLINE, Action.NOT_ME])
def test_a_comment_about_somebody_at_risk_brings_the_escalation_and_decides_nothing(
    office: Office, action: Action, database_file: DatabaseFile
) -> None:
    request_id = office.sent()

    urgent, refused = office.press(AISHA, action, f"{request_id}:{LM}:1", {"comment": (AT_RISK,)})

    assert urgent.urgent is not None
    assert "kept nothing of it" in refused.title
    assert "Show the card" in labels(refused)
    assert office.facts(request_id).decisions == ()
    assert b"stepfather" not in database_file.bytes()


def test_a_record_and_a_reason_are_read_as_well(office: Office, database_file: DatabaseFile) -> None:
    request_id = office.sent()
    values = {"discussed_on": ("2026-11-23",), "discussed_with": (AT_RISK,)}
    who = {"who": ("jack-sample",), "comment": (AT_RISK,)}

    recorded = office.press(DANIEL, Action.RECORD, f"{request_id}:{SLT}:1", values)
    handed_on = office.press(DENISE, Action.REASSIGN, f"{request_id}:{LM}:1", who)

    assert recorded[0].urgent is not None
    assert handed_on[0].urgent is not None
    assert office.facts(request_id).decisions == ()
    assert b"stepfather" not in database_file.bytes()


def test_a_comment_that_only_sounds_alarming_is_taken_when_it_is_sent_once_more(office: Office) -> None:
    request_id = office.sent()
    about, values = f"{request_id}:{LM}:1", {"comment": (MEANT,)}

    first = office.press(AISHA, Action.APPROVE, about, values)
    office.press(AISHA, Action.APPROVE, about, values)

    assert first[0].urgent is not None
    (decision,) = office.facts(request_id).decisions
    assert decision.comment == MEANT


def test_long_after_the_escalation_it_is_shown_again(office: Office) -> None:
    request_id = office.sent()
    about, values = f"{request_id}:{LM}:1", {"comment": (MEANT,)}
    office.press(AISHA, Action.APPROVE, about, values)
    office.wait(TOPIC_LASTS + timedelta(minutes=1))

    again = office.press(AISHA, Action.APPROVE, about, values)

    assert again[0].urgent is not None
    assert office.facts(request_id).decisions == ()


def test_to_look_at_the_form_with_such_a_comment_half_written_only_shows_the_form(office: Office) -> None:
    request_id = office.sent()

    told = office.press(AISHA, Action.WHOLE_FORM, str(request_id), {"comment": (MEANT,)})

    assert "fixtures" in everything(told)
    assert told[0].urgent is None
