"""No regular expression of the package takes more than linear time: a look at its parts, not at a clock."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bot

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from re import _compiler, _parser  # type: ignore[attr-defined]

SAMPLE = [*map(chr, range(128)), *"éНنक’“–—…۵"]  # letters, digits and marks of what is read
REPEATS = {"MAX_REPEAT", "MIN_REPEAT"}
FEW = 400  # from so many on, a repeat is as good as endless


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every pattern that stands in a module, or as a literal in a call of `re`, by where it stands."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        source = Path(loaded.__file__ or "").read_text("utf-8")
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = anchored(value) if only_matched(name, source) else value
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
                literal = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
                if isinstance(literal, str) and literal not in {known.pattern for known in found.values()}:
                    anchor = "^" if ast.unparse(node.func).endswith("match") else ""
                    found[f"{module.name}:{node.lineno}"] = re.compile(anchor + literal)
    return found


def only_matched(name: str, source: str) -> bool:
    """Whether a module tries a pattern at given places only, and never looks for it from every place on."""
    uses = re.findall(rf"\b{name}\b(?:\.(?:full)?match\()?", source)
    return len(uses) > 1 and all(use.endswith("match(") for use in uses[1:])


def anchored(pattern: re.Pattern[Any]) -> re.Pattern[Any]:
    start = b"^" if isinstance(pattern.pattern, bytes) else "^"
    return re.compile(start + pattern.pattern, pattern.flags)


def flat(parsed: Any) -> list[tuple[str, Any]]:
    """The items of a pattern in a row: groups opened; a branch, an assertion or a repeat is one item."""
    items: list[tuple[str, Any]] = []
    for op, value in parsed:
        if str(op) == "SUBPATTERN":
            items += flat(value[-1])
        elif str(op) == "ATOMIC_GROUP":
            items += flat(value)
        else:
            items.append((op, value))
    return items


def ways(items: list[tuple[str, Any]]) -> Iterator[list[tuple[str, Any]]]:
    """A row with each choice of those of its branches that hold an endless repeat."""
    for at, (op, value) in enumerate(items):
        if str(op) == "BRANCH" and any(endless(item) for way in value[1] for item in flat(way)):
            for way in value[1]:
                yield from ways([*items[:at], *flat(way), *items[at + 1 :]])
            return
        if str(op) in REPEATS and 0 < value[0] <= value[1] < FEW and endless((op, value)):
            yield from ways([*items[:at], *flat(value[2]), *items[at + 1 :]])
            return
    yield items


def endless(item: tuple[str, Any]) -> bool:
    op, value = str(item[0]), item[1]
    if op in REPEATS:
        return bool(value[1] >= FEW) or any(map(endless, flat(value[2])))
    if op == "BRANCH":
        return any(endless(one) for way in value[1] for one in flat(way))
    return False


def chars(item: tuple[str, Any], flags: int) -> frozenset[str]:
    """The characters that one item may hold anywhere."""
    op, value = str(item[0]), item[1]
    if op in REPEATS:
        return frozenset().union(*(chars(one, flags) for one in flat(value[2])))
    if op == "BRANCH":
        return frozenset().union(*(chars(one, flags) for way in value[1] for one in flat(way)))
    if op in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        state = _parser.State()
        state.flags = flags
        one = _compiler.compile(_parser.SubPattern(state, [item]), flags)
        return frozenset(c for c in SAMPLE if one.fullmatch(c))
    return frozenset(SAMPLE) if op == "GROUPREF" else frozenset()


def first(item: tuple[str, Any], flags: int) -> frozenset[str]:
    """The characters with which one item may begin."""
    op, value = str(item[0]), item[1]
    if op in REPEATS:
        return first(flat(value[2])[0], flags)
    if op == "BRANCH":
        return frozenset().union(*(first(flat(way)[0], flags) for way in value[1] if flat(way)))
    return chars(item, flags)


def width(item: tuple[str, Any]) -> int:
    state = _parser.State()
    return int(_parser.SubPattern(state, [item]).getwidth()[0])


def fails(item: tuple[str, Any]) -> bool:
    """Whether a match may fail at an item."""
    return str(item[0]) in ("AT", "ASSERT", "ASSERT_NOT") or width(item) > 0


def superlinear(pattern: re.Pattern[Any]) -> str:
    """Why a pattern may take more than linear time to be found in a text, "" where it may not."""
    text = pattern.pattern
    text = text.decode("latin-1") if isinstance(text, bytes) else text
    parsed = _parser.parse(text, pattern.flags)
    return _slow([], flat(parsed), parsed.state.flags)


def _slow(before: list[tuple[str, Any]], row: list[tuple[str, Any]], flags: int) -> str:
    """The same of a row of items behind others."""
    reasons = (
        _reason([*before, *way[:at]], *way[at:], flags=flags) for way in ways(row) for at in range(len(way))
    )
    return next(filter(None, reasons), "")


def _reason(before: list[tuple[str, Any]], item: tuple[str, Any], *rest: tuple[str, Any], flags: int) -> str:
    """Why one item may be slow where it stands."""
    if not endless(item) or str(item[0]) not in REPEATS:
        return ""
    inside = flat(item[1][2])
    if item[1][1] < FEW:  # "perhaps": what stands behind it does not make it begin again
        return _slow(before, inside, flags)
    if len(inside) == 1 and endless(inside[0]):
        return "an endless repeat of an endless repeat"
    body, may_fail = chars(item, flags), any(map(fails, rest))
    for later in rest:
        shared = chars(later, flags) & body
        if may_fail and endless(later) and first(later, flags) & body:
            return "two endless repeats of the same characters"
        if width(later) and not shared:
            break
    if may_fail and not _held(before, body, flags):
        return "an endless repeat that is tried again from inside itself"
    return ""


def _held(before: list[tuple[str, Any]], body: frozenset[str], flags: int) -> bool:
    """Whether what stands before a repeat cannot begin inside it."""
    for op, value in before:
        name = str(op)
        if name == "AT" and ("BEGINNING" in str(value) or (str(value) == "AT_BOUNDARY" and _one_sort(body))):
            return True
        if (
            name == "ASSERT_NOT"
            and value[0] < 0
            and body <= frozenset().union(*(chars(one, flags) for one in flat(value[1])))
        ):
            return True
        if width((op, value)) and not chars((op, value), flags) & body:
            return True
    return False


def _one_sort(body: frozenset[str]) -> bool:
    return all(re.match(r"\w", c) for c in body) or not any(re.match(r"\w", c) for c in body)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+[-–]\s+(?=[^-]{2,40}$)",
        r"(?:\.amp)+(?=$)",
        r"(a+)+$",
        r"x*y",
        r"<[^>]*>",
        r"\d+[.,]?\d+x",
        r"^\w+\s*\w+:",
    ],
)
def test_a_slow_pattern_is_known(pattern: str) -> None:
    assert superlinear(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern",
    [r"\w+", r"\bx+", r"<[^<>]*>", r"^a+b", r"\b\w+:", r"[a-z]{1,20}:", r"\d+(?:st|nd)?", r";id=[^/]*"],
)
def test_a_quick_pattern_is_let_through(pattern: str) -> None:
    assert not superlinear(re.compile(pattern))


PATTERNS = patterns()


@pytest.mark.parametrize("where", PATTERNS)
def test_no_pattern_is_slow(where: str) -> None:
    assert not superlinear(PATTERNS[where]), PATTERNS[where].pattern
