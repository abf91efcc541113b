"""The figures of a text: each number with its words, who is counted, who says so, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.news.figures.amounts import add_amounts
from bot.news.figures.claimants import Listener
from bot.news.figures.clause import THING_HEADS, Bound, Sentence
from bot.news.figures.elliptic import bind_elliptic
from bot.news.figures.languages import read_other
from bot.news.figures.measures import analyse
from bot.news.figures.parties import PARTY_SIDE, is_rest, party_of
from bot.news.figures.reading import read
from bot.news.figures.sayings import NOBODY, Saying, Speaker, says
from bot.news.figures.scopes import scope_of
from bot.news.figures.sides import OTHER_SIDE, Surroundings
from bot.news.figures.units import Unit, is_verb
from bot.news.figures.vocabulary import Vocabulary, vocabulary
from bot.news.model import UNATTRIBUTED, Document, Figure, Measure, Party
from bot.news.text import Span, word_set
from bot.news.topic import Topic

LONGEST_SENTENCE = 1_200  # code points; longer ones are cut at a space
LONGEST_TEXT = 200_000  # what lies beyond is no news
LOSSES = word_set(
    "killed wounded casualties captured abducted missing surrendered positions vehicles_equipment"
)
ROLES_OF_PERSONS = word_set("minister spokesman spokesperson governor envoy ambassador general")
POINTS_BACK = 500  # code points
HURT = word_set("killed wounded casualties")


def extract(document: Document, topic: Topic) -> tuple[Figure, ...]:
    """Every figure of a text, in order. The same text and topic always give the same figures."""
    text = document.text[:LONGEST_TEXT]
    words = vocabulary(topic)
    known = topic.lexicon.read(text)
    mentions, spans = known.mentions, known.sentences
    if not _is_english(document):
        other = [
            f
            for span in spans
            for piece in _pieces(text, span)
            for f in read_other(text, piece, words.others, mentions)
        ]
        return tuple(_without_echoes(_unique(other), document.title_end))
    listener = Listener(text, mentions, {a.name: a.claimant for a in topic.actors})
    parts = [piece for span in spans for piece in _pieces(text, span)]
    carried: Bound | None = None
    read_parts: list[tuple[Span, Sentence, list[Saying]]] = []
    for span in parts:
        units = read(text, span.start, span.end, words)
        headline = span.end <= document.title_end
        sayings = listener.hear(units, span.start, span.end, colon=headline or span.end - span.start < 140)
        sentence = analyse(units, headline) if headline or _may_count(units) else Sentence(units, [])
        bind_elliptic(sentence, carried)
        carried = next(
            (b for _, b in sorted(sentence.bound.items(), reverse=True) if b.rule != "elliptic"), carried
        )
        add_amounts(sentence)
        read_parts.append((span, sentence, sayings))
    _same_voice(read_parts, text, document.title_end)
    figures: list[Figure] = []
    for index, (span, sentence, sayings) in enumerate(read_parts):
        around = Surroundings(text, mentions, span.start, span.end, words.ground)
        implied = _carried_speaker(read_parts, index, document.title_end)
        figures += _figures(text, span, sentence, sayings, around, implied, figures, words)
    return tuple(_without_echoes(_unique(figures), document.title_end))


def _is_english(document: Document) -> bool:
    """By the feed's word for it, and by the letters: most of an English text is plain Latin."""
    letters = [c for c in document.text[:400] if c.isalpha()]
    latin = sum(c.isascii() for c in letters)
    return (document.lang or "en").lower().startswith("en") and latin * 2 >= len(letters)


def _may_count(units: Sequence[Unit]) -> bool:
    """Whether a sentence can hold a figure at all: most hold none."""
    return any(u.quantity or u.has("structure.zero") for u in units) or any(is_verb(u) for u in units)


def _pieces(text: str, span: Span) -> list[Span]:
    """A sentence, cut at spaces where it is too long to be one."""
    pieces, start = [], span.start
    while span.end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        pieces.append(Span(start, cut))
        start = cut
    return [*pieces, Span(start, span.end)]


def _same_voice(parts: Sequence[tuple[Span, Sentence, list[Saying]]], text: str, title_end: int) -> None:
    """A headline's bare "ministry" or "minister" is the one whom the text below it lets speak first."""
    named = [s.speaker for span, _, sayings in parts if span.start >= title_end for s in sayings]
    if not named or named[0].kind == "anonymous" or named[0].is_outlet or named[0].name == UNATTRIBUTED:
        return
    first = named[0]
    near = text[max(title_end, first.start - 60) : first.start + len(first.words)].lower()
    for span, _, sayings in parts:
        for saying in sayings if span.end <= title_end else ():
            bare, role = saying.speaker, saying.speaker.words.lower().removeprefix("the ")
            fits = role in near or (role in ROLES_OF_PERSONS and first.kind == "person")
            if bare.kind == "anonymous" and " " not in role and fits:
                saying.speaker = replace(first, words=bare.words, start=bare.start)


