"""Who is counted: the side and kind of the people behind a number, from what the text says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.news.figures.measures import THING_HEADS, Bound, Sentence
from bot.news.figures.phrases import Phrase
from bot.news.model import Party
from bot.news.text import Mention

SIDES = frozenset(("PK", "AF"))
BY_SIDE: dict[str, dict[str, Party]] = {
    "security": {"PK": "pak_security_forces", "AF": "afg_taliban_forces", "": "unspecified"},
    "civilians": {"PK": "pak_civilians", "AF": "afg_civilians", "": "unspecified"},
    "people": {"PK": "pak_people", "AF": "afg_people", "": "unspecified"},
    "commander": {"PK": "unspecified", "AF": "unspecified", "": "unspecified"},
}
MOVES = frozenset(("returned", "deported"))
REACH = 140  # characters after a number in which a place still says where


@dataclass(slots=True)
class Surroundings:
    """The names around a sentence: in it, before it, and in the whole text."""

    mentions: tuple[Mention, ...]  # of the text
    start: int  # of the sentence
    end: int

    def between(self, start: int, end: int) -> list[Mention]:
        return [m for m in self.mentions if start <= m.start < end]


def party_of(
    bound: Bound, sentence: Sentence, around: Surroundings, previous: Party, speaker_side: str
) -> Party:
    """The party of a bound number; "unspecified" where nothing in the text says it."""
    phrase = bound.phrase
    if bound.measure in THING_HEADS:
        return _owner(bound, sentence, around)
    kinds = _kinds(phrase, sentence)
    if "taliban" in kinds and kinds & {"militants", "militant_strength"}:
        return "afg_taliban_and_militants"
    named = _named_side(phrase, sentence, around)
    if "foreign" in kinds or named == "other":
        return "foreign_nationals"
    if kinds & {"militants", "militant_strength"}:
        return "militants"
    if "taliban" in kinds:
        return "afg_taliban_forces"
    if bound.measure in MOVES or "refugees" in kinds:
        return "afg_refugees" if named != "PK" else "pak_people"
    kind = next((k for k in ("security", "civilians", "people", "commander") if k in kinds), "")
    if _is_rest(phrase) and previous != "unspecified":
        return previous
    if not kind and phrase.head not in ("", "unknown"):
        return "unspecified"
    side = named or _side_from_words(phrase, sentence, around, kind, speaker_side)
    among = _among(phrase, sentence)
    return BY_SIDE[among or kind or "people"][side]


def _is_rest(phrase: Phrase) -> bool:
    """ "16 others", "six more", "of them": the same people as the number before."""
    return (
        phrase.noun == "others"
        or phrase.partitive in ("them", "whom", "these", "those")
        or (
            phrase.head in ("", "people")
            and ((phrase.quantity.additional and not phrase.noun) or phrase.head == "")
        )
    )


def _kinds(phrase: Phrase, sentence: Sentence) -> set[str]:
    units = sentence.units[phrase.at : phrase.tail]
    kinds = {t.partition(".")[2] for u in units for t in u.tags if t.startswith("people.")}
    if kinds & {"security", "militants", "taliban", "civilians", "refugees", "foreign"}:
        kinds.discard("people")
    if "taliban" in kinds and phrase.noun.endswith(
        ("fighters", "fighter", "militants", "insurgents", "gunmen")
    ):
        kinds -= {"militants"} if not any(u.low in ("and", "&") for u in units) else set()
    if "security" in kinds and phrase.head == "civilians":
        kinds.discard("security")
    if "militants" in kinds and phrase.head in ("civilians", "security", "people"):
        kinds.discard("militants")
    return kinds


def _among(phrase: Phrase, sentence: Sentence) -> str:
    """ "32 deaths among the security forces", "losses among civilians"."""
    for at in range(phrase.last, min(len(sentence.units), phrase.last + 3)):
        if sentence.low(at) in ("among", "of", "in"):
            for k in range(at + 1, min(len(sentence.units), at + 5)):
                kind = sentence.units[k].within("people")
                if kind in ("security", "civilians"):
                    return kind
    return ""


def _side(mention: Mention) -> str:
    if mention.side in SIDES:
        return mention.side
    return (
        "other" if mention.kind == "demonym" and mention.side not in ("border", "none", "militants") else ""
    )


def _named_side(phrase: Phrase, sentence: Sentence, around: Surroundings) -> str:
    """The nationality inside the counted noun itself, or in the "among …" after it."""
    end = sentence.units[phrase.tail - 1].end if phrase.tail > phrase.at else phrase.quantity.end
    for mention in around.between(phrase.quantity.start, end):
        if _side(mention):
            return _side(mention)
    after = sentence.units[phrase.last : phrase.last + 5]
    for index, unit in enumerate(after):
        if unit.low == "among" and index <= 2:
            for mention in around.between(unit.start, unit.end + 40):
                if mention.kind == "demonym" and _side(mention):
                    return _side(mention)
    return ""


def _side_from_words(
    phrase: Phrase, sentence: Sentence, around: Surroundings, kind: str, speaker_side: str
) -> str:
    start = phrase.quantity.start
    if phrase.quantity.owner or _own(phrase, sentence):
        if speaker_side in SIDES:
            return speaker_side
        actors = [m.side for m in around.between(around.start, start) if m.side in SIDES]
        return actors[-1] if actors else ""
    if kind == "security":
        return _security_side(sentence, around, start, speaker_side)
    return _place_side(around, start)


def _own(phrase: Phrase, sentence: Sentence) -> bool:
    return any(
        u.low in ("own", "its", "their", "our") for u in sentence.units[max(0, phrase.at - 2) : phrase.tail]
    )


def _security_side(sentence: Sentence, around: Surroundings, start: int, speaker_side: str) -> str:
    """Soldiers nobody calls Afghan or Pakistani: by the nearest people or place named, not by who speaks."""
    named = [
        m
        for m in around.between(around.start, start)
        if m.side in SIDES and (m.kind == "demonym" or m.is_place) and not m.dateline
    ]
    if named:
        return named[-1].side
    place = _place_side(around, start)
    if place:
        return place
    return "PK" if any(m.side == "PK" for m in around.mentions) else ""


def _place_side(around: Surroundings, start: int) -> str:
    """The country of the nearest place that the text names: after, before, earlier, anywhere."""
    after = _places(around.between(start, min(around.end, start + REACH)))
    before = _places(around.between(around.start, start))
    if after or before:
        nearest = [*(m.side for m in before[-1:])] or [after[0].side]
        if after and before and after[0].start - start < 60:
            nearest = [after[0].side]
        return nearest[0]
    earlier = _places([m for m in around.mentions if m.start < around.start])
    if earlier:
        return earlier[-1].side
    sides = {m.side for m in _places(around.mentions)}
    return sides.pop() if len(sides) == 1 else ""


def _places(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m.is_place and m.side in SIDES and not m.dateline]


def _owner(bound: Bound, sentence: Sentence, around: Surroundings) -> Party:
    """Whose posts, drones or camps: named in the noun, or the opposite of who took them."""
    phrase = bound.phrase
    if bound.measure in ("trucks", "attacks", "strikes"):
        return "unspecified"
    words = sentence.units[phrase.at : phrase.tail]
    if bound.measure == "camps" or any(u.has("people.militants") for u in words):
        return "militants"
    if any(u.has("people.taliban") for u in words):
        return "afg_taliban_forces"
    side = next((m.side for m in around.between(words[0].start, words[-1].end) if m.side in SIDES), "")
    if not side and bound.rule in ("active", "doing", "listed") and bound.verb > 0:
        actors = [
            m.side
            for m in around.between(around.start, sentence.units[bound.verb].start)
            if m.side in SIDES and not m.is_place
        ]
        side = {"PK": "AF", "AF": "PK"}.get(actors[-1], "") if actors else ""
    return BY_SIDE["security"][side]
