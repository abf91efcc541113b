"""Headlines that leave their outlet's own side unsaid: "Eid pause with Kabul expires", in Pakistan."""

from __future__ import annotations

from bot.news.model import OTHER_SIDE
from bot.news.signs import releases
from bot.news.text.lexicon import Text
from bot.news.text.sentences import Part
from bot.news.text.words import word_set

DEALT = word_set("with to from")  # "exports TO Afghanistan"
SOIL = ("soil", "territory")
ELSEWHERE = ("off.abroad", "off.other_border")
# of the words of returns, those that tell one, or name the papers that only Pakistan gives out
WENT = ("repatriat", "deport", "return", "expel", "back from", "por card", "proof of reg", "afghan citizen card")  # fmt: skip


def leaves_own_unsaid(part: Part, text: Text, outlet: str) -> bool:
    """Whether a headline leaves its outlet's own side unsaid, and tells who came home, whom the other side let go, what
    is traded with it, or what comes from its soil."""
    if _homeward(text, outlet):
        return True
    other = [m for m in text.named(part.span) if m.side == OTHER_SIDE.get(outlet, "")]
    if not other or not part.sides.isdisjoint(("IN", "intl")):
        return False  # Afghans held in Iran, of whom Pakistan's press tells
    freed = any(m.kind != "demonym" for m in other) and releases.released(text, part.span)
    traded = "type.trade" in part.said and any(text.word(m.token - 1) in DEALT for m in other)
    soil = (c.phrase.casefold().endswith(SOIL) for c in text.said(part.span, "evidence.soil"))
    return freed or traded or any(soil)


def _homeward(text: Text, outlet: str) -> bool:
    """Whether a report counts who went home, its own side unsaid: "1.8m Afghans repatriated so far", in Pakistan."""
    other, first = OTHER_SIDE.get(outlet, ""), text.sentences[:2]
    if not other or (outlet == "PK" and any(text.said(span, *ELSEWHERE) for span in first)):
        return False
    for span in first:
        named = {m.side for m in text.named(span)}
        went = any(cue.phrase.casefold().startswith(WENT) for cue in text.said(span, "type.returns"))
        counted = any(word[:1].isdigit() for word in text.folded(span))
        if other in named and went and counted and (outlet == "AF" or not named & {"IN", "intl"}):
            return True
    return False
