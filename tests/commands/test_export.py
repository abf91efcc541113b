"""The timeline as a file: every happening of the filters, in forms that other programs and people can use."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from bot.commands import export
from bot.commands.base import Context, File, Reply
from bot.news.model import Claim, Source
from bot.platforms.slack import views
from tests.commands.conftest import ask
from tests.news.making import DAY, past

CLAIM = Claim("killed", "militants", 4, 4, "4", "exact", "=cmd|' /C calc'!A0", url="https://x.example/a(1)")
EVENT = replace(
    past("c:1", DAY, "attack", ["Khost"], "Shots\nwere *fired* at [a post](https://evil.example)."),
    claims=(CLAIM, replace(CLAIM, claimant="ISPR", low=None, high=None, text="dozens")),
    sources=(Source("Dawn", "PK", "https://dawn.example/1"), Source("X", "none", "javascript:alert(1)")),
)


async def file(context: Context, **options: str) -> File:
    reply = await ask(context, "timeline", **options)
    assert reply.file is not None, reply
    return reply.file


async def test_all_that_the_filters_show_is_in_the_file(context: Context) -> None:
    shown = await ask(context, "timeline", place="Torkham")
    listed = json.loads((await file(context, place="Torkham", format="json")).data)
    assert shown.footer.startswith(f"{len(listed)} happenings")
    assert [row["date"] for row in listed] == sorted(row["date"] for row in listed)
    assert {"figures", "sources", "story", "level"} <= listed[0].keys()


async def test_csv_has_a_row_for_each_claim(context: Context) -> None:
    data = (await file(context, since="2025-10", until="2025-10", format="csv")).data.decode()
    rows = list(csv.DictReader(io.StringIO(data)))
    assert {"ISPR", "Zabihullah Mujahid"} <= {row["claimant"] for row in rows}
    assert all(row["claim_url"] for row in rows if row["text"])


def test_no_cell_of_a_table_can_be_run() -> None:
    rows = list(csv.DictReader(io.StringIO(export.as_csv([EVENT]))))
    assert [row["claimant"] for row in rows] == ["'=cmd|' /C calc'!A0", "ISPR"]
    assert [row["low"] for row in rows] == ["4", ""]
    assert "\n" not in rows[0]["what"]
    assert list(csv.DictReader(io.StringIO(export.as_csv([])))) == []


def test_markdown_keeps_feed_text_text() -> None:
    written = export.as_markdown([EVENT])
    assert "\\[a post\\](https://evil.example)" in written
    assert "[Dawn](<https://dawn.example/1>), X" in written
    assert "javascript:" not in written
    assert "[source](<https://x.example/a%281%29>)" in written


async def test_a_chart_comes_with_its_numbers_in_words(context: Context) -> None:
    reply = await ask(context, "timeline", since="2025-10", until="2025-10", format="chart")
    assert reply.file is not None
    assert reply.file.name == "timeline.png"
    assert "Happenings by day:" in reply.text
    assert reply.file.alt.startswith("Bar chart. Happenings by day:")
    assert len(reply.file.alt) <= 1024  # Discord's limit
    assert views.attached(reply.file) == []  # on Slack the words stand alone
    nothing = await ask(context, "timeline", text="qqqq", format="chart")
    assert nothing.file is None


@pytest.mark.parametrize("format", ["csv", "json", "markdown"])
async def test_nothing_found_is_an_empty_file(context: Context, format: str) -> None:
    assert (await file(context, text="qqqq", format=format)).data


async def test_an_unknown_form_is_a_mistake(context: Context) -> None:
    reply: Reply = await ask(context, "timeline", format="xlsx")
    assert reply.error
    assert "csv, json, markdown, chart" in reply.text
