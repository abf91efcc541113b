"""Where the people of a number were harmed, where its sentence limits it to one province: "four in Khost, nine in Paktika".

A number that the text ties to no province, or to several, is of the whole happening.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bot.news.model import HARM, Figure
from bot.news.text.lexicon import Mention, Text
from bot.news.text.words import Span
from bot.news.topics.topic import Topic

LAND = frozenset({"province", "district", "town"})


def placed(figures: Sequence[Figure], text: Text, topic: Topic) -> list[Figure]:
    """The figures, those of the dead and hurt with the province to which their sentence limits them."""
    if not any(figure.measure in HARM for figure in figures):
        return list(figures)
    starts = [span.start for span in text.sentences]
    found: list[Figure] = []
    for at, group in groupby(figures, key=lambda figure: bisect_right(starts, figure.start) - 1):
        here = list(group)
        found += _in(text.sentences[at], here, text, topic) if at >= 0 else here
    return found


def _in(span: Span, figures: list[Figure], text: Text, topic: Topic) -> list[Figure]:
    named = [(m.start, _province(m, topic)) for m in text.within(span) if m.kind in LAND and not m.dateline]
    grounds = {province for _, province in named}
    if not grounds:
        return figures
    if len(grounds) == 1:
        only = grounds.pop()
        seat = only in topic.roles.desks  # where people speak, more often than where they die
        return [f if seat or f.measure not in HARM else replace(f, place=only) for f in figures]
    edges = sorted({_number(figure) for figure in figures if figure.measure in HARM})
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


def _province(mention: Mention, topic: Topic) -> str:
    known = topic.gazetteer.get(mention.name)
    return (known.province if known else "") or mention.name
