"""What a sentence tells by who and what stand together in it: a shut gate is a crossing, a visit is diplomacy.

The same word tells another kind of happening at a border post, at a venue of talks or beside a minister.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from bot.news.signs.armies import FIGHTING, FORCES, Scene
from bot.news.signs.drones import drones
from bot.news.signs.meanings import is_unwanted, meant, stands
from bot.news.signs.setting import NEAR, Setting
from bot.news.text.lexicon import NATIONS, Cue, Text
from bot.news.text.words import Span, word_set

HELD = FORCES | word_set(
    "prisoner prisoners detainee detainees captive captives hostages bodies body remains driver drivers labourer "
    "labourers laborers constable constables policeman policemen officer officers jawan jawans worker workers fishermen trader traders citizens nationals civilians afghans pakistanis men"
)
SETTLING = word_set("type.ceasefire type.talks type.crossing type.air_strike type.border_clash")
NAMED = SETTLING | {"type.diplomacy"}  # what three states do together has a name
HELD_BEFORE = 8  # words from "soldiers" to "back home", who were held in between
VERB_LAST = 14  # words between a name and its verb at the end of a sentence
HEADS = word_set("pm premier minister president chief spokesman spokesperson")  # who speaks as one, unnamed
AT = word_set("at the through of to near a")
CAPTIVE = word_set("held captive captivity custody detained")
FREE = ("free", "releas", "swap")  # words of nothing else, unlike "returns home"


def read(text: Text, span: Span, cues: list[Cue], scene: Scene, hosts: Collection[str]) -> list[Cue]:
    """The cues of a sentence, each as the kind that it stands for here; `hosts`: who may host talks."""
    struck = {c.token for c in cues if c.name == "type.air_strike"}
    fled = [c.token for c in cues if c.name == "type.humanitarian"]
    losses = {(c.start, c.end) for c in text.said(span, "cue.suffered")}
    at = Setting(text, span, text.named(span), losses, scene, hosts)
    if "militants" in at.sides and not any(m.side == "AF" and m.is_actor for m in at.inside):
        at = at._replace(scene=scene._replace(armies=False))
    told = (cue for cue in cues if cue.name != "type.attack" or cue.token not in struck)
    found = [cue._replace(name=name) for cue in told if (name := meant(cue, at))]
    # "displaced by fighting" tells of the displaced
    found = [c for c in found if not (c.name in FIGHTING and any(0 < c.token - at <= 2 for at in fled))]
    if review := _review(text, span):
        return [*review, *(c for c in found if c.name not in FIGHTING and c.name != "type.operation")]
    if tally := _tally(text, span, bool(struck)):
        return [*tally, *(c for c in found if c.name not in FIGHTING)]
    at = at._replace(told=frozenset(c.name for c in found))
    met = [cue for rule in RULES if (cue := rule.met(at))]
    freed = not text.said(span, "evidence.death") and RELEASE.met(at)
    if freed:  # whom a delegation fetched, after the clashes
        found = [c for c in found if c.name not in BEFORE_RELEASE]
    return [*found, *met, *_together(at), *([] if at.told & FIGHTING else drones(at))]


# --------------------------------------------------------------------------- crossings, venues, capitals


def _of_gate(cue: Cue, at: Setting) -> bool:
    """A crossing that is shut, sealed, opened or passed; "firing at closed Torkham" only says how it stands."""
    if any(m.start <= cue.start < m.end for m in at.inside if m.side == "border"):
        return False  # the "Pass" of Nawa Pass
    if stands(cue, at) or is_unwanted(cue, at):
        return False
    clause = at.text.text.rfind(";", at.span.start, cue.start)
    gates = [m for m in at.inside if m.kind == "crossing" and m.side == "border" and m.start > clause]
    ahead = at.text.word(cue.token - 1) not in AT and any(0 < m.token - cue.token <= 3 for m in gates)
    reach = NEAR if cue.phrase.isascii() else VERB_LAST
    return ahead or any(0 < cue.token - m.token <= reach for m in gates)


def _hosted(cue: Cue, at: Setting) -> bool:
    """A round, meeting or failure at a venue of talks, or in a country that hosts them."""
    return any(-2 <= m.token - cue.token <= 3 for m in at.inside if m.kind == "venue" or m.name in at.hosts)


def _across(cue: Cue, at: Setting) -> bool:
    """ "Hits several points across the line": one army over the border, whatever with."""
    line = any(m.kind == "line" and 0 < m.token - cue.token <= NEAR for m in at.inside if m.side == "border")
    return line and any(m.is_actor and m.side in NATIONS and m.token < cue.token for m in at.inside)


def _together(at: Setting) -> list[Cue]:
    """ "China, Pakistan and Afghanistan": a third state in one breath with the two, not as their mediator."""
    if at.told & NAMED:
        return []
    states = [m for m in at.inside if m.kind in ("state", "country")]
    verbs = [c.token for c in at.says("cue.reacting", "cue.speech", "cue.saying")]
    for run in zip(states, states[1:], states[2:], strict=False):
        apart = any(run[0].token < verb < run[2].token for verb in verbs)  # "Iran urges Kabul, Islamabad"
        if {m.side for m in run} == NATIONS | {"intl"} and run[2].token - run[0].token <= 4 and not apart:
            start, end = run[0].start, run[2].end
            return [Cue("type.multilateral", start, end, run[0].token, at.text.text[start:end])]
    return []


def _visits(cue: Cue, at: Setting) -> bool:
    """One side's official travels to the other's country."""
    states = [m for m in at.inside if m.side in NATIONS]
    who = next((m for m in states if m.kind in ("person", "office")), None)
    if who is None or at.text.word(cue.token + 1).isdecimal():  # "the count has reached 274"
        return False
    return any(m.side != who.side and abs(m.token - cue.token) <= NEAR for m in states)


def _meets(_cue: Cue, at: Setting) -> bool:
    """Officials of both sides who meet or telephone, with or without a host."""
    return at.told.isdisjoint(SETTLING) and {m.side for m in at.inside if m.kind == "person"} >= NATIONS


def _tells_counterpart(cue: Cue, at: Setting) -> bool:
    """ "Muttaqi tells Dar of concern", "Dar presses Muttaqi": an official of one side speaks with one of the other's."""
    named = {m.token: m.side for m in at.inside if m.kind == "person" and m.side in NATIONS}
    surnames = (c for c in at.says("part.minister") if c.phrase[:1].isupper() and " " not in c.phrase)
    officials = {c.token: "" for c in surnames} | named  # "Dar" alone is many a word
    before = next((at for at in sorted(officials, reverse=True) if 0 < cue.token - at <= 3), None)
    after = next((at for at in sorted(officials) if 0 < at - cue.token <= 2), None)
    return before is not None and after is not None and officials[before] != officials[after]


