"""Whose officials, which ministry: bodies that a text names without their country, where it says from where.

"Officials said" below PARACHINAR of people who died in Pakistan are Pakistani officials; "the foreign ministry" in
KABUL is the Afghan one. Where places of both sides are named, or none, the text's own words stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants.names import LOCAL
from bot.news.figures.claimants.sayings import SPOKESMEN, Speaker
from bot.news.figures.parties.sides import PARTY_SIDE, Surroundings
from bot.news.model import Party
from bot.news.text.lexicon import NATIONS, Mention
from bot.news.topics.topic import Topic

POLICE = "police"  # of one country, whoever they hold; of Afghan ones each province has its own
UNKNOWN: Party = "unspecified"
RANKS = frozenset(("local", "provincial", "district"))
BOTH = ("on both sides", "from both sides", "of both sides", "in both")
BOTH_GOVERNMENTS = "both governments"
OFFICIALS = frozenset(("officials", "authorities", "officials on both sides", "authorities on both sides"))
HERE = ("on this side", "on our side")


def settled(
    speaker: Speaker, party: Party, around: Surroundings, topic: Topic, own: frozenset[str]
) -> Speaker:
    """The speaker by the lexicon's name where the text says whose officials or ministry it is."""
    if speaker.kind != "anonymous" or not speaker.words:
        return speaker
    said = speaker.name.lower().removeprefix("the ").removeprefix("senior ").removeprefix("top ")
    if said in OFFICIALS and _are_both(speaker, around):
        return speaker._replace(name=BOTH_GOVERNMENTS)
    if local := _of_province(speaker, said, around, topic):
        return local
    for role in SPOKESMEN:
        said = said.replace(f" {role}", "")  # "an interior ministry SPOKESMAN in Kabul"
    rank, _, rest = said.partition(" ")
    ranked = rank in RANKS
    where = ""
    if ranked or _names_country(speaker, around):
        said, link, where = said.partition(" in ")  # "officials in Afghanistan", "local officials in Kunar"
        rest = rest.partition(" in ")[0]
        where = f" in {speaker.name[-len(where) :]}" if link and ranked else ""
    police = (rest if ranked else said).startswith(POLICE)
    if (rest if ranked else said) in own:
        written = (_led_by(speaker, around) or around.written_in()) if police else ""
        side = written or _side_of_officials(speaker, UNKNOWN if police else party, around)
    elif "ministry" in said or "office" in said:
        side = (
            speaker.side
            if speaker.side in NATIONS
            else around.written_in()
            or _one(_places(around, around.start))
            or _one(around.places(0, around.end, exact=True))
            or around.at_home()
        )
    else:
        return speaker
    name = _known(topic, rest if ranked and police else said, side) if side in NATIONS else None
    if name is None:
        provinces = _provinces(around, topic) if police and side == "AF" else set()
        return (
            speaker._replace(name=f"{provinces.pop()} {POLICE}", side=side)
            if len(provinces) == 1
            else speaker
        )
    return speaker._replace(name=f"{name.name}{where}", side=name.side, kind=name.kind)


def _provinces(around: Surroundings, topic: Topic) -> set[str]:
    """The Afghan provinces where the places of a sentence lie; those that its text names, where it has no place."""
    local = [m for m in around.between(around.start, around.end) if m.kind in LOCAL and m.side == "AF"]
    places = [(m, topic.gazetteer.get(m.name)) for m in local]
    here = {m.name if m.kind == "province" else place.province for m, place in places if place} - {""}
    return here or {m.name for m in around.names.mentions if m.kind == "province" and m.side == "AF"}


def _of_province(speaker: Speaker, said: str, around: Surroundings, topic: Topic) -> Speaker | None:
    """ "Officials in KUNAR", "KUNAR officials": one province's; in a capital they are a government's."""
    first, _, where = said.partition(" in ")
    if not where:
        where, _, first = said.rpartition(" ")
    if first not in ("officials", "authorities") or not where:
        return None
    place = next((m for m in around.names.mentions if m.name.lower() == where and m.kind in LOCAL), None)
    ground = around.names.ground
    side = ground.border.get(place.name, place.side) if place else ""
    if place is None or side not in NATIONS or place.name in ground.desks:
        return None
    name = _known(topic, f"local {first}", side)
    return (
        speaker._replace(name=f"{name.name} in {place.name}", side=name.side, kind=name.kind)
        if name
        else None
    )


def _side_of_officials(speaker: Speaker, party: Party, around: Surroundings) -> str:
    """Officials count their own country's dead; of enemies killed, either side's may have spoken."""
    if speaker.side in NATIONS:
        return speaker.side
    after = around.text[speaker.start + len(speaker.words) :][:16].strip().lower()
    if after.startswith(HERE):
        return around.written_in()
    if speaker.words.lower().endswith("government") and (written := around.written_in()):
        return written
    counted = PARTY_SIDE.get(party, "")
    first = next((m.side for m in around.names.mentions if m.side in NATIONS), "")
    if counted == "militants" and (around.dateline() or first) == "PK":
        return "PK"  # whom Pakistan fights, it counts
    here = _one(around.places(around.start, around.end))
    ground = here or around.dateline() or _one(around.places(0, around.end))
    return ground if counted in ("", ground) else ""


def _are_both(speaker: Speaker, around: Surroundings) -> bool:
    """ "Officials ON BOTH SIDES", "authorities IN BOTH countries"."""
    after = around.text[speaker.start + len(speaker.words) :][:16].strip().lower()
    return after.startswith(BOTH)


def _names_country(speaker: Speaker, around: Surroundings) -> bool:
    """ "officials in Afghanistan", "in KABUL": a capital's officials are its government's."""
    named = around.between(speaker.start, speaker.start + len(speaker.words))
    whole = bool(named) and (
        named[-1].kind in ("country", "state") or named[-1].name in around.names.ground.desks
    )
    return whole and " in " in speaker.words


def _led_by(speaker: Speaker, around: Surroundings) -> str:
    """ "IN KHOST, police said": the side of the places before a speaker."""
    return _one([m.side for m in around.between(around.start, speaker.start) if m.is_place])


def _places(around: Surroundings, start: int) -> list[str]:
    """The sides of the places named from an offset to the end of the sentence."""
    return [m.side for m in around.between(start, around.end) if m.is_place and m.side in NATIONS]


def _one(sides: Sequence[str]) -> str:
    return sides[0] if len(set(sides)) == 1 else ""


def _known(topic: Topic, said: str, side: str) -> Mention | None:
    """Whom the lexicon knows by these words of one country."""
    phrase = f"{topic.nations[side].people} {said}"
    found = topic.lexicon.mentions(phrase)
    whole = [m for m in found if m.is_actor and m.start == 0 and m.end == len(phrase)]
    return whole[0] if whole else None
