"""How a source without a name is shown: "security sources", "residents", "Chaman hospital doctor"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.sayings import SPOKESMEN
from bot.news.figures.sentence.units import PREPOSITIONS, Unit, looks_finite
from bot.news.text.words import word_set

AFGHAN_SOURCES = "Afghan security sources"
SECURITY = "security sources"  # of Pakistan, where no country is named
RANKS = word_set("senior top another local unnamed junior")
OWNERS = {"city": "town", "town": "town", "district": "town", "province": "province"}
OF_PLACE = {"provincial": "province", "district": "town", "city": "town", "local": "town"}
OF_PROVINCES = word_set("department directorate")  # no town has one
LANDS = {"province": "province", "district": "town"}
WARDS = word_set("hospital clinic")
LEADS = word_set("in at near from")  # "IN Chaman, a doctor said"


def shown(names: Names, units: Sequence[Unit], words: Sequence[Unit], last: int) -> tuple[str, str]:
    """The name and the side of a source that says itself no more than its office; `last`: where its words end."""
    words = _without_rank(words)
    side = names.side_of(words)
    canonical = words[0].within("names")
    if canonical == "residents" and len(words) > 1 and words[1].word:
        return f"residents {names.words(words[1:])}", side  # "villagers in Kunar"
    known = canonical and canonical != "officials"
    if known and (len(words) == 1 or canonical == SECURITY or _speaks_for(words)):
        if canonical == SECURITY and side == "AF":
            return AFGHAN_SOURCES, side  # "a security source in Kandahar"
        return canonical, "PK" if canonical in (names.army, SECURITY) else side
    return _lowered(names, units, words[0], _placed(names, units, words, last, _spelled(names, words))), side


def _lowered(names: Names, units: Sequence[Unit], first: Unit, text: str) -> str:
    """ "Police said …": a capital that only begins a sentence."""
    titled = first.has("speaker.person") and text[text.find(" ") + 1 :][:1].isupper()  # "Mr Dar"
    listed = bool(first.tags) and not first.within("place")
    known = (listed and not titled) or first.low in RANKS or first.low in OF_PLACE
    begins = first is units[0] and text[:2].istitle() and text.lower().startswith(first.low)
    return text if not (begins and known) or names.people_at(first) else text[0].lower() + text[1:]


def _without_rank(words: Sequence[Unit]) -> Sequence[Unit]:
    """ "a SENIOR security official" is one of the security sources; a "local official" is no more than that."""
    k = 0
    while k < len(words) - 1 and words[k].low in RANKS:
        k += 1
    return words[k:] if words[k].has("names.security sources", "names.residents") else words


def _spelled(names: Names, words: Sequence[Unit]) -> str:
    """One spelling for "Kurram's deputy commissioner", "spokesman for the Kurram governor" and the like."""
    text = names.words(words).replace("’", "'")
    body = words[-1].has("say.bodies")
    for place, mark in pairwise(words):
        owns = names.is_town(place) or place.has("say.bodies", "say.groups")
        if mark.low == "'s" and (owns or (body and names.is_nation(place))):
            text = text.replace(f"{names.words([place])}'s", names.words([place]), 1)
    titled = words[-1].has("speaker.person")
    head, link = words[0], words[1].low if len(words) > 1 else ""
    owner = words[3:] if len(words) > 2 and words[2].low == "the" else words[2:]
    plain = owner and all(u.word and u.low not in PREPOSITIONS for u in owner)
    if titled and head.low in SPOKESMEN and link in ("of", "for") and plain:
        return f"{names.words(owner)}'s {head.low}"
    return text


def _speaks_for(words: Sequence[Unit]) -> bool:
    """ "the army in Pakistan", "the army's spokesman": the army."""
    return words[1].low in PREPOSITIONS


# --------------------------------------------------------------------------- where an office is


def _placed(names: Names, units: Sequence[Unit], words: Sequence[Unit], last: int, text: str) -> str:
    """An office with its place, where the words around it tell that.

    "police THERE", "THE CITY'S police chief", "the PROVINCIAL department of refugees"; "IN CHAMAN, a doctor at the
    district hospital".
    """
    start = words[0].start
    if any(names.is_place(u) or (u.capital and u is not words[0]) for u in words) or names.side_of(words):
        return text
    there = next((u for u in units[last : last + 2] if u.low == "there"), None)
    if there:
        return f"{names.there(start)} {text.removesuffix(' there')}".strip()
    first = words[0].low.partition(" ")[0]  # "PROVINCIAL hospital" may be one word of the lists
    if len(words) > 2 and words[1].low == "'s" and words[0].low in OWNERS:
        where = names.place_of(OWNERS[words[0].low], units[0].start, units[-1].end)
        return f"{where} {names.words(words[2:])}" if where else text
    tail = units[_at(units, words[-1]) + 1 : last + 1]
    official = words[-1].low in ("official", "officials")
    land = next((u.low for u in tail if u.low in LANDS), "") if official else ""
    if land:  # "officials IN THE EASTERN PROVINCE"
        where = names.place_of(LANDS[land], units[0].start, units[-1].end)
        return f"officials in {where}" if where else text
    lead = (
        units[: _at(units, words[0])] if units[0].low in LEADS else ()
    )  # "AT THE HOSPITAL in Wana a doctor"
    ward = next((u.low for u in (*tail, *lead) if u.low in WARDS), "")
    inside = any(u.low.rpartition(" ")[2] in WARDS for u in words)
    office = (
        first in OF_PLACE and first != "local" and words[-1].has("say.bodies")
    )  # "the PROVINCIAL information OFFICE"
    if not (ward or office or inside) and not any(u.has("speaker.seated") for u in words):
        return text
    where = _led_by(names, units, start)
    if not where and first in OF_PLACE:
        where = names.place_of(OF_PLACE[first], units[0].start, units[-1].end)
        text = text.removeprefix("provincial ").removeprefix("local ") if where else text
    where = where or names.only_place(start, province=words[-1].low in OF_PROVINCES)
    return " ".join(part for part in (where, "" if inside else ward, text) if part) if where else text


def _at(units: Sequence[Unit], unit: Unit) -> int:
    return next(k for k, u in enumerate(units) if u.start == unit.start)


def _led_by(names: Names, units: Sequence[Unit], start: int) -> str:
    """The place that a sentence begins with: "Across the line IN CHAMAN, a doctor said"."""
    comma = next((k for k, u in enumerate(units) if u.low == "," or u.start >= start), 0)
    leads = [k for k in range(comma) if units[k].low in LEADS]
    if not leads or leads[0] > 3 or (units[comma].low != "," and any(map(looks_finite, units[:comma]))):
        return ""
    return names.place_before(units[comma].start, units[leads[0]].start)
