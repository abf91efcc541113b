"""Who is counted: the side and kind of the people behind a number, from what the text says of them."""

from __future__ import annotations

from dataclasses import replace

from bot.news.figures.parties.counted import (
    BARE,
    NOBODY,
    Counted,
    across,
    among,
    fought,
    go_home,
    has_civilians,
    is_rest,
    kind_of,
    on_both,
    taliban_before,
)
from bot.news.figures.parties.deed import DEEDS, deed_of
from bot.news.figures.parties.losses import TOLLS, loss_of
from bot.news.figures.parties.nationality import named_side, of_both
from bot.news.figures.parties.nearest import side_from_words
from bot.news.figures.parties.number import Number
from bot.news.figures.parties.owners import attackers_of, owner_of
from bot.news.figures.parties.people import (
    FIGHTERS,
    MUJAHIDEEN,
    RAIDERS,
    as_ones,
    is_kin,
    kinds_beside,
    kinds_of,
    with_leader,
)
from bot.news.figures.parties.sides import BY_SIDE, PARTY_SIDE
from bot.news.figures.sentence.clause import MOVES, THING_HEADS, UNKNOWN
from bot.news.figures.sentence.units import is_verb, verb_forms
from bot.news.model import HARM, OTHER_SIDE, Party
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

FIGHTING = frozenset(("militants", "afg_taliban_forces", "afg_taliban_and_militants"))
UNOWNED = frozenset(("trucks", "attacks", "strikes", "money"))
SUSPICION, CRIME = 16, 4  # units from the captured to a suspicion, and from that to its crime
FREED = word_set("freed released frees releases freeing releasing") | {
    "handed over",
    "let go",
    "set free",
    "handed back",
}
HUNTED = frozenset(("structure.counterterrorism", "people.militants", "structure.violence"))
PAPERS = word_set("card cards visa visas papers documents permits undocumented")
TALLIES = word_set("figure tally count toll total estimate number")
TARGETS = word_set("targeted targets target")  # "only terrorists were TARGETED and no civilian was hit"
LISTED, BEHIND = 4, 40  # units between two of a list, characters after the second that may say where
TALLY = 5  # units from a tally to its number
MILITANTS = frozenset(("militants", "militant_strength"))


def party_of(number: Number, previous: Party, whole: Party) -> Party:
    """The party of a bound number; "unspecified" where nothing in the text says it."""
    number = _with_noun(number)
    bound, sentence, around = number
    if bound.measure == "duration":
        return "both" if "kind.truce" in sentence.said else UNKNOWN
    if bound.measure in UNOWNED:
        return attackers_of(number) if bound.measure == "attacks" else UNKNOWN
    if bound.rule == "strength":
        return "militants"
    if bound.measure in THING_HEADS:
        return owner_of(number, previous)
    if of_both(bound.phrase, sentence):
        return "both"
    deed = deed_of(number)
    told = _kinds(number), named_side(number), loss_of(number), deed
    counted = Counted(bound, sentence, around, bound.phrase, previous, whole, *told)
    return next((party for reader in READERS if (party := reader(counted))), UNKNOWN)


def _with_noun(number: Number) -> Number:
    """ "two dead and three injured SOLDIERS": one noun for both."""
    phrase, sentence = number.phrase, number.sentence
    after = sentence.owner.get(phrase.last + 1) if sentence.low(phrase.last) in ("and", "&") else None
    if after is None or phrase.noun not in TOLLS or not after.measure or after.noun in BARE or not after.head:
        return number
    shared = replace(phrase, head=after.head, noun=after.noun, away=range(after.at, after.last))
    return number._replace(bound=replace(number.bound, phrase=shared))


