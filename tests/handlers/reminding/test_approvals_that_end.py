"""An approval with a last day: whoever asked hears of it while there is time to ask again, and no longer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.requests import sending
from policy_kb.bot_words import Action
from policy_kb.request_words import FormKey, QuestionKey, RequestId, RequestState
from policy_kb.rules.london import london_instant
from tests.handlers.cover.rota_office import FRIDAY, LUCY, MONDAY, TUESDAY
from tests.handlers.reminding.nudged import MORNING, NIGHT, look_at, only, told_on, whoever
from tests.handlers.requests.office import GRACE, HEAD, TOM, everything, labels

if TYPE_CHECKING:
    from storage.request import Draft
    from tests.handlers.cover.rota_office import Rota

LAST_DAY = date(2027, 1, 29)  # a Friday
TWENTY_BEFORE, FIVE_BEFORE = date(2026, 12, 18), date(2027, 1, 22)  # the academy's holiday lies between
ENDS = "The approval you have for an outside organisation as a 'friend' of a site ends on 29 January 2027 (A.5.9)."
NOTHING: set[str] = set()


def a_friend(office: Rota, until: date = LAST_DAY, *, email: str = LUCY) -> RequestId:
    """Ask for an organisation as a 'friend' of the site."""
    person = office.person(email)
    answers = {
        "setting": person.setting.id,
        "site_name": "Netball Instagram",
        "organisation": "Elm Town Netball Club",
        "purpose": "They tell our pupils of open training, and post our fixtures.",
        "checked": "Their page, their coaches' checks, and who runs it.",
        "starts_on": "2026-12-01",
        "until": until.isoformat(),
    }
    with office.database.begin() as uow:
        key, now, entry = FormKey("friend"), office.clock(), office.entry(person)
        number = uow.requests.start(key, person.setting.id, person.id, at=QuestionKey("setting"), now=now, entry=entry)
        for question, answer in answers.items():
            uow.requests.answer(number, QuestionKey(question), (answer,), by=person.id, now=now)
        sending.send(number, person, office.desk.reading(uow), uow, now=now)
    return number


def begun_from(office: Rota, number: RequestId) -> Draft:
    """Return the one request of Lucy's that was begun from the answers of another."""
    lucy = office.person(LUCY).id
    with office.database.begin() as uow:
        (begun,) = (one for one in uow.requests.of_person(lucy) if one.started_from == number)
    return begun


@pytest.fixture
def friend(netball: Rota) -> RequestId:
    """One that Grace has approved."""
    number = a_friend(netball)
    netball.push(GRACE, netball.card(GRACE, HEAD), "Approve")
    assert netball.facts(number).state is RequestState.APPROVED
    return number


@pytest.mark.usefixtures("friend")
def test_the_end_of_an_approval_is_told_of_twenty_and_five_working_days_before(netball: Rota) -> None:
    days = (date(2026, 12, 17), TWENTY_BEFORE, date(2027, 1, 21), FIVE_BEFORE, LAST_DAY)

    told = {day: whoever(told_on(netball, day), "The approval you have for") for day in days}

    assert [day for day, who in told.items() if who] == [TWENTY_BEFORE, FIVE_BEFORE]
    assert told[FIVE_BEFORE] == {"lucy"}


def test_it_says_when_it_ends_and_begins_the_form_again_from_its_answers(netball: Rota, friend: RequestId) -> None:
    told_on(netball, TWENTY_BEFORE)
    look_at(netball, FIVE_BEFORE, NIGHT)
    card = only(look_at(netball, FIVE_BEFORE, MORNING)["lucy"])

    netball.push(LUCY, card, "Ask again")

    assert ENDS in plain_text(card)
    assert labels(card) == ["Ask again from its answers", "What was approved", "Not now"]
    begun = begun_from(netball, friend)
    assert begun.answers[QuestionKey("organisation")] == ("Elm Town Netball Club",)
    assert QuestionKey("until") not in begun.answers


def test_whoever_has_asked_again_hears_no_more_of_it(netball: Rota, friend: RequestId) -> None:
    netball.clock.instant = london_instant(TWENTY_BEFORE, MORNING)
    netball.press(LUCY, Action.START, f"friend:{friend}")

    assert whoever(told_on(netball, FIVE_BEFORE), ENDS) == NOTHING


def test_what_was_asked_for_again_and_given_up_is_told_of(netball: Rota, friend: RequestId) -> None:
    netball.clock.instant = london_instant(TWENTY_BEFORE, MORNING)
    netball.press(LUCY, Action.START, f"friend:{friend}")
    (asked,) = netball.press(LUCY, Action.CANCEL, str(begun_from(netball, friend).id))
    netball.push(LUCY, asked, "Yes")

    assert whoever(told_on(netball, FIVE_BEFORE), ENDS) == {"lucy"}


def test_what_is_withdrawn_is_not_told_of(netball: Rota, friend: RequestId) -> None:
    (asked,) = netball.press(LUCY, Action.WITHDRAW, str(friend))
    netball.push(LUCY, asked, "Yes, withdraw it")
    assert netball.facts(friend).state is RequestState.WITHDRAWN

    assert whoever(told_on(netball, FIVE_BEFORE), ENDS) == NOTHING


def test_an_approval_of_a_few_days_is_not_told_of_the_morning_after_it_was_given(netball: Rota) -> None:
    a_friend(netball, until=FRIDAY)
    netball.push(GRACE, netball.card(GRACE, HEAD), "Approve")

    told = {name for day in (MONDAY, TUESDAY) for name in whoever(told_on(netball, day), "The approval you have for")}

    assert told == NOTHING


def test_not_now_puts_it_off_for_a_week(netball: Rota, friend: RequestId) -> None:
    look_at(netball, TWENTY_BEFORE, NIGHT)
    card = only(look_at(netball, TWENTY_BEFORE, MORNING)["lucy"])
    (put_off,) = netball.push(LUCY, card, "Not now")

    assert put_off.title == f"I will not remind you of R-{friend} before 4 January 2027."
    assert whoever(told_on(netball, date(2027, 1, 4)), ENDS) == {"lucy"}


def test_nobody_else_is_shown_somebodys_approval(netball: Rota, friend: RequestId) -> None:
    netball.clock.instant = london_instant(FIVE_BEFORE, MORNING)
    shown = netball.press(TOM, Action.NOT_NOW, f"approval_ends:{friend}")

    assert "Elm Town" not in everything(shown)
    assert f"R-{friend}" not in everything(shown)
