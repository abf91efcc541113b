"""Where did it happen? The place that the text ties the happening to, not every place it names.

A dateline says where a reporter sat. A run of places is not a place, nor is where people come from. What
kind of happening it is decides which places can be meant: an air strike hits Afghan districts, talks
have a venue, a protest note is handed over in a capital.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from bot.news.days import earlier
from bot.news.model import Document, EventType, Where
from bot.news.places.untied import asked, ruler, untied
from bot.news.places.whereabouts import STRUCK, fit, labelled, whole_country
from bot.news.signs import scenes, voices
from bot.news.text.lexicon import Mention, Text
from bot.news.text.words import Span, word_set
from bot.news.topics.topic import Place, Topic
from bot.news.types import ASIDE, MAKERS

AT = word_set("in at near on outside inside around of across into over along")
HIT = word_set("hit hits struck bombed")
FROM = word_set("from between")
LEADING = AT | FROM | {"of"}
ORIGIN = word_set(
    "national nationals citizens hailing trained training entered entering came crossed sneaked infiltrated via through"
)
PLOTTERS = word_set("handler handlers mastermind masterminds planned plotted orchestrated directed")
CAUGHT_FOR = ORIGIN | MAKERS
TO = word_set("to at from")
NO_GROUND = word_set("assembly government cabinet governor road highway link links")  # named after a place
NEXT_WORD = 24  # letters in which the next word begins and ends
SHELTERED = word_set("refugee refugees returnees displaced")
WARDS = word_set("hospital hospitals morgue clinic")
UNTIL = word_set("until till")
WAY = word_set("through via for towards toward")
LONGER = ("extend", "prolong", "renew")
AHEAD_REACH = 70  # letters from "will" to the place
AHEAD = re.compile(
    r"\b(?:will|would|(?:is|are|was|were|due|set|expected|scheduled)\sto)\b[^.;:,]{0,60}$", re.IGNORECASE
)
MET = ("talks", "multilateral", "crossing")  # told before they happen
REACH = 6  # words from "trained" to the place
LEAST = {
    "trade": 1.8,
    "returns": 1.2,
    "arrest": 0.9,
    "border_clash": 1.1,
    "diplomacy": 1.0,
    "ceasefire": 1.0,
    "talks": 1.0,
    "statement": 0.6,
}
SETTLED = ("talks", "ceasefire", "diplomacy", "statement", "multilateral", "trade", "returns")
NEXT = 0.3  # share of the first province's points from which another is one of many
LISTED = 3.0  # times as much counts a capital in a list of places that were hit: there it is the city
LINE_YIELDS = 0.4  # share of the line's points from which a district is the place


class Candidate(NamedTuple):
    place: Place
    points: float


def place_of(document: Document, topic: Topic, type: EventType | None) -> Where:
    """The place or places of a text's happening, most specific first."""
    text = topic.lexicon.read(document.text)
    role = _role(text, type)
    found = _candidates(text, document.title_end, role, topic)
    if type == "multilateral" and any(m.side == "UN" for m in text.mentions):
        venue = next((c.place for c in found if c.place.kind == "venue" and c.points > 1.5), None)
        return labelled([venue or topic.gazetteer[topic.roles.seat]], "where the UN Security Council sits")
    if type == "returns" and _counted(text, document.title_end):
        return whole_country("PK", topic, "an agency's count of all crossings")
    if type == "trade" and (side := ruler(text, document.title_end)):
        return labelled([topic.gazetteer[topic.nations[side].capital]], "the capital of who rules so")
    if type in ("border_clash", "crossing"):
        found = _without_line(found)
    if not found or not _enough(found[0], role):
        return untied(text, document, type, topic)
    best = found[0]
    if type == "border_clash" and ((_many(found) and not _headed(text)) or _along(text)):
        return labelled([topic.gazetteer[topic.roles.line]], "fighting in several places along the border")
    if type in ("humanitarian", "returns") and _many(found):
        return whole_country(best.place.country, topic, "several provinces")
    if (
        type == "humanitarian"
        and best.place.capital
        and any(m.side == "UN" for m in text.within(text.sentences[0]))
    ):
        return whole_country(best.place.country, topic, "what the UN counts in a country")
    same = [c.place for c in found[1:] if _beside(best, c, clash=type == "border_clash")]
    if type in ("crossing", "border_clash") and best.place.across:  # the two sides of one gate
        across = topic.gazetteer[best.place.across]
        same = [across, *(place for place in same if place != across)]
    return labelled([best.place, *same][:4], f"{best.place.name} ({best.points:.1f})")


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
    if type == "border_clash" and best.place.capital:
        return False
    return best.points >= least and fit(best.place, type) >= 0.3


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
            share = zone * fit(place, type) * _tied(text, span, mention, place, type)
            if place.capital and type in STRUCK and _in_list(mention, inside):
                share *= LISTED
            if mention.token in runs:
                share *= 0.1 if moved else 0.4
            points[place.name] += share
    _lift(points, topic)
    ranked = sorted(points.items(), key=lambda item: -item[1])
    return [Candidate(topic.gazetteer[name], value) for name, value in ranked]


