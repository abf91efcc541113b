"""What a word means where it stands: an attack between two armies is a clash, a consulate that shuts is no gate.

Each kind of happening has words that say something else in other company. Words of what was suffered
("martyred", "soldiers killed") tell least: they say who died, not of what.
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from bot.news.armies import Scene
from bot.news.text import Cue, Mention, Span, Text, word_set
from bot.news.voices import speaks_there

SUFFERED = "suffered."  # before the kind that a loss speaks for, if nothing else does
PLAIN = word_set("attack attacks attacked")  # what one army does to another as well
WEAK = frozenset({*PLAIN, "deadly attack", "deadly attacks", "attack on", "attack in", "retaliatory attacks"})
BATTLE = frozenset(
    {
        *word_set("clash clashes clashed fighting battle battles shootout gunfight gunbattle firefight"),
        "gun battle",
    }
)
RAIDED = ("attack", "برید", "حمله", "حملہ", "حملے", "هجوم")  # by one side, on the other's ground
DOWNED = frozenset({"gunned down", "gun down", "guns down"})
HEARD = word_set("blast blasts explosion explosions")  # of what, another sentence says
CULPRITS = word_set("bomber bombers attacker attackers gunmen بمبار")  # if they are caught, that is the news
REJECTED = word_set("rejects rejected reject rejecting")
OPENED = frozenset(
    {
        *word_set("opens opened shuts closure reopen reopens reopened reopening terminal"),
        "shut down",
        "opens after",
    }
)  # of a gate, or of anything
SENT = word_set("by from of")
NEAR = 7  # words between a word and what it is about


class Place(NamedTuple):
    """Where a word stands: its sentence, whom that names, whose losses it tells, and who fights in the text."""

    text: Text
    span: Span
    inside: list[Mention]
    losses: Set[tuple[int, int]]
    scene: Scene

    def says(self, *lists: str) -> tuple[Cue, ...]:
        return self.text.said(self.span, *lists)

    @property
    def both(self) -> bool:
        return {"PK", "AF"} <= {m.side for m in self.inside}


def meant(cue: Cue, at: Place) -> str:
    """The list that a cue belongs to where it stands; "" for none."""
    if (cue.start, cue.end) in at.losses:
        return f"{SUFFERED}border_clash" if at.scene.armies else cue.name.replace("type.", SUFFERED)
    reader = READERS.get(cue.name)
    return reader(cue, cue.phrase.casefold(), at) if reader else cue.name


def _attack(cue: Cue, word: str, at: Place) -> str:
    if owned := _drone(cue, at):
        return owned
    if word in WEAK:
        at_line = word in PLAIN and any(0 < m.token - cue.token <= 3 for m in at.inside if m.side == "border")
        return "type.border_clash" if at_line or at.scene.armies else cue.name
    if word in HEARD and at.scene.strike:
        return "type.air_strike" if any(m.is_place and m.side == "AF" for m in at.inside) else cue.name
    if word.startswith(RAIDED) and _by_pakistan(at):
        return "type.air_strike"
    caught = word.split()[-1] in CULPRITS and at.says("type.arrest")
    return f"{SUFFERED}arrest" if caught else cue.name


def _by_pakistan(at: Place) -> bool:
    """Whether the Pakistani side alone stands before Afghan ground: what it attacks there, it attacks from the air."""
    ground = any(m.is_place and m.kind != "country" and m.side == "AF" for m in at.inside)
    others = any(m.side in ("border", "militants") or (m.side == "AF" and m.is_actor) for m in at.inside)
    return ground and not others and any(m.side == "PK" for m in at.inside)


def _air_strike(cue: Cue, _word: str, at: Place) -> str:
    return _drone(cue, at) or cue.name


def _border_clash(cue: Cue, word: str, at: Place) -> str:
    if not at.scene.rebels or (word not in BATTLE and not word.startswith("sniper")):
        return cue.name
    if word not in BATTLE:
        return "type.attack"
    fallen = {(c.start, c.end) for c in at.says("type.attack")} & at.losses
    return "type.attack" if fallen else "type.operation"  # by whose losses are told


def _operation(cue: Cue, word: str, at: Place) -> str:
    if word in BATTLE:
        return "type.border_clash" if at.both and not at.scene.rebels else cue.name
    if word in DOWNED:
        return cue.name if _of_rebels(cue, at) else "type.attack"
    return cue.name


def _statement(cue: Cue, word: str, at: Place) -> str:
    """A toll that is denied: the news is what it is the toll of."""
    return f"{SUFFERED}statement" if word in REJECTED and at.says("evidence.death") else cue.name


def _ceasefire(cue: Cue, _word: str, at: Place) -> str:
    """Who denies a truce makes a statement; who denies a breach of it does not."""
    denied = () if at.says("cue.broken") else at.says("cue.denied")
    return "type.statement" if any(0 < cue.token - d.token <= NEAR for d in denied) else cue.name


def _talks(cue: Cue, _word: str, at: Place) -> str:
    """ "Talks with Dar": two ministers meet, delegations do not."""
    after = cue.token + 1
    tokens = at.text.tokens
    person = any(m.token == after + 1 and m.kind == "person" for m in at.inside)
    return "type.diplomacy" if person and after < len(tokens) and tokens[after].word == "with" else cue.name


def _multilateral(cue: Cue, word: str, at: Place) -> str:
    return "type.political" if word == "resolution" and at.says("type.political") else cue.name


def _political(cue: Cue, _word: str, at: Place) -> str:
    """Elders or clerics who meet the other side negotiate."""
    sent = at.both and any(c.token == cue.token for c in at.says("part.elders"))
    return "type.talks" if sent and at.says("part.contact") else cue.name


def _crossing(cue: Cue, word: str, at: Place) -> str:
    gate = word not in OPENED or at.says("part.gate") or any(m.side == "border" for m in at.inside)
    return cue.name if gate else ""


def _returns(cue: Cue, word: str, at: Place) -> str:
    return "type.diplomacy" if word.startswith("expel") and at.says("part.diplomat") else cue.name


READERS = {
    "type.attack": _attack,
    "type.air_strike": _air_strike,
    "type.border_clash": _border_clash,
    "type.operation": _operation,
    "type.statement": _statement,
    "type.ceasefire": _ceasefire,
    "type.talks": _talks,
    "type.multilateral": _multilateral,
    "type.political": _political,
    "type.crossing": _crossing,
    "type.returns": _returns,
}


def _of_rebels(cue: Cue, at: Place) -> bool:
    """Whether those who are shot are militants: "khwarij gunned down", not "constable gunned down by khwarij"."""
    rebels = [m.token for m in at.inside if m.side == "militants"]
    rebels += [c.token for c in at.says("evidence.militant")]
    after = cue.token + 1 + cue.phrase.count(" ")
    by = after < len(at.text.tokens) and at.text.tokens[after].word == "by"
    return any(0 < cue.token - r <= NEAR for r in rebels) or (not by and any(r > cue.token for r in rebels))


# --------------------------------------------------------------------------- drones


def drones(at: Place) -> list[Cue]:
    """What the drones of a sentence do, where somebody can tell whose they are."""
    flown = ((c, _flown(c, at)) for c in at.says("part.drone"))
    return [c._replace(name=name) for c, name in flown if name][:1]


def _drone(cue: Cue, at: Place) -> str:
    """What is meant by a phrase that holds a drone: "drone strikes", "Taliban drones"."""
    held = next((d for d in at.says("part.drone") if cue.start <= d.start < cue.end), None)
    return _flown(held, at) if held else ""


def _flown(drone: Cue, at: Place) -> str:
    """What a drone does: Pakistani ones strike, those from the Afghan side attack; "" if nobody can tell."""
    for mention in at.inside:
        if mention.side in ("PK", "AF") and _owns(at.text, mention, drone):
            return "type.air_strike" if mention.side == "PK" else "type.attack"
    ground = next(
        (m for m in at.inside if m.is_place and m.kind != "country" and m.side in ("PK", "AF")), None
    )
    if ground is None or speaks_there(at.text, ground):
        return ""
    return "type.attack" if ground.side == "PK" else "type.air_strike"


def _owns(text: Text, owner: Mention, drone: Cue) -> bool:
    """ "Pakistani spy drone", "the Taliban's drones", "drones sent by the Taliban"; other scripts say it on either side."""
    latin = text.text[owner.start : owner.end].isascii()
    if owner.start < drone.start:
        between = [t for t in text.tokens[owner.token : drone.token] if t.start >= owner.end]
        return len(between) <= (2 if owner.kind == "demonym" else 0 if latin else 1)
    before = [t.word for t in text.tokens[drone.token : owner.token] if t.word != "the"]
    return len(before) <= NEAR and (before[-1] in SENT if latin else len(before) <= 2)
