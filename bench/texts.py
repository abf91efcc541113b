"""Made-up reports, the same in every run: happenings of the topic told by many outlets, among other news.

Templates in our own words over names of the region. They are to load the machine as real entries
would, not to score the judgement: that is what `tests/quality` is for.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2025, 1, 1, tzinfo=UTC)
TOPICAL = 0.3  # of all happenings; feeds are chosen for the region, but tell of everything

PLACES = (
    "Spin Boldak", "Torkham", "Chaman", "Angoor Adda", "Ghulam Khan", "Kharlachi", "Khost", "Paktika", "Barmal",
    "Kunar", "Nangarhar", "Kandahar", "Kurram", "Bajaur", "North Waziristan", "South Waziristan", "Dir", "Khyber",
    "Mohmand", "Chitral", "Zhob", "Quetta", "Peshawar", "Bannu", "Tank", "Dera Ismail Khan", "Paktia", "Helmand",
)  # fmt: skip
CLAIMANTS = (
    ("ISPR", "Pakistani soldiers", "militants"),
    ("Pakistani security officials", "paramilitary troops", "TTP fighters"),
    ("Zabihullah Mujahid", "Afghan border guards", "Pakistani soldiers"),
    ("the Afghan Ministry of Defence", "Taliban fighters", "Pakistani soldiers"),
    ("the Khyber Pakhtunkhwa police", "policemen", "attackers"),
    ("UNAMA", "Afghan civilians", "children"),
)
OPENINGS = (
    "Pakistan and Afghan forces exchange fire near {place}",
    "Pakistani air strikes hit {place}, Kabul says",
    "{place} crossing between Pakistan and Afghanistan shut to trade",
    "{place} gate reopens for Afghan families after {toll} days",
    "Kabul and Islamabad resume talks over {place} posts",
    "Raid from Afghanistan kills {toll} in {place}, Pakistan says",
    "Thousands of Afghan refugees sent home through {place}",
    "Pakistan and Afghanistan agree on truce around {place}",
)
CLAIMS = (
    "{who} said {toll} {own} were killed and {hurt} others wounded in the fighting near {place}.",
    "At least {hurt} {other} were killed, according to {who}, which gave no names.",
    "{toll} {own} died when a post in {place} was shelled, {who} said on {day}.",
    "{who} put the number of wounded at {hurt} and said that {toll} posts had been taken.",
    "About {hurt}00 families left villages around {place}, {who} said.",
    "Residents of {place} reported shelling overnight, and {who} spoke of over {hurt} {other} killed.",
)
CALM = (
    "Lorries loaded with fruit waited on both sides of the road while officials spoke by telephone.",
    "A ceasefire that was agreed in Doha on 19 October 2025 had held for most of the month.",
    "Neither account could be checked on the ground, where the telephone network was down.",
    "Traders asked both governments to keep the gates open whatever happens between their armies.",
    "The foreign office called in the envoy and handed him a note of protest.",
    "Elders of the valley said that they had seen no officials since the evening.",
)
SUBJECTS = (
    "The city council", "A cotton mill", "The national cricket team", "A court in Lahore", "The weather office",
    "A group of students", "The central bank", "Doctors at a hospital", "The film festival", "A railway company",
    "Wheat growers", "The electricity board", "A start-up", "The parliament", "Divers", "The museum", "A school",
)  # fmt: skip
VERBS = (
    "opens", "delays", "cancels", "plans", "defends", "sells", "repairs", "wins", "loses", "reviews", "welcomes",
    "studies", "celebrates", "drops", "extends", "launches", "questions", "doubles", "cuts", "praises",
)  # fmt: skip
OBJECTS = (
    "bridge", "harvest", "budget", "series", "tariff", "library", "market", "vaccine", "timetable", "contract",
    "bakery", "stadium", "satellite", "orchard", "pipeline", "exam", "loan", "canal", "ferry", "tunnel", "garden",
    "archive", "turbine", "festival", "bus line", "water plant", "kitchen", "concert", "dairy", "observatory",
)  # fmt: skip
ADVERBS = (
    "after a long winter", "for the third time", "without a vote", "in spite of the rain", "to much surprise",
    "before the holidays", "at half the price", "with help from abroad", "under new rules", "in the old town",
)  # fmt: skip
NAMES = (
    "Karim", "Farooq", "Nasreen", "Haleema", "Wahid", "Sardar", "Gul", "Mirza", "Rubina", "Adeel", "Qasim", "Laila",
    "Omar", "Zarmina", "Tariq", "Shireen", "Junaid", "Palwasha", "Bilal", "Saima", "Naveed", "Spogmai", "Imran", "Aqsa",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Happening:
    """What a report can be about; `words` fill the templates."""

    number: int
    at: datetime
    topical: bool
    title: str
    words: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A report in a feed, and the happening that it is truly about."""

    id: str
    outlet: str
    at: datetime
    report: Report
    happening: int

    @property
    def url(self) -> str:
        return f"https://{self.outlet.lower().replace(' ', '-')}.example/{self.id}"

    @property
    def summary(self) -> str:
        return " ".join(self.report.sentences)


