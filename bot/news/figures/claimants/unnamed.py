"""Speakers whom the lexicon does not know: "a hospital official", "a driver", "Khanjan Alokozay of the chamber"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants.between import WHEN
from bot.news.figures.claimants.conjoined import NAMING, is_inside_name
from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.nominals import PARTICLES, Nominal, is_hyphen, is_participle
from bot.news.figures.claimants.sayings import LEADING, Speaker, is_head
from bot.news.figures.sentence.units import ADVERBS, DETERMINERS, PREPOSITIONS, Unit
from bot.news.figures.sentence.weekdays import WEEKDAYS

Found = tuple[Speaker, int]  # a speaker and the unit where its words begin (or end, when read rightwards)
LONGEST = 8  # units of an unnamed speaker's words
OFFICES = ("department", "ministry", "directorate")  # "officials in the health DEPARTMENT"
OTHERS = frozenset(("second", "third", "fourth", "other", "others"))  # of those named before
SILENT = ("structure", "kind", "scope", "things", "killed", "wounded", "hit")  # lists of what never speaks


def unknown_name(names: Names, units: Sequence[Unit], nominal: Nominal) -> Speaker | None:
    """Two capitals or more that are no title: a person, or a body by its proper name."""
    if nominal.named:
        called = names.words(units[nominal.core : nominal.head + 1])
        return Speaker(called, called, units[nominal.core].start, "", "person")
    name: Sequence[Unit] = ()
    if nominal.last > nominal.head:  # "chamber of commerce PRESIDENT Junaid Altaf"
        name = _name(names, units, nominal, nominal.last)
        titled = name and units[nominal.last - len(name)].has("speaker.person")
        name = name if titled else _in_office(units, nominal, name)
    name = name or _name(names, units, nominal, nominal.head) or _lone_body(names, units, nominal)
    if not name:
        return None
    body = any(is_head(u) or u.has("say.bodies") for u in name)
    if body:
        name = units[nominal.head + 1 - len(name) : _named_to(names, units, nominal)]
    words = names.words(name)
    return Speaker(words, words, name[0].start, "", "agency" if body else "person")


def _in_office(units: Sequence[Unit], nominal: Nominal, name: Sequence[Unit]) -> Sequence[Unit]:
    """ "Collector OF CUSTOMS Imran Baloch": the name after an office and its field."""
    led = units[nominal.head].has("speaker.person") and units[nominal.last - len(name)].low in NAMING
    field = next((k for k, u in enumerate(name) if not u.has("speaker.fields")), 0) if led else 0
    return name[field:] if field and len(name) - field > 1 else ()


def _lone_body(names: Names, units: Sequence[Unit], nominal: Nominal) -> Sequence[Unit]:
    """ "the INSTITUTE for Border Studies"; a ministry is known by its country."""
    head = units[nominal.head]
    body = head.capital and head.has("say.bodies") and head.low != "ministry"
    if not body or _named_to(names, units, nominal) == nominal.head + 1:
        return ()
    first = nominal.head
    while first > nominal.core and units[first - 1].capital and not names.mention_at(units[first - 1]):
        first -= 1
    return units[first : nominal.head + 1]


def _named_to(names: Names, units: Sequence[Unit], nominal: Nominal) -> int:
    """Where the name of a body ends: "the Sarhad Chamber OF COMMERCE AND INDUSTRY", but "the Aman Institute in Peshawar"."""
    end = k = nominal.head + 1
    while k <= nominal.last:
        unit = units[k]
        if unit.capital and unit.word and not names.is_place(unit) and not names.mention_at(unit):
            end = k + 1
        elif not (unit.low in NAMING or is_inside_name(names, units, k)):
            break
        k += 1
    return end


def _name(names: Names, units: Sequence[Unit], nominal: Nominal, last: int) -> Sequence[Unit]:
    """The capitals that end at a unit, if they are somebody's name."""
    first = last
    while first >= nominal.core and _of_name(units, first):
        first -= 1
    first += 1
    if first >= last:
        return ()
    title = [k for k in range(first, last + 1) if "speaker.person" in units[k].tags]
    first = title[-1] + 1 if title else first  # "Deputy Commissioner Habib Bangulzai"
    field = first + 2 <= last and (names.is_place(units[first]) or units[first].has("speaker.fields"))
    if title and field:
        first += 1  # "Deputy Commissioner Kurram Nadeem Khan", "Assistant Collector Customs Bilal Afridi"
    name = units[first : last + 1]
    if sum(u.capital for u in name) < 2 or any(names.mention_at(u) for u in name):
        return ()
    places = [k for k in range(first, last + 1) if names.is_place(units[k])]
    if places and (places[0] == first or units[first].tags):  # "Spin Boldak", but "Mostaghfar Gurbuz"
        return ()
    return name


