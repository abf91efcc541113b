"""The peers' own environment: made when it is first needed, never a part of the bot's or of the tests'."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from bench.subject import ROOT

FOLDER = ROOT / ".venv-bench"
LOCK = ROOT / "requirements" / "bench.txt"
PROGRAMS = ROOT / "bench" / "peers"
NEWEST_FIRST = (
    "python3.12",
    "python3.13",
    "python3.14",
)  # reader 3.27 needs 3.12; sys.executable is the last resort


class NoPeers(Exception):
    """The peers could not be had; the line says why."""


def peer(program: str, *arguments: str | Path) -> list[str | Path]:
    """The command of a peer's program."""
    return [FOLDER / "bin" / "python", PROGRAMS / program, *arguments]


def prepare() -> str:
    """Make the environment if it is not there or its lock changed; says which Python it has. Raises NoPeers."""
    stamp, wanted = FOLDER / "lock", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
        _run([_python(), "-m", "venv", FOLDER])
        install: list[str | Path] = [
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            LOCK,
        ]
        _run([FOLDER / "bin" / "python", "-m", "pip", *install])
        stamp.write_text(wanted, "utf-8")
    return _run([FOLDER / "bin" / "python", "--version"]).strip()


def _python() -> str:
    """The Python for the peers: one that the newest of them supports, if this machine has it."""
    for name in NEWEST_FIRST:
        found = shutil.which(name)
        if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return found
    return sys.executable


def _run(command: list[str | Path]) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if line.strip()]
        raise NoPeers(f"the peers' environment cannot be made: {last[-1] if last else command}")
    return done.stdout
