"""What a ledger is made of: claims in lanes, and how a figure reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.news.figures.sentence.numbers import GROUPS, OPENERS
from bot.news.model import WORDED, Figure, Measure, Party, Scope, Side
from bot.news.text.words import fold, is_english, is_latin, word_set

UNVERIFIED = "unverified"  # the note of what nobody answers for
DENIAL = "denial"  # the rule of a claim without a number, that only denies

QUALIFIERS = {
    "at_least": "at least ", "over": "over ", "nearly": "nearly ", "about": "about ", "up_to": "up to ", "under": "under ",
}  # fmt: skip
MEASURE_WORDS: dict[Measure, str] = {
    "killed": "killed", "wounded": "wounded", "casualties": "killed or wounded", "captured": "captured", "abducted": "abducted",
    "missing": "missing", "surrendered": "surrendered", "displaced": "displaced", "returned": "returned", "deported": "deported",
}  # fmt: skip
DEAD = word_set("killed dead deaths death fatalities casualties bodies lives")
HURT = word_set("wounded injured hurt injuries injury casualties")
SAYS: dict[Measure, frozenset[str]] = {  # nouns that say what happened
    "killed": DEAD, "wounded": HURT, "casualties": DEAD | HURT, "captured": word_set("captured arrests"),
    "returned": word_set("returned returns returnees"), "deported": word_set("deported deportees"),
}  # fmt: skip
NOBODY = frozenset(("victims", "feared", "confirmed", "members", "member")).union(*SAYS.values())

PARTY_WORDS: dict[Party, str] = {
    "pak_security_forces": "Pakistani forces", "pak_civilians": "Pakistani civilians", "pak_people": "Pakistanis",
    "afg_taliban_forces": "Afghan Taliban forces", "afg_civilians": "Afghan civilians", "afg_people": "Afghans",
    "afg_refugees": "Afghan refugees", "militants": "militants", "afg_taliban_and_militants": "Taliban and militants",
}  # fmt: skip
# Words for the dead that say no more of them than the party does; any other noun counts some of them.
GENERAL = word_set(
    "people persons person individuals others lives victims civilian civilians casualties casualty deaths death dead "
    "fatalities injuries injured wounded killed hurt bodies martyr martyrs slain soldier soldiers troops personnel forces force security "
    "men army military members militants militant fighters fighter terrorists insurgents khwarij khawarij taliban "
    "attackers assailants gunmen bombers rebels extremists "
    "afghans pakistanis afghan pakistani citizens nationals residents refugees returnees "
)
LINKING = word_set(
    "of its their his the and or other more another additional further affiliated including own new"
)
OF_THEM = re.compile(r",? (?:of|among) (?:them|these|those|whom|which)\b")
UNIT = re.compile(r"[ -]?(minute|hour|day|week|month|year)s?\b", re.IGNORECASE)
AROUND = 4, 6  # words of its clause before a number without a noun, and behind it
CLAUSE = re.compile(r"[,;:.…?!][”\"’']?\s|[()—–]|\s-\s|\n")
ADDED = word_set("other more another additional further")
ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth another")
MONTHS = word_set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
NAMING = word_set("this since")  # "this year": the same for all reports of one story
RUNNING: dict[Scope, str] = {"cumulative": "a running total", "period": "over a longer time"}

Status = Literal["current", "superseded", "revised", "withdrawn", "denied"]


@dataclass(frozen=True, slots=True)
class Point:
    """One claim at one time. Syndicated repeats add outlets to a point, never a point."""

    figure: Figure
    entry: str
    at: datetime
    outlet: str
    side: Side
    url: str
    outlets: tuple[str, ...] = ()  # all that carried this same claim, the first included
    status: Status = "current"
    denied_by: str | None = None
    repeats: tuple[tuple[datetime, str, str], ...] = ()  # when, which entry, which outlet carried it again
    denied_at: datetime | None = None  # when we first read the denial
    gone_at: datetime | None = None  # when it was withdrawn
    hearsay: bool = False  # nobody answers for it: no more than a post or a rumour says so


@dataclass(frozen=True, slots=True)
class Lane:
    """All that one claimant said about one number, oldest first. The last point is what stands."""

    measure: Measure
    party: Party
    scope: Scope
    claimant: str
    period: str = ""
    what: str = ""
    subset: bool = False
    points: tuple[Point, ...] = ()  # never empty in a ledger
    speaks_for: tuple[str, ...] = ()  # a spokesman: his ministry, its government, the country
    place: str = ""  # the province of which alone it speaks

    @property
    def last(self) -> Point:
        """The newest claim, withdrawn or not."""
        return self.points[-1]

    @property
    def figure(self) -> Figure:
        return self.points[-1].figure

    def ending(self, *points: Point) -> Lane:
        """With other claims in the last one's place."""
        return replace(self, points=(*self.points[:-1], *points))

    @property
    def is_denial(self) -> bool:
        """A claim without a number, that only denies another's."""
        return self.figure.rule == DENIAL

    @property
    def stands(self) -> Point | None:
        """The claim that holds now; None once it was withdrawn."""
        return self.last if self.last.status != "withdrawn" else None


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry changed in a ledger; `words` is one line of an alert's Changed ("killed (ISPR): 11 → 23")."""

    kind: Literal["new", "rise", "revision", "denial", "withdrawal", "corroborated"]
    lane: Lane
    words: str


