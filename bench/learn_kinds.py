"""Make `kinds.toml`: how much each sign of a text speaks for each kind of event, learned from the labelled sets.

Run in an environment that has the bot and scikit-learn:
`python -m bench.learn_kinds > config/topics/pakistan-afghanistan/kinds.toml`. Learned from are the entries and the long
reports of our own sets and of the shared ones, as they are labelled, and the headlines of `tests/news/kinds.tsv` and
`places.tsv`, which are picked for being hard and therefore weigh less. Sets that nobody has worked on stay out: they measure it. The solution
of the regression is unique, and the weights are rounded, so the same texts make the same table.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.news.model import Document
from bot.news.topics.classifier import CLASSES, NONE
from bot.news.types import signs
from bot.settings import load
from bot.tasks.replay import entries_from
from tests.quality import sets

ROOT = Path(__file__).parents[1]
STRENGTH = 0.3  # inverse of how much large weights are held down
PICKED = 0.4  # weight of a hard headline beside a labelled report
LEAST = 0.02  # a sign that speaks no louder for any kind is left out
REPORT = 1500  # characters of a long report: it goes on to tell of other things
TOPIC = load(environment={}).topic()


class Example(NamedTuple):
    """A text's signs, the kind that it is labelled with, and how much it counts."""

    signs: dict[str, float]
    kind: str
    weight: float = 1.0


def example(title: str, rest: str, kind: str, weight: float = 1.0) -> Example:
    document = Document(f"{title}\n{rest}", len(title))
    found = signs(TOPIC.lexicon.read(document.text), document.title_end)
    return Example(dict.fromkeys(found, 1.0), kind, weight)


def examples() -> Iterator[Example]:
    shared = {name: sets.SHARED / name for name in ("dev", "real")}
    for name, folder in ({**sets.FOLDERS, **shared}).items():
        if name in sets.UNREAD:
            continue
        labels = sets.read(folder / "labels.jsonl")
        for entry in entries_from(TOPIC, folder / "entries.jsonl"):
            label = labels.get(entry.id, {})
            if label.get("relevant") is False or label.get("type"):
                yield example(entry.title, entry.summary, label.get("type") or NONE)
        for path, label in sets.articles(folder / "articles"):
            body = path.read_text("utf-8").removeprefix(label["title"]).lstrip()
            yield example(label["title"], body[:REPORT], label["headline"]["type"])
    news = ROOT / "tests" / "news"
    for table in ("kinds.tsv", "places/places.tsv"):
        for line in (news / table).read_text("utf-8").splitlines():
            kind, *_, title, lead = (line if line.count("\t") > 1 else f"{line}\t").split("\t")
            yield example(title, lead, kind, PICKED)


def main() -> None:
    given = list(examples())
    table = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8)
    model.fit(table.fit_transform([one.signs for one in given]), [one.kind for one in given],
              sample_weight=[one.weight for one in given])  # fmt: skip
    order = [list(model.classes_).index(kind) for kind in CLASSES]
    rows = {name: [model.coef_[at][column] for at in order] for name, column in table.vocabulary_.items()}
    told = {name: row for name, row in sorted(rows.items()) if max(map(abs, row)) >= LEAST}
    lines = [
        "# How much each sign of a text speaks for (or against) each kind of event: see bot/news/types.py.",
        f"# Made by bench/learn_kinds.py of {len(given):,} labelled texts; not to be written by hand.",
        f"kinds = [{', '.join(f'{kind!r}' for kind in CLASSES)}]".replace("'", '"'),
        f"bias = {_row([model.intercept_[at] for at in order])}",
        "",
        "[weights]",
        *(f'"{name}" = {_row(row)}' for name, row in told.items()),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _row(numbers: list[float]) -> str:
    return f"[{', '.join(f'{round(number, 2) + 0.0:g}' for number in numbers)}]"


if __name__ == "__main__":
    main()