def _addressed(cue: Cue, at: Setting) -> bool:
    """ "PM tells Kabul: pick us or them": who only speaks to the other side makes a statement."""
    states = [m for m in at.inside if m.is_actor and m.side in NATIONS]
    by_one = any(m.kind in ("person", "office") and m.token < cue.token for m in states)
    by_one = by_one or at.text.word(cue.token - 1) in HEADS
    if (at.scene.fighting and not by_one) or any(name.startswith("type.") for name in at.told):
        return False
    return any(0 < m.token - cue.token <= 2 for m in states) and cue.phrase.casefold() in ("tells", "told")


def released(text: Text, span: Span) -> bool:
    """Whether a sentence tells of soldiers, prisoners or bodies that one side hands back."""
    return RELEASE.met(Setting(text, span, text.named(span), frozenset(), Scene())) is not None


def _frees(cue: Cue, at: Setting) -> bool:
    """Soldiers, prisoners or bodies that one side hands back to the other, or swaps with it."""
    between = at.sides >= NATIONS or any(m.kind == "crossing" for m in at.inside)
    captive = not CAPTIVE.isdisjoint(at.text.folded(at.span))
    free = captive or not cue.phrase.isascii() or cue.phrase.casefold().startswith(FREE)
    if not between and (at.sides.isdisjoint(NATIONS) or not free):
        return False
    text = at.text
    opening = {m.side for one in text.sentences[:2] for m in text.named(one)}
    fire = any(c.start <= cue.start < c.end for c in at.says("type.border_clash"))  # "exchange of fire"
    fire = fire or (cue.phrase.casefold() in ("exchange", "exchanges") and bool(at.says("part.felled")))
    return (between or captive or opening >= NATIONS) and not fire and _of_held(text, at.span, cue)


