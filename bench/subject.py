"""A program under measurement: a process of its own, asked line by line, watched from outside.

Ours and the peers are held in the same hands: wall time from order to answer, processor time and
memory of the process with all its children as the system counts them. Needs `/proc` (Linux).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
LOOK_EVERY = 0.1  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Sample:
    """What one order took, and what the program answered."""

    wall: float
    cpu: float
    megabytes: float  # the most of all its processes together, since it began
    said: Mapping[str, Any]


class Subject:
    """Start with a command; `ask` sends an order (JSON, one line) and waits for the answer."""

    def __init__(self, command: Sequence[str | Path], errors: Path | None = None) -> None:
        self._errors = (errors or Path(os.devnull)).open("w", encoding="utf-8")
        self._process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors if errors else None,
            text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self.megabytes = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def begin(self) -> None:
        """Wait for a program that says by itself when it is ready."""
        if self._process.stdout is None or not self._process.stdout.readline():
            raise RuntimeError(f"{self._process.args!r}: did not begin")

    def ask(self, **order: Any) -> Sample:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the program has no pipes")
        cpu, began = processor(self._process.pid), perf_counter()
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        wall = perf_counter() - began
        if not line:
            raise RuntimeError(f"{self._process.args!r}: ended with {self._process.wait()}")
        self.megabytes = max(self.megabytes, memory(self._process.pid))
        return Sample(wall, processor(self._process.pid) - cpu, self.megabytes, json.loads(line))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _look(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            self.megabytes = max(self.megabytes, memory(self._process.pid))


def ours(module: str, *arguments: str) -> list[str | Path]:
    """The command of a program of our own."""
    return [sys.executable, "-m", module, *arguments]


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found, spread = [], [pid]
    while spread:
        found.append(one := spread.pop())
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                spread += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def processor(pid: int) -> float:
    """Seconds of processor time of a process and its children, the ended ones included."""
    total = 0
    for one in family(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / TICKS


def memory(pid: int) -> float:
    """Megabytes of a process and its children; what they share is counted once."""
    total = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
