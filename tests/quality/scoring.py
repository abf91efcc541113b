"""How right is the judgement? Precision, recall and friends over labelled entries and articles.

Shapes are those of replay and inspect. A label's figures may be `optional` (neither needed nor wrong)
and may name other acceptable claimants in `claimant_alt`; a label may name other acceptable types in `type_alt`.
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
    return said in (label[name], *label.get(f"{name}_alt", ()))


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
PEOPLE = {  # of one country: what a report calls them differs, who they are does not
    "afg_civilians": "afg_people",
    "afg_refugees": "afg_people",
    "pak_civilians": "pak_people",
}
COUNTED_THINGS = ("duration", "money", "trucks")
COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "in",
        "and",
        "official",
        "officials",
        "spokesman",
        "spokesperson",
        "ministry",
    ]
)


def same_value(label: Row, said: Row) -> bool:
    if label["measure"] != said["measure"]:
        return False
    if label["low"] is None:
        return bool(said["low"] is None and label["text"].lower() == said["text"].lower())
    return bool((label["low"], label["high"]) == (said["low"], said["high"]))


def same_party(label: Row, said: Row) -> bool:
    if not same_value(label, said):
        return False
    wanted, found = people(label["party"]), people(said["party"])
    if wanted == "unspecified" or label["measure"] in COUNTED_THINGS or wanted == found:
        return True
    return "afg_taliban_and_militants" in (wanted, found) and {wanted, found} <= {
        "afg_taliban_and_militants",
        "afg_taliban_forces",
        "militants",
    }


def people(party: str) -> str:
    return PEOPLE.get(party, party)


def same_claimant(label: Row, said: Row) -> bool:
    accepted = (label["claimant"], *label.get("claimant_alt", ()))
    return same_party(label, said) and any(same_source(name, said["claimant"]) for name in accepted)


def same_source(one: str, other: str) -> bool:
    """
    >>> same_source("Paktika hospital official", "a hospital official"), same_source("ISPR", "UNAMA")
    (True, False)
    >>> same_source("unattributed", "Reuters")
    False
    """
    if one.lower() == other.lower():
        return True
    if "unattributed" in (one, other):
        return False
    first, second = set(one.lower().split()) - COMMON, set(other.lower().split()) - COMMON
    return bool(first and second and (first <= second or second <= first))


LEVELS: dict[str, tuple[Same, tuple[str, ...]]] = {
    "value + measure": (same_value, ()),
    "+ party": (same_party, ("party",)),
    "+ claimant": (same_claimant, ("party", "claimant")),
}


def figures(labels: Rows, found: Rows, level: str) -> Score:
    """Each needed figure once; a figure said that fits no label at this level is wrong."""
    same, also = LEVELS[level]
    score = Score()
    for name, label in labels.items():
        said = distinct(found[name]["figures"], also)
        wanted = distinct([f for f in label["figures"] if not f.get("optional")], also)
        spare = [f for f in label["figures"] if f.get("optional")]
        partner = matched(wanted, said, same)
        extra = [
            one
            for n, one in enumerate(said)
            if n not in partner.values() and not any(same_value(f, one) for f in spare)
        ]
        score.right += len(partner)
        score.wrong += len(extra)
        score.missed += len(wanted) - len(partner)
        lost = [f for n, f in enumerate(wanted) if n not in partner]
        score.misses += [f"{name}: missed {told(f)}" for f in lost]
        score.misses += [f"{name}: extra {told(f)}" for f in extra]
    return score


def details(labels: Rows, found: Rows, name: str) -> Score:
    """How often a qualifier or scope is right, among the figures found with value and measure."""
    score = Score()
    for entry, label in labels.items():
        wanted, said = distinct(label["figures"], ()), distinct(found[entry]["figures"], ())
        for one, other in matched(wanted, said, same_value).items():
            if said[other][name] == wanted[one][name]:
                score.right += 1
            else:
                score.missed += 1
                score.misses.append(
                    f"{entry}: {told(wanted[one])}: {wanted[one][name]} ≠ {said[other][name]}"
                )
    return score


def told(one: Row) -> str:
    return f"{one['quote']!r} as {one['measure']} of {one['party']} ({one['claimant']})"


def distinct(figures: Iterable[Row], also: Collection[str]) -> list[Row]:
    """The same figure told twice in one text is one figure."""
    kept: dict[Hashable, Row] = {}
    for one in figures:
        value = (one["low"], one["high"]) if one["low"] is not None else one["text"].lower()
        parts = [people(one[k]) if k == "party" else one[k] for k in also]
        kept.setdefault((value, one["measure"], *parts), one)
    return list(kept.values())


def matched(wanted: Sequence[Row], said: Sequence[Row], same: Same) -> dict[int, int]:
    """The largest pairing of labels with figures said."""
    fits = [[n for n, one in enumerate(said) if same(label, one)] for label in wanted]
    holder: dict[int, int] = {}

    def place(label: int, tried: set[int]) -> bool:
        for one in fits[label]:
            if one not in tried:
                tried.add(one)
                if one not in holder or place(holder[one], tried):
                    holder[one] = label
                    return True
        return False

    for label in range(len(wanted)):
        place(label, set())
    return {label: one for one, label in holder.items()}


def background(labels: Rows, found: Rows) -> Score:
    """Dated happenings told as background; a coarser answer does not count, the news itself is no error."""
    score = Score()
    for name, label in labels.items():
        left = {(b["start"], b["end"]) for b in found[name]["background"]}
        spare = [span(label["headline"]), (label["published"][:10],) * 2]
        spare += [span(one) for one in label["background"] if one.get("optional")]
        # days first: spans and months take what they leave
        wanted = {span(one) for one in label["background"] if not one.get("optional")}
        for start, end in sorted(wanted, key=lambda days: (days[0] != days[1], -len(days[0]))):
            hits = {one for one in left if start <= one[0] and one[1] <= end}
            left -= hits
            score.right += bool(hits)
            score.missed += not hits
            if not hits:
                score.misses.append(f"{name}: missed {start} – {end}")
        extra = [one for one in sorted(left) if not any(s <= one[0] and one[1] <= e for s, e in spare)]
        score.wrong += len(extra)
        score.misses += [f"{name}: extra {start} – {end}" for start, end in extra]
    return score


def span(row: Row) -> tuple[str, str]:
    """The days of a label, as bounds between which days sort: a month ends with its 31st.

    >>> span({"date": "2025-10-19"}), span({"event_date": "2025-10-11", "event_date_end": "2025-10-12"})
    (('2025-10-19', '2025-10-19'), ('2025-10-11', '2025-10-12'))
    >>> span({"date": "2025-11"})
    ('2025-11', '2025-11-31')
    """
    start = row.get("start") or row.get("date") or row.get("event_date") or ""
    end = row.get("end") or row.get("event_date_end") or start
    return start, end + "-12-31"[len(end) - 4 :] if end else end