def _kinds(number: Number) -> frozenset[str]:
    """What the counted noun, else the words beside it, call the counted."""
    phrase, sentence = number.phrase, number.sentence
    if phrase.noun == "ones":
        kinds = as_ones(phrase, sentence)
    elif phrase.head == "property":
        kinds = {"civilians"}
    else:
        kinds = with_leader(phrase, sentence, number.around) or kinds_of(phrase, sentence, number.around)
    if number.bound.measure in HARM and not kinds - {"people"} and is_kin(phrase, sentence):
        kinds = {"civilians"}
    return frozenset(kinds if kinds - {"people"} else kinds | kinds_beside(number))


# --------------------------------------------------------------------------- the readers, in the order in which they are asked


def _of_fighters(counted: Counted) -> Party | None:
    """ "four militants, two of them Afghans": a nationality is no other party."""
    said = counted.kinds - {"people", "refugees", "foreign", "commander"}
    part = (counted.phrase.subset or counted.phrase.partitive) and counted.whole in FIGHTING
    own = counted.loss.own and counted.loss.side != PARTY_SIDE.get(counted.whole)  # "with two OF ITS OWN men"
    foes = {counted.named, PARTY_SIDE.get(counted.whole)} == NATIONS  # "four OF THE PAKISTANIS"
    apart = said or own or foes or counted.phrase.partitive in ("theirs", "ours")
    return counted.whole if part and not apart else None


def _of_loss(counted: Counted) -> Party | None:
    """ "Nine dead OF ITS OWN", "THE ENEMY'S dead", "PAKISTAN'S LOSSES": the words say whose loss it is."""
    loss, kinds, phrase = counted.loss, counted.kinds, counted.phrase
    fighters = bool(kinds & MILITANTS) and phrase.noun in FIGHTERS
    if not loss.side or kinds & {"taliban", "foreign", "refugees"} or (kinds & MILITANTS and not fighters):
        return None
    if loss.side not in NATIONS:
        return "militants" if fighters or counted.is_bare else None
    if fighters:
        return "afg_taliban_forces" if loss.side == "AF" else None
    again = is_rest(phrase) and not kinds - {"people"} and not (loss.forces and loss.own)
    if again and PARTY_SIDE.get(counted.previous) == loss.side:
        return counted.previous  # "five Levies men were abducted and ONE WAS MARTYRED"
    own = loss.own and any(counted.sentence.low(k) == "own" for k in range(phrase.at, phrase.last))
    said = loss.enemy or own
    side = counted.named if counted.named in NATIONS and not said else loss.side
    kind = kind_of(counted)
    answers = loss.own and kind == "people" and counted.is_bare
    if answers and counted.whole == BY_SIDE["security"][OTHER_SIDE[side]]:
        kind = "security"  # "Kabul said it lost eight fighters and Islamabad put ITS DEAD at five"
    if loss.enemy and kind == "security" and side == "AF":
        return "afg_taliban_and_militants"
    return BY_SIDE[kind][side]


def _by_noun(counted: Counted) -> Party | None:
    """Militants, Taliban, foreigners and refugees are named by their noun."""
    kinds, phrase = counted.kinds, counted.phrase
    if "taliban" in kinds and kinds & MILITANTS:
        return "afg_taliban_and_militants"
    if kinds & MILITANTS:
        around = counted.around
        if phrase.noun in MUJAHIDEEN and "militants" not in (around.voice.side, around.last_group()):
            return (
                "afg_taliban_forces"  # so the Taliban call their own; the TTP does too, where it is spoken of
            )
        if phrase.noun in FIGHTERS and on_both(counted.sentence):
            return "both"  # "dozens of FIGHTERS fell, both sides said"
        afghan = (
            counted.named == "AF"
            or taliban_before(phrase, counted.sentence, around)
            or _own_fighters(counted)
        )
        return (
            "afg_taliban_forces"
            if (phrase.noun in FIGHTERS or phrase.noun in RAIDERS) and afghan
            else "militants"
        )
    if "taliban" in kinds:
        return "afg_taliban_forces"
    near = range(phrase.at, phrase.last + 2)
    undocumented = any(counted.sentence.has(k, "affiliation.undocumented") for k in near)
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


