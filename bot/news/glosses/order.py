"""The order of English: what other languages say elsewhere is moved to where it says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.news.glosses.pieces import JOINED, Piece
from bot.news.glosses.table import Glossary

TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
OF_THEM = ("million", "billion", "about a", "a ")
COUNTED = ("noun", "name")
VOICES = (*COUNTED, "adjective", "person")
DESCRIBING = ("adjective", "")  # what may stand between a number and whom it counts
NOTHING = "-"  # an ending that English leaves out
RULERS = "Taliban"  # the name that is an adjective, too
OWN = ("its", "their", "of its", "of its own", "affiliated")
QUALIFIERS = ("at least", "more than", "nearly", "about", "up to", "another", "a")
PREPOSITIONS = (
    "in",
    "on",
    "at",
    "near",
    "from",
    "of",
    "by",
    "with",
    "between",
    "after",
    "before",
    "for",
    "to",
    "during",
    "since",
)
YEAR = re.compile(r"(?:19|20)\d\d")
NEAR = 4  # words between a number and whom it counts
FAR = 6  # where they are several
LONGEST = 150  # pieces of a sentence
Pieces = list[Piece]


def in_order(found: Pieces, glossary: Glossary) -> Pieces:
    """The pieces of one sentence in the order of English; what no newsroom would write stays as it is."""
    if len(found) > LONGEST:
        return found
    steps: list[Callable[[Pieces], Pieces]] = [_numbers, _days, _years, _endings, _behind]
    if glossary.adjectives_behind:
        steps.append(_adjectives)
    steps += [_participles, _verbs_first]
    if glossary.verbs_last:
        steps.append(_verbs)
    steps += [_voices, _elided]
    if glossary.of_unsaid:
        steps.append(_owners)
    steps.append(_clauses)
    for step in steps:
        found = step(found)
    return found


def _numbers(found: Pieces) -> Pieces:
    """ "Vingt et un", "двадцать три": one number."""
    out: Pieces = []
    at = 0
    while at < len(found):
        piece, last = found[at], at
        if piece.english in TENS:
            last += 1 + (at + 1 < len(found) and found[at + 1].english == "and")
            if last < len(found) and found[last].english in ONES and found[last].follows:
                piece = piece._replace(english=f"{piece.english}-{found[last].english}", end=found[last].end)
            else:
                last = at
        out.append(piece)
        at = last + 1
        if piece.part == "number" and piece.english.startswith(OF_THEM) and at < len(found):
            at += found[at].english == "of"  # "1,2 millones DE afganos", "une centaine DE personnes"
    return out


def _days(found: Pieces) -> Pieces:
    """ "12. Oktober", "12 de octubre", "12 октября": October 12, which is no number of anything."""
    out = list(found)
    for at in range(len(out) - 1):
        day, month = out[at], out[at + 1]
        if day.part == "number" and month.part == "month" and month.gap.strip(" .\u00a0") == "":
            out[at : at + 2] = month._replace(gap=day.gap), day._replace(gap=" ", part="day")
        elif at > 0 and (day.part, month.part) == ("number", "time") and out[at - 1].english == "since":
            out[at - 1] = out[at - 1]._replace(english="for")  # "depuis douze jours"
    return out


def _years(found: Pieces) -> Pieces:
    """ "2009 verletzt": hurt in 2009, not 2,009 hurt."""
    out = list(found)
    for at, piece in enumerate(out):
        if piece.part == "number" and YEAR.fullmatch(piece.english):
            before, after = out[at - 1] if at else None, out[at + 1] if at + 1 < len(out) else None
            counts = after and after.follows and after.part in (*COUNTED, "adjective", "number", "time")
            if not counts:
                told = before and (before.english in PREPOSITIONS or before.part in ("day", "month"))
                out[at] = piece._replace(part="day", english=piece.english if told else f"in {piece.english}")
    return out


def _endings(found: Pieces) -> Pieces:
    """ "Kabil'de": in Kabul."""
    out: Pieces = []
    for piece in found:
        if piece.part == "ending":
            if out and piece.english != NOTHING and out[-1].part != "number":
                out[-1:] = [piece._replace(gap=out[-1].gap, part="word"), out[-1]._replace(gap=" ")]
        else:
            out.append(piece)
    return out


def _behind(found: Pieces) -> Pieces:
    """ "20'den fazla", "25 gün sonra": more than 20, after 25 days."""
    out: Pieces = []
    for piece in found:
        near = range(len(out) - 1, max(-1, len(out) - NEAR), -1)
        number = next((k for k in near if out[k].part == "number"), None) if piece.part == "behind" else None
        if number is None:
            out.append(piece)
        else:
            out[number:] = [
                piece._replace(gap=out[number].gap),
                out[number]._replace(gap=" "),
                *out[number + 1 :],
            ]
    return out


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


def _voices(found: Pieces) -> Pieces:
    """ "X, … olduğunu açıkladı", "X'e göre": the word that makes a speaker of X before X, who stands beside it or opens the sentence."""
    out = list(found)
    for at, piece in enumerate(found):
        if piece.part not in ("voice_before", "say_last"):
            continue
        opens = out[0].part in VOICES
        beside = _beside(out, at) if piece.part == "voice_before" or not opens else None
        first = 0 if beside is None and opens else beside
        if first is None:
            continue  # nobody known speaks
        moved, speaker = piece._replace(part="say", gap=" "), out[first]
        if piece.part == "say_last":
            last = next((k for k in range(1, at) if out[k].part not in VOICES or not out[k].follows), at)
            out[last : at + 1] = [moved, *(p._replace(gap=" ") if p.gap == ", " else p for p in out[last:at])]
            continue
        out[first : at + 1] = [
            moved._replace(gap=speaker.gap),
            speaker._replace(gap=" "),
            *out[first + 1 : at],
        ]
        if beside is not None and at + 1 < len(out) and out[at + 1].follows:
            out[at + 1] = out[at + 1]._replace(gap=", ")
    return [piece for piece in out if piece.part not in ("voice_before",)]


def _beside(found: Sequence[Piece], at: int) -> int | None:
    """Where a speaker begins who stands right before a word."""
    first = at
    while first and found[first - 1].part in VOICES and found[first].follows:
        first -= 1
    return first if first < at else None


def _elided(found: Pieces) -> Pieces:
    """ "Kabul habló de cinco muertos; Islamabad, DE tres": whoever tells of a number with no word for it."""
    out = list(found)
    at = 1
    while at < len(out) - 2 and out[at].part in VOICES and out[at].follows:
        at += 1
    tells = at < len(out) - 1 and out[at].english == "of" and out[at].gap.strip() == ","
    if (
        tells
        and out[0].part in VOICES
        and (out[at + 1].part == "number" or out[at + 1].english in QUALIFIERS)
    ):
        out[at] = out[at]._replace(english="reported", gap=" ", part="say")
    return out


def _owners(found: Pieces) -> Pieces:
    """ "Представитель пакистанской армии", "армия Пакистана": whose it is told by an ending, in English by what comes first."""
    out: Pieces = []
    at = 0
    while at < len(found):
        owned: list[Pieces] = []
        while len(owned) < NEAR and (group := _group(found, at)) and (not owned or group[0].follows):
            owned.append(group)
            at += len(group)
            if group[-1].part == "name":
                break
        if not owned:
            owned, at = [[found[at]]], at + 1
        gap = owned[0][0].gap
        chain = [piece for group in reversed(owned) for piece in group]
        if len(owned) > 1:
            owned[0][0] = owned[0][0]._replace(gap=" ")
            chain = [piece for group in reversed(owned) for piece in group]
            chain[0] = chain[0]._replace(gap=gap)
        out += chain
    return out


def _group(found: Sequence[Piece], at: int) -> Pieces:
    """A noun with its adjectives and what is joined to it, or a name alone; nothing where something else stands."""
    last = at
    while last < len(found) and found[last].part == "adjective" and (last == at or found[last].follows):
        last += 1
    while last + 1 < len(found) and found[last + 1].gap == JOINED and found[last].part in COUNTED:
        last += 1
    whole = last < len(found) and found[last].part in COUNTED and (last == at or found[last].follows)
    return list(found[at : last + 1]) if whole else []


def _clauses(found: Pieces) -> Pieces:
    """ "…, Исламабад признал гибель пяти": whoever says something more begins a clause of their own."""
    out = list(found)
    for at in range(1, len(out) - 2):
        says = at + 1
        while says < len(out) - 1 and out[says].part in VOICES and out[says].follows:
            says += 1
        spoken = out[says].part == "say" and out[says].follows and says < len(out) - 1
        if spoken and out[at].part in VOICES and out[at].gap.strip() == ",":
            out[at] = out[at]._replace(gap="; ")
    return out
