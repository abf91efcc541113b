"""What drones do, by whose they are: Pakistani ones strike, those from the Afghan side attack."""

from __future__ import annotations

from bot.news.signs.setting import NEAR, Setting
from bot.news.signs.voices import lies_beyond, speaks_there
from bot.news.text.lexicon import NATIONS, Cue, Mention, Text
from bot.news.text.words import word_set

SENT = word_set("by from of")
POSSESSED = word_set("its their our")
FLOWN = ("claim", "send", "sent", "fly", "flew", "launch", "use")


def drones(at: Setting) -> list[Cue]:
    """What the drones of a sentence do, where somebody can tell whose they are."""
    flown = ((c, _flown(c, at)) for c in at.says("part.drone"))
    return [c._replace(name=name) for c, name in flown if name][:1]


def drone_of(cue: Cue, at: Setting) -> str:
    """What is meant by a phrase that holds a drone: "drone strikes", "Taliban drones"."""
    held = next((d for d in at.says("part.drone") if cue.start <= d.start < cue.end), None)
    return _flown(held, at) if held else ""


def _flown(drone: Cue, at: Setting) -> str:
    """What a drone does: Pakistani ones strike, those from the Afghan side attack; "" if nobody can tell."""
    if at.text.word(drone.token - 1) in POSSESSED:  # "Kabul says its drones": of who stands before them
        owners = [m for m in at.inside if m.side in NATIONS and m.is_actor and m.token < drone.token]
        if owners:
            return "type.air_strike" if owners[-1].side == "PK" else "type.attack"
    for mention in at.inside:
        if mention.side in NATIONS and not mention.is_ground and _owns(at.text, mention, drone):
            return "type.air_strike" if mention.side == "PK" else "type.attack"
    ground = next((m for m in at.inside if m.is_ground and m.side in NATIONS), None)
    if ground is None or speaks_there(at.text, ground) or lies_beyond(at.text, ground):
        return ""
    return "type.attack" if ground.side == "PK" else "type.air_strike"


def _owns(text: Text, owner: Mention, drone: Cue) -> bool:
    """ "Pakistani spy drone", "the Taliban's drones", "drones sent by the Taliban"; other scripts say it on either side."""
    latin = text.spelled(owner).isascii()
    if owner.start < drone.start:
        between = [t for t in text.tokens[owner.token : drone.token] if t.start >= owner.end]
        used = len(between) == 1 and between[0].word.startswith(FLOWN)  # "Taliban claim drone strikes"
        return used or len(between) <= (2 if owner.kind == "demonym" else 0 if latin else 1)
    before = [t.word for t in text.tokens[drone.token : owner.token] if t.word != "the"]
    return len(before) <= NEAR and (before[-1] in SENT if latin else len(before) <= 2)