def _as_before(counted: Counted) -> Party | None:
    """ "16 others", "six injured", "of them": the people counted just before."""
    phrase = counted.phrase
    other = counted.named and counted.named != PARTY_SIDE.get(counted.previous)
    named = other or among(phrase, counted.sentence) or counted.kinds - {"people"}
    if not is_rest(phrase) or phrase.partitive in ("their", "its") or named:
        return None
    if counted.previous.endswith("forces") and has_civilians(counted):
        return BY_SIDE["people"][PARTY_SIDE[counted.previous]]
    if (
        counted.bound.measure in DEEDS
        and counted.deed.actor
        and counted.deed.actor == PARTY_SIDE.get(counted.previous)
    ):
        return None  # nobody kills his own
    return counted.previous if counted.previous != UNKNOWN and not _elsewhere(counted) else None


def _elsewhere(counted: Counted) -> bool:
    """ "…; in Bajaur, fire wounded three", "and one IN AFGHANISTAN": on the other side's ground."""
    start, units, around = counted.phrase.at, counted.sentence.units, counted.around
    other = OTHER_SIDE.get(PARTY_SIDE.get(counted.previous, ""))
    last = counted.phrase.last
    if other and _struck_since(counted, other):
        return True
    if counted.sentence.low(last) in ("in", "inside") and last + 2 < len(units):
        return around.places(units[last].start, units[last + 2].end)[:1] == [other]
    clause = next((k for k in range(start, -1, -1) if counted.sentence.low(k) == ";"), -1)
    places = around.places(units[clause].start, units[start].start) if clause >= 0 else []
    return bool(places) and places[-1] == other


def _struck_since(counted: Counted, other: str) -> bool:
    """ "after a bomb killed 12 soldiers in Tank, jets STRUCK PAKTIKA, killing five": the ground that a strike hit since."""
    sentence, at = counted.sentence, counted.phrase.at
    before = max((k for k in sentence.bound if k < at), default=-1)
    if before < 0 or counted.bound.rule not in ("active", "doing"):
        return False
    units = sentence.units[before:at]
    if not any(u.has("structure.strike", "structure.violence") for u in units):
        return False
    return counted.around.told_places(units[0].start, units[-1].end)[-1:] == [other]


def _unknown_kind(counted: Counted) -> Party | None:
    """Leaders and the like: their noun is known, their party is not."""
    return UNKNOWN if not counted.kinds and counted.phrase.head not in ("", "unknown", "people") else None


def _of_deed(counted: Counted) -> Party | None:
    """Whom the one who acted hit: nobody claims his own, militants storm posts, forces hunt bands."""
    deed, kind, voice = counted.deed, kind_of(counted), counted.around.voice
    freed = counted.bound.measure == "other" and counted.sentence.low(counted.bound.verb) in FREED
    if freed and kind == "security" and deed.actor in NATIONS and not counted.named:
        return BY_SIDE["security"][OTHER_SIDE[deed.actor]]  # whom one side frees is the other's
    if counted.bound.measure not in DEEDS:
        return None
    if counted.named:
        foe = (
            voice.side == "AF"
            and counted.named == "PK"
            and counted.phrase.noun in ("pakistanis", "pakistani")
        )
        return (
            "pak_security_forces" if foe and kind == "people" else None
        )  # "nine PAKISTANIS fell", says Kabul
    if voice.side == "militants" and not counted.loss.side and (kind == "security" or counted.is_bare):
        return "pak_security_forces"  # "killed 402 members of the forces", says the TTP
    if kind == "security":
        return BY_SIDE["security"][OTHER_SIDE[deed.actor]] if deed.told and deed.actor in NATIONS else None
    if kind != "people" or not counted.is_bare or deed.aim == "civilians" or counted.loss.side:
        return None
    if not (deed.actor or deed.aim) and _with_posts(counted):
        return BY_SIDE["security"][OTHER_SIDE[voice.side]]
    if deed.actor == "militants":
        manned = deed.told or (deed.aim == "security" and not deed.fire)  # a bomb kills whoever is there
        return BY_SIDE["security"]["PK"] if manned else None
    if deed.actor == "AF":
        return "pak_security_forces" if deed.told or deed.aim == "security" else None
    if (
        voice.army
        and voice.side == "PK"
        and counted.around.places(counted.around.start, counted.phrase.quantity.start)[-1:] == ["AF"]
        and counted.phrase.noun in ("dead", "")
    ):
        return "militants"  # "hit a training centre in Khost, where ISPR COUNTED 18 DEAD"
    if deed.fire and not deed.told:
        return None
    if deed.aim in ("militants", "taliban"):
        return "militants" if deed.aim == "militants" else "afg_taliban_forces"
    if deed.actor == "PK" and (voice.answers == "AF" or counted.previous == "pak_security_forces"):
        return "afg_taliban_forces"  # "Kabul said it killed 30 soldiers; Islamabad said it killed 90"
    if deed.told and any(b.measure == "positions" for b in counted.sentence.bound.values()):
        return "afg_taliban_forces"  # "it killed 35 and destroyed four posts"
    if deed.told:
        return "militants" if voice.army else UNKNOWN
    hunted = "people.militants" in counted.sentence.said or voice.side == "PK"
    return "militants" if deed.actor == "PK" and hunted else None


