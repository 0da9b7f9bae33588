"""Settings: what is right is read, what is half right stops the start and names the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config, ConfigError, is_loopback, read_config

SLACK = {
    "ASKFIRST_SLACK_BOT_TOKEN": "xoxb-token",
    "ASKFIRST_SLACK_SIGNING_SECRET": "signing-secret",
    "ASKFIRST_SLACK_TEAM_IDS": "T1, T2,",
}
TEAMS = {
    "ASKFIRST_TEAMS_APP_ID": "an-app-id",
    "ASKFIRST_TEAMS_APP_PASSWORD": "client-secret",
    "ASKFIRST_TEAMS_TENANT_ID": "a-tenant",
}
SECRETS = ("xoxb-token", "xapp-token", "signing-secret", "client-secret")


def without(settings: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in settings.items() if key != name}


def test_with_nothing_set_everything_but_the_platforms_has_a_default_that_works() -> None:
    assert read_config({}) == Config(
        database_url="sqlite:///data/askfirst.db", host="127.0.0.1", port=8080, slack=None, teams=None
    )


def test_files_of_the_trusts_own_are_named_by_their_paths() -> None:
    config = read_config({"ASKFIRST_AUDIT_HEADS": "kept/heads.jsonl", "ASKFIRST_RETENTION": " periods.toml "})

    assert (config.audit_heads, config.retention) == (Path("kept/heads.jsonl"), Path("periods.toml"))


def test_an_empty_setting_is_one_that_was_not_made() -> None:
    blank = dict.fromkeys(
        ["ASKFIRST_DATABASE_URL", "ASKFIRST_HOST", "ASKFIRST_PORT", "ASKFIRST_RETENTION", *SLACK, *TEAMS], "  "
    )

    assert read_config(blank) == read_config({})


def test_a_whole_set_up_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"ASKFIRST_DATABASE_URL": "postgresql://x/y", "ASKFIRST_HOST": "0.0.0.0", "ASKFIRST_PORT": "0"}  # noqa: S104 - only read
    for name, value in (SLACK | TEAMS | own).items():
        monkeypatch.setenv(name, value)

    config = read_config()

    assert config.slack
    assert config.teams
    assert (config.database_url, config.host, config.port) == ("postgresql://x/y", "0.0.0.0", 0)  # noqa: S104 - only read
    assert config.slack.bot_token.reveal() == "xoxb-token"
    assert config.slack.team_ids == ("T1", "T2")
    assert not config.slack.socket_mode
    assert config.teams.app_password.reveal() == "client-secret"
    assert not config.teams.development


def test_an_app_token_means_socket_mode_and_needs_no_signing_secret() -> None:
    config = read_config(without(SLACK, "ASKFIRST_SLACK_SIGNING_SECRET") | {"ASKFIRST_SLACK_APP_TOKEN": "xapp-token"})

    assert config.slack
    assert config.slack.socket_mode


@pytest.mark.parametrize("missing", SLACK)
def test_a_half_set_up_slack_does_not_start_and_the_sentence_names_what_is_missing(missing: str) -> None:
    with pytest.raises(ConfigError, match=missing) as error:
        read_config(without(SLACK, missing))

    assert str(error.value).startswith("Slack is half set up")


@pytest.mark.parametrize("missing", TEAMS)
def test_a_half_set_up_teams_does_not_start_and_the_sentence_names_what_is_missing(missing: str) -> None:
    with pytest.raises(ConfigError, match=missing) as error:
        read_config(without(TEAMS, missing))

    assert str(error.value).startswith("Teams is half set up")


@pytest.mark.parametrize("only", ["ASKFIRST_TEAMS_APP_PASSWORD", "ASKFIRST_TEAMS_TENANT_ID", "ASKFIRST_TEAMS_APPID"])
def test_a_forgotten_or_misspelt_app_id_never_leads_to_a_bot_that_trusts_strangers(only: str) -> None:
    with pytest.raises(ConfigError, match="ASKFIRST_TEAMS_APP_ID is missing"):
        read_config({only: "something"})


def test_teams_authenticates_nobody_only_where_somebody_asked_for_development() -> None:
    config = read_config({"ASKFIRST_TEAMS_DEVELOPMENT": "yes"})

    assert config.teams
    assert config.teams.development


@pytest.mark.parametrize("only", ["ASKFIRST_SLACK_APP_TOKEN", "ASKFIRST_SLACK_TEAM_IDS", "ASKFIRST_SLACK_API_URL"])
def test_any_one_setting_of_slack_asks_for_the_others(only: str) -> None:
    with pytest.raises(ConfigError, match="ASKFIRST_SLACK_BOT_TOKEN"):
        read_config({only: "something"})


def test_a_list_of_workspaces_with_nothing_in_it_lets_nobody_in() -> None:
    with pytest.raises(ConfigError, match="ASKFIRST_SLACK_TEAM_IDS"):
        read_config(SLACK | {"ASKFIRST_SLACK_TEAM_IDS": " , ,"})


@pytest.mark.parametrize("port", ["http", "-1", "65536", "80.5", "²", "8080 8081"])
def test_a_port_that_is_none_is_refused_by_name(port: str) -> None:
    with pytest.raises(ConfigError, match="ASKFIRST_PORT"):
        read_config({"ASKFIRST_PORT": port})


@pytest.mark.parametrize(
    "name", ["ASKFIRST_SLACK_BOT_TOKEN", "ASKFIRST_SLACK_SIGNING_SECRET", "ASKFIRST_TEAMS_APP_PASSWORD"]
)
def test_a_secret_may_stand_in_a_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text("from-the-file\n", encoding="utf-8")

    config = read_config(without(SLACK | TEAMS, name) | {f"{name}_FILE": str(file)})

    assert config.slack
    assert config.teams
    read = (config.slack.bot_token, config.slack.signing_secret, config.teams.app_password)
    assert "from-the-file" in {secret.reveal() for secret in read}


def test_a_secret_file_that_is_missing_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="ASKFIRST_SLACK_BOT_TOKEN_FILE"):
        read_config(SLACK | {"ASKFIRST_SLACK_BOT_TOKEN_FILE": str(tmp_path / "nowhere")})


def test_a_secret_file_that_is_no_text_stops_the_start_without_a_byte_of_it(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"\xff\xfexoxb-token")

    with pytest.raises(ConfigError, match="ASKFIRST_SLACK_BOT_TOKEN_FILE") as error:
        read_config(SLACK | {"ASKFIRST_SLACK_BOT_TOKEN_FILE": str(file)})

    assert "xoxb" not in str(error.value)


def test_an_empty_secret_file_is_a_missing_secret(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.touch()

    with pytest.raises(ConfigError, match="ASKFIRST_SLACK_BOT_TOKEN is missing"):
        read_config(SLACK | {"ASKFIRST_SLACK_BOT_TOKEN_FILE": str(file)})


@pytest.mark.parametrize("missing", [None, *SLACK, *TEAMS])
def test_no_secret_is_in_the_text_of_the_settings_or_of_a_complaint(missing: str | None) -> None:
    settings = SLACK | TEAMS | {"ASKFIRST_SLACK_APP_TOKEN": "xapp-token"}
    try:
        config = read_config(without(settings, missing or ""))
        shown = f"{config} {config!r} {config.slack} {config.teams!r}"
    except ConfigError as error:
        shown = f"{error} {error!r}"

    assert [secret for secret in SECRETS if secret in shown] == []


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - only looked at
        ("::", False),
        ("", False),
        ("10.0.0.5", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
    ],
)
def test_only_an_address_of_this_machine_counts_as_one(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
