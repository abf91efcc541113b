"""The names of a text: which unit is part of whose name, and who can speak."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from bot.news.figures.claimants.sayings import NOBODY, Speaker
from bot.news.figures.sentence.units import DASHES, Unit
from bot.news.text.lexicon import NATIONS, Mention
from bot.news.text.words import word_set
from bot.news.topics.topic import Actor, Place, Topic

RUN = word_set("run led controlled appointed held administered")  # "the Taliban-RUN ministry"
INTERIM = word_set("caretaker interim federal central ruling provisional acting de facto")
DATELINE = 12  # units of a dateline
NEAR = 3  # names before "its report" among which its body is
BODIES = frozenset(("un", "agency", "office"))
RECALLED = 120  # names before an offset that may still be meant
LOCAL = frozenset(("town", "district", "crossing", "province"))  # kinds of place smaller than a country


class Spoken(Protocol):
    """A noun phrase: its first unit and its last."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


class Known(NamedTuple):
    """What a topic says of names, by name."""

    actors: Mapping[str, Actor]
    states: Mapping[str, Actor]  # by side
    called: Mapping[str, Actor]  # by each of their names, in small letters
    places: Mapping[str, Place]


@lru_cache(maxsize=4)
def known_of(topic: Topic) -> Known:
    """The names of a topic."""
    return Known(
        {actor.name: actor for actor in topic.actors},
        {actor.side: actor for actor in reversed(topic.actors) if actor.kind == "state"},
        {alias.lower(): actor for actor in reversed(topic.actors) for alias in actor.aliases},
        topic.gazetteer,
    )


