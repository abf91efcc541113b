"""Who speaks and whose it is, in the order of English."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.glosses.pieces import COUNTED, JOINED, NEAR, QUALIFIERS, VOICES, Piece, Pieces


def voices(found: Pieces) -> Pieces:
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


def elided(found: Pieces) -> Pieces:
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


def owners(found: Pieces) -> Pieces:
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


def clauses(found: Pieces) -> Pieces:
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
