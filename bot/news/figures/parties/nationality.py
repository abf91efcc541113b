"""The side that a nationality beside a number gives to whom it counts."""

from __future__ import annotations

from bot.news.figures.parties.number import Number
from bot.news.figures.parties.sides import LOOK, Surroundings
from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import DASHES
from bot.news.text.lexicon import NATIONS, Mention
from bot.news.text.words import word_set

EACH = frozenset(("each", "both", "either"))
SIDES = frozenset(("sides",))
OF_BOTH = EACH | SIDES
OTHER = frozenset(("other", "the other"))
STATES = word_set("side sides states countries armies nations forces")
OPENS = 5  # units of "On the Pakistani side …" at a sentence's start
FIRE = 4  # units from "Pakistani" to "cross-border drone strikes"
NEAR = 16  # units before a number in which it is said whose they are


def _side(mention: Mention, around: Surroundings) -> str:
    """The nationality that a name gives; "Indian-sponsored" gives none."""
    if around.text[mention.end : mention.end + 1] in DASHES:
        return ""
    if mention.side in NATIONS:
        return mention.side
    foreign = mention.kind == "demonym" and mention.side not in ("border", "none", "militants")
    return "other" if foreign else ""


def named_side(number: Number) -> str:
    """The nationality inside the counted noun itself, or in the words that go with it."""
    bound, sentence, around = number
    phrase, units = bound.phrase, sentence.units
    if phrase.away:
        start, end = units[phrase.away.start].start, units[phrase.away.stop - 1].end
    else:
        tail = phrase.tail if sentence.low(phrase.last) == "of" else phrase.last
        start, end = phrase.quantity.start, units[tail - 1].end if tail > phrase.at else phrase.quantity.end
    inside = next((side for m in around.between(start, end) if (side := _side(m, around))), "")
    return inside or on_side(phrase, sentence, around) or _beside(number)


def on_side(phrase: Phrase, sentence: Sentence, around: Surroundings) -> str:
    """ "wounded ON THE AFGHAN SIDE": not by fire from it, and not as it opened fire."""
    if "side" not in sentence.said:
        return ""
    clause = next((k for k in range(phrase.at, 0, -1) if sentence.low(k) == ";"), 0)
    near = range(max(clause, phrase.at - NEAR), phrase.at)
    opens = (k for k in near if sentence.low(k) == "side" and (k < OPENS or sentence.low(k + 1) == ","))
    until = next(
        (k for k in range(phrase.last, len(sentence.units)) if _turns(sentence, k)), len(sentence.units)
    )
    for at in (*opens, *range(phrase.last, min(until, phrase.last + LOOK))):
        before = {sentence.low(k) for k in range(at - 3, at)}
        if sentence.low(at) == "side" and before & {"on", "in"} and "from" not in before:
            named = around.between(sentence.units[max(0, at - 2)].start, sentence.units[at].start)
            return next((m.side for m in named if m.side in NATIONS), "")
    return ""


def _turns(sentence: Sentence, at: int) -> bool:
    """Whether another thing begins: "23 and SAYS more than 200 fell on the Afghan side", ", 13 soldiers"."""
    listed = sentence.low(at) == "," and at + 1 in sentence.owner
    return listed or sentence.low(at) == ";" or sentence.has(at, "say.verbs")


def _beside(number: Number) -> str:
    """ "the Pakistani toll rose to 12", "38 deaths among Afghans"; not "a child among three killed as an Afghan shell hit"."""
    bound, sentence, around = number
    phrase, units, spans = bound.phrase, sentence.units, []
    if bound.rule == "toll" and not phrase.away:
        spans.append((units[max(0, bound.verb - 6)].start, phrase.quantity.start))
    near = range(phrase.last, min(phrase.last + 4, len(units)))
    among = (at for at in near if units[at].low == "among" and at + 1 not in sentence.owner)
    spans += [(units[at].start, units[at].end + 40) for at in among]
    between = (m for start, end in spans for m in around.between(start, end) if m.kind == "demonym")
    named = (m for m in between if not (_strikes(m, sentence, phrase.at) or _borders(m, around)))
    return next((side for m in named if (side := _side(m, around))), "")


def _strikes(mention: Mention, sentence: Sentence, until: int) -> bool:
    """ "the toll from PAKISTANI SHELLING": whose fire it was, not whose dead; but "the PAKISTANI TOLL of the shelling"."""
    follow = [u for u in sentence.units[:until] if u.start >= mention.end][:FIRE]
    first = next(
        (u for u in follow if u.has("structure.strike") or u.within("killed") or u.within("people")), None
    )
    return first is not None and first.has("structure.strike") and not first.has("people.security")


def _borders(mention: Mention, around: Surroundings) -> bool:
    """ "in Zhob, close to the AFGHAN BORDER": where it is."""
    after = around.text[mention.end : mention.end + 24].lower().split()[:1]
    return bool(after) and after[0].strip(".,;:") in around.names.ground.words | {"border", "frontier"}


def of_both(phrase: Phrase, sentence: Sentence) -> bool:
    """ "fighters ON EACH SIDE", "the forces OF BOTH STATES", "EACH side said it killed dozens of THE OTHER'S men"."""
    if sentence.said.isdisjoint(OF_BOTH):
        return False
    spoke = any(u.low in EACH or u.low in SIDES for u in sentence.units[: phrase.at])
    if spoke and any(u.low in OTHER for u in sentence.units[phrase.at : phrase.tail + 2]):
        return True
    for at in range(phrase.at, min(len(sentence.units), phrase.tail + 4)):
        if sentence.low(at) in EACH and sentence.low(at - 1) in ("on", "of", "from"):
            return sentence.low(at + 1) in STATES
        if sentence.low(at) in (",", ";", "and"):
            return False
    return False
