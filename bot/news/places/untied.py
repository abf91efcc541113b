"""Where a happening is put that no place is tied to: with its host, its announcer, on the line, or nowhere."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.news.model import Document, EventType, Where
from bot.news.places.whereabouts import STRUCK, fit, is_on_line, labelled, whole
from bot.news.signs import voices
from bot.news.text.lexicon import NATIONS, THIRD, Cue, Mention, Text
from bot.news.text.words import Span, fold, word_set
from bot.news.topics.topic import Place, Topic

MISSION = word_set("diplomat envoy ambassador embassy mission charge consul consulate")
OTHERS = word_set("to from with for against")
JOINED = (", ", " and ", "-")
BE = word_set("is are was were been be being")
SPOKEN_TO = word_set("asked told urged warned ordered called advised reminded invited summoned")
TO = word_set("to for")
TRAVEL = 4  # words from "left" to where somebody travels
ASKED = 9  # words between "at the request of" and the last who asked
ACTING = voices.SPEAKERS | word_set("government army police forces troops envoy cabinet parliament regime")
SPOKEN = ("statement", "political", "multilateral")
GROUND = {"air_strike": "AF", "attack": "PK"}  # whose ground such a thing hits
WHOLE = {
    "air_strike": "AF",
    "returns": "PK",
    "humanitarian": "AF",
}  # in whose country, if nothing else is known
BESIDE = 3  # words from one side to the other, named together
MEDIATORS = 2  # countries of which the first may be the host
ANNOUNCED = ("trade", "statement", "diplomacy", "political", "ceasefire", "arrest")  # fallback: whose capital


class Untold:
    """A text whose happening no place is tied to, and what else in it says where."""

    def __init__(self, text: Text, document: Document, type: EventType | None, topic: Topic) -> None:
        self.text, self.document, self.type, self.topic = text, document, type, topic
        self.own = [m for m in text.mentions if m.side in NATIONS and not m.dateline]
        self.line = topic.gazetteer[topic.roles.line]
        self.sat = topic.gazetteer.get(next((m.name for m in text.mentions if m.dateline and m.is_place), ""))

    @cached_property
    def side(self) -> str:
        """Whose side announces it."""
        return _announcer(self)

    @property
    def capitals(self) -> list[Place]:
        return [self.topic.capital(side) for side in self.topic.nations]

    def sat_in(self, *sides: str, capital: bool = False) -> list[Place]:
        """Where the report was written: in a capital, or elsewhere on the ground of such sides."""
        sat = self.sat
        return [sat] if sat and sat.country in sides and sat.capital == capital else []


class Rule(NamedTuple):
    """Where some kinds of happening are put (all, where none is named), and why; `guessed`: no place is told for it."""

    types: Collection[str]
    because: str
    find: Callable[[Untold], Collection[Place]]
    guessed: bool = False


def untied(text: Text, document: Document, type: EventType | None, topic: Topic) -> Where:
    """No place is tied to it: the first rule for its kind that finds one, or the country."""
    case = Untold(text, document, type, topic)
    for rule in RULES:
        if (not rule.types or type in rule.types) and (places := rule.find(case)):
            return labelled(list(places), rule.because, guessed=rule.guessed)
    return Where()


def _cities(case: Untold) -> list[tuple[int, str]]:
    """The token of each name, and whose capital's city it spells, if any: "Kabul" is read as its government."""
    text, topic = case.text, case.topic
    cities = {fold(alias): side for side in topic.nations for alias in topic.capital(side).aliases}
    return [(m.token, cities.get(fold(text.spelled(m)), "")) for m in text.mentions if not m.dateline]


def _destination(case: Untold) -> list[Place]:
    """ "Dar off to Kabul", "left for Islamabad": the capital to which somebody travels."""
    text = case.text
    leaving = {c.token for c in text.all_said("cue.visit", "part.leaving")}
    for token, side in _cities(case):
        travels = any(0 < token - at <= TRAVEL for at in leaving)
        if side and travels and text.word(token - 1) in TO:
            return [case.topic.capital(side)]
    return []


def _around(case: Untold) -> list[Place]:
    """The town's district from which fighting on such ground is told, if it is no desk that tells of anywhere."""
    sat = case.sat
    if not (sat and sat.province) or sat.name in case.topic.roles.desks:
        return []
    if sat.side != GROUND.get(case.type or "", sat.side):
        return []
    return [(case.topic.gazetteer.get(sat.province) if sat.kind == "town" else sat) or sat]


def _is_of_group(case: Untold) -> bool:
    """Whether a militant group's truce is told, and not from a capital."""
    head = case.text.within(case.text.sentences[0]) if case.text.sentences else ()
    return not (case.sat and case.sat.capital) and any(m.kind == "group" for m in head)


