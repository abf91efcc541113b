"""Where did it happen? The place that the text ties the happening to, not every place it names.

A dateline says where a reporter sat. A run of places is not a place, nor is where people come from. What
kind of happening it is decides which places can be meant: an air strike hits Afghan districts, talks
have a venue, a protest note is handed over in a capital.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from bot.news import scenes, voices
from bot.news.model import Document, EventType, Where
from bot.news.text import Mention, Span, Text, fold, word_set
from bot.news.topic import Place, Topic
from bot.news.types import ASIDE

CAPITALS = {"PK": "Islamabad", "AF": "Kabul"}
AT = word_set("in at near on outside inside around of across into over along")
HIT = word_set("hit hits struck bombed")
FROM = word_set("from between")
REQUEST = word_set("request requests urging appeal behest intercession درخواست")
TARGET: dict[str, dict[str, float]] = {  # by type: how well a side or a kind of place fits
    "air_strike": {"AF": 2.0, "PK": 0.5, "border": 0.8, "venue": 0.1, "capital": 0.6},
    "attack": {"PK": 1.6, "AF": 0.7, "venue": 0.1, "capital": 0.7},
    "operation": {"PK": 1.2, "AF": 1.2, "venue": 0.1, "capital": 0.6},
    "border_clash": {"border": 2.0, "venue": 0.1, "capital": 0.2},
    "talks": {"venue": 3.0, "capital": 1.5, "PK": 0.2, "AF": 0.2, "border": 0.2},
    "ceasefire": {"venue": 3.0, "capital": 1.0, "PK": 0.2, "AF": 0.2, "border": 0.2},
    "diplomacy": {"capital": 3.0, "venue": 2.0, "PK": 0.2, "AF": 0.2, "border": 0.5},
    "multilateral": {"venue": 3.0, "capital": 0.3, "PK": 0.1, "AF": 0.1, "border": 0.1},
    "statement": {"capital": 1.2, "venue": 0.3},
    "handover": {"border": 3.0, "capital": 0.5, "venue": 0.3},
    "crossing": {"border": 3.0, "venue": 0.1, "capital": 0.3},
    "returns": {"border": 2.0, "PK": 0.6, "AF": 0.4, "venue": 0.1},
    "trade": {"border": 0.8, "capital": 1.5, "PK": 0.4, "AF": 0.4, "venue": 0.5},
}
LEAST = {"trade": 1.8, "returns": 1.2, "border_clash": 1.1, "diplomacy": 1.0, "ceasefire": 1.0, "talks": 1.0}
FOUGHT = ("air_strike", "attack", "operation")  # told even where it is the cause of the news
MISSION = word_set("diplomat envoy ambassador embassy mission charge consul consulate")
ASKED = 9  # words between "at the request of" and the last who asked
ACTING = voices.SPEAKERS | word_set("government army police forces troops envoy cabinet parliament regime")
SPOKEN = ("statement", "political")
SETTLED = ("talks", "ceasefire", "diplomacy", "statement", "multilateral", "trade", "returns")
GROUND = {"air_strike": "AF", "attack": "PK"}  # whose ground such a thing hits
LINE_YIELDS = 0.4  # share of the line's points from which a district is the place
BESIDE = 3  # words from one capital to the other, named together
MEDIATORS = 2  # countries of which the first may be the host
ANNOUNCED = ("trade", "statement", "diplomacy", "political", "ceasefire", "arrest")  # fallback: whose capital


class Candidate(NamedTuple):
    place: Place
    points: float


def where(document: Document, topic: Topic, type: EventType | None) -> Where:
    """The place or places of a text's happening, most specific first."""
    text = topic.lexicon.read(document.text)
    role = _role(text, type)
    found = _candidates(text, document.title_end, role, topic)
    if type == "multilateral" and any(m.side == "UN" for m in text.mentions):
        venue = next((c.place for c in found if c.place.kind == "venue" and c.points > 1.5), None)
        return _where([venue or topic.gazetteer["New York"]], "where the UN Security Council sits")
    if type == "returns" and _counted(text, document.title_end):
        return _country("PK", topic, "an agency's count of all crossings")
    if type == "border_clash":
        found = _without_line(found)
    if not found or not _enough(found[0], role):
        return _fallback(text, document, type, topic)
    best = found[0]
    if type == "border_clash" and (_many(found, 0.3) or _along(text)):
        return _where([topic.gazetteer["Durand Line"]], "fighting in several places along the border")
    if type in ("humanitarian", "returns") and _many(found, 0.3):
        return _country(best.place.country, topic, "several provinces")
    same = [c.place for c in found[1:] if _beside(best, c)]
    if type in ("crossing", "border_clash") and best.place.across:
        same.append(topic.gazetteer[best.place.across])  # the two sides of one gate
    return _where([best.place, *same][:4], f"{best.place.name} ({best.points:.1f})")


