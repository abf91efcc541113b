"""How well a place fits a kind of happening, and how places are written."""

from __future__ import annotations

from bot.news.model import Document, Where
from bot.news.text.lexicon import NATIONS, Text
from bot.news.text.words import word_set
from bot.news.topics.topic import Place, Topic

ASIDE = word_set(  # behind these stands the cause of the news, or what is only spoken of
    "after aftermath following follows followed over amid despite since because as against pending behind tied linked suspected "
    "answered answering avenge avenged avenging if unless planned planning planner plotted plotting plot "
    "discuss discusses discussed discussing wanted"
)
ANSWER = word_set(
    "reply response retaliation retribution revenge reprisal answer"
)  # "in reply to the strikes"
MAKERS = word_set(
    "mastermind masterminds planner planners architect facilitator facilitators perpetrator perpetrators suspect suspects"
)
STRUCK = ("air_strike", "attack", "operation")  # told even where it is the cause of the news
TARGET: dict[str, dict[str, float]] = {  # by type: how well a side or a kind of place fits
    "air_strike": {"AF": 2.0, "PK": 0.0, "border": 0.8, "venue": 0.1, "capital": 0.6},
    "attack": {"PK": 1.6, "AF": 0.7, "venue": 0.1, "capital": 0.7},
    "operation": {"PK": 1.2, "AF": 1.2, "venue": 0.1, "capital": 0.6},
    "border_clash": {"border": 2.0, "venue": 0.1, "capital": 0.2},
    "talks": {"venue": 3.0, "capital": 1.5, "PK": 0.2, "AF": 0.2, "border": 0.4},
    "ceasefire": {"venue": 3.0, "capital": 1.0, "PK": 0.2, "AF": 0.2, "border": 0.4},
    "diplomacy": {"capital": 3.0, "venue": 2.0, "PK": 0.2, "AF": 0.2, "border": 0.5},
    "multilateral": {"venue": 3.0, "capital": 1.2, "PK": 0.1, "AF": 0.1, "border": 0.1},
    "statement": {"capital": 1.2, "venue": 0.3},
    "handover": {"border": 3.0, "capital": 0.5, "venue": 0.3, "PK": 0.3, "AF": 0.3},
    "crossing": {"border": 3.0, "venue": 0.1, "capital": 0.3},
    "returns": {"border": 2.0, "PK": 0.6, "AF": 0.4, "venue": 0.1},
    "trade": {"border": 0.8, "capital": 1.5, "PK": 0.4, "AF": 0.4, "venue": 0.5},
}


def fit(place: Place, type: str | None) -> float:
    fits = TARGET.get(type or "", {})
    if place.capital:
        return fits.get("capital", 1.0) if fits.get(place.country) != 0 else 0.0
    if place.kind == "venue":
        return fits.get("venue", 0.4)
    return fits.get(place.country, 1.0)


def is_on_line(text: Text, document: Document) -> bool:
    """Whether a text shows the border or both sides, its publisher's included: "a battle over fees" shows neither."""
    sides = {m.side for m in text.mentions if m.weight > 0 and not m.dateline} | {document.side}
    return "border" in sides or sides >= NATIONS


def whole(side: str, topic: Topic) -> list[Place]:
    """The country of a side."""
    return [p for p in topic.places if p.kind == "country" and p.country == side]


def labelled(places: list[Place], because: str, *, guessed: bool = False) -> Where:
    """Names from the smallest up, and a label that groups by what they lie in: "Urgun; Barmal, Paktika".

    A gate is one place: by the end that the news is told of, the other in brackets, "Chaman (Spin Boldak)".
    """
    names = [*(p.name for p in places), *(n for p in places for n in (p.district, p.province) if n)]
    within = (() if p.kind == "crossing" else (p.district, p.province) for p in places)
    around = [
        next((w for w in wider if w and w != p.name), "") for p, wider in zip(places, within, strict=True)
    ]
    labels: list[str] = []
    for at, place in enumerate(places):
        outer = "" if around[at] in around[at + 1 :] else around[at]
        gate = at > 0 and places[at - 1].across == place.name
        if gate:
            labels[-1] = f"{labels[-1]} ({place.name})"
        else:
            labels.append(f"{place.name}, {outer}" if outer else place.name)
    return Where(tuple(dict.fromkeys(names)), "; ".join(dict.fromkeys(labels)), because, guessed)
