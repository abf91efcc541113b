"""A number recogniser with the nearest casualty word as what is counted: quantulum3 or Recognizers-Text."""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

warnings.filterwarnings("ignore")
NEAR = 60  # characters
WORDS = re.compile(
    r"\b(?:(?P<killed>killed|dead|died|dies|martyred|deaths?|slain|kills?)|(?P<wounded>wounded|injured|hurt|injuries|injures?)"
    r"|(?P<captured>captured)|(?P<displaced>displaced)|(?P<returned>returned)|(?P<deported>deported)"
    r"|(?P<surrendered>surrendered)|(?P<trucks>trucks|lorries))\b",
    re.IGNORECASE,
)
Numbers = Callable[[str], Iterator[tuple[float, int, int]]]


def quantulum3() -> Numbers:
    from quantulum3 import parser

    def numbers(text: str) -> Iterator[tuple[float, int, int]]:
        for found in parser.parse(text):
            if found.unit.name == "dimensionless" or found.unit.entity.name in ("unknown", "dimensionless"):
                yield float(found.value), *found.span

    return numbers


def recognizers() -> Numbers:
    from recognizers_number import Culture, NumberRecognizer

    model = NumberRecognizer(Culture.English).get_number_model()

    def numbers(text: str) -> Iterator[tuple[float, int, int]]:
        for found in model.parse(text):
            value = (found.resolution or {}).get("value")
            if value is not None:
                yield float(value), found.start, found.end + 1

    return numbers


def figures(text: str, numbers: Numbers) -> list[tuple[str, float]]:
    """Each number that has a casualty word near it, with the nearest one."""
    words = [(word.start(), word.end(), str(word.lastgroup)) for word in WORDS.finditer(text)]
    found = []
    for value, start, end in numbers(text):
        gaps = [(max(a - end, start - b, 0), measure) for a, b, measure in words]
        near = min(gaps, default=(NEAR + 1, ""))
        if near[0] <= NEAR:
            found.append((near[1], value))
    return found


def main(name: str, articles: list[str]) -> None:
    package, make = {
        "quantulum3": ("quantulum3", quantulum3),
        "recognizers": ("recognizers-text-suite", recognizers),
    }[name]
    numbers = make()
    list(numbers("Five soldiers were killed."))
    for line in sys.stdin:
        how = json.loads(line)["how"]
        given = articles if how == "speed" else json.loads(Path(how).read_text("utf-8"))
        wall, cpu = perf_counter(), process_time()
        found = [figures(text, numbers) for text in given]
        said = {"wall": perf_counter() - wall, "cpu": process_time() - cpu, "found": found}
        print(json.dumps({**said, "version": f"{package} {importlib.metadata.version(package)}"}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")))
