"""A linear model: what each sign speaks for and against, as weights that were learned elsewhere and are shipped as a table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.news.model import EVENT_TYPES
from bot.news.topics.rows import only

NONE = "none"  # the text tells nothing of the topic's kinds
CLASSES = (*EVENT_TYPES, NONE)


@dataclass(frozen=True, slots=True)
class Classifier:
    """Kinds of event, and for each sign of a text its weight for each of them (multinomial logistic regression).

    Without a table every kind is as likely as any other.
    """

    kinds: tuple[str, ...] = CLASSES
    bias: tuple[float, ...] = (0.0,) * len(CLASSES)
    weights: Mapping[str, tuple[float, ...]] = field(default_factory=dict, repr=False)

    def shares(self, signs: Iterable[str]) -> dict[str, float]:
        """How likely each kind is, the likeliest first; all together are 1."""
        rows = [row for sign in signs if (row := self.weights.get(sign))]
        sums = [math.fsum(column) for column in zip(self.bias, *rows, strict=True)]
        top = max(sums)
        raised = [math.exp(one - top) for one in sums]
        whole = math.fsum(raised)
        ranked = sorted(zip(raised, self.kinds, strict=True), key=lambda one: -one[0])
        return {kind: share / whole for share, kind in ranked}

    def telling(self, kind: str, signs: Iterable[str]) -> list[str]:
        """The signs that speak for a kind rather than for the others, the strongest first."""
        at = self.kinds.index(kind)
        weighed = {sign: row[at] for sign in signs if (row := self.weights.get(sign)) and row[at] > 0}
        return sorted(weighed, key=lambda sign: -weighed[sign])


def classifier(table: Mapping[str, Any]) -> Classifier:
    """The table of kinds.toml, checked; a ValueError names the key."""
    only(table, {"kinds", "bias", "weights"}, "kinds")
    kinds = tuple(table["kinds"])
    only(dict.fromkeys(kinds), CLASSES, "kinds: kinds")
    weights = {
        sign: _row(row, len(kinds), f"kinds: weights.{sign}") for sign, row in table["weights"].items()
    }
    return Classifier(kinds, _row(table["bias"], len(kinds), "kinds: bias"), weights)


def _row(row: Any, length: int, where: str) -> tuple[float, ...]:
    if not isinstance(row, list) or len(row) != length or not all(isinstance(n, int | float) for n in row):
        raise ValueError(f"{where} must be {length} numbers, one for each kind")
    return tuple(float(n) for n in row)
