"""From a story to what we say about it: one alert, and a new revision only when readers would want to know.

Everything that is said comes from the reports, the ledger and the records; nothing is added up, averaged or
chosen between. An unchanged story says nothing again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.news.alerts import context
from bot.news.alerts.corroboration import corroboration, sources
from bot.news.alerts.counts import tolls
from bot.news.alerts.headline import headline
from bot.news.alerts.ownclaims import is_earlier, own, telling
from bot.news.alerts.summary import summary
from bot.news.alerts.timeline import NOWHERE
from bot.news.days import dates
from bot.news.families import FOUGHT, SPOKEN
from bot.news.figures.claims.compare import whole_of
from bot.news.figures.claims.ledger import Change, Lane, lines, words
from bot.news.model import UNATTRIBUTED, Alert, Background, PastEvent
from bot.news.stories.story import Story
from bot.news.topics.topic import Topic
from bot.news.topics.wording import neutral

FIGURES = 5
UNKNOWN = ("", NOWHERE)
CHANGES = 4  # lines of what changed, that of how many more there are included
MORE = re.compile(r"\+([0-9]{1,4}) more changes?")
REPORTS = 4  # newest reports whose dated background is looked up
TOGETHER = timedelta(minutes=2)  # a revision so young may not have been shown: the next tells its changes too
UNTOLD = frozenset({"corroborated"})
CROWDS = frozenset({"killed", "displaced", "positions", "captured"})
MINOR_MEASURES = frozenset({"duration", "money", "other", "attacks"})


def compose(
    story: Story,
    past: Sequence[PastEvent],
    topic: Topic,
    now: datetime,
    changes: Sequence[Change],
    regrouped: tuple[str, ...] = (),
    because: tuple[str, ...] = (),
) -> Alert | None:
    """The next revision of the alert of a story whose level is known, or None when there is nothing new to say.

    `past` are our own stories as history; the topic's chronology is always known. `regrouped`: what it took
    from another story or gave to one. `because`: why it has its level.
    """
    if not story.relevant or not story.members:
        return None
    changes = [c for c in changes if c.kind != "new" or not is_earlier(c.lane, story, topic)]
    said, fresh = story.alert, _unworded(story, topic, now, because, changes)
    changed = regrouped
    if said is not None:
        changed = (*regrouped, *(neutral(line, topic).text for line in _changed(said, fresh, changes)))
        if not changed:
            return None
        changed = _counted((*changed, *(said.changed if now - said.last_change <= TOGETHER else ())))
    counts = tolls(own(story, topic))
    title = headline(story, topic, counts, said.url if said else "")
    told = summary(story, topic, counts, title.text)
    return replace(
        fresh,
        headline=title.text,
        url=title.member.url,
        summary=told.text,
        changed=changed,
        before=context.before(story, (*topic.chronology, *past), topic, now, _told(story, topic)),
        sources=sources(story.members),
        replaced=tuple(dict.fromkeys((*title.replaced, *told.replaced))),
    )


def _unworded(
    story: Story, topic: Topic, now: datetime, because: tuple[str, ...], changes: Sequence[Change]
) -> Alert:
    """What a story amounts to now, before its words are chosen."""
    said = story.alert
    changed = {id(c.lane) for c in changes if c.kind not in UNTOLD and (c.kind != "new" or _is_crowd(c.lane))}
    figures = lines(telling(story, topic), FIGURES, lambda lane: is_earlier(lane, story, topic), changed)
    return Alert(
        story=story.id,
        revision=said.revision + 1 if said else 1,
        kind="update" if said else "new",
        level=story.level,
        type=story.type or "statement",
        place=_place(story, topic),
        headline="",
        url="",
        summary="",
        figures=tuple(
            replace(line, figure=replace(line.figure, noun=neutral(line.figure.noun, topic).text))
            for line in figures
        ),
        corroboration=corroboration(story, topic),
        changed=(),
        before=(),
        sources=(),
        first_seen=said.first_seen if said else min(m.seen for m in story.members),
        last_change=now,
        event_date=story.when.start if story.when else None,
        level_rose=said is not None and story.level > said.level,
        because=because,
        undated=story.when is None and all(m.undated for m in story.members),
    )


def _is_crowd(lane: Lane) -> bool:
    """Whether somebody tells in his name of more dead, people driven out or posts taken: news however many have died."""
    return lane.measure in CROWDS and lane.claimant != UNATTRIBUTED and not lane.subset


def _place(story: Story, topic: Topic) -> str:
    """Where it happened; nothing of what has no one place, where only he who speaks of it is somewhere."""
    placeless = story.type in SPOKEN
    if placeless and story.type == "ceasefire" and story.where.guessed:
        return ""
    named = topic.displayed(story.where.label or ", ".join(story.where.places[:3]))
    return named or ("" if placeless else NOWHERE)


def _told(story: Story, topic: Topic) -> tuple[Background, ...]:
    """The earlier happenings that the newest reports date themselves."""
    reports = [m for m in story.members if m.counts][-REPORTS:]
    told: list[Background] = []
    for report in reports:
        document = report.document
        own = dates.when(document, topic, story.type)
        told += dates.background(document, topic, story.type, own)
    return tuple(told)


# --------------------------------------------------------------------------- what changed


def _changed(said: Alert, fresh: Alert, changes: Sequence[Change]) -> Iterable[str]:
    """Each change worth a reader's time: how grave it is and who bears it out, the figures, the rest."""
    if fresh.level != said.level:
        yield f"level {said.level.word} → {fresh.level.word}"
    if fresh.corroboration.word != said.corroboration.word:
        yield f"{said.corroboration.word} → {fresh.corroboration.word}"
    yield from _figures(said, fresh, changes)
    if fresh.type != said.type:
        yield f"type {_words(said.type)} → {_words(fresh.type)}"
    if fresh.place != said.place and fresh.place not in UNKNOWN:
        yield f"place {fresh.place}" if said.place in UNKNOWN else f"place {said.place} → {fresh.place}"


