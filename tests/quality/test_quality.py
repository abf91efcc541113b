"""The judgement holds its floors on every labelled set; where a set is absent, its test says so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.quality import floors, sets
from tests.quality.measure import ALL, Labelled
from tests.quality.scoring import Rows


@pytest.fixture(scope="module")
def replayed(request: pytest.FixtureRequest) -> Iterator[Callable[[Path], Rows]]:
    """What `replay` says of the sets that are asked about in this run: as many at once as there are processors."""
    asked = [
        item.callspec.params.get("labelled") for item in request.session.items if hasattr(item, "callspec")
    ]
    files = [one.replays for one in asked if isinstance(one, Labelled) and one.present and one.replays]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = {file: pool.submit(sets.replayed, file) for file in files}
        yield lambda file: found[file].result()
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("labelled", ALL, ids=lambda one: one.name)
def test_no_number_falls_below_its_floor(labelled: Labelled, replayed: Callable[[Path], Rows]) -> None:
    if not labelled.present:
        pytest.skip(f"the labelled set {labelled.name} is not on this machine")
    kept = floors.read()[labelled.name]
    measured = {one.what: one for one in labelled.measured(replayed)}
    assert set(kept) == set(measured)
    named = 0 if labelled.name.removesuffix("-articles") in sets.UNREAD else 40  # who reads them, learns them
    low = [
        f"{what}: {measured[what].value:.3f}, floor {floor:.2f}\n  "
        + "\n  ".join(measured[what].misses[:named])
        for what, floor in kept.items()
        if not floors.holds(measured[what], floor)
    ]
    assert not low, "\n".join(low)
