"""Each task of the command line: what it prints, how it fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import bot as borderwire
from bot.commands import COMMANDS
from tests.tasks.conftest import ROOT, Bot

REPORT = """Fighting along the border killed eleven people on Monday, officials on both sides said.
Pakistan's army said seven of its soldiers were killed near Torkham when Afghan Taliban forces opened fire.
Zabihullah Mujahid, the Taliban spokesman, said four Afghan border guards were killed and accused Islamabad of firing first.
The two countries agreed a ceasefire in Doha on 19 October 2025.
"""
ENTRY = {
    "id": "a",
    "outlet": "Dawn",
    "url": "https://www.dawn.com/news/1",
    "published": "2026-03-02T09:00:00+05:00",
    "title": "Seven soldiers killed in clash with Afghan Taliban near Torkham",
    "summary": "Seven Pakistani soldiers were killed near Torkham on Monday in a clash with Afghan Taliban forces, ISPR said.",
}


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_inspect_reads_plain_text_with_exact_offsets(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    done = bot("inspect", str(tmp_path / "report.txt"), "--published", "2026-03-02", "--json")
    assert done.returncode == 0, done.stderr
    (found,) = lines(done.stdout)
    assert found["relevant"] is True
    assert found["text"] == REPORT
    figures = found["figures"]
    assert isinstance(figures, list)
    assert {f["low"] for f in figures} >= {7, 4}
    assert all(REPORT[f["start"] : f["end"]] == f["quote"] for f in figures)
    assert [b["start"] for b in found["background"]] == ["2025-10-19"]  # type: ignore[attr-defined]


def test_inspect_reads_an_entry_from_standard_input_and_shows_it_to_people(bot: Bot) -> None:
    done = bot("inspect", "-", stdin=json.dumps(ENTRY))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("relevant")
    assert "ISPR" in done.stdout


def test_inspect_judges_an_old_entry_as_if_it_had_just_come(bot: Bot) -> None:
    old = {**ENTRY, "published": "2025-11-25T08:00:00+00:00"}
    old.pop("seen", None)
    (found,) = lines(bot("inspect", "-", "--json", stdin=json.dumps(old)).stdout)
    assert found["relevant"]
    assert not any("before it was seen" in why for why in found["because"])


def test_an_alerts_figure_says_who_denied_it_later(bot: Bot, tmp_path: Path) -> None:
    denied = {
        **ENTRY,
        "id": "b",
        "outlet": "TOLOnews",
        "url": "https://tolonews.com/2",
        "published": "2026-03-02T15:00:00+05:00",
        "title": "Toll from Torkham clash disputed",
        "summary": "The Afghan defence ministry rejected the ISPR's claim that seven Pakistani soldiers were killed near "
        "Torkham on Monday. Zabihullah Mujahid denied that any Taliban fighters were hurt.",
    }
    (tmp_path / "entries.jsonl").write_text("\n".join(map(json.dumps, (ENTRY, denied))), "utf-8")
    rows = lines(bot("replay", str(tmp_path / "entries.jsonl"), "--json").stdout)
    last = [row["alert"] for row in rows if "alert" in row][-1]
    assert [f["denied_by"] for f in last["figures"] if f["low"] == 7] == ["Afghan Ministry of Defence"]  # type: ignore[index]
    assert all(f["low"] is not None for f in last["figures"])  # type: ignore[index]
    assert [d["claimant"] for d in last["denials"]] == ["Zabihullah Mujahid"]  # type: ignore[index]


def test_inspect_takes_the_article_out_of_a_page(bot: Bot, tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><body><nav>Home 99</nav><article><p>{REPORT.replace(chr(10), '</p><p>')}</p></article></body></html>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    done = bot("inspect", str(tmp_path / "page.html"), "--published", "2026-03-02", "--json")
    assert done.returncode == 0, done.stderr
    (found,) = lines(done.stdout)
    assert "<p>" not in str(found["text"])
    assert found["relevant"] is True


def test_replay_gives_a_line_per_entry_and_per_revision(bot: Bot, tmp_path: Path) -> None:
    risen = {
        **ENTRY,
        "id": "b",
        "outlet": "Geo News",
        "url": "https://www.geo.tv/2",
        "published": "2026-03-02T15:00:00+05:00",
        "title": "Toll from Torkham clash rises to nine soldiers, says ISPR",
        "summary": "The number of Pakistani soldiers killed in Monday's clash with Afghan Taliban forces near Torkham has risen to nine, ISPR said.",
    }
    noise = {
        **ENTRY,
        "id": "c",
        "url": "https://www.dawn.com/news/3",
        "title": "Pakistan beat Afghanistan by five wickets in Sharjah",
        "summary": "Afghanistan's bowling attack collapsed.",
    }
    (tmp_path / "entries.jsonl").write_text("\n".join(map(json.dumps, (ENTRY, risen, noise))), "utf-8")
    done = bot("replay", str(tmp_path / "entries.jsonl"), "--json")
    assert done.returncode == 0, done.stderr
    rows = lines(done.stdout)
    entries = {str(row["id"]): row for row in rows if "id" in row}
    alerts = [row["alert"] for row in rows if "alert" in row]
    assert [entries[name]["relevant"] for name in "abc"] == [True, True, False]
    assert entries["a"]["story"] == entries["b"]["story"]
    assert [(a["kind"], a["revision"]) for a in alerts] == [("new", 1), ("update", 2)]  # type: ignore[index]
    assert any("nine" in change or "9" in change for change in alerts[1]["changed"])  # type: ignore[index]


def test_a_report_without_a_date_is_dated_by_nothing(bot: Bot, tmp_path: Path) -> None:
    seen = {"seen": "2026-01-20T10:00:00+05:00"}
    undated = {k: v for k, v in ENTRY.items() if k != "published"} | {
        "summary": "Seven Pakistani soldiers were killed near Torkham in a clash with Afghan Taliban forces, ISPR said."
    }
    (found,) = lines(bot("inspect", "-", "--json", stdin=json.dumps(undated)).stdout)
    assert found["event_date"] is None
    assert not any("published" in str(reason) for reason in found["because"])  # type: ignore[attr-defined]
    for odd in (seen, {**seen, "published": "2031-01-01T00:00:00+00:00"}):
        (tmp_path / "entries.jsonl").write_text(json.dumps({**undated, **odd}), "utf-8")
        entry, alert = lines(bot("replay", str(tmp_path / "entries.jsonl"), "--json").stdout)
        assert entry["event_date"] is None
        assert "(Dawn, first seen 20 Jan, undated)" in alert["alert"]["summary"]  # type: ignore[index]
        assert "first seen 20 Jan 2026, undated" in bot("replay", str(tmp_path / "entries.jsonl")).stdout
    dated = {**undated, "id": "b", "outlet": "Geo News", "published": "2026-01-20T18:00:00+05:00"}
    both = [
        {**undated, **seen},
        {**dated, "title": "Clash at Torkham kills seven Pakistani soldiers, ISPR says"},
    ]
    (tmp_path / "entries.jsonl").write_text("\n".join(map(json.dumps, both)), "utf-8")
    rows = lines(bot("replay", str(tmp_path / "entries.jsonl"), "--json").stdout)
    assert [row["event_date"] for row in rows if "id" in row] == [None, "2026-01-20"]


def test_a_claimant_that_goes_on_speaking_has_the_words_that_last_named_it(bot: Bot) -> None:
    told = "The Taliban reported killing 58 Pakistani soldiers along the Durand Line. Nine Afghan soldiers lost their lives."
    done = bot(
        "inspect", "-", "--json", stdin=json.dumps({**ENTRY, "title": "Border tension", "summary": told})
    )
    (found,) = lines(done.stdout)
    assert all(f["claimant_text"] for f in found["figures"] if f["claimant"] != "unattributed")  # type: ignore[attr-defined]


def test_before_any_poll_no_feed_is_called_healthy(bot: Bot) -> None:
    said = bot("status").stdout
    assert "not asked yet" in said
    assert "healthy" not in said


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("summary", ["a"], "summary must be text"),
        ("summary", 7, "summary must be text"),
        ("lang", 1, "lang must be text"),
        ("guid", {"a": 1}, "guid must be text"),
        ("outlet_side", "XX", "outlet_side 'XX' is not known (allowed: PK, AF"),
        ("outlet_side", ["PK"], "outlet_side must be text"),
    ],
)
def test_a_field_of_the_wrong_kind_is_one_clear_line(
    bot: Bot, tmp_path: Path, field: str, value: object, words: str
) -> None:
    row = json.dumps({**ENTRY, field: value})
    (tmp_path / "entries.jsonl").write_text(f"{row}\n{row}\n", "utf-8")
    for done in (bot("replay", str(tmp_path / "entries.jsonl"), "--json"), bot("inspect", "-", stdin=row)):
        assert done.returncode == 1
        assert words in " ".join(done.stderr.split())
        assert "Traceback" not in done.stderr


def test_a_line_separator_inside_a_text_ends_no_line(bot: Bot, tmp_path: Path) -> None:
    row = {**ENTRY, "summary": f"{ENTRY['summary']}\u2028\u0085The crossing was shut."}
    (tmp_path / "entries.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    done = bot("replay", str(tmp_path / "entries.jsonl"), "--json")
    assert done.returncode == 0, done.stderr
    assert lines(done.stdout)[0]["relevant"] is True


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "entries.jsonl:2: not JSON: Expecting property name enclosed in double quotes at character 2"),
        ('{"id": "x", "outlet": "Dawn", "url": "https://x.example/1"}', "title is missing"),
        (json.dumps({**ENTRY, "published": "yesterday"}), "published 'yesterday': Invalid isoformat"),
        (json.dumps({**ENTRY, "published": "2026-03-02T09:00:00"}), "has no offset"),
    ],
)
def test_a_bad_line_is_named(bot: Bot, tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "entries.jsonl").write_text(f"{json.dumps(ENTRY)}\n{line}\n", "utf-8")
    done = bot("replay", str(tmp_path / "entries.jsonl"), "--json")
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_timeline_works_on_an_empty_store(bot: Bot) -> None:
    done = bot("timeline", "--since", "2025-10-18", "--until", "2025-10-19", "--json")
    assert done.returncode == 0, done.stderr
    rows = lines(done.stdout)
    assert any(row["place"] == "Doha" and row["type"] == "ceasefire" for row in rows)
    assert [row["date"] for row in rows] == sorted(str(row["date"]) for row in rows)


HERE = ("slack", "C012345", "--space", "T0123")


def test_everything_that_chat_can_ask_works_without_a_chat(bot: Bot) -> None:
    assert "at once" in bot("preview", *HERE).stdout
    said = bot(
        "subscribe",
        *HERE,
        *("--quiet", "22:00-06:30", "--zone", "kabul", "--ceiling", "5", "--digest-hour", "7"),
        *(
            "--critical-passes",
            "no",
            "--role",
            "S0123ABC",
            "--role-level",
            "critical",
            "--types",
            "ceasefire",
        ),
    )
    words = " ".join(said.stdout.split())
    assert "Quiet hours are 22:00–06:30 (Asia/Kabul)" in words, said.stderr
    assert "At most 5 stories a day" in words
    assert "daily digest at 07:00" in words
    assert "Feeds" in bot("status").stdout
    assert "Paused" in bot("pause", *HERE).stdout
    assert "slack T0123 C012345" in bot("subscriptions").stdout
    assert "Resumed" in bot("resume", *HERE).stdout
    assert "Unsubscribed" in bot("unsubscribe", *HERE).stdout


def test_the_command_line_takes_what_chat_takes(bot: Bot) -> None:
    for command in COMMANDS:
        shown = bot(command.name, "--help", COLUMNS="200").stdout
        options = [option for option in command.options if option.kind in ("text", "role")]
        if command.name != "feeds":
            assert command.help in shown
            names = [o.name if o.main else f"--{o.name.replace('_', '-')}" for o in options]
            assert [name for name in names if name not in shown] == []


def test_the_settings_say_what_a_new_subscription_gets(bot: Bot) -> None:
    env = {"BORDERWIRE_SUBSCRIBE__INSTANT": "critical", "BORDERWIRE_SUBSCRIBE__DIGEST": "hourly"}
    assert "Stories that are critical come at once, the rest is kept for an hourly digest" in " ".join(
        bot("subscribe", *HERE, **env).stdout.split()
    )


@pytest.mark.parametrize(
    ("arguments", "env", "code", "words"),
    [
        (("run",), {"DISCORD_TOKEN": "nonsense"}, 1, "three parts joined by dots"),
        (("run",), {"BORDERWIRE_POLL__INTERVAL": "soon"}, 1, "poll.interval"),
        (("inspect", "/nowhere/article.txt"), {}, 1, "no such file"),
        (("subscribe", "teams", "x"), {}, 2, "allowed: console, discord, slack"),
        (("subscribe", "discord", "general", "--space", "1100000000000000042"), {}, 2, "is no Discord id"),
        (("pause", "slack", "C0123456789"), {}, 2, "--space is missing"),
        (("subscribe", "slack", "C0123456789", "--space", "xyz"), {}, 2, "is no workspace's id on Slack"),
        (("subscribe", "discord", "1100000000000000042", "--space", "abc"), {}, 2, "is no server's id"),
        (("invite", "abc"), {}, 2, "is no application id"),
        (("inspect", "-"), {}, 1, "standard input: is empty"),
        (("timeline", "--type", "nonsense", "--json"), {}, 2, "type: 'nonsense' is not known"),
        (("timeline", "--since", "someday"), {}, 2, "is not a date"),
        (("health",), {}, 1, "no report of a running bot"),
        (("frobnicate",), {}, 2, "No such command"),
        (("timeline", "--page", "x"), {}, 2, "is not a page number"),
        (("inspect", "-", "--published", "yesterday"), {}, 2, "is no date"),
    ],
)
def test_what_goes_wrong_is_one_clear_line(
    bot: Bot, arguments: tuple[str, ...], env: dict[str, str], code: int, words: str
) -> None:
    done = bot(*arguments, **env)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_version_is_a_whole_question(bot: Bot) -> None:
    done = bot("--version")
    assert (done.returncode, done.stdout) == (0, f"borderwire {borderwire.__version__}\n")


@pytest.mark.parametrize("arguments", [("timeline", "--json"), ("feeds", "list"), ("crossings",)])
def test_a_pipe_that_is_closed_early_is_no_failure(arguments: tuple[str, ...], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "--state", str(tmp_path), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(1)
        running.stdout.close()
        said = running.stderr.read()
        assert (running.wait(90), said) == (0, b"")


def test_a_copy_is_made_and_put_back(bot: Bot, tmp_path: Path) -> None:
    assert "nothing to copy yet" in bot("backup").stderr
    bot("subscribe", *HERE)
    made = bot("backup")
    assert made.returncode == 0, made.stderr
    bot("unsubscribe", *HERE)
    done = bot("restore", made.stdout.strip())
    assert "Restored" in done.stdout, done.stderr
    assert "slack T0123 C012345" in bot("subscriptions").stdout
    assert "cannot be restored" in bot("restore", str(ROOT / "README.md")).stderr


def test_a_terminal_of_another_alphabet_and_a_full_disk_bring_no_traceback(bot: Bot) -> None:
    assert (
        "T?rkiye"
        in bot("timeline", "--since", "2025-10-18", "--until", "2025-10-19", PYTHONIOENCODING="ascii").stdout
    )
    rows = bot("timeline", "--since", "2025-10-18", "--json", PYTHONIOENCODING="ascii").stdout
    assert any("Türkiye" in str(row) for row in lines(rows))
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "bot", "manifest"]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=90)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["borderwire: No space left on device"]


def test_broken_toml_is_named_with_its_line(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "local.toml").write_text("[poll\n")
    done = bot("--config", str(tmp_path), "status")
    assert done.returncode == 1
    assert "local.toml" in done.stderr
    assert "line 1" in done.stderr


def test_every_command_explains_itself_and_is_in_the_readme(bot: Bot) -> None:
    shown = bot("--help").stdout
    readme = (ROOT / "README.md").read_text("utf-8")
    mine = (
        "demo",
        "run",
        "poll",
        "inspect",
        "replay",
        "health",
        "backup",
        "restore",
        "forget",
        "invite",
        "manifest",
        "feeds list",
    )
    for command in (*mine, *(row.name for row in COMMANDS)):
        assert command.partition(" ")[0] in shown
        assert f"`{command}" in readme, command
