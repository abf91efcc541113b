"""The container's files say what the program takes."""

from __future__ import annotations

import re
from pathlib import Path

from bot.tokens import SHAPES

ROOT = Path(__file__).parents[1]


def test_each_token_has_its_file_in_compose_yaml() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8")
    mounted = dict(re.findall(r"^      (\w+)_FILE: /run/secrets/(\w+)", text, re.MULTILINE))
    assert mounted == {name: name.lower() for name in SHAPES}
    assert set(re.findall(r"^      - (\w+_token)\b", text, re.MULTILINE)) == set(mounted.values())
    files = dict(re.findall(r"^  (\w+): # \w+\n    file: secrets/(\w+)$", text, re.MULTILINE))
    assert files == {name: name for name in mounted.values()}
    assert "TOKEN:" not in text  # none in the environment


def test_what_would_be_published_or_built_in_by_mistake_is_left_out() -> None:
    assert "secrets/" in (ROOT / ".gitignore").read_text("utf-8").split()
    assert (ROOT / ".dockerignore").read_text("utf-8").startswith("*\n")
