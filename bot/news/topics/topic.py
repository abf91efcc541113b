"""What a topic is made of: actors, places, words, outlets and the chronology, as plain data.

`config/topics/<name>/*.toml` and `config/outlets.toml` hold the vocabulary; `tables` makes this of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.news.glosses.table import Glossary
from bot.news.model import PastEvent, Side
from bot.news.text.idf import Terms
from bot.news.text.lexicon import Lexicon
from bot.news.topics.classifier import Classifier
from bot.news.topics.scale import Scale

OutletKind = Literal["own", "state", "exile", "agency", "UN", "research"]
HEARSAY = "stories.hearsay"  # the list of words for what nobody answers for


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, speaks or is counted: a state, an office, a person, a group, an agency."""

    name: str  # canonical, shown to readers
    kind: str  # state | office | person | group | un | agency | media | mechanism
    side: Side
    aliases: tuple[str, ...] = ()
    role: str = ""
    of: str = ""  # canonical name of the actor it speaks for or belongs to
    claimant: bool = True  # may be named as the one who says a figure
    weight: float = 1.0  # evidence for relevance
    owning: tuple[str, ...] = ()  # a state: what may stand before the names of its offices


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    kind: str  # country | province | district | town | crossing | line | venue
    country: str  # "PK", "AF", "border" (crossings and the line), or another ISO code for venues
    aliases: tuple[str, ...] = ()
    province: str = ""
    district: str = ""
    weight: float = 1.0
    demonyms: tuple[str, ...] = ()  # "Afghan", "Pakistani": people and things of it
    across: str = ""  # the place on the other side of the same gate
    capital: bool = False  # the seat of a country's government: "Kabul" says where, and who
    facing: tuple[str, ...] = ()  # what lies opposite it across the line, or what it is a vaguer name for
    display: str = ""  # what readers see, where the name is a side's word

    @property
    def side(self) -> str:
        """Whose ground it is, in the words of a mention."""
        return self.country if self.country in {"PK", "AF", "border", "IN"} else "intl"


@dataclass(frozen=True, slots=True)
class Outlet:
    name: str
    family: str  # publisher: outlets of one family corroborate each other as one
    side: Side
    kind: OutletKind
    hosts: tuple[str, ...] = ()  # how an outlet is recognised from an address
    note: str = ""
    aliases: tuple[str, ...] = ()  # other names under which feeds and copies credit it


@dataclass(frozen=True, slots=True)
class Term:
    """A word that carries a side or hides a figure, and the neutral word for the bot's own sentences."""

    term: str
    neutral: str
    side: Side
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nation:
    """One of the two countries, in the words that readers see."""

    name: str  # "Pakistan"
    people: str  # "Pakistani"
    government: str  # the actor
    capital: str  # the place


@dataclass(frozen=True, slots=True)
class Roles:
    """The rows that play a part which the judgement knows by itself, by name; `roles` of topic.toml says which."""

    line: str = ""  # the border between the two, where it is not a crossing
    council: str = ""  # whose meetings are the place of what it says
    seat: str = ""  # where that council sits
    army: str = ""  # whom "the army" stands for, where nobody else's is named
    rivals: frozenset[str] = frozenset()  # groups that fight both, and stand between none
    caliphate: frozenset[str] = frozenset()  # rivals whose fight with the Afghan side is its neighbour's
    desks: frozenset[str] = frozenset()  # towns from which news of anywhere is told
    network: frozenset[str] = frozenset()  # beside whom "the Taliban" are fighters, no government
    bystanders: frozenset[str] = frozenset()  # who, if named, make a rival's fight theirs
    no_hosts: frozenset[str] = frozenset()  # countries that are often named, and never mediate
    frontier: frozenset[str] = frozenset()  # provinces where an attack points over the line
    insurgency: frozenset[str] = frozenset()  # provinces with a war of their own
    missions: Mapping[str, str] = field(
        default_factory=dict
    )  # a mission or operation → the side that it is about


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """Compared and hashed by identity: what was made of it is remembered by it, and a new table is a new topic."""

    name: str
    title: str
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    outlets: tuple[Outlet, ...]
    wording: tuple[Term, ...]
    words: dict[str, tuple[str, ...]]  # named word lists: happenings by type, negatives, cues …
    telling: Mapping[str, frozenset[str]]  # words by which reports are told: telling.toml
    weights: Mapping[str, float]  # everything tunable in the judgement
    roles: Roles = field(default_factory=Roles)
    nations: Mapping[str, Nation] = field(default_factory=dict)  # by side
    chronology: tuple[PastEvent, ...] = ()
    glosses: Mapping[str, Glossary] = field(default_factory=dict, repr=False)  # by language: gloss_XX.toml
    kinds: Classifier = field(
        default_factory=Classifier, repr=False
    )  # what tells of which kind of event: kinds.toml
    lexicon: Lexicon = field(default_factory=Lexicon, repr=False)  # aliases and words, compiled
    terms: Terms = field(default_factory=Terms, repr=False)  # how telling each term is
    gates: Lexicon = field(default_factory=Lexicon, repr=False)  # what texts say of crossings: crossings.toml
    scale: Scale = field(default_factory=Scale, repr=False)  # significance.toml
    gazetteer: dict[str, Place] = field(default_factory=dict, repr=False)  # places by name
    sides: Mapping[str, Side] = field(default_factory=dict, repr=False)  # of actors by name

    def is_rumour(self, claimant: str) -> bool:
        """Whether a claimant is nobody in particular: "social media users"."""
        return any(cue.name == HEARSAY for cue in self.lexicon.read(claimant).cues)

    def capital(self, side: str) -> Place:
        """The capital of one of the two countries."""
        return self.gazetteer[self.nations[side].capital]

    def displayed(self, label: str) -> str:
        """A place as readers see it: without a name that is a side's word."""
        for place in self.places:
            if place.display:
                label = label.replace(place.name, place.display)
        return label
