"""The floors under every measured number: they only rise (`python -m tests.quality --raise`)."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.quality.measure import Measured

PATH = Path(__file__).with_name("floors.toml")
HEAD = (
    "# What `make test` holds the news judgement to, by labelled set: measured values, rounded down to 0.01\n"
    "# (found per true, where less is better: up to 0.05). Floors only rise; raise them with `python -m tests.quality --raise`.\n"
)
Floors = Mapping[str, float]


def read() -> dict[str, dict[str, float]]:
    return tomllib.loads(PATH.read_text("utf-8")) if PATH.exists() else {}


def holds(one: Measured, floor: float) -> bool:
    return one.value <= floor if one.most else one.value >= floor


def raised(
    kept: Mapping[str, Floors], measured: Mapping[str, Sequence[Measured]]
) -> dict[str, dict[str, float]]:
    """The better of the old floor and what is measured now; sets that are absent keep theirs.

    >>> raised({"own": {"type": 0.9}}, {"own": [Measured("type", 0.877), Measured("place", 0.951)]})
    {'own': {'type': 0.9, 'place': 0.95}}
    >>> raised({"own": {"per": 1.25}}, {"own": [Measured("per", 1.172, most=True)]})
    {'own': {'per': 1.2}}
    """
    result = {name: dict(floors) for name, floors in kept.items()}
    for name, rows in measured.items():
        floors = result.setdefault(name, {})
        for one in rows:
            now = rounded(one)
            old = floors.get(one.what, now)
            floors[one.what] = min(old, now) if one.most else max(old, now)
    return result


def rounded(one: Measured) -> float:
    """Just below what is measured; where less is better, up to the next 0.05."""
    if one.most:
        return math.ceil(one.value * 20 + 0.01) / 20
    return math.floor(one.value * 100 - 0.01) / 100


def write(floors: Mapping[str, Floors]) -> None:
    lines = [HEAD]
    for name, rows in floors.items():
        lines.append(f"\n[{name}]\n")
        lines += [f'"{what}" = {floor:.2f}\n' for what, floor in rows.items()]
    PATH.write_text("".join(lines), "utf-8")