def _carried_speaker(
    parts: Sequence[tuple[Span, Sentence, list[Saying]]], index: int, title_end: int
) -> Speaker:
    """Reported speech goes on: from an attributed headline into the text, or between two of one speaker's sentences."""
    if parts[index][2] or index == 0 or not parts[index - 1][2]:
        return NOBODY
    first = parts[index - 1][2][-1].speaker
    last = index == len(parts) - 1
    if parts[index - 1][0].end <= title_end < parts[index][0].start + 2 and not first.is_outlet:
        return Speaker(first.name, "", first.start, first.side, first.kind)
    if last or not parts[index + 1][2]:
        return NOBODY
    second = parts[index + 1][2][0].speaker
    if first.name != second.name or first.name == UNATTRIBUTED:
        return NOBODY
    return Speaker(first.name, "", first.start, first.side, first.kind)


def _figures(
    text: str,
    span: Span,
    sentence: Sentence,
    sayings: list[Saying],
    around: Surroundings,
    implied: Speaker,
    earlier: Sequence[Figure],
    words: Vocabulary,
) -> list[Figure]:
    made: list[Figure] = []
    previous: Party = "unspecified"
    for at in sorted(sentence.bound):
        bound = sentence.bound[at]
        if not _shown(bound, sentence):
            continue
        speaker, denied = says(sayings, bound.phrase.quantity.start)
        speaker = speaker if speaker.name != UNATTRIBUTED else implied
        if made and bound.rule != "elliptic" and speaker.name != made[-1].claimant:
            previous = _own_before(made, speaker.side)
        if bound.rule == "elliptic":
            previous = _same_people(made or earlier, speaker.side)
        around.speaker_side, around.home = speaker.side, _home(speaker, words)
        if not made and previous == "unspecified":
            previous = _people_before(bound, sentence, around, earlier, speaker.name)
        around.army = words.has("ground.armies", speaker.name.lower())
        whole = next((f.party for f in reversed(made) if not f.subset), "unspecified")
        party = party_of(bound, sentence, around, previous, whole)
        previous = party
        if _points_back(bound, sentence, earlier, span):
            continue
        for measure in (bound.measure, *bound.also):
            made.append(_figure(text, span, sentence, bound, measure, party, speaker, denied))
    return made


def _home(speaker: Speaker, words: Vocabulary) -> str:
    """Whose people a speaker counts where no place is named: each side its own, the missions of a country its people."""
    if speaker.side in ("PK", "AF"):
        return speaker.side
    return "AF" if words.has("ground.counts_afghans", speaker.name.lower()) else ""


def _people_before(
    bound: Bound, sentence: Sentence, around: Surroundings, earlier: Sequence[Figure], name: str
) -> Party:
    """ "Sixteen others were wounded" after a sentence on eight Taliban: the same people, unless a place or people is named."""
    phrase = bound.phrase
    hurt = [f for f in earlier if f.measure in HURT and not f.subset and around.start - f.start < POINTS_BACK]
    if not hurt or not is_rest(phrase) or around.places(around.start, around.end):
        return "unspecified"
    if any(m.kind == "demonym" for m in around.between(around.start, around.end)):
        return "unspecified"
    if phrase.partitive == "the":  # "seven of the injured"
        return next((f.party for f in reversed(hurt) if f.measure == bound.measure), "unspecified")
    definite = bound.rule == "toll"  # "put THE DEAD at 133"
    begins = phrase.at <= 2 or definite
    if not (begins or phrase.partitive or earlier[-1].claimant == name != UNATTRIBUTED):
        return "unspecified"
    last, same = hurt[-1], hurt[-1].claimant == name
    if definite and not same and PARTY_SIDE.get(last.party) != OTHER_SIDE.get(around.speaker_side):
        return "unspecified"  # another voice may count other people
    if definite or (begins and bound.measure == "killed"):
        return last.party
    return next((f.party for f in reversed(hurt) if f.party != "militants"), "unspecified")


def _same_people(made: Sequence[Figure], side: str) -> Party:
    """Whom a second claim counts: those of the first, rather than the second speaker's own men."""
    wholes = [f.party for f in reversed(made) if not f.subset] or ["unspecified"]
    return next((p for p in wholes if PARTY_SIDE.get(p, "") != side), wholes[0])


def _own_before(made: Sequence[Figure], side: str) -> Party:
    """What a second speaker counts without a noun is its own, as far as the sentence names them."""
    return next((f.party for f in reversed(made) if side and PARTY_SIDE.get(f.party) == side), "unspecified")


def _points_back(bound: Bound, sentence: Sentence, earlier: Sequence[Figure], span: Span) -> bool:
    """ "neutralised all four" after four drones were counted: not four more, and not people."""
    if bound.phrase.head or (
        sentence.low(bound.phrase.at - 1) not in ("all", "both") and not bound.phrase.quantity.definite
    ):
        return False
    low = bound.phrase.quantity.low
    return any(
        f.low == low and f.measure in THING_HEADS for f in earlier if span.start - f.start < POINTS_BACK
    )


