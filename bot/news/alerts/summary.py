"""What happened, in one to three sentences of the reports themselves, each with its outlet.

The most central and best attributed sentences are taken, trimmed of datelines and boilerplate. A sentence
whose toll is outdated is left out; one whose toll is contradicted stands only beside the other claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.news.alerts import standing
from bot.news.alerts.counts import Tolls, carries
from bot.news.alerts.crossings.board import Crossing
from bot.news.alerts.crossings.reports import Report
from bot.news.alerts.passages import Sentence, candidates
from bot.news.alerts.states import course, disputed
from bot.news.days import earlier
from bot.news.families import FOUGHT
from bot.news.figures.claims.claim import RUNNING
from bot.news.figures.claims.heirs import overtakes
from bot.news.figures.claims.ledger import Lane, Ledger, lines, words
from bot.news.model import HARM, UNATTRIBUTED, Side
from bot.news.stories.story import Member, Story
from bot.news.text.idf import cosine
from bot.news.text.words import PRONOUNS, fold, is_english
from bot.news.topics import outlets
from bot.news.topics.topic import Topic
from bot.news.topics.wording import neutral

MOST = 3
BUDGET = 640  # characters of a summary, outlets included
MEMBERS = 16
ALIKE = 0.52  # cosine from which a second sentence repeats the first
WORTH = 0.22  # score below which a further sentence is not worth its place
RECENT = 0.1  # for the newest report, less by a tenth of it for every hour
TURN = 0.05  # for each point of status words: the sentence that says what changed
TOLL = 0.2  # for a sentence that tells the toll of violence
SAME_TOLL = 0.25  # taken off where a number was told already
BOTH = 0.3  # for a sentence that tells both claims of a contradiction
STATE = (
    0.3  # for the first sentence of a report that tells what holds now: the outcome of talks, a gate reopened
)
EARLIER = 0.3  # taken off for a sentence of an earlier happening
OTHERS = 3  # other accounts of a toll that are told in the bot's own words

ASIDE = ("separately", "meanwhile", "elsewhere", "in another", "in a separate", "also ", "in other news")
UNNAMED = ("He ", "She ", "They ", "It ", "His ", "Her ", "The spokesman ", "The minister ", "The statement ")
SAID_IT = (", it said.", ", they said.", ", he said.", ", she said.")  # who, is told in the sentence before
DANGLING = 0.2

SPEAKING = "said|says|added|adds|claimed|claims|told|also said"
FIRST_REPORTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Summary:
    text: str
    replaced: tuple[str, ...] = ()


def summary(story: Story, topic: Topic, counts: Tolls, title: str = "") -> Summary:
    """One to three sentences; nothing where the reports only have the headline that is shown anyway."""
    found = _found(standing.readable(story), title, topic)
    fresh = [s for s in found if not counts.is_outdated(s)]
    if found and not fresh:  # all are overtaken: what a copy says since, else the claims themselves
        fresh = [s for s in _found(story.members, title, topic) if not counts.is_outdated(s)]
    english = [s for s in fresh if is_english(s.text)]
    readable = english or story.ledger.standing or any(is_english(m.title) for m in story.members)
    fresh = english if readable else fresh
    pairs = counts.contradicted
    chosen = _chosen(fresh, story, counts, topic)
    chosen, untold = _balanced(_verified(_answered(chosen, fresh), fresh, counts), fresh, pairs)
    chosen, gates = _of_gates(chosen, fresh, disputed(story, topic))
    if story.type in FOUGHT:  # what happened, before what was said of it
        chosen.sort(key=lambda s: (s.text.casefold().startswith(ASIDE), -counts.weight(s) - _both(s, pairs)))
    _introduce(chosen, found)
    parts: list[str] = []
    replaced: list[str] = []
    for order, sentence in enumerate(chosen):
        follows = order > 0 and chosen[order - 1].member is sentence.member
        text = sentence.text if follows else _named(sentence, story.ledger, topic)
        said, at = neutral(text, topic), sentence.member.at
        day = f"{at.day} {at:%b}"
        day = f"first seen {day}, undated" if sentence.member.undated else day
        source = f" ({sentence.member.outlet}, {day})" if sentence.member.outlet else ""
        parts.append(f"{said.text}{source}")
        replaced += said.replaced
    if found and not parts:
        parts += (neutral(claims, topic).text for claims in _claims(story.ledger))
    elif untold or gates:
        others = dict.fromkeys(f"{words(lane.figure)} ({lane.claimant})" for lane in untold)
        others |= dict.fromkeys(f"{gate.crossing} {gate.words} ({gate.voice})" for gate in gates)
        parts.append(neutral(f"By other accounts: {'; '.join(list(others)[:OTHERS])}.", topic).text)
    return Summary(" ".join(parts), tuple(dict.fromkeys(replaced)))


def _introduce(chosen: list[Sentence], found: Sequence[Sentence]) -> None:
    """ "He said …" behind the sentence of its report that names him, where that is told, too."""
    for one in [s for s in chosen if s.text.startswith(UNNAMED) and s in found]:
        earlier = [s for s in found[: found.index(one)] if s.member is one.member and s in chosen]
        if earlier:
            chosen.remove(one)
            chosen.insert(chosen.index(earlier[-1]) + 1, one)


def _found(members: Sequence[Member], title: str, topic: Topic) -> list[Sentence]:
    """The usable sentences of the newest reports; headlines only where none has a text, and not the one shown."""
    found = [s for m in members[-MEMBERS:] for s in candidates(m, topic)]
    leads = [s for s in found if not s.headline]
    return leads or [s for s in found if fold(s.text) != fold(title)]


def _claims(ledger: Ledger) -> Iterable[str]:
    """The claims that stand, in our own words: "Latest: two people killed (UNAMA)."; nothing where none does."""
    told = dict.fromkeys(f"{words(line.figure)} ({line.figure.claimant})" for line in lines(ledger, OTHERS))
    if told:
        yield f"Latest: {'; '.join(told)}."


def _named(sentence: Sentence, ledger: Ledger, topic: Topic) -> str:
    """A sentence whose "it said" stands behind another report's sentence: who is meant, in brackets."""
    here = {mention.name for mention in topic.lexicon.mentions(sentence.text)}
    for lane in ledger.lanes:
        for point in lane.points:
            of = point.figure
            word = of.claimant_text or ""
            if (
                point.entry == sentence.member.entry
                and word.casefold() in PRONOUNS
                and of.claimant not in (UNATTRIBUTED, *here)
                and (of.sentence.strip(" .") in sentence.text or sentence.text.strip(" .") in of.sentence)
            ):
                speaking = re.compile(rf"\b{word}\b(?= (?:{SPEAKING})\b)|(?<=said ){word}\b")
                return speaking.sub(f"{word} [{of.claimant}]", sentence.text, count=1)
    return sentence.text


