"""Whom the one who acted hit: nobody claims his own, militants storm posts, forces hunt bands."""

from __future__ import annotations

from bot.news.figures.parties.counted import Counted
from bot.news.figures.parties.deed import DEEDS, Deed
from bot.news.figures.parties.sides import BY_SIDE
from bot.news.figures.sentence.clause import UNKNOWN
from bot.news.model import OTHER_SIDE, Party
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

TALLIES = word_set("figure tally count toll total estimate number")
TARGETS = word_set("targeted targets target")  # "only terrorists were TARGETED and no civilian was hit"
DEATHS = frozenset(("nominal", "noun-of"))  # rules of "nine deaths", "the deaths of nine"
TALLY = 5  # units from a tally to its number


def of_deed(counted: Counted) -> Party | None:
    """Whom the one who acted hit, caught or let go: nobody kills his own."""
    if counted.named:
        return None
    kind, voice, forces = counted.kind, counted.around.voice, BY_SIDE["security"]
    if counted.bound.measure not in DEEDS:
        freed = kind == "security" and counted.sentence.has(counted.bound.verb, "structure.frees")
        return forces.get(OTHER_SIDE.get(counted.deed.actor, "none")) if freed else None
    if voice.side == "militants" and not counted.loss.side and (kind == "security" or counted.is_bare):
        return "pak_security_forces"  # "killed 402 members of the forces", says the TTP
    if kind == "security":
        foe = OTHER_SIDE.get(counted.deed.actor, "none")
        return forces.get(foe) if counted.deed.told else None
    if kind != "people" or not counted.is_bare or counted.loss.side:
        return None
    deed = counted.deed
    if deed.aim == "civilians":
        return None
    if not (deed.actor or deed.aim) and _with_posts(counted):
        return BY_SIDE["security"][OTHER_SIDE[voice.side]]
    return _by_pakistan(counted) if deed.actor not in ("AF", "militants") else _of_pakistan(counted.deed)


def _of_pakistan(deed: Deed) -> Party | None:
    """Whom Afghans or militants hit: the men of a post or a patrol; a militant's bomb kills whoever is there."""
    manned = deed.aim == "security" and not (deed.fire and deed.actor == "militants")
    return "pak_security_forces" if deed.told or manned else None


def _by_pakistan(counted: Counted) -> Party | None:
    """Whom Pakistan hit: those it went for, the Taliban where Kabul spoke before or posts fell, else militants."""
    deed, around, voice = counted.deed, counted.around, counted.around.voice
    told_before = around.places(around.start, counted.phrase.quantity.start)
    if (
        voice.army
        and voice.side == "PK"
        and counted.phrase.noun in ("dead", "")
        and told_before[-1:] == ["AF"]
    ):
        return "militants"  # "hit a training centre in Khost, where ISPR COUNTED 18 DEAD"
    if deed.fire and not deed.told:
        return None
    if deed.aim in ("militants", "taliban"):
        return "militants" if deed.aim == "militants" else "afg_taliban_forces"
    answers = voice.answers == "AF" or counted.previous == "pak_security_forces"
    if deed.actor and answers:
        return "afg_taliban_forces"  # "Kabul said it killed 30 soldiers; Islamabad said it killed 90"
    if deed.told:
        return "militants" if voice.army else UNKNOWN
    hunted = "people.militants" in counted.sentence.said or voice.side == "PK"
    return "militants" if deed.actor and hunted else None


def _with_posts(counted: Counted) -> bool:
    """ "535 were injured and 130 POSTS DESTROYED", says a state: no state boasts of its own, nor of its posts."""
    done = counted.bound.rule in ("passive", "reduced", "state", "nominal")
    razed = any(b.measure == "positions" and b.rule != "lost" for b in counted.sentence.bound.values())
    return done and razed and counted.around.voice.side in NATIONS and not counted.phrase.subset


def of_tally(counted: Counted) -> Party | None:
    """ "Islamabad's figure of 274 dead": a state's count of no people in particular is not of its own."""
    around, sentence, phrase = counted.around, counted.sentence, counted.phrase
    if around.voice.side not in NATIONS or not counted.is_bare or counted.named or counted.kind != "people":
        return None
    at = next((k for k in range(phrase.at, max(0, phrase.at - TALLY), -1) if sentence.low(k) in TALLIES), 0)
    if not at or around.places(around.start, around.end):
        return None
    owner = around.between(sentence.units[max(0, at - 3)].start, sentence.units[at].start)
    return UNKNOWN if any(m.side == around.voice.side for m in owner) else None


def unharmed(counted: Counted) -> Party | None:
    """ "No civilian was hurt", "our strikes killed nine civilians", says who struck: on the other side."""
    if counted.kind != "civilians" or counted.named or counted.loss.own:
        return None
    fought = counted.previous in ("militants", "afg_taliban_forces", "pak_security_forces")
    voice = counted.around.voice
    zero = counted.phrase.quantity.kind == "zero"
    aimed = not TARGETS.isdisjoint(counted.sentence.said) and "people.militants" in counted.sentence.said
    struck = (counted.done and not voice.denier) or (zero and (fought or aimed))
    other = OTHER_SIDE.get(voice.side, "")
    return BY_SIDE["civilians"][other] if struck and other else None


def bombed(counted: Counted) -> str:
    """ "A BOMBER killed 31", "holds the TTP RESPONSIBLE FOR hundreds of deaths": militants hit Pakistanis, and fire the
    other side, where no place is named."""
    around, sentence, deed = counted.around, counted.sentence, counted.deed
    if counted.kind == "security" or not (deed.actor or counted.bound.rule in DEATHS):
        return ""
    nowhere = not around.places(around.start, around.end)
    if deed.fire and deed.actor in NATIONS and nowhere:
        return OTHER_SIDE[deed.actor]
    by = deed.actor == "militants" and nowhere
    if by and "PK" in around.sides():
        return "PK"
    own = around.voice.side
    if counted.bound.rule not in DEATHS or "structure.blames" not in sentence.said or own not in NATIONS:
        return ""
    named = {m.side for m in around.between(around.start, around.end)}
    return own if "militants" in named or (nowhere and OTHER_SIDE[own] in named) else ""


def uprooted(counted: Counted) -> str:
    """ "66,000 people had fled their homes", says the UN: in Afghanistan, where it names no other place."""
    around = counted.around
    told = counted.bound.measure == "displaced" and around.voice.side == "UN"
    return "AF" if told and not around.places(around.start, around.end) else ""
