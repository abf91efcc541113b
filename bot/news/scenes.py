"""What a word means where it stands: an attack between two armies is a clash, a shut gate is a crossing.

The same word tells another kind of happening at a border post, at a venue of talks or beside a minister.
Words of what was suffered ("martyred", "soldiers killed") tell least: they say who died, not of what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from typing import NamedTuple

from bot.news.text import Cue, Mention, Span, Text, word_set

FORCES = word_set(
    "soldier soldiers troops force forces personnel guard guards fighter fighters army military militia troop "
    "post posts outpost outposts position positions police corps"
)
HELD = FORCES | word_set("prisoner prisoners detainee detainees captive captives hostages")
PLAIN = word_set("attack attacks attacked")  # what one army does to another as well
WEAK = frozenset({*PLAIN, "deadly attack", "deadly attacks", "attack on", "attack in", "retaliatory attacks"})
FIGHTING = word_set("type.air_strike type.border_clash type.attack")
REJECTED = word_set("rejects rejected reject rejecting")
SUFFERED = "suffered."  # before the kind that a loss speaks for, if nothing else does
BATTLE = word_set("clash clashes clashed fighting battle battles shootout gunfight firefight")
HEARD = word_set("blast blasts explosion explosions")  # of what, another sentence says
STRIKES = word_set("strike strikes")
SETTLING = word_set("type.ceasefire type.talks type.crossing type.air_strike type.border_clash")
AT = word_set("at the through of to near a")
HOSTS = frozenset({"Qatar", "Turkiye", "Saudi Arabia"})
OPENING = 3  # sentences, headline included, in which two armies are looked for
NEAR = 7  # words between a strike and what it hits
LOSS = 8  # words between who died and that they died
COUNTED = 3  # words between a number and whom it counts


class Scene(NamedTuple):
    """What a whole text says of who fights."""

    armies: bool = False  # forces of both states, fighting or counted among the dead
    strike: bool = False  # a strike from the air is told
    fighting: bool = False  # words of fighting, other than those of losses
    rebels: bool = False  # a militant group, and no force of the other state


def scene(text: Text) -> Scene:
    losses = {(c.start, c.end) for c in text.cues if c.name == "cue.suffered"}
    lists = {c.name for c in text.cues if (c.start, c.end) not in losses}
    return Scene(_armies(text), "type.air_strike" in lists, bool(lists & FIGHTING), _rebels(text))


def read(text: Text, span: Span, cues: list[Cue], scene: Scene) -> list[Cue]:
    """The cues of a sentence, each as the kind that it stands for here."""
    inside = [m for m in text.within(span) if not m.dateline]
    line = [m for m in inside if m.side == "border"]
    struck = {c.token for c in cues if c.name == "type.air_strike"}
    fled = [c.token for c in cues if c.name == "type.humanitarian"]
    group = any(m.side == "militants" for m in inside)
    losses = {(c.start, c.end) for c in text.said(span, "cue.suffered")}
    found = [
        cue._replace(
            name=_meant(text, span, cue, inside, losses, scene._replace(armies=scene.armies and not group))
        )
        for cue in cues
        if not (cue.name == "type.attack" and cue.token in struck)
    ]
    # "displaced by fighting" tells of the displaced
    found = [c for c in found if not (c.name in FIGHTING and any(0 < c.token - at <= 2 for at in fled))]
    if tally := _tally(text, span):
        return [*tally, *(c for c in found if c.name not in FIGHTING)]
    return [
        *found,
        *_gates(text, span, line),
        *_sessions(text, span, inside),
        *_together(text, inside, found),
        *_across(text, span, inside),
        *_visits(text, span, inside),
        *_released(text, span, inside),
        *([] if scene.fighting else _addressed(text, span, inside, found)),
    ]


def _meant(
    text: Text, span: Span, cue: Cue, inside: list[Mention], losses: Set[tuple[int, int]], scene: Scene
) -> str:
    """The list that a cue belongs to where it stands."""
    word = cue.phrase.casefold()
    if (cue.start, cue.end) in losses:
        return f"{SUFFERED}border_clash" if scene.armies else cue.name.replace("type.", SUFFERED)
    if cue.name == "type.attack" and word in WEAK:
        at_line = word in PLAIN and any(0 < m.token - cue.token <= 3 for m in inside if m.side == "border")
        return "type.border_clash" if at_line or scene.armies else cue.name
    if cue.name == "type.border_clash" and word in BATTLE and scene.rebels:
        fallen = {(c.start, c.end) for c in text.said(span, "type.attack")} & losses
        return "type.attack" if fallen else "type.operation"  # by whose losses are told
    if cue.name == "type.attack" and word in HEARD and scene.strike:
        afghan = any(m.is_place and m.side == "AF" for m in inside)
        return "type.air_strike" if afghan else cue.name
    if cue.name == "type.statement" and word in REJECTED and text.said(span, "evidence.death"):
        return f"{SUFFERED}statement"  # a toll that is denied: the news is what it is the toll of
    if cue.name == "type.talks" and _with_person(text, cue, inside):
        return "type.diplomacy"
    if cue.name == "type.ceasefire":
        denied = text.said(span, "cue.denied")
        return "type.statement" if any(0 < cue.token - d.token <= NEAR for d in denied) else cue.name
    return cue.name


# --------------------------------------------------------------------------- two armies


def _armies(text: Text) -> bool:
    """Whether forces of both states stand in the opening of a text, fighting or counted among the dead."""
    sides: set[str] = set()
    for span in text.sentences[:OPENING]:
        losses = {c.token for c in text.said(span, "evidence.death", "cue.suffered")}
        for mention in text.within(span):
            if (
                mention.side in ("PK", "AF")
                and not mention.dateline
                and _is_force(text, span, mention, losses)
            ):
                sides.add(mention.side)
        sides.update("PK" for at in losses if text.tokens[at].word == "martyred" and _uniformed(text, at))
    return {"PK", "AF"} <= sides


def _rebels(text: Text) -> bool:
    """Whether a group fights, away from the line: neither a crossing nor a force of the Afghan side is named."""
    opening = [(span, m) for span in text.sentences[:OPENING] for m in text.within(span) if not m.dateline]
    if any(m.side == "border" or (m.side == "AF" and _is_force(text, span, m, ())) for span, m in opening):
        return False
    return any(m.side == "militants" and m.kind == "group" for _, m in opening)


def _is_force(text: Text, span: Span, mention: Mention, losses: Collection[int]) -> bool:
    """Soldiers of a side in a sentence: "Afghan border guards", "fighters of the Emirate", "200 Taliban … killed"."""
    tokens = text.tokens[mention.token : min(mention.token + 12, text.words(span).stop)]
    words = [token.word for token in tokens]
    own = sum(token.start < mention.end for token in tokens)
    before = [token.word for token in text.tokens[max(0, mention.token - COUNTED) : mention.token]]
    if FORCES & set(words[own - 1 : own + 2]) or ("of" in before and FORCES & set(before)):
        return True
    if mention.side != "AF" or not mention.is_actor:
        return False
    counted = any(word[0].isdigit() for word in before)
    return counted and any(mention.token + ahead in losses for ahead in range(1, LOSS + 1))


def _uniformed(text: Text, at: int) -> bool:
    return bool(FORCES & {token.word for token in text.tokens[max(0, at - COUNTED) : at + COUNTED]})


def _across(text: Text, span: Span, inside: list[Mention]) -> list[Cue]:
    """ "Hits several points across the line": one army over the border, whatever with."""
    line = [m for m in inside if m.side == "border" and m.kind == "line"]
    actors = [m for m in inside if m.is_actor and m.side in ("PK", "AF")]
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
        before = text.tokens[cue.token - 1].word if cue.token else ""
        near = any(0 < cue.token - m.token <= 4 for m in gates) or (
            before not in AT and any(0 < m.token - cue.token <= 3 for m in gates)
        )
        if near and not found:
            found.append(cue._replace(name="type.crossing"))
    return found


def _sessions(text: Text, span: Span, inside: list[Mention]) -> list[Cue]:
    """A round, meeting or failure at a venue of talks, or in a country that hosts them."""
    hosts = [m for m in inside if m.kind == "venue" or m.name in HOSTS]
    return [
        cue._replace(name="type.talks")
        for cue in text.said(span, "cue.session")
        if any(-2 <= m.token - cue.token <= 3 for m in hosts)
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


def _with_person(text: Text, cue: Cue, inside: list[Mention]) -> bool:
    """ "Talks with Dar": two ministers meet, delegations do not."""
    after = cue.token + 1
    return (
        after + 1 < len(text.tokens)
        and text.tokens[after].word == "with"
        and any(m.token == after + 1 and m.kind == "person" for m in inside)
    )


def _visits(text: Text, span: Span, inside: list[Mention]) -> list[Cue]:
    """One side's official travels to the other's country."""
    travellers = [m for m in inside if m.kind in ("person", "office") and m.side in ("PK", "AF")]
    return [
        cue._replace(name="type.diplomacy")
        for cue in text.said(span, "cue.visit")
        if any(
            m.side != who.side and m.side in ("PK", "AF") and abs(m.token - cue.token) <= NEAR
            for who in travellers[:1]
            for m in inside
        )
    ][:1]


def _addressed(text: Text, span: Span, inside: list[Mention], cues: Iterable[Cue]) -> list[Cue]:
    """ "PM tells Kabul: pick us or them": who only speaks to the other side makes a statement."""
    if any(cue.name.startswith("type.") for cue in cues):
        return []
    states = [m for m in inside if m.is_actor and m.side in ("PK", "AF")]
    return [
        cue._replace(name="type.statement")
        for cue in text.said(span, "cue.saying")
        if any(0 < m.token - cue.token <= 2 for m in states) and cue.phrase.casefold() in ("tells", "told")
    ][:1]


def _released(text: Text, span: Span, inside: list[Mention]) -> list[Cue]:
    """Soldiers or prisoners whom one side hands back to the other."""
    if not {"PK", "AF"} <= {m.side for m in inside}:
        return []
    return [
        cue._replace(name="type.diplomacy")
        for cue in text.said(span, "cue.release")
        if HELD & {token.word for token in text.tokens[max(0, cue.token - 5) : cue.token + 6]}
    ][:1]


def _tally(text: Text, span: Span) -> list[Cue]:
    """What the fighting of a quarter or half-year did to civilians, as an agency counts it."""
    if not any(m.side == "UN" for m in text.mentions) or not text.said(span, "evidence.death"):
        return []
    return [cue._replace(name="type.humanitarian") for cue in text.said(span, "cue.term")][:1]
