"""Starts the program fast: everything is imported once, then each run is a fork of that.

    python -m tests.killtest.zygote

reads JSON lines and answers {"pid"}; each step that a run reaches is {"of", "step"}, its end {"dead", "status"}.
A line is {"config", "state", "env", "output", "build", "later", "restore", "step", "hit", "within"}. A forked run is the
real program: `app.run` on its own settings, in the version with `later` more migrations, or where `restore` names a
copy, the restoring of that. `step` and `hit` name the moment at which it kills itself with SIGKILL, just as an outside
kill at that very instant would; `within` so many seconds later the system does it, whatever is going on then.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from rich.console import Console

from bot import app, layers, log, settings
from bot.store import codec, migrate, restore
from tests.killtest import inside
from tests.killtest.builds import BUILDS

SHIPPED = Path(__file__).parents[2] / "config" / "feeds.toml"


def say(_to: int = 1, **words: Any) -> None:
    os.write(_to, f"{json.dumps(words)}\n".encode())  # short enough to stay whole beside what others say


def reap(_signal: int, _frame: FrameType | None) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        say(dead=pid, status=status)


class Doom:
    """Reports each step, and dies at the `hit`-th time that the chosen one is reached, or a little later."""

    def __init__(self, step: str, hit: int, within: float, reports: int) -> None:
        self.step, self.left, self.within, self.reports = step, hit, within, reports

    def __call__(self, name: str) -> None:
        say(self.reports, of=os.getpid(), step=name)
        if name == self.step:
            self.left -= 1
            if self.left == 0 and self.within:
                signal.setitimer(signal.ITIMER_REAL, self.within)  # SIGALRM, which nobody handles
            elif self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def child(order: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing, reports = os.open(os.devnull, os.O_RDONLY), os.dup(1)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    doom = Doom(order["step"], order["hit"], order["within"], reports)
    BUILDS[order["build"]]()
    inside.later(order["later"])
    inside.watch(doom)
    if order["restore"]:
        restore.restore(Path(order["state"]), Path(order["restore"]), datetime.now(UTC), doom)
        return
    configuration = settings.load(Path(order["config"]), Path(order["state"]), order["env"])
    log.configure("info", "json", [])
    asyncio.run(app.run(configuration, Console(stderr=True), doom))


def warm() -> None:
    """What depends on the shipped files alone is made once and inherited by every fork."""
    shipped = settings.load(environment={})
    topic, feeds = shipped.topic(), layers.read(SHIPPED)
    settings.Configuration.topic = lambda self: topic  # type: ignore[method-assign]
    settings.read = lambda path: feeds if path == SHIPPED else layers.read(path)  # type: ignore[attr-defined]
    for kind in codec.KINDS:
        codec._adapter(kind)
    migrate.expected()


def main() -> None:
    warm()
    signal.signal(signal.SIGCHLD, reap)
    say(ready=os.getpid())
    while line := sys.stdin.readline():
        order = json.loads(line)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])  # its birth is told before its death
        pid = os.fork()
        if pid == 0:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
            code = 1
            try:
                child(order)
                code = 0
            except BaseException as error:
                sys.stderr.write(f"{error!r}\n")
            finally:
                os._exit(code)
        say(pid=pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])


if __name__ == "__main__":
    main()
