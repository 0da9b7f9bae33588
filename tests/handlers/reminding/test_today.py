"""One message a person and day: what is in it, what waits for another day, and what is told once and no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.message import plain_text
from handlers.reminders import look_once
from policy_kb.bot_words import Action, SayKind
from policy_kb.rules.london import london_instant
from policy_kb.rules.periods import DAY
from policy_kb.words import Verb
from storage.database import Database
from tests.handlers.cover.rota_office import (
    AISHA,
    CALLUM,
    EWA,
    FRIDAY,
    MONDAY,
    PRIYA,
    THURSDAY,
    TOM,
    TUESDAY,
    WEDNESDAY,
    WEEK,
)
from tests.handlers.reminding.nudged import MORNING, NIGHT, SLOT_BEGINS, look_at, only
from tests.handlers.requests.office import labels

if TYPE_CHECKING:
    from tests.handlers.cover.rota_office import Rota

QUIET_SINCE = date(2026, 10, 1)


def let_be_quiet(office: Rota) -> None:
    """Let the site be one of which nothing was recorded for long, and which is to close in 30 days."""
    with office.database.begin() as uow:
        site = uow.sites.get(office.site)
        assert site is not None
        entry = office.entry()
        uow.sites.change(
            replace(site, active_on=QUIET_SINCE, live_on=QUIET_SINCE, closure=MONDAY + 30 * DAY), entry=entry
        )


def test_everything_for_one_person_is_one_message_the_most_pressing_first(netball: Rota) -> None:
    let_be_quiet(netball)
    look_at(netball, MONDAY, NIGHT)

    told = look_at(netball, MONDAY, MORNING)

    message = only(told["priya"])
    assert message.title.startswith("A reminder: ")
    rows = plain_text(message)
    assert rows.index("You are on for it today") < rows.index("is to close on 30 December 2026")
    assert "I've got it: Netball Instagram" in labels(message)


def test_a_button_in_the_message_does_what_it_says(netball: Rota) -> None:
    let_be_quiet(netball)
    look_at(netball, MONDAY, NIGHT)
    told = look_at(netball, MONDAY, MORNING)

    (shown,) = netball.push(PRIYA, only(told["priya"]), "I've got it")

    assert netball.slot(MONDAY).accepted_at is not None
    assert shown.title == "You've got it: Netball Instagram today."


def test_a_message_of_several_things_stays_once_one_is_done_and_that_of_one_thing_goes(netball: Rota) -> None:
    look_at(netball, THURSDAY, NIGHT)
    alone = only(look_at(netball, THURSDAY, MORNING)["tom"])
    (of_one,) = netball.push(TOM, alone, "I've got it")
    let_be_quiet(netball)
    look_at(netball, MONDAY + WEEK, NIGHT)
    several = only(look_at(netball, MONDAY + WEEK, MORNING)["priya"])

    (of_several,) = netball.push(PRIYA, several, "I've got it")

    assert (of_one.replaces, of_several.replaces) == (True, False)


def test_nobody_is_told_twice_however_often_somebody_looks(netball: Rota) -> None:
    look_at(netball, MONDAY, NIGHT)

    assert "priya" in look_at(netball, MONDAY, MORNING)
    assert look_at(netball, MONDAY, MORNING) == {}


def test_what_is_done_meanwhile_is_not_told(netball: Rota) -> None:
    look_at(netball, MONDAY, NIGHT)
    netball.press(PRIYA, Action.GOT_IT, netball.about(MONDAY))

    told = look_at(netball, MONDAY, MORNING)

    assert "You are on" not in "".join(plain_text(one) for one in told.get("priya", []))


def test_what_is_done_by_the_time_it_is_read_says_so(netball: Rota) -> None:
    netball.press(PRIYA, Action.GOT_IT, netball.about(MONDAY))

    read = netball.told(PRIYA, SayKind.TODAY, f"my_slot:{netball.about(MONDAY)}")

    assert read.title.startswith("What I wanted to remind you of is done.")


def test_a_reminder_can_be_put_off_and_comes_back(netball: Rota) -> None:
    shown = netball.press(AISHA, Action.NOT_NOW, f"offer:{netball.site}")

    assert shown[0].title.startswith("I will not remind you of")
    with netball.database.begin() as uow:
        person = netball.person_in(uow, AISHA)
        assert uow.reminded.is_put_off(person.id, f"offer:{netball.site}", netball.clock().date())
        assert not uow.reminded.is_put_off(person.id, f"offer:{netball.site}", TUESDAY)


def test_a_site_that_is_quiet_asks_whether_it_is_needed_until_somebody_stops_it(netball: Rota) -> None:
    let_be_quiet(netball)

    shown = netball.press(AISHA, Action.NO_MORE, f"still_needed:{netball.site}")

    assert shown[0].title == "I will not remind you of Netball Instagram again."


@pytest.mark.parametrize("subject", ["my_slot:1", "gap:1", "closure:1", "below_two:1"])
@pytest.mark.parametrize("action", [Action.NOT_NOW, Action.NO_MORE])
def test_what_has_to_be_heard_of_cannot_be_put_off(netball: Rota, action: Action, subject: str) -> None:
    shown = netball.press(AISHA, action, subject)

    assert "I have to go on reminding you" in shown[0].title or "go on reminding" in plain_text(shown[0])


@pytest.mark.parametrize("about", ["", "nothing", "still_needed", "x:1", "still_needed:7>8", "request:1", "\0"])
@pytest.mark.parametrize("action", [Action.NOT_NOW, Action.NO_MORE])
def test_a_button_that_means_nothing_does_nothing(netball: Rota, action: Action, about: str) -> None:
    shown = netball.press(AISHA, action, about)

    assert shown[0].title.startswith("What I wanted to remind you of is done.")


def leave_nobody(office: Rota, day: date) -> None:
    """Let everybody who moderates be away on a day, so that the night finds nobody for it."""
    office.leave_open(day)
    for email in (PRIYA, CALLUM, EWA, TOM):
        office.keep_away(email, day, day + DAY)


def test_the_head_and_the_administrators_hear_of_a_day_that_nobody_covers_before_it_comes(netball: Rota) -> None:
    leave_nobody(netball, FRIDAY)
    look_at(netball, MONDAY, NIGHT)

    told = look_at(netball, MONDAY, MORNING)

    assert "Friday 4 December" in plain_text(only(told["grace"]))
    assert "Friday 4 December" in plain_text(only(told["aisha"]))
    assert "tom" not in told


def test_a_head_of_another_setting_reads_nothing_of_it(netball: Rota) -> None:
    netball.leave_open(FRIDAY)

    read = netball.told("oliver.sample@oak-academy.example", SayKind.TODAY, f"gap:{netball.site}")

    assert "Netball" not in plain_text(read)


def test_who_does_not_work_on_a_day_is_told_on_their_next(netball: Rota) -> None:
    """On the Friday before Christmas the bot is down; on the Saturday it is there again."""
    friday = date(2026, 12, 18)
    back_at_work = date(2027, 1, 4)
    leave_nobody(netball, back_at_work + 2 * DAY)
    look_at(netball, friday, NIGHT)

    on_saturday = look_at(netball, friday + DAY, MORNING)
    look_at(netball, back_at_work, NIGHT)
    on_monday = look_at(netball, back_at_work, MORNING)

    assert "grace" not in on_saturday
    assert "Wednesday 6 January" in plain_text(only(on_monday["grace"]))


def test_a_fault_in_the_night_holds_up_no_morning(netball: Rota, monkeypatch: pytest.MonkeyPatch) -> None:
    look_at(netball, MONDAY, NIGHT)
    monkeypatch.setattr("handlers.reminders.plan_setting", _breaks)
    netball.clock.instant = london_instant(TUESDAY, MORNING)

    with pytest.raises(ZeroDivisionError):
        look_once(netball.database, netball.desk, now=netball.clock())

    assert netball.inbox("callum.sample@elm-academy.example")


def _breaks(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_two_bots_on_one_file_tell_everybody_once(netball: Rota) -> None:
    look_at(netball, MONDAY, NIGHT)
    netball.clock.instant = london_instant(MONDAY, SLOT_BEGINS)
    again = Database(str(netball.database._engine.url))

    with ThreadPoolExecutor(2) as bots:
        list(bots.map(lambda one: look_once(one, netball.desk, now=netball.clock()), (netball.database, again)))
    again.close()

    assert _sent_to(netball, PRIYA) == 1


def _sent_to(office: Rota, email: str) -> int:
    return sum(one.title.startswith(("A reminder", "You are on")) for one in office.inbox(email))


def test_a_bot_that_dies_in_the_middle_leaves_it_to_the_next(netball: Rota, monkeypatch: pytest.MonkeyPatch) -> None:
    look_at(netball, MONDAY, NIGHT)
    netball.clock.instant = london_instant(MONDAY, MORNING)
    with monkeypatch.context() as dying:
        dying.setattr("handlers.telling.tell", _breaks)
        with pytest.raises(ZeroDivisionError):
            look_once(netball.database, netball.desk, now=netball.clock())

    look_once(netball.database, netball.desk, now=netball.clock())

    assert _sent_to(netball, PRIYA) == 1


def test_a_leaver_is_reminded_of_nothing(netball: Rota) -> None:
    look_at(netball, WEDNESDAY, NIGHT)
    person = netball.person(TOM)
    with netball.database.begin() as uow:
        entry = replace(netball.entry(), verb=Verb.LEFT)
        uow.people.put((replace(person, ends_on=WEDNESDAY),), entry=entry)

    assert "tom" not in look_at(netball, WEDNESDAY, MORNING)
