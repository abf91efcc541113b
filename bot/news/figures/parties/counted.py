"""A number with all that may say whom it counts, and what sort of people they are: security, civilians, people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.news.figures.parties.deed import DEEDS, Deed, deed_of
from bot.news.figures.parties.losses import TOLLS, Loss
from bot.news.figures.parties.number import Number
from bot.news.figures.parties.people import MEN, NEAR_FAMILY, is_joined, is_kin
from bot.news.figures.parties.sides import Surroundings
from bot.news.figures.sentence.clause import Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.model import OTHER_SIDE, Party
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

KINDS = ("security", "civilians", "people")
BARE = word_set(
    "others injured wounded dead killed hurt casualties deaths injuries more bodies detentions arrests "
    "prisoners prisoner captives captive detainees colleagues colleague comrades comrade companions companion teammates"
)
UNNAMED = BARE | {""}
WOMEN = word_set("women woman children child girls boys infants")
NOBODY = UNNAMED | MEN  # whom a noun does not tell from others


@dataclass
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

    @cached_property
    def deed(self) -> Deed:
        """Who did it."""
        return deed_of(Number(self.bound, self.sentence, self.around))

    @cached_property
    def kind(self) -> str:
        """security, civilians or people; whoever is called one's own men, or lost by an army, is of the forces."""
        phrase, kinds = self.phrase, self.kinds
        both = {"security", "civilians"} <= kinds and is_joined(phrase, self.sentence)
        kind = "people" if both else next((k for k in KINDS if k in kinds), "")
        kind = among(phrase, self.sentence) or kind or "people"
        return "security" if kind == "people" and not both and _are_forces(self) else kind

    @property
    def done(self) -> bool:
        """Whoever speaks says that he killed, hurt or took them."""
        return self.deed.told and self.bound.measure in DEEDS

    @property
    def is_bare(self) -> bool:
        """No more than "people", "58" or "others" is said of them."""
        return not self.kinds - {"people"} and self.phrase.noun in NOBODY


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
    if enemy and phrase.noun.startswith("pakistani") and counted.bound.measure in DEEDS:
        return True  # "nine PAKISTANIS fell", says Kabul
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
    return phrase.noun in BARE or phrase.head == ""
