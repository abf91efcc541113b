"""What the words call the counted: soldiers, militants, Taliban, civilians, refugees."""

from __future__ import annotations

from collections.abc import Iterable

from bot.news.figures.parties.number import Number
from bot.news.figures.parties.sides import LOOK, Surroundings
from bot.news.figures.sentence.clause import THING_HEADS, Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase, is_plural
from bot.news.figures.sentence.units import BE, DETERMINERS, Unit, is_verb, verb_forms
from bot.news.text.words import word_set

NAMED_KINDS = frozenset(("security", "militants", "taliban", "civilians", "refugees", "foreign"))
MUJAHIDEEN = word_set("mujahid mujahids mujahedin")
FIGHTERS = word_set("fighters fighter gunmen") | MUJAHIDEEN
RAIDERS = word_set("attackers attacker assailants assailant raiders raider infiltrators infiltrator")
MEN = frozenset(("men", "man", "members", "comrades"))
OF_GROUPS = word_set(
    "members member men operatives operative cadres associates followers commanders commander leaders"
)
BANDS = word_set("network cell outfit group organisation organization")
OUTLAWED = DETERMINERS | word_set("banned outlawed proscribed sleeper terrorist terror militant suicide")
MEMBERS = word_set("members member officials personnel men")
SERVE = word_set("from belonged served serving") | {"belonging to"}
BODY = 5  # units from "members of" to whose they are
TAKEN = word_set("prisoners prisoner captives captive detainees detainee")  # whoever they were before
BODIES = frozenset(("bodies", "dead", "corpses", "dead bodies"))
LEAVING = frozenset(("left", "leaving", "leave", "abandoned", "abandoning"))
UNIFORM = frozenset(("uniform", "uniformed", "uniforms", "fatigues"))
MOSTLY = frozenset(("mostly", "mainly", "largely", "chiefly", "predominantly", "most of them", "almost all"))
OF_MOST = MOSTLY | {"all"}
DRESS = 3  # units from a number to what its people wear
FAMILIES = word_set("family families household households clan") | {"the family"}
KIN = FAMILIES | word_set("relatives relative siblings") | {"family members"}
NEAR_FAMILY, LOSING = (
    6,
    5,
)  # units behind the counted in which their family stands, before "lost" who lost them
COMPANY = word_set(
    "helpers helper associates associate companions companion aides aide accomplices accomplice bodyguards"
)
COMRADES, COMRADE = word_set("colleagues colleague comrades comrade"), 7  # units after whose they are
GUARDS = word_set("guards guard men fighters escorts")
HUNTERS = "structure.counterterrorism"
APPOSED = frozenset(("a", "an", "all", "both", "all of", "both of"))
MASTERS = frozenset(f"people.{kind}" for kind in ("militants", "commander", "security", "taliban"))
DEPUTIES = word_set("deputy deputies aide lieutenant successor brother son")
OF_LEADER = 5  # units between a group and the word for its leader
AFGHAN = 8  # characters of "Afghan " before "fighters"
OF_OTHERS = frozenset(("behind", "that", "who", "which", "whose"))  # what militants did is not done to them
OF_TOLL = 5  # units between a toll and those of whom it is
AIM = 4  # units between a strike and those it was aimed at


def kinds_of(phrase: Phrase, sentence: Sentence, around: Surroundings) -> set[str]:
    """What the counted noun itself calls them."""
    units = [sentence.units[k] for k in phrase.away or range(phrase.at, phrase.last)]
    kinds = {"people"} if phrase.noun in TAKEN else _within(units)
    if sentence.low(phrase.last) == "of" and (not kinds or phrase.head in ("", "people", "commander")):
        kinds |= _within(sentence.units[phrase.last : phrase.tail])
    if (listed := _listed(phrase, sentence)) and {"security", "civilians"} <= kinds | listed:
        return {"people"}
    if not kinds & NAMED_KINDS and _serve(phrase, sentence):
        kinds = {"security"}
    if kinds & NAMED_KINDS:
        kinds.discard("people")
    joined = is_joined(phrase, sentence)
    if "taliban" in kinds and not joined:
        kinds -= {"militants", "security"}
    if not phrase.head and not phrase.away:  # "3 IS members": capitals that read as "is"
        follows = around.between(phrase.quantity.end, phrase.quantity.end + 3)
        return {"militants"} if any(m.side == "militants" for m in follows) else kinds
    of_group = phrase.noun in OF_GROUPS and (
        "militants" in kinds or _of_group(phrase, sentence, around) or _of_band(phrase, sentence)
    )
    if of_group or _in_ranks(phrase, sentence):
        return {"militants"}
    if phrase.head in ("civilians", "security", "people"):
        kinds -= {"militants"} | ({"security"} if phrase.head == "civilians" and not joined else set())
    return kinds


