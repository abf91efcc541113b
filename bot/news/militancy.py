"""Militants, or a bomb, inside Pakistan: an attack with a scene there, and news of it.

A Pakistani abroad is no scene, and an attack that is tried or remembered is another day's. Baloch groups
count only with a link to Afghanistan.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.news.model import Document
from bot.news.text.lexicon import Cue, Mention, Text
from bot.news.text.sentences import FIRST, Evidence, Part, opening
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


def militancy(parts: tuple[Part, ...], text: Text, document: Document, topic: Topic) -> list[Evidence]:
    """The evidence of militancy in a text's first sentences."""
    weights = topic.weights
    said = frozenset(name for part in parts[:FIRST] for name in part.said)
    end = parts[FIRST].start if len(parts) > FIRST else len(text.text)
    own = [m for m in text.mentions if m.side == "PK" and m.weight > 0 and not m.dateline and m.start < end]
    uniforms, statements = (_tokens(text, name) for name in ("evidence.uniform", "type.statement"))
    home = [m for m in own if is_scene(m, text, uniforms) and not _condemns(m, statements)]
    another_day = any("off.case" in part.said for part in parts if part.title)  # tried, or remembered
    if not home or another_day or not _is_told(parts, text) or elsewhere(text) or baloch(text, topic):
        return []
    if not _lies_here(own, document) or is_from_abroad(text, document.title_end):
        return []
    fight = {"type.attack", "type.operation"} & said or {"evidence.death", "evidence.uniform"} <= said
    if "evidence.militant" in said and fight:
        return [(weights["militancy"], f"militants in Pakistan: {text.text[home[0].start : home[0].end]}")]
    if "type.attack" not in said:
        return []
    evidence = [(weights["bomb"], f"an attack in Pakistan: {text.text[home[0].start : home[0].end]}")]
    if "evidence.uniform" in said:
        evidence.append((weights["uniform"], "against police, soldiers or worshippers"))
    if there := next((p for m in home if (p := _province(m, topic.roles.frontier, topic))), ""):
        evidence.append((weights["frontier"], f"in {there}"))
    return evidence


def _is_told(parts: tuple[Part, ...], text: Text) -> bool:
    """Whether headline or first sentence tells of violence, and not only in whose life it was: "Malala comes home
    / ... where she was nearly killed as a schoolgirl".
    """
    for part in opening(parts):
        if "evidence.violence" not in part.said:
            continue
        if part.title:
            return True
        end = next((s.end for s in text.sentences if s.start == part.start), len(text.text))
        for cue in text.said(Span(part.start, end), "evidence.violence"):
            before = text.tokens[max(0, cue.token - LOOKS_BACK) : cue.token]
            if not any(token.word in RELATIVE and token.start >= part.start for token in before):
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
    speech = _tokens(text, "cue.saying")
    head = [m for m in text.mentions if m.start < title_end and m.kind in ("state", "country")]
    if any(m.side == "intl" and not m.dateline and not _speaks(m, speech) for m in head):
        return True
    if any(c.name == "off.american" and c.start < title_end for c in text.cues):
        return True
    return any(_condoles(cue, text) for cue in text.cues if cue.name == "cue.condoling")


def _condoles(cue: Cue, text: Text) -> bool:
    """ "Condolences to Pakistan", and "condolences over the attack in Karachi" where a foreigner is named."""
    named = next((s for s in text.sentences if s.start <= cue.start < s.end), Span(0, 0))
    behind = [m.token - cue.token for m in text.within(named) if m.side == "PK" and m.token > cue.token]
    foreign = any(m.side == "intl" and not m.dateline for m in text.mentions)
    return any(distance <= (OVER if foreign else CONDOLED) for distance in behind)


def _tokens(text: Text, name: str) -> frozenset[int]:
    """Where the words of a list stand."""
    return frozenset(cue.token for cue in text.cues if cue.name == name)


def is_scene(mention: Mention, text: Text, uniforms: frozenset[int]) -> bool:
    """Whether a name may say where: "Pakistani police", a town, the army; not "a Pakistani man"."""
    if mention.kind not in PERSONS:
        return True
    behind = range(mention.token + 1, mention.token + 3)
    institution = any(token.word in INSTITUTIONS for token in text.tokens[behind.start : behind.stop])
    return mention.kind == "demonym" and (institution or not uniforms.isdisjoint(behind))


def _condemns(mention: Mention, statements: frozenset[int]) -> bool:
    """ "Pakistan condemns the bombing in Lagos": a voice, not the scene."""
    return mention.is_actor and _speaks(mention, statements)


def _speaks(mention: Mention, words: frozenset[int]) -> bool:
    """Whether such a word stands right behind a name."""
    return not words.isdisjoint(range(mention.token + 1, mention.token + 3))


def elsewhere(text: Text) -> bool:
    """Whether the militancy is about India's side: Kashmir, the Line of Control."""
    return any(c.name == "off.india" for c in text.cues)


def baloch(text: Text, topic: Topic) -> bool:
    sides = {m.side for m in text.mentions if m.weight > 0}
    if {"AF", "militants"} & sides:
        return False
    return any(m.side == "militants" or _province(m, topic.roles.insurgency, topic) for m in text.mentions)


def _province(mention: Mention, provinces: Collection[str], topic: Topic) -> str:
    """Which of some provinces a name is, or lies in; "" for none."""
    place = topic.gazetteer.get(mention.name) if mention.is_place else None
    return next((p for p in (place.name, place.province) if p in provinces), "") if place else ""
