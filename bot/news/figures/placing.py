"""Where the people of a number were harmed, where its sentence limits it to one province: "four in Khost, nine in Paktika".

A number that the text ties to no province, or to several, is of the whole happening.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bot.news.model import HARM, UNATTRIBUTED, Figure
from bot.news.text.lexicon import Mention, Text
from bot.news.text.wards import is_ward
from bot.news.text.words import Span
from bot.news.topics.topic import Topic

HARMED_IN = re.compile(
    r"\b(?:killed|dead|died|dying|wounded|injured|hurt)\sin\s(?:the\s)?(?:[\w'’]+\s){0,4}$"
)
OTHERS = frozenset(("other", "others", "more"))  # hurt where those were who were counted before
LAND = frozenset({"province", "district", "town"})


def placed(figures: Sequence[Figure], text: Text, topic: Topic) -> list[Figure]:
    """The figures, those of the dead and hurt with the province to which their sentence limits them."""
    harm = [figure for figure in figures if figure.measure in HARM]
    starts = [span.start for span in text.sentences] if harm else []
    places: dict[int, str] = {}
    last = ""
    for at, group in groupby(harm, key=lambda figure: bisect_right(starts, figure.start) - 1):
        here = list(group)
        told = _places(text.sentences[at], here, text, topic) if at >= 0 else [""] * len(here)
        for figure, place in zip(here, told or [""] * len(here), strict=True):
            last = places[id(figure)] = place if told else _implied(figure, last, text, topic)
    return [replace(f, place=places[id(f)]) if places.get(id(f)) else f for f in figures]


def _implied(figure: Figure, last: str, text: Text, topic: Topic) -> str:
    """ "Four OTHERS were hurt" where those were who were counted before; a KHOST hospital counts those of Khost."""
    if figure.subset or OTHERS.intersection(figure.noun.lower().split()[:1]):
        return last
    if figure.claimant == UNATTRIBUTED or figure.scope != "incident":
        return ""
    local = (m for m in text.mentions if m.name in figure.claimant and _is_land(m, topic))
    province = next((_province(m, topic) for m in local), "")
    return "" if province in topic.roles.desks else province


def _places(span: Span, figures: list[Figure], text: Text, topic: Topic) -> list[str]:
    """The province of each; nothing where the sentence names none."""
    lands = (m for m in text.within(span) if _is_land(m, topic) and not m.dateline)
    named = [(m.start, _province(m, topic)) for m in lands if not is_ward(text, m)]
    grounds = {province for _, province in named}
    if not grounds:
        return []
    if len(grounds) == 1:  # a capital is where people speak, more often than where they die
        only = grounds.pop()
        return ["" if only in topic.roles.desks else only] * len(figures)
    totals = {_number(figure) for figure in figures if not figure.subset}
    if len(totals) == 1:  # "strikes on Khost and Paktika; nine were KILLED IN Paktika"
        first = totals.pop()
        limits = {place for start, place in named if HARMED_IN.search(text.text, first, start)}
        if len(limits) == 1:
            return [limits.pop()] * len(figures)
    edges = sorted(map(_number, figures))
    ahead = named[0][0] < edges[0] and named[-1][0] < edges[-1]  # "in Khost four, in Paktika nine"
    told = []
    for own in map(_number, figures):
        at = bisect_left(edges, own)
        first = (edges[at - 1] if at else span.start) if ahead else own
        last = own if ahead else edges[at + 1] if at + 1 < len(edges) else span.end
        near = {province for start, province in named if first <= start < last}
        told.append(near.pop() if len(near) == 1 and len(edges) > 1 else "")
    return told


def _number(figure: Figure) -> int:
    """Where the number itself stands: a quote may begin before it."""
    return figure.start + max(0, figure.quote.rfind(figure.text))


def _is_land(mention: Mention, topic: Topic) -> bool:
    """Whether it lies in one country: a gate only where its other half has a name of its own."""
    return mention.kind in LAND or (mention.kind == "crossing" and bool(topic.gazetteer[mention.name].across))


def _province(mention: Mention, topic: Topic) -> str:
    known = topic.gazetteer.get(mention.name)
    return (known.province if known else "") or mention.name
