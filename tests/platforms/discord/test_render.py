"""Discord payloads: within every limit, no figure cut, nothing in feed text that calls, hides or misleads."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.base import Reply, Row
from bot.news.figures.claims import ledger
from bot.news.model import Alert, Before, Source
from bot.outbox.sink import Payload, Target
from bot.platforms.discord import render, views
from tests.fakes.discord_checks import Checks, embed_length
from tests.fakes.discord_process import OPENAPI
from tests.platforms.discord import judge
from tests.platforms.discord.samples import EVIL, HOSTILE, LONGEST, ORDINARY, SAMPLES, UPDATED
from tests.platforms.samples import OWN, figure

GOLDEN = Path(__file__).parents[2] / "golden" / "discord"
NOWHERE = Target("1", "2")
CHECKS = Checks(OPENAPI if OPENAPI.is_file() else None)


@pytest.fixture(autouse=True)
def verbatim_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """How a figure is worded is tested elsewhere; here it stands for itself."""
    monkeypatch.setattr(ledger, "words", lambda one: one.quote, raising=False)


def acceptable(payload: Payload) -> list[str]:
    """What Discord, or a careful reader, would say against a payload."""
    body = {**payload, "allowed_mentions": render.mentions(payload.get("content", ""))}
    body.pop("reply", None)
    return CHECKS.complaints("create", body) + judge.complaints(payload)


@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name: str) -> None:
    """Set WRITE_GOLDEN=1 to write what is drawn now, then read the difference."""
    drawn = render.render_alert(SAMPLES[name], NOWHERE)
    file = GOLDEN / f"{name}.json"
    if os.environ.get("WRITE_GOLDEN"):
        file.write_text(json.dumps(drawn, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert drawn == json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize("name", SAMPLES)
def test_within_every_limit(name: str) -> None:
    payload = render.render_alert(SAMPLES[name], NOWHERE)
    assert acceptable(payload) == []
    assert sum(map(embed_length, payload["embeds"])) <= render.BUDGET


def test_from_top_to_bottom() -> None:
    (embed,) = render.render_alert(UPDATED, NOWHERE)["embeds"]
    assert embed["author"]["name"] == "CRITICAL · border clash · Kunar"
    assert embed["url"] == ORDINARY.url
    assert [shown["name"] for shown in embed["fields"]] == [
        "Key figures", "Reported by", "Changed", "Before this", "Sources", "First seen · last change",
    ]  # fmt: skip
    assert (
        "• [9 Oct 2025](https://tolonews.example/2) — Explosions reported in Kabul"
        in embed["fields"][3]["value"]
    )


def test_a_figure_is_shown_whole_or_counted() -> None:
    lines = render.figures(LONGEST.figures).splitlines()
    assert lines[-1].startswith("+3")
    wanted = {f"≠ contradicted: {render.marked(line.figure.quote)} — " for line in LONGEST.figures}
    assert all(any(line.startswith(words) for words in wanted) for line in lines[:-1])
    assert all("A spokesman with a long title (claim about the other side)" in line for line in lines[:-1])


def test_level_is_never_told_by_colour_alone() -> None:
    drawn = [render.render_alert(alert, NOWHERE)["embeds"][0] for alert in (ORDINARY, UPDATED)]
    assert drawn[0]["color"] != drawn[1]["color"]
    assert [embed["author"]["name"].split(" · ")[0] for embed in drawn] == ["MAJOR", "CRITICAL"]


def test_only_a_role_can_be_called() -> None:
    assert "content" not in render.render_alert(ORDINARY, Target("1", "2", "everyone"))
    called = render.render_alert(ORDINARY, Target("1", "2", "123456789012345678"))
    assert called["content"] == "<@&123456789012345678>"
    assert render.mentions(called["content"]) == {"parse": [], "roles": ["123456789012345678"]}


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_looks_like_a_mention_even_to_a_plain_search(name: str) -> None:
    drawn = json.dumps(render.render_alert(SAMPLES[name], NOWHERE))
    assert not [mark for mark in ("<@", "<#", "<!", "<&") if mark in drawn]


def test_only_a_rise_of_an_alert_already_posted_is_said_again() -> None:
    assert "reply" not in render.render_alert(ORDINARY, NOWHERE)
    assert "reply" not in render.render_alert(replace(UPDATED, level_rose=False), NOWHERE)
    said = render.render_alert(UPDATED, Target("1", "2", "123456789012345678"))["reply"]
    head = "<@&123456789012345678> **CRITICAL · border clash · Kunar**"
    assert said.startswith(f"{head} {UPDATED.headline} — the level rose; ")
    named = replace(UPDATED, changed=("level major → critical", *UPDATED.changed))
    assert "rose" not in render.render_alert(named, NOWHERE)["reply"]  # said once
    hostile = render.render_alert(replace(HOSTILE, kind="update", level_rose=True), NOWHERE)["reply"]
    assert judge.complaints({"content": hostile}) == []
    assert len(hostile) <= 2000


def test_feed_text_is_read_as_written() -> None:
    seen = judge.read(render.marked(EVIL))
    assert not seen.mentions
    assert not seen.links
    assert not seen.styled
    shown = EVIL.translate(
        {ord("\u202e"): None, ord("\u200b"): None, ord("\x1b"): None, ord("<"): "＜", ord(">"): "＞"}
    )
    assert seen.text == " ".join(shown.split())


def test_the_judge_sees_what_is_wrong() -> None:
    naive = judge.complaints({"embeds": [{"description": EVIL, "url": "javascript:x"}]})
    for wrong in (
        "mentions @everyone",
        "mentions <@&1>",
        "mentions <#3>",
        "shows dawn.com",
        "hidden",
        "discord://x",
        "url:",
    ):
        assert any(wrong in complaint for complaint in naive), wrong


def test_an_address_that_misleads_is_not_linked() -> None:
    (embed,) = render.render_alert(HOSTILE, NOWHERE)["embeds"]
    assert "url" not in embed
    assert "evil.example" not in [
        address for _, text in judge.texts({"embeds": [embed]}) for address, _ in judge.read(text).links
    ]


hostile_text = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(["@everyone", "<@1>", "<@&2>", "<#3>", "[a](https://b.example)", "*", "_", "`", "\\", "||", "<t:1>",
                         "https://x.example", "discord://y", "\u202e", "\u200d", "e\u0301\u0301\u0301\u0301", "\x00", "12", " ", "]("]),
        max_size=40,
    ).map("".join),
)  # fmt: skip


@settings(deadline=None)
@given(hostile_text, hostile_text, hostile_text)
def test_nothing_in_feed_text_calls_hides_or_misleads(one: str, two: str, three: str) -> None:
    alert: Alert = replace(
        ORDINARY,
        place=one,
        headline=two,
        summary=three,
        url=two,
        figures=(figure(3, one, two, OWN, note=three),),
        changed=(one, two),
        before=(Before(ORDINARY.before[0].date, one, two),),
        sources=(Source(one, "PK", three), Source(two, "AF", "https://a.example/" + three)),
    )
    for payload in (
        render.render_alert(alert, NOWHERE),
        *render.render_digest([alert, alert], one or "x", NOWHERE),
        render.render_reply(Reply(one, two, (Row(three, one, two),), three)),
    ):
        assert judge.complaints(payload) == []
        assert CHECKS.complaints("reply", payload) == []


def test_a_digest_carries_every_story_whole() -> None:
    alerts = [replace(ORDINARY, story=n, headline=f"Story number {n} of the day") for n in range(60)]
    payloads = render.render_digest(alerts, "Daily digest", NOWHERE)
    text = "".join(payload["embeds"][0]["description"] for payload in payloads)
    assert all(f"Story number {n} of the day" in text for n in range(60))
    assert [acceptable(payload) for payload in payloads] == [[]] * len(payloads)


def test_a_line_of_a_digest_names_whose_page_it_links_and_what_is_contradicted() -> None:
    other = replace(ORDINARY, url=ORDINARY.sources[1].url)
    line = render.digest_line(other)
    assert "[TOLOnews](https://tolonews.example/1)" in line
    assert "≠ contradicted: 58 soldiers killed — Afghan Taliban spokesman" in line


def test_an_answer_says_what_it_leaves_out() -> None:
    rows = tuple(
        Row(f"Row {n}", "word " * 100, "https://x.example/", datetime(2025, 10, 1, tzinfo=UTC))
        for n in range(40)
    )
    payload = render.render_reply(Reply("Timeline", "Newest first", rows, page=2, pages=9))
    assert acceptable({**payload, "content": ""}) == []
    (embed,) = payload["embeds"]
    shown = embed["description"].count("• ")
    assert embed["footer"]["text"].startswith(f"page 2 of 9 · {40 - shown} more lines left out")


# --------------------------------------------------------------------------- buttons


def test_a_long_question_gets_no_page_buttons() -> None:
    short = views.page_row("7", "timeline", {"place": "Torkham", "page": "2"}, 2, 3)
    assert [views.read(item["custom_id"]) for item in short[0]["components"]] == [
        views.Button("7", "timeline", (("place", "Torkham"), ("page", str(page)))) for page in (1, 3)
    ]
    assert views.page_row("7", "timeline", {"text": "x" * 90}, 1, 3) == []
    assert views.page_row("7", "timeline", {}, 1, 1) == []


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["text", "place", "since"]), st.text(max_size=12)), st.integers(1, 50))
def test_a_question_survives_its_button(options: dict[str, str], page: int) -> None:
    asked = {name: value for name, value in options.items() if value}
    for row in views.page_row("7", "timeline", asked, page, 60):
        pressed = views.read(row["components"][1]["custom_id"])
        assert isinstance(pressed, views.Button)
        assert dict(pressed.options) == {**asked, "page": str(page + 1)}


@pytest.mark.parametrize("footer", ["", "9 happenings · page 2 of 3"])
def test_a_page_is_counted_once(footer: str) -> None:
    (shown,) = render.render_reply(Reply("Timeline", footer=footer, page=2, pages=3))["embeds"]
    assert shown["footer"]["text"].count("page 2 of 3") == 1
