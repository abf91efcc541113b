"""Whose the counted things are: posts, drones, camps."""

from __future__ import annotations

from bot.news.figures.measures.linking import is_of_them
from bot.news.figures.parties.deed import deed_of, subject
from bot.news.figures.parties.losses import HOSTILE, loss_of
from bot.news.figures.parties.nationality import on_side
from bot.news.figures.parties.number import Number
from bot.news.figures.parties.sides import BY_SIDE, PARTY_SIDE
from bot.news.figures.sentence.clause import THING_HEADS, UNKNOWN
from bot.news.figures.sentence.units import BE, Unit
from bot.news.model import OTHER_SIDE, Party
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

TERROR = word_set("terror terrorist militant suicide") | {
    "terrorist attacks", "terror attacks", "militant attacks", "suicide attacks", "suicide bombings", "terrorist incidents",
    "terror incidents", "militant incidents",
}  # fmt: skip
DENS = word_set("hideout hideouts sanctuary sanctuaries dens launchpads") | {
    "launch pads", "suicide vests", "suicide jackets", "suicide belts", "explosive belts", "explosives belts", "explosive vests",
    "explosive jackets",
}  # no army's  # fmt: skip
VEHICLES = word_set("vehicle vehicles motorcycle motorcycles")
FOUND = word_set("recovered recover recovering seized seize seizing confiscated found")
ARMS = word_set("rifle rifles weapons guns carbines pistols") | {
    "assault rifles",
    "machine guns",
    "rocket launchers",
}
USED = word_set("used run belonging held operated occupied manned")
NEAR = 5  # units after "used" in which it is said by whom
AIRBORNE = word_set(
    "drone drones quadcopter quadcopters missiles missile rockets uavs aircraft"
)  # come from across
OF_SIDE: dict[str, Party] = {
    **{side: BY_SIDE["security"][side] for side in NATIONS},
    "militants": "militants",
}
OF_KIND: dict[str, Party] = {"militants": "militants", "taliban": "afg_taliban_forces"}
OWNERS = frozenset(OF_SIDE.values())


def owner_of(number: Number, previous: Party) -> Party:
    """Named in the noun, as the people before, or the opposite of who took, hit or brought them down."""
    bound, sentence, around = number
    phrase = bound.phrase
    words = [sentence.units[k] for k in phrase.words]
    if bound.measure == "camps" or phrase.noun in DENS or any(_of_terror(u) for u in words):
        return "militants"
    if sentence.low(phrase.last) in USED and (user := _user(number)):
        return OF_SIDE[user]  # "two depots USED BY the TTP"
    if any(u.has("people.taliban") for u in words):
        return "afg_taliban_forces"
    if bound.verb >= 0 and sentence.low(bound.verb) in FOUND and _are_rebels(number):
        return "militants"
    if party := _taken_from(number):
        return party
    side = _named(number)
    if side is not None:
        return BY_SIDE["security"][side]
    if any(u.low in HOSTILE for u in words) and (against := around.hostile_to()):
        return BY_SIDE["security"][OTHER_SIDE[against]]
    loss = loss_of(number)
    if bound.rule == "listed" and loss.side in NATIONS and phrase.quantity.owner != "their":
        return BY_SIDE["security"][loss.side]  # "puts Pakistan's losses at 870 soldiers and 96 POSTS"
    again = bound.rule in ("passive", "reduced") or phrase.quantity.owner or is_of_them(sentence, phrase)
    if again and previous == "afg_taliban_and_militants":
        return "afg_taliban_forces"  # "23 Taliban and khawarij died, SIX OF THEIR POSTS fell"
    bare = bound.rule == "listed" and phrase.last == phrase.at + 1  # "27 posts were razed and NINE SEIZED"
    again = again or bare or _continues(number)
    boasts = PARTY_SIDE.get(previous) == around.voice.side in NATIONS and not phrase.quantity.owner
    if (
        again and previous in OWNERS and not (boasts and not loss.own)
    ):  # "12 men fell; 83 posts were destroyed"
        return previous
    return OF_SIDE.get(_who_acted(number, loss.own), UNKNOWN)


def _continues(number: Number) -> bool:
    """ "lost 61 posts destroyed and 14 captured, along with 90 TANKS": of those whose things are listed before."""
    bound, sentence, _ = number
    before = [b for at, b in sorted(sentence.bound.items()) if at < bound.phrase.at]
    lost = any(b.measure in THING_HEADS and sentence.has(b.verb, "lose.done") for b in before)
    return bound.rule == "listed" and lost


def _of_terror(unit: Unit) -> bool:
    return unit.has("people.militants") or unit.low in TERROR


