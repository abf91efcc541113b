"""Who is counted: the side and kind of the people behind a number, from what the text says of them."""

from __future__ import annotations

from bot.news.figures.clause import THING_HEADS, Bound, Sentence
from bot.news.figures.phrases import Phrase, is_plural
from bot.news.figures.sides import LOOK, OTHER_SIDE, SIDES, Surroundings, is_own, side_from_words
from bot.news.figures.units import BE, Unit
from bot.news.model import Party
from bot.news.text import Mention

BY_SIDE: dict[str, dict[str, Party]] = {
    "security": {"PK": "pak_security_forces", "AF": "afg_taliban_forces", "": "unspecified"},
    "civilians": {"PK": "pak_civilians", "AF": "afg_civilians", "": "unspecified"},
    "people": {"PK": "pak_people", "AF": "afg_people", "": "unspecified"},
}
PARTY_SIDE: dict[Party, str] = {
    "pak_security_forces": "PK", "pak_civilians": "PK", "pak_people": "PK", "afg_taliban_forces": "AF",
    "afg_civilians": "AF", "afg_people": "AF", "afg_refugees": "AF", "militants": "militants",
    "afg_taliban_and_militants": "AF",
}  # fmt: skip
MOVES = frozenset(("returned", "deported"))
UNOWNED = frozenset(("trucks", "attacks", "strikes", "money"))
BARE = frozenset(
    ("others", "injured", "wounded", "dead", "killed", "hurt", "casualties", "deaths", "injuries", "more")
)
MEN = frozenset(("men", "man", "members"))
AFGHAN = 8  # characters of "Afghan " before "fighters"
FIGHTERS = frozenset(("fighters", "fighter", "gunmen"))


def party_of(bound: Bound, sentence: Sentence, around: Surroundings, previous: Party, whole: Party) -> Party:
    """The party of a bound number; "unspecified" where nothing in the text says it.

    `previous` are the people counted just before, `whole` those of whom the number may be a part.
    """
    phrase, speaker_side = bound.phrase, around.speaker_side
    if bound.measure == "duration":
        return "both" if any(u.has("kind.truce") for u in sentence.units) else "unspecified"
    if bound.measure in UNOWNED:
        return "unspecified"
    if bound.measure in THING_HEADS:
        return _owner(bound, sentence, around, previous)
    kinds = _kinds(phrase, sentence) or set()
    if not kinds - {"people"}:
        kinds |= _kinds_beside(bound, sentence, around)
    if "taliban" in kinds and kinds & {"militants", "militant_strength"}:
        return "afg_taliban_and_militants"
    named = _named_side(bound, sentence, around)
    if "foreign" in kinds or named == "other":
        return "foreign_nationals"
    if kinds & {"militants", "militant_strength"}:
        own = bool(phrase.quantity.owner) and speaker_side == "AF"
        taliban = phrase.noun in FIGHTERS and (own or named == "AF" or _taliban_before(phrase, sentence))
        return "afg_taliban_forces" if taliban else "militants"
    if "taliban" in kinds:
        return "afg_taliban_forces"
    if bound.measure in MOVES or "refugees" in kinds:
        return "afg_refugees" if named != "PK" else "pak_people"
    kind = next((k for k in ("security", "civilians", "people") if k in kinds), "")
    among = _among(phrase, sentence)
    if (
        is_rest(phrase)
        and phrase.partitive not in ("their", "its")
        and not among
        and not named
        and kind in ("", "people")
        and not is_own(phrase, sentence)
        and previous != "unspecified"
    ):
        return previous
    if not kind and phrase.head not in ("", "unknown"):
        return "unspecified"
    kind = among or kind or "people"
    if kind == "people" and phrase.partitive in ("their", "its") and previous.endswith("forces"):
        kind = "security"  # "58 soldiers and nine of their own"
    if (
        kind == "people"
        and phrase.noun in BARE | {""}
        and is_own(phrase, sentence)
        and (around.army or any(u.low.endswith(("losses", "loss")) for u in sentence.units))
    ):
        kind = "security"
    if kind == "people" and phrase.noun in MEN and (phrase.quantity.owner or is_own(phrase, sentence)):
        kind = "security"  # "one of its men"
    if kind == "people" and phrase.noun in BARE | MEN | {""} and _by_speaker(bound, sentence):
        if speaker_side == "AF":
            return "pak_security_forces"  # "the Taliban claimed to have killed 58"
        if around.army:
            return "militants"  # "the army said it had killed 54 men"
    if _fought(sentence, around, phrase) and kind == "people" and not named:
        return "both"
    part = PARTY_SIDE.get(whole, "") if phrase.subset else ""
    if not named and part in SIDES:
        return BY_SIDE[kind][part]
    return BY_SIDE[kind][named or side_from_words(phrase, sentence, around, kind)]


