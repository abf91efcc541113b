"""Where each crossing stands: open, closed, partly; since when; who says so; and where words conflict, both.

Reports are laid in the order of the days that they speak of. The last one holds; who is on the other side and says
otherwise within a day is set beside it, and the crossing is disputed: nothing is chosen. A crossing of which nobody
has told anything stays unknown, and a state that nobody has confirmed for a month is called the last one known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.news.alerts.crossings.reports import Passing, Report, State, of_event, of_member, state_of
from bot.news.alerts.crossings.reports import words as words_of
from bot.news.alerts.crossings.told import EVERYWHERE
from bot.news.days.named import news_day
from bot.news.model import UNATTRIBUTED, PastEvent
from bot.news.stories.story import Story
from bot.news.text.lexicon import NATIONS
from bot.news.topics.topic import Topic

STALE = timedelta(days=30)  # without a report a state is only the last one known
SAME_TIME = timedelta(days=1)  # within which two words about one gate can conflict
SHOWN = 4  # voices for a state
STORIES = 40  # the latest of a crossing that are read
AFGHAN = {"AF-exile": "AF"}
RELATED = frozenset({"crossing", "trade", "returns"})  # kinds of story that tell of gates without naming one


@dataclass(frozen=True, slots=True)
class Crossing:
    """One crossing as it stands."""

    name: str  # both halves of one gate: "Chaman – Spin Boldak"
    places: tuple[str, ...]
    state: State
    words: str  # the state, and for whom
    since: date | None = None
    at_least: bool = False  # it was so already when it was first told
    last_report: date | None = None
    stale: bool = False
    says: tuple[Report, ...] = ()  # who says so, the latest first
    against: tuple[Report, ...] = ()  # who says otherwise of the same time
    planned: tuple[Report, ...] = ()  # what is to come, as somebody says
    because: tuple[str, ...] = ()


def board(
    stories: Iterable[Story], records: Iterable[PastEvent], topic: Topic, now: datetime
) -> tuple[Crossing, ...]:
    """Each crossing of the topic on the line; those that are known first, in the order of the topic's places."""
    gates = halves(topic)
    found: dict[str, list[Report]] = {name: [] for name in gates}
    owner = {place: name for name, places in gates.items() for place in places}
    past = (event for event in records if event.story is None and event.end <= news_day(now))
    recorded = (report for event in past for report in of_event(event, topic))
    for report in (*_of_stories(stories, topic, owner, now), *recorded):
        for name in gates if report.crossing == EVERYWHERE else (owner.get(report.crossing, ""),):
            if name:
                found[name].append(report)
    rows = [_row(name, gates[name], reports, now) for name, reports in found.items()]
    return tuple(sorted(rows, key=lambda row: row.last_report is None))


def halves(topic: Topic) -> dict[str, tuple[str, ...]]:
    """The topic's crossings on the line, the two halves of one gate as one: name → places."""
    gates = {p.name: p for p in topic.places if p.kind == "crossing" and p.country == "border"}
    found: dict[str, tuple[str, ...]] = {}
    for gate in gates.values():
        if not any(gate.name in places for places in found.values()):
            both = (gate.name, gate.across) if gate.across in gates else (gate.name,)
            found[" – ".join(both)] = both
    return found


def _of_stories(
    stories: Iterable[Story], topic: Topic, owner: dict[str, str], now: datetime
) -> Iterable[Report]:
    """What our own reports say, of the latest stories of each crossing; copies say nothing of their own."""
    read: dict[str, int] = {}
    for story in sorted(stories, key=lambda one: (one.active, one.id), reverse=True):
        about = {owner[p] for p in (*story.places, *story.where.places) if p in owner}
        if not about and story.type in RELATED:
            about = {EVERYWHERE}
        if not about or all(read.get(name, 0) >= STORIES for name in about):
            continue
        read.update({name: read.get(name, 0) + 1 for name in about})
        for member in story.members:
            stands = member.stance.does != "withdraws" and not member.stance.hearsay
            if member.copy_of is None and stands and member.at <= now:
                yield from of_member(member, story, topic)


# --------------------------------------------------------------------------- one crossing


