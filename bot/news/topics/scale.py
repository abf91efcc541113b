"""The scale by which stories are measured: points by type, toll and status words, from significance.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.news.model import EVENT_TYPES, MEASURES, EventType, Level, Measure
from bot.news.text.denying import DENY, DENYING, NEGATION
from bot.news.text.words import fold, word_set
from bot.news.topics.rows import number, numbers, only

Steps = tuple[tuple[float, float], ...]  # from this count on, so many points; ascending

NEAR, FAR = 3, 9  # words that a "no" and a "denied" reach
NEGATING = NEGATION | {"yet"}
UNDOING = (DENY | DENYING) | word_set(
    "refused refuses refusing failed fails failing declined declines declining"
)
ENDING = word_set(
    "as after before but while when although though because despite since amid and who which whose"
)

TABLES = ("levels", "types", "toll", "crowds", "points", "limits", "status", "before")


@dataclass(frozen=True, slots=True)
class Status:
    """Words that change the state of things, and what they are worth."""

    name: str
    points: float
    words: tuple[str, ...]
    near: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    types: frozenset[EventType] = frozenset(EVENT_TYPES)
    of: str = ""  # whose state it is: "truce", "talks"

    def said_in(self, sentence: str) -> bool:
        """Whether a folded sentence, with a space at both ends, says so.

        >>> Status("truce made", 2.5, (" truce ",), (" agreed ",), (" no ",)).said_in(" a truce was agreed ")
        True
        """
        return (
            not any(word in sentence for word in self.without)
            and _holds(sentence, self.words)
            and (not self.near or _holds(sentence, self.near))
        )


def _holds(sentence: str, phrases: tuple[str, ...]) -> bool:
    """Whether a folded sentence says one of some phrases, and does not say that it is not so."""
    for phrase in phrases:
        at = sentence.find(phrase)
        while at >= 0:
            if not is_negated(sentence[:at]):
                return True
            at = sentence.find(phrase, at + 1)
    return False


def is_negated(before: str) -> bool:
    """Whether what stands before words, folded, makes them untrue: "no …", "has not …", "denied that it had …".

    A "no" reaches three words far, who denies or refuses to the end of his clause; "not only" says it all the more.

    >>> [is_negated(text) for text in (" pakistan denied that it has", " dismissing word of a", " signed no", " no casualties as a", " not only a")]
    [True, True, True, False, False]
    """
    for far, word in enumerate(reversed(before.split()[-FAR:])):
        if word == "only" or word in ENDING:
            return False
        if word in UNDOING or (word in NEGATING and far < NEAR):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Scale:
    """Everything that can be tuned about how much a story matters."""

    levels: tuple[tuple[float, Level], ...] = ()  # descending
    types: Mapping[EventType, float] = field(default_factory=dict)
    killed: Steps = ()
    shares: Mapping[str, float] = field(default_factory=dict)  # wounded, casualties, militants, captured
    toll_types: frozenset[str] = frozenset()
    crowds: Mapping[Measure, Steps] = field(default_factory=dict)
    crowd_types: frozenset[str] = frozenset()
    points: Mapping[str, float] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    statuses: tuple[Status, ...] = ()
    before: Mapping[EventType, tuple[EventType, ...]] = field(default_factory=dict)  # what explains what

    def turn(self, text: str, type: EventType | None) -> float:
        """What the heaviest status words of a text are worth: how much it tells that things changed."""
        sentence = f" {fold(text)} "
        fits = (status for status in self.statuses if type in status.types and status.said_in(sentence))
        return max((status.points for status in fits if status.points > 0), default=0.0)

    def level(self, score: float) -> Level:
        return next((level for least, level in self.levels if score >= least), Level.MINOR)


def scale(table: Mapping[str, Any]) -> Scale:
    """The tables of significance.toml, checked; a ValueError names table and key."""
    only(table, TABLES, "significance")
    toll, crowds, before = (dict(table.get(name, {})) for name in ("toll", "crowds", "before"))
    killed, toll_types, crowd_types = toll.pop("killed", {}), toll.pop("types", ()), crowds.pop("types", ())
    levels = numbers(table["levels"], "significance: levels")
    only(levels, [level.word for level in Level], "significance: levels")
    only(crowds, MEASURES, "significance: crowds")
    types, points, limits = (
        numbers(table.get(name, {}), f"significance: {name}") for name in ("types", "points", "limits")
    )
    only(types, EVENT_TYPES, "significance: types")
    for key, explained in before.items():
        only(dict.fromkeys((key, *explained)), EVENT_TYPES, "significance: before")
    return Scale(
        levels=tuple(sorted(((least, Level.of(word)) for word, least in levels.items()), reverse=True)),
        types=types,
        killed=_steps(killed, "toll.killed"),
        toll_types=frozenset(toll_types),
        shares=numbers(toll, "significance: toll"),
        crowd_types=frozenset(crowd_types),
        crowds={key: _steps(value, f"crowds.{key}") for key, value in crowds.items()},
        points=points,
        limits=limits,
        statuses=tuple(_status(row, n) for n, row in enumerate(table.get("status", ()), 1)),
        before={key: tuple(explained) for key, explained in before.items()},
    )


def _status(row: Mapping[str, Any], at: int) -> Status:
    where = f"significance: status {at} ({row.get('name', 'no name')})"
    only(row, ("name", "points", "words", "near", "without", "types", "of"), where)
    only(dict.fromkeys(row.get("types", ())), EVENT_TYPES, where)
    if not row.get("words"):
        raise ValueError(f"{where}: words must hold at least one phrase")
    return Status(
        name=str(row.get("name", "")),
        points=number(row.get("points"), where),
        words=_phrases(row["words"]),
        near=_phrases(row.get("near", ())),
        without=_phrases(row.get("without", ())),
        types=frozenset(row.get("types", EVENT_TYPES)),
        of=str(row.get("of", "")),
    )


def _phrases(words: list[str]) -> tuple[str, ...]:
    return tuple(f" {fold(word)} " for word in words)


def _steps(table: Mapping[str, Any], where: str) -> Steps:
    try:
        return tuple(sorted((float(count), points) for count, points in numbers(table, where).items()))
    except ValueError:
        raise ValueError(f"significance: {where} must map counts to points, such as 10 = 2.0") from None
