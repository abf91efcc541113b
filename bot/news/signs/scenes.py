"""What a sentence tells by who and what stand together in it: a shut gate is a crossing, a visit is diplomacy.

The same word tells another kind of happening at a border post, at a venue of talks or beside a minister.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.news.signs.armies import FIGHTING, FORCES, Scene
from bot.news.signs.meanings import NEAR, Place, drones, meant
from bot.news.text.lexicon import NATIONS, Cue, Mention, Text
from bot.news.text.words import Span, word_set

HELD = FORCES | word_set(
    "prisoner prisoners detainee detainees captive captives hostages bodies body remains driver drivers labourer "
    "labourers laborers worker workers fishermen trader traders citizens nationals civilians afghans pakistanis men"
)
SETTLING = word_set("type.ceasefire type.talks type.crossing type.air_strike type.border_clash")
VERB_LAST = 14  # words between a name and its verb at the end of a sentence
AT = word_set("at the through of to near a")


def read(text: Text, span: Span, cues: list[Cue], scene: Scene, hosts: Collection[str]) -> list[Cue]:
    """The cues of a sentence, each as the kind that it stands for here; `hosts`: who may host talks."""
    inside = [m for m in text.within(span) if not m.dateline]
    line = [m for m in inside if m.side == "border"]
    struck = {c.token for c in cues if c.name == "type.air_strike"}
    fled = [c.token for c in cues if c.name == "type.humanitarian"]
    group = any(m.side == "militants" for m in inside) and not any(
        m.side == "AF" and m.is_actor for m in inside
    )
    losses = {(c.start, c.end) for c in text.said(span, "cue.suffered")}
    at = Place(text, span, inside, losses, scene._replace(armies=scene.armies and not group))
    found = [
        cue._replace(name=meant(cue, at))
        for cue in cues
        if not (cue.name == "type.attack" and cue.token in struck)
    ]
    found = [c for c in found if c.name]
    # "displaced by fighting" tells of the displaced
    found = [c for c in found if not (c.name in FIGHTING and any(0 < c.token - at <= 2 for at in fled))]
    if review := _review(text, span):
        return [*review, *(c for c in found if c.name not in FIGHTING and c.name != "type.operation")]
    if tally := _tally(text, span, bool(struck)):
        return [*tally, *(c for c in found if c.name not in FIGHTING)]
    return [
        *found,
        *_gates(text, span, line),
        *_sessions(text, span, inside, hosts),
        *_together(text, inside, found),
        *_across(text, span, inside),
        *_visits(text, span, inside),
        *_encounters(text, span, inside, found),
        *([] if any(c.name in FIGHTING for c in found) else drones(at)),
        *released(text, span),
        *([] if scene.fighting else _addressed(text, span, inside, found)),
    ]


def _across(text: Text, span: Span, inside: list[Mention]) -> list[Cue]:
    """ "Hits several points across the line": one army over the border, whatever with."""
    line = [m for m in inside if m.side == "border" and m.kind == "line"]
    actors = [m for m in inside if m.is_actor and m.side in NATIONS]
    return [
        cue._replace(name="type.border_clash")
        for cue in text.said(span, "cue.strike")
        if any(0 < m.token - cue.token <= NEAR for m in line) and any(m.token < cue.token for m in actors)
    ][:1]


# --------------------------------------------------------------------------- crossings, venues, capitals


def _gates(text: Text, span: Span, line: list[Mention]) -> list[Cue]:
    """A crossing that is shut, sealed, opened or passed; "firing at closed Torkham" only says how it stands."""
    gates = [m for m in line if m.kind == "crossing"]
    found: list[Cue] = []
    for cue in text.said(span, "cue.gate"):
        if any(m.start <= cue.start < m.end for m in line):
            continue  # the "Pass" of Nawa Pass
        before = text.tokens[cue.token - 1].word if cue.token else ""
        near = any(0 < cue.token - m.token <= _reach(text, m) for m in gates) or (
            before not in AT and any(0 < m.token - cue.token <= 3 for m in gates)
        )
        if near and not found:
            found.append(cue._replace(name="type.crossing"))
    return found


def _reach(text: Text, mention: Mention) -> int:
    """The words between a gate and what is done with it: where the verb ends the sentence there may be many."""
    return NEAR if text.text[mention.start].isascii() else VERB_LAST


def _sessions(text: Text, span: Span, inside: list[Mention], hosts: Collection[str]) -> list[Cue]:
    """A round, meeting or failure at a venue of talks, or in a country that hosts them."""
    there = [m for m in inside if m.kind == "venue" or m.name in hosts]
    return [
        cue._replace(name="type.talks")
        for cue in text.said(span, "cue.session")
        if any(-2 <= m.token - cue.token <= 3 for m in there)
    ][:1]


def _together(text: Text, inside: list[Mention], cues: list[Cue]) -> list[Cue]:
    """ "China, Pakistan and Afghanistan": a third state in one breath with the two, not as their mediator."""
    if any(c.name in SETTLING for c in cues):
        return []
    states = [m for m in inside if m.kind in ("state", "country")]
    for run in zip(states, states[1:], states[2:], strict=False):
        if {m.side for m in run} == {"PK", "AF", "intl"} and run[2].token - run[0].token <= 4:
            start, end = run[0].start, run[2].end
            return [Cue("type.multilateral", start, end, run[0].token, text.text[start:end])]
    return []


def _visits(text: Text, span: Span, inside: list[Mention]) -> list[Cue]:
    """One side's official travels to the other's country."""
    travellers = [m for m in inside if m.kind in ("person", "office") and m.side in NATIONS]
    return [
        cue._replace(name="type.diplomacy")
        for cue in text.said(span, "cue.visit")
        if any(
            m.side != who.side and m.side in NATIONS and abs(m.token - cue.token) <= NEAR
            for who in travellers[:1]
            for m in inside
        )
    ][:1]


def _encounters(text: Text, span: Span, inside: list[Mention], cues: Iterable[Cue]) -> list[Cue]:
    """Officials of both sides who meet or telephone, with or without a host."""
    if any(c.name in SETTLING for c in cues):
        return []
    if not {m.side for m in inside if m.kind == "person"} >= NATIONS:
        return []
    return [cue._replace(name="type.diplomacy") for cue in text.said(span, "part.contact")][:1]


def _addressed(text: Text, span: Span, inside: list[Mention], cues: Iterable[Cue]) -> list[Cue]:
    """ "PM tells Kabul: pick us or them": who only speaks to the other side makes a statement."""
    if any(cue.name.startswith("type.") for cue in cues):
        return []
    states = [m for m in inside if m.is_actor and m.side in NATIONS]
    return [
        cue._replace(name="type.statement")
        for cue in text.said(span, "cue.saying")
        if any(0 < m.token - cue.token <= 2 for m in states) and cue.phrase.casefold() in ("tells", "told")
    ][:1]


def released(text: Text, span: Span) -> list[Cue]:
    """Soldiers, prisoners or bodies that one side hands back to the other, or swaps with it."""
    inside = [m for m in text.within(span) if not m.dateline]
    sides = {m.side for m in inside}
    between = sides >= NATIONS or any(m.kind == "crossing" for m in inside)
    opening = {m.side for one in text.sentences[:2] for m in text.within(one) if not m.dateline}
    near = bool(sides & NATIONS) and opening >= NATIONS
    fire = [(c.start, c.end) for c in text.said(span, "type.border_clash")]  # "exchange of fire"
    return [
        cue._replace(name="type.diplomacy")
        for cue in text.said(span, "cue.release")
        if (between or (near and _comes_free(cue)))
        and not any(start <= cue.start < end for start, end in fire)
        and _of_held(text, span, cue)
    ][:1]


def _comes_free(cue: Cue) -> bool:
    """A word of nothing else: "freed", but not "returns home"."""
    return not cue.phrase.isascii() or cue.phrase.casefold().startswith(("free", "releas", "swap"))


def _of_held(text: Text, span: Span, cue: Cue) -> bool:
    """Whether prisoners or soldiers stand near a release; far before it, where the verb ends the sentence."""
    if cue.phrase.isascii():
        return not HELD.isdisjoint(token.word for token in text.tokens[max(0, cue.token - 5) : cue.token + 6])
    near = range(cue.token - VERB_LAST, cue.token + 6)
    return any(c.token in near for c in text.said(span, "part.held", "part.uniform"))


def _review(text: Text, span: Span) -> list[Cue]:
    """A think tank's count of a month or a year: it speaks of many attacks, and tells of none."""
    if not text.said(span, "cue.tally"):
        return []
    return [cue._replace(name="type.statement") for cue in text.said(span, "part.counters")][:1]


def _tally(text: Text, span: Span, struck: bool) -> list[Cue]:
    """What the fighting of a quarter or half-year did to civilians, or whom it drove away, as an agency counts it."""
    if not any(m.side == "UN" for m in text.mentions):
        return []
    if text.said(span, "part.people") and (homeless := text.said(span, "part.homeless")):
        return [homeless[0]._replace(name="type.humanitarian")]
    if not text.said(span, "evidence.death"):
        return []
    if not text.said(span, "part.civilians"):
        return []
    grounded = any(m.is_place and m.kind != "country" for m in text.within(span))
    terms = text.said(span, "cue.term")
    if not grounded:  # of the country, not of one night in one district
        terms += text.said(span, "part.counted")
        agency = not (struck or text.said(span, "cue.strike")) and any(
            m.side == "UN" for m in text.within(span)
        )
        terms += text.said(span, "part.civilians") if agency else ()
    return [cue._replace(name="type.humanitarian") for cue in terms][:1]
