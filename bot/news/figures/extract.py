"""The figures of a text: each number with its words, who is counted, who says so, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.news.figures.claimants.direct import name_later
from bot.news.figures.claimants.floor import floors
from bot.news.figures.claimants.listener import Listener
from bot.news.figures.claimants.part import Part
from bot.news.figures.claimants.sayings import Speaker, answer, is_taken_back, says
from bot.news.figures.former import Former, corrected, said_before
from bot.news.figures.glossed import in_own_words
from bot.news.figures.languages.line import language_of
from bot.news.figures.languages.report import read_others
from bot.news.figures.measures.linking import is_of_them
from bot.news.figures.parties.answering import with_side
from bot.news.figures.parties.earlier import (
    HELD,
    echoed,
    own_before,
    people_before,
    points_back,
    same_people,
    toll_after,
)
from bot.news.figures.parties.number import Number
from bot.news.figures.parties.party import UNOWNED, party_of
from bot.news.figures.parties.sides import BY_SIDE, PARTY_SIDE, Names, Surroundings, Voice, told_of_both
from bot.news.figures.parties.whose import settled
from bot.news.figures.parts import read_parts
from bot.news.figures.placing import placed
from bot.news.figures.quoting import Told, figure_of
from bot.news.figures.scopes.telling import OPENING, Telling
from bot.news.figures.sentence.clause import THING_HEADS, UNKNOWN
from bot.news.figures.sentence.units import EMPTY
from bot.news.figures.sentence.vocabulary import Vocabulary, vocabulary
from bot.news.figures.shown import is_asked, is_shown
from bot.news.glosses.english import in_english
from bot.news.model import UNATTRIBUTED, Document, Figure, Party, Scope
from bot.news.text.lexicon import NATIONS
from bot.news.topics.topic import Topic

LONGEST_TEXT = 200_000  # what lies beyond is no news
REMEMBERED = 60  # figures before a sentence to which it may point back: more than any reader holds
FORCES = BY_SIDE["security"].values()
OWN_COUNT = ("this agency", "this newspaper", "this paper", "this news agency", "this broadcaster")
DETAINED: tuple[Party, ...] = ("afg_refugees", "militants")


def extract(document: Document, topic: Topic) -> tuple[Figure, ...]:
    """Every figure of a text, in order. The same text and topic always give the same figures."""
    if len(document.text) > LONGEST_TEXT:
        document = replace(document, text=document.text[:LONGEST_TEXT])
    if _is_english(document):
        return _read(document, topic)
    if glossary := topic.glosses.get(language_of(document)):
        english = in_english(document, glossary, topic.lexicon)
        found = _read(english.document, topic)
        return tuple(in_own_words(figure, english, document.text) for figure in found)
    known = topic.lexicon.read(document.text)
    figures = read_others(document, known.sentences, vocabulary(topic), known.mentions)
    return tuple(_without_echoes(placed(_unique(figures), known, topic), document.title_end))


def _read(document: Document, topic: Topic) -> tuple[Figure, ...]:
    """Every figure of an English text, in order."""
    text, words, known = document.text, vocabulary(topic), topic.lexicon.read(document.text)
    figures: list[Figure] = []
    listener = Listener(text, known.mentions, topic)
    parts = read_parts(document, known.sentences, listener, words)
    names = Names(
        text, known.mentions, [m.start for m in known.mentions], words.ground, document.side.partition("-")[0]
    )
    telling = Telling(any("scope.report" in part.sentence.said for part in parts[:OPENING]))
    name_later(parts, text)
    held = floors(parts, text, document.title_end)
    settled_as: dict[int, Speaker] = {}
    former: list[Former] = []
    end = 0
    for part, implied in zip(parts, held, strict=True):
        around = Surroundings(names, part.span.start, part.span.end)
        telling.hear(part.sentence, new_paragraph="\n\n" in text[end : part.span.start])
        made: list[Figure] = []
        if part.sentence.bound:
            made = _figures(part, around, implied, figures[-REMEMBERED:], telling, words, topic, settled_as)
        former += said_before(part, text)
        telling.heard(part.sentence, made)
        figures += made
        end = part.span.end
    figures = [_by_outlet(figure, document.outlet) for figure in corrected(figures, former)]
    return tuple(_without_echoes(placed(_unique(figures), known, topic), document.title_end))


def _by_outlet(figure: Figure, outlet: str) -> Figure:
    """ "By THIS NEWSPAPER'S count": what an outlet has counted itself is its own claim."""
    return replace(figure, claimant=outlet) if outlet and figure.claimant.lower() in OWN_COUNT else figure


def _is_english(document: Document) -> bool:
    """By the feed's word for it, and by the letters: most of an English text is plain Latin."""
    if not (document.lang or "en").lower().startswith("en"):
        return False
    head = document.text[:400]
    letters = "" if head.isascii() else [*filter(str.isalpha, head)]
    return 2 * sum(map(str.isascii, letters)) >= len(letters)


