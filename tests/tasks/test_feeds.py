"""`feeds …` on the command line against a server of its own: what it prints, how it fails."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.tasks.conftest import Bot

Run = Callable[..., "subprocess.CompletedProcess[str]"]
FEED = b"""<?xml version='1.0'?><rss version='2.0'><channel><title>Valley Post</title>
<item><title>Pakistan and Afghanistan reopen Torkham crossing</title><link>https://valley.example/news/1</link>
<pubDate>Wed, 15 Oct 2025 10:00:00 GMT</pubDate></item></channel></rss>"""
PAGES = {
    "/feed": (200, FEED),
    "/site": (
        200,
        b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>",
    ),
    "/old": (200, FEED.replace(b"2025", b"2005")),  # frozen is a word, not a failure
    "/page": (200, b"<!doctype html><html><body>Hello</body></html>"),
    "/refused": (403, b""),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        code, body = PAGES.get(self.path, (404, b""))
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quietly."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(bot: Bot, site: str, tmp_path: Path) -> Run:
    """The program with a configuration of one feed."""
    config = tmp_path / "config"
    config.mkdir()
    port = site.rpartition(":")[2]
    (config / "local.toml").write_text(
        f'[fetch]\nallow_networks = ["127.0.0.1/32"]\nallow_ports = [{port}]\n'
    )

    def call(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        return bot("--config", str(config), "feeds", *arguments, **env)

    return call


def test_an_operator_adds_looks_exports_and_removes(run: Run, site: str, tmp_path: Path) -> None:
    added = run("add", f"{site}/site")
    assert added.returncode == 0, added.stderr
    assert "Added: Valley Post" in added.stdout
    assert "Torkham" in added.stdout
    listed = run("list", COLUMNS="60")
    assert "Valley Post (none, added): waiting" in " ".join(listed.stdout.split())
    exported = run("export", str(tmp_path / "feeds.opml"))
    assert exported.returncode == 0, exported.stderr
    assert f'xmlUrl="{site}/feed"' in (tmp_path / "feeds.opml").read_text("utf-8")
    assert f'xmlUrl="{site}/feed"' in run("export").stdout
    removed = run("remove", "Valley Post")
    assert "Removed: Valley Post" in removed.stdout
    assert f'xmlUrl="{site}/feed"' not in run("export").stdout
    back = run("import", str(tmp_path / "feeds.opml"))
    assert "1 feeds added" in back.stdout, back.stdout
    assert not (tmp_path / "config" / "feeds.toml").exists()


def test_check_shows_whole_addresses_on_a_narrow_terminal(run: Run, site: str) -> None:
    done = run("check", f"{site}/feed", f"{site}/refused", COLUMNS="72")
    assert (done.returncode, done.stderr) == (1, "borderwire: 1 of 2 feeds cannot be read\n")
    assert f"{site}/refused" in [line.strip() for line in done.stdout.splitlines()]
    assert "Valley Post" in done.stdout
    assert "blocked" in done.stdout
    lines = [
        json.loads(line)
        for line in run("check", f"{site}/feed", f"{site}/page", "--json").stdout.splitlines()
    ]
    assert {line["url"]: (line["reachable"], line["parseable"]) for line in lines} == {
        f"{site}/feed": (True, True),
        f"{site}/page": (True, False),
    }


@pytest.mark.parametrize(
    ("paths", "code"),
    [(("feed",), 0), (("feed", "old"), 0), (("feed", "page"), 1), (("refused", "nothing"), 1)],
)
def test_a_script_is_told_by_the_exit_code_whether_all_can_be_read(
    run: Run, site: str, paths: tuple[str, ...], code: int
) -> None:
    done = run("check", *(f"{site}/{path}" for path in paths), "--json")
    assert done.returncode == code
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["url"] for line in lines} == {f"{site}/{path}" for path in paths}
    assert all(line["parseable"] for line in lines) == (code == 0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "SITE/page"), "announces no feed"),
        (("add", "SITE/refused"), "does not serve us"),
        (("add", "https://feeds.nowhere.invalid/rss"), "cannot be resolved"),
        (("add", "http://127.0.0.2/rss"), "may be dialled"),
        (("add", "not an address"), "spaces"),
        (("remove", "Nobody's Feed"), "No feed that is read"),
        (("import", "/nowhere/feeds.opml"), "no such file"),
        (("import", "FILE"), "not OPML"),
        (("export", "/nowhere/feeds.opml"), "no such file"),
    ],
)
def test_what_goes_wrong_is_one_clear_line(
    run: Run, site: str, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "list.opml").write_text("<html><body/></html>")
    done = run(
        *(word.replace("SITE", site).replace("FILE", str(tmp_path / "list.opml")) for word in arguments)
    )
    assert done.returncode == 1, done.stdout
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
