"""The order of English: what other languages say elsewhere is moved to where it says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.news.glosses import counting, speaking
from bot.news.glosses.pieces import COUNTED, NEAR, PREPOSITIONS, QUALIFIERS, Piece, Pieces
from bot.news.glosses.table import Glossary

DESCRIBING = ("adjective", "")  # what may stand between a number and whom it counts
RULERS = "Taliban"  # the name that is an adjective, too
OWN = ("its", "their", "of its", "of its own", "affiliated")
FAR = 6  # where they are several
LONGEST = 150  # pieces of a sentence


def in_order(found: Pieces, glossary: Glossary) -> Pieces:
    """The pieces of one sentence in the order of English; what no newsroom would write stays as it is."""
    if len(found) > LONGEST:
        return found
    steps: list[Callable[[Pieces], Pieces]] = [
        counting.numbers,
        counting.days,
        counting.years,
        counting.endings,
        counting.behind,
    ]
    if glossary.adjectives_behind:
        steps.append(_adjectives)
    steps += [_participles, _verbs_first]
    if glossary.verbs_last:
        steps.append(_verbs)
    steps += [speaking.voices, speaking.elided]
    if glossary.of_unsaid:
        steps.append(speaking.owners)
    steps.append(speaking.clauses)
    for step in steps:
        found = step(found)
    return found


def _adjectives(found: Pieces) -> Pieces:
    """ "Soldats pakistanais", "gouvernement taliban": the adjective before its noun."""
    out = list(found)
    for at in range(len(out) - 1):
        noun, adjective = out[at], out[at + 1]
        describes = adjective.part == "adjective" or adjective.english == RULERS
        if noun.part == "noun" and describes and adjective.follows:
            out[at : at + 2] = adjective._replace(gap=noun.gap), noun._replace(gap=" ")
    return [_people(out, at) for at in range(len(out))]


def _people(found: Pieces, at: int) -> Piece:
    """ "Doce afganos": an adjective that is counted, and has no noun, is a people."""
    piece = found[at]
    counted = at and found[at - 1].part == "number" and piece.part == "adjective" and piece.follows
    bare = (
        at + 1 == len(found) or found[at + 1].part not in ("noun", "adjective") or not found[at + 1].follows
    )
    return piece._replace(english=f"{piece.english}s", part="noun") if counted and bare else piece


def _participles(found: Pieces) -> Pieces:
    """ "27 killed Pakistani soldiers": 27 Pakistani soldiers killed."""
    out = list(found)
    for at in range(1, len(out)):
        if out[at].part == "participle" and out[at - 1].part == "number" and out[at].follows:
            noun = _noun(out, at + 1)
            if noun is not None:
                moved = out[at]
                out[at : noun + 1] = [*out[at + 1 : noun + 1], moved._replace(gap=" ")]
    return out


def _verbs_first(found: Pieces) -> Pieces:
    """ "Im Oktober starben in Kunar mindestens 31 Zivilisten": in October in Kunar killed at least 31 civilians."""
    out = list(found)
    for at, piece in enumerate(found):
        if piece.part != "happened" or any(p.part == "number" for p in _clause_before(found, at)):
            continue
        to = at + 1
        while (
            to < min(len(out), at + FAR)
            and out[to].part in ("word", "name", "adjective", "")
            and _goes_on(out[to])
        ):
            to += 1
        counts = to < len(out) - 1 and out[to].part == "number" and _goes_on(out[to])
        counts = counts and out[to + 1].part != "time"
        while counts and out[to - 1].english in QUALIFIERS:
            to -= 1
        if counts and to > at + 1 and out[to].english != "a" and out[to - 1].english not in PREPOSITIONS:
            out[at:to] = [out[at + 1]._replace(gap=piece.gap), *out[at + 2 : to], piece._replace(gap=" ")]
    return out


def _clause_before(found: Sequence[Piece], at: int) -> Sequence[Piece]:
    """What stands before a piece in its clause."""
    first = next((k for k in range(at, 0, -1) if not _goes_on(found[k]) or found[k].english == "and"), 0)
    return found[first:at]


def _goes_on(piece: Piece) -> bool:
    """Whether no mark parts a piece from the one before it."""
    return not piece.gap.strip(' \u00a0-“"')


def _verbs(found: Pieces) -> Pieces:
    """ "50 civilians in Kunar killed": 50 civilians killed in Kunar."""
    out = list(found)
    for at, piece in enumerate(out):
        if piece.part != "happened":
            continue
        for counted in range(at - 1, 0, -1):
            if out[counted].part in ("number", "happened", "participle") or "," in out[counted + 1].gap:
                break
            if out[counted].part == "time" and out[counted - 1].part == "number":
                out = _after_time(out, counted - 1, at)
                break
            if out[counted].part == "noun" and _is_counted(out, counted):
                out[counted + 1 : at + 1] = [piece._replace(gap=" "), *out[counted + 1 : at]]
                break
    return out


def _after_time(found: Pieces, number: int, verb: int) -> Pieces:
    """ "After 25 days Torkham reopened": Torkham reopened after 25 days."""
    first = number - (number > 0 and found[number - 1].english in PREPOSITIONS)
    span, happened = list(found[first : number + 2]), found[verb]
    between = found[number + 2 : verb]
    if first == number:
        happened = happened._replace(english=f"{happened.english} for")
    gap = span[0].gap
    span[0] = span[0]._replace(gap=" ")
    moved = [*between, happened._replace(gap=" "), *span]
    moved[0] = moved[0]._replace(gap=gap)
    return [*found[:first], *moved, *found[verb + 1 :]]


def _is_counted(found: Sequence[Piece], noun: int) -> bool:
    """Whether a number stands before a noun, with nothing between them but what describes it."""
    for at in range(noun, max(0, noun - NEAR), -1):
        before = found[at - 1]
        if before.part == "number":
            return found[at].follows
        if before.part not in ("adjective", "name", "noun") or not found[at].follows:
            return False
    return False


def _noun(found: Sequence[Piece], first: int) -> int | None:
    """Whom a number counts, behind words that only describe them: the last of "Taliban and affiliated terrorists"."""
    noun = None
    for at in range(first, min(len(found), first + FAR)):
        piece = found[at]
        joins = noun == at - 1 and piece.english == "and"
        if not piece.follows or not (joins or piece.part in (*COUNTED, *DESCRIBING) or piece.english in OWN):
            break
        if piece.part in COUNTED:
            noun = at
    return noun