def _figures(
    part: Part,
    around: Surroundings,
    implied: Speaker,
    earlier: Sequence[Figure],
    telling: Telling,
    words: Vocabulary,
    topic: Topic,
    settled_as: dict[int, Speaker],
) -> list[Figure]:
    """The figures of one sentence: each number's people depend on those of the numbers before it.

    `settled_as`: whose officials those are who were named at an offset, so that they stay that where their words go on.
    """
    made: list[Figure] = []
    sentence, previous, voice = part.sentence, UNKNOWN, ""
    listened: tuple[Speaker, str] | None = None  # to whom, and to whose denial
    for at in sorted(sentence.bound):
        bound = sentence.bound[at]
        if not is_shown(bound, sentence) or is_taken_back(part.sayings, bound.phrase.quantity.start):
            continue
        speaker, denied = says(part.sayings, bound.phrase.quantity.start)
        named = speaker.is_named
        speaker = with_side(speaker if named else implied, around, topic, words.lists["ground.of_pakistan"])
        speaker = settled_as.get(speaker.start, speaker) if named else speaker
        denier = _side_of(denied, topic) if denied else ""
        if listened != (speaker, denier):
            listened = speaker, denier
            around = Surroundings(around.names, around.start, around.end, _listen(around, *listened, words))
        number = Number(bound, sentence, around)
        teller = speaker.name if named else UNATTRIBUTED
        previous = _counted_before(number, made, earlier, previous, speaker.name != voice, teller)
        whole = _whole(number, made, previous)
        party = party_of(number, previous, whole)
        previous = _with_part(party, whole) if bound.phrase.subset else party
        if points_back(bound, sentence, earlier, part.span):
            continue
        voice = speaker.name
        known = None if named else settled_as.get(speaker.start)
        whose = known or settled(speaker, party, around, topic, words.lists.get("say.of_state", EMPTY))
        if named and whose != speaker:
            settled_as[speaker.start] = whose
        speaker = whose if named or not whose.words else whose._replace(words="")
        covered = telling.covers(bound, sentence, made, earlier)
        denied = denied or _answered(part, number, party, speaker, covered[0])
        told = Told(party, speaker, denied, *covered, is_asked(bound, sentence))
        made += [
            figure_of(around.text, part.span, sentence, bound, m, told) for m in (bound.measure, *bound.also)
        ]
    return made


def _whole(number: Number, made: Sequence[Figure], previous: Party) -> Party:
    """Of whom a number may be a part: those who were counted last in its sentence, else "OF THEM" those before it."""
    bound, sentence, _ = number
    if not made:
        return (
            previous if is_of_them(sentence, bound.phrase) else UNKNOWN
        )  # "160 died. At least 90 OF THEM …"
    alike = (f for f in reversed(made) if (f.measure in THING_HEADS) == (bound.measure in THING_HEADS))
    return next((f.party for f in alike if not f.subset), UNKNOWN)


def _with_part(party: Party, whole: Party) -> Party:
    """Whom "five others" after a part are like: "nine died, two POLICEMEN among them, and FIVE were hurt" are people."""
    side = PARTY_SIDE.get(party, "")
    return whole if whole != UNKNOWN else BY_SIDE["people"][side] if side in NATIONS else party


def _answered(part: Part, number: Number, party: Party, speaker: Speaker, scope: Scope) -> str | None:
    """Who denies a number in a sentence behind: what is said of others, or of the harm that they did to one's own."""
    bound, sentence, _ = number
    denier = answer(part.sayings, bound.phrase.quantity.start, speaker)
    if denier is None or bound.phrase.subset or "say.blame" in sentence.said:
        return None
    if PARTY_SIDE.get(party) != speaker.side or speaker.side not in NATIONS:
        return denier
    militants = "people.militants" in sentence.said
    return denier if scope == "incident" and party not in FORCES and not militants else None