def _of_held(text: Text, span: Span, cue: Cue) -> bool:
    """Whether prisoners or soldiers stand near a release; far before it, where they were held in between or where the
    verb ends the sentence."""
    if cue.phrase.isascii():
        before = text.before(cue.token, 5)
        if not CAPTIVE.isdisjoint(before):
            before = text.before(cue.token, HELD_BEFORE)
        behind = text.folded(Span(cue.start, span.end))[:6]
        return not HELD.isdisjoint((*before, *behind))
    near = range(cue.token - VERB_LAST, cue.token + 6)
    return any(c.token in near for c in text.said(span, "part.held", "part.uniform"))


def _review(text: Text, span: Span) -> list[Cue]:
    """A think tank's count of a month or a year: it speaks of many attacks, and tells of none."""
    if not text.said(span, "cue.tally"):
        return []
    return [cue._replace(name="type.statement") for cue in text.said(span, "part.counters")][:1]


def _tally(text: Text, span: Span, struck: bool) -> list[Cue]:
    """What the fighting of a quarter or half-year did to civilians, or whom it drove away, as an agency counts it."""
    if not any(m.side == "UN" for m in text.mentions):
        return []
    afghans = text.said(span, "part.afghans") and not text.said(span, "type.returns", "part.removal")
    if (afghans or text.said(span, "part.people")) and (homeless := text.said(span, "part.homeless")):
        return [homeless[0]._replace(name="type.humanitarian")]
    civilians, terms = text.said(span, "part.civilians"), text.said(span, "cue.term")
    inside = text.within(span)
    if not civilians or not text.said(span, "evidence.death"):
        return []
    if not any(m.is_ground for m in inside):  # of the country, not of one night in one district
        by_un = any(m.side == "UN" for m in inside)
        terms += text.said(span, "part.counted") if by_un or span != text.sentences[0] else ()
        if not struck and by_un and not text.said(span, "cue.strike"):
            terms += civilians
    return [cue._replace(name="type.humanitarian") for cue in terms][:1]


class Rule(NamedTuple):
    """A word of a list that tells another kind of happening by what stands around it."""

    list: str
    kind: str
    fits: Callable[[Cue, Setting], bool]

    def met(self, at: Setting) -> Cue | None:
        """The first such word of a sentence, as what it tells."""
        cue = next((cue for cue in at.says(self.list) if self.fits(cue, at)), None)
        return cue._replace(name=self.kind) if cue else None


RELEASE = Rule("cue.release", "type.diplomacy", _frees)
BEFORE_RELEASE = FIGHTING | {"type.talks"}
RULES = (
    Rule("cue.gate", "type.crossing", _of_gate),
    Rule("cue.session", "type.talks", _hosted),
    Rule("part.parley", "type.talks", lambda _cue, at: at.told.isdisjoint(SETTLING)),
    Rule("cue.strike", "type.border_clash", _across),
    Rule("cue.visit", "type.diplomacy", _visits),
    Rule("part.contact", "type.diplomacy", _meets),
    Rule("cue.saying", "type.diplomacy", _tells_counterpart),
    RELEASE,
    Rule("cue.saying", "type.statement", _addressed),
)
