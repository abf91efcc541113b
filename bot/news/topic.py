"""What a topic is made of: actors, places, words, outlets and the chronology, as checked data.

`config/topics/<name>/*.toml` and `config/outlets.toml` hold the vocabulary; `settings` reads the
files, the builders here turn their tables into the types that the judgement uses. Every problem is
a `TopicError` that names the file's table, the key and what is allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, get_args

from bot.news import idf
from bot.news.idf import Terms
from bot.news.model import OutletKind, PastEvent, Side
from bot.news.scale import Scale, scale
from bot.news.text import ACTOR_KINDS, PLACE_KINDS, Lexicon, Name, word_set


class TopicError(ValueError):
    """A line of the configuration that cannot be used; the message says which and why."""


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


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    kind: str  # country | province | district | town | crossing | line | venue
    country: str  # "PK", "AF", "border" (crossings and the line), or another ISO code for venues
    aliases: tuple[str, ...] = ()
    province: str = ""
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    weight: float = 1.0
    demonyms: tuple[str, ...] = ()  # "Afghan", "Pakistani": people and things of it

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
class Weights:
    """Everything tunable in the judgement, from topic.toml: name → number."""

    values: dict[str, float]

    def __getitem__(self, name: str) -> float:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    title: str
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    outlets: tuple[Outlet, ...]
    wording: tuple[Term, ...]
    words: dict[str, tuple[str, ...]]  # named word lists: happenings by type, negatives, cues …
    weights: Weights
    chronology: tuple[PastEvent, ...] = ()
    lexicon: Lexicon = field(
        default_factory=Lexicon, compare=False, repr=False
    )  # aliases and words, compiled
    terms: Terms = field(default_factory=Terms, compare=False, repr=False)  # how telling each term is
    scale: Scale = field(default_factory=Scale, compare=False, repr=False)  # significance.toml
    gazetteer: dict[str, Place] = field(default_factory=dict, compare=False, repr=False)  # places by name


SIDES = get_args(Side)
WEIGHTS = sorted(
    word_set(
        "threshold meet_title meet_sentence meet_lead meet_text foreign happening happening_far border soil group group_attack militancy "
        "bomb uniform frontier rival_group actor off_title off_text off_sport other_border archive_days "
        "type_title type_lead type_second type_later type_statement type_multilateral type_aside "
        "type_broken type_means"
    )
)
Tables = Mapping[str, Mapping[str, Any]]


def build(tables: Tables) -> Topic:
    """The topic of its tables: topic, actors, places, wording, outlets, chronology and the others' own."""
    from bot.news.chronology import events  # here: both check their rows with the types above
    from bot.news.outlets import outlets

    actors = tuple(_actor(row, n) for n, row in enumerate(_rows(tables, "actors", "actor"), 1))
    places = tuple(_place(row, n) for n, row in enumerate(_rows(tables, "places", "place"), 1))
    wording = tuple(_term(row, n) for n, row in enumerate(_rows(tables, "wording", "term"), 1))
    known = outlets(_rows(tables, "outlets", "outlet"))
    main = tables.get("topic", {})
    _only(main, {"topic", "weights", "words"}, "topic")
    grouping = tables.get("stories", {})
    words = {
        **_lists(main.get("words", {}), "topic: words"),
        **_lists(grouping.get("words", {}), "stories: words", "stories."),
    }
    named = main.get("topic", {})
    _only(named, {"name", "title"}, "topic: topic")
    lexicon = _lexicon(actors, places, words)
    return Topic(
        name=_text(named, "name", "topic: topic"),
        title=_text(named, "title", "topic: topic"),
        actors=actors,
        places=places,
        outlets=known,
        wording=wording,
        words={**words, **_lists(tables.get("figures", {}), "figures", "figures.")},
        weights=Weights(
            {
                **_numbers(main.get("weights", {}), "topic: weights", WEIGHTS),
                **{
                    f"stories.{k}": v
                    for k, v in _numbers(grouping.get("weights", {}), "stories: weights").items()
                },
            }
        ),
        chronology=events(_rows(tables, "chronology", "event"), known),
        lexicon=lexicon,
        gazetteer={place.name: place for place in places},
        **_others(tables, lexicon),
    )


def _others(tables: Tables, lexicon: Lexicon) -> dict[str, Any]:
    """What other parts of the judgement make of their own files."""
    found: dict[str, Any] = {}
    try:
        if "idf" in tables and "stories" in tables:
            found["terms"] = Terms(lexicon, idf.build(tables["idf"], tables["stories"]))
        if "significance" in tables:
            found["scale"] = scale(tables["significance"])
    except ValueError as error:
        raise TopicError(str(error)) from None
    except KeyError as error:
        raise TopicError(f"idf, stories or significance: {error.args[0]!r} is missing") from None
    return found