def _by_speaker(bound: Bound, sentence: Sentence) -> bool:
    """ "claimed to have killed 58", "said it had killed 58": the speaker did it."""
    if bound.rule != "active" or bound.verb < 2:
        return False
    before = [sentence.low(k) for k in range(max(0, bound.verb - 3), bound.verb)]
    return before[-1] in ("have", "had") and bool({"to", "it", "they"} & set(before))


def is_rest(phrase: Phrase) -> bool:
    """ "16 others", "six injured", "of them": the same people as the number before."""
    return phrase.partitive in ("them", "whom", "these", "those") or phrase.noun in BARE or phrase.head == ""


def _fought(sentence: Sentence, around: Surroundings, phrase: Phrase) -> bool:
    """ "The clashes killed dozens", "40 dead on both sides": on both, as far as the sentence says."""
    if any(sentence.low(k) == "both" and sentence.low(k + 1) == "sides" for k in range(len(sentence.units))):
        return True
    here = sentence.units[phrase.at].start
    fought = any(
        u.has("structure.fighting")
        and not (u.capital and k)
        and sentence.low(k + 1) not in ("in", "for", "alongside", "with")
        for k, u in enumerate(sentence.units)
    )
    return fought and not around.places(here, around.end)


def _taliban_before(phrase: Phrase, sentence: Sentence) -> bool:
    """ "Afghan Taliban … 200 fighters": fighters of the last group that the sentence names."""
    if phrase.last - phrase.at > 2:
        return False
    groups = [u for u in sentence.units[: phrase.at] if u.has("people.taliban", "people.militants")]
    return bool(groups) and groups[-1].has("people.taliban")