def _listed(phrase: Phrase, sentence: Sentence) -> set[str]:
    """ "4,000 soldiers, POLICEMEN AND CIVILIANS": what the rest of a noun of many kinds names."""
    found: set[str] = set()
    at = phrase.last
    while (
        sentence.low(at) in (",", "and")
        and at + 1 < len(sentence.units)
        and not sentence.has(at + 2, "say.verbs")
    ):
        unit = sentence.units[at + 1]
        if unit.quantity or not is_plural(unit.low) or unit.within("people") not in ("security", "civilians"):
            break
        found.add(unit.within("people"))
        at += 2
    return found


def _serve(phrase: Phrase, sentence: Sentence) -> bool:
    """ "469 of them FROM LAW-ENFORCEMENT AGENCIES", "71 BELONGED TO the army", "six MEMBERS OF the 203 Mansoori Corps"."""
    if "affiliation.bodies" not in sentence.said and "people.security" not in sentence.said:
        return False
    at = phrase.last + (sentence.low(phrase.last) in BE)
    at += phrase.quantity.low == 1 and sentence.low(at) == "a"  # "one A MEMBER of the border force"
    told = sentence.low(at) in MEMBERS and sentence.low(at + 1) == "of"  # "15 of the dead were MEMBERS OF …"
    members = phrase.noun in MEMBERS and sentence.low(at) == "of"
    if not (told or members or sentence.low(at) in SERVE):
        return False
    first = at + 1 + told
    until = next((k for k in range(first, at + BODY) if sentence.low(k) == ","), at + BODY)
    return any(sentence.has(k, "affiliation.bodies", "people.security") for k in range(first, until))


def is_kin(phrase: Phrase, sentence: Sentence) -> bool:
    """ "A FAMILY of nine", "17 members OF ONE FAMILY", "the FAMILY lost eight members": nobody's men."""
    lost = range(max(0, phrase.at - LOSING), phrase.at) if sentence.has(phrase.at - 1, "lose.done") else ()
    of = sentence.low(phrase.last) in ("of", "from")
    near = (*(range(phrase.last, phrase.last + NEAR_FAMILY) if of else ()), *lost)
    return phrase.noun in KIN or any(sentence.low(k) in FAMILIES for k in near)


def is_joined(phrase: Phrase, sentence: Sentence) -> bool:
    """ "Taliban AND affiliated militants": one count for two nouns."""
    units = [sentence.units[k] for k in phrase.away or range(phrase.at, phrase.last)]
    return any(u.low in ("and", "&") or "affiliation.words" in u.tags for u in units)


def as_ones(phrase: Phrase, sentence: Sentence) -> set[str]:
    """ "380 dead fighters and 1,700 Pakistani ONES": of the sort counted before, whose side they name themselves."""
    before = [p for p in sentence.phrases if p.at < phrase.at]
    kinds = _within(sentence.units[before[-1].at : before[-1].last]) if before else set()
    return {"security"} if kinds & {"security", "militants", "taliban"} else kinds & {"civilians"}


def _within(units: Iterable[Unit]) -> set[str]:
    return {t.partition(".")[2] for u in units for t in u.tags if t.startswith("people.")}


def _of_group(phrase: Phrase, sentence: Sentence, around: Surroundings) -> bool:
    """ "a dozen members of the Gul Bahadur network"."""
    first, last = sentence.units[phrase.words[0]], sentence.units[phrase.words[-1]]
    return any(m.side == "militants" for m in around.between(first.start, last.end))


def _of_band(phrase: Phrase, sentence: Sentence) -> bool:
    """ "members of THE NETWORK", "of A BANNED OUTFIT"; not "of the smuggling network"."""
    last = phrase.tail - 1
    return sentence.low(last) in BANDS and sentence.low(last - 1).rpartition(" ")[2] in OUTLAWED