def _actor(row: Mapping[str, Any], number: int) -> Actor:
    where = f"actors: actor {number} ({row.get('name', 'no name')})"
    _only(row, {f.name for f in fields(Actor)}, where)
    _one_of(row, "kind", ACTOR_KINDS, where)
    _one_of(row, "side", SIDES, where)
    return Actor(**_typed(row, Actor, where))


def _place(row: Mapping[str, Any], number: int) -> Place:
    where = f"places: place {number} ({row.get('name', 'no name')})"
    _only(row, {f.name for f in fields(Place)}, where)
    _one_of(row, "kind", PLACE_KINDS, where)
    country = _text(row, "country", where)
    if country != "border" and not (len(country) == 2 and country.isupper()):
        raise TopicError(f"{where}: country must be PK, AF, border or two capital letters, not {country!r}")
    return Place(**_typed(row, Place, where))


def _term(row: Mapping[str, Any], number: int) -> Term:
    where = f"wording: term {number} ({row.get('term', 'no term')})"
    _only(row, {f.name for f in fields(Term)}, where)
    _one_of(row, "side", SIDES, where)
    _text(row, "neutral", where)
    return Term(**_typed(row, Term, where))


def _lexicon(
    actors: tuple[Actor, ...], places: tuple[Place, ...], words: dict[str, tuple[str, ...]]
) -> Lexicon:
    """Every alias and cue word, compiled; a name that stands twice would make its mentions ambiguous."""
    taken: set[str] = set()
    for name in (*(a.name for a in actors), *(f"{p.name} (place)" for p in places)):
        if name in taken:
            raise TopicError(f"actors, places: {name!r} is there twice")
        taken.add(name)
    names: list[tuple[Name, tuple[str, ...]]] = [
        (Name(a.name, a.kind, a.side, a.weight), a.aliases) for a in actors
    ]
    for place in places:
        names.append((Name(place.name, place.kind, place.side, place.weight), place.aliases))
        names.append((Name(place.name, "demonym", place.side, place.weight), place.demonyms))
    try:
        return Lexicon(names, words.items())
    except ValueError as error:
        raise TopicError(f"actors, places, topic: {error}") from None


def _typed(row: Mapping[str, Any], kind: type, where: str) -> dict[str, Any]:
    """A row's values, each of its field's type, lists as tuples."""
    typed: dict[str, Any] = {}
    for field_ in fields(kind):
        if field_.name not in row:
            if field_.default is MISSING:
                raise TopicError(f"{where}: {field_.name} is missing")
            continue
        value, wanted = row[field_.name], str(field_.type).removesuffix(" | None")
        if wanted.startswith("tuple"):
            value = _phrases(value, f"{where}: {field_.name}")
        elif wanted == "float":
            value = _number(value, f"{where}: {field_.name}")
        elif not isinstance(value, bool if wanted == "bool" else str):
            raise TopicError(
                f"{where}: {field_.name} must be {'true or false' if wanted == 'bool' else 'some text'}"
            )
        typed[field_.name] = value
    return typed


def _rows(tables: Tables, file: str, table: str) -> list[Mapping[str, Any]]:
    content = tables.get(file, {})
    _only(content, {table}, file)
    rows = content.get(table, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise TopicError(f"{file}: {table} must be tables, each under [[{table}]]")
    return rows


def _lists(table: Mapping[str, Any], where: str, prefix: str = "") -> dict[str, tuple[str, ...]]:
    """Nested tables of lists, flat: words.type.attack is "type.attack"."""
    found: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= _lists(value, f"{where}.{key}", f"{prefix}{key}.")
        else:
            found[prefix + key] = _phrases(value, f"{where}.{key}")
    return found


def _phrases(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise TopicError(f"{where} must be a list of words, not {value!r}"[:300])
    return tuple(value)


def _numbers(table: Mapping[str, Any], where: str, needed: Collection[str] = ()) -> dict[str, float]:
    found = {key: _number(value, f"{where}.{key}") for key, value in table.items()}
    missing = sorted(set(needed) - set(table))
    if missing:
        raise TopicError(f"{where}.{missing[0]} is missing (needed: {', '.join(needed)})")
    return found


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TopicError(f"{where} must be a number, not {value!r}")
    return float(value)


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise TopicError(f"{where}: {key} must be some text")
    return value


def _one_of(row: Mapping[str, Any], key: str, allowed: Collection[str], where: str) -> None:
    if row.get(key) not in allowed:
        raise TopicError(f"{where}: {key} is {row.get(key)!r} (allowed: {', '.join(sorted(allowed))})")


def _only(row: Mapping[str, Any], allowed: Collection[str], where: str) -> None:
    unknown = sorted(set(row) - set(allowed))
    if unknown:
        raise TopicError(f"{where}: unknown key {unknown[0]!r} (allowed: {', '.join(sorted(allowed))})")