class Names:
    """The names of one text, found by place."""

    __slots__ = ("_known", "_mentions", "_nations", "_speaking", "_starts", "army", "text")

    def __init__(self, text: str, mentions: tuple[Mention, ...], topic: Topic) -> None:
        self.text, self._mentions, self._known = text, mentions, known_of(topic)
        self._nations, self.army = topic.nations, topic.roles.army
        self._starts = [m.start for m in mentions]
        self._speaking: dict[int, Mention] = {}  # of those who can speak, by each place that a name takes
        for mention in filter(self._can_speak, mentions):
            self._speaking.update(dict.fromkeys(range(mention.start, mention.end), mention))

    def _can_speak(self, mention: Mention) -> bool:
        if mention.is_actor:
            known = self._known.actors.get(mention.name)
            return known is None or known.claimant
        return mention.kind == "country" and mention.side in NATIONS and not mention.dateline

    def words(self, units: Sequence[Unit]) -> str:
        """What the text says from the first unit to the last."""
        return self.text[units[0].start : units[-1].end]

    def is_called(self, name: str, words: frozenset[str]) -> bool:
        """Whether one of somebody's names holds some words: "the refugee agency" is UNHCR, the UN refugee agency."""
        known = self._known.actors.get(name)
        return known is not None and any(words <= called for called in _words_of(known.aliases))

    def office_of(self, person: Speaker) -> Speaker:
        """The body that somebody of the lexicon speaks for: "the minister spoke … THE MINISTRY said"."""
        actor = self._known.actors.get(person.name)
        body = self._known.actors.get(actor.of) if actor and actor.kind == "person" else None
        return Speaker(body.name, person.words, person.start, body.side, body.kind) if body else NOBODY

    def body_of(self, owner: Speaker, words: str) -> Speaker | None:
        """ "The Taliban … THEIR DEFENCE MINISTRY": the body that a state's own word and these name."""
        if owner.kind != "state":
            return None
        state = self._known.states.get(owner.side)
        nation = self._nations.get(owner.side)
        if state is None or nation is None:
            return None
        called = {f"{whose} {words}".lower() for whose in (nation.people, *state.aliases)}
        known = (a for a in self._known.actors.values() if a.side == owner.side and a.kind == "office")
        found = next((a for a in known if not called.isdisjoint(map(str.lower, a.aliases))), None)
        return Speaker(found.name, words, owner.start, found.side, found.kind) if found else None

    def local(self, state: Speaker) -> Speaker:
        """The officials of a place, of those of a state."""
        nation = self._nations.get(state.side)
        return self.known_as(f"{nation.people} local officials", state) if nation else state

    def known_as(self, name: str, speaker: Speaker) -> Speaker:
        """A speaker by the lexicon's name, where it knows one: "police in Peshawar" are the "Peshawar police"."""
        what, _, where = name.partition(" in ")
        actor = self._known.called.get(f"{where} {what}".strip().lower())
        if actor is None or not actor.claimant:
            return speaker
        return speaker._replace(name=actor.name, side=actor.side, kind=actor.kind)

    def called(self, words: Sequence[Unit]) -> Speaker | None:
        """ "The TALIBAN-RUN interior ministry", "the CARETAKER government in Kabul": whom the rest of the words name."""
        plain = [u.low for k, u in enumerate(words) if not _qualifies(words, k)]
        if len(plain) in (len(words), 0):
            return None
        said = " ".join(plain)
        actor = self._known.called.get(said)
        if actor is None and words[0].low == "de":  # as the UN calls all that the Taliban run
            actor = self._known.called.get(f"{self._nations['AF'].people} {said}".lower())
        if actor is None:
            return None
        return Speaker(actor.name, self.words(words), words[0].start, actor.side, actor.kind)

    def titled(self, known: Speaker, units: Sequence[Unit], found: Sequence[Spoken]) -> Speaker:
        """Somebody with all that a noun phrase and its apposition say of them: a minister speaks for the country named."""
        parts = [units[n.first : n.last + 1] for n in found]
        side = known.side
        if known.kind == "person" and not side and any(u.has("say.roles") for part in parts for u in part):
            side = next(filter(None, map(self.side_of, parts)), "")
        return known._replace(title=" ".join(map(self.words, parts)).lower(), side=side)

    def is_by_name(self, mention: Mention) -> bool:
        """Whether somebody is named, and not only called by an office: offices change hands."""
        return not set(self._called(mention).lower().split()).isdisjoint(mention.name.lower().split())

    def is_land(self, mention: Mention) -> bool:
        """Whether a name is a country's, or a place's that stands for somebody: "RAWALPINDI said"."""
        if mention.kind in ("state", "country"):
            return True
        called = self.text[mention.start : mention.end]
        return mention.kind == "office" and called in self._known.places and " " not in called

    def is_nation(self, unit: Unit) -> bool:
        """Whether a unit is the name of one of the topic's two countries."""
        mention = self._at(unit)
        if mention is None or mention.kind not in ("state", "country") or mention.side not in NATIONS:
            return False
        return unit.capital and " " not in self._called(mention)

    def before(self, start: int) -> tuple[Mention, ...]:
        """The names up to an offset, as far back as a reader recalls them."""
        end = bisect_right(self._starts, start)
        return self._mentions[max(0, end - RECALLED) : end]

    def _at(self, unit: Unit) -> Mention | None:
        """The name that a unit's own word is part of: "the 203 Mansoori Corps" is named from its number on."""
        start = unit.quantity.start if unit.quantity else unit.start
        last = bisect_right(self._starts, start) - 1
        return self._mentions[last] if last >= 0 and start < self._mentions[last].end else None

    def mention_at(self, unit: Unit) -> Mention | None:
        """The name that a unit is part of, if it can speak."""
        return self._speaking.get(unit.quantity.start if unit.quantity else unit.start)

    def mentioned(self, units: Sequence[Unit], first: int, last: int) -> list[tuple[Mention, int]]:
        """Who is named between two units, and where the name ends."""
        out: list[tuple[Mention, int]] = []
        for k in range(first, last + 1):
            mention = self.mention_at(units[k])
            if mention and out and out[-1][0] is mention:
                out[-1] = (mention, k)
            elif mention:
                out.append((mention, k))
        return out

    def is_place(self, unit: Unit) -> bool:
        mention = self._at(unit)
        return mention is not None and mention.is_place

    def is_town(self, unit: Unit) -> bool:
        """Whether a place is smaller than a country."""
        mention = self._at(unit)
        return mention is not None and mention.kind in LOCAL

    def town_in(self, units: Sequence[Unit]) -> bool:
        """Whether some words name a place smaller than a country."""
        return any(map(self.is_town, units))

    def dateline_end(self, units: Sequence[Unit]) -> int:
        """Where a sentence begins behind its dateline: "SHARANA, Afghanistan (AFP) – Villagers …"."""
        first = self._at(units[0]) if units else None
        known = first is not None and first.dateline
        for k, unit in enumerate(units[:DATELINE]):
            if unit.low == ":" or (unit.low in DASHES and k and unit.start > units[k - 1].end):
                return k + 1
            if unit.word and not (known or unit.capital):
                return 0  # "New York [US], March 9 (ANI): India's envoy": capitals and marks alone
        return 0

    def people_at(self, unit: Unit) -> Mention | None:
        """The country that an adjective stands for: "Afghan claims", "Pakistani figures"."""
        mention = self._at(unit)
        return mention if mention and mention.kind == "demonym" and mention.side in NATIONS else None

    def people(self, units: Sequence[Unit], at: int) -> Speaker | None:
        """ "Afghan figures", "in KABUL's telling"."""
        if people := self.people_at(units[at]):
            return self.named(people)
        word = Speaker("", self.words(units[at : at + 1]), units[at].start)
        state = self.known_as(word.words, word) if units[at + 1 : at + 2] else NOBODY
        return state if state.kind == "state" and units[at + 1].low == "'s" else None

    def body_before(self, start: int) -> Speaker:
        """The body that was named last before an offset: "Never has the UN mission heard so much. ITS update …"."""
        last = self.before(start)[-NEAR:]
        return next((self.named(m) for m in reversed(last) if m.kind in BODIES), NOBODY)

    def place_before(self, start: int, after: int = -1) -> str:
        """The place that was named last before an offset; "" where none was."""
        found = [m for m in self._local(self.before(start)) if m.start > after]
        return self._spot(found[-1]) if found else ""

    def there(self, start: int) -> str:
        """ "officials THERE": in the place named last before an offset, or in each of two."""
        found = self._local(self.before(start))[-2:]
        two = len(found) > 1 and self.text[found[0].end : found[1].start].strip() in (",", "and", "or")
        return "local" if two else self.place_before(start)

    def only_place(self, start: int, *, province: bool = False) -> str:
        """The one place, or only `province`, that was named before an offset, or the one province where all of them lie."""
        local = self._local(self.before(start))
        named, provinces = {m.name for m in local}, {*map(self._province, local)}
        if len(named) == 1 and not (province and local[-1].kind != "province"):
            return self._spot(local[-1])
        return next(iter(provinces)) if len(provinces) == 1 and provinces <= named else ""

    def place_of(self, kind: str, start: int, end: int) -> str:
        """Which city or province a sentence means by its kind: one that it names, else the one named most so far."""
        named = self._local(self.before(end))
        here = [m for m in named if m.start >= start]
        found = [self._name_as(kind, m) for m in here or named]
        found = [name for name in found if name]
        return max(reversed(found), key=found.count) if found else ""

    def _local(self, mentions: Sequence[Mention]) -> list[Mention]:
        return [m for m in mentions if m.kind in LOCAL and not m.dateline]

    def _name_as(self, kind: str, mention: Mention) -> str:
        if kind == "province":
            return self._province(mention)
        return mention.name if mention.kind != "province" else ""

    def _spot(self, mention: Mention) -> str:
        """A place by its name; of a district by the town in it that the text names: "Wana"."""
        return self._called(mention) if mention.kind == "district" else mention.name

    def _called(self, mention: Mention) -> str:
        return self.text[mention.start : mention.end]

    def _province(self, mention: Mention) -> str:
        if mention.kind == "province":
            return mention.name
        place = self._known.places.get(mention.name)
        return place.province if place and place.kind == mention.kind else ""

    def named(self, mention: Mention) -> Speaker:
        words = self.text[mention.start : mention.end]
        if mention.kind == "state" and mention.side not in NATIONS and "ministry" in words.lower():
            name = words.replace("’", "'").replace("'s", "")
            return Speaker(name, words, mention.start, mention.side, "office")
        if mention.kind in ("demonym", "country") and (state := self._known.states.get(mention.side)):
            return Speaker(state.name, words, mention.start, state.side, state.kind)
        return Speaker(mention.name, words, mention.start, mention.side, mention.kind)

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The names between two offsets."""
        first = bisect_left(self._starts, start)
        return self._mentions[first : bisect_left(self._starts, end, first)]

    def side_of(self, words: Sequence[Unit]) -> str:
        """The side that some words name."""
        sides = (m.side for m in self.within(words[0].start, words[-1].end))
        return next((side for side in sides if side in ("PK", "AF", "UN")), "")


def _qualifies(words: Sequence[Unit], at: int) -> bool:
    """ "Taliban-RUN", "INTERIM": what only says of which sort a government is."""
    if words[at].low == "-":
        return at + 1 < len(words) and words[at + 1].low in RUN
    return words[at].low in INTERIM or (words[at].low in RUN and at > 0 and words[at - 1].low == "-")


@lru_cache(maxsize=1024)
def _words_of(aliases: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """The words of each of somebody's names, in small letters."""
    return tuple(word_set(alias.lower()) for alias in aliases)
