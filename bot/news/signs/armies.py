"""Who fights in a text: forces of both states, a militant group, somebody whose losses alone are told."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from bot.news.text.lexicon import NATIONS, Cue, Mention, Text
from bot.news.text.words import DAY_NAMES, OWNING, word_set

FORCES = word_set(
    "soldier soldiers troops force forces personnel guard guards fighter fighters army military militia troop "
    "post posts outpost outposts position positions police corps"
)
FIGHTING = word_set("type.air_strike type.border_clash type.attack")
MARTYRED = word_set("martyred martyrdom shahadat shaheed")
OPENING = 3  # sentences, headline included, in which two armies are looked for
LOSS = 8  # words between who died and that they died
OWNED = 4  # words from "Monday's" to the attack of that day
AROUND = 3  # words between a number and whom it counts


class Scene(NamedTuple):
    """What a whole text says of who fights."""

    armies: bool = False  # forces of both states, fighting or counted among the dead
    strike: bool = False  # a strike from the air is told
    fighting: bool = False  # words of fighting, other than those of losses
    rebels: bool = False  # a militant group, and no force of the other state
    of_a_day: bool = False  # "Monday's Pakistani attack": one strike, not what a month has cost
    trial: bool = False  # what goes through a gate goes on trial


def scene(text: Text) -> Scene:
    losses = {(c.start, c.end) for c in text.cues if c.name == "cue.suffered"}
    lists = {c.name for c in text.cues if (c.start, c.end) not in losses}
    of_a_day = any(_is_of_a_day(text, cue) for cue in text.all_said("cue.strike", *FIGHTING))
    struck, fought = "type.air_strike" in lists, bool(lists & FIGHTING)
    return Scene(_armies(text), struck, fought, _rebels(text), of_a_day, "part.trial" in lists)


def _is_of_a_day(text: Text, cue: Cue) -> bool:
    near = text.tokens[max(0, cue.token - OWNED) : cue.token]
    return any(token.word in DAY_NAMES and text.text.startswith(OWNING, token.end) for token in near)


def _armies(text: Text) -> bool:
    """Whether forces of both states stand in the opening of a text, fighting or counted among the dead."""
    sides: set[str] = set()
    for span in text.sentences[:OPENING]:
        losses = {c.token for c in text.said(span, "evidence.death", "cue.suffered")}
        for mention in text.within(span):
            if mention.side in NATIONS and not mention.dateline and _is_force(text, mention, losses):
                sides.add(mention.side)
        martyrs = [at for at in losses if text.word(at) in MARTYRED]
        sides.update("PK" for at in martyrs if FORCES.intersection(text.before(at + AROUND, 2 * AROUND)))
    return sides >= NATIONS


def _rebels(text: Text) -> bool:
    """Whether a group fights, away from the line: neither a crossing nor a force of the Afghan side is named."""
    opening = [m for span in text.sentences[:OPENING] for m in text.named(span)]
    if any(m.side == "border" or (m.side == "AF" and _is_force(text, m, ())) for m in opening):
        return False
    return any(m.side == "militants" and m.kind == "group" for m in opening)


def _is_force(text: Text, mention: Mention, losses: Collection[int]) -> bool:
    """Soldiers of a side: "Afghan border guards", "fighters of the Emirate", "200 Taliban … killed"."""
    end = next((span.end for span in text.sentences if mention.start < span.end), mention.end)
    ahead = [token for token in text.tokens[mention.token : mention.token + 12] if token.start < end]
    words = [token.word for token in ahead]
    if "fighter" in words[:3]:
        return False  # "an Afghan fighter" among militants is no army
    own = sum(token.start < mention.end for token in ahead)
    before = text.before(mention.token, AROUND)
    if FORCES & set(words[own - 1 : own + 2]) or ("of" in before and FORCES & set(before)):
        return True
    if mention.side != "AF" or not mention.is_actor:
        return False
    counted = any(word[0].isdigit() for word in before)
    return counted and any(mention.token + ahead in losses for ahead in range(1, LOSS + 1))
