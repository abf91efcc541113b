"""Counts of both sides: "the clashes killed dozens", "40 dead on both sides", sums whose parts are of both."""

from __future__ import annotations

from bot.news.figures.parties.counted import Counted
from bot.news.figures.parties.sides import Surroundings
from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.model import HARM, Party
from bot.news.text.lexicon import NATIONS


def on_both_sides(counted: Counted) -> Party | None:
    """ "The clashes killed dozens": on both sides, where the sentence names neither."""
    if (
        counted.bound.measure == "displaced"
        and counted.around.voice.both
        and counted.around.voice.side == "UN"
    ):
        return "both"
    if counted.bound.rule == "lost" or counted.named or counted.bound.measure not in HARM:
        return None
    if counted.around.voice.both and counted.kind != "security":
        return "both"
    if counted.kind != "people":
        return None
    return "both" if fought(counted.sentence, counted.around, counted.phrase) else None


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