# --------------------------------------------------------------------------- choice


def _chosen(found: Sequence[Sentence], story: Story, counts: Tolls, topic: Topic) -> list[Sentence]:
    """Greedy: the most central sentence, then what adds most to it, other sides first."""
    states = course(story, topic)
    found = [s for s in found if s.member.entry not in states.before] or found
    sketches = {s: topic.terms.sketch(s.text, "").vector for s in found}
    worth = {
        s: _worth(s, sketches[s], story, topic)
        + _weight(s, story, counts)
        + _both(s, counts.contradicted)
        + (states.worth(s.member.entry, STATE, STATE) if s.first else 0.0)
        for s in found
    }
    chosen: list[Sentence] = []
    while len(chosen) < MOST:
        sides: set[Side] = {s.member.side for s in chosen}
        left = [
            (
                worth[s]
                - 0.6 * likeness
                - _told_again(s, chosen, counts)
                + (0.1 if s.member.side not in sides else 0.0),
                -at,
            )
            for at, s in enumerate(found)
            if s not in chosen
            and not (chosen and s.headline)
            and (likeness := max((cosine(sketches[s], sketches[c]) for c in chosen), default=0.0)) < ALIKE
            and _length([*chosen, s]) <= BUDGET
        ]
        if not left or (chosen and max(left)[0] < WORTH):
            break
        chosen.append(found[-max(left)[1]])
    return chosen


def _worth(sentence: Sentence, vector: dict[str, float], story: Story, topic: Topic) -> float:
    """How central and how well attributed."""
    member = sentence.member
    age = (story.active - member.at).total_seconds() / 3600
    spoken = set(fold(sentence.text).split())
    known = outlets.find(member.outlet, member.url, topic).side != "none"
    return (
        cosine(vector, story.vector)
        + (0.15 if sentence.first else 0.0)
        + (0.1 if spoken & topic.telling["saying"] else 0.0)
        + (0.05 if known else 0.0)
        + TURN * topic.scale.turn(sentence.text, story.type)
        + max(0.0, RECENT - 0.01 * age)
        - (0.15 if sentence.headline else 0.0)
        - (0.3 if sentence.text.casefold().startswith(ASIDE) else 0.0)
        - (0.12 if sentence.text.startswith(UNNAMED) else 0.0)
        - (DANGLING if sentence.text.endswith(SAID_IT) else 0.0)
        - (EARLIER if _looks_back(sentence, topic) else 0.0)
        - (0.0 if is_english(sentence.text) else 0.5)
    )


