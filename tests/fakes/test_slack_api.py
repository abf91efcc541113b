"""The fake Slack is worth believing: it keeps its limits, its truth on disk, and refuses what Slack refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes import slack_checks
from tests.fakes.slack_process import BOT_TOKEN, running


def section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "no_text"),
        ({"text": "x" * 4_001}, "msg_too_long"),
        ({"blocks": [section("x")] * 51}, "invalid_blocks"),
        ({"blocks": [section("x" * 3_001)]}, "invalid_blocks"),
        ({"blocks": [section("x" * 2_900)] * 5}, "msg_blocks_too_long"),
        ({"blocks": [{**section("x"), "block_id": "a"}] * 2}, "invalid_blocks"),
        ({"blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]}, "invalid_blocks"),
        ({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]}, "invalid_blocks"),
        ({"blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11}]}, "invalid_blocks"),
        ({"blocks": [{"type": "carousel"}]}, "invalid_blocks"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
    ],
)  # fmt: skip
def test_what_slack_refuses(body: dict[str, object], error: str) -> None:
    refused = slack_checks.refused(body)
    assert refused is not None
    assert refused[0] == error


def test_mrkdwn_is_read_as_slack_reads_it() -> None:
    shown = slack_checks.read_mrkdwn(
        "a <!here> <@U1|x> <https://a.b/?c&amp;d|e &lt; f> <!date^1^{time}|noon> &lt;@U2&gt;"
    )
    assert shown.mentions == ["!here", "@U1"]
    assert shown.links == [("https://a.b/?c&d", "e < f")]
    assert shown.text == "a !here x e < f noon <@U2>"


async def test_pace_and_truth(tmp_path: Path) -> None:
    truth = tmp_path / "truth.jsonl"
    with running(truth) as slack:
        await slack.admin("set", {"limits": {"chat.postMessage": [1, 60.0]}})
        client = AsyncWebClient(BOT_TOKEN, base_url=slack.api_url, retry_handlers=[])
        await client.chat_postMessage(channel="C0NEWS", text="one")
        await client.chat_postMessage(channel="C0OPS", text="another channel")
        with pytest.raises(SlackApiError) as limited:
            await client.chat_postMessage(channel="C0NEWS", text="two")
    assert limited.value.response.status_code == 429
    assert limited.value.response.headers["Retry-After"] == "1"
    assert [json.loads(line)["what"] for line in truth.read_text("utf-8").splitlines()] == [
        "posted",
        "posted",
        "self_429",
    ]
