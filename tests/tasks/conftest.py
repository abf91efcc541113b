"""The real program, run as its user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Bot = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """`python -m bot …` on a state folder of its own; no variable of ours reaches it."""

    def run(*arguments: str, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        clean = {
            k: v for k, v in os.environ.items() if not k.startswith(("BORDERWIRE_", "DISCORD_", "SLACK_"))
        }
        command = [sys.executable, "-m", "bot", "--state", str(tmp_path / "state"), *arguments]
        return subprocess.run(
            command,
            cwd=ROOT,
            env={**clean, "COLUMNS": "100", **env},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=90,
        )

    return run
