"""Where a happening is put that no place is tied to: with its host, its announcer, on the line, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from bot.news.model import Document, EventType, Where
from bot.news.places.whereabouts import STRUCK, fit, is_on_line, labelled, whole_country
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
BESIDE = 3  # words from one capital to the other, named together
MEDIATORS = 2  # countries of which the first may be the host
ANNOUNCED = ("trade", "statement", "diplomacy", "political", "ceasefire", "arrest")  # fallback: whose capital


def untied(text: Text, document: Document, type: EventType | None, topic: Topic) -> Where:
    """No place is tied to it: the headline's first word, the border, the host, the announcer's capital, or the country."""
    line = topic.gazetteer[topic.roles.line]
    if headed := _headed(text, document.title_end, type, topic):
        return labelled([headed], "the place before the headline's colon")
    if type == "border_clash" and is_on_line(text, document):
        return labelled([line], "a clash on the border, no place named")
    feast = type == "ceasefire" and bool(text.all_said("cue.feast"))  # each side announces it at home
    sat = topic.gazetteer.get(next((m.name for m in text.mentions if m.dateline and m.is_place), ""))
    offered = type == "diplomacy" and any(m.side in THIRD for m in text.mentions[:1])
    offered = offered and not (sat and sat.capital)
    if (offered or (type in ("talks", "ceasefire") and not feast)) and (host := _host(text, topic)):
        return labelled(host, "the host or mediator")
    if type == "talks" and sat and sat.capital and sat.country in NATIONS:
        return labelled([sat], "where they were told of, by the dateline")
    if type == "ceasefire" and (capitals := _both_capitals(text, topic)):
        return labelled(capitals, "announced in both capitals", guessed=True)
    if feast and not sat and _agreed(text, document.title_end):
        capitals = [topic.capital(side) for side in topic.nations]
        return labelled(capitals, "a pause of both sides", guessed=True)
    if type == "ceasefire" and any(m.name == line.name for m in text.mentions):
        return labelled([line], "a truce along the border")
    if sat and type in SPOKEN and not sat.capital and (sat.country in NATIONS or sat.kind == "venue"):
        return labelled([sat], "where it was said, by the dateline")
    own = [m for m in text.mentions if m.side in NATIONS and not m.dateline]
    states = [m for m in own if m.kind != "person"]
    if sat and type == "trade" and not sat.capital and sat.country in NATIONS and not _says(text, states):
        return labelled([sat], "where traders say so, by the dateline")
    if sat and type == "arrest" and sat.country == "PK" and sat.province:
        return labelled([sat], "where police said so, by the dateline")
    near = sat and sat.province and sat.name not in topic.roles.desks
    if sat and near and type in STRUCK and sat.side == GROUND.get(type or "", sat.side):
        town = topic.gazetteer.get(sat.province) if sat.kind == "town" else sat
        return labelled([town or sat], "around where the report was sent from")
    head = text.within(text.sentences[0]) if text.sentences else ()
    capital = sat is not None and sat.capital
    if type == "ceasefire" and not capital and any(m.kind == "group" for m in head):
        return whole_country("PK", topic, "a truce of a group in Pakistan")
    if type == "ceasefire" and not sat and _agreed(text, document.title_end):
        return labelled([line], "a truce of both sides, agreed in no place that is named", guessed=True)
    if type == "trade" and any(at < document.title_end for at in _joint(text)):
        capitals = [topic.capital(side) for side in topic.nations]
        return labelled(capitals, "a deal of both sides, signed in no place that is named", guessed=True)
    if type == "diplomacy" and (goal := _destination(text, topic)):
        return labelled([goal], "where somebody travels")
    if type == "arrest" and (there := _only_ground(text, topic)):
        return labelled([there], "the one place that is named", guessed=True)
    if type == "arrest" and not sat and text.all_said("part.afghans"):
        return whole_country("PK", topic, "people held in many places")
    side = _announcer(text, own, sat, type)
    if (
        type == "returns"
        and sat
        and sat.capital
        and side == sat.country == "PK"
        and text.all_said("part.minister")
    ):
        return labelled([sat], "where it was ordered, by the dateline")
    if type in ANNOUNCED and side:
        seat = topic.capital(side)
        return labelled([seat], "the capital of who announced it", guessed=seat != sat)
    country = next((m.side for m in text.mentions if m.kind == "country" and m.side in NATIONS), side)
    if type == "attack" and any(m.side == "PK" for m in text.mentions):
        country = "PK"  # whom Pakistan blames is named as well
    return whole_country(WHOLE.get(type or "", country), topic)


def _cities(text: Text, topic: Topic) -> list[tuple[int, str]]:
    """The token of each name, and whose capital's city it spells, if any: "Kabul" is read as its government."""
    cities = {fold(alias): side for side in topic.nations for alias in topic.capital(side).aliases}
    return [(m.token, cities.get(fold(text.spelled(m)), "")) for m in text.mentions if not m.dateline]


