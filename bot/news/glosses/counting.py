"""Numbers, days and endings as English has them."""

from __future__ import annotations

import re

from bot.news.glosses.pieces import COUNTED, NEAR, PREPOSITIONS, Pieces

TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
OF_THEM = ("million", "billion", "about a", "a ")  # before "of"
NOTHING = "-"  # an ending that English leaves out
YEAR = re.compile(r"(?:19|20)\d\d")


def numbers(found: Pieces) -> Pieces:
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


def days(found: Pieces) -> Pieces:
    """ "12. Oktober", "12 de octubre", "12 октября": October 12, which is no number of anything."""
    out = list(found)
    for at in range(len(out) - 1):
        day, month = out[at], out[at + 1]
        if day.part == "number" and month.part == "month" and month.gap.strip(" .\u00a0") == "":
            out[at : at + 2] = month._replace(gap=day.gap), day._replace(gap=" ", part="day")
        elif at > 0 and (day.part, month.part) == ("number", "time") and out[at - 1].english == "since":
            out[at - 1] = out[at - 1]._replace(english="for")  # "depuis douze jours"
    return out


def years(found: Pieces) -> Pieces:
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


def endings(found: Pieces) -> Pieces:
    """ "Kabil'de": in Kabul."""
    out: Pieces = []
    for piece in found:
        if piece.part == "ending":
            if out and piece.english != NOTHING and out[-1].part != "number":
                out[-1:] = [piece._replace(gap=out[-1].gap, part="word"), out[-1]._replace(gap=" ")]
        else:
            out.append(piece)
    return out


def behind(found: Pieces) -> Pieces:
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
