"""Where did it happen? The place that the text ties the happening to, not every place it names.

A dateline says where a reporter sat. A run of places is not a place, nor is where people come from. What
kind of happening it is decides which places can be meant: an air strike hits Afghan districts, talks
have a venue, a protest note is handed over in a capital.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from bot.news.days import earlier
from bot.news.days.named import dates, news_day
from bot.news.families import FOUGHT
from bot.news.model import Document, EventType, Where
from bot.news.places.untied import SPOKEN, asked, ruler, untied
from bot.news.places.whereabouts import ANSWER, ASIDE, MAKERS, STRUCK, fit, labelled, whole
from bot.news.signs import releases, voices
from bot.news.text.lexicon import Mention, Text
from bot.news.text.wards import is_ward
from bot.news.text.words import OWNING, Span, word_set
from bot.news.topics.topic import Place, Topic

AT = word_set("in at near on outside inside around of across into over along")
FOR = word_set("to for")
HIT = word_set("hit hits struck bombed")
FROM = word_set("from between")
LEADING = AT | FROM | {"of"}
ORIGIN = word_set(
    "national nationals citizens resident residents native natives hailing trained training entered entering came crossed sneaked infiltrated via through"
)
PLOTTERS = word_set("handler handlers mastermind masterminds planned plotted orchestrated directed")
CAUGHT_FOR = ORIGIN | MAKERS
NO_GROUND = word_set("assembly government cabinet governor road highway link links")  # named after a place
NEXT_WORD = 24  # letters in which the next word begins and ends
SHELTERED = word_set("refugee refugees returnees displaced")
SPOKEN_TO = word_set("to with against for")
UNTIL = word_set("until till")
WAY = word_set("through via for towards toward")
LONGER = ("extend", "prolong", "renew")
AHEAD_REACH = 70  # letters from "will" to the place; shorter than to a day, and over no comma
AHEAD = re.compile(
    r"\b(?:will|would|(?:is|are|was|were|due|set|expected|scheduled)\sto)\b[^.;:,]{0,60}$", re.IGNORECASE
)
MET = ("talks", "multilateral", "crossing")  # told before they happen
REACH = 6  # words from "trained" to the place
TIED_ASIDE = (*STRUCK, "arrest")  # of these, the cause has its place as well, or a weight of its own
ANSWERED = {"air_strike": "PK", "attack": "AF"}  # on whose ground lies what such a thing answers
LEAST = {  # points that such a happening's place needs
    "trade": 1.8, "returns": 1.2, "arrest": 0.9, "border_clash": 1.1, "diplomacy": 1.0, "ceasefire": 1.0, "talks": 1.0,
    "statement": 0.6,
}  # fmt: skip
SETTLED = ("talks", "ceasefire", "diplomacy", "statement", "multilateral", "trade", "returns")
SAID_THERE = 4.5  # share of the place where somebody spoke, of what was said
NEXT = 0.3  # share of the first province's points from which another is one of many
LEADING_SENTENCES = 2  # the headline and the one below it
OLDER = 0.1  # share of the places of an earlier day's fighting
LISTED = 3.0  # times as much counts a capital in a list of places that were hit: there it is the city
LINE_YIELDS = 0.4  # share of the line's points from which a district is the place


class Candidate(NamedTuple):
    place: Place
    points: float


def place_of(document: Document, topic: Topic, type: EventType | None) -> Where:
    """The place or places of a text's happening, most specific first."""
    text = topic.lexicon.read(document.text)
    handed = type in ("diplomacy", "arrest") and any(
        releases.released(text, span) for span in text.sentences[:2]
    )
    role = "handover" if handed else type  # prisoners are handed over at a gate, not in a capital

    older = _older(text, document) if type in FOUGHT else frozenset()
    found = _candidates(text, document.title_end, role, topic, older)
    if type == "multilateral" and any(m.side == "UN" for m in text.mentions):
        venue = next((c.place for c in found if c.place.kind == "venue" and c.points > 1.5), None)
        return labelled([venue or topic.gazetteer[topic.roles.seat]], "where the UN Security Council sits")
    if type == "returns" and _counted(text, document.title_end):
        return labelled(whole("PK", topic), "an agency's count of all crossings")
    if type == "trade" and (side := ruler(text, document.title_end)):
        return labelled([topic.capital(side)], "the capital of who rules so")
    if type in ("border_clash", "crossing"):
        found = _without_line(found)
    if not found or not _enough(found[0], role):
        return untied(text, document, type, topic)
    best = found[0]
    if type == "border_clash" and ((_many(found, clash=True) and not _headed(text)) or _along(text)):
        where = labelled([topic.gazetteer[topic.roles.line]], "fighting in several places along the border")
        return replace(
            where, places=(*where.places, *(c.place.name for c in found if c.place.kind != "line"))
        )
    if type in ("humanitarian", "returns") and _many(found):
        return labelled(whole(best.place.country, topic), "several provinces")
    if (
        type == "humanitarian"
        and best.place.capital
        and any(m.side == "UN" for span in text.sentences[:2] for m in text.within(span))
    ):
        return labelled(whole(best.place.country, topic), "what the UN counts in a country")
    same = [c.place for c in found[1:] if _beside(best, c, clash=type == "border_clash")]
    if type in ("crossing", "border_clash") and best.place.across:  # the two sides of one gate
        across = topic.gazetteer[best.place.across]
        same = [across, *(place for place in same if place != across)]
    return labelled([best.place, *same][:4], f"{best.place.name} ({best.points:.1f})")


