"""Who speaks, and where: a headline's voice, and the official who is quoted from a capital."""

from __future__ import annotations

from bot.news.text.lexicon import NATIONS, Mention, Text
from bot.news.text.words import Span, word_set

SPEAKERS = word_set(
    "official officials spokesman spokesperson spokeswoman ministry minister sources authorities diplomats government "
    "rulers chamber commerce association union administration leadership cabinet regime reporters journalists analysts doctors medics groups activists"
)
OFFICIAL = word_set("state office person")
CLOSED = frozenset(",\"'”’،»")  # before "says Mujahid", where what he says stands before
TITLED = 24  # letters between a colon and the name that it ends in
BEYOND = word_set("across beyond")
SPEAKING = frozenset({"cue.speech", "cue.saying"})
HEARD = 8  # words between an official in a place and that he speaks
SPEECH = 4  # words between who speaks and that he speaks
BEHIND = 3  # ... where he is named behind


def speaker(text: Text) -> Mention | None:
    """Who speaks in a headline or first sentence: at a colon, before a verb of saying, or behind ", says"."""
    for span in text.sentences[:2]:
        inside = [m for m in text.named(span) if m.is_actor]
        beside = [m for m in inside if text.text[m.end : m.end + 1] == ":"]
        beside += [m for m in inside if ": " in text.text[max(span.start, m.start - TITLED) : m.start]]
        if beside:  # "War if Kabul shields TTP: Asif"
            return next((m for m in beside if m.kind in ("person", "office")), beside[0])
        for cue in text.said(span, "cue.speech"):
            before = next((m for m in reversed(inside) if 0 < cue.token - m.token <= SPEECH), None)
            after = next((m for m in inside if 0 < m.token - cue.token <= BEHIND), None)
            closed = text.text[: cue.start].rstrip()[-1:] in CLOSED
            if not closed and after and after.end < span.end:
                after = None  # "minister says Kabul returned the draft"
            if found := (after or before) if closed else (before or after):
                return found
    return None


def heading(text: Text, span: Span) -> Mention | None:
    """Who says what a headline holds: before its colon, or behind ", says"."""
    voice = speaker(text)
    if voice is None or voice.start >= span.end or voice.kind not in OFFICIAL or voice.side not in NATIONS:
        return None
    colon = text.text.find(":", span.start, span.end)
    before = text.text[span.start : voice.start].rstrip()
    closed = before.endswith(("says", "said")) or voice.end == span.end
    return voice if voice.start < colon or closed else None


def lies_beyond(text: Text, mention: Mention) -> bool:
    """ "Across the Chagai border": the ground on the other side of it."""
    after = text.words(Span(mention.end, mention.end + 12))
    words = set(text.before(mention.token, 2))
    return bool(words & BEYOND) and bool(after) and text.tokens[after[0]].word in ("border", "frontier")


def speaks_there(text: Text, mention: Mention) -> bool:
    """ "An official in Kabul said": where somebody speaks, not where it happened."""
    at = mention.token
    if at < 2 or text.word(at - 1) != "in":
        return False
    # "Mujahid in Kabul said"
    person = any(m.kind == "person" and m.end + 4 == mention.start for m in text.mentions)
    if not person and text.tokens[at - 2].word not in SPEAKERS:
        return False
    return any(c.name in SPEAKING and abs(c.token - at) <= HEARD for c in text.cues)