def _counted(text: Text, title_end: int) -> bool:
    """Whether an agency counts who came from Pakistan, over two or more crossings that its headline does not name."""
    gates = [m for m in text.mentions if m.kind == "crossing"]
    agency = any(m.kind in ("un", "agency") and m.start < title_end for m in text.mentions)
    return agency and len({m.name for m in gates}) > 1 and all(m.start >= title_end for m in gates)


def _without_line(found: list[Candidate]) -> list[Candidate]:
    """A clash at a gate, or in a district that is as clearly named, has a better place than "the border"."""
    if not found or found[0].place.kind != "line":
        return found
    clear = LINE_YIELDS * found[0].points
    exact = [c for c in found[1:] if c.place.country == "border" or c.points >= clear]
    return exact if exact and exact[0].points >= LEAST["border_clash"] else found


def _role(text: Text, type: EventType | None) -> str | None:
    """The kind of place that is looked for: prisoners are handed over at a gate, not in a capital."""
    opening = text.sentences[:2]
    handed = type in ("diplomacy", "arrest") and any(scenes.released(text, span) for span in opening)
    return "handover" if handed else type


def _enough(best: Candidate, type: str | None) -> bool:
    """Whether the best place is said clearly enough to be the place of such a happening."""
    least = LEAST.get(type or "", 0.5)
    if type == "border_clash" and best.place.name in CAPITALS.values():
        return False
    return best.points >= least and _fit(best.place, type) >= 0.3


def _candidates(text: Text, title_end: int, type: str | None, topic: Topic) -> list[Candidate]:
    points: dict[str, float] = defaultdict(float)
    order = 0
    for span in text.sentences:
        title = span.start < title_end
        zone = 3.0 if title else 2.0 * 0.6**order
        order += not title
        inside = [m for m in text.within(span) if m.is_place and not m.dateline and m.kind != "country"]
        runs = _runs(inside)
        moved = bool(text.said(span, "cue.moved"))
        for mention in inside:
            place = topic.gazetteer[mention.name]
            share = zone * _fit(place, type) * _tied(text, span, mention, type)
            if mention.token in runs:
                share *= 0.1 if moved else 0.4
            points[place.name] += share
    _lift(points, topic)
    ranked = sorted(points.items(), key=lambda item: -item[1])
    return [Candidate(topic.gazetteer[name], value) for name, value in ranked]


def _lift(points: dict[str, float], topic: Topic) -> None:
    """A province counts for the district named in it: the district is the better answer."""
    for name in list(points):
        place = topic.gazetteer[name]
        for parent in (place.province, place.district):
            if parent in points and parent != name and points[name] >= 0.25 * points[parent]:
                points[name] = max(points[name], points[parent]) + 0.5 * min(points[name], points[parent])


def _runs(inside: list[Mention]) -> frozenset[int]:
    """Tokens of places that stand in a list of four or more."""
    found: set[int] = set()
    run: list[Mention] = []
    for mention in [*inside, None]:
        if run and (mention is None or mention.token - run[-1].token > 3):
            found |= {m.token for m in run} if len(run) > 3 else set()
            run = []
        if mention is not None:
            run.append(mention)
    return frozenset(found)


def _fit(place: Place, type: str | None) -> float:
    fits = TARGET.get(type or "", {})
    if place.name in CAPITALS.values():
        return fits.get("capital", 1.0)
    if place.kind == "venue":
        return fits.get("venue", 0.4)
    return fits.get(place.country, 1.0)


def _tied(text: Text, span: Span, mention: Mention, type: str | None) -> float:
    """How closely a mention is tied to the news of its sentence."""
    at = mention.token
    before = text.tokens[at - 1].word if at and text.tokens[at - 1].start >= span.start else ""
    share = 1.5 if before in AT or (before in HIT and type in FOUGHT) else 0.4 if before in FROM else 1.0
    if voices.speaks_there(text, mention) or (type in SETTLED and _governs(text, mention)):
        share = 0.2
    behind = (t.word for t in text.tokens[max(0, at - 12) : at] if t.start >= span.start)
    if any(word in ASIDE for word in list(behind)[1:]):
        if type not in FOUGHT:
            share *= 0.5
        elif type == "air_strike" and mention.side == "PK":
            share *= 0.2  # what the strike answers
    return share


def _governs(text: Text, mention: Mention) -> bool:
    """ "Islamabad's demand", "Kabul's top diplomat": a government, whatever stands before it."""
    owns = text.text[mention.end : mention.end + 2] in ("'s", "’s")
    return owns and mention.name in CAPITALS.values()