def _counted(text: Text, title_end: int) -> bool:
    """Whether an agency counts who came from Pakistan, over two or more crossings that its headline does not name, or
    with one as a detail."""
    gates = [m for m in text.mentions if m.kind == "crossing"]
    agency = any(m.kind in ("un", "agency") and m.start < title_end for m in text.mentions)
    if not agency or not gates or any(m.start < title_end for m in gates):
        return False
    return len({m.name for m in gates}) > 1 or all(m.start > text.sentences[1].end for m in gates)


def _without_line(found: list[Candidate]) -> list[Candidate]:
    """A clash at a gate, or in a district that is as clearly named, has a better place than "the border"."""
    if not found or found[0].place.kind != "line":
        return found
    clear = LINE_YIELDS * found[0].points
    exact = [c for c in found[1:] if c.place.country == "border" or c.points >= clear]
    return exact if exact and exact[0].points >= LEAST["border_clash"] else found


def _enough(best: Candidate, type: str | None) -> bool:
    """Whether the best place is said clearly enough to be the place of such a happening."""
    least = LEAST.get(type or "", 0.5)
    if type == "border_clash" and best.place.capital:
        return False
    return best.points >= least and fit(best.place, type) >= 0.3


def _older(text: Text, document: Document) -> frozenset[Span]:
    """The later sentences that date fighting before the day of the first ones: another happening's places."""
    if document.published is None:
        return frozenset()
    told = dates(text, news_day(document.published))
    own = [d.start for span, days in told[:LEADING_SENTENCES] for d in days if d.precision == "day"]
    later = ((span, [d.end for d in days]) for span, days in told[LEADING_SENTENCES:])
    return frozenset(span for span, ends in later if own and ends and max(ends) < min(own))


def _candidates(
    text: Text, title_end: int, type: str | None, topic: Topic, older: frozenset[Span]
) -> list[Candidate]:
    points: dict[str, float] = defaultdict(float)
    order = 0
    for span in text.sentences:
        title = span.start < title_end
        zone = 3.0 if title else 2.0 * 0.6**order
        order += not title
        inside = [m for m in text.named(span) if m.is_ground]
        runs = _runs(inside)
        moved = bool(text.said(span, "cue.moved"))
        for mention in inside:
            place = topic.gazetteer[mention.name]
            share = zone * fit(place, type) * _tied(text, span, mention, place, type)
            share *= OLDER if span in older else 1.0
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
    runs: list[list[Mention]] = []
    for mention in inside:
        if runs and mention.token - runs[-1][-1].token <= 3:
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return frozenset(m.token for run in runs if len(run) > 3 for m in run)


class Named(NamedTuple):
    """A place as its sentence names it, where a happening of such a type is looked for."""

    text: Text
    span: Span
    mention: Mention
    place: Place
    type: str | None
    at: int  # its first token, without the "in" of the alias "in Tank"
    before: str  # the word before it

    @property
    def is_seat(self) -> bool:
        """Where governments sit, or talks."""
        return self.place.capital or self.place.kind == "venue"

    def is_near(self, words: frozenset[str], reach: int = REACH) -> bool:
        """Whether such a word stands before it."""
        return not words.isdisjoint(self.text.before(self.at, reach))

    def is_late(self, sentences: int) -> bool:
        """Whether it stands behind the first sentences."""
        return self.span.start > self.text.sentences[:sentences][-1].end

    def is_aside(self) -> bool:
        """Whether it stands behind "after" or "over": with the cause of the news."""
        before = self.text.before(self.at, 12, self.span)[1:]
        return not ASIDE.isdisjoint(before) or any(
            one in ANSWER and to in FOR for one, to in pairwise(before)
        )


def _is_other_ground(m: Named) -> bool:
    """Where the dead and wounded were brought, whose assembly, what road, or across the border there."""
    ahead = m.text.words(Span(m.mention.end, min(m.span.end, m.mention.end + NEXT_WORD)))
    after = m.text.word(ahead[0]) if ahead else ""
    beyond = m.before == "since" or voices.lies_beyond(m.text, m.mention)
    return after in NO_GROUND or beyond or is_ward(m.text, m.mention)


def _is_spoken_of(m: Named) -> bool:
    """ "The Muscat pause ran its course": a truce by its name, or who is spoken to, in what somebody says elsewhere."""
    named = m.place.kind == "venue" and m.before not in AT and m.span.start > 0
    return m.type == "statement" and (named or (m.is_seat and m.before in SPOKEN_TO))