def words(figure: Figure) -> str:
    """How a figure reads: qualifier, number and noun as written, and what happened where the noun does not say it.

    "over 200 Taliban and affiliated militants killed", "nearly 1,200 Pakistani deaths", "48-hour ceasefire"; where
    the noun names nobody, whom the sentence counts: "30 wounded among Pakistani forces". A number of no people that has
    no noun stands with the words around it: “daily losses at $500,000”. Empty where nothing says what is counted.
    """
    if figure.rule == DENIAL:
        return figure.text
    noun = _noun(figure)
    said = f"{number_of(figure)}{noun if noun.strip().lower() not in NOBODY - DEAD - HURT else ''}"
    happened = MEASURE_WORDS.get(figure.measure, "")
    if not happened:
        return said if UNIT.sub("", noun, count=1).strip() or not figure.sentence else _excerpt(figure)
    told = [word.strip(".,").lower() for word in said.split()]
    whole = said if {happened, *SAYS.get(figure.measure, ())} & {*told} else f"{said} {happened}"
    whole = f"{whole} lost" if told[-1:] == ["lives"] else whole
    nobody = not figure.subset and not _nouns(figure)
    whom = PARTY_WORDS.get(figure.party, "") if nobody else ""
    return f"{whole} {'of' if told[-1:] == ['bodies'] else 'among'} {whom}" if whom else whole


def _excerpt(figure: Figure) -> str:
    """The words of its clause around a number, as they stand; nothing of a sentence that is not in English."""
    sentence = figure.sentence
    quoted, inside = sentence.find(figure.quote), figure.quote.find(figure.text)
    if min(quoted, inside) < 0 or not is_english(sentence):
        return ""
    at = quoted + inside
    opening = CLAUSE.split(sentence[:at])[-1].split()[-AROUND[0] :]
    ending = CLAUSE.split(sentence[at + len(figure.text) :])[0].rstrip(" .?!").split(" ")[: AROUND[1]]
    return f"“{' '.join((*opening, figure.text))}{' '.join(ending)}”"


def covers(figure: Figure) -> str:
    """The time of a count, where it is not the happening as a whole: "between April and June", "a running total".

    Empty for a count of the happening, and for how things stand.
    """
    period = (figure.period or "").removesuffix(" of")
    if period and (told := re.search(re.escape(period), figure.sentence, re.IGNORECASE)):
        period = (
            told[0] if told.start() else f"{period[0]}{told[0][1:]}"
        )  # "since Thursday night", as written
    else:
        period = " ".join(word.capitalize() if word in MONTHS else word for word in period.split())
    counted = figure.measure in MEASURE_WORDS or figure.measure in ("attacks", "strikes")
    return period or (RUNNING.get(figure.scope, "") if counted else "")


def limited(figure: Figure) -> str:
    """What a count is limited to, in brackets: time and place."""
    told = [covers(figure), f"in {figure.place} only" if figure.place else ""]
    return f" ({', '.join(filter(None, told))})" if any(told) else ""


