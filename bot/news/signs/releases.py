"""Soldiers, prisoners or bodies that one side hands back to the other, or swaps with it."""

from __future__ import annotations

from bot.news.text.lexicon import NATIONS, Cue, Text
from bot.news.text.words import Span, word_set

HELD = word_set(
    "soldier soldiers troops force forces personnel guard guards fighter fighters army military militia troop "
    "post posts outpost outposts position positions police corps "
    "prisoner prisoners detainee detainees captive captives hostages bodies body remains driver drivers labourer "
    "labourers laborers constable constables policeman policemen officer officers jawan jawans worker workers fishermen trader traders citizens nationals civilians afghans pakistanis men"
)
HELD_BEFORE = 8  # words from "soldiers" to "back home", who were held in between
VERB_LAST = 14  # words between a name and its verb at the end of a sentence
CAPTIVE = word_set("held captive captivity custody detained")
FREE = ("free", "releas", "swap")  # words of nothing else, unlike "returns home"


def released(text: Text, span: Span) -> bool:
    """Whether a sentence tells of soldiers, prisoners or bodies that one side hands back."""
    return any(_frees(cue, text, span) for cue in text.said(span, "cue.release"))


def _frees(cue: Cue, text: Text, span: Span) -> bool:
    inside = text.named(span)
    sides = {m.side for m in inside}
    between = sides >= NATIONS or any(m.kind == "crossing" for m in inside)
    captive = not CAPTIVE.isdisjoint(text.folded(span))
    free = captive or not cue.phrase.isascii() or cue.phrase.casefold().startswith(FREE)
    if not between and (sides.isdisjoint(NATIONS) or not free):
        return False
    opening = {m.side for one in text.sentences[:2] for m in text.named(one)}
    fire = any(
        c.start <= cue.start < c.end for c in text.said(span, "type.border_clash")
    )  # "exchange of fire"
    fire = fire or (
        cue.phrase.casefold() in ("exchange", "exchanges") and bool(text.said(span, "part.felled"))
    )
    return (between or captive or opening >= NATIONS) and not fire and _of_held(text, span, cue)


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