LOOSE: tuple[tuple[float, Callable[[Named], bool]], ...] = (  # what ties a place less closely, and how much
    (0.1, _is_other_ground),
    (0.1, _is_spoken_of),
    (0.1, lambda m: m.type == "ceasefire" and m.is_near(UNTIL)),  # "until the end of talks in Doha"
    (0.1, lambda m: m.type == "border_clash" and m.is_late(2) and m.is_near(SHELTERED)),  # fire hit others there
    (0.3, lambda m: m.type == "returns" and m.before in WAY and _headed(m.text)),  # by where they leave
    (0.1, lambda m: m.type == "ceasefire" and m.before == "the" and m.is_seat and _names_truce(m)),
    (0.1, lambda m: m.type not in MET and m.is_late(1) and _to_come(m)),
    (0.1, lambda m: earlier.is_told(m.text, m.mention.start)),  # another happening's
    (0.1, lambda m: m.type == "arrest" and m.is_near(CAUGHT_FOR)),  # where they had been, or what for
    (0.1, lambda m: m.type == "attack" and m.is_near(PLOTTERS, 4)),  # from where it was run
    (0.05, lambda m: m.mention.side == ANSWERED.get(m.type or "") and m.is_aside()),  # what it answers
    (0.1, lambda m: m.is_aside() and (m.type == "arrest" or (m.type == "diplomacy" and m.is_seat))),
    (0.5, lambda m: m.type not in TIED_ASIDE and not (m.type == "diplomacy" and m.is_seat) and m.is_aside()),
)  # fmt: skip


def _tied(text: Text, span: Span, mention: Mention, place: Place, type: str | None) -> float:
    """How closely a mention is tied to the news of its sentence."""
    at = mention.token + (text.word(mention.token) in LEADING)
    before = text.word(at - 1) if at > text.words(span).start else ""
    m = Named(text, span, mention, place, type, at, before)
    share = 1.5 if before in AT or (before in HIT and type in STRUCK) else 0.4 if before in FROM else 1.0
    if type in SPOKEN and _is_told_there(m):
        share = SAID_THERE
    elif voices.speaks_there(text, mention) or (type in SETTLED and m.is_seat and (_owns(m) or _hopes(m))):
        share = 0.1
    return math.prod((share, *(less for less, holds in LOOSE if holds(m))))


def _is_told_there(m: Named) -> bool:
    """ "Told a gathering in Khost", "speaking at Kakul"."""
    return m.before in AT and any(0 < m.at - c.token <= 2 for c in m.text.said(m.span, "cue.audience"))


def _headed(text: Text) -> bool:
    """Whether the headline names a place that is neither a country nor on the border."""
    return any(m.is_ground and m.side != "border" for m in text.within(text.sentences[0]))


def _names_truce(m: Named) -> bool:
    """ "The Doha ceasefire" is extended elsewhere; "Doha talks end with a truce" tells where."""
    extended = any(word.startswith(LONGER) for word in m.text.folded(m.span))
    return extended and any(0 <= c.start - m.mention.end < 2 for c in m.text.said(m.span, "type.ceasefire"))


def _to_come(m: Named) -> bool:
    """ "The sides will meet in Ankara": where something else will happen."""
    start = m.mention.start
    return AHEAD.search(m.text.text, max(m.span.start, start - AHEAD_REACH), start) is not None


def _owns(m: Named) -> bool:
    """ "Islamabad's demand", "called in Kabul's top diplomat": its government; "in Islamabad's G-9" is a place."""
    before = m.text.before(m.at, 2)
    if before[-1:] == ["in"] and not before[0].startswith("call"):
        return False
    return m.text.text.startswith(OWNING, m.mention.end)


def _hopes(m: Named) -> bool:
    """ "Doha hopes", "after calls from Riyadh": a government that looks on."""
    speaks = m.text.all_said("cue.reacting", "cue.speech", "cue.hoping")
    reacts = m.before not in AT and any(0 <= c.start - m.mention.end < 2 for c in speaks)
    return reacts or asked(m.text, m.mention)


def _beside(best: Candidate, other: Candidate, *, clash: bool) -> bool:
    """Whether another place is part of the same happening: a clash has two sides."""
    one, two = best.place, other.place
    same = clash or one.country == two.country or "border" in (one.country, two.country)
    apart = two.name not in (one.province, one.district) and {one.kind, two.kind}.isdisjoint(
        ("venue", "line")
    )
    return same and apart and other.points >= 0.45 * best.points


def _many(found: list[Candidate], *, clash: bool = False) -> bool:
    """Three or more provinces, none of them ahead of the others; five districts, where two armies clash."""
    level = [c.place for c in found if c.points >= NEXT * found[0].points]
    return len({p.province or p.name for p in level}) > 2 or (clash and len(level) > 4)


def _along(text: Text) -> bool:
    """ "From Nuristan to Paktika", "from Chitral to Bajaur": a stretch of the border."""
    provinces = [m for m in text.mentions if m.kind in ("province", "district")]
    return any(
        two.token - one.token <= 3 and (text.word(one.token - 1), text.word(two.token - 1)) == ("from", "to")
        for one, two in pairwise(provinces)
    )