def _figures(said: Alert, fresh: Alert, changes: Sequence[Change]) -> Iterable[str]:
    """What changed of what was told, then what is new; new parts of a new total are in the total's line."""
    shown = {(line.figure.measure, line.figure.party, line.figure.low) for line in fresh.figures}
    told = [change.lane for change in changes]
    for change in sorted(changes, key=lambda change: change.kind == "new"):
        lane = change.lane
        if change.kind in UNTOLD or not (words(lane.figure) and _is_news(lane, said)):
            continue
        is_shown = (lane.measure, lane.party, lane.figure.low) in shown and lane.measure not in MINOR_MEASURES
        is_shown = is_shown and (lane.scope == "incident" or fresh.type not in FOUGHT)  # nor last year's dead
        is_part = lane.subset and whole_of(lane, told) is not None
        if change.kind != "new" or (is_shown and not is_part):
            yield change.words


def _counted(changed: Sequence[str]) -> tuple[str, ...]:
    """The first lines, and how many more there are.

    >>> _counted(("a", "b", "a", "c", "d", "e", "+2 more changes"))
    ('a', 'b', 'c', '+4 more changes')
    """
    left = sum(int(found[1]) for line in changed if (found := MORE.fullmatch(line)))
    told = [line for line in dict.fromkeys(changed) if not MORE.fullmatch(line)]
    if left or len(told) > CHANGES:
        kept = told[: CHANGES - 1]
        left += len(told) - len(kept)
        return (*kept, f"+{left} more change{'s' if left > 1 else ''}") if left else tuple(kept)
    return tuple(told)


def _is_news(lane: Lane, said: Alert) -> bool:
    """Whether a claim tells more than was said. In nobody's name, reports overtake each other in any order:
    only a number above all that was said is news, or one that takes a number back, or that its own outlet changed."""
    if lane.claimant != UNATTRIBUTED or not lane.points or lane.figure.update == "revision":
        return True
    if len(lane.points) > 1 and lane.last.outlet == lane.points[-2].outlet:
        return True
    known = [
        line.figure.high or 0
        for line in said.figures
        if line.figure.measure == lane.measure and line.figure.scope == lane.scope
    ]
    return not known or (lane.figure.high or 0) > max(known)


def _words(kind: str) -> str:
    return kind.replace("_", " ")
