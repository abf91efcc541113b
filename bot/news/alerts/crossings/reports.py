"""What one voice says of one crossing in one text, as a report that can be laid beside others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Literal

from bot.news.alerts.crossings.told import EVERYWHERE, Said, crossings, read
from bot.news.days.named import news_day
from bot.news.model import UNATTRIBUTED, Document, PastEvent
from bot.news.stories.story import Member, Story
from bot.news.topics.topic import Topic

State = Literal["open", "closed", "partly", "disputed", "unknown"]
Passing = dict[str, bool]  # goods, people, few (some only) → whether they may pass
WHOLE = ("goods", "people")
KINDS = {"goods": "goods", "people": "travellers", "few": "some"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a voice says of a crossing. `day`: when it was so; `since`: from when on, where the text says."""

    crossing: str
    state: State
    passing: tuple[tuple[str, bool], ...]
    whom: str  # the text's own words for the few who may pass, or may not
    claimant: str
    claimant_side: str
    outlet: str
    outlet_side: str
    url: str
    quote: str
    at: datetime
    day: date
    since: date | None = None
    story: int | None = None
    planned: bool = False
    denies: bool = False
    brief: bool = False
    weak: bool = False
    holds: bool = False

    @property
    def voice(self) -> str:
        """Who says it: the one who is named, else the outlet."""
        return self.claimant if self.claimant != UNATTRIBUTED else self.outlet

    @property
    def teller(self) -> str:
        """The same as it is told: an outlet only reports."""
        return self.claimant if self.claimant != UNATTRIBUTED else f"reported by {self.outlet}"

    @property
    def words(self) -> str:
        """The state, and for whom, in words."""
        return words(self.state, dict(self.passing), self.whom)


def words(state: State, passing: Passing, whom: str = "") -> str:
    """A state, and for whom, in words.

    >>> words("partly", {"goods": False, "people": False, "few": True}, "returnees")
    'open to returnees only'
    >>> words("partly", {"goods": False})
    'closed to goods'
    """
    if state != "partly":
        return state
    if passing.get("few"):
        return f"open to {whom} only" if whom else "open to some only"
    kinds = {**KINDS, "few": whom or KINDS["few"]}
    able = [kinds[name] for name, may in passing.items() if may]
    barred = [kinds[name] for name, may in passing.items() if not may]
    parts = (
        f"open to {' and '.join(able)}" if able else "",
        f"closed to {' and '.join(barred)}" if barred else "",
    )
    return ", ".join(part for part in parts if part)


def state_of(passing: Passing) -> State:
    """One word for who may pass.

    >>> state_of({"goods": True, "people": True}), state_of({"goods": False, "people": False, "few": True})
    ('open', 'partly')
    """
    if not passing:
        return "unknown"
    whole = {passing.get(name) for name in WHOLE}
    if whole == {True}:
        return "open"
    return "closed" if whole == {False} and not passing.get("few") else "partly"


def covered(said: Said) -> Passing:
    """Whom a saying is about: nobody named is everybody; where it shuts again, those too who were let through."""
    word = said.word
    whole = (*WHOLE, "few") if word.again and not (word.opens or word.holds) else WHOLE
    return dict.fromkeys(word.passing or whole, word.opens)


def of_text(
    document: Document, topic: Topic, url: str, story: int | None = None, about: tuple[str, ...] = ()
) -> list[Report]:
    """The reports of a text: what stands first holds, what follows adds to it; one for each voice that differs."""
    found: list[Report] = []
    if (at := document.published) is None:
        return found
    said = read(document, topic, about)
    for crossing in dict.fromkeys(one.crossing for one in said):
        names = (about or (EVERYWHERE,)) if crossing == EVERYWHERE else (crossing,)
        for group in _voices([one for one in said if one.crossing == crossing]):
            report = _report(group, document, url, at, story)
            found += [replace(report, crossing=name) for name in names]
    return found


