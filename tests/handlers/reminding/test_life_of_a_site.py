"""A site's checks, its evaluation, its end and its silence: told on their days, and no more once they are settled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from tests.handlers.cover.rota_office import AISHA, GRACE, PRIYA, TUESDAY, WEDNESDAY
from tests.handlers.reminding.nudged import MORNING, NIGHT, look_at, only, told_on, whoever
from tests.handlers.requests.office import labels
from tests.handlers.sites.life_office import answer_all
from tests.handlers.sites.people_office import change, the_site

if TYPE_CHECKING:
    from tests.handlers.cover.rota_office import Rota

LAST_DAY, INSET_DAY = date(2026, 12, 18), date(2027, 1, 4)  # around Christmas
FIVE_LATER = date(2027, 1, 11)
LOOK_OVER = "is to be looked over once every half-term"
JUDGE = "How far has Netball Instagram reached its aims (A.1.7)?"
JUDGED = {"reached": ("partly",), "words": ("Twice as many families came.",)}
STILL = "Is it still needed (A.1.6)?"
CLOSES = "close on 10 February 2027"
CLOSURE = date(2027, 2, 10)
NOTHING: set[str] = set()


def be_well(office: Rota, **changed: object) -> None:
    """Let nothing be due of the site but what a test is about."""
    change(office, live_on=date(2026, 11, 25), active_on=date(2026, 11, 27), **changed)


def test_the_check_of_a_half_term_is_asked_for_as_it_begins_and_after_five_days(netball: Rota) -> None:
    be_well(netball)

    before = told_on(netball, LAST_DAY)
    first = told_on(netball, INSET_DAY)
    between = told_on(netball, INSET_DAY + DAY)
    again = told_on(netball, FIVE_LATER)

    assert before
    assert whoever(before, LOOK_OVER) == NOTHING
    assert whoever(first, LOOK_OVER) == {"aisha", "priya"}
    assert whoever(between, LOOK_OVER) == NOTHING
    assert whoever(again, LOOK_OVER) == {"aisha", "priya"}


def test_a_check_that_is_done_is_not_asked_for_again(netball: Rota) -> None:
    be_well(netball)
    assert whoever(told_on(netball, INSET_DAY), LOOK_OVER) == {"aisha", "priya"}

    answer_all(netball, the_site(netball), "health")

    assert whoever(told_on(netball, FIVE_LATER), LOOK_OVER) == NOTHING


def test_the_author_is_asked_on_its_day_how_far_the_aims_were_reached_and_ten_days_later(netball: Rota) -> None:
    be_well(netball, evaluate_on=WEDNESDAY)

    before = told_on(netball, TUESDAY)
    first = told_on(netball, WEDNESDAY)
    between = told_on(netball, date(2026, 12, 15))
    again = told_on(netball, date(2026, 12, 16))

    assert whoever(before, JUDGE) == NOTHING
    assert whoever(first, JUDGE) == {"aisha"}
    assert whoever(between, JUDGE) == NOTHING
    assert whoever(again, JUDGE) == {"aisha"}


def test_a_site_that_was_judged_is_not_asked_about_again(netball: Rota) -> None:
    be_well(netball, evaluate_on=WEDNESDAY)
    assert whoever(told_on(netball, WEDNESDAY), JUDGE) == {"aisha"}

    netball.press(AISHA, Action.EVALUATE_SITE, str(netball.site), JUDGED)

    assert whoever(told_on(netball, date(2026, 12, 16)), JUDGE) == NOTHING


def test_an_end_is_told_of_sixty_thirty_and_seven_days_before_on_its_day_and_a_week_later(netball: Rota) -> None:
    be_well(netball, closure=CLOSURE)
    days = (
        date(2026, 12, 11),  # the 60th day before is a Saturday: rather sooner
        date(2027, 1, 11),
        date(2027, 2, 3),
        CLOSURE,
        date(2027, 2, 22),  # a week later it is half-term
    )

    on_the_day_before = [whoever(told_on(netball, day - DAY), CLOSES) for day in days[:1]]
    told = []
    for day in days:
        if day != days[0]:
            on_the_day_before.append(whoever(told_on(netball, day - DAY), "10 February 2027"))
        told.append(whoever(told_on(netball, day), "10 February 2027"))

    assert on_the_day_before == [NOTHING] * len(days)
    assert told == [{"aisha", "priya", "grace"}] * len(days)


def test_an_end_that_was_put_off_by_the_head_is_not_told_of_any_more(netball: Rota) -> None:
    be_well(netball, closure=CLOSURE)
    assert whoever(told_on(netball, date(2027, 1, 11)), CLOSES) == {"aisha", "priya", "grace"}
    look_at(netball, date(2027, 2, 2), NIGHT)  # the reminder of tomorrow is written down by now

    netball.press(GRACE, Action.EXTEND_SITE, str(netball.site), {"until": ("2027-07-14",)})

    for day in (date(2027, 2, 3), CLOSURE):
        read = "".join(told_on(netball, day).values())
        assert "10 February 2027" not in read
        assert "14 July 2027" not in read


def quiet_until_wednesday(office: Rota) -> None:
    """Let the 20th working day without anything be Wednesday 2 December."""
    change(office, live_on=date(2026, 10, 1), active_on=date(2026, 11, 4))


def test_a_site_that_is_quiet_for_twenty_days_is_asked_about_and_again_after_as_many(netball: Rota) -> None:
    quiet_until_wednesday(netball)

    before = told_on(netball, TUESDAY)
    first = told_on(netball, WEDNESDAY)
    between = told_on(netball, date(2027, 1, 12))
    again = told_on(netball, date(2027, 1, 13))

    assert whoever(before, STILL) == NOTHING
    assert whoever(first, STILL) == {"aisha", "priya"}
    assert whoever(between, STILL) == NOTHING
    assert whoever(again, STILL) == {"aisha", "priya"}


def test_a_site_that_is_needed_is_not_asked_about_until_it_is_quiet_again(netball: Rota) -> None:
    quiet_until_wednesday(netball)
    told_on(netball, WEDNESDAY)
    netball.clock.advance(days=1)

    netball.press(PRIYA, Action.STILL_NEEDED, str(netball.site))

    assert whoever(told_on(netball, date(2027, 1, 13)), STILL) == NOTHING
    assert whoever(told_on(netball, date(2027, 1, 14)), STILL) == {"aisha", "priya"}


def test_whoever_does_not_want_to_hear_of_it_again_does_not_and_the_others_do(netball: Rota) -> None:
    quiet_until_wednesday(netball)
    look_at(netball, WEDNESDAY, NIGHT)
    message = only(look_at(netball, WEDNESDAY, MORNING)["aisha"])
    label = next(one for one in labels(message) if one.startswith("Don't remind me again"))

    (shown,) = netball.push(AISHA, message, label)

    assert shown.title == "I will not remind you of Netball Instagram again."
    assert whoever(told_on(netball, date(2027, 1, 13)), STILL) == {"priya"}
