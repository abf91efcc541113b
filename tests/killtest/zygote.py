"""Starts the program fast: everything is imported once, then each run is a fork of that.

    python -m tests.killtest.zygote

reads JSON lines {"config", "state", "env", "output", "step", "hit", "build"} and answers {"pid"}; a run's end is
{"dead", "status"}. A forked run is the real program: `app.run` on its own settings; `step` and `hit` name the
moment at which it kills itself with SIGKILL, just as an outside kill at that very instant would.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from rich.console import Console

from bot import app, log, settings
from tests.killtest.builds import BUILDS


def say(**words: Any) -> None:
    os.write(1, f"{json.dumps(words)}\n".encode())


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
    """Dies at the `hit`-th time that a step is reached."""

    def __init__(self, step: str, hit: int) -> None:
        self.step, self.left = step, hit

    def __call__(self, name: str) -> None:
        if name == self.step:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def child(order: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    BUILDS[order["build"]]()
    configuration = settings.load(Path(order["config"]), Path(order["state"]), order["env"])
    log.configure("info", "json", [])
    asyncio.run(app.run(configuration, Console(stderr=True), Doom(order["step"], order["hit"])))


def main() -> None:
    settings.load(environment={}).topic()  # warm: what is compiled once is inherited by every fork
    signal.signal(signal.SIGCHLD, reap)
    say(ready=os.getpid())
    while line := sys.stdin.readline():
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                child(order)
                code = 0
            except BaseException as error:
                sys.stderr.write(f"{error!r}\n")
            finally:
                os._exit(code)
        say(pid=pid)


if __name__ == "__main__":
    main()
