"""The two countries, out of their rows: what each is called, its people, its government and its capital."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.news.model import Side
from bot.news.topics.rows import TopicError
from bot.news.topics.topic import Actor, Nation, Place

ORDER: tuple[Side, ...] = ("PK", "AF")
Row = TypeVar("Row", Actor, Place)


def nations(actors: Sequence[Actor], places: Sequence[Place]) -> dict[str, Nation]:
    """Both countries by their side. Raises TopicError where a row is missing, or two claim to be it."""
    strange = next((p for p in places if p.capital and p.country not in ORDER), None)
    if strange is not None:
        raise TopicError(f"places: {strange.name}: capital is for towns of {' and '.join(ORDER)}")
    return {side: _nation(side, actors, places) for side in ORDER}


def _nation(side: Side, actors: Iterable[Actor], places: Sequence[Place]) -> Nation:
    lands = (p for p in places if p.kind == "country" and p.country == side)
    country = _only(lands, side, "places", "country")
    state = _only((a for a in actors if a.kind == "state" and a.side == side), side, "actors", "state")
    capital = _only((p for p in places if p.capital and p.country == side), side, "places", "capital")
    if not country.demonyms:
        raise TopicError(f"places: {country.name}: demonyms must begin with what its people are called")
    return Nation(country.name, country.demonyms[0], state.name, capital.name)


def _only(rows: Iterable[Row], side: Side, file: str, what: str) -> Row:
    found = list(rows)
    if len(found) != 1:
        named = ", ".join(row.name for row in found) or "none"
        raise TopicError(f"{file}: {side} needs one {what}, and has {named}")
    return found[0]
