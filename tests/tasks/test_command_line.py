"""Each task of the command line: what it prints, how it fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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
        (("subscribe", "teams", "x"), {}, 1, "allowed: console, discord, slack"),
        (("subscribe", "discord", "general", "--space", "1100000000000000042"), {}, 1, "is no Discord id"),
        (("pause", "slack", "C0123456789"), {}, 1, "--space is missing"),
        (("invite", "abc"), {}, 1, "is no application id"),
        (("inspect", "-"), {}, 1, "standard input: is empty"),
        (("timeline", "--type", "nonsense", "--json"), {}, 1, "type: 'nonsense' is not known"),
        (("timeline", "--since", "someday"), {}, 1, "is not a date"),
        (("health",), {}, 1, "no report of a running bot"),
        (("frobnicate",), {}, 2, "No such command"),
    ],
)
def test_what_goes_wrong_is_one_clear_line(
    bot: Bot, arguments: tuple[str, ...], env: dict[str, str], code: int, words: str
) -> None:
    done = bot(*arguments, **env)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


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
