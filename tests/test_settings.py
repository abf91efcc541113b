"""Layers win in order, and every mistake is one line that says where and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.settings import SettingsError

DISCORD = "AAAAAAAAAAAAAAAAAAAAAAAA.BBBBBB.CCCCCCCCCCCCCCCCCCCCCCCCCCC"


def load(folder: Path | None = None, **env: str) -> settings.Configuration:
    return settings.load(folder, environment=env)


def local(folder: Path, text: str) -> Path:
    (folder / "local.toml").write_text(text, "utf-8")
    return folder


def test_the_shipped_defaults_are_complete() -> None:
    assert load().settings.subscribe.instant == "major"


def test_a_local_file_wins_over_the_shipped_one_and_the_environment_over_both(tmp_path: Path) -> None:
    folder = local(tmp_path, "[poll]\ninterval = 600\njitter = 0.2\n")
    found = load(folder, BORDERWIRE_POLL__INTERVAL="900").settings.poll
    assert (found.interval, found.jitter) == (900, 0.2)


def test_folders_come_from_the_environment_or_the_caller(tmp_path: Path) -> None:
    folder = local(tmp_path, "[poll]\ninterval = 601\n")
    found = load(BORDERWIRE_CONFIG=str(folder), BORDERWIRE_STATE=str(tmp_path / "s"))
    assert (found.settings.poll.interval, found.state) == (601, tmp_path / "s")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[poll]\nintervall = 5\n", ["local.toml", "poll.intervall", "did you mean interval?", "jitter"]),
        ("[pol]\ninterval = 5\n", ["local.toml", "pol", "did you mean poll?"]),
        ("[poll]\ninterval = 'often'\n", ["local.toml", "poll.interval", "valid number", "'often'"]),
        ("[poll]\ninterval = -1\n", ["local.toml", "poll.interval", "greater than 0"]),
        ("[bot]\nlog_level = 'loud'\n", ["bot.log_level", "'debug', 'info', 'warning' or 'error'"]),
        ("[poll\n", ["local.toml", "not valid TOML", "line 1"]),
        ("poll = 5\n", ["local.toml", "poll: input should be a table of keys, not 5"]),
        ("[poll]\nmin_interval = inf\n", ["poll.min_interval", "finite"]),
        ("[poll]\nmin_interval = 90000\n", ["poll: min_interval should not be longer than max_interval"]),
        ("[fetch]\nallow_networks = ['home']\n", ["fetch.allow_networks", "'home' does not appear to be"]),
        ("[fetch]\nallow_ports = [99999]\n", ["fetch.allow_ports", "65535"]),
        ('[fetch]\ncontact = """a\nb"""\n', ["fetch.contact", "one line of plain ascii"]),
        ("[outbox]\nper_second = { discord = -3 }\n", ["outbox.per_second", "greater than 0"]),
        ("[operators]\ndiscord_ids = 5\n", ["operators.discord_ids", "a list"]),
        ("[operators]\ndiscord_ids = ['me']\n", ["operators.discord_ids", "an id such as 11"]),
        ("[operators]\ndiscord_channel = 'hello'\n", ["operators.discord_channel", "an id such as 11"]),
        ("[operators]\nslack_ids = ['me']\n", ["operators.slack_ids", "an id such as u0123"]),
        ("[operators]\nslack_channel = '#ops'\n", ["operators.slack_channel", "an id such as c0123"]),
        ("[slack]\napi_url = 'nonsense'\n", ["slack.api_url", "begins with https://"]),
        ("[discord]\napi_base = 'discord.com'\n", ["discord.api_base", "begins with https://"]),
        ("[discord]\ngateway_url = 'https://discord.com'\n", ["discord.gateway_url", "begins with wss://"]),
    ],
)
def test_a_mistake_in_a_file_is_one_line(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(SettingsError) as error:
        load(local(tmp_path, text))
    message = str(error.value)
    assert "\n" not in message
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BORDERWIRE_POLL__INTERVAL", "soon", ["the environment", "poll.interval"]),
        ("BORDERWIRE_POLL__EVERY", "5", ["the environment", "poll.every", "allowed"]),
        ("BORDERWIRE_POL__INTERVAL", "5", ["BORDERWIRE_POL__INTERVAL", "no such setting"]),
        ("BORDERWIRE_FETCH__ALLOW_PORTS", "80,81", ["the environment", "JSON"]),
        ("DISCORD_TOKEN", "nonsense", ["DISCORD_TOKEN", "three parts"]),
        ("SLACK_BOT_TOKEN", "xapp-1", ["SLACK_BOT_TOKEN", "xoxb-"]),
        ("SLACK_APP_TOKEN_FILE", "/nowhere/token", ["SLACK_APP_TOKEN_FILE", "cannot be read"]),
    ],
)
def test_a_mistake_in_the_environment_is_one_line(name: str, value: str, words: list[str]) -> None:
    with pytest.raises(SettingsError) as error:
        settings.load(environment={name: value})
    assert "\n" not in str(error.value)
    assert all(word in str(error.value) for word in words), error.value


def test_a_token_may_come_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{DISCORD}\n")
    found = load(DISCORD_TOKEN_FILE=str(tmp_path / "token"))
    assert found.tokens.discord.get_secret_value() == DISCORD
    assert DISCORD not in repr(found)


def test_a_token_twice_is_refused() -> None:
    with pytest.raises(SettingsError, match="both set"):
        load(DISCORD_TOKEN=DISCORD, DISCORD_TOKEN_FILE="x")


def test_addresses_have_short_names() -> None:
    found = load(DISCORD_API_BASE="http://127.0.0.1:1/api", SLACK_API_URL="http://127.0.0.1:2/api/")
    assert found.settings.discord.api_base == "http://127.0.0.1:1/api"
    assert found.settings.slack.api_url == "http://127.0.0.1:2/api/"


def test_an_overlay_row_replaces_the_row_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('[[feed]]\nname = "Dawn"\nurl = "https://mirror.example/feed"\n')
    rows = [row for row in load(tmp_path).tables("feeds")["feed"] if row["name"] == "Dawn"]
    assert [row["url"] for row in rows] == ["https://mirror.example/feed"]
    assert rows[0]["outlet"] == "Dawn"


def test_an_unknown_topic_names_those_that_exist() -> None:
    with pytest.raises(SettingsError, match="pakistan-afghanistan"):
        load(BORDERWIRE_BOT__TOPIC="cricket").topic()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such folder"):
        load(tmp_path / "absent")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("locals.toml", "did you mean local.toml?"),
        ("feed.toml", "feeds.toml"),
        ("x.toml", "allowed: bot.toml"),
    ],
)
def test_a_file_that_nothing_reads_is_told(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_text("[poll]\ninterval = 5\n", "utf-8")
    with pytest.raises(SettingsError, match="nothing reads a file of this name") as error:
        load(tmp_path)
    assert words in str(error.value)


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "local.toml").mkdir()
    with pytest.raises(SettingsError, match="is no file"):
        load(tmp_path)


def test_the_shipped_comments_name_files_that_are_read() -> None:
    opening = (settings.shipped() / "bot.toml").read_text("utf-8").split("\n\n")[0]
    assert "local.toml" in opening
    assert "state/bot.toml" not in opening
