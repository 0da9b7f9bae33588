"""The server is killed again and again while somebody fills in a form: every answer it acknowledged is there."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import aiohttp
import psycopg
import pytest

from bot.channels.web.events import TENANT
from bot.channels.web.session import COOKIE, Door
from bot.sample import load_sample_trust
from bot.secret import Secret
from policy_kb.words import Channel
from storage.audit_check import verify
from storage.chat_addresses import ChatAddress
from storage.database import Database
from tests.clients.web_user import WebUser
from tests.journeys.form_lives import PATIENCE, Lives, lives
from tests.journeys.form_person import Paper, Priya, ServerGone
from tests.journeys.form_server import AISHA, PRIYA, TOKEN, QuickClock
from tests.storage.postgresql_server import PostgresqlServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.channels.web.listen import SamplePerson
    from policy_kb.words import PersonId
    from storage.request import Draft
    from storage.unit_of_work import UnitOfWork

KILLS = {"sqlite": 50, "postgresql": 20}  # more find more, and take minutes
MOST_CALLS = 6  # in one life, or a few more
UNHEARD = 10  # of so many lives one ends with words that never arrive: chance alone hits that moment too rarely
SEED = 4


@dataclass(slots=True, kw_only=True)
class Account:
    """What the kills hit, and what became of the calls that nobody acknowledged."""

    kills: int = 0
    before_it_listened: int = 0
    between_calls: int = 0
    in_a_call: int = 0
    unheard: int = 0  # just after it had answered, and nobody heard that
    kept: int = 0  # of the calls that would have changed something: all of it was done
    not_kept: int = 0  # nothing of it
    acknowledged: int = 0  # answers


@dataclass(slots=True, kw_only=True)
class Pace:
    """How long things take here and now, in seconds, so that a kill may come at any moment of them."""

    birth: float = 0.05
    call: float = 0.03


async def test_the_server_is_killed_and_every_acknowledged_answer_is_there(url: str, kills: int) -> None:
    began, chance, account, pace = time.monotonic(), random.Random(SEED), Account(), Pace()  # noqa: S311 - moments of kills, repeatable
    fill(url, QuickClock(began))

    async with lives(url, began=began) as server, a_browser() as web:
        priya = Priya(web)
        while account.kills < kills:
            await a_life(server, priya, chance, account, pace)
            account.kills += 1
            what_became_of_it(priya, forms_of_priya(url), chance, account)
        await a_quiet_end(server, priya, url, QuickClock(began))
    account.acknowledged = priya.acknowledged

    print(f"\n{url.partition(':')[0]}: {account}")  # noqa: T201 - the numbers are what one wants to see
    hit = account.in_a_call + account.unheard + account.between_calls + account.before_it_listened
    assert hit == account.kills == kills
    assert account.acknowledged >= kills
    assert account.in_a_call >= kills // 2
    assert account.not_kept
    assert account.kept >= account.unheard == kills // UNHEARD
    assert_all_is_whole(url, priya)


async def a_life(server: Lives, priya: Priya, chance: random.Random, account: Account, pace: Pace) -> None:
    """Let Priya fill in what she can until the server is no more."""
    priya.hears, unheard = True, account.kills % UNHEARD == 0
    calls, born = chance.randrange(2 if unheard else 0, MOST_CALLS), time.monotonic()
    async with server.one(killed_within=PATIENCE if calls else chance.uniform(0, pace.birth * 2)) as base:
        if not base:
            account.before_it_listened += 1
            return
        priya.web.base = base
        pace.birth = (9 * pace.birth + time.monotonic() - born) / 10
        try:
            await _until_killed(server, priya, calls, chance, pace, unheard=unheard)
        except ServerGone as gone:
            assert not (server.life and priya.hears), "nobody has killed it"
            account.unheard += not priya.hears
            account.in_a_call += gone.was_sent and priya.hears
            account.between_calls += not gone.was_sent


async def _until_killed(
    server: Lives, priya: Priya, calls: int, chance: random.Random, pace: Pace, *, unheard: bool
) -> None:
    """Go on until the last of so many calls: its answer is not heard, or the server is killed in it, or soon after."""
    for call in count(1):
        if call == calls and unheard:
            priya.hears = False
        elif call == calls:
            server.kill_within(chance.uniform(0, pace.call * 1.5))
        begun = time.monotonic()
        await priya.go_on()
        pace.call = (9 * pace.call + time.monotonic() - begun) / 10


def what_became_of_it(priya: Priya, found: tuple[Paper, ...], chance: random.Random, account: Account) -> None:
    """Hold what is in the database against what was acknowledged; then Priya tries again, or looks where she is."""
    act = priya.doing
    assert found in (priya.papers, act.after if act else priya.papers)
    if act and act.after != priya.papers:
        account.kept += found == act.after
        account.not_kept += found == priya.papers
    if chance.random() < 0.5:
        priya.papers = found
        priya.look()


async def a_quiet_end(server: Lives, priya: Priya, url: str, clock: QuickClock) -> None:
    """Let the last form be sent, and everything that waits be told."""
    priya.hears = True
    async with server.one() as priya.web.base:
        await priya.go_on()
        while not priya.papers[-1].version:
            await priya.go_on()
        async with asyncio.timeout(PATIENCE):
            while still_to_be_told(url, clock):  # noqa: ASYNC110 - another process tells it
                await asyncio.sleep(0.1)


def assert_all_is_whole(url: str, priya: Priya) -> None:
    """Look at every form as it was sent, at every answer as it was given, at the audit, and at who was asked."""
    given = sum(len(paper.answers) + paper.is_reworded for paper in priya.papers)
    with opened(url) as database, database.begin() as uow:
        numbers = [draft.id for draft in forms_in(uow)]
        sent = [dict(version.answers) for number in numbers for version in uow.requests.sendings(number)]
        told = uow.outbox.sent_to(Channel.WEB, AISHA.user, id_of(AISHA, uow), after=0, most=len(numbers) * 9)
        assert sent == [dict(paper.answers) for paper in priya.papers]
        assert sorted(say.about for _, say in told) == sorted(f"{number}:line_manager" for number in numbers)
        assert len([one for one in range(1, 2 * given) if uow.requests.given(one)]) == given
        assert verify(tuple(uow.audit.everything()), {}).findings == ()
    with opened(url) as database:
        assert database.check() == ()


def forms_of_priya(url: str) -> tuple[Paper, ...]:
    """Return how all her forms stand, the oldest first, once what a killed server had begun has come to its end."""
    wait_for_its_last_words(url)
    with opened(url) as database, database.begin() as uow:
        return tuple(Paper.of(draft) for draft in forms_in(uow))


def forms_in(uow: UnitOfWork) -> tuple[Draft, ...]:
    return tuple(reversed(uow.requests.of_person(id_of(PRIYA, uow))))


def id_of(sample: SamplePerson, uow: UnitOfWork) -> PersonId:
    found = uow.people.find_by_email(sample.email)
    assert found is not None
    return found.id


def wait_for_its_last_words(url: str) -> None:
    """Wait until PostgreSQL has noticed that a client is no more: it may still be keeping what was sent last."""
    if url.startswith("sqlite"):
        return
    others = b"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(url, autocommit=True) as connection:
        until = time.monotonic() + PATIENCE
        while (row := connection.execute(others).fetchone()) and row[0]:
            assert time.monotonic() < until
            time.sleep(0.002)


def still_to_be_told(url: str, clock: QuickClock) -> int:
    with opened(url) as database, database.begin() as uow:
        return uow.outbox.stuck(clock(), timedelta(0))


def fill(url: str, clock: QuickClock) -> None:
    """Make the database of the sample trust, in which a line manager has been met."""
    with opened(url) as database:
        database.upgrade()
        with database.begin() as uow:
            load_sample_trust(uow, now=clock)
            where = ChatAddress(
                person_id=id_of(AISHA, uow), channel=Channel.WEB, tenant=TENANT, address=AISHA.user, updated_at=clock()
            )
            uow.chat_addresses.refresh(where)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    with closing(Database(url)) as database:
        yield database


@asynccontextmanager
async def a_browser() -> AsyncIterator[WebUser]:
    """Yield a browser that was let in before, and stays so however often the server starts anew."""
    cookies = {COOKIE: Door(Secret(TOKEN)).new_cookie()}
    async with aiohttp.ClientSession(cookies=cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        yield WebUser(base="", client=client, person=PRIYA.user)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'askfirst.db'}"
    server = request.getfixturevalue("postgresql_server")
    assert isinstance(server, PostgresqlServer)
    return server.new_database()


@pytest.fixture
def kills(url: str) -> int:
    return KILLS[url.partition(":")[0]]
