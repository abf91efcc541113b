"""Where an entry goes among the stories, what that does to them, and what is then said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce

from bot.news import relevance
from bot.news.alerts import compose, significance, standing, states
from bot.news.decision import Decision, Memory
from bot.news.families import FOUGHT
from bot.news.figures.claims import ledger
from bot.news.figures.claims.houses import voices
from bot.news.figures.claims.ledger import Change
from bot.news.model import UNATTRIBUTED, Alert, Entry, Reading
from bot.news.stories import grouping, identity, regroup
from bot.news.stories.candidates import Sought
from bot.news.stories.completed import completed
from bot.news.stories.grouping import Score
from bot.news.stories.regroup import Parting
from bot.news.stories.story import Features, Member, Story, joined, opened
from bot.news.text.idf import LEAD
from bot.news.topics.topic import Topic


@dataclass(frozen=True, slots=True)
class Case:
    """An entry as it is judged: what it says, what of that counts for its place, and why nobody is to be told."""

    entry: Entry
    reading: Reading
    of: Features
    quiet: str = ""

    def member(self, copy: str | None = None) -> Member:
        """The entry as its story remembers it."""
        entry, of = self.entry, self.of
        return Member(
            entry=entry.id, outlet=entry.outlet, side=entry.side, family=entry.family, url=entry.url, title=entry.title,
            lead=entry.summary[:LEAD], at=entry.when, seen=entry.seen, relevant=self.reading.verdict.relevant, copy_of=copy,
            type=self.reading.type, days=of.days, night=of.night, places=of.places, stance=self.reading.stance,
            undated=entry.undated,
        )  # fmt: skip


def near(of: Features, memory: Memory, topic: Topic) -> tuple[Score, ...]:
    """The stories near an entry, best first."""
    if of.alone:
        return ()
    found = memory.index.find(sought(of, topic))
    return grouping.rank(of, [memory.stories[number] for number in found], topic)


def sought(of: Features, topic: Topic) -> Sought:
    """By what the stories near an entry are found."""
    weighted = tuple((term, topic.terms.weight(term)) for term in of.terms)
    return weighted, of.at - timedelta(days=topic.weights["stories.days"])


def settle(
    case: Case,
    ranked: Sequence[Score],
    memory: Memory,
    topic: Topic,
    regrouped: tuple[str, ...] = (),
    copies: tuple[Member, ...] = (),
) -> Decision:
    """An entry into the story that it fits best, or into one of its own.

    `regrouped`: where it was before; `copies`: the copies of it that come from there with it.
    """
    best, copy = _home(case, ranked, memory, topic)
    if best is None:
        story = opened(memory.next_story, case.of, case.member(), case.reading, topic)
        memory.next_story += 1
        why = (_opens(story, ranked),)
        story = regroup.followed(story, copies, case.entry.id, topic)
        return tell(case, replace(story, note="; ".join(regrouped)), memory, topic, because=why)
    case = replace(case, reading=_drawn(case, best, memory, topic))
    story = joined(memory.stories[best.story], case.of, case.member(copy), case.reading, topic)
    story = regroup.followed(story, copies, copy or case.entry.id, topic)
    why = (f"joins {best.because}", *((f"a copy of {copy}",) if copy else ()))
    twins = _twins(case, story, [score for score in ranked if score is not best], copy, memory, topic)
    if twins:
        return _merge(case, story, twins, memory, topic, copy=copy, because=why)
    return tell(case, story, memory, topic, copy=copy, because=why, regrouped=regrouped)


def _home(
    case: Case, ranked: Sequence[Score], memory: Memory, topic: Topic
) -> tuple[Score | None, str | None]:
    """The story to join, and the entry that this one copies; a copy goes where its original is."""
    for order, score in enumerate(ranked):
        if score.veto:
            continue
        story = memory.stories[score.story]
        copy = _copied(case, story, topic)
        foreign = case.reading.type in FOUGHT and not relevance.is_sided(case.entry.document, topic)
        if foreign and story.relevant and not copy:
            continue  # Damascus has its clashes on the same day
        if copy or (order == 0 and grouping.joins(case.of, story, score, topic)):
            return score, copy
    return None, None


def _copied(case: Case, story: Story, topic: Topic) -> str | None:
    least = topic.weights["stories.copy"]
    return identity.copy_of(case.entry, story.members, topic.terms, least, case.reading.stance)


def _drawn(case: Case, best: Score, memory: Memory, topic: Topic) -> Reading:
    """A text too short to say so itself is about the topic where it tells of a story that is."""
    entry, verdict, kind = case.entry, case.reading.verdict, case.reading.type
    sure = (kind and kind not in FOUGHT) or "place" in dict(best.parts)  # there are clashes elsewhere, too
    if (
        verdict.relevant
        or not memory.stories[best.story].relevant
        or not (sure or best.total >= topic.weights["stories.drawn"])
        or relevance.archive(entry.published, entry.seen, topic)
        or not relevance.close(entry.document, topic, kind)
    ):
        return case.reading
    why = f"it tells of story {best.story}, which is about the topic"
    return replace(case.reading, verdict=replace(verdict, relevant=True, because=(*verdict.because, why)))


def _opens(story: Story, ranked: Sequence[Score]) -> str:
    """Why an entry opens a story of its own."""
    if story.alone:
        return f"stays alone: {story.alone}"
    return f"opens story {story.id}{f'; {ranked[0].because}' if ranked else ': nothing like it'}"


# --------------------------------------------------------------------------- later evidence


def _twins(
    case: Case, story: Story, ranked: Sequence[Score], copy: str | None, memory: Memory, topic: Topic
) -> tuple[tuple[Story, str], ...]:
    """The stories that an entry of this one proves to be the same happening, each with the reason."""
    found: list[tuple[Story, str]] = []
    for score in ranked:
        other = memory.stories[score.story]
        copied = copy is not None and _copied(case, other, topic) is not None
        if why := regroup.one_happening(case.of, story, other, score, topic, copied):
            found.append((other, why))
            story = regroup.merged(story, other, topic)
    return tuple(found)


def _merge(
    case: Case,
    story: Story,
    twins: Sequence[tuple[Story, str]],
    memory: Memory,
    topic: Topic,
    *,
    copy: str | None,
    because: tuple[str, ...],
) -> Decision:
    """The entry's story and its twins become the oldest of them; the alerts of the others point there."""
    oldest, *others = sorted((story, *(twin for twin, _ in twins)), key=lambda one: one.id)
    whole = reduce(lambda one, other: regroup.merged(one, other, topic), others, oldest)
    told = [other for other in others if other.alert]
    if whole.alert:  # what was said of any of them is no rise when it is said of all
        level = max(one.alert.level for one in (whole, *told) if one.alert)
        whole = replace(whole, alert=replace(whole.alert, level=level))
    lines = tuple(f"an earlier alert, story {other.id}, was about this same event" for other in told)
    why = tuple(f"story {twin.id} is the same happening as story {story.id}: {by}" for twin, by in twins)
    decision = tell(case, whole, memory, topic, copy=copy, because=(*because, *why), regrouped=lines)
    pointers = []
    for other in others:
        gone = regroup.folded(other, memory.stories[whole.id], case.entry.seen)
        memory.stories[other.id] = gone
        memory.index.put(gone)
        pointers += [gone.alert] if gone.alert is not None and gone.alert is not other.alert else []
    return replace(decision, others=tuple(pointers))