def _in_list(mention: Mention, inside: list[Mention]) -> bool:
    """ "Kabul, Khost and Paktika": beside places that are no capitals."""
    return any(0 < abs(m.token - mention.token) <= 2 and m.side == mention.side for m in inside)


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


def _tied(text: Text, span: Span, mention: Mention, place: Place, type: str | None) -> float:
    """How closely a mention is tied to the news of its sentence."""
    at = mention.token
    at += text.tokens[at].word in LEADING  # "in Tank" is its alias
    before = text.tokens[at - 1].word if at and text.tokens[at - 1].start >= span.start else ""
    share = 1.5 if before in AT or (before in HIT and type in STRUCK) else 0.4 if before in FROM else 1.0
    seat = place.capital or place.kind == "venue"
    if voices.speaks_there(text, mention) or (
        type in SETTLED and seat and (_owns(text, mention, at) or _hopes(text, mention))
    ):
        share = 0.1
    ahead = text.words(Span(mention.end, min(span.end, mention.end + NEXT_WORD)))
    after = text.tokens[ahead[0]].word if ahead else ""
    beyond = voices.lies_beyond(text, mention)
    if beyond or (before in TO and after in WARDS) or after in NO_GROUND or before == "since":
        share *= 0.1  # where the dead and wounded were brought, whose assembly, what road
    if type == "ceasefire" and UNTIL & {t.word for t in text.tokens[max(0, at - REACH) : at]}:
        share *= 0.1  # "until the end of talks in Doha"
    late = type == "border_clash" and span.start > text.sentences[:2][-1].end
    if late and SHELTERED & {t.word for t in text.tokens[max(0, at - REACH) : at]}:
        share *= 0.1  # where fire hit others than those who fought
    if type == "returns" and before in WAY and _headed(text):
        share *= 0.3  # how those leave who were held or housed elsewhere
    if type == "ceasefire" and before == "the" and seat and _names_truce(text, span, mention):
        share *= 0.1
    if type not in MET and span.start > text.sentences[0].end and _to_come(text, span, mention):
        share *= 0.1
    if earlier.is_told(text, mention.start):
        share *= 0.1  # another happening's
    if type == "arrest" and CAUGHT_FOR & {t.word for t in text.tokens[max(0, at - REACH) : at]}:
        share *= 0.1  # where those who are caught had been, or what they are caught for
    if type == "attack" and PLOTTERS & {t.word for t in text.tokens[max(0, at - 4) : at]}:
        share *= 0.1  # from where it was run
    behind = (t.word for t in text.tokens[max(0, at - 12) : at] if t.start >= span.start)
    if any(word in ASIDE for word in list(behind)[1:]):
        if type not in STRUCK:
            told_of = type == "arrest" or (type == "diplomacy" and seat)
            share *= 0.1 if told_of else 0.5  # "held over the blast in Tank"
        elif type == "air_strike" and mention.side == "PK":
            share *= 0.05  # what the strike answers
    return share


def _headed(text: Text) -> bool:
    """Whether the headline names a place that is neither a country nor on the border."""
    return any(
        m.is_place and m.kind != "country" and m.side != "border" for m in text.within(text.sentences[0])
    )


def _names_truce(text: Text, span: Span, mention: Mention) -> bool:
    """ "The Doha ceasefire" is extended elsewhere; "Doha talks end with a truce" tells where."""
    extended = any(text.tokens[at].word.startswith(LONGER) for at in text.words(span))
    return extended and any(0 <= c.start - mention.end < 2 for c in text.said(span, "type.ceasefire"))


def _to_come(text: Text, span: Span, mention: Mention) -> bool:
    """ "The sides will meet in Ankara": where something else will happen."""
    return AHEAD.search(text.text, max(span.start, mention.start - AHEAD_REACH), mention.start) is not None


def _owns(text: Text, mention: Mention, at: int) -> bool:
    """ "Islamabad's demand", "called in Kabul's top diplomat": its government; "in Islamabad's G-9" is a place."""
    before = [t.word for t in text.tokens[max(0, at - 2) : at]]
    if before[-1:] == ["in"] and not before[0].startswith("call"):
        return False
    return text.text[mention.end : mention.end + 2] in ("'s", "’s")


def _hopes(text: Text, mention: Mention) -> bool:
    """ "Doha hopes", "after calls from Riyadh": a government that looks on."""
    reacts = any(c.name == "cue.reacting" and 0 <= c.start - mention.end < 2 for c in text.cues)
    return reacts or asked(text, mention)


def _beside(best: Candidate, other: Candidate, *, clash: bool) -> bool:
    """Whether another place is part of the same happening, at the same level: a clash has two sides."""
    level = {"district": 1, "town": 1, "province": 0}
    countries = {best.place.country, other.place.country}
    same = clash or len(countries) == 1 or "border" in countries
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


def _many(found: list[Candidate]) -> bool:
    """Three or more provinces, none of them ahead of the others."""
    provinces = {c.place.province or c.place.name for c in found if c.points >= NEXT * found[0].points}
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
