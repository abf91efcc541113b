"""The judgement holds its floors on every labelled set; where a set is absent, its test says so."""

from __future__ import annotations

import pytest

from tests.quality import floors
from tests.quality.measure import ALL, Labelled


@pytest.mark.parametrize("labelled", ALL, ids=lambda one: one.name)
def test_no_number_falls_below_its_floor(labelled: Labelled) -> None:
    if not labelled.present:
        pytest.skip(f"the labelled set {labelled.name} is not on this machine")
    kept = floors.read()[labelled.name]
    measured = {one.what: one for one in labelled.measured()}
    assert set(kept) == set(measured)
    low = [
        f"{what}: {measured[what].value:.3f}, floor {floor:.2f}\n  " + "\n  ".join(measured[what].misses[:40])
        for what, floor in kept.items()
        if not floors.holds(measured[what], floor)
    ]
    assert not low, "\n".join(low)
