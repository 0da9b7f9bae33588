"""How sites are covered ahead: the same numbers for cards, reminders and the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.calendars import calendar_of
from handlers.covers import covers_of
from policy_kb.rules.forecast import forecast_of, holidays_ahead

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from policy_kb.rules.cover import Cover
    from policy_kb.rules.forecast import Forecast
    from policy_kb.rules.periods import Period
    from policy_kb.rules.site import Site
    from policy_kb.site_words import SiteId
    from policy_kb.view import PolicyView
    from policy_kb.words import SettingId
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    How one site is covered from today on, as far ahead as rotas are laid out.

    Policy: A.1.5, A.5.4
    """

    cover: Cover
    forecast: Forecast


def standing_of(sites: Collection[Site], uow: UnitOfWork, view: PolicyView, today: date) -> Mapping[SiteId, Standing]:
    """
    Return how each of some sites stands on a London day.

    However many they are, slots and decisions are read in one query each, and each setting's calendar once.

    Policy: A.1.5, A.5.4
    """
    end = today + view.rota_hours.ahead
    holidays = _holidays({one.setting for one in sites}, uow, today, end)
    covers = covers_of((one.id for one in sites), today, end, uow)
    return {
        one.id: Standing(cover=covers[one.id], forecast=forecast_of(covers[one.id], holidays[one.setting]))
        for one in sites
    }


def _holidays(
    settings: Collection[SettingId], uow: UnitOfWork, start: date, end: date
) -> Mapping[SettingId, tuple[Period, ...]]:
    return {
        one.id: holidays_ahead(calendar_of(one, uow), start, end) for one in uow.settings.listed() if one.id in settings
    }
