"""Alerts as Slack shows them: golden pairs, limits, and an independent reader who finds no trick."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.base import Reply, Row
from bot.news.model import Alert, Before, Source
from bot.outbox.sink import Payload, Target
from bot.platforms.escape import clean
from bot.platforms.slack.escape import mention
from bot.platforms.slack.render import render_alert, render_digest, render_reply
from bot.platforms.words import figure
from bot.store import codec
from tests.fakes import slack_checks
from tests.platforms.slack.samples import BARE, EVIL, HOSTILE, LONGEST, ORDINARY, RISEN, SAMPLES, UPDATED

GOLDEN = Path(__file__).parents[2] / "golden" / "slack"
QUIET = Target("T1", "C1")
PINGING = Target("T1", "C1", "S0DESK00")
AT = datetime(2025, 10, 12, 9, 30, tzinfo=UTC)


def judged(payload: Payload) -> slack_checks.Shown:
    """A payload that Slack would take, as its readers would see it."""
    assert slack_checks.refused(payload) is None
    twin = slack_checks.shown({"text": payload["text"]})
    assert not twin.mentions
    return slack_checks.shown(payload)


def harmless(shown: slack_checks.Shown) -> None:
    assert shown.mentions == []
    for target, label in shown.links:
        parts = urlsplit(target)
        assert parts.scheme in ("http", "https")
        assert "@" not in parts.netloc
        if "dawn.com" in label:
            assert (parts.hostname or "").removeprefix("www.") == "dawn.com"
    odd = [c for c in shown.text if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n"]
    assert odd == []


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.alert.json")), ids=lambda path: path.stem)
def test_golden_pairs(path: Path) -> None:
    """A new case is two files: the alert as it is stored, the payload as Slack gets it."""
    alert = codec.read(Alert, path.read_text("utf-8"))
    expected = json.loads(path.with_name(path.name.replace(".alert.", ".payload.")).read_text("utf-8"))
    assert render_alert(alert, QUIET) == expected


def test_the_samples_are_golden() -> None:
    assert {p.name.removesuffix(".alert.json") for p in GOLDEN.glob("*.alert.json")} >= set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_alert_fits_and_calls_nobody(name: str) -> None:
    payload = render_alert(SAMPLES[name], QUIET)
    shown = judged(payload)
    harmless(shown)
    assert len(shown.text) <= 3_500
    assert len(payload["text"]) <= 3_900
    assert payload["text"]


def test_an_alert_from_top_to_bottom() -> None:
    text = judged(render_alert(UPDATED, QUIET)).text
    order = [
        "MAJOR · border clash · Kunar",
        UPDATED.headline,
        UPDATED.summary,
        figure(UPDATED.figures[0]),
        figure(UPDATED.figures[1]),
        "PK 3 · AF 2 · intl 2 — sides contradict each other",
        "Changed",
        "killed (ISPR): 11 → 23",
        "9 Oct 2025 — Blasts heard in Kabul",
        "Dawn · Tribune · Geo · APP · TOLOnews · +2 more",
        "Story 41",
    ]
    positions = [text.index(part) for part in order]
    assert positions == sorted(positions)


def test_no_figure_is_cut() -> None:
    text = judged(render_alert(LONGEST, QUIET)).text
    lines = [clean(figure(line)) for line in LONGEST.figures]
    whole = [line for line in lines if line in text]
    assert whole
    assert text.count("soldiers & men killed") == 9 * len(whole)
    assert f"+{len(lines) - len(whole)} more" in text


def test_only_who_was_chosen_is_called_and_a_rise_is_said_again() -> None:
    assert judged(render_alert(ORDINARY, PINGING)).mentions == ["!subteam^S0DESK00"]
    assert "reply" not in render_alert(UPDATED, PINGING)
    reply = slack_checks.read_mrkdwn(render_alert(RISEN, PINGING)["reply"])
    assert reply.mentions == ["!subteam^S0DESK00"]
    assert "CRITICAL" in reply.text
    assert judged(render_alert(ORDINARY, Target("T1", "C1", "<!here> & <@U1>"))).mentions == []


def test_block_ids_are_new_on_each_revision() -> None:
    first, later = (
        {block["block_id"] for block in render_alert(alert, QUIET)["blocks"]} for alert in (ORDINARY, UPDATED)
    )
    assert first.isdisjoint(later)


def test_an_update_always_has_its_changed_line() -> None:
    assert "Changed" in judged(render_alert(replace(UPDATED, changed=()), QUIET)).text
    assert "Changed" not in judged(render_alert(ORDINARY, QUIET)).text


def test_a_digest_carries_all_of_its_stories() -> None:
    alerts = [replace(SAMPLES[name], story=n) for n in range(20) for name in SAMPLES]
    pages = render_digest(alerts, "Daily digest", QUIET)
    assert len(pages) > 1
    text = ""
    for page in pages:
        shown = judged(page)
        harmless(shown)
        text += shown.text
    assert text.count(ORDINARY.headline) == sum(alert.headline == ORDINARY.headline for alert in alerts)


def test_an_answer_keeps_its_lines_and_harms_nobody() -> None:
    row = Row(EVIL, f"what happened\n{EVIL}", "https://dawn.com/1", AT)
    payload = render_reply(Reply(EVIL, f"first\nsecond {EVIL}", (row,) * 200, EVIL, page=2, pages=9))
    shown = judged(payload)
    harmless(shown)
    assert "first\nsecond" in shown.text
    assert "more lines left out" in shown.text
    assert payload["response_type"] == "ephemeral"
    assert render_reply(Reply("t", private=False))["response_type"] == "in_channel"


HOSTILE_TEXT = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["<", ">", "!here", "@U1", "|", "&", "&lt;", "^", "\n", "*", "`", "#C1", "https://a.b", " "]
        ),
        max_size=30,
    ).map("".join),
)


@settings(max_examples=200, deadline=None)
@given(HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT)
def test_no_text_from_a_feed_can_do_harm(one: str, two: str, three: str) -> None:
    alert = replace(
        HOSTILE,
        headline=one,
        summary=two,
        place=three,
        url=f"https://a.example/{two}",
        changed=(three,),
        before=(Before(AT.date(), two, one),),
        sources=(Source(three, "PK", f"http://{one}"), Source(one, "AF", two)),
    )
    harmless(judged(render_alert(alert, QUIET)))
    harmless(judged(render_reply(Reply(one, two, (Row(three, one, two),), two))))


@pytest.mark.parametrize(
    ("who", "mark"),
    [
        ("here", "<!here>"),
        ("@channel", "<!channel>"),
        ("<!subteam^S0DESK00|@desk>", "<!subteam^S0DESK00>"),
        ("U0ADMIN", "<@U0ADMIN>"),
        ("<@U0ADMIN|x>", "<@U0ADMIN>"),
        ("everyone", ""),
        ("<@U1> <!here>", ""),
        ("", ""),
    ],
)
def test_mentions(who: str, mark: str) -> None:
    assert mention(who) == mark


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"hostile"}))
def test_who_hears_the_message_misses_nothing(name: str) -> None:
    """Screen readers and notifications read `text` and no block."""
    payload = render_alert(SAMPLES[name], QUIET)
    heard = slack_checks.shown({"text": payload["text"]}).text
    seen = [line.strip("* ") for line in judged(payload).text.splitlines()]
    buttons = {"Wording", "All sources", "Timeline", "Follow"}
    missed = [line for line in seen if line.strip("* ") not in heard and line not in buttons]
    assert not missed or f"+{len(missed)} more lines" in heard
    assert name == "longest" or not missed


def test_long_addresses_never_burst_a_block() -> None:
    """Every & of an address becomes five characters."""
    url = "https://x.example/?" + "&a" * 135
    alert = replace(
        LONGEST,
        url=url,
        figures=tuple(replace(line, url=url) for line in UPDATED.figures * 3),
        before=tuple(replace(one, url=url, what="Blasts in Kabul") for one in LONGEST.before),
        sources=tuple(replace(one, url=url) for one in LONGEST.sources),
    )
    judged(render_alert(alert, QUIET))
    for page in render_digest([alert] * 40, "Daily digest", QUIET):
        judged(page)
    row = Row("head " * 80, "\n".join(["a long line of words " * 40] * 20), url)
    shown = judged(render_reply(Reply("t", "line\n" * 900, (row,) * 9))).text
    assert "more lines" in shown


def test_what_comes_of_a_digest_and_an_answer_is_heard_too() -> None:
    (page,) = render_digest([ORDINARY, BARE], "Daily digest", QUIET)
    assert page["text"].count(ORDINARY.headline) == 2
    reply = render_reply(
        Reply("Timeline", rows=(Row("9 Oct 2025", "Blasts heard in Kabul"),), footer="page 1")
    )
    assert reply["text"] == "Timeline\n• *9 Oct 2025* — Blasts heard in Kabul\npage 1"