def _both_capitals(text: Text, topic: Topic) -> list[Place]:
    """ "Kabul and Islamabad announced": the two capitals by their cities' names, side by side."""
    capitals = [topic.capital(side) for side in topic.nations]
    return capitals if _side_by_side(_cities(text, topic)) else []


def _destination(text: Text, topic: Topic) -> Place | None:
    """ "Dar off to Kabul", "left for Islamabad": the capital to which somebody travels."""
    leaving = {c.token for c in text.all_said("cue.visit", "part.leaving")}
    for token, side in _cities(text, topic):
        travels = any(0 < token - at <= TRAVEL for at in leaving)
        if side and travels and text.word(token - 1) in TO:
            return topic.capital(side)
    return None


def _only_ground(text: Text, topic: Topic) -> Place | None:
    """The one place smaller than a country that a text names, told as what an arrest was for: "over the blast in Tank"."""
    named = {m.name for m in text.mentions if m.is_ground and not m.dateline}
    places = [topic.gazetteer[name] for name in named]
    return places[0] if len(places) == 1 and places[0].country in NATIONS and not places[0].capital else None


def _side_by_side(named: Iterable[tuple[int, str]]) -> bool:
    """Whether both sides are named in one breath; `named`: the token and the side of each name."""
    return any({one, two} == NATIONS and b - a <= BESIDE for (a, one), (b, two) in pairwise(named))


def _agreed(text: Text, title_end: int) -> bool:
    """ "Pakistan, Afghan Taliban agree": both sides in one breath, and nobody of one side by name who announces it."""
    if any(m.kind == "person" and m.side in NATIONS for m in text.mentions):
        return False
    named = (m for m in text.mentions if m.start < title_end and not m.dateline)
    return _side_by_side((m.token, m.side) for m in named)


def _headed(text: Text, title_end: int, type: EventType | None, topic: Topic) -> Place | None:
    """ "Istanbul: truce to hold", "Kabul: strike hits hospital": where such a thing can happen."""
    if type not in ("air_strike", "attack", "talks", "ceasefire") or not text.mentions:
        return None
    first = text.mentions[0]
    place = topic.gazetteer.get(first.name)
    if place is None and first.side in NATIONS:  # read as its government
        capital, spelled = topic.capital(first.side), fold(text.spelled(first))
        place = capital if spelled in map(fold, capital.aliases) else None
    headed = first.start == 0 and first.end < title_end and text.text[first.end] == ":"
    return place if place and headed and place.kind != "country" and fit(place, type) >= 0.6 else None


def _host(text: Text, topic: Topic) -> list[Place]:
    """The third country named, with its venue where it has but one; where more than two ask for it, none is the host."""
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


def _announcer(text: Text, own: list[Mention], sat: Place | None, type: EventType | None) -> str:
    """Whose side speaks or acts: a name before a verb of saying, or after "by"; else where the report sat."""
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
