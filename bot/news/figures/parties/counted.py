"""A number with all that may say whom it counts, and what sort of people they are: security, civilians, people."""

from __future__ import annotations

from dataclasses import dataclass

from bot.news.figures.parties.deed import DEEDS, Deed
from bot.news.figures.parties.losses import TOLLS, Loss
from bot.news.figures.parties.people import MEN, NEAR_FAMILY, is_joined, is_kin
from bot.news.figures.parties.sides import BY_SIDE, PARTY_SIDE, Surroundings
from bot.news.figures.sentence.clause import Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.model import OTHER_SIDE, Party
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

BARE = word_set(
    "others injured wounded dead killed hurt casualties deaths injuries more bodies detentions arrests "
    "prisoners prisoner captives captive detainees colleagues colleague comrades comrade companions companion teammates"
)
UNNAMED = BARE | {""}
WOMEN = word_set("women woman children child girls boys infants")
UNARMED = ("people", "civilians")
PART = 3  # units between a number and its part
NOBODY = UNNAMED | MEN  # whom a noun does not tell from others


@dataclass(frozen=True, slots=True)
class Counted:
    """A bound number with all that may say whom it counts."""

    bound: Bound
    sentence: Sentence
    around: Surroundings
    phrase: Phrase
    previous: Party  # the people counted just before
    whole: Party  # those of whom the number may be a part
    kinds: frozenset[str]  # what the words call them: security, civilians, …
    named: str  # the nationality that the words give them
    loss: Loss  # whose loss the words around them say they are
    deed: Deed  # who did it

    @property
    def done(self) -> bool:
        """Whoever speaks says that he killed, hurt or took them."""
        return self.deed.told and self.bound.measure in DEEDS

    @property
    def is_bare(self) -> bool:
        """No more than "people", "58" or "others" is said of them."""
        return not self.kinds - {"people"} and self.phrase.noun in NOBODY


def kind_of(counted: Counted) -> str:
    """security, civilians or people; whoever is called one's own men, or lost by an army, is of the forces."""
    phrase, sentence = counted.phrase, counted.sentence
    kinds = counted.kinds
    both = {"security", "civilians"} <= kinds and is_joined(phrase, sentence)
    kind = "people" if both else next((k for k in ("security", "civilians", "people") if k in kinds), "")
    kind = among(phrase, sentence) or kind or "people"
    return "security" if kind == "people" and not both and _are_forces(counted) else kind


def _are_forces(counted: Counted) -> bool:
    phrase = counted.phrase
    if phrase.partitive in ("their", "its") and counted.previous.endswith("forces"):
        return True  # "58 soldiers and nine of their own"
    if (
        phrase.noun in MEN
        and not is_kin(phrase, counted.sentence)
        and (counted.loss.own or counted.loss.side or counted.bound.rule == "lost")
    ):
        return True  # "one of its men", "lost 150 men"
    enemy = counted.named in NATIONS and counted.around.voice.side == OTHER_SIDE[counted.named]
    if enemy and {counted.sentence.low(phrase.last - 1), counted.sentence.low(phrase.last)} & (
        TOLLS - {"killed"}
    ):
        return True  # "the Afghan claim of eight Pakistani dead"
    lost = (
        counted.loss.forces and phrase.noun in UNNAMED and not _with_women(counted)
    )  # "Afghan losses rise to 16 dead"
    return counted.loss.enemy or lost


def _with_women(counted: Counted) -> bool:
    """ "Dozens, INCLUDING WOMEN AND CHILDREN, were martyred": no army's dead alone."""
    last = counted.phrase.last
    near = {counted.sentence.low(k) for k in range(last, last + NEAR_FAMILY + 2)}
    return bool(near & {"including", "among"}) and not near.isdisjoint(WOMEN)


def among(phrase: Phrase, sentence: Sentence) -> str:
    """ "32 deaths among the security forces", "losses among civilians"."""
    if "among" not in sentence.said:
        return ""
    for at in range(phrase.last, min(len(sentence.units), phrase.last + 3)):
        if sentence.low(at) == "among":
            kinds = (u.within("people") for u in sentence.units[at + 1 : at + 5])
            return next((kind for kind in kinds if kind in ("security", "civilians")), "")
    return ""


def is_rest(phrase: Phrase) -> bool:
    """ "16 others", "six injured", "of them": the same people as the number before."""
    return phrase.partitive in ("them", "whom", "these", "those") or phrase.noun in BARE or phrase.head == ""


def fought(sentence: Sentence, around: Surroundings, phrase: Phrase) -> bool:
    """ "The clashes killed dozens", "40 dead on both sides": on both, as far as the sentence says."""
    apart = set(around.places(around.start, around.end)) >= NATIONS  # "eleven in Kunar and four in Bajaur"
    if (on_both(sentence) and not apart) or parted(sentence, around, phrase):
        return True
    mission = around.voice.home and around.voice.side not in NATIONS  # counts one country's people
    if mission or "structure.fighting" not in sentence.said:
        return False
    here = sentence.units[phrase.at].start
    fought = any(
        u.has("structure.fighting")
        and not (u.capital and k)
        and sentence.low(k + 1) not in ("in", "for", "alongside", "with")
        for k, u in enumerate(sentence.units)
    )
    return fought and not around.places(here, around.end)


def parted(sentence: Sentence, around: Surroundings, phrase: Phrase) -> bool:
    """ "107 died: 76 AFGHAN civilians and 13 fighters, 18 PAKISTANIS": whose parts are of both sides."""
    colon = next((k for k in range(phrase.last, len(sentence.units)) if sentence.low(k) == ":"), 0)
    if not colon or sum(at > colon for at in sentence.bound) < 2:
        return False
    return {m.side for m in around.between(sentence.units[colon].start, around.end)} >= NATIONS


def on_both(sentence: Sentence) -> bool:
    """Whether a sentence speaks of "both sides"."""
    return "both" in sentence.said and any(
        u.low == "both" and sentence.low(k + 1) == "sides" for k, u in enumerate(sentence.units)
    )


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


def across(counted: Counted) -> Party | None:
    """ "90,000 in Afghanistan and a further 4,000 IN PAKISTAN", "… ON THE OTHER SIDE": as many of the other country."""
    side = PARTY_SIDE.get(counted.previous, "")
    other = OTHER_SIDE.get(side)
    kind = next((kind for kind in UNARMED if BY_SIDE[kind].get(side) == counted.previous), "")
    if not other or not kind or counted.kinds - {"people", kind}:
        return None
    units, last = counted.sentence.units, counted.phrase.last
    behind = " ".join(u.low for u in units[last : last + 4])
    there = behind.startswith(("on the other side", "across the border"))
    if not there and behind.startswith(("in ", "inside ")):
        there = counted.around.places(units[last].start, units[last + 1].end) == [other]
    return BY_SIDE[kind][other] if there else None


def has_civilians(counted: Counted) -> bool:
    """ "Six soldiers died and 16 others, INCLUDING THREE CIVILIANS, were wounded", "A CIVILIAN and six soldiers died, 16 were hurt"."""
    sentence, phrase = counted.sentence, counted.phrase
    told = [b for at, b in sorted(sentence.bound.items()) if at < phrase.at]
    if told and any(b.verb == told[-1].verb >= 0 and b.phrase.head == "civilians" for b in told):
        return True
    parts = (p for p in sentence.phrases if p.subset and 0 < p.at - phrase.last <= PART)
    return next((p.head for p in parts), "") == "civilians"
