"""The house keeps its shape: captions, sizes, fixed rooms, nothing that belongs to one machine."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests import rooms

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for path in (ROOT / "bot").rglob("*.py") if path.stat().st_size)
LONGEST = 350
FIXED = ("bot", "config", "state", "tests", "pyproject.toml", "Dockerfile")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_fixed_rooms_are_there() -> None:
    assert [room for room in FIXED if not (ROOT / room).exists()] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_starts_with_its_caption(path: Path) -> None:
    caption = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
    assert caption, "no docstring"
    assert caption[-1] in ".?:`", caption


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def test_the_judgement_is_pure() -> None:
    """bot/news has no clock, no chance, no files, no network and no await."""
    forbidden = {
        "asyncio",
        "random",
        "time",
        "os",
        "io",
        "pathlib",
        "socket",
        "aiohttp",
        "sqlite3",
        "secrets",
    }
    found = []
    for path in (ROOT / "bot" / "news").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found += [
                    f"{name(path)}: {a.name}" for a in node.names if a.name.partition(".")[0] in forbidden
                ]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in forbidden:
                found.append(f"{name(path)}: {node.module}")
            elif isinstance(node, ast.AsyncFunctionDef | ast.Await):
                found.append(f"{name(path)}:{node.lineno}: async")
            elif isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow"):
                found.append(f"{name(path)}:{node.lineno}: {node.attr}")
    assert found == []


def test_lock_files_hold_names_versions_and_hashes_only() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text("utf-8")
        assert "://" not in text
        pins = re.findall(r"^[A-Za-z0-9._-]+.*$", text, re.MULTILINE)
        assert pins
        assert all("==" in pin and pin.endswith("\\") for pin in pins)


def test_the_guide_shows_the_rooms_as_the_import_rule_has_them() -> None:
    """docs/contributing.md and pyproject.toml say the same; "everyone above but …" is taken at its word."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rule = {
        room: set(others)
        for contract in contracts
        for room, others in rooms.allowed(contract["rooms"]).items()
        if room != "__main__"
    }
    shown: dict[str, set[str]] = {}
    for line in (ROOT / "docs" / "contributing.md").read_text("utf-8").splitlines():
        if found := re.fullmatch(r"\| `(\w+)` \| .* \| (.*?) ?\|", line.replace("| |", "|  |")):
            named = set(re.findall(r"\w+", found[2].removeprefix("everyone above but")))
            shown[found[1]] = set(shown) - named if found[2].startswith("everyone") else named
    assert shown == rule
