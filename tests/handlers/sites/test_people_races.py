"""Many press at the same moment, and several bots look at once: each thing happens once, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from bot import sample
from handlers.imports.people_import import import_people
from handlers.imports.settings_import import import_settings
from handlers.sites.leaving import take_out_leavers
from policy_kb.bot_words import Action
from storage.audit_check import verify
from tests.fakes import FakeClock
from tests.handlers.cover.rota_office import AISHA, GRACE, LUCY, MONDAY, PRIYA, SUNDAY, TOM, Rota
from tests.handlers.requests.mornings import leaves
from tests.handlers.sites.leaving_days import morning_after, night
from tests.handlers.sites.people_office import MODERATOR, acting, audited, name_for, parts, slots_of, tasks
from tests.stage import LOADED_AT
from tests.storage.both_kinds import database, sqlite_url, url

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from handlers.desk import Desk
    from storage.database import Database

    Result = TypeVar("Result")

# Every race is run on both databases.
__all__ = ["database", "sqlite_url", "url"]

MANY = 12
SAMPLE_TRUST = Path(sample.__file__).with_name("sample_trust")


@pytest.fixture
def netball(database: Database, desk: Desk) -> Rota:
    settings, people = (SAMPLE_TRUST.joinpath(name).read_bytes() for name in ("settings.toml", "people.csv"))
    with database.begin() as uow:
        # Its thirty sites are no part of this, and take long to plan.
        import_settings(settings, uow, apply=True, now=LOADED_AT)
        import_people(people, uow, apply=True, now=LOADED_AT)
        import_settings(settings, uow, apply=True, now=LOADED_AT)
    made = Rota(database, desk, FakeClock(SUNDAY))
    made.meet_everybody()
    made.open()
    return made


def at_once(*calls: Callable[[], Result]) -> list[Result]:
    """Let every call begin at the same moment, and return what each returned."""
    ready = Barrier(len(calls))

    def go(call: Callable[[], Result]) -> Result:
        ready.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(go, calls))


def done(rota: Rota, verb: str) -> int:
    """Count what was done of a kind, once everything else is whole."""
    with rota.database.begin() as uow:
        assert verify(tuple(uow.audit.everything()), {}).findings == ()
    return sum(one == verb for one, _ in audited(rota))


def test_of_many_taps_that_accept_and_refuse_each_counts_once(netball: Rota) -> None:
    name_for(netball, LUCY, MODERATOR)
    about = f"{netball.site}:site_moderator"
    yes, no = (partial(netball.press, LUCY, one, about) for one in (Action.ACCEPT_PART, Action.REFUSE_PART))

    told = at_once(*(yes, no) * (MANY // 2))

    assert len(told) == MANY
    assert parts(netball, LUCY) == set()
    assert done(netball, "accepted") <= 1
    assert done(netball, "removed") == 1
    assert len([one for one in netball.inbox(GRACE) if "Lucy" in one.title]) <= 2  # the news, and perhaps a login


def test_what_is_left_to_do_is_done_once_by_whoever_is_first(netball: Rota) -> None:
    netball.press(TOM, Action.END_PART, f"{netball.site}:site_moderator:tom-example:surely")
    (task,) = tasks(netball)
    before = done(netball, "removed")

    told = at_once(*(partial(netball.press, who, Action.TASK_DONE, str(task.id)) for who in (PRIYA, AISHA) * 6))

    assert {one.title for some in told for one in some} == {"That is done, or not yours to do. Nothing is left of it."}
    assert done(netball, "removed") == before + 1


def test_the_same_line_saved_at_once_is_logged_once(netball: Rota) -> None:
    values = {"act": ("escalated",), "category": ("spam",), "link": ()}

    at_once(*[partial(netball.press, TOM, Action.SAVE_LOG, str(netball.site), values)] * MANY)

    assert done(netball, "logged") == 1
    assert len(netball.inbox(PRIYA)) == 1


def test_two_bots_that_look_at_once_take_a_leaver_out_once(netball: Rota) -> None:
    night(netball, SUNDAY.date())
    leaves(netball, TOM, MONDAY)
    leaves(netball, AISHA, MONDAY)
    morning_after(netball, MONDAY)
    netball.post()
    netball.read.clear()

    def look() -> int:
        with netball.database.begin() as uow:
            return take_out_leavers(acting(netball, uow))

    at_once(*[look] * 4)

    assert parts(netball, TOM) == set()
    assert slots_of(netball, TOM) == []
    assert done(netball, "removed") == 2
    assert len(tasks(netball)) == 3
    told = [one.title for one in netball.inbox(GRACE)]
    assert len([one for one in told if "needs a new author" in one]) == 1
    assert len([one for one in told if one.startswith("Netball Instagram has")]) == 1
