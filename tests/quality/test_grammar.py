"""A word that is understood in one frame is understood in each: see `grammar.py`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.quality import grammar

CLASSES = grammar.classes()


@pytest.mark.parametrize("of", CLASSES, ids=lambda of: f"{of['file']}: {of['kind']}")
def test_each_sentence_says_what_its_class_says(of: dict[str, Any]) -> None:
    made, lost = grammar.misread(of)
    share = (made - len(lost)) / made
    assert share >= of["share"], f"{share:.3f} of {made}\n" + "\n".join(lost)