def _shown(bound: Bound, sentence: Sentence) -> bool:
    """Whether a bound number is a figure at all."""
    if bound.phrase.head in ("refused", "never"):
        return False
    if bound.phrase.head in THING_HEADS and bound.phrase.quantity.kind == "article":
        return False
    if (
        bound.measure in THING_HEADS
        and bound.phrase.quantity.low is None
        and bound.phrase.quantity.end - bound.phrase.quantity.start < 9
        and bound.measure != "camps"
    ):
        return False
    return bound.measure in ("duration", "money") or not _hypothetical(bound, sentence)


def _hypothetical(bound: Bound, sentence: Sentence) -> bool:
    """ "vowed to kill 100", "could exceed 50", "would have killed hundreds", "sentenced 14 to death"."""
    verb = bound.verb if bound.verb >= 0 else bound.phrase.at
    units = sentence.units
    for at in range(verb - 1, max(-1, verb - 7), -1):
        unit = units[at]
        if unit.low in (",", ";", ".", ":", "that", "and") and not unit.has("structure.modal"):
            break
        if unit.has("structure.modal") and not _reported(sentence, at):
            return True
        if unit.low == "to" and at > 0 and any(u.has("structure.intent") for u in units[max(0, at - 3) : at]):
            return True
    between = units[min(verb, bound.phrase.at) : max(verb, bound.phrase.at)]
    low = min(verb, bound.phrase.at)
    if any(u.has("structure.modal") and not _reported(sentence, low + k) for k, u in enumerate(between)):
        return True
    return any(u.has("structure.sentenced") for u in units[max(0, verb - 6) : verb + 6])


def _reported(sentence: Sentence, at: int) -> bool:
    """ "may have been killed" tells of what happened, if unsurely; so does the month of May."""
    if sentence.low(at) in ("may", "might"):
        return sentence.low(at + 1) == "have" or sentence.units[at].capital
    return False


def _figure(
    text: str,
    span: Span,
    sentence: Sentence,
    bound: Bound,
    measure: Measure,
    party: Party,
    speaker: Speaker,
    denied: str | None,
) -> Figure:
    quantity = bound.phrase.quantity
    start, end = _quote(sentence, bound)
    side = PARTY_SIDE.get(party, "")
    scope, period = scope_of(sentence, bound)
    own = side == speaker.side if side and speaker.side in ("PK", "AF") and measure in LOSSES else None
    return Figure(
        low=quantity.low,
        high=quantity.high,
        text=text[quantity.start : quantity.end],
        qualifier=quantity.qualifier,
        measure=measure,
        what=_what(text, sentence, bound) if measure in ("other", "duration", "money") else None,
        party=party,
        claimant=speaker.name,
        claimant_text=speaker.words or None,
        scope=scope,
        own_loss=own,
        denied_by=denied,
        subset=bound.phrase.subset,
        quote=text[start:end],
        start=start,
        end=end,
        period=period,
        rule=bound.rule,
        sentence=text[span.start : span.end],
        noun=text[
            quantity.end : max(quantity.end, sentence.units[max(bound.phrase.at, bound.phrase.last - 1)].end)
        ],
        update="additional" if quantity.additional and bound.update == "none" else bound.update,  # type: ignore[arg-type]
    )


def _quote(sentence: Sentence, bound: Bound) -> tuple[int, int]:
    """The number with its noun and, where it is near, the happening."""
    phrase, units = bound.phrase, sentence.units
    start = (
        phrase.quantity.approximate_start if phrase.quantity.approximate_start >= 0 else phrase.quantity.start
    )
    start = min(start, units[phrase.at].start)
    end = max(phrase.quantity.end, units[max(phrase.at, phrase.last - 1)].end)
    if bound.verb >= 0:
        verb = units[bound.verb]
        if 0 <= verb.start - end < 40:
            end = verb.end
        elif 0 <= start - verb.end < 25:
            start = verb.start
    return start, end


def _what(text: str, sentence: Sentence, bound: Bound) -> str:
    last = max(bound.phrase.at, bound.phrase.last - 1)
    words = text[bound.phrase.quantity.end : sentence.units[last].end].strip(" -")
    return words or bound.measure


def _without_echoes(figures: list[Figure], title_end: int) -> list[Figure]:
    """A headline's number that the text below says again is one claim, in the words of the text."""
    below = [f for f in figures if f.start >= title_end]
    return [f for f in figures if f.start >= title_end or not any(_echo(f, other) for other in below)]


def _echo(title: Figure, other: Figure) -> bool:
    same = (title.low, title.high, title.measure) == (other.low, other.high, other.measure)
    if title.low is None and title.text.lower() != other.text.lower():
        return False
    if (other.party == "militants") != (title.party == "militants") and title.party != "unspecified":
        return False
    return same and (other.claimant != UNATTRIBUTED or title.claimant == UNATTRIBUTED)


def _unique(figures: list[Figure]) -> list[Figure]:
    """In order, each once."""
    seen: set[tuple[object, ...]] = set()
    out = []
    for figure in sorted(figures, key=lambda f: (f.start, f.end, f.measure)):
        key = (figure.low, figure.high, figure.measure, figure.start, figure.end)
        if key not in seen:
            seen.add(key)
            out.append(figure)
    return out