def happening(chance: random.Random, number: int = 0, at: datetime = START) -> Happening:
    place = chance.choice(PLACES)
    who, own, other = chance.choice(CLAIMANTS)
    words = {
        "place": place,
        "who": who,
        "own": own,
        "other": other,
        "toll": chance.randrange(3, 60),
        "hurt": chance.randrange(4, 90),
        "day": DAYS[at.weekday()],
        "name": f"{chance.choice(NAMES)} {chance.choice(NAMES)}",
        "subject": chance.choice(SUBJECTS),
        "object": f"{chance.choice(OBJECTS)} and {chance.choice(OBJECTS)}",
        "extra": chance.choice(ADVERBS),
    }
    topical = chance.random() < TOPICAL
    title = chance.choice(OPENINGS) if topical else "{subject} {verb} {object} {extra}"
    return Happening(number, at, topical, title, words | {"verb": chance.choice(VERBS)})


def report(chance: random.Random, of: Happening | None = None, sentences: int = 3) -> Report:
    """One telling of a happening; each telling chooses its sentences and turns its headline."""
    found = of or happening(chance)
    title = found.title.format(**found.words)
    if chance.random() < 0.5:
        title = chance.choice(
            ("{0}, reports say", "Update: {0}", "{0}, a spokesman says", "Explained: {0}")
        ).format(title)
    if not found.topical:
        named = f"{found.words['name']} said that the {found.words['object']} would take {found.words['toll']} weeks."
        return Report(title, (named, *(s for _ in range(sentences - 1) for s in filler(chance))))
    told = [claim.format(**found.words) for claim in chance.sample(CLAIMS, min(2, sentences))]
    told += [chance.choice(CALM) for _ in range(sentences - len(told))]
    return Report(title, tuple(told))


def filler(chance: random.Random) -> Iterator[str]:
    """One sentence of other news."""
    yield (
        f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} the {chance.choice(OBJECTS)} {chance.choice(ADVERBS)}, "
        f"{chance.choice(NAMES)} {chance.choice(NAMES)} said on {chance.choice(DAYS)}."
    )


def stream(count: int, days: float = 365.0, seed: int = 11) -> Iterator[Told]:
    """Entries in the order of a year: happenings are told by one to many outlets within two days."""
    chance = random.Random(seed)
    running: list[Happening] = []
    happenings = 0
    for number in range(count):
        at = START + timedelta(days=days * number / count)
        running = [one for one in running if at - one.at < timedelta(days=2)]
        if not running or chance.random() < 0.55:
            happenings += 1
            running.append(happening(chance, happenings, at))
        about = running[int(len(running) * chance.random() ** 0.5)]
        yield Told(f"e{number}", f"Outlet {chance.randrange(60)}", at, report(chance, about), about.number)


def articles(count: int, characters: int = 3_000, seed: int = 7) -> Iterator[Report]:
    """Whole articles of the topic, about so many characters each."""
    chance = random.Random(seed)
    for _ in range(count):
        about = happening(chance)
        while not about.topical:
            about = happening(chance)
        told = [report(chance, about).sentences[0]]
        while sum(map(len, told)) < characters:
            other = happening(chance)
            told += report(chance, about if chance.random() < 0.5 or not other.topical else other).sentences
            told += filler(chance)
        yield Report(about.title.format(**about.words), tuple(told))
