"""The whole bot put together: what it needs to start, how its parts meet, how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import BODY_LIMIT, Bot, build_bot, open_database, platforms
from bot.commands import serve
from bot.config import ConfigError, read_config
from policy_kb.words import Channel
from storage.errors import StorageError
from tests.builders import a_text
from tests.fakes import FakeChannel
from tests.stage import until

if TYPE_CHECKING:
    from pathlib import Path

    from bot.channels.base import ChatChannel, Listener
    from bot.config import Config
    from storage.database import Database
    from tests.fakes import FakeClock
    from tests.stage import DatabaseFile

SLACK = {
    "ASKFIRST_SLACK_BOT_TOKEN": "xoxb-1",
    "ASKFIRST_SLACK_SIGNING_SECRET": "signing",
    "ASKFIRST_SLACK_TEAM_IDS": "T1",
}
TEAMS = {
    "ASKFIRST_TEAMS_APP_ID": "11111111-2222-3333-4444-555555555555",
    "ASKFIRST_TEAMS_APP_PASSWORD": "secret",
    "ASKFIRST_TEAMS_TENANT_ID": "66666666-7777-8888-9999-000000000000",
}
TEAMS_IN_DEVELOPMENT = {"ASKFIRST_TEAMS_DEVELOPMENT": "yes"}
EVERY_ADDRESS = {"ASKFIRST_HOST": "0.0.0.0"}  # noqa: S104 - a setting to refuse, nothing is bound to it


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
def bot(database: Database, channel: FakeChannel, clock: FakeClock) -> Bot:
    def channels(_: Config, listener: Listener) -> dict[Channel, ChatChannel]:
        assert listener
        return {Channel.SLACK: channel}

    return build_bot(read_config({}), database=database, channels=channels, now=clock)


async def test_it_starts_serves_and_ends_in_order(bot: Bot, channel: FakeChannel) -> None:
    async with TestClient(TestServer(bot.application())) as client, client.get("/healthz") as health:
        state = await health.json()
        running = bot.outbox.is_running()

    assert (health.status, state["status"], state["slack"]) == (200, "ok", "ok")
    assert running
    assert not bot.outbox.is_running()
    assert channel.life == ["routes added", "started", "stopped"]


async def test_a_question_from_a_platform_is_answered_through_the_outbox_within_a_moment(
    bot: Bot, channel: FakeChannel
) -> None:
    async with TestClient(TestServer(bot.application())):
        returned = await bot.dispatch.on_event(a_text("Can I friend a parent on Facebook?", reply_to="D-priya"))
        await until(lambda: bool(channel.arrived))

    (title,) = channel.arrived["D-priya"]
    assert returned == ()
    assert title.startswith("No. ")


async def test_the_nightly_tidying_removes_what_is_past_its_time(
    bot: Bot, clock: FakeClock, database_file: DatabaseFile
) -> None:
    await bot.dispatch.on_event(a_text("Can I friend a parent on Facebook?"))
    before = database_file.rows("answers")

    clock.advance(days=29)
    await bot.schedule.tidy_now()
    a_month_on = database_file.rows("answers")
    clock.advance(days=2)
    await bot.schedule.tidy_now()

    assert (before, a_month_on, database_file.rows("answers")) == (1, 1, 0)


async def test_a_request_larger_than_any_platform_sends_is_refused(bot: Bot) -> None:
    assert bot.application()._client_max_size == BODY_LIMIT == 2 * 1024 * 1024


def test_with_no_platform_set_up_it_does_not_start_and_says_where_to_look(database: Database) -> None:
    with pytest.raises(ConfigError, match=r"docs/deploy\.md"):
        build_bot(read_config({}), database=database)


def test_teams_without_an_app_id_never_listens_on_an_open_address(database: Database) -> None:
    with pytest.raises(ConfigError, match="ASKFIRST_TEAMS_APP_ID"):
        build_bot(read_config(TEAMS_IN_DEVELOPMENT | EVERY_ADDRESS), database=database)


def test_beside_a_whole_slack_teams_without_an_app_id_is_still_refused(database: Database) -> None:
    with pytest.raises(ConfigError, match="ASKFIRST_TEAMS_APP_ID"):
        build_bot(read_config(SLACK | TEAMS_IN_DEVELOPMENT | EVERY_ADDRESS), database=database)


@pytest.mark.parametrize(
    ("settings", "built"),
    [
        (SLACK, {Channel.SLACK}),
        (TEAMS, {Channel.TEAMS}),
        (TEAMS | EVERY_ADDRESS, {Channel.TEAMS}),
        (TEAMS_IN_DEVELOPMENT, {Channel.TEAMS}),
        (SLACK | TEAMS, {Channel.SLACK, Channel.TEAMS}),
    ],
)
def test_the_platforms_that_are_set_up_are_the_ones_that_run(
    bot: Bot, settings: dict[str, str], built: set[Channel]
) -> None:
    assert set(platforms(read_config(settings), bot.dispatch)) == built


@pytest.mark.parametrize("settings", [SLACK, TEAMS, TEAMS_IN_DEVELOPMENT, SLACK | TEAMS])
def test_the_demo_never_runs_beside_a_real_platform(settings: dict[str, str], database_file: DatabaseFile) -> None:
    with pytest.raises(ConfigError, match="never runs beside a real platform"):
        serve.run_demo(read_config(settings | {"ASKFIRST_DATABASE_URL": database_file.url}))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "bot.example.org"])  # noqa: S104 - to be refused
def test_the_demo_never_listens_where_others_can_reach_it(host: str, database_file: DatabaseFile) -> None:
    with pytest.raises(ConfigError, match="ASKFIRST_HOST"):
        serve.run_demo(read_config({"ASKFIRST_HOST": host, "ASKFIRST_DATABASE_URL": database_file.url}))


def test_a_database_that_cannot_be_used_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "askfirst.db").write_bytes(b"This is no database. " * 1000)

    with pytest.raises(StorageError, match=r"askfirst\.db"):
        open_database(read_config({"ASKFIRST_DATABASE_URL": f"sqlite:///{tmp_path / 'askfirst.db'}"}))