def _of_name(units: Sequence[Unit], at: int) -> bool:
    unit = units[at]
    if not ((unit.capital and unit.word) or unit.low in PARTICLES or is_hyphen(units, at)):
        return False
    dated = "kind.month" in unit.tags and any(u.quantity for u in units[at + 1 : at + 2])
    return not (dated or "say.not_speakers" in unit.tags)


def may_speak(names: Names, units: Sequence[Unit], nominal: Nominal) -> bool:
    """Whether somebody of whom nothing is known can have said something: a driver can, a truce cannot."""
    head = units[nominal.head]
    plain = head.low in LEADING or head.low in ADVERBS or head.low in DETERMINERS  # "THOSE who fled said"
    plain = (
        plain or head.low in WHEN or head.low in OTHERS
    )  # "confirmed by EARLY evening", "a THIRD put it at"
    if not head.word or plain or names.is_place(head):
        return False
    if any(head.within(table) for table in SILENT) or head.has("say.not_speakers"):
        return bool(head.within("people"))
    alone = units[nominal.core].low not in ("a", "an", "another") and nominal.head == nominal.core
    return not (alone and head.low.endswith("ing"))


def is_event(unit: Unit) -> bool:
    """ "The Taliban BOMBING", "an army CONVOY ATTACK": what somebody did, or what befell him, does not speak."""
    return bool(unit.within("structure"))


def is_definite(units: Sequence[Unit]) -> bool:
    """Whether words point back: "the envoy", "THE 26-page report", "on its own side THE army"."""
    if not units:
        return False
    numbered = units[0].quantity is not None and units[0].quantity.definite
    return numbered or units[0].low in ("the", "his", "its", "this") or _later_the(units) > 0


def office(units: Sequence[Unit]) -> list[Unit]:
    """The words of an unnamed speaker, without what leads up to them or follows; empty where they name nobody."""
    words = list(units)
    while words and not words[0].word:
        words = words[1:]
    while words and (not words[-1].word or words[-1].low in PREPOSITIONS):
        words = words[:-1]
    words = words[_later_the(words) :]
    for k in range(1, len(words) - 1):
        if words[k].low in ("in", "at", "near", "on") and (
            not any((u.capital and u.word) or u.low.endswith(OFFICES) for u in words[k + 1 :])
            or words[k + 1].low in WEEKDAYS
        ):
            words = words[:k]  # "a hospital official in the provincial capital"
            break
    if len(words) > LONGEST:  # "officials of the Spin Boldak customs house IN KANDAHAR"
        links = [k for k in range(2, len(words)) if words[k].low in PREPOSITIONS]
        words = words[: links[-1]] if links else words
    return [] if words and words[0].has("structure.zero") else words  # "says no hospital was hit"


def _later_the(words: Sequence[Unit]) -> int:
    """Where a new noun phrase begins inside some words: 0 where none does."""
    for k in range(len(words) - 2, 0, -1):
        if words[k].low == "the" and words[k - 1].low not in PREPOSITIONS and not _joined(words, k):
            return k + 1
    return 0


def _joined(words: Sequence[Unit], at: int) -> bool:
    """ "elders and THE governor": both speak."""
    return at > 1 and words[at - 1].low == "and" and is_head(words[at - 2])


def is_so(speaker: Speaker, rest: Sequence[Unit]) -> bool:
    """ "DR GUL KHAN was exhausted", "A DOCTOR was less sure": of whom it is told how he is, and not what befell him."""
    in_full = speaker.kind == "person" and sum(word.istitle() for word in speaker.words.split()) > 1
    return in_full or (speaker.is_person and bool(rest) and not is_participle(rest[0]))
