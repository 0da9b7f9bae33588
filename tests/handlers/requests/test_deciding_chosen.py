"""Nobody picks who decides on their own request; where nobody else can decide, somebody else picks from a few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.request_words import FormKey, Outcome, QuestionKey, RequestState, StepKey, StepState
from policy_kb.words import Role
from tests.handlers.requests.office import (
    AISHA,
    CENTRAL_HEAD,
    DANIEL,
    DENISE,
    DEPUTY,
    DPO,
    GRACE,
    HARRIET,
    HEAD,
    LEILA,
    LM,
    MARTIN,
    PRIYA,
    SLT,
    TOM,
    VICTORIA,
    everything,
    labels,
    option,
)

if TYPE_CHECKING:
    from handlers.message import Message
    from policy_kb.request_words import RequestId
    from tests.handlers.requests.office import Office

JACK = "jack.sample@elm-academy.example"  # a line manager, and nobody's of PE
ALAN = "alan.example@elm-academy.example"
ACTS = "Alan Example acts for Grace Sample from today to 27 November"
AUTHORISED = StepKey("deputy_ceo")


def stuck(office: Office, email: str) -> Message:
    """Return the newest notice that somebody got about a request nobody can be asked for."""
    return next(one for one in reversed(office.inbox(email)) if "is stuck" in one.title)


def write_down(office: Office, email: str, words: str) -> None:
    (asked,) = office.say(email, words)
    (done,) = office.push(email, asked, "Yes, write it down")
    assert "Written down" in done.title


def test_whom_the_requester_has_made_act_is_not_asked_about_their_request(office: Office) -> None:
    write_down(office, DENISE, ACTS)

    request_id = office.sent(DENISE, GRACE)

    assert office.asked(request_id, LM) == {GRACE}
    office.up_to_the_head(request_id, GRACE)
    assert office.asked(request_id, HEAD) == {GRACE}
    for step in (LM, HEAD):
        office.press(ALAN, Action.APPROVE, f"{request_id}:{step}:1")
    assert office.facts(request_id).state is RequestState.SUBMITTED


def test_they_are_asked_about_everybody_elses_request(office: Office) -> None:
    write_down(office, DENISE, ACTS)

    assert office.asked(office.sent(DANIEL, GRACE), LM) == {GRACE, ALAN}


def test_nor_where_the_author_wrote_it_down(office: Office) -> None:
    write_down(office, DENISE, ACTS)
    request_id = office.draft(PRIYA, GRACE, author=DENISE)
    office.send(request_id)

    office.push(DENISE, office.card(DENISE, StepKey("author_confirms")), "Confirm")

    assert office.asked(request_id, LM) == {GRACE}


@pytest.mark.parametrize("owner", [DENISE, HARRIET])
def test_nobody_chooses_who_decides_on_their_own_request(office: Office, owner: str) -> None:
    request_id = office.sent(owner, GRACE)
    who = {"who": ("jack-sample",), "comment": ("Jack knows the team.",)}

    refused = office.press(owner, Action.REASSIGN, f"{request_id}:{LM}:1", who)

    assert "Nobody decides on their own request" in everything(refused)
    assert office.asked(request_id, LM) == {GRACE}
    (looked,) = office.press(owner, Action.REASSIGN, f"{request_id}:{LM}:1")
    assert "with Grace Sample now" in looked.title


def test_whoever_asks_is_offered_nobody_to_choose(office: Office) -> None:
    request_id = office.sent(DENISE, GRACE)
    office.push(GRACE, office.card(GRACE, LM), "Not me", comment="Not mine.")
    (shown,) = office.press(DENISE, Action.REASSIGN, f"{request_id}:{LM}:1")

    assert "is stuck" in shown.title
    assert (shown.fields, labels(shown)[0]) == ((), "Look again")
    assert "people below" not in plain_text(shown)
    assert stuck(office, HARRIET).fields


def test_whom_somebody_chose_who_asks_for_it_later_loses_the_right(office: Office) -> None:
    request_id = office.sent()
    office.press(DENISE, Action.REASSIGN, f"{request_id}:{LM}:1", {"who": ("jack-sample",), "comment": ("He can.",)})
    assert office.asked(request_id, LM) == {AISHA, JACK}
    denise = office.person(DENISE)
    with office.database.begin() as uow:
        uow.requests.set_author(request_id, denise.id, now=office.clock())
    office.change(request_id, author=("denise-sample",))

    office.push(DENISE, office.card(DENISE, StepKey("author_confirms")), "Confirm")

    assert office.asked(request_id, LM) == {AISHA}


def test_a_step_that_is_closed_is_given_to_nobody(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    refused = office.press(
        DENISE, Action.REASSIGN, f"{request_id}:{LM}:1", {"who": ("jack-sample",), "comment": ("He can.",)}
    )

    assert "not waiting for anybody's decision" in everything(refused)


@pytest.mark.parametrize(
    ("asks", "manager", "step", "instead", "role"),
    [
        pytest.param(LEILA, MARTIN, DEPUTY, MARTIN, Role.DPO, id="the Deputy DPO asks"),
        pytest.param(MARTIN, VICTORIA, DPO, LEILA, Role.DEPUTY_DPO, id="the DPO asks"),
        pytest.param(CENTRAL_HEAD, VICTORIA, SLT, VICTORIA, Role.DEPUTY_CEO, id="the only one of the SLT asks"),
    ],
)
def test_where_nobody_else_holds_the_role_the_owner_chooses_somebody_who_may(
    office: Office, asks: str, manager: str, step: StepKey, instead: str, role: Role
) -> None:
    request_id = office.sent(asks, manager)
    office.push(manager, office.card(manager, LM), "Approve")
    assert office.asked(request_id, step) == set()
    notice = stuck(office, HARRIET)
    assert "people below" in plain_text(notice)
    name = office.person(instead).name

    office.push(HARRIET, notice, "Look again, or ask", who=option(notice, "who", name), comment="Nobody else can.")

    assert office.asked(request_id, step) == {instead}
    card = office.card(instead, step)
    assert "Harriet Sample had you asked for this: “Nobody else can.”" in plain_text(card)
    assert "the record shows it" in plain_text(card)
    filled = {"dpia": "no"} if step == DPO else {"discussed_on": "2026-11-23", "discussed_with": "The executive"}
    if step == DEPUTY:
        office.push(instead, card, "Approve")
    else:
        office.push(instead, card, "Record", **filled)
    said = next(one for one in office.facts(request_id).decisions if one.step == step)
    assert (said.by, said.role) == (office.person(instead).id, role)
    assert office.step(request_id, step).state is StepState.DONE


def a_commitment(office: Office, email: str) -> RequestId:
    asker = office.person(email)
    given = {"author": (asker.id,), "setting": (asker.setting.id,), "type": ("commitment",)}
    with office.database.begin() as uow:
        entry = office.entry(asker)
        made = uow.requests.start(
            FormKey("commitment"), asker.setting.id, asker.id, at=QuestionKey("type"), now=office.clock(), entry=entry
        )
        for key, value in given.items():
            uow.requests.answer(made, QuestionKey(key), value, by=asker.id, now=office.clock())
    office.send(made, email)
    return made


def test_what_the_deputy_ceo_asks_for_can_be_given_to_the_final_approver(office: Office) -> None:
    request_id = a_commitment(office, VICTORIA)
    notice = stuck(office, HARRIET)

    office.push(
        HARRIET, notice, "Look again, or ask", who=option(notice, "who", "Stuart Example"), comment="Nobody else can."
    )

    office.push(CENTRAL_HEAD, office.card(CENTRAL_HEAD, AUTHORISED), "Approve")
    assert office.facts(request_id).state is RequestState.APPROVED


def test_nobody_is_offered_in_anothers_role_while_somebody_holds_it(office: Office) -> None:
    request_id = office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")
    (form,) = office.push(LEILA, office.card(LEILA, DEPUTY), "Not me")
    assert "who" not in {one.name for one in form.fields}

    refused = office.press(
        HARRIET, Action.REASSIGN, f"{request_id}:{DEPUTY}:1", {"who": ("martin-example",), "comment": ("Quicker.",)}
    )

    assert "cannot be asked for this" in everything(refused)


def test_where_there_is_nobody_to_choose_the_notice_does_not_say_so(office: Office) -> None:
    people = [office.person(one) for one in (LEILA, MARTIN)]
    with office.database.begin() as uow:
        uow.people.put(tuple(replace(one, held=()) for one in people), entry=office.entry())
    office.sent()
    office.push(AISHA, office.card(AISHA, LM), "Approve")

    notice = stuck(office, HARRIET)

    assert notice.fields == ()
    assert "people below" not in plain_text(notice)
    assert "Give somebody the role" in plain_text(notice)


def test_a_right_that_was_passed_on_ends_with_the_role(office: Office) -> None:
    request_id = office.sent()
    (form,) = office.push(AISHA, office.card(AISHA, LM), "Not me")
    office.push(AISHA, form, "Pass it on", comment="Not mine.", who=option(form, "who", "Jack Sample"))
    card = office.card(JACK, LM)
    with office.database.begin() as uow:
        uow.people.put((replace(office.person_in(uow, JACK), held=()),), entry=office.entry())

    refused = office.push(JACK, card, "Approve")

    assert "not among the people who were asked" in everything(refused)
    assert office.step(request_id, LM).state is StepState.OPEN


def test_a_right_that_was_passed_on_ends_with_the_post(office: Office) -> None:
    request_id = office.sent()
    (form,) = office.push(AISHA, office.card(AISHA, LM), "Not me")
    office.push(AISHA, form, "Pass it on", comment="Not mine.", who=option(form, "who", "Jack Sample"))
    jack = office.person(JACK)
    with office.database.begin() as uow:
        uow.people.put((replace(jack, ends_on=date(2026, 11, 24)),), entry=office.entry())

    office.press(JACK, Action.APPROVE, f"{request_id}:{LM}:1")

    assert all(one.outcome is Outcome.NOT_ME for one in office.facts(request_id).decisions)


def test_where_the_head_and_the_stand_in_ask_together_the_notice_says_so(office: Office) -> None:
    request_id = office.draft(GRACE, AISHA, author=VICTORIA)
    office.send(request_id, GRACE)
    office.push(VICTORIA, office.card(VICTORIA, StepKey("author_confirms")), "Confirm")
    office.up_to_the_head(request_id)

    notice = stuck(office, HARRIET)

    assert office.asked(request_id, HEAD) == set()
    assert "names nobody" not in notice.title
    assert "names to stand in cannot decide either" in notice.title
    assert "Name somebody else under “stands_in”" in plain_text(notice)


def test_a_line_manager_who_is_none_is_shown_to_whoever_decides(office: Office) -> None:
    bernard = "bernard.example@elm-academy.example"  # a governor, with no line manager in the directory
    office.sent(bernard, TOM)

    card = plain_text(office.card(TOM, LM))

    assert "The staff directory names no line manager for Bernard Example." in card
    assert "By the staff directory, Tom Example is no line manager here." in card
