"""What somebody calls false, takes back or is asked about, is not what he says: "a video of 15 captured soldiers is fake, ISPR said".

The number in the rumour is nobody's, or its teller's, and denied by whoever calls it false.
"""

from __future__ import annotations

from bot.news.figures.claimants.sayings import NOUN, VERB, Saying, Speaker, leave
from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import ADVERBS, BE, DETERMINERS
from bot.news.model import UNATTRIBUTED
from bot.news.text.words import word_set

NOBODYS = Speaker(UNATTRIBUTED, "", -1)
FALSE = ("say.false", "say.fake")
ASKED = word_set("asked questioned pressed quizzed")
SIGNS = ASKED.union(FALSE)
ABOUT = word_set("about on over regarding whether")
OBJECT = 5  # units from "fake" to the video that is called so
CALLED = word_set("it them this that these those")


def hear_falsehoods(here: Utterance) -> None:
    """Take what is called false, or asked about, from those who say so."""
    for at, unit in enumerate(() if here.said.isdisjoint(SIGNS) else here.units):
        if unit.tags and not unit.tags.isdisjoint(FALSE):
            _false(here, at)
        elif (
            unit.low in ASKED and here.low(at + 1) in ABOUT and (at == 0 or here.low(at - 1) in ("when", ","))
        ):
            _aside(here, at)
    for saying in here.refuted:  # "four, not eight as police had said, were killed, ISPR SAID"
        if saying.denied_by is None:
            denier = here.spoken_first()
            saying.denied_by = denier.name if denier and denier.name != saying.speaker.name else None


def _false(here: Utterance, at: int) -> None:
    """ "the video of 15 captured soldiers IS FAKE", "DESCRIBED AS FAKE a video of 15", "the video …, CALLING IT FAKE"."""
    units = here.units
    back = at - 1
    while back > 0 and (here.low(back) in ADVERBS or here.low(back) in DETERMINERS or here.low(back) == "as"):
        back -= 1
    named = back > 0 and here.low(back) in CALLED and units[back - 1].has("say.calls")
    called = named or units[back].has("say.calls")
    if not called and here.low(back) not in BE:
        return
    tale = _tale(here, range(at + 1, min(len(units), at + OBJECT))) if called and not named else -1
    start = units[tale].start if tale >= 0 else -1
    end = here.end
    if tale < 0:
        tale = _tale(here, range(back - 1, -1, -1))
        start, end = (units[tale].start if tale >= 0 else -1), units[back].start
    if start < 0 or not any(u.quantity and start <= u.start < end for u in units):
        return
    if teller := _teller(here):
        _take(here, start, end, teller.name)


def _tale(here: Utterance, look: range) -> int:
    """Where a video, a post or a claim is named."""
    return next((k for k in look if here.units[k].has("say.rumours")), -1)


def _teller(here: Utterance) -> Speaker | None:
    """Who says that it is false: who denied, else who spoke."""
    spoke = [s for s in here.found if s.strength != NOUN and s.speaker.name != UNATTRIBUTED]
    return here.denier or (spoke[0].speaker if spoke else None)


def _aside(here: Utterance, at: int) -> None:
    """ "ASKED ABOUT reports of 20 dead, the spokesman said …"."""
    units = here.units
    comma = next(
        (u.start for k, u in enumerate(units) if k > at and u.low == "," and not _counts(here, k)), -1
    )
    _take(here, units[at].start, comma, None)


def _counts(here: Utterance, at: int) -> bool:
    return at + 1 < len(here.units) and here.units[at + 1].quantity is not None


def _take(here: Utterance, start: int, end: int, denier: str | None) -> None:
    """Leave a stretch to whoever is named for it, else to nobody, and say who denies it."""

    def owns(saying: Saying) -> bool:
        return saying.strength == NOUN and saying.speaker.name not in (denier, UNATTRIBUTED)

    owners = [s for s in here.found if s.start < end and start < s.end and owns(s)]
    for saying in owners:
        saying.denied_by = saying.denied_by or denier
    # "dismissed the claim of 40 as false, SAYING ten had died": what is said behind it is said
    leave(here.found, start, end, lambda saying: saying.start <= start and not owns(saying))
    if denier and not owners:
        here.found.append(Saying(NOBODYS, start, end, VERB, denier))
