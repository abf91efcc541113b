"""Whom a noun names by itself, or with what happened to them: militants, Taliban, foreigners, refugees."""

from __future__ import annotations

from bot.news.figures.parties.both import on_both
from bot.news.figures.parties.counted import NOBODY, Counted, is_rest
from bot.news.figures.parties.people import FIGHTERS, RAIDERS
from bot.news.figures.parties.sides import PARTY_SIDE, Surroundings
from bot.news.figures.sentence.clause import MOVES, UNKNOWN, Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.model import HARM, Party
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

FIGHTING = frozenset(("militants", "afg_taliban_forces", "afg_taliban_and_militants"))
UNARMED = frozenset(
    ("afg_people", "afg_civilians")
)  # whom Kabul counts where Pakistan speaks of fighters in camps
HUNTED = frozenset(("structure.counterterrorism", "people.militants", "structure.violence"))
PAPERS = word_set("card cards visa visas papers documents permits undocumented")
MILITANTS = frozenset(("militants", "militant_strength"))
SUSPICION, CRIME = 16, 4  # units from the captured to a suspicion, and from that to its crime


def of_fighters(counted: Counted) -> Party | None:
    """ "four militants, two of them Afghans": a nationality is no other party."""
    said = counted.kinds - {"people", "refugees", "foreign", "commander"}
    part = (counted.phrase.subset or counted.phrase.partitive) and counted.whole in FIGHTING
    own = counted.loss.own and counted.loss.side != PARTY_SIDE.get(counted.whole)  # "with two OF ITS OWN men"
    foes = {counted.named, PARTY_SIDE.get(counted.whole)} == NATIONS  # "four OF THE PAKISTANIS"
    apart = said or own or foes or counted.phrase.partitive in ("theirs", "ours")
    return counted.whole if part and not apart else None


def neutralised(counted: Counted) -> Party | None:
    """ "402 Afghan nationals were NEUTRALISED": said of nobody but those one fights."""
    verb = counted.bound.verb
    said = verb >= 0 and counted.sentence.has(verb, "structure.of_enemies")
    others = counted.kinds - {"people", "refugees"}
    pakistani = counted.around.voice.side not in ("AF", "militants") and counted.named != "PK"
    return "militants" if said and not others and pakistani else None


def by_noun(counted: Counted) -> Party | None:
    """Militants, Taliban, foreigners and refugees are named by their noun."""
    kinds, phrase = counted.kinds, counted.phrase
    if "taliban" in kinds and kinds & MILITANTS:
        return "afg_taliban_and_militants"
    if kinds & MILITANTS:
        around = counted.around
        if phrase.noun in FIGHTERS and on_both(counted.sentence):
            return "both"  # "dozens of FIGHTERS fell, both sides said"
        afghan = (
            counted.named == "AF"
            or (counted.whole not in UNARMED and taliban_before(phrase, counted.sentence, around))
            or _own_fighters(counted)
        )
        return (
            "afg_taliban_forces"
            if (phrase.noun in FIGHTERS or phrase.noun in RAIDERS) and afghan
            else "militants"
        )
    if "taliban" in kinds:
        return "afg_taliban_forces"
    near = counted.sentence.units[phrase.at : phrase.last + 2]
    undocumented = any("affiliation.undocumented" in u.tags for u in near)
    if counted.named == "other" or ("foreign" in kinds and not undocumented):
        return "foreign_nationals"
    moved = counted.bound.measure in MOVES and not go_home(counted)
    if moved or "refugees" in kinds or undocumented or _are_held(counted) or _live(counted):
        return "afg_refugees" if counted.named != "PK" else "pak_people"
    return None


def _live(counted: Counted) -> bool:
    """ "1.7 million LIVE in the country": Afghans, where it is not said who."""
    return counted.bound.rule == "hosted" and counted.phrase.noun in ("", "people", "persons")


def _are_held(counted: Counted) -> bool:
    """ "612 people DETAINED ALTHOUGH THEIR CARDS WERE VALID", "5,840 arrests" where deportations are told of: Afghans."""
    unnamed = counted.phrase.noun in NOBODY | {"people", "persons"} and not counted.kinds - {"people"}
    hunted = not counted.sentence.said.isdisjoint(HUNTED)
    held = (
        counted.bound.measure == "captured" and unnamed and not (counted.named or counted.loss.side or hunted)
    )
    around = counted.around
    afghans = any(m.kind == "demonym" and m.side == "AF" for m in around.between(around.start, around.end))
    told = afghans or "returned" in counted.sentence.themes or not PAPERS.isdisjoint(counted.sentence.said)
    return held and told and counted.around.voice.side not in ("AF", "militants")


def _own_fighters(counted: Counted) -> bool:
    """ "Kabul speaks of 96 DEAD FIGHTERS": its own, where it does not say that it killed them, nor names a group."""
    around, noun = counted.around, counted.phrase.noun
    named = any(m.side == "militants" for m in around.between(around.start, around.end))
    told = counted.bound.measure in HARM and not (counted.done or named)
    return told and around.voice.side == "AF" and noun in FIGHTERS


def suspected(counted: Counted) -> Party | None:
    """ "arrested four men OVER A BOMBING", "39 arrests" by COUNTERTERRORISM police, "500 people WHO WANTED TO FIGHT"."""
    sentence, last = counted.sentence, counted.phrase.last
    if counted.bound.measure != "captured" or counted.kinds - {"people"} or counted.loss.side:
        return None
    if "structure.counterterrorism" in sentence.said:
        return "militants"
    again = counted.previous != UNKNOWN and is_rest(counted.phrase)  # "27 soldiers killed, three taken alive"
    if again or "structure.suspicion" not in sentence.said:
        return None
    for at in range(last, min(len(sentence.units), last + SUSPICION)):
        if sentence.has(at, "structure.suspicion"):
            crimes = sentence.units[at : at + CRIME]
            return (
                "militants"
                if any(u.has("structure.violence", "structure.militancy") for u in crimes)
                else None
            )
    return None


def taliban_before(phrase: Phrase, sentence: Sentence, around: Surroundings) -> bool:
    """ "Afghan Taliban … 200 fighters", "a raid by Afghan forces. 21 attackers": those of the last group named."""
    told = {b.phrase.head for at, b in sentence.bound.items() if at < phrase.at and b.measure == "killed"}
    if around.voice.answers == "AF" and around.voice.side == "PK" and not told & {"civilians", "people"}:
        return True  # "Kabul said its men took a post; the army spoke of 12 dead attackers"
    if phrase.last - phrase.at > 2 and not phrase.partitive:
        return False
    groups = [u for u in sentence.units[: phrase.at] if u.has("people.taliban", "people.militants")]
    return groups[-1].has("people.taliban") if groups else around.last_group() == "AF"


def go_home(counted: Counted) -> bool:
    """ "450 families are back in Sarkano": had only fled the fighting that a text tells of, and crossed no border."""
    around, themes = counted.around, counted.sentence.themes
    if counted.bound.measure != "returned" or "displaced" not in themes or "returned" in themes:
        return False
    if counted.named or counted.phrase.measure:
        return False
    return all(m.side not in ("PK", "border") for m in around.between(around.start, around.end))
