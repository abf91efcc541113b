"""Who says what a sentence tells, where it gives no number: the same ear as for figures."""

from __future__ import annotations

from collections.abc import Callable

from bot.news.figures.claimants.direct import name_later
from bot.news.figures.claimants.floor import floors
from bot.news.figures.claimants.listener import Listener
from bot.news.figures.claimants.sayings import says
from bot.news.figures.claims.houses import side_of_people
from bot.news.figures.languages.claims import Heard, Speech
from bot.news.figures.languages.line import language_of, line_of
from bot.news.figures.languages.parties import Parties
from bot.news.figures.parts import read_parts
from bot.news.figures.sentence.vocabulary import vocabulary
from bot.news.glosses.english import in_english
from bot.news.model import UNATTRIBUTED, Document
from bot.news.topics.topic import Topic

Voice = tuple[str, str]  # the claimant's name and side
NOBODY: Voice = (UNATTRIBUTED, "")
Speakers = Callable[[int], Voice]  # who says what stands at a code point


def speakers(document: Document, topic: Topic) -> Speakers:
    """Who says what stands at a place of a text."""
    lang = language_of(document)
    if glossary := topic.glosses.get(lang):
        english = in_english(document, glossary, topic.lexicon)
        says = _english(english.document, topic)
        return lambda at: says(english.at(at))
    return _others(document, topic) if lang else _english(document, topic)


def _english(document: Document, topic: Topic) -> Speakers:
    text = topic.lexicon.read(document.text)
    listener = Listener(text.text, text.mentions, topic)
    parts = read_parts(document, text.sentences, listener, vocabulary(topic))
    name_later(parts, text.text)
    held = floors(parts, text.text, document.title_end)

    def who(at: int) -> Voice:
        for part, floor in zip(parts, held, strict=True):
            if part.span.start <= at < part.span.end:
                speaker, _ = says(part.sayings, at)
                told = floor if speaker.name == UNATTRIBUTED else speaker
                return NOBODY if told.is_outlet else _voice(told.name, told.side)
        return NOBODY

    return who


def _others(document: Document, topic: Topic) -> Speakers:
    """The same in the feeds' other languages: whoever a sentence lets speak."""
    text, words = topic.lexicon.read(document.text), vocabulary(topic)
    heard: Heard = []
    parties, lang = Parties(text.mentions, words), language_of(document)
    lines = [line_of(document.text, span, lang, words, text.mentions) for span in text.sentences]

    def who(at: int) -> Voice:
        line = next((one for one in lines if one.span.start <= at < one.span.end), None)
        if line is None:
            return NOBODY
        claim = Speech(line, heard, parties.ground(line)).opens()
        return _voice(claim.name, claim.side)

    return who


def _voice(name: str, side: str) -> Voice:
    return name, side or side_of_people(name) or ""
