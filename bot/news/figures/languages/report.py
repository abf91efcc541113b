"""Figures in the feeds' other languages, a report at a time.

Each sentence is read alone: its numbers, what happened to the counted, who they are and who says so. Then the
report is: a headline that nobody says is told by whoever the text opens with, and more of the same losses by whoever
told the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.news.figures.languages.claims import Heard, Speech
from bot.news.figures.languages.events import NOUN_NEAR, told_of
from bot.news.figures.languages.line import Line, language_of, line_of
from bot.news.figures.languages.numbers import Number
from bot.news.figures.languages.parties import Counted, Parties
from bot.news.figures.languages.things import thing_of
from bot.news.figures.languages.times import scope_of, turns
from bot.news.figures.languages.voices import OtherClaim
from bot.news.figures.sentence.vocabulary import Vocabulary
from bot.news.model import UNATTRIBUTED, Document, Figure, Measure, Party, Qualifier
from bot.news.text.lexicon import Mention
from bot.news.text.words import Span, word_set

QUALIFIERS: tuple[Qualifier, ...] = ("at_least", "over", "nearly", "about")
LOSSES = word_set("killed wounded casualties captured abducted displaced returned deported")
UNKNOWN: Party = "unspecified"
UN = "UN"


def read_others(
    document: Document, spans: Sequence[Span], vocabulary: Vocabulary, mentions: Sequence[Mention]
) -> list[Figure]:
    """The figures of a report that is not English."""
    lang = language_of(document)
    heard: Heard = []
    parties = Parties(mentions, vocabulary)
    read: list[tuple[Speech, list[Figure]]] = []
    before: list[Figure] = []
    for span in spans:
        line = line_of(document.text, span, lang, vocabulary, mentions)
        speech = Speech(line, heard, parties.ground(line))
        made = _figures(line, speech, parties, before)
        speech.end()
        if read and not speech.speaks and _goes_on(document, read[-1][0].line, line) and not turns(line):
            made = _told_on(_tellers(document, read), made)
        read.append((speech, made))
        before = made or before
    return _headline_told(document, read, parties)


def _figures(line: Line, speech: Speech, parties: Parties, before: Sequence[Figure]) -> list[Figure]:
    """The figures of one sentence."""
    found = {n: thing_of(line, one) for n, one in enumerate(line.numbers)}
    things = {n: thing for n, thing in found.items() if thing}
    losses = [f for f in before if f.measure in LOSSES]
    told = told_of(line, things, losses[-1].measure if losses else None)
    figures: list[Figure] = []
    whole = next((f.party for f in reversed(losses) if not f.subset), UNKNOWN)
    for index, number in enumerate(line.numbers):
        if thing := things.get(index):
            seen = thing.measure == "duration" and not thing.truce
            claim = speech.claim(number, thing.measure, seen)
            party = parties.of_thing(line, number, thing, claim)
            figures.append(replace(_figure(line, number, thing.measure, party, claim), scope=thing.scope))
        elif happened := told.get(index):
            claim = speech.claim(number, happened.measure)
            counted = Counted(number, happened.measure, happened.at, claim)
            previous = next((f.party for f in reversed(figures) if f.measure in LOSSES), UNKNOWN)
            party = parties.of(line, counted, previous)
            if happened.part and party == UNKNOWN:
                party = whole
            figure = _figure(line, number, happened.measure, party, claim)
            scope = scope_of(line, number, happened.measure)
            figures.append(replace(figure, subset=happened.part, scope=scope))
    return [_settled(figure, figures) for figure in figures]


def _settled(figure: Figure, figures: Sequence[Figure]) -> Figure:
    """ "Four suspects held, three Afghans among them": each is held for what they did; militants have camps, no posts."""
    if figure.measure == "positions" and figure.party == "militants":
        return replace(figure, measure="camps")
    if figure.measure != "captured" or not figure.subset:
        return figure
    militants = any(f.party == "militants" for f in figures if f.measure == "captured" and not f.subset)
    return replace(figure, party="militants") if militants else figure


def _goes_on(document: Document, before: Line, line: Line) -> bool:
    """Whether a sentence is of one paragraph with the one before, or follows its headline."""
    headline = before.span.end <= document.title_end
    return headline or "\n" not in document.text[before.span.end : line.span.start]


def _tellers(document: Document, read: Sequence[tuple[Speech, list[Figure]]]) -> set[str]:
    """Who told the losses of the sentence before; where it tells none, its speaker if it tells of violence.

    "Jets bombed a house, the spokesman said. NINE PEOPLE WERE KILLED." So also if the headline's losses are his:
    "Fourteen militants killed: army. According to the army they tried to cross. TWO SOLDIERS DIED TOO."
    """
    speech, figures = read[-1]
    tellers = {f.claimant for f in figures if f.measure in LOSSES}
    if tellers or not speech.speaks:
        return tellers
    if speech.tells_violence and read[-1][0].line.span.start >= document.title_end:
        return {speech.opens().name}
    title = {
        f.claimant for _, made in read for f in made if f.end <= document.title_end and f.measure in LOSSES
    }
    return title & {speech.opens().name}


def _told_on(tellers: set[str], made: list[Figure]) -> list[Figure]:
    """ "Nine were killed, residents say. FOUR MORE ARE WOUNDED.": by the same source, where there is one."""
    if len(tellers) != 1:
        return made
    teller = next(iter(tellers))
    return [
        replace(f, claimant=teller) if f.measure in LOSSES and f.claimant == UNATTRIBUTED else f for f in made
    ]


def _headline_told(
    document: Document, read: list[tuple[Speech, list[Figure]]], parties: Parties
) -> list[Figure]:
    """The figures of a report, those of a headline without a voice as told by the one whom the text opens with.

    Not where the text opens with other losses: whoever tells those need not have told the headline's.
    """
    title = [n for n, (speech, _) in enumerate(read) if speech.line.span.start < document.title_end]
    opening = next(iter(read[len(title) :]), None)
    organ = opening[0].opens() if opening else None
    for n in title:  # "UN report" of one of its bodies, which the text names
        speech, made = read[n]
        if organ and organ.side == UN and any(f.claimant == UN for f in made):
            read[n] = speech, [replace(f, claimant=organ.name) if f.claimant == UN else f for f in made]
    if opening and any(read[n][1] for n in title) and not any(read[n][0].speaks for n in title):
        speaker = opening[0].opens()
        if speaker.name != UNATTRIBUTED and not any(f.measure in LOSSES and not f.subset for f in opening[1]):
            for n in title:
                speech, _ = read[n]
                speech.implied = speaker._replace(words="")
                read[n] = speech, _figures(speech.line, speech, parties, ())
    return [figure for _, made in read for figure in made]


def _qualifier(line: Line, number: Number) -> Qualifier:
    if number.low is None:
        return "vague"
    for at in (*range(number.first - 4, number.first), number.last, number.last + 1):
        for name in QUALIFIERS:
            if f"how.{name}" in line.at(at):
                return name
    return "exact"


def _figure(line: Line, number: Number, measure: Measure, party: Party, claim: OtherClaim) -> Figure:
    text, words = line.text, line.words
    start, end = words[number.first].start, words[number.last - 1].end
    until = min(len(words), number.last + NOUN_NEAR) - 1
    return Figure(
        low=number.low, high=number.low, text=text[start:end], qualifier=_qualifier(line, number), measure=measure, what=None,
        party=party, claimant=claim.name, claimant_text=claim.words or None, scope="incident", own_loss=None,
        denied_by=claim.denied_by, subset=False, quote=text[start : words[until].end], start=start, end=words[until].end,
        rule="nearest", sentence=text[line.span.start : line.span.end],
    )  # fmt: skip
