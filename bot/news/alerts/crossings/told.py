"""What one text says of crossings: open, shut, for whom, since when, and who says so.

A state word belongs to the gates named before it in its clause, else to those right behind it ("closed Torkham and
Chaman"), else to those of the clause before; "the crossing" in the next sentence is the one of the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.news.alerts.crossings.meaning import Line, Word, states
from bot.news.alerts.crossings.speakers import Speakers, Voice, speakers
from bot.news.days.named import Dated, dates, news_day
from bot.news.model import UNATTRIBUTED, Document
from bot.news.text.lexicon import Cue, Text
from bot.news.text.words import Span, word_set
from bot.news.topics.topic import Topic

Gate = tuple[int, int, str]  # where a crossing is named: token, token behind, name
EVERYWHERE = "*"  # all crossings at once
LISTING = word_set("and or at in near through و اور او")
LONGEST = 300  # characters of a sentence that is quoted
SENTENCES = 12  # of a text that are read
NEAR = 14  # words before a denial in which somebody is named
HISTORY = timedelta(60)
LONG_AGO = re.compile(r"\b(?:(?:years?|months) (?:ago|earlier)|last year)\b")
WHOSE = {"PK": "Pakistan (government)", "AF": "Afghan Taliban government"}
SINCE = re.compile(r"\bsince\s{1,3}(?:\w{2,10}\s{1,3}){0,2}$")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a text says of one crossing."""

    crossing: str  # the canonical name, or EVERYWHERE
    word: Word  # how it is meant
    claimant: str
    side: str
    quote: str
    day: date | None  # on which it happened, as the sentence says
    since: date | None  # "closed since 12 October"

    @property
    def weak(self) -> bool:
        """Told by the way: "the closure costs …", "had been closed"."""
        return self.word.noun or (self.word.perfect and self.claimant == UNATTRIBUTED)

    @property
    def holds(self) -> bool:
        """Told as going on."""
        return self.word.holds or self.since is not None


@dataclass(slots=True)
class _Sentence:
    """A sentence while its state words find their gates."""

    text: Text
    pending: list[Gate] = field(default_factory=list)  # gates that wait for a word
    last: tuple[str, ...] = ()  # the gates of the last word
    found: list[tuple[Word, tuple[str, ...]]] = field(default_factory=list)
    orphan: bool = False  # the last word has no gate yet
    tail: int = -1  # token behind a gate that a word took from behind: a list may go on

    def gate(self, first: int, end: int, name: str) -> None:
        if self.orphan or (self.tail >= 0 and self._listed(self.tail, first)):
            word, gates = self.found[-1]
            self.found[-1] = word, (*gates, name)
            self.last, self.orphan, self.tail = self.found[-1][1], False, end
        else:
            self.pending.append((first, end, name))
            self.tail = -1

    def word(self, word: Word) -> None:
        gates = self._subjects() or self.last
        self.found.append((word, gates))
        self.orphan, self.tail = not gates, -1
        self.last, self.pending = gates or self.last, []

    def clause(self) -> None:
        """Another clause begins: what was named before may still be meant."""
        if self.pending:
            self.last, self.pending = self._subjects(), []
        self.orphan, self.tail = False, -1

    def _subjects(self) -> tuple[str, ...]:
        """The gates right before a word: the last that waits, and those in one list with it."""
        names: list[str] = []
        start = -1
        for first, end, name in reversed(self.pending):
            if names and not self._listed(end, start):
                break
            names.insert(0, name)
            start = first
        return tuple(names)

    def _listed(self, end: int, first: int) -> bool:
        """Whether two gates stand in one list: only "and", a comma, "at" between them."""
        return all(token.word in LISTING for token in self.text.tokens[end:first])


def read(document: Document, topic: Topic, about: tuple[str, ...] = ()) -> tuple[Said, ...]:
    """All that a text says of the topic's crossings, in order. `about`: those that it is known to be about."""
    if not document.text or document.published is None:
        return ()
    text, cues = topic.lexicon.read(document.text), topic.gates.read(document.text)
    if not any(cue.name.startswith("state.") for cue in cues.cues):
        return ()
    who = None
    found: list[Said] = []
    before, today = about, news_day(document.published)
    for span, named in dates(text, today)[:SENTENCES]:
        line, gates = _line(text, span, cues)
        for word, meant in _told(line, gates, before):
            who = who or speakers(document, topic)
            if _is_history(line, word, named, today):
                continue
            voice = _voice(text, word, who)
            found += [_said(gate, word, voice, line, named, today) for gate in meant]
        before = tuple(dict.fromkeys(name for _, _, name in gates)) or before
    return tuple(found)


