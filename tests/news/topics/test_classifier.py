"""The learned weights: what they make of signs, and what is wrong with a table."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from bot.news.topics.classifier import Classifier, classifier

TABLE: dict[str, Any] = {
    "kinds": ["attack", "talks", "none"],
    "bias": [0, 0.5, 0],
    "weights": {"title type.attack": [2, -1, 0], "first type.talks": [-0.5, 1.5, 0]},
}


def test_shares_are_those_of_the_weights_and_add_up() -> None:
    shares = classifier(TABLE).shares(["title type.attack", "never seen"])
    raised = {"attack": math.exp(2), "talks": math.exp(-0.5), "none": 1}
    assert list(shares) == ["attack", "none", "talks"]
    assert shares == pytest.approx({kind: one / sum(raised.values()) for kind, one in raised.items()})
    assert math.isclose(sum(shares.values()), 1)


def test_the_strongest_sign_is_told_first_and_what_speaks_against_never() -> None:
    known = classifier(TABLE)
    assert known.telling("talks", ["title type.attack", "first type.talks"]) == ["first type.talks"]


def test_without_a_table_nothing_is_likelier() -> None:
    assert len(set(Classifier().shares(["title type.attack"]).values())) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weights": {"title x": [1, 2]}}, "kinds: weights.title x must be 3 numbers, one for each kind"),
        ({"weights": {"title x": [1, "two", 3]}}, "kinds: weights.title x must be 3 numbers"),
        ({"bias": 1}, "kinds: bias must be 3 numbers"),
        ({"kinds": ["attack", "war", "none"]}, "war"),
        ({"weight": {}}, "weight"),
    ],
)
def test_a_wrong_table_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        classifier(TABLE | change)