def _are_rebels(number: Number) -> bool:
    """ "ISPR said troops RECOVERED 22 RIFLES": of those whom Pakistan's forces fight at home, where no Taliban are told of."""
    around, sentence = number.around, number.sentence
    by = around.voice.side or subject(sentence, around, number.bound.verb).side
    if by != "PK" or number.phrase.noun not in ARMS or "people.taliban" in sentence.said:
        return False
    return around.last_group() != "AF" and all(
        m.side != "AF" for m in around.between(around.start, around.end)
    )


def _taken_from(number: Number) -> Party | None:
    """ "three vehicles and 14 rifles OF THE KHWARIJ", "… FROM THE TALIBAN": whose all that is listed is."""
    bound, sentence, _ = number
    listed = [b.phrase for b in sentence.bound.values() if b.verb == bound.verb >= 0] or [bound.phrase]
    last = max(p.last for p in listed)
    if sentence.low(last) not in ("of", "from"):
        return None
    near = sentence.units[last + 1 : last + 4]
    return next((OF_KIND[k] for u in near if (k := u.within("people")) in OF_KIND), None)


def _user(number: Number) -> str:
    """The side that is named first after "used by"."""
    last, units = number.phrase.last, number.sentence.units
    near = units[last : last + NEAR]
    return next((m.side for m in number.around.between(near[0].start, near[-1].end) if m.side in OF_SIDE), "")


def attackers_of(number: Number) -> Party:
    """ "97 MILITANT attacks", "600 attacks BY THE TTP", "the TTP mounted 600": of nobody where it is not said."""
    bound, sentence, around = number
    last = bound.phrase.last
    words = range(bound.phrase.at) if is_of_them(sentence, bound.phrase) else bound.phrase.words
    told = any(_of_terror(sentence.units[k]) for k in words)
    by = sentence.low(last) == "by" and _user(number) == "militants"
    acted = deed_of(number).actor == "militants"
    own = around.voice.side == "militants" or (
        bound.phrase.partitive == "its"
        and any(m.side == "militants" for m in around.between(around.start, bound.phrase.quantity.start))
    )  # "it claimed 33", "the TTP … and 800 OF ITS attacks"
    return "militants" if told or by or acted or own else UNKNOWN


def _who_acted(number: Number, lost: bool) -> str:
    """The side whose things they are by what was done to them: one's own are sent, held or lost, the other's taken or hit."""
    bound, sentence, around = number
    phrase, speaks = bound.phrase, around.voice.side
    listed = bound.rule == "listed" and bound.verb > phrase.at and sentence.low(bound.verb - 1) in BE
    passive = listed or bound.rule in ("passive", "reduced")  # "19 posts and two bases WERE seized"
    uses = bound.verb >= 0 and sentence.has(bound.verb, "structure.uses")
    acts = bound.verb > 0 and not passive and bound.rule != "self"
    agent = subject(sentence, around, bound.verb).side if acts else ""
    by = deed_of(number).actor if passive and sentence.low(bound.verb + 1) == "by" else ""
    if by:
        return by if uses else OTHER_SIDE.get(by, "PK")
    if uses and not passive:
        return agent
    if not uses and speaks in NATIONS and deed_of(number).told:
        return OTHER_SIDE[speaks]
    if agent in NATIONS:
        return OTHER_SIDE[agent]
    if agent == "militants" and not uses:
        return "PK"  # what they carry away is their enemy's
    if uses and speaks in NATIONS and speaks not in around.places(around.start, around.end):
        return speaks  # "ten drones had been sent": not against oneself
    side = ""
    if bound.measure in ("positions", "vehicles_equipment") and not lost:
        side = OTHER_SIDE.get(
            speaks, "PK" if speaks == "militants" else ""
        )  # each tells of what it took or brought down
    words = {phrase.noun, *(sentence.low(k) for k in phrase.words)}
    if passive and phrase.noun in VEHICLES:
        return ""  # whoever parked there
    if side or not AIRBORNE & words:
        return side
    over = set(around.places(around.start, around.end)) or {around.dateline()}
    return OTHER_SIDE.get(over.pop(), "") if len(over) == 1 else ""


def _named(number: Number) -> str | None:
    """The side in the noun, or "from Afghanistan" after it; None where no words name one."""
    bound, sentence, around = number
    phrase, units = bound.phrase, sentence.units
    first, last = phrase.words[0], phrase.words[-1]
    other = sentence.owner.get(phrase.tail + 1) if sentence.low(phrase.tail) == "and" else None
    last = (
        other.tail - 1 if other and other.head in THING_HEADS else last
    )  # "six tanks and 31 posts OF THE TALIBAN"
    side = next(
        (m.side for m in around.between(units[first].start, units[last].end) if m.side in NATIONS), ""
    )
    side = side or (on_side(phrase, sentence, around) if bound.measure == "positions" else "")
    if side:
        return side
    for at in range(phrase.last, phrase.last + 4):
        if sentence.low(at) == "from":
            start = units[at].start
            return next((m.side for m in around.between(start, start + 30) if m.side in NATIONS), "")
    return None
