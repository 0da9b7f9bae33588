"""People who press about one rota at the same moment wait for each other in turn, on both databases."""

from __future__ import annotations

from functools import partial

from policy_kb.bot_words import Action
from policy_kb.rules.periods import DAY
from tests.handlers.cover.rota_office import CALLUM, EWA, FRIDAY, MONDAY, PRIYA, THURSDAY, TOM, TUESDAY, WEDNESDAY, Rota
from tests.handlers.sites.test_people_races import at_once, done, netball
from tests.storage.both_kinds import database, sqlite_url, url

# Every race is run on both databases.
__all__ = ["database", "netball", "sqlite_url", "url"]


def test_whoever_confirms_a_slot_waits_for_whoever_logs_on_its_site_and_neither_for_good(netball: Rota) -> None:
    days = ((PRIYA, MONDAY), (CALLUM, TUESDAY), (EWA, WEDNESDAY), (TOM, THURSDAY), (PRIYA, FRIDAY))
    confirm = [partial(netball.press, who, Action.GOT_IT, netball.about(day)) for who, day in days]
    log = [
        partial(
            netball.press,
            who,
            Action.SAVE_LOG,
            str(netball.site),
            {"act": ("removed",), "category": ("spam",), "link": (f"https://www.example.org/{number}",)},
        )
        for number, who in enumerate((PRIYA, CALLUM, EWA, TOM, PRIYA))
    ]

    at_once(*confirm, *log)

    assert all(netball.slot(day).accepted_at is not None for _, day in days)
    assert done(netball, "logged") == len(log)


def test_several_who_are_away_on_the_same_days_are_all_written_down_and_nobody_away_is_on(netball: Rota) -> None:
    away = f"{MONDAY.isoformat()}:{(MONDAY + 5 * DAY).isoformat()}"
    people = (PRIYA, CALLUM, EWA)

    at_once(
        *(partial(netball.press, who, Action.OFF, away) for who in people),
        *(partial(netball.press, TOM, Action.TAKE_SLOT, netball.about(MONDAY + number * DAY)) for number in range(5)),
    )

    assert all(netball.absences(who) == [(MONDAY, MONDAY + 5 * DAY)] for who in people)
    assert {netball.who(MONDAY + number * DAY) for number in range(5)} <= {"", TOM}
