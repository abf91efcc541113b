"""Who speaks, and where: a headline's voice, and the official who is quoted from a capital."""

from __future__ import annotations

from bot.news.text.lexicon import NATIONS, Mention, Text
from bot.news.text.words import Span, word_set

SPEAKERS = word_set(
    "official officials spokesman spokesperson spokeswoman ministry minister sources authorities diplomats government "
    "rulers administration leadership cabinet regime reporters journalists analysts doctors medics"
)
OFFICIAL = word_set("state office person")
CLOSED = frozenset(",\"'”’،»")  # before "says Mujahid", where what he says stands before
TITLED = 24  # letters between a colon and the name that it ends in
SPEECH = 4  # words between who speaks and that he speaks
BEHIND = 3  # ... where he is named behind


def speaker(text: Text) -> Mention | None:
    """Who speaks in a headline or first sentence: at a colon, before a verb of saying, or behind ", says"."""
    for span in text.sentences[:2]:
        inside = [m for m in text.named(span) if m.is_actor]
        for mention in inside:
            behind = text.text[max(span.start, mention.start - TITLED) : mention.start]
            if text.text[mention.end : mention.end + 1] == ":" or ": " in behind:
                return mention
        for cue in text.said(span, "cue.speech"):
            before = next((m for m in reversed(inside) if 0 < cue.token - m.token <= SPEECH), None)
            after = next((m for m in inside if 0 < m.token - cue.token <= BEHIND), None)
            closed = text.text[: cue.start].rstrip()[-1:] in CLOSED
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


def speaks_there(text: Text, mention: Mention) -> bool:
    """ "An official in Kabul said": where somebody speaks, not where it happened."""
    at = mention.token
    return at > 1 and text.tokens[at - 1].word == "in" and text.tokens[at - 2].word in SPEAKERS