def _beside(best: Candidate, other: Candidate) -> bool:
    """Whether another place is part of the same happening, at the same level."""
    level = {"district": 1, "town": 1, "province": 0}
    same = best.place.country == other.place.country or "border" in (best.place.country, other.place.country)
    inside = other.place.name in (best.place.province, best.place.district)
    return (
        same
        and not inside
        and best.place.kind not in ("venue", "line")
        and other.place.kind not in ("venue", "line")
        and level.get(best.place.kind, 1) >= level.get(other.place.kind, 1) - 1
        and other.points >= 0.45 * best.points
        and best.place.province != other.place.name
    )


def _many(found: list[Candidate], share: float) -> bool:
    """Three or more provinces, none of them ahead of the others."""
    provinces = {c.place.province or c.place.name for c in found if c.points >= share * found[0].points}
    return len(provinces) > 2


def _along(text: Text) -> bool:
    """ "From Nuristan to Paktika": a stretch of the border."""
    provinces = [m for m in text.mentions if m.kind == "province"]
    return any(
        two.token - one.token <= 3
        and text.tokens[one.token - 1].word == "from"
        and text.tokens[two.token - 1].word == "to"
        for one, two in pairwise(provinces)
    )


def _fallback(text: Text, document: Document, type: EventType | None, topic: Topic) -> Where:
    """No place is tied to it: the headline's first word, the border, the host, the announcer's capital, or the country."""
    if headed := _headed(text, document.title_end, type, topic):
        return _where([headed], "the place before the headline's colon")
    if type == "border_clash":
        return _where([topic.gazetteer["Durand Line"]], "a clash on the border, no place named")
    if type in ("talks", "ceasefire") and (host := _host(text, topic)):
        return _where(host, "the host or mediator")
    line = topic.gazetteer["Durand Line"]
    if type == "ceasefire" and (capitals := _both_capitals(text, topic)):
        return _where(capitals, "announced in both capitals", guessed=True)
    if type == "ceasefire" and any(m.name == line.name for m in text.mentions):
        return _where([line], "a truce along the border")
    sat = topic.gazetteer.get(next((m.name for m in text.mentions if m.dateline and m.is_place), ""))
    if sat and type in SPOKEN and sat.name not in CAPITALS.values() and sat.country in CAPITALS:
        return _where([sat], "where it was said, by the dateline")
    if sat and type in FOUGHT and sat.side == GROUND.get(type or "", sat.side) and sat.province:
        town = topic.gazetteer.get(sat.province) if sat.kind == "town" else sat
        return _where([town or sat], "around where the report was sent from")
    if type == "ceasefire" and not sat and _agreed(text, document.title_end) and not _feast(text):
        return Where(because="a truce of both sides, agreed in no place that is named")
    side = _announcer(text, sat, type)
    if type in ANNOUNCED and side:
        capital = topic.gazetteer[CAPITALS[side]]
        return _where([capital], "the capital of who announced it", guessed=capital != sat)
    country = next((m.side for m in text.mentions if m.kind == "country" and m.side in CAPITALS), side)
    if type == "attack" and any(m.side == "PK" for m in text.mentions):
        country = "PK"  # whom Pakistan blames is named as well
    return _country(
        {"air_strike": "AF", "returns": "PK", "humanitarian": "AF"}.get(type or "", country), topic
    )


def _both_capitals(text: Text, topic: Topic) -> list[Place]:
    """ "Kabul and Islamabad announced": the two capitals by their cities' names, side by side."""
    cities = {fold(a): side for side, city in CAPITALS.items() for a in topic.gazetteer[city].aliases}
    named = [(m.token, cities.get(fold(text.text[m.start : m.end]))) for m in text.mentions if not m.dateline]
    beside = any(
        {one, two} == set(CAPITALS) and second - first <= BESIDE
        for (first, one), (second, two) in pairwise(named)
    )
    return [topic.gazetteer[city] for city in CAPITALS.values()] if beside else []


def _agreed(text: Text, title_end: int) -> bool:
    """ "Pakistan, Afghan Taliban agree": both sides in one breath, and nobody of one side by name who announces it."""
    if any(m.kind == "person" and m.side in CAPITALS for m in text.mentions):
        return False
    named = [m for m in text.mentions if m.start < title_end and not m.dateline]
    return any(
        {one.side, two.side} == set(CAPITALS) and two.token - one.token <= BESIDE
        for one, two in pairwise(named)
    )


def _feast(text: Text) -> bool:
    """A pause over a holiday is announced by each side at home."""
    return any(c.name == "cue.feast" for c in text.cues)