def _kinds(phrase: Phrase, sentence: Sentence) -> set[str]:
    units = sentence.units[phrase.at : phrase.last]
    kinds = {t.partition(".")[2] for u in units for t in u.tags if t.startswith("people.")}
    if (
        phrase.last < phrase.tail
        and sentence.low(phrase.last) == "of"
        and phrase.head in ("people", "commander")
    ):
        kinds |= {
            t.partition(".")[2]
            for u in sentence.units[phrase.last : phrase.tail]
            for t in u.tags
            if t.startswith("people.")
        }
    if kinds & {"security", "militants", "taliban", "civilians", "refugees", "foreign"}:
        kinds.discard("people")
    joined = any(u.low in ("and", "&") or u.has("affiliation.words") for u in units)
    if "taliban" in kinds and not joined:
        kinds -= {"militants", "security"}
    if phrase.head in ("civilians", "security", "people"):
        kinds -= {"militants"} | ({"security"} if phrase.head == "civilians" and not joined else set())
    if sentence.has(phrase.last, "affiliation.of"):  # "214 Afghans FIGHTING IN THE RANKS OF the TTP"
        group = sentence.units[phrase.last + 1 : phrase.last + LOOK // 2]
        if any(u.has("people.militants") for u in group):
            return {"militants"}
    return kinds


def _kinds_beside(bound: Bound, sentence: Sentence, around: Surroundings) -> set[str]:
    """What other words of the sentence say the counted are.

    "four of the dead were SUICIDE BOMBERS", "MILITANTS crossed; a dozen of them died", "a MAJOR among 11 martyred",
    "the number of TALIBAN injured at 27".
    """
    phrase, units = bound.phrase, sentence.units
    for at in range(phrase.last, min(len(units), phrase.tail + 3)):
        if units[at].low in BE and (phrase.partitive or sentence.low(phrase.last) == "of"):
            kind = next((k for u in units[at + 1 : at + 3] if (k := u.within("people"))), "")
            if kind and not any(u.quantity for u in units[at + 1 : at + 3]):
                return {kind}
    alone = not any(p.at < phrase.at for p in sentence.phrases if p.at in sentence.bound)
    of_them = any(u.low in ("of them", "of whom") for u in units[phrase.at : phrase.last + 1])
    if alone and (of_them or phrase.partitive in ("them", "whom")):
        return _them(units[: phrase.at], around)
    if sentence.has(phrase.at - 1, "structure.among"):
        return {
            k for u in units[max(0, phrase.at - 6) : phrase.at] if (k := u.within("people")) == "security"
        }
    if bound.rule == "toll":
        for at in range(phrase.at - 1, max(0, phrase.at - 14), -1):
            kind = units[at].within("people")
            before = {sentence.low(k) for k in range(max(0, at - 3), at)}
            if kind and ("of" in before or any(low.endswith(" of") for low in before)):
                return {kind}
    return set()


def _them(units: list[Unit], around: Surroundings) -> set[str]:
    """Whom "them" stands for: the last people named as many."""
    for unit in reversed(units):
        kind = unit.within("people")
        if kind and is_plural(unit.low):
            near = around.between(unit.start - AFGHAN, unit.start)
            afghan = unit.low in FIGHTERS and any(m.kind == "demonym" and m.side == "AF" for m in near)
            return {"taliban"} if afghan else {kind}
    return set()


def _among(phrase: Phrase, sentence: Sentence) -> str:
    """ "32 deaths among the security forces", "losses among civilians"; "civilian casualties"."""
    for at in range(phrase.last, min(len(sentence.units), phrase.last + 3)):
        if sentence.low(at) == "among":
            for k in range(at + 1, min(len(sentence.units), at + 5)):
                kind = sentence.units[k].within("people")
                if kind in ("security", "civilians"):
                    return kind
    return ""


def _side(mention: Mention) -> str:
    if mention.side in SIDES:
        return mention.side
    return (
        "other" if mention.kind == "demonym" and mention.side not in ("border", "none", "militants") else ""
    )


def _named_side(bound: Bound, sentence: Sentence, around: Surroundings) -> str:
    """The nationality inside the counted noun itself, or in the "among …" after it."""
    phrase = bound.phrase
    tail = phrase.tail if sentence.low(phrase.last) == "of" else phrase.last
    end = sentence.units[tail - 1].end if tail > phrase.at else phrase.quantity.end
    for mention in around.between(phrase.quantity.start, end):
        if _side(mention):
            return _side(mention)
    for at in range(phrase.last, min(len(sentence.units), phrase.last + LOOK)):
        if sentence.low(at) == "side" and "from" not in (sentence.low(at - 2), sentence.low(at - 3)):
            # "wounded on the Afghan side", not by fire from it
            for mention in around.between(sentence.units[max(0, at - 2)].start, sentence.units[at].start):
                if mention.side in SIDES:
                    return mention.side
    if bound.rule == "toll":
        for mention in around.between(sentence.units[max(0, bound.verb - 6)].start, phrase.quantity.start):
            if mention.kind == "demonym" and _side(mention):
                return _side(mention)
    for unit in sentence.units[phrase.last : phrase.last + 4]:
        if unit.low == "among":
            for mention in around.between(unit.start, unit.end + 40):
                if mention.kind == "demonym" and _side(mention):
                    return _side(mention)
    return ""


def _owner(bound: Bound, sentence: Sentence, around: Surroundings, previous: Party) -> Party:
    """Whose posts, drones or camps: named in the noun, as the people before, or the opposite of who took them."""
    phrase, speaker_side = bound.phrase, around.speaker_side
    words = sentence.units[phrase.at : phrase.tail]
    if bound.measure == "camps" or any(
        u.has("people.militants") or u.low in ("terror", "terrorist", "militant") for u in words
    ):
        return "militants"
    if any(u.has("people.taliban") for u in words):
        return "afg_taliban_forces"
    side = next((m.side for m in around.between(words[0].start, words[-1].end) if m.side in SIDES), "")
    if side:
        return BY_SIDE["security"][side]
    for at in range(phrase.last, phrase.last + 4):
        if sentence.low(at) == "from":
            start = sentence.units[at].start
            side = next((m.side for m in around.between(start, start + 30) if m.side in SIDES), "")
            return BY_SIDE["security"][side]
    if any(u.low in ("hostile", "enemy") for u in words) and speaker_side in SIDES:
        return BY_SIDE["security"][OTHER_SIDE[speaker_side]]
    if bound.rule in ("passive", "reduced") and previous in ("afg_taliban_forces", "pak_security_forces"):
        return previous
    if bound.verb > 0 and bound.rule not in ("passive", "reduced"):
        agent = _agent(sentence, around, bound.verb)
        side = agent if sentence.has(bound.verb, "structure.uses") else OTHER_SIDE.get(agent, "")
    if not side and not is_own(phrase, sentence) and bound.measure in ("positions", "vehicles_equipment"):
        side = OTHER_SIDE.get(speaker_side, "")  # each tells of what it took or brought down
    return BY_SIDE["security"][side]


def _agent(sentence: Sentence, around: Surroundings, verb: int) -> str:
    """The side of who destroyed, captured or intercepted: the last one named who is not counted."""
    start = around.start
    counted = [
        (sentence.units[p.at].start, sentence.units[max(p.at, p.last - 1)].end) for p in sentence.phrases
    ]
    actors = [
        m.side
        for m in around.between(start, sentence.units[verb].start)
        if m.side in SIDES and m.is_actor and not any(a <= m.start < b for a, b in counted)
    ]
    return actors[-1] if actors else ""