def _is_hosted(case: Untold) -> bool:
    """Whether a third state may be the host: of talks, or where it offers to be; a pause for a feast is announced at home."""
    if case.type != "diplomacy":
        return case.type == "talks" or not case.text.all_said("cue.feast")
    offered = any(m.side in THIRD for m in case.text.mentions[:1])
    return offered and not (case.sat and case.sat.capital)


def _country(case: Untold) -> str:
    """The side whose country is named, or which such a thing concerns."""
    mentions = case.text.mentions
    named = next((m.side for m in mentions if m.kind == "country" and m.side in NATIONS), case.side)
    if case.type == "attack" and any(m.side == "PK" for m in mentions):
        named = "PK"  # whom Pakistan blames is named as well
    return WHOLE.get(case.type or "", named)


def _agreed(case: Untold) -> bool:
    """ "Pakistan, Afghan Taliban agree": both sides in one breath, and nobody of one side by name or place who announces it."""
    mentions = case.text.mentions
    if case.sat or any(m.kind == "person" and m.side in NATIONS for m in mentions):
        return False
    named = (m for m in mentions if m.start < case.document.title_end and not m.dateline)
    return any({a.side, b.side} == NATIONS and b.token - a.token <= BESIDE for a, b in pairwise(named))


def _headed(case: Untold) -> list[Place]:
    """ "Istanbul: truce to hold", "Kabul: strike hits hospital": where such a thing can happen."""
    text, topic = case.text, case.topic
    if not text.mentions:
        return []
    first = text.mentions[0]
    place = topic.gazetteer.get(first.name)
    if place is None and first.side in NATIONS:  # read as its government
        capital, spelled = topic.capital(first.side), fold(text.spelled(first))
        place = capital if spelled in map(fold, capital.aliases) else None
    headed = first.start == 0 and first.end < case.document.title_end and text.text[first.end] == ":"
    return [place] if place and headed and place.kind != "country" and fit(place, case.type) >= 0.6 else []


def _host(case: Untold) -> list[Place]:
    """The third country named, with its venue where it has but one; where more than two ask for it, none is the host."""
    text, topic = case.text, case.topic
    named = (topic.gazetteer.get(m.name) for m in text.mentions if not asked(text, m))
    homes = [
        p
        for p in dict.fromkeys(named)
        if p and p.kind == "country" and p.country not in NATIONS and p.name not in topic.roles.no_hosts
    ]
    if not 0 < len(homes) <= MEDIATORS:
        return []
    venues = [p for p in topic.places if p.kind == "venue" and p.country == homes[0].country]
    spelled = {fold(text.spelled(m)) for m in text.mentions if m.name == homes[0].name or m.dateline}
    told = [v for v in venues if spelled & {fold(alias) for alias in (v.name, *v.aliases)}]
    return [*(told[:1] or (venues if len(venues) == 1 else [])), homes[0]]


def asked(text: Text, mention: Mention) -> bool:
    """ "At the request of Qatar and Saudi Arabia": asked from afar."""
    return any(0 < mention.token - c.token <= ASKED for c in text.all_said("cue.request"))


def _announcer(case: Untold) -> str:
    """Whose side speaks or acts: a name before a verb of saying, or after "by"; else where the report sat."""
    text, own, sat, type = case.text, case.own, case.sat, case.type
    if type == "statement" and (voice := voices.speaker(text)):
        return voice.side if voice.side in NATIONS else ""
    if type == "diplomacy":  # who is summoned does not announce it
        own = [m for m in own if not _summoned(text, m)] or own
    if side := _says(text, own):
        return side
    if type == "trade" and (side := _by_rule(text, sat)):
        return side
    if sat and sat.capital:
        return sat.country
    own = [m for m in own if not _is_other(text, m)] or own
    actor = next((m.side for m in own if m.is_actor), "")
    return actor or (own[0].side if own else sat.country if sat and sat.country in NATIONS else "")


def _is_other(text: Text, mention: Mention) -> bool:
    """ "Exports to Afghanistan fell", "coal from Pakistan": told by the side that does not trade with itself."""
    return text.word(mention.token - 1) in OTHERS


def _summoned(text: Text, mention: Mention) -> bool:
    """ "Pakistan's top envoy", not "Pakistan summons envoy"."""
    words = [t.word for t in text.tokens[mention.token : mention.token + 5]]
    mission = next((at for at, word in enumerate(words) if word in MISSION), 0)
    verbs = (c.token - mention.token for c in text.cues if c.name in ("cue.saying", "part.contact"))
    return mission > 0 and not any(0 < verb < mission for verb in verbs)