def _with_posts(counted: Counted) -> bool:
    """ "535 were injured and 130 POSTS DESTROYED", says a state: no state boasts of its own, nor of its posts."""
    done = counted.bound.rule in ("passive", "reduced", "state", "nominal")
    razed = any(b.measure == "positions" and b.rule != "lost" for b in counted.sentence.bound.values())
    return done and razed and counted.around.voice.side in NATIONS and not counted.phrase.subset


def _of_tally(counted: Counted) -> Party | None:
    """ "Islamabad's figure of 274 dead": a state's count of no people in particular is not of its own."""
    around, sentence, phrase = counted.around, counted.sentence, counted.phrase
    if (
        around.voice.side not in NATIONS
        or not counted.is_bare
        or counted.named
        or kind_of(counted) != "people"
    ):
        return None
    at = next((k for k in range(phrase.at, max(0, phrase.at - TALLY), -1) if sentence.low(k) in TALLIES), 0)
    if not at or around.places(around.start, around.end):
        return None
    owner = around.between(sentence.units[max(0, at - 3)].start, sentence.units[at].start)
    return UNKNOWN if any(m.side == around.voice.side for m in owner) else None


def _neutralised(counted: Counted) -> Party | None:
    """ "402 Afghan nationals were NEUTRALISED": said of nobody but those one fights."""
    verb = counted.bound.verb
    said = verb >= 0 and counted.sentence.has(verb, "structure.of_enemies")
    others = counted.kinds - {"people", "refugees"}
    pakistani = counted.around.voice.side not in ("AF", "militants") and counted.named != "PK"
    return "militants" if said and not others and pakistani else None


def _suspected(counted: Counted) -> Party | None:
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
        if sentence.low(at) == ";":
            break
        if sentence.has(at, "structure.suspicion"):
            crimes = sentence.units[at : at + CRIME]
            return (
                "militants"
                if any(u.has("structure.violence", "structure.militancy") for u in crimes)
                else None
            )
    return None


def _on_both_sides(counted: Counted) -> Party | None:
    """ "The clashes killed dozens": on both sides, where the sentence names neither."""
    if counted.bound.rule == "lost" or counted.named or counted.bound.measure not in HARM:
        return None
    if counted.around.voice.both and kind_of(counted) != "security":
        return "both"
    if kind_of(counted) != "people":
        return None
    return "both" if fought(counted.sentence, counted.around, counted.phrase) else None


