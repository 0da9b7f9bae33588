"""Not me: who is asked instead, and who puts it right where nobody is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import Outcome, StepState
from tests.handlers.requests.office import (
    AISHA,
    DANIEL,
    DENISE,
    DEPUTY,
    DPO,
    GRACE,
    HARRIET,
    LEILA,
    LM,
    MARTIN,
    NADIA,
    PRIYA,
    SLT,
    everything,
    labels,
    option,
)

if TYPE_CHECKING:
    from tests.handlers.requests.office import Office


def test_whoever_it_is_not_for_names_somebody_else(office: Office) -> None:
    request_id = office.sent()
    (form,) = office.push(AISHA, office.card(AISHA, LM), "Not me")

    (locked,) = office.push(
        AISHA, form, "Pass it on", comment="I have moved to English.", who=option(form, "who", "Daniel Example")
    )

    assert office.asked(request_id, LM) == {DANIEL}
    assert "is with Daniel Example" in locked.title
    assert "passed R-1 on" in everything(office.inbox(PRIYA))
    office.push(DANIEL, office.card(DANIEL, LM), "Approve")
    (not_me, approved) = office.facts(request_id).decisions
    assert (not_me.outcome, approved.outcome, approved.role.value) == (
        Outcome.NOT_ME,
        Outcome.APPROVED,
        "line_manager",
    )
    assert "reassigned" in office.verbs(request_id)


def test_whoever_passed_it_on_cannot_decide_after_all(office: Office) -> None:
    request_id = office.sent()
    card = office.card(AISHA, LM)
    (form,) = office.push(AISHA, card, "Not me")
    office.push(AISHA, form, "Pass it on", comment="Not mine.", who=option(form, "who", "Daniel Example"))

    shown = office.push(AISHA, card, "Approve")

    assert "not among the people who were asked" in everything(shown)
    assert office.step(request_id, LM).state is StepState.OPEN


def test_nobody_can_be_named_who_has_not_the_role(office: Office) -> None:
    request_id = office.sent()
    (form,) = office.push(AISHA, office.card(AISHA, LM), "Not me")

    said = office.push(AISHA, form, "Pass it on", comment="Not mine.", who="tom-example")

    assert office.asked(request_id, LM) == set()
    assert "I could not ask the person you named" in everything(said)


def test_where_nobody_is_left_the_administrator_has_somebody_asked(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Not me", comment="Not mine.")

    (notice,) = office.inbox(DENISE)
    assert "nobody can be asked" in notice.title
    assert "is stuck" in everything(office.inbox(PRIYA))
    (done,) = office.push(
        DENISE, notice, "Look again", comment="He manages PE now.", who=option(notice, "who", "Daniel Example")
    )

    assert "with Daniel Example now" in done.title
    told = everything(office.inbox(PRIYA))
    assert "Daniel Example is asked for “Line manager's approval” now. Denise Sample had them asked." in told
    assert "He manages PE now." in told
    assert office.asked(request_id, LM) == {DANIEL}
    assert labels(office.card(DANIEL, LM))[0] == "Approve"


def test_only_who_looks_after_the_setting_has_somebody_else_asked(office: Office) -> None:
    request_id = office.sent()

    for email in (PRIYA, DANIEL):
        refused = office.press(
            email, Action.REASSIGN, f"{request_id}:{LM}:1", {"who": ("daniel-example",), "comment": ("Quick.",)}
        )
        assert "Only the setting's administrator or the policy owner" in everything(refused)

    assert office.asked(request_id, LM) == {AISHA}


def test_another_member_of_the_team_goes_on_where_one_says_not_me(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    office.push(DANIEL, office.card(DANIEL, SLT), "Not me", comment="I was away.")

    assert office.asked(request_id, SLT) == {GRACE, NADIA}
    office.push(NADIA, office.card(NADIA, SLT), "Record", discussed_on="2026-11-23", discussed_with="The head and I")
    assert office.step(request_id, SLT).state is StepState.DONE


def test_a_post_that_nobody_holds_is_told_to_those_who_can_fill_it(office: Office) -> None:
    leila = office.person(LEILA)
    with office.database.begin() as uow:
        uow.people.put((replace(leila, held=()),), entry=office.entry())
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    for email in (DENISE, HARRIET):
        assert "nobody can be asked for “Deputy Data Protection Officer's approval”" in everything(office.inbox(email))
    (status,) = office.press(PRIYA, Action.STATUS, str(request_id))
    assert "Nobody can be asked yet" in plain_text(status)
    with office.database.begin() as uow:
        uow.people.put((leila,), entry=office.entry())
    (done,) = office.press(DENISE, Action.REASSIGN, f"{request_id}:{DEPUTY}:1")
    assert "with Leila Sample now" in done.title
    assert labels(office.card(LEILA, DEPUTY))[0] == "Approve"


def test_what_is_stuck_is_told_once_and_not_at_every_step(office: Office) -> None:
    leila = office.person(LEILA)
    with office.database.begin() as uow:
        uow.people.put((replace(leila, held=()),), entry=office.entry())
    office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    assert "is stuck" in everything(office.inbox(DENISE))

    office.push(MARTIN, office.card(MARTIN, DPO), "Record", dpia="no")

    assert office.inbox(DENISE) == []