def _says(text: Text, own: list[Mention]) -> str:
    """The side of the first that is told to say or rule something."""
    saying, joint = text.all_said("cue.saying"), _joint(text)
    for at, mention in enumerate(own):
        acts = {text.word(mention.token + 1), text.word(mention.token + 2)} & ACTING  # "Afghan goods" do not
        if _is_other(text, mention) or mention.start in joint or (mention.kind == "demonym" and not acts):
            continue
        before = text.word(mention.token - 1)
        until = own[at + 1].token if at + 1 < len(own) else len(text.tokens)
        reach = mention.token + 5 + text.spelled(mention).count(" ")
        said = [c for c in saying if mention.token < c.token < min(until, reach) and not _is_passive(text, c)]
        if (
            before == "by"
            or voices.speaks_there(text, mention)
            or any(text.text.count(",", mention.end, c.start) != 1 for c in said)
        ):
            return mention.side  # "coal sold to Pakistan, cement firms said": somebody else says it
    return ""


def _joint(text: Text) -> frozenset[int]:
    """Where a name stands that does something together with the other side: "Pakistan, AFGHANISTAN cut duties"."""
    named = [m for m in text.mentions if m.side in NATIONS]
    pairs = ((a, b) for a, b in pairwise(named) if a.side != b.side)
    return frozenset(b.start for a, b in pairs if text.text[a.end : b.start] in JOINED)


def _is_passive(text: Text, cue: Cue) -> bool:
    """ "Kabul urged to act", "Kabul was asked": somebody else speaks."""
    return text.word(cue.token - 1) in BE or (
        text.word(cue.token) in SPOKEN_TO and text.word(cue.token + 1) == "to"
    )


def ruler(text: Text, title_end: int) -> str:
    """Whose side a headline tells to make a rule: "Kabul bans cement", "FBR suspends transit through Karachi"."""
    speech = {c.token for c in text.all_said("cue.speech")}
    rules = [c.token for c in text.all_said("cue.saying") if c.token not in speech]
    for mention in text.mentions:
        if mention.start >= title_end:
            break
        last = text.words(Span(mention.start, mention.end))[-1]
        own = mention.is_actor and mention.side in NATIONS and not _is_other(text, mention)
        if own and last + 1 in rules:
            return "" if mention.start in _joint(text) else mention.side
    return ""


def _by_rule(text: Text, sat: Place | None) -> str:
    """Who makes a rule of trade, unsaid: whose capital it is told from; Afghan transit runs by Pakistan's rules."""
    if sat and sat.capital:
        return sat.country
    return "PK" if text.all_said("cue.transit") else ""


RULES = (
    Rule(("air_strike", "attack", "talks", "ceasefire"), "the place before the headline's colon", _headed),
    Rule(("border_clash",), "a clash on the border, no place named", lambda c: [c.line] * is_on_line(c.text, c.document)),
    Rule(("talks", "ceasefire", "diplomacy"), "the host or mediator", lambda c: _host(c) if _is_hosted(c) else ()),
    Rule(("talks",), "where they were told of, by the dateline", lambda c: c.sat_in(*NATIONS, capital=True)),
    Rule(("ceasefire",), "a truce of both sides, agreed in no place that is named", lambda c: c.capitals * _agreed(c), True),
    Rule(SPOKEN, "where it was said, by the dateline", lambda c: c.sat_in(*NATIONS) or [p for p in (c.sat,) if p and p.kind == "venue"]),
    Rule(("trade",), "where traders say so, by the dateline", lambda c: c.sat_in(*NATIONS) if not _says(c.text, [m for m in c.own if m.kind != "person"]) else ()),
    Rule(("arrest",), "where police said so, by the dateline", lambda c: [p for p in (c.sat,) if p and p.country == "PK" and p.province]),
    Rule(STRUCK, "around where the report was sent from", _around),
    Rule(("ceasefire",), "a truce of a group in Pakistan", lambda c: whole("PK", c.topic) if _is_of_group(c) else ()),
    Rule(("trade",), "a deal of both sides, signed in no place that is named", lambda c: c.capitals * any(at < c.document.title_end for at in _joint(c.text)), True),
    Rule(("diplomacy",), "where somebody travels", _destination),
    Rule(("arrest",), "people held in many places", lambda c: whole("PK", c.topic) if not c.sat and c.text.all_said("part.afghans") else ()),
    Rule(("returns",), "where it was ordered, by the dateline", lambda c: c.sat_in("PK", capital=True) if c.side == "PK" and c.text.all_said("part.minister") else ()),
    Rule(ANNOUNCED, "the capital of who announced it", lambda c: c.sat_in(c.side, capital=True)),
    Rule(ANNOUNCED, "the capital of who announced it", lambda c: [c.topic.capital(c.side)] if c.side else (), True),
    Rule((), "only the country is named", lambda c: whole(_country(c), c.topic)),
)  # fmt: skip
