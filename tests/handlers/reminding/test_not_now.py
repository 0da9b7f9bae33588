"""What is put off comes back on the day its timer says; what is settled between writing and sending is not told."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from policy_kb.bot_words import Action
from policy_kb.edition_files import EDITION
from policy_kb.rules.london import london_instant
from policy_kb.rules.periods import DAY
from policy_kb.rules.reminding import Reminder, load_reminding
from tests.handlers.cover.rota_office import AISHA, CALLUM, GRACE, MONDAY, TOM, WEDNESDAY
from tests.handlers.reminding.nudged import MORNING, NIGHT, look_at, only, told_on, whoever
from tests.handlers.requests.office import everything, labels
from tests.handlers.sites.life_office import answer_all
from tests.handlers.sites.people_office import change, the_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.handlers.cover.rota_office import Rota

TIMERS = load_reminding(EDITION / "reminders.toml").timers
PUT_OFF = {reminder: timer.put_off for reminder, timer in TIMERS.items() if timer.put_off}
BEFORE_MORNING = time(7, 0)
FIFTH_DAY = date(2027, 1, 11)  # of the spring term
JUDGED = {"reached": ("partly",), "words": ("Twice as many families came.",)}


@pytest.mark.parametrize("reminder", PUT_OFF)
def test_not_now_puts_off_for_as_long_as_the_timer_says_and_for_whoever_pressed_alone(
    netball: Rota, reminder: Reminder
) -> None:
    netball.clock.instant = london_instant(FIFTH_DAY, MORNING)
    subject, until = f"{reminder}:{netball.site}", FIFTH_DAY + PUT_OFF[reminder]

    netball.press(AISHA, Action.NOT_NOW, subject)

    aisha, grace = netball.person(AISHA).id, netball.person(GRACE).id
    with netball.database.begin() as uow:
        assert uow.reminded.is_put_off(aisha, subject, until - DAY)
        assert not uow.reminded.is_put_off(aisha, subject, until)
        assert not uow.reminded.is_put_off(grace, subject, FIFTH_DAY)


def test_what_was_put_off_is_told_again_on_its_day_and_not_before(netball: Rota) -> None:
    change(netball, live_on=date(2026, 11, 25), active_on=date(2026, 11, 27), evaluate_on=WEDNESDAY)
    look_at(netball, WEDNESDAY, NIGHT)
    message = only(look_at(netball, WEDNESDAY, MORNING)["aisha"])
    label = next(one for one in labels(message) if one.startswith("Not now"))

    (shown,) = netball.push(AISHA, message, label)

    a_fortnight_later = WEDNESDAY + PUT_OFF[Reminder.EVALUATION]
    assert shown.title == "I will not remind you of Netball Instagram before 16 December 2026."
    assert whoever(told_on(netball, a_fortnight_later - DAY), "reached its aims") == set()
    assert whoever(told_on(netball, a_fortnight_later), "reached its aims") == {"aisha"}


def test_what_is_put_off_between_the_night_and_the_morning_is_not_told_that_morning(netball: Rota) -> None:
    change(netball, live_on=date(2026, 11, 25), active_on=date(2026, 11, 27), evaluate_on=WEDNESDAY)
    look_at(netball, WEDNESDAY, NIGHT)

    netball.press(AISHA, Action.NOT_NOW, f"{Reminder.EVALUATION}:{netball.site}")

    assert "reached its aims" not in everything(look_at(netball, WEDNESDAY, MORNING).get("aisha", []))


def test_what_was_put_off_to_a_day_off_comes_back_at_work(netball: Rota) -> None:
    change(netball, live_on=date(2026, 10, 1), active_on=date(2026, 11, 4))
    told_on(netball, WEDNESDAY)
    netball.press(AISHA, Action.NOT_NOW, f"still_needed:{netball.site}")  # for 28 days: to 30 December

    on_that_day = told_on(netball, WEDNESDAY + 28 * DAY)
    at_work = told_on(netball, date(2027, 1, 4))

    assert "aisha" not in whoever(on_that_day, "still needed")
    assert whoever(at_work, "still needed") == {"aisha"}


def _check(netball: Rota) -> date:
    change(netball, live_on=date(2026, 11, 25), active_on=date(2026, 11, 27))
    return date(2027, 1, 4)


def _evaluation(netball: Rota) -> date:
    change(netball, live_on=date(2026, 11, 25), active_on=date(2026, 11, 27), evaluate_on=WEDNESDAY)
    return WEDNESDAY


def _closure(netball: Rota) -> date:
    change(netball, live_on=date(2026, 11, 25), active_on=date(2026, 11, 27), closure=WEDNESDAY + 7 * DAY)
    return WEDNESDAY


def _quiet(netball: Rota) -> date:
    change(netball, live_on=date(2026, 10, 1), active_on=date(2026, 11, 4))
    return WEDNESDAY


def _login(netball: Rota) -> date:
    change(netball, active_on=date(2026, 11, 27))
    return FIFTH_DAY


def _offer(netball: Rota) -> date:
    netball.say(TOM, "find me cover for 10 December")
    netball.inbox(CALLUM)
    return MONDAY


STORIES: dict[str, tuple[Callable[[Rota], date], Callable[[Rota], object], str, str]] = {
    "check": (_check, lambda it: answer_all(it, the_site(it), "health"), "looked over", "aisha"),
    "evaluation": (
        _evaluation,
        lambda it: it.press(AISHA, Action.EVALUATE_SITE, str(it.site), JUDGED),
        "reached its aims",
        "aisha",
    ),
    "closure": (
        _closure,
        lambda it: it.press(GRACE, Action.EXTEND_SITE, str(it.site), {"until": ("2027-07-14",)}),
        "is to close",
        "grace",
    ),
    "still needed": (_quiet, lambda it: it.press(AISHA, Action.STILL_NEEDED, str(it.site)), "still needed", "aisha"),
    "login": (_login, lambda it: it.press(TOM, Action.ATTEST, str(it.site)), "Is your login", "tom"),
    "offer": (
        _offer,
        lambda it: it.press(CALLUM, Action.TAKE_SLOT, it.about(date(2026, 12, 10))),
        "10 December?",
        "callum",
    ),
}


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("is_settled", [False, True])
def test_what_is_settled_between_the_night_and_the_morning_is_not_told(
    netball: Rota, story: str, *, is_settled: bool
) -> None:
    begin, settle, words, who = STORIES[story]
    day = begin(netball)
    look_at(netball, day, NIGHT)
    netball.clock.instant = london_instant(day, BEFORE_MORNING)
    if is_settled:
        settle(netball)
    netball.post()

    told = look_at(netball, day, MORNING)

    assert (words in str(told.get(who, ()))) is not is_settled