def crossings(topic: Topic) -> tuple[str, ...]:
    """The names of the topic's crossings on the line, those on the two halves of one gate apart."""
    return tuple(p.name for p in topic.places if p.kind == "crossing" and p.country == "border")


def _line(text: Text, span: Span, cues: Text) -> tuple[Line, list[Gate]]:
    """A sentence with its gates."""
    inside = cues.cues_in(span)
    other = [(c.start, c.end) for c in inside if c.name == "gate.other"]
    kept = [c for c in inside if not any(start <= c.start < end for start, end in other)]
    kept = [c for c in kept if not _shorter(c, kept)]
    gates = [
        (m.token, m.token + len(text.spelled(m).split()), m.name)
        for m in text.named(span)
        if m.kind == "crossing" and m.side == "border"
    ]
    gates += [(c.token, c.token + len(c.phrase.split()), EVERYWHERE) for c in kept if c.name == "gate.all"]
    return Line(text, span, kept, [first for first, _, _ in gates]), sorted(gates)


def _shorter(cue: Cue, others: Iterable[Cue]) -> bool:
    """Whether a state word is part of a longer one: "open" of "thrown open"."""
    states = (
        [(o.start, o.end) for o in others if o.name.startswith("state.")]
        if cue.name.startswith("state.")
        else []
    )
    return any(s <= cue.start and cue.end <= e and (s, e) != (cue.start, cue.end) for s, e in states)


def _told(line: Line, gates: Sequence[Gate], before: tuple[str, ...]) -> list[tuple[Word, tuple[str, ...]]]:
    """The state words of a sentence with their gates; the last of a sentence comes first, as it holds."""
    sentence = _Sentence(line.text)
    words = {word.at: word for word in states(line)}
    named = {first: (first, end, name) for first, end, name in gates}
    breaks = line.breaks(line.tokens.start, line.tokens.stop)
    for at in line.tokens:
        if at in breaks:
            sentence.clause()
        if at in named:
            sentence.gate(*named[at])
        if at in words:
            sentence.word(words[at])
    ours = any(c.name.startswith(("passing.", "gate.border", "passing.traffic")) for c in line.cues)
    spoken_of = before if ours else ()
    return [(word, meant or spoken_of) for word, meant in reversed(sentence.found) if meant or spoken_of]


def _voice(text: Text, word: Word, who: Speakers) -> Voice:
    """Who says it: of a denial whoever denies it."""
    voice = who(text.tokens[word.at].start)
    if word.denier < 0 or voice[0] != UNATTRIBUTED:
        return voice
    before = [m for m in text.mentions if word.denier - NEAR <= m.token < word.denier]
    named = next((m for m in reversed(before) if m.is_actor or m.kind in ("demonym", "country")), None)
    if named is None:
        return voice
    if named.is_actor:
        return named.name, named.side
    return (WHOSE.get(named.side, named.name), named.side)


def _said(gate: str, word: Word, voice: Voice, line: Line, named: Sequence[Dated], today: date) -> Said:
    quote = line.text.text[line.span.start : line.span.end]
    quote = quote if len(quote) <= LONGEST else f"{quote[:LONGEST].rsplit(' ', 1)[0]} …"
    return Said(gate, word, *voice, quote, *_day(word, line, named, today))


def _is_history(line: Line, word: Word, named: Sequence[Dated], today: date) -> bool:
    """ "A year ago Torkham was closed", "in 2023 it was": of an earlier time, and no day that it could be laid at."""
    start = line.text.tokens[word.at].start
    before = [d for d in named if d.at.start < start]
    if LONG_AGO.search(line.text.text[line.span.start : start]):
        return True
    return bool(before) and before[-1].precision != "day" and today - before[-1].end > HISTORY


def _day(word: Word, line: Line, named: Sequence[Dated], today: date) -> tuple[date | None, date | None]:
    """The day that a sentence gives, and since when: the nearest behind the word, or the only one."""
    at = line.text.tokens[word.at].start
    past = [d for d in named if d.precision == "day" and not d.future and d.start <= today]
    behind = [d for d in past if d.at.start > at]
    near = behind[0] if behind else past[0] if len(past) == 1 else None
    if near is None:
        return None, None
    lasts = SINCE.search(line.text.text[line.span.start : near.at.start])
    return (None, near.start) if lasts else (near.start, None)