def split(case: Case, parting: Parting, memory: Memory, topic: Topic) -> Decision:
    """A rewritten entry leaves its story with its copies, and is placed anew; what is left is told without them."""
    rest, copies, why = parting
    memory.stories[rest.id] = rest
    memory.index.put(rest)
    outlet, now = case.entry.outlet, case.entry.seen
    ranked = [score for score in near(case.of, memory, topic) if score.story != rest.id]
    before = f"told as part of story {rest.id} until {outlet} rewrote its report"
    decision = settle(case, ranked, memory, topic, (before,), copies)
    copied = ", ".join(dict.fromkeys(copy.outlet for copy in copies))
    taken = f"a report of {outlet}{f' and what copied it ({copied})' if copies else ''} is taken out"
    after = f"{taken}: rewritten, it tells of {why}, see story {decision.story}"
    alert, _ = _say(rest, memory, topic, now, (), (after,))
    because = (*decision.because, f"leaves story {rest.id}: it tells of {why}")
    others = (*decision.others, *((alert,) if alert else ()))
    return replace(decision, left=rest.id, others=others, because=because)


# --------------------------------------------------------------------------- saying it


def tell(
    case: Case,
    story: Story,
    memory: Memory,
    topic: Topic,
    *,
    copy: str | None = None,
    because: tuple[str, ...],
    regrouped: tuple[str, ...] = (),
) -> Decision:
    """Add an entry's figures to its story, weigh the story, and say what is new."""
    entry, reading = case.entry, case.reading
    changes: tuple[Change, ...] = ()
    does = reading.stance.does
    if reading.verdict.relevant:
        retold = standing.retold(story.members, case.member(copy))
        book, changes = ledger.add(
            story.ledger,
            () if does == "withdraws" else (*case.of.figures, *reading.denials),
            entry=entry.id,
            at=entry.seen,
            outlet=entry.outlet,
            side=entry.side,
            url=entry.url,
            copy_of=copy,
            voices=voices(topic),
            corrects=retold if does == "corrects" else (),
            withdraws=retold if does == "withdraws" else (),
            hearsay=lambda figure: (
                reading.stance.hearsay
                or topic.is_rumour(figure.sentence if figure.claimant == UNATTRIBUTED else figure.claimant)
            ),
        )
        story = replace(story, ledger=book)
        stated = [line for line in standing.said_of(story.members, entry.id) if story.alert]
        said = " ".join(change.words for change in changes if change.lane.claimant != UNATTRIBUTED)
        stated += states.changed(story, topic, entry.id) if story.alert else ()
        regrouped = (*regrouped, *(line for line in stated if not ("denied" in line and "denied by" in said)))
    alert, why = _say(story, memory, topic, entry.seen, changes, regrouped)
    because = (*reading.verdict.because, *because, *why)
    story = memory.stories[story.id]
    reading, level = completed(reading, case.of, story, topic), story.level
    return Decision(entry, reading, None, False, copy, story.id, level, alert, case.quiet, because=because)


def _say(
    story: Story,
    memory: Memory,
    topic: Topic,
    now: datetime,
    changes: tuple[Change, ...],
    regrouped: tuple[str, ...],
) -> tuple[Alert | None, tuple[str, ...]]:
    """Weigh a story, and keep it: the next revision of its alert, if there is something to say, and why its level."""
    level, why = significance.level(story, topic, memory.past)
    story = replace(story, level=level)
    alert = None
    if story.relevant:
        alert = compose.compose(story, memory.past, topic, now, changes, regrouped, why)
        if alert and story.note:
            alert = replace(alert, summary=f"{story.note[0].upper()}{story.note[1:]}. {alert.summary}")
        story = replace(story, alert=alert or story.alert)
    memory.stories[story.id] = story
    memory.index.put(story)
    return alert, why
