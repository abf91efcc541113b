"""How right is the judgement? Precision, recall and friends over labelled entries and articles.

Shapes are those of replay and inspect. A label's figures may be `optional` (neither needed nor wrong)
and may name other acceptable claimants in `claimant_alt`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
Rows = Mapping[str, Row]


@dataclass
class Score:
    """Hits, false alarms and misses, with the misses named."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def relevance(labels: Rows, found: Rows) -> Score:
    score = Score()
    for name, label in labels.items():
        if label["relevant"] is None:
            continue
        said = bool(found[name]["relevant"])
        score.right += said and label["relevant"]
        score.wrong += said and not label["relevant"]
        score.missed += not said and label["relevant"]
        if said != label["relevant"]:
            score.misses.append(
                f"{name}: {'false alarm' if said else 'missed'}: {found[name]['because'][:3]}"
            )
    return score


@dataclass(frozen=True)
class Grouping:
    bcubed: float
    pair_precision: float
    stories_per_story: float
    mixed: tuple[str, ...]
    split: tuple[str, ...]


def grouping(labels: Rows, found: Rows, everything: bool = False) -> Grouping:
    """BCubed F, precision over pairs, and output stories per true story."""
    names = [n for n, label in labels.items() if label["story"] and (everything or label["relevant"])]
    true = {name: label["story"] for name, label in labels.items()}
    said: dict[str, Hashable] = {
        n: ("alone", n) if found[n]["story"] is None else found[n]["story"] for n in names
    }
    by_true, by_said = members(names, true), members(names, said)
    precision = sum(len(by_true[true[n]] & by_said[said[n]]) / len(by_said[said[n]]) for n in names) / len(
        names
    )
    recall = sum(len(by_true[true[n]] & by_said[said[n]]) / len(by_true[true[n]]) for n in names) / len(names)
    together = Counter((true[n], said[n]) for n in names)
    right_pairs = sum(pairs(count) for count in together.values())
    said_pairs = sum(pairs(len(group)) for group in by_said.values())
    mixed = (f"{key}: {sorted(group)}" for key, group in by_said.items() if len({true[n] for n in group}) > 1)
    split = (f"{key}: {sorted(group)}" for key, group in by_true.items() if len({said[n] for n in group}) > 1)
    return Grouping(
        2 * precision * recall / (precision + recall),
        right_pairs / said_pairs if said_pairs else 1.0,
        len(by_said) / len(by_true),
        tuple(mixed),
        tuple(split),
    )


def members(names: Iterable[str], key: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for name in names:
        groups[key[name]].add(name)
    return groups


def pairs(count: int) -> int:
    return count * (count - 1) // 2


def fields(labels: Rows, found: Rows, name: str) -> Score:
    """How often a field of relevant entries is right; a place is right when a word of it agrees."""
    score = Score()
    for entry, label in labels.items():
        if not label["relevant"] or not label.get(name):
            continue
        if agrees(name, label, found[entry].get(name)):
            score.right += 1
        else:
            score.missed += 1
            score.misses.append(f"{entry}: {label[name]} ≠ {found[entry].get(name)}")
    return score


def agrees(name: str, label: Row, said: str | None) -> bool:
    if name == "event_date":
        return bool(said) and label[name] <= str(said) <= (label.get("event_date_end") or label[name])
    if name == "place":
        return bool(place_words(label[name]) & place_words(said))
    return bool(label[name] == said)


def place_words(place: str | None) -> set[str]:
    words = "".join(c.lower() if c.isalpha() else " " for c in place or "").split()
    return {word for word in words if len(word) > 2} - {
        "and",
        "the",
        "near",
        "district",
        "province",
        "border",
    }


Same = Callable[[Row, Row], bool]


def same_value(label: Row, said: Row) -> bool:
    if label["measure"] != said["measure"]:
        return False
    if label["low"] is None:
        return bool(said["low"] is None and label["text"].lower() == said["text"].lower())
    return bool((label["low"], label["high"]) == (said["low"], said["high"]))


def same_party(label: Row, said: Row) -> bool:
    if not same_value(label, said):
        return False
    free = label["party"] == "unspecified" or label["measure"] in ("duration", "money", "trucks")
    return free or label["party"] == said["party"]


def same_claimant(label: Row, said: Row) -> bool:
    accepted = (label["claimant"], *label.get("claimant_alt", ()))
    return same_party(label, said) and said["claimant"] in accepted


def figures(labels: Rows, found: Rows, same: Same) -> Score:
    """Each needed figure once; a figure said that fits no label is wrong."""
    score = Score()
    for name, label in labels.items():
        needed = [f for f in label["figures"] if not f.get("optional")]
        spare = [f for f in label["figures"] if f.get("optional")]
        left = list(found[name]["figures"])
        for wanted in needed:
            hit = next((said for said in left if same(wanted, said)), None)
            if hit is None:
                score.missed += 1
                score.misses.append(f"{name}: missed {wanted['quote']!r} ({wanted['claimant']})")
            else:
                score.right += 1
                left.remove(hit)
        extra = [s for s in left if not any(same_value(f, s) for f in (*spare, *repeats(needed)))]
        score.wrong += len(extra)
        score.misses += [f"{name}: extra {s['quote']!r} as {s['measure']} ({s['claimant']})" for s in extra]
    return score


def repeats(needed: Collection[Row]) -> Sequence[Row]:
    """The same figure told twice in one text is told once too often, not wrongly."""
    return list(needed)


def background(labels: Rows, found: Rows) -> Score:
    """Dated happenings told as background; a coarser answer does not count."""
    score = Score()
    for name, label in labels.items():
        left = {(b["start"], b["end"]) for b in found[name]["background"]}
        for wanted in label["background"]:
            start, end = wanted.get("start") or wanted["date"], wanted.get("end") or wanted["date"]
            hits = {span for span in left if start <= span[0] and span[1] <= end}
            left -= hits
            score.right += bool(hits)
            score.missed += not hits
            if not hits:
                score.misses.append(f"{name}: missed {start} – {end}")
        headline = label.get("event_date")
        extra = [span for span in left if headline is None or not span[0] <= headline <= span[1]]
        score.wrong += len(extra)
        score.misses += [f"{name}: extra {span[0]} – {span[1]}" for span in extra]
    return score