def _in_ranks(phrase: Phrase, sentence: Sentence) -> bool:
    """ "214 Afghans FIGHTING IN THE RANKS OF the TTP"."""
    group = sentence.units[phrase.last + 1 : phrase.last + LOOK // 2]
    return sentence.has(phrase.last, "affiliation.of") and any(u.has("people.militants") for u in group)


# --------------------------------------------------------------------------- beside the noun


def kinds_beside(number: Number) -> set[str]:
    """What other words of the sentence say the counted are."""
    bound, sentence, around = number
    phrase = bound.phrase
    found = (
        _said_to_be(phrase, sentence)
        or _dressed(phrase, sentence)
        or _apposed(phrase, sentence)
        or _mostly(phrase, sentence)
    )
    if found:
        return found
    if (
        sentence.low(phrase.last - 1) in BODIES
        and "behind" in sentence.said
        and not LEAVING.isdisjoint(sentence.said)
    ):
        return {"militants"}  # who flees leaves his dead
    told = (sentence.bound[p.at] for p in sentence.phrases if p.at < phrase.at and p.at in sentence.bound)
    earlier = (b for b in told if b.measure not in THING_HEADS)
    if _is_of_them(phrase, sentence) and not any(earlier):
        return _them(sentence.units[: phrase.at], around)
    if sentence.has(phrase.at - 1, "structure.among"):
        return _within(sentence.units[max(0, phrase.at - 6) : phrase.at]) & {"security"}
    if bound.rule == "toll":
        return _of_toll(bound, sentence)
    if phrase.head:
        return set()
    named = _them(sentence.units[: phrase.at], around) if phrase.quantity.definite else set()
    return named or _aimed_at(phrase, sentence)


def _is_of_them(phrase: Phrase, sentence: Sentence) -> bool:
    units = sentence.units[phrase.at : phrase.last + 1]
    return any(u.low in ("of them", "of whom") for u in units)


def _said_to_be(phrase: Phrase, sentence: Sentence) -> set[str]:
    """ "four of the dead were SUICIDE BOMBERS", "seven of the dead were HIS MEN"."""
    units = sentence.units
    for at in range(phrase.last, min(len(units), phrase.tail + 3)):
        part = phrase.partitive or phrase.subset or sentence.low(phrase.last) == "of"
        if units[at].low not in BE or not part:
            continue
        after = [u for u in units[at + 1 : at + 4] if u.low not in ("a", "the")]
        if after and after[0].low in DETERMINERS and len(after) > 1 and after[1].low in MEN:
            return {"security"} if after[0].low == "his" or after[1].low == "men" else set()
        kind = next((k for u in after[:2] if (k := u.within("people"))), "")
        if kind and not any(u.quantity for u in after[:2]):
            return {kind}
    return set()


def _apposed(phrase: Phrase, sentence: Sentence) -> set[str]:
    """ "two others, A HAVILDAR AND A SEPOY, …", "four bodies, ALL OF PAKISTANI SOLDIERS", "one A GUARD"."""
    units, comma = sentence.units, sentence.low(phrase.last) == ","
    at = phrase.last + comma
    if sentence.low(at) not in APPOSED or not (comma or phrase.quantity.low == 1):
        return set()
    near = range(at + 1, min(len(units), at + LOOK // 2))
    until = next((k for k in near if units[k].low in (",", ";", ".", "but") or is_verb(units[k])), at)
    named = units[at:until]
    articles = sum(u.low in ("a", "an") for u in named)
    whole = sentence.low(until) == "," and articles == phrase.quantity.low  # not ", A POLICE OFFICIAL said"
    if any(u.quantity for u in named) or sentence.low(until) == "but" or (articles and comma and not whole):
        return set()
    kinds = {unit.within("people") for unit in named} - {"", "people"}
    return kinds if len(kinds) == 1 and not kinds & {"foreign", "refugees"} else set()


def _dressed(phrase: Phrase, sentence: Sentence) -> set[str]:
    """ "four of them IN UNIFORM"."""
    if sentence.said.isdisjoint(UNIFORM):
        return set()
    worn = any(sentence.low(k) in UNIFORM for k in range(phrase.last, phrase.last + DRESS))
    return {"security"} if worn and phrase.quantity.kind != "zero" else set()


def _mostly(phrase: Phrase, sentence: Sentence) -> set[str]:
    """ "26 killed and about 40 wounded, MOSTLY women and children"."""
    units = sentence.units
    if sentence.said.isdisjoint(OF_MOST):
        return set()
    counted = False  # another number, of which "all of them" may be said
    for at in range(phrase.last, min(len(units) - 1, phrase.last + LOOK)):
        if units[at].quantity:
            counted = True
        every = not counted and _all_of_them(sentence, at)
        if every or units[at].low in MOSTLY:
            kinds = (u.within("people") for u in units[at + 1 : at + 4] if not u.quantity)
            return {kind for kind in kinds if kind in ("civilians", "security" if every else "")}
        if units[at].low in (";", "."):
            break
    return set()


def _all_of_them(sentence: Sentence, at: int) -> bool:
    """ "29, ALL OF THEM civilians"; but "nearly all of them" were not all."""
    return [sentence.low(k) for k in (at - 1, at, at + 1)] == [",", "all", "of them"]


def _of_toll(bound: Bound, sentence: Sentence) -> set[str]:
    """ "the number of TALIBAN injured at 27", "put the TALIBAN dead at 27"."""
    owner = bound.verb - 1 - (sentence.low(bound.verb - 1) == "'s")  # "the TALIBAN'S dead"
    phrase, near = bound.phrase, sentence.units[max(0, owner)].within("people")
    if near and near != "people" and bound.verb < phrase.at:
        return {near}
    for at in range(min(phrase.at - 1, bound.verb + OF_TOLL), max(-1, phrase.at - 14), -1):
        kind = sentence.units[at].within("people")
        before = {sentence.low(k) for k in range(max(0, at - 3), at)}
        if kind and (before & {"of", "among"} or any(low.endswith(" of") for low in before)):
            return {kind}
    return set()


def _aimed_at(phrase: Phrase, sentence: Sentence) -> set[str]:
    """ "it hit only MILITANTS: 610 died", "in raids on KHAWARIJ, nine were killed"."""
    units = sentence.units
    for at in range(phrase.at - 1, 0, -1):
        if at in sentence.bound or units[at].low in OF_OTHERS:
            return set()
        if not units[at].has("people.militants") or sentence.has(at + 1, "say.verbs"):
            continue
        before = units[max(0, at - AIM) : at]
        hit = any("hit" in verb_forms(u) for u in before)
        return {"militants"} if hit and not any(u.low in ("by", "from") for u in before) else set()
    return set()


def with_leader(phrase: Phrase, sentence: Sentence, around: Surroundings) -> set[str]:
    """ "a Hafiz Gul Bahadur COMMANDER AND FIVE ASSOCIATES", "THE BOMBER and four of HIS HELPERS": of the group whose man they were with."""
    his, joint = "his" in (phrase.partitive, phrase.quantity.owner), phrase.at - 1
    if phrase.noun in COMRADES and (phrase.partitive or phrase.quantity.owner):
        near = sentence.units[max(0, phrase.at - COMRADE) : phrase.at]
        return {"security"} if any(u.has("people.security") for u in near) else set()
    if not (phrase.noun in COMPANY or (his and phrase.noun in GUARDS)):
        return set()
    masters = (u for u in reversed(sentence.units[: phrase.at]) if his and u.tags & MASTERS)
    if (master := next(masters, None)) and (master.has("people.militants") or HUNTERS in sentence.said):
        return {"militants"}
    if sentence.low(joint) not in ("and", "with") or joint < 1:
        return set()
    leader = joint - 1 - (sentence.low(joint - 1) in (",", "along"))
    if around.voice.side == "militants" and sentence.has(leader, "people.commander"):
        return {"militants"}
    group = around.between(sentence.units[max(0, leader - OF_LEADER)].start, sentence.units[joint].start)
    named = (
        sentence.has(leader, "people.commander")
        or sentence.low(leader) in DEPUTIES
        or sentence.has_capital(leader)
    )
    return {"militants"} if named and group[-1:] and group[-1].side == "militants" else set()


def _them(units: list[Unit], around: Surroundings) -> set[str]:
    """Whom "them" stands for: the last people named as many."""
    for unit in reversed(units):
        kind = unit.within("people")
        if kind and is_plural(unit.low):
            near = around.between(unit.start - AFGHAN, unit.end)
            afghan = unit.low in FIGHTERS and any(m.side == "AF" for m in near)
            return {"taliban"} if afghan else {kind}
    return set()