def _looks_back(sentence: Sentence, topic: Topic) -> bool:
    """Whether most of a sentence tells of an earlier happening."""
    title = sentence.member.title
    told = earlier.told(topic.lexicon.read(f"{title}\n{sentence.text}"))
    return 2 * sum(part.end - part.start for part in told if part.start > len(title)) > len(sentence.text)


def _weight(sentence: Sentence, story: Story, counts: Tolls) -> float:
    """Of violence the toll is the news, not how many died in a year."""
    told = [lane for lane in story.ledger.standing if lane.measure in HARM and carries(sentence, lane)]
    if story.type in FOUGHT and told and all(lane.scope in RUNNING for lane in told):
        return -EARLIER
    aside = sentence.text.casefold().startswith(ASIDE)
    return TOLL * counts.weight(sentence) if story.type in FOUGHT and not aside else 0.0


def _both(sentence: Sentence, pairs: Sequence[tuple[Lane, Lane]]) -> float:
    """Both claims of a contradiction, in one sentence."""
    return BOTH if any(carries(sentence, one) and carries(sentence, other) for one, other in pairs) else 0.0


def _told_again(sentence: Sentence, chosen: Sequence[Sentence], counts: Tolls) -> float:
    """Numbers of two digits and more that another sentence has given, in figures or in words."""
    numbers = counts.numbers(sentence)
    return SAME_TOLL if any(numbers & counts.numbers(s) for s in chosen) else 0.0


def _length(chosen: Sequence[Sentence]) -> int:
    return sum(len(s.text) + len(s.member.outlet) + 12 for s in chosen)


def _joins(one: Sentence | None, kept: list[Sentence]) -> bool:
    """Whether there is a further sentence, and room for it: then it is taken."""
    if one is None or len(kept) >= MOST or _length([*kept, one]) > BUDGET:
        return False
    kept.append(one)
    return True


# --------------------------------------------------------------------------- tolls


def _answered(chosen: list[Sentence], found: Sequence[Sentence]) -> list[Sentence]:
    """What is denied, and the denial: neither is told alone, where the reports have both."""
    said = {s.member.stance.does == "denies" for s in chosen}
    other = next((s for s in found if said and (s.member.stance.does == "denies") not in said), None)
    if other is None or other.headline:
        return chosen
    kept = chosen[: MOST - 1]
    return [*kept, other] if _length([*kept, other]) <= BUDGET else [*kept[:1], other]


def _verified(chosen: list[Sentence], found: Sequence[Sentence], counts: Tolls) -> list[Sentence]:
    """What the UN has counted itself is told as well, however alike it sounds."""
    told = (s for s in found if s.member.side == "UN" and not s.headline and counts.weight(s))
    kept = list(chosen)
    if chosen and all(s.member.side != "UN" for s in chosen):
        _joins(next(told, None), kept)
    return kept


def _balanced(
    chosen: Sequence[Sentence], found: Sequence[Sentence], pairs: Sequence[tuple[Lane, Lane]]
) -> tuple[list[Sentence], list[Lane]]:
    """No contradicted toll alone: the other claim's sentence joins, or its claim is told in our words."""
    kept, untold = list(chosen), list[Lane]()
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if not any(carries(s, one) for s in kept) or any(carries(s, other) for s in kept):
                continue
            if _is_overtaken(other, one) or overtakes(one, other):
                continue
            beside = next((s for s in found if carries(s, other) and s not in kept), None)
            if not _joins(beside, kept) and other not in untold:
                untold.append(other)
    return kept, untold


def _of_gates(
    chosen: list[Sentence], found: Sequence[Sentence], gates: Sequence[Crossing]
) -> tuple[list[Sentence], list[Report]]:
    """Of a gate whose state is disputed both words: a sentence of each, or the report in our words."""
    kept, untold = list(chosen), list[Report]()
    for gate in gates:
        for reports in (gate.says, gate.against):
            urls = {report.url for report in reports}
            if any(s.member.url in urls for s in kept):
                continue
            beside = next((s for s in found if s.member.url in urls and not s.headline), None)
            if not _joins(beside, kept):
                untold.append(reports[0])
    return kept, untold


def _is_overtaken(lane: Lane, by: Lane) -> bool:
    """An older count of its own people that a later one of them has replaced: a first report, no contradiction."""
    old, new = lane.last, by.last
    return new.at - old.at > FIRST_REPORTS and old.figure.own_loss is not False is not new.figure.own_loss
