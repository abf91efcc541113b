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
from bot.news.text.words import Span
from bot.news.topics.topic import Topic

HARMED_IN = re.compile(
    r"\b(?:killed|dead|died|dying|wounded|injured|hurt)\sin\s(?:the\s)?(?:[\w'’]+\s){0,4}$"
)
OTHERS = frozenset(("other", "others", "more"))  # hurt where those were who were counted before
LAND = frozenset({"province", "district", "town"})


def placed(figures: Sequence[Figure], text: Text, topic: Topic) -> list[Figure]:
    """The figures, those of the dead and hurt with the province to which their sentence limits them."""
    if not any(figure.measure in HARM for figure in figures):
        return list(figures)
    starts = [span.start for span in text.sentences]
    found: list[Figure] = []
    for at, group in groupby(figures, key=lambda figure: bisect_right(starts, figure.start) - 1):
        here = list(group)
        told = _in(text.sentences[at], here, text, topic) if at >= 0 else here
        if told != here:
            found += told
            continue
        for figure in here:
            found.append(_implied(figure, found, text, topic))
    return found


def _implied(figure: Figure, before: Sequence[Figure], text: Text, topic: Topic) -> Figure:
    """ "Four OTHERS were hurt" where those were who were counted before; a KHOST hospital counts those of Khost."""
    if figure.measure not in HARM or figure.place:
        return figure
    if before and (figure.subset or OTHERS.intersection(figure.noun.lower().split()[:1])):
        return replace(figure, place=before[-1].place)
    if figure.claimant == UNATTRIBUTED or figure.scope != "incident":
        return figure
    local = (m for m in text.mentions if m.name in figure.claimant and _is_land(m, topic))
    province = next((_province(m, topic) for m in local), "")
    return figure if province in topic.roles.desks else replace(figure, place=province)


def _in(span: Span, figures: list[Figure], text: Text, topic: Topic) -> list[Figure]:
    named = [
        (m.start, _province(m, topic)) for m in text.within(span) if _is_land(m, topic) and not m.dateline
    ]
    grounds = {province for _, province in named}
    if not grounds:
        return figures
    if len(grounds) == 1:
        only = grounds.pop()
        seat = only in topic.roles.desks  # where people speak, more often than where they die
        return [f if seat or f.measure not in HARM else replace(f, place=only) for f in figures]
    harm = [figure for figure in figures if figure.measure in HARM]
    totals = {_number(figure) for figure in harm if not figure.subset}
    if len(totals) == 1:  # "strikes on Khost and Paktika; nine were KILLED IN Paktika"
        first = totals.pop()
        limits = {place for start, place in named if HARMED_IN.search(text.text, first, start)}
        if len(limits) == 1:
            return [replace(figure, place=min(limits)) if figure in harm else figure for figure in figures]
    edges = sorted(map(_number, harm))
    ahead = (
        bool(edges) and named[0][0] < edges[0] and named[-1][0] < edges[-1]
    )  # "in Khost four, in Paktika nine"
    told = []
    for figure in figures:
        if figure.measure in HARM:
            own = _number(figure)
            at = bisect_left(edges, own)
            first = (edges[at - 1] if at else span.start) if ahead else own
            last = own if ahead else edges[at + 1] if at + 1 < len(edges) else span.end
            near = {province for start, province in named if first <= start < last}
            figure = replace(figure, place=near.pop()) if len(near) == 1 and len(edges) > 1 else figure
        told.append(figure)
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
