"""Militants, or a bomb, inside Pakistan: an attack with a scene there, and news of it.

A Pakistani abroad is no scene, and an attack that is tried or remembered is another day's. Baloch groups
count only with a link to Afghanistan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.news.model import Document
from bot.news.text.lexicon import Cue, Mention, Text
from bot.news.text.sentences import FIRST, Parts, opening, said_in, titles
from bot.news.text.words import Span, word_set
from bot.news.topics.topic import Topic

PERSONS = word_set("person demonym")  # people, not the scene
INSTITUTIONS = word_set(
    "officials authorities government city town village district province capital side territory soil base village villages"
)  # "Pakistani officials", unlike "a Pakistani man"
CONDOLED = 4  # words from "condolences" to the country that they go to
OVER = 8  # ... or to the place of what they are over
VAGUE = 0.5  # the weight of a name below which it does not say by itself that it lies in Pakistan
RELATIVE = word_set("who whom whose where which")
LOOKS_BACK = 6  # words from "where she was" to what happened to her there
Evidence = tuple[str, str]  # the name of its weight, and why


def militancy(parts: Parts, text: Text, document: Document, topic: Topic) -> Iterator[Evidence]:
    """The evidence of militancy in a text's first sentences."""
    said = said_in(parts[:FIRST])
    end = parts[FIRST].span.start if len(parts) > FIRST else len(text.text)
    own = [m for m in text.mentions if m.side == "PK" and m.weight > 0 and not m.dateline and m.start < end]
    speak = {m for m in own if m.is_actor and _has_behind(m, text, "type.statement")}
    home = [m for m in own if m not in speak and is_scene(m, text)]
    another_day = "off.case" in said_in(titles(parts))  # tried, or remembered
    if not home or another_day or not _is_told(parts, text) or elsewhere(text) or baloch(text, topic):
        return
    if not _lies_here(own, document) or is_from_abroad(text, document.title_end):
        return
    fight = {"type.attack", "type.operation"} & said or {"evidence.death", "evidence.uniform"} <= said
    if "evidence.militant" in said and fight:
        yield "militancy", f"militants in Pakistan: {text.spelled(home[0])}"
    elif "type.attack" in said:
        yield "bomb", f"an attack in Pakistan: {text.spelled(home[0])}"
        if "evidence.uniform" in said:
            yield "uniform", "against police, soldiers or worshippers"
        if there := next((p for m in home if (p := _province(m, topic.roles.frontier, topic))), ""):
            yield "frontier", f"in {there}"


def _is_told(parts: Parts, text: Text) -> bool:
    """Whether headline or first sentence tells of violence, and not only in whose life it was: "Malala comes home
    / ... where she was nearly killed as a schoolgirl".
    """
    for part in opening(parts):
        told = text.said(part.span, "evidence.violence")
        before = (text.before(cue.token, LOOKS_BACK, part.span) for cue in told)
        if (part.title and told) or any(RELATIVE.isdisjoint(words) for words in before):
            return True
    return False


def _lies_here(own: list[Mention], document: Document) -> bool:
    """Whether more than one vague name says Pakistan: "Punjab police" may be India's."""
    sure = any(m.weight >= VAGUE for m in own) or len({m.name for m in own}) > 1
    return sure or document.side == "PK"


def is_from_abroad(text: Text, title_end: int) -> bool:
    """Whether the headline tells what another state does there, or that it condoles: Iran's missiles, Turkey's sympathy.

    What it says of it may be told as well: "White House condemns attack on mosque in Pakistan".
    """
    head = [m for m in text.mentions if m.start < title_end and m.kind in ("state", "country")]
    if any(m.side == "intl" and not m.dateline and not _has_behind(m, text, "cue.saying") for m in head):
        return True
    if any(cue.start < title_end for cue in text.all_said("off.american")):
        return True
    return any(_condoles(cue, text) for cue in text.all_said("cue.condoling"))


def _condoles(cue: Cue, text: Text) -> bool:
    """ "Condolences to Pakistan", and "condolences over the attack in Karachi" where a foreigner is named."""
    named = next((s for s in text.sentences if s.start <= cue.start < s.end), Span(0, 0))
    behind = [m.token - cue.token for m in text.within(named) if m.side == "PK" and m.token > cue.token]
    foreign = any(m.side == "intl" and not m.dateline for m in text.mentions)
    return any(distance <= (OVER if foreign else CONDOLED) for distance in behind)


def is_scene(mention: Mention, text: Text) -> bool:
    """Whether a name may say where: "Pakistani police", a town, the army; not "a Pakistani man"."""
    if mention.kind not in PERSONS:
        return True
    institution = any(text.word(mention.token + far) in INSTITUTIONS for far in (1, 2))
    return mention.kind == "demonym" and (institution or _has_behind(mention, text, "evidence.uniform"))


def _has_behind(mention: Mention, text: Text, name: str) -> bool:
    """Whether a word of a list stands right behind a name: "Pakistan condemns the bombing" has a voice, no scene."""
    return any(0 < cue.token - mention.token < 3 for cue in text.all_said(name))


def elsewhere(text: Text) -> bool:
    """Whether the militancy is about India's side: Kashmir, the Line of Control."""
    return bool(text.all_said("off.india"))


def baloch(text: Text, topic: Topic) -> bool:
    sides = {m.side for m in text.mentions if m.weight > 0}
    if {"AF", "militants"} & sides:
        return False
    return any(m.side == "militants" or _province(m, topic.roles.insurgency, topic) for m in text.mentions)


def _province(mention: Mention, provinces: Collection[str], topic: Topic) -> str:
    """Which of some provinces a name is, or lies in; "" for none."""
    place = topic.gazetteer.get(mention.name) if mention.is_place else None
    return next((p for p in (place.name, place.province) if p in provinces), "") if place else ""
