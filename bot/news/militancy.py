"""Militants, or a bomb, inside Pakistan: an attack with a scene there, and news of it.

A Pakistani abroad is no scene, and an attack that is tried or remembered is another day's. Baloch groups
count only with a link to Afghanistan.
"""

from __future__ import annotations

from bot.news.parts import FIRST, Evidence, Part, all_sides, opening
from bot.news.text import Mention, Text, word_set
from bot.news.topic import Topic

PERSONS = word_set("person demonym")  # people, not the scene
INSTITUTIONS = word_set(
    "officials authorities government city town village district province capital side territory soil base"
)  # "Pakistani officials", unlike "a Pakistani man"


def militancy(parts: tuple[Part, ...], text: Text, topic: Topic) -> list[Evidence]:
    """The evidence of militancy in a text's first sentences."""
    weights = topic.weights
    said = frozenset(name for part in parts[:FIRST] for name in part.said)
    end = parts[FIRST].start if len(parts) > FIRST else len(text.text)
    own = [m for m in text.mentions if m.side == "PK" and m.weight > 0 and not m.dateline and m.start < end]
    uniforms, statements = (_tokens(text, name) for name in ("evidence.uniform", "type.statement"))
    home = [m for m in own if _is_scene(m, text, uniforms) and not _condemns(m, statements)]
    told = {name for part in opening(parts) for name in part.said}
    another_day = any("off.case" in part.said for part in parts if part.title)  # tried, or remembered
    if not home or another_day or "evidence.violence" not in told or elsewhere(text) or baloch(text, topic):
        return []
    fight = {"type.attack", "type.operation"} & said or {"evidence.death", "evidence.uniform"} <= said
    if "evidence.militant" in said and fight:
        return [(weights["militancy"], f"militants in Pakistan: {text.text[home[0].start : home[0].end]}")]
    if "type.attack" not in said:
        return []
    evidence = [(weights["bomb"], f"an attack in Pakistan: {text.text[home[0].start : home[0].end]}")]
    if "evidence.uniform" in said:
        evidence.append((weights["uniform"], "against police, soldiers or worshippers"))
    if any(_in_province(m, "Khyber Pakhtunkhwa", topic) for m in home):
        evidence.append((weights["frontier"], "in Khyber Pakhtunkhwa"))
    return evidence


def _tokens(text: Text, name: str) -> frozenset[int]:
    """Where the words of a list stand."""
    return frozenset(cue.token for cue in text.cues if cue.name == name)


def _is_scene(mention: Mention, text: Text, uniforms: frozenset[int]) -> bool:
    """Whether a name may say where: "Pakistani police", a town, the army; not "a Pakistani man"."""
    if mention.kind not in PERSONS:
        return True
    behind = range(mention.token + 1, mention.token + 3)
    institution = any(token.word in INSTITUTIONS for token in text.tokens[behind.start : behind.stop])
    return mention.kind == "demonym" and (institution or not uniforms.isdisjoint(behind))


def _condemns(mention: Mention, statements: frozenset[int]) -> bool:
    """ "Pakistan condemns the bombing in Lagos": a voice, not the scene."""
    return mention.is_actor and not statements.isdisjoint(range(mention.token + 1, mention.token + 3))


def elsewhere(text: Text) -> bool:
    """Whether the militancy is about India's side: Kashmir, the Line of Control."""
    return any(c.name == "off.india" for c in text.cues) and "AF" not in all_sides(text)


def baloch(text: Text, topic: Topic) -> bool:
    sides = {m.side for m in text.mentions if m.weight > 0}
    if {"AF", "militants"} & sides:
        return False
    return any(m.side == "militants" or _in_province(m, "Balochistan", topic) for m in text.mentions)


def _in_province(mention: Mention, province: str, topic: Topic) -> bool:
    place = topic.gazetteer.get(mention.name) if mention.is_place else None
    return place is not None and province in (place.name, place.province)
