"""One line per event, no secrets, whoever speaks."""

from __future__ import annotations

import json
import logging

import pytest
import structlog

from bot import log

pytestmark = pytest.mark.usefixtures("logs_as_before")


def test_secrets_and_line_breaks_never_get_out(capfd: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "json", ["hush-hush-token"])
    try:
        raise ValueError("refused hush-hush-token\nforged=1\u2028\x1b[31m")
    except ValueError:
        structlog.get_logger().exception("login", url="https://x/?key=hush-hush-token")
        logging.getLogger("discord").warning("header %s", "hush-hush-token")
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "hush" not in "".join(lines)
    assert json.loads(lines[0])["event"] == "login"
    assert "[secret]" in json.loads(lines[1])["event"]


def test_libraries_are_quiet_below_warning(capfd: pytest.CaptureFixture[str]) -> None:
    log.configure("debug", "json", [])
    logging.getLogger("aiohttp.client").debug("whole request")
    structlog.get_logger().debug("ours")
    assert [json.loads(line)["event"] for line in capfd.readouterr().err.splitlines()] == ["ours"]


def test_addresses_are_logged_without_what_may_be_a_key(capfd: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "json", [])
    try:
        raise OSError("408, url='wss://wss.slack.example/link/?ticket=hush&app_id=hush'")
    except OSError:
        logging.getLogger("slack_sdk").exception("failed, url='wss://wss.slack.example/link/?ticket=hush'")
        structlog.get_logger().exception("failed")
    structlog.get_logger().warning("connected", invite="https://discord.com/oauth2/authorize?client_id=1")
    said = capfd.readouterr().err
    assert "wss://wss.slack.example/link/" in said
    assert "hush" not in said
    assert "client_id=1" in said  # our own words