def _row(name: str, places: tuple[str, ...], reports: Sequence[Report], now: datetime) -> Crossing:
    told = sorted((r for r in reports if not r.planned), key=_order)
    planned = _planned([r for r in reports if r.planned], told, now)
    passing, since, at_least, run = _followed(told)
    state = state_of(passing)
    if not run:
        because = ("nothing is told of it in the records or in any report",)
        return Crossing(name, places, "unknown", "no report", planned=planned, because=because)
    last = run[-1]
    against = _against(told, last)
    heard = max(r.day for r in told)
    stale = news_day(now) - heard > STALE
    state = "disputed" if against else state
    return Crossing(
        name=name,
        places=places,
        state=state,
        words=_words(state, passing, last),
        since=since,
        at_least=at_least,
        last_report=heard,
        stale=stale,
        says=_latest_of_each(run),
        against=against,
        planned=planned,
        because=_because(run, against, stale),
    )


def _order(report: Report) -> tuple[date, datetime, bool]:
    """By the day that is spoken of; within a text whoever denies comes last."""
    return report.day, report.at, report.denies


def _followed(told: Sequence[Report]) -> tuple[Passing, date | None, bool, list[Report]]:
    """Who may pass after all reports in their order, since when, and the reports that say so."""
    passing: Passing = {}
    since, at_least = None, False
    run: list[Report] = []
    for report in told:
        now = dict(report.passing)
        before = state_of(passing)
        if report.weak and run and any(passing.get(name, may) != may for name, may in now.items()):
            continue  # "the closure cost traders …", told when it is open again
        whole = {"goods", "people"} <= now.keys()
        after = now if whole else {**passing, **now}
        if not whole and now.get("few"):  # "for returnees only": everybody else is barred
            others = {} if before == "open" else passing
            after = {"goods": others.get("goods", False), "people": others.get("people", False), "few": True}
        same = after == passing or (whole and state_of(after) == before)
        if same and (
            report.holds or report.weak or report.day - run[-1].day <= STALE
        ):  # else it happens anew
            run.append(report)
            since, at_least = _earlier(report, since, at_least)
            continue
        passing, run = after, [report]
        since, at_least = report.since or report.day, report.holds and report.since is None
    return passing, since, at_least, run


def _earlier(report: Report, since: date | None, at_least: bool) -> tuple[date | None, bool]:
    """A later report that says since when tells it better than the day on which we first read of it."""
    if at_least and report.since and (since is None or report.since < since):
        return report.since, False
    return since, at_least


def _against(told: Sequence[Report], last: Report) -> tuple[Report, ...]:
    """Who says otherwise of the same time: the other side, or one who denies it."""
    found = [
        r
        for r in told
        if r.state != last.state
        and not r.weak
        and abs(r.day - last.day) <= SAME_TIME
        and (opposed(r, last) or ((r.denies or last.denies) and r.voice != last.voice))
    ]
    return _latest_of_each(found)


def opposed(one: Report, other: Report) -> bool:
    """Whether two named voices are of the two sides of the line."""
    sides = {AFGHAN.get(r.claimant_side, r.claimant_side) for r in (one, other) if r.claimant != UNATTRIBUTED}
    return sides == NATIONS


def _latest_of_each(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The latest report of each voice, newest first."""
    found: dict[str, Report] = {}
    for report in reversed(reports):
        found.setdefault(report.voice, report)
    return tuple(found.values())[:SHOWN]


def _planned(reports: Sequence[Report], told: Sequence[Report], now: datetime) -> tuple[Report, ...]:
    """What was announced after the last word, and not longer ago than a week."""
    last = max((r.at for r in told), default=None)
    fresh = [
        r
        for r in sorted(reports, key=_order)
        if now - r.at <= timedelta(days=7) and (last is None or r.at >= last or r.day >= news_day(last))
    ]
    return _latest_of_each(fresh)


def _words(state: State, passing: Passing, last: Report) -> str:
    if state == "disputed":
        return "the two sides contradict each other"
    words = words_of(state, passing, last.whom)
    return f"{words} (for a while, it is said)" if last.brief and state != "open" else words


def _because(run: Sequence[Report], against: Sequence[Report], stale: bool) -> tuple[str, ...]:
    first, last = run[0], run[-1]
    found = [f"{first.teller} on {first.day}: {first.words}"]
    if last is not first:
        found.append(f"still so, {last.teller} on {last.day}")
    found += [f"{one.teller} on {one.day}, otherwise: {one.words}" for one in against]
    return (*found, f"no report for more than {STALE.days} days") if stale else tuple(found)
