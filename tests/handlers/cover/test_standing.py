"""How sites stand ahead: one set of numbers, read in few queries however many sites there are."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from handlers.cover.standing import standing_of
from handlers.message import plain_text
from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from policy_kb.site_words import GapKind
from tests.handlers.cover.planned import plan
from tests.handlers.cover.rota_office import AISHA, FRIDAY, GRACE, MONDAY, THURSDAY, Rota

TODAY = date(2026, 11, 29)


def test_a_site_tells_what_is_covered_what_is_not_and_which_holidays_are(rota: Rota) -> None:
    plan(rota)
    rota.leave_open(THURSDAY, *(date(2026, 12, 28) + number * DAY for number in range(5)))

    with rota.database.begin() as uow:
        site = uow.sites.get(rota.site)
        assert site is not None
        found = standing_of((site,), uow, rota.desk.reading(uow).view, TODAY)[site.id]

    assert (found.forecast.owed, found.forecast.covered) == (65, 59)
    assert [(gap.starts_on, gap.ends_on) for gap in found.forecast.gaps] == [
        (THURSDAY, FRIDAY),
        (date(2026, 12, 28), date(2027, 1, 2)),
    ]
    assert [(one.holiday.name, one.uncovered, one.days) for one in found.forecast.holidays] == [
        ("Christmas", 5, 10),
        ("February half-term", 0, 5),
    ]


def test_the_gaps_of_a_site_name_the_holiday_they_lie_in(rota: Rota) -> None:
    plan(rota)
    rota.leave_open(*(date(2026, 12, 28) + number * DAY for number in range(5)))

    (shown,) = rota.press(AISHA, Action.GAPS, str(rota.site))

    assert "Christmas: 5 of 10 weekdays uncovered" in plain_text(shown)
    assert "half-term" not in plain_text(shown)


def test_days_that_are_left_on_purpose_are_no_gaps_of_a_holiday(rota: Rota) -> None:
    days = date(2026, 12, 28), date(2027, 1, 2)
    plan(rota)
    rota.leave_open(*(days[0] + number * DAY for number in range(5)))
    with rota.database.begin() as uow:
        by = rota.person_in(uow, GRACE).id
        uow.rota.settle_gap(rota.site, GapKind.COMMENTS_OFF, *days, by=by, entry=rota.entry())

    (shown,) = rota.press(AISHA, Action.GAPS, str(rota.site))

    assert shown.title.startswith("Netball Instagram: no gap is left in the next 13 weeks.")
    assert "Christmas" not in plain_text(shown)


@pytest.mark.parametrize("count", [1, 24])
def test_the_number_of_queries_does_not_grow_with_the_sites(rota: Rota, count: int) -> None:
    with rota.database.begin() as uow:
        sites, view = uow.sites.listed()[:count], rota.desk.reading(uow).view
        settings = {one.setting for one in sites}
        asked: list[str] = []
        event.listen(
            uow.audit.connection, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]), named=False
        )

        found = standing_of(sites, uow, view, TODAY)

    assert len(found) == count
    assert len(asked) <= 4 + 2 * len(settings)


def test_a_site_without_a_rota_is_empty(rota: Rota) -> None:
    with rota.database.begin() as uow:
        uow.rota.drop(rota.site, start=MONDAY)
        site = uow.sites.get(rota.site)
        assert site is not None
        found = standing_of((site,), uow, rota.desk.reading(uow).view, TODAY)[site.id]

    assert found.forecast.is_empty
    assert found.cover.slots == ()
