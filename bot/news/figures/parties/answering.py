"""For which side a speaker answers: its officials do, a hospital, a think tank or a shopkeeper does for none."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from bot.news.figures.claimants.sayings import Speaker
from bot.news.figures.parties.sides import Surroundings
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set
from bot.news.topics.topic import Topic

STATE_KINDS = frozenset(("state", "office", "person"))
OFFICIAL = word_set(
    "ispr official officials officer officers spokesman spokesperson spokeswoman governor commissioner minister ministry "
    "department directorate director administration administrator government authorities authority army military corps "
    "command commander brigade brigadier colonel general major captain lieutenant force forces police levies customs "
    "envoy ambassador counsellor mayor secretary chief taliban emirate intelligence security border"
)
NOBODYS = word_set(
    "hospital hospitals clinic clinics medical doctor doctors surgeon nurse medic medics hospice ambulance rescue university school "
    "college institute tank centre center chamber union association federation charity company group party tlp un unhcr unicef "
    "residents resident villagers elder elders traders reporter correspondent television agency"
)
OF_STATE = word_set("minister ministry")
LOCAL = word_set("governor provincial district")  # whose country is the one where it happened
WORD = re.compile(r"[a-z]+")


def answers(speaker: Speaker) -> bool:
    """Whether the dead of a speaker's country are his own: a state's, never of those who only count them."""
    if speaker.kind != "anonymous":
        return speaker.kind in STATE_KINDS and not NOBODYS & word_set(speaker.name.lower())  # "Rescue 1122"
    said = _said(speaker)
    return bool(said & OFFICIAL) and not said & NOBODYS


def with_side(speaker: Speaker, around: Surroundings, topic: Topic, of_pakistan: Collection[str]) -> Speaker:
    """A stranger with the side of his office: "NANGARHAR GOVERNOR'S SPOKESMAN Gul Badlon", "the DEPUTY COMMISSIONER"."""
    if speaker.side or speaker.kind not in ("person", "anonymous") or not speaker.is_named:
        return speaker
    title = (speaker.title or speaker.name).lower()
    said = _said(speaker)
    if said & NOBODYS:
        return speaker
    if any(office in title for office in of_pakistan):
        return speaker._replace(side="PK")
    if not said & OFFICIAL:
        return speaker
    border = around.names.ground.border
    sides = {side if side in NATIONS else border.get(name, side) for name, side in _named(title, topic)}
    if not sides and said & OF_STATE and around.written_in():
        sides = {around.written_in()}  # "ISLAMABAD: … the INFORMATION MINISTER said"
    if not sides and said & LOCAL:
        sides = set(around.places(0, len(around.text), exact=True))
    return speaker._replace(side=sides.pop()) if len(sides) == 1 and sides <= NATIONS else speaker


@lru_cache(maxsize=1024)
def _named(title: str, topic: Topic) -> tuple[tuple[str, str], ...]:
    """Whom and what a title names, each with its side: offices come again and again."""
    return tuple((m.name, m.side) for m in topic.lexicon.mentions(title))


def _said(speaker: Speaker) -> set[str]:
    """The words that tell of a speaker's office."""
    return set(WORD.findall(f"{speaker.title} {speaker.name}".lower()))
