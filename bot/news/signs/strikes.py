"""What a plain word of striking means by the two sides around it: "Pakistan bombs Afghan cities", "strikes on Paktika".

From the Afghan side it is an attack: the Taliban have no air force.
"""

from __future__ import annotations

from bot.news.signs.armies import Scene
from bot.news.signs.meanings import HEARD, by_militants, to_come
from bot.news.signs.setting import NEAR, Setting
from bot.news.text.lexicon import NATIONS, Cue, Mention, Text
from bot.news.text.words import Span, word_set

NOT_DONE = HEARD | word_set("to would could may might hunger general")  # before it: "a blast hits Kabul"
STRIKES = word_set("strike strikes")
BOMBS = word_set("bomb bombs")
LIES = word_set(
    "in at near outside inside kills kill explodes explode wounds injures rips"
)  # behind it: it was laid
LANDS = word_set("in eastern southern western northern southeastern")
SILENT = ("off.quake", "off.weather", "type.border_clash", "part.rockets")  # beside them it says nothing
SHORT = 4  # words from "hits" to the place, where somebody does it


def bare(text: Text, span: Span) -> list[Cue]:
    """The plain words of striking in a sentence, each as the kind that it tells there."""
    if text.said(span, *SILENT):
        return []
    at = Setting(text, span, list(text.within(span)), frozenset(), Scene())
    return [cue._replace(name=kind) for cue in at.says("cue.strike") if (kind := _kind(cue, at))]


def _kind(cue: Cue, at: Setting) -> str:
    text, strikes = at.text, cue.phrase.casefold() in STRIKES
    if text.word(cue.token - 1) in NOT_DONE or to_come(text, cue):
        return ""
    if by_militants(at, cue) or (cue.phrase.casefold() in BOMBS and text.word(cue.token + 1) in LIES):
        return "type.attack"
    named = [m for m in at.inside if not m.dateline and m.side in NATIONS]
    named = [m for m in named if ";" not in text.text[min(m.start, cue.start) : max(m.end, cue.end)]]
    before = [m for m in named if m.token < cue.token]
    if strikes and any(m.end + 1 == cue.start and _is_compound(text, m) for m in before):
        return "type.air_strike"
    comma = text.text.find(", ", cue.end, at.span.end)  # "strike on Khost, Kabul says"
    after = [m for m in named if 0 < m.token - cue.token <= NEAR and (m.is_place or not 0 < comma < m.start)]
    if after and text.word(after[0].token - 1) == "from":  # "a raid from Kunar"
        return "type.attack" if after[0].side == "AF" else ""
    ground = [m for m in before if m.is_ground and m.side == "AF"]
    before = [m for m in before if m.kind == "demonym" or text.word(m.token - 1) != "in"]
    by_pakistan = any(m.side == "PK" for m in before)
    if after:
        return _struck(cue, text, before, after, bool(ground), by_pakistan)
    near = ground and (by_pakistan or cue.token - ground[-1].token <= NEAR)
    return "type.air_strike" if near and strikes else ""


def _is_compound(text: Text, place: Mention) -> bool:
    """ "Killed in Afghanistan strike": the ground as part of the word."""
    return place.is_place and place.side == "AF" and text.word(place.token - 1) == "in"


def _struck(
    cue: Cue, text: Text, before: list[Mention], after: list[Mention], on_ground: bool, by_pakistan: bool
) -> str:
    """Whose ground it hits that is named behind it, by who stands before it."""
    first, word = after[0], cue.phrase.casefold()
    acted = any(m.is_actor for m in before)
    if first.side == "PK":
        if "AF" not in ([before[-1].side] if before else [m.side for m in after]):
            return ""
        by = text.word(first.token - 1) == "by"  # "Paktika was bombed by Pakistan"
        return "type.air_strike" if by and on_ground else "type.attack"
    if by_pakistan:
        return "type.air_strike"
    if first.kind in ("country", "state"):
        return "type.air_strike" if text.word(first.token - 1) in LANDS and word in STRIKES else ""
    if word.startswith("raid") and acted:
        return "type.operation"  # the Taliban's own
    reach = NEAR if word in STRIKES or not acted else SHORT
    return "type.air_strike" if first.is_ground and first.token - cue.token <= reach else ""