def _headed(text: Text, title_end: int, type: EventType | None, topic: Topic) -> Place | None:
    """ "Istanbul: truce to hold", "Kabul: strike hits hospital": where such a thing can happen."""
    if type not in ("air_strike", "attack", "talks", "ceasefire") or not text.mentions:
        return None
    first = text.mentions[0]
    place = topic.gazetteer.get(first.name)
    if place is None and first.side in CAPITALS:  # read as its government
        capital = topic.gazetteer[CAPITALS[first.side]]
        spelled = fold(text.text[first.start : first.end])
        place = capital if spelled in map(fold, capital.aliases) else None
    headed = first.start == 0 and first.end < title_end and text.text[first.end] == ":"
    return place if place and headed and place.kind != "country" and _fit(place, type) >= 0.6 else None


def _host(text: Text, topic: Topic) -> list[Place]:
    """The third country named, with its venue where it has but one; where more than two ask for it, none is the host."""
    named = (topic.gazetteer.get(m.name) for m in text.mentions if not _asked(text, m))
    homes = [
        p
        for p in dict.fromkeys(named)
        if p and p.kind == "country" and p.country not in (*CAPITALS, "IN", "US", "IR")
    ]
    if not 0 < len(homes) <= MEDIATORS:
        return []
    venues = [p for p in topic.places if p.kind == "venue" and p.country == homes[0].country]
    spelled = {
        fold(text.text[m.start : m.end]) for m in text.mentions if m.name == homes[0].name or m.dateline
    }
    told = [v for v in venues if spelled & {fold(alias) for alias in (v.name, *v.aliases)}]
    return [*(told[:1] or (venues if len(venues) == 1 else [])), homes[0]]


def _asked(text: Text, mention: Mention) -> bool:
    """ "At the request of Qatar and Saudi Arabia": asked from afar."""
    return bool(REQUEST & {t.word for t in text.tokens[max(0, mention.token - ASKED) : mention.token]})


def _announcer(text: Text, sat: Place | None, type: EventType | None) -> str:
    """Whose side speaks or acts first: a name before a verb of saying, or after "by"; else where the report sat."""
    own = [m for m in text.mentions if m.side in CAPITALS and not m.dateline]
    if type == "statement" and (voice := voices.speaker(text)):
        return voice.side if voice.side in CAPITALS else ""
    if type == "diplomacy":  # who is summoned does not announce it
        own = [m for m in own if not MISSION & {t.word for t in text.tokens[m.token : m.token + 5]}] or own
    saying = [c for c in text.cues if c.name == "cue.saying"]
    for at, mention in enumerate(own):
        if mention.kind == "demonym" and not _acts(text, mention):
            continue
        before = text.tokens[mention.token - 1].word if mention.token else ""
        until = own[at + 1].token if at + 1 < len(own) else len(text.tokens)
        reach = mention.token + 5 + text.text[mention.start : mention.end].count(" ")
        said = [c for c in saying if mention.token < c.token < min(until, reach)]
        if (
            before == "by"
            or voices.speaks_there(text, mention)
            or any(text.text.count(",", mention.end, c.start) != 1 for c in said)
        ):
            return mention.side  # "coal sold to Pakistan, cement firms said": somebody else says it
    if type == "trade" and (side := _by_rule(text, sat)):
        return side
    if (actor := next((m.side for m in own if m.is_actor), "")) or sat is None or sat.country not in CAPITALS:
        return actor or (own[0].side if own else "")
    return sat.country


def _acts(text: Text, mention: Mention) -> bool:
    """ "Afghan ministry" acts, "Afghan goods" do not."""
    return any(t.word in ACTING for t in text.tokens[mention.token + 1 : mention.token + 3])


def _by_rule(text: Text, sat: Place | None) -> str:
    """Who makes a rule of trade, unsaid: whose capital it is told from; Afghan transit runs by Pakistan's rules."""
    if sat and sat.name in CAPITALS.values():
        return sat.country
    transit = any(c.phrase.casefold().startswith(("transit", "ٹرانزٹ", "ترانزیت")) for c in text.cues)
    return "PK" if transit else ""


def _country(country: str, topic: Topic, because: str = "only the country is named") -> Where:
    places = [p for p in topic.places if p.kind == "country" and p.country == country]
    return _where(places, because) if places else Where()


def _where(places: list[Place], because: str, *, guessed: bool = False) -> Where:
    """Names from the smallest up, and a label that groups by what they lie in: "Urgun; Barmal, Paktika"."""
    names = [*(p.name for p in places), *(n for p in places for n in (p.district, p.province) if n)]
    around = ["" if p.kind == "crossing" else _around(p) for p in places]
    labels: list[str] = []
    for at, place in enumerate(places):
        outer = "" if around[at] in around[at + 1 :] else around[at]
        labels.append(f"{place.name}, {outer}" if outer else place.name)
    return Where(tuple(dict.fromkeys(names)), "; ".join(dict.fromkeys(labels)), because, guessed)


def _around(place: Place) -> str:
    """What a place lies in: a tehsil's district, a district's province."""
    return next((wider for wider in (place.district, place.province) if wider and wider != place.name), "")