def period_of(words: str) -> tuple[str, ...]:
    """A period as it is compared: by its months and years where it names them.

    >>> period_of("between april and june") == period_of("from April 1 to June 30")
    True
    """
    said = fold(words).split()
    named = tuple(word for word in said if word in MONTHS or (len(word) == 4 and word.isdigit()))
    return named or tuple(said)


def is_named(words: str) -> bool:
    """Whether a period is the same whoever says it: "since May", not "in three months", "the reporting period"."""
    said = fold(words).split()
    return not said or bool({*said} & (MONTHS | NAMING)) or any(len(w) == 4 and w.isdigit() for w in said)


def part_words(figure: Figure) -> str:
    """How a part reads below its total: "of them, nine killed", "of them, three children killed"."""
    told = words(figure)
    return told if told.startswith("“") else f"of them, {told}"


def number_of(figure: Figure) -> str:
    """The number as it reads: "over 200", "between 10 and 15", "twenty-three"; in digits where it is not English."""
    text = figure.text
    if figure.low == 0:
        text = "no"
    elif figure.low is not None and not _is_english(text):
        text = (
            f"{figure.low:,.0f}" if figure.low == figure.high else f"{figure.low:,.0f} to {figure.high:,.0f}"
        )
    elif text[:1].isupper() and (
        _first(text) in OPENERS or not any(map(str.isdigit, text))
    ):  # it began a sentence
        text = text[0].lower() + text[1:]
    if figure.qualifier == "range" and " and " in text:
        return f"between {text}"
    return QUALIFIERS.get(figure.qualifier, "") + text


def in_digits(figure: Figure) -> str:
    """The number in digits, as it stands beside another: "9 → 8"; as written where it has no value, or a unit."""
    if figure.low is None or any(map(str.isdigit, figure.text)):
        return number_of(figure)
    return number_of(replace(figure, text=f"{figure.low:,.0f}"))


def _first(text: str) -> str:
    return re.split("[ -]", text.lower())[0]


def _is_english(text: str) -> bool:
    """
    >>> _is_english("Twenty-three"), _is_english("1,391"), _is_english("Rs 16.5 billion"), _is_english("septyni")
    (True, True, True, False)
    """
    return (
        _first(text) in OPENERS or _first(text) in GROUPS or (any(map(str.isdigit, text)) and is_latin(text))
    )


def _noun(figure: Figure) -> str:
    """What is counted, in letters that readers of English read; else the party tells it."""
    return OF_THEM.sub("", figure.noun) if is_latin(figure.noun) else ""


def _nouns(figure: Figure) -> list[str]:
    """The words that say who is counted: none in "30 wounded", "woman" in "a woman"."""
    own = figure.text.split()[1:] if figure.text.casefold().startswith(("a ", "an ")) else []
    said = fold(f"{' '.join(own)} {_noun(figure)}").split()
    return [word for word in said if word not in NOBODY and word not in LINKING]


def some_of(figure: Figure) -> str:
    """Which of the people a figure counts, where its noun is narrower than their party: "players", "woman".

    Empty where it counts all of them: "civilians", "Pakistani soldiers", "Taliban and affiliated militants".
    """
    nouns = _nouns(figure)
    if not nouns or any(word in GENERAL for word in nouns):
        return ""
    return "police" if any(noun.startswith("police") for noun in nouns) else nouns[-1]


def is_added(figure: Figure) -> bool:
    """Whether it counts people besides those counted before: "four other civilians", "a third soldier"."""
    if figure.low == 1 and not ORDINALS.isdisjoint(fold(f"{figure.text} {figure.noun}").split()):
        return True
    return figure.update == "additional" or fold(figure.noun).split()[:1] in [[word] for word in ADDED]


def name_of(lane: Lane) -> str:
    """What a change is about: "killed (ISPR)"."""
    measure = lane.measure if lane.measure != "other" else lane.what or "other"
    return f"{measure.replace('_', ' ')} ({voice_of(lane)})"


def voice_of(lane: Lane) -> str:
    """Who says it, and of which time: "UNAMA, in three months"."""
    told = covers(lane.figure)
    return f"{lane.claimant}{f', {told}' if told else ''}"


def counted(of: Figure | Lane) -> tuple[Measure, str]:
    """What a figure or a lane counts: its measure, and the words where the measure says too little."""
    return of.measure, (of.what or "") if of.measure in WORDED else ""