def _counted_before(
    number: Number,
    made: Sequence[Figure],
    earlier: Sequence[Figure],
    previous: Party,
    turned: bool,
    teller: str,
) -> Party:
    """The people of the numbers before this one, as whoever speaks now counts them.

    `turned`: somebody else speaks than before; `teller`: who says it in so many words.
    """
    bound, sentence, side = number.bound, number.sentence, number.voice.side
    if made and made[-1].measure in UNOWNED and bound.measure not in UNOWNED:
        previous = UNKNOWN  # "24 militant attacks with 19 fatalities": nobody's dead
    kept = bound.measure in HELD and previous in DETAINED  # "lawyers speak of 1,200 detentions"
    if bound.rule == "elliptic":
        previous = echoed(bound, earlier) or same_people(made or earlier, side)
    elif made and turned and not kept:
        previous = own_before(made, side)
    elif bound.rule == "toll" and sentence.last_victim:
        victim = party_of(Number(sentence.last_victim, sentence, number.around), UNKNOWN, UNKNOWN)
        previous = _with_part(victim, UNKNOWN)
    elif made and bound.rule == "toll" and (made[-1].low == 1 or made[-1].update == "additional"):
        previous = toll_after(made[-1], earlier)
    if not made and previous == UNKNOWN:
        definite = bound.phrase.quantity.definite and bound.rule == "nominal"
        again = echoed(bound, earlier) if definite else None  # "confirmed THE TWO DEATHS"
        return again or people_before(number, earlier, teller)
    return previous


def _listen(around: Surroundings, speaker: Speaker, denier: str, words: Vocabulary) -> Voice:
    """Whose people a speaker counts where no place is named: each side its own, missions the country's they are in."""
    side, before = speaker.side, around.voice
    home = side
    if side not in NATIONS:
        home = "AF" if _counts_afghans(around, speaker, words) else ""
    return Voice(
        side,
        home,
        words.has("ground.armies", speaker.name.lower()),
        before.answers if side == before.side else before.side,
        not home and told_of_both(around),
        denier,
    )


def _counts_afghans(around: Surroundings, speaker: Speaker, words: Vocabulary) -> bool:
    """ "UNAMA recorded 91": a body that counts the dead of Afghanistan, or one that the sentence names."""
    named = speaker.is_named
    counting = (
        speaker.name.split(" and ") if named else [m.name for m in around.between(around.start, around.end)]
    )
    return any(words.has("ground.counts_afghans", one.lower()) for one in counting)


def _side_of(name: str, topic: Topic) -> str:
    """The side of somebody whom the lexicon knows by this name."""
    return next((m.side for m in topic.lexicon.mentions(name) if m.side in (*NATIONS, "militants")), "")


def _without_echoes(figures: list[Figure], title_end: int) -> list[Figure]:
    """A headline's number that the text below says again is one claim, in the words of the text; what it takes the
    place of may stand in the headline alone: "Toll is six, NOT NINE"."""
    below = [f for f in figures if f.start >= title_end]
    left: list[Figure] = []
    for title in (f for f in figures if f.start < title_end):
        again = [f for f in below if _echo(title, f)]
        if not again:
            left.append(title)
        elif title.instead is not None:
            said = replace(again[0], instead=again[0].instead or title.instead, update=title.update)
            below = [said if f is again[0] else f for f in below]
    return [*left, *below]


def _echo(title: Figure, other: Figure) -> bool:
    same = (title.low, title.high, title.measure) == (other.low, other.high, other.measure)
    if title.low is None and title.text.lower() != other.text.lower():
        return False
    bare = not title.noun.strip()  # "kill 50 in Khost" says nothing of who they were
    if (
        not bare
        and (other.party == "militants") != (title.party == "militants")
        and title.party != "unspecified"
    ):
        return False
    return same and (other.claimant != UNATTRIBUTED or title.claimant == UNATTRIBUTED)


def _unique(figures: list[Figure]) -> list[Figure]:
    """In order, each once; what is only asked about has told who is meant, and goes."""
    seen: set[tuple[object, ...]] = set()
    out = []
    for figure in sorted(figures, key=lambda f: (f.start, f.end, f.measure)):
        key = (figure.low, figure.high, figure.measure, figure.start, figure.end)
        if key not in seen and not figure.hypothetical:
            seen.add(key)
            out.append(figure)
    return out
