"""The sentences of a text, each heard and analysed, and the speech that runs on from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants.listener import Listener
from bot.news.figures.claimants.part import Part
from bot.news.figures.measures.amounts import add_amounts
from bot.news.figures.measures.analyse import analyse
from bot.news.figures.measures.elliptic import bind_elliptic, counted_together
from bot.news.figures.measures.moves import themes_of
from bot.news.figures.sentence.clause import Bound, Sentence
from bot.news.figures.sentence.phrases import ARTICLES
from bot.news.figures.sentence.reading import DOUBLE, read, without_scare_quotes
from bot.news.figures.sentence.units import Unit, is_verb, said_in
from bot.news.figures.sentence.vocabulary import Vocabulary
from bot.news.model import Document, Measure
from bot.news.text.words import Span, word_set

COUNTED = frozenset(("number.count", "number.pronoun", "structure.zero"))
SHORT = 140  # code points of a sentence in which a colon may follow a speaker, as in headlines
ROLES_OF_PERSONS = word_set("minister spokesman spokesperson governor envoy ambassador general")


def read_parts(
    document: Document, spans: Sequence[Span], listener: Listener, words: Vocabulary
) -> list[Part]:
    """Hear and analyse every sentence, in order: what one leaves unsaid, the one before may say."""
    parts: list[Part] = []
    carried: Bound | None = None
    together: list[Bound] = []
    known: dict[float, Measure] = {}
    themes = themes_of(document.text, words.lists)
    for span in spans:
        units = read(document.text, span.start, span.end, words)
        headline = span.end <= document.title_end
        said = said_in(units)
        sayings = listener.hear(units, said, span, headline or span.end - span.start < SHORT)
        if headline or _may_count(units, said):
            plain = units if said.isdisjoint(DOUBLE) else without_scare_quotes(units)
            sentence = analyse(plain, said, headline, themes)
        else:
            sentence = Sentence(units, said, [])
        bind_elliptic(sentence, carried, known, together)
        if sentence.bound:
            bound = [sentence.bound[at] for at in sorted(sentence.bound, reverse=True)]
            told = [b for b in bound if b.rule != "elliptic"]
            carried = next((b for b in told if not b.phrase.subset), told[0] if told else carried)
            known.update((b.phrase.quantity.low, b.measure) for b in told if b.phrase.quantity.low)
            together = counted_together(sentence, len(units)) or together
        add_amounts(sentence, carried)
        parts.append(Part(span, sentence, sayings))
    _same_voice(parts, document.text, document.title_end)
    return parts


def _may_count(units: Sequence[Unit], said: frozenset[str]) -> bool:
    """Whether a sentence can hold a counted noun at all: a number, or what befell "a soldier"."""
    return not said.isdisjoint(COUNTED) or (not said.isdisjoint(ARTICLES) and any(map(is_verb, units)))


def _same_voice(parts: Sequence[Part], text: str, title_end: int) -> None:
    """A headline's bare "ministry" or "minister" is the one whom the text below it lets speak first."""
    named = [s.speaker for part in parts if part.span.start >= title_end for s in part.sayings]
    if not named or named[0].kind == "anonymous" or named[0].is_outlet or not named[0].is_named:
        return
    first = named[0]
    near = text[max(title_end, first.start - 60) : first.start + len(first.words)].lower()
    for part in parts:
        for saying in part.sayings if part.span.end <= title_end else ():
            bare, role = saying.speaker, saying.speaker.words.lower().removeprefix("the ")
            fits = role in near or (role in ROLES_OF_PERSONS and first.kind == "person")
            if bare.kind == "anonymous" and " " not in role and fits:
                saying.speaker = first._replace(words=bare.words, start=bare.start)