def _voices(said: Sequence[Said]) -> list[list[Said]]:
    """The sayings about one crossing by who says them; what nobody is named for is whose it agrees with."""
    groups: dict[tuple[str, bool], list[Said]] = {}
    strong = _last_told([one for one in said if not one.weak]) or said
    for one in strong:
        groups.setdefault((one.claimant, one.word.planned), []).append(one)
    for planned in (False, True):
        loose = groups.get((UNATTRIBUTED, planned))
        named = [g for (who, p), g in groups.items() if who != UNATTRIBUTED and p == planned]
        agreeing = next((g for g in named if loose and _agree(g, loose)), None)
        if loose and agreeing is not None:
            agreeing[:0] = loose
            groups.pop((UNATTRIBUTED, planned))
    return list(groups.values())


def _last_told(said: Sequence[Said]) -> Sequence[Said]:
    """Without what stands first, where the next sentence tells it and what came later: "reopened … but shut again"."""
    first = [one for one in said if one.quote == said[0].quote]
    rest = said[len(first) :]
    course = [one for one in rest if one.quote == rest[0].quote]
    turned = len(first) == 1 < len(course) and course[0].word.again and not first[0].word.again
    return (
        rest if turned and course[0].word.opens is not course[-1].word.opens is first[0].word.opens else said
    )


def _agree(one: Sequence[Said], other: Sequence[Said]) -> bool:
    """Whether neither contradicts the other."""
    mine, theirs = _passing(one), _passing(other)
    return all(theirs.get(name, may) == may for name, may in mine.items())


def _passing(said: Iterable[Said]) -> Passing:
    found: Passing = {}
    for one in said:
        for name, may in covered(one).items():
            found.setdefault(name, may)
    return found


def _report(said: Sequence[Said], document: Document, url: str, at: datetime, story: int | None) -> Report:
    named = next((one for one in said if one.claimant != UNATTRIBUTED), said[0])
    passing = _passing(said)
    dated = [
        one for one in said if one.word.opens is any(passing.values())
    ]  # not what of the rest stays shut
    return Report(
        crossing=said[0].crossing,
        state=state_of(passing),
        passing=tuple(passing.items()),
        whom=next((one.word.whom for one in said if one.word.whom), ""),
        claimant=named.claimant,
        claimant_side=named.side,
        outlet=document.outlet,
        outlet_side=document.side,
        url=url,
        quote=named.quote,
        at=at,
        day=next((one.day for one in dated if one.day), news_day(at)),
        since=next((one.since for one in dated if one.since), None),
        story=story,
        planned=said[0].word.planned,
        denies=any(one.word.denied for one in said),
        brief=any(one.word.brief for one in said),
        weak=all(one.weak for one in said),
        holds=any(one.holds for one in dated),
    )


def of_member(member: Member, story: Story, topic: Topic) -> list[Report]:
    """The reports of an entry of a story of ours."""
    text, end = f"{member.title}\n{member.lead}", len(member.title)
    document = Document(text, end, member.at, member.outlet, member.side, story.lang)
    return of_text(document, topic, member.url, story.id)


def of_event(event: PastEvent, topic: Topic) -> list[Report]:
    """The reports of a row of the chronology: its words hold at its end; a closure that has an end is over then."""
    known = crossings(topic)
    about = tuple(name for name in event.places if name in known)
    if not about:
        return []
    source, end = event.sources[0], datetime.combine(event.end, time(12), UTC)
    document = Document(event.what, 0, end, source.outlet, source.side)
    found = of_text(document, topic, source.url, about=about)
    over = event.type == "crossing" and event.end > event.start
    return [again for report in found for again in _lasting(report, event, over)]


def _lasting(report: Report, event: PastEvent, over: bool) -> list[Report]:
    if report.state != "closed" or event.start == event.end:
        return [replace(report, day=event.end)]
    closed = replace(report, day=event.start, at=datetime.combine(event.start, time(12), UTC))
    if not over:
        return [closed]
    opened: tuple[tuple[str, bool], ...] = tuple(dict.fromkeys(WHOLE, True).items())
    return [closed, replace(report, day=event.end, state="open", passing=opened)]