def _with_both(counted: Counted) -> Party | None:
    """ "71 soldiers of both states AND 74 CIVILIANS"."""
    joined = counted.sentence.low(counted.phrase.at - 1) in (",", "and")
    return "both" if counted.previous == "both" and joined and not counted.named else None


def _of_whole(counted: Counted) -> Party | None:
    """A part is of the side of its whole."""
    part = counted.phrase.subset and not counted.named
    if part and counted.whole == "both" and counted.bound.measure in HARM:
        return "both"
    side = PARTY_SIDE.get(counted.whole, "") if part else ""
    return BY_SIDE[kind_of(counted)][side] if side in NATIONS else None


def _unharmed(counted: Counted) -> Party | None:
    """ "No civilian was hurt", "our strikes killed nine civilians", says who struck: on the other side."""
    if kind_of(counted) != "civilians" or counted.named or counted.loss.own:
        return None
    fought = counted.previous in ("militants", "afg_taliban_forces", "pak_security_forces")
    voice = counted.around.voice
    zero = counted.phrase.quantity.kind == "zero"
    aimed = not TARGETS.isdisjoint(counted.sentence.said) and "people.militants" in counted.sentence.said
    struck = (counted.done and not voice.denier) or (zero and (fought or aimed))
    other = OTHER_SIDE.get(voice.side, "")
    return BY_SIDE["civilians"][other] if struck and other else None


def _of_side(counted: Counted) -> Party | None:
    """Kind and side from whatever else the text says."""
    kind, around, phrase = kind_of(counted), counted.around, counted.phrase
    police = phrase.noun.startswith("police") and around.voice.side == "AF"
    if police and not counted.named and all(m.side != "PK" for m in around.between(around.start, around.end)):
        return "afg_taliban_forces"  # "two policemen were hurt", says Khost's governor
    side = (
        counted.named
        or _beside_last(counted)
        or _bombed(counted)
        or side_from_words(phrase, counted.sentence, around, kind)
    )
    return BY_SIDE[kind][side]


def _bombed(counted: Counted) -> str:
    """ "A BOMBER killed 31 worshippers": militants hit Pakistanis, where no place is named and Pakistan is spoken of."""
    around = counted.around
    by = counted.deed.actor == "militants" and kind_of(counted) != "security" and "PK" in around.sides()
    return "PK" if by and not around.places(around.start, around.end) else ""


def _beside_last(counted: Counted) -> str:
    """ "13 Pakistani soldiers AND FIVE CIVILIANS", "ten wounded, WITH THREE CIVILIANS hurt": of one side, where none is named."""
    sentence, at, around = counted.sentence, counted.phrase.at, counted.around
    last = next((sentence.bound[k].phrase for k in sorted(sentence.bound, reverse=True) if k < at), None)
    if last is None or at - last.tail > LISTED or counted.around.voice.side == "militants":
        return ""
    between = sentence.units[last.tail : at]
    verbs = any(is_verb(u) and not (verb_forms(u).keys() & HARM) for u in between)
    turns = any(
        u.low in (";", ":", "while", "but", ".") or u.has("say.verbs", "structure.causal") for u in between
    )
    named = around.between(sentence.units[last.tail - 1].end, sentence.units[at].start)
    side = PARTY_SIDE.get(counted.previous, "")
    foe = OTHER_SIDE.get(side, "none")  # who boasts of soldiers does not boast of the civilians beside them
    if foe in (around.voice.side, counted.deed.actor):
        return ""
    follows = around.first_place(
        counted.phrase.quantity.end, min(around.end, counted.phrase.quantity.end + BEHIND)
    )[0]
    if verbs or turns or follows not in ("", side) or any(m.side != side for m in named if m.side in NATIONS):
        return ""
    return side if side in NATIONS else ""


READERS = (
    _of_fighters, _neutralised, _of_loss, _by_noun, _suspected, across, _as_before, _unknown_kind, _of_deed, _of_tally, _on_both_sides, _of_whole, _with_both, _unharmed, _of_side,
)  # fmt: skip
