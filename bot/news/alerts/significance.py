"""How much does it matter? A sum of points, every one with its reason.

Points come from the kind of happening, the toll by its most cautious claim, who and where, words that
change the state of things (a truce signed, a crossing shut), who reports it, and whether it is a first.
The scale is significance.toml. A lone report can never be critical by itself, a rumour never major, nor what both
sides deny.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.news.alerts import ownclaims, standing, tolls
from bot.news.alerts.corroboration import BOTH, by_side, word_of
from bot.news.families import FOUGHT
from bot.news.figures.claims.houses import about_enemies
from bot.news.model import UNATTRIBUTED, Level, PastEvent
from bot.news.stories.story import Member, Story
from bot.news.text.lexicon import NATIONS, OWN, THIRD
from bot.news.text.words import fold, sentences, word_set
from bot.news.topics.scale import Scale
from bot.news.topics.topic import Topic

RECURRENT = frozenset({"air_strike", "border_clash", "ceasefire", "crossing", "talks"})
TEXTS = 12  # members whose words are read
FIRST = 2  # sentences of a lead that tell the news
MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DATED = re.compile(rf"\b(?:(\d{{1,2}}) {MONTH}\b|{MONTH} (\d{{1,2}})\b)")
HALF_A_YEAR = 180
WHENCE = word_set("from in inside within into near across")

Part = tuple[float, str]


def level(story: Story, topic: Topic, past: Sequence[PastEvent] = ()) -> tuple[Level, tuple[str, ...]]:
    """The level and the reasons, heaviest first, the sum last.

    `past` and the topic's chronology prove a first of its kind.
    """
    scale = topic.scale
    counted = replace(story, ledger=ownclaims.own(story, topic))
    parts = [
        (scale.types.get(story.type, 0.0) if story.type else 0.0, (story.type or "").replace("_", " ")),
        *tolls.dead(counted, scale),
        *tolls.crowds(story, scale),
        *_who_and_where(story, topic),
        *_status(story, scale),
        *_reported(story, scale),
        *_novelty(story, scale, (*topic.chronology, *past)),
    ]
    total = sum(points for points, _ in parts)
    found = scale.level(total)
    reasons = [f"{why} {points:+g}" for points, why in sorted(parts, key=lambda p: -abs(p[0])) if points]
    bare = total - sum(points for points, why in parts if tolls.TALLY in why)
    for most, why in _limits(
        story, topic, scale.level(bare), scale.level(bare + tolls.shared(counted, scale))
    ):
        if found > most:
            reasons.append(f"not {Level(most + 1).word}: {why}")
            found = most
    return found, (*reasons, f"sum {total:g}: {found.word}")


# --------------------------------------------------------------------------- who, where, what changed


def _who_and_where(story: Story, topic: Topic) -> Iterable[Part]:
    scale, points = topic.scale, topic.scale.points
    if _taking_part(story, topic) >= NATIONS:
        yield points.get("states", 0.0), "both governments take part"
    if story.type not in FOUGHT:
        return
    if capital := next((p for p in story.where.places if p in topic.roles.desks), ""):
        yield points.get("capital", 0.0), f"in a capital ({capital})"
    known = topic.gazetteer
    districts = {
        (known[name].province or name) if name in known else name
        for name in story.where.places
        if name not in known or known[name].kind not in {"country", "line", "venue"}
    }
    if len(districts) >= scale.limits.get("many_places", 99):
        yield points.get("many_places", 0.0), f"in {len(districts)} provinces or districts"
    foreign = [known[n].country for n in story.where.places if n in known]
    if foreign and OWN.isdisjoint(foreign):
        yield points.get("foreign_soil", 0.0), "outside both countries"


def _taking_part(story: Story, topic: Topic) -> set[str]:
    """The sides that act or speak; not one whose land is only where somebody came from: "militants from Afghanistan"."""
    sides = {a.name: a.side for a in topic.actors if a.kind != "media" and a.name in story.actors}
    acting, whence = set[str](), set[str]()
    for member in [m for m in story.members if m.counts][:TEXTS]:
        text = topic.lexicon.read(member.document.text)
        for m in text.mentions:
            (whence if text.word(m.token - 1) in WHENCE else acting).add(m.name)
    return {str(side) for name, side in sides.items() if name in acting or name not in whence}


def _status(story: Story, scale: Scale) -> Iterable[Part]:
    """The heaviest status words of the reports' sentences, and the heaviest that lower."""
    said = _sentences(story)
    found = [
        (status.points, status.name)
        for status in scale.statuses
        if story.type in status.types and any(status.said_in(sentence) for sentence in said)
    ]
    yield max((f for f in found if f[0] > 0), default=(0.0, ""))
    yield min((f for f in found if f[0] < 0), default=(0.0, ""))


def _sentences(story: Story) -> list[str]:
    """Titles and the first sentences of leads, folded; a sentence dated to an earlier day is background."""
    day = story.when.start if story.when else story.opened.date()
    gone = standing.withdrawn(story.members)
    own = [m for m in story.members if m.copy_of is None and m.relevant >= story.relevant]
    members = [m for m in own if m.entry not in gone and m.stance.does != "withdraws"][:TEXTS]
    found = [fold(m.title) for m in members]
    for member in members:
        lead = [fold(member.lead[s.start : s.end]) for s in sentences(member.lead)[:FIRST]]
        found += [text for text in lead if not _is_background(text, day)]
    return [f" {text} " for text in found]


def _is_background(text: str, day: date) -> bool:
    """Whether a folded sentence names a day of the half-year before.

    >>> _is_background("a ceasefire was announced on october 19", date(2026, 1, 29))
    True
    >>> _is_background("both will meet on 6 february", date(2026, 1, 29))
    False
    """
    for match in DATED.finditer(text):
        month = MONTHS.index(match[2] or match[3]) // 3 + 1
        behind = (day.month - month) % 12 * 31 + day.day - int(match[1] or match[4])
        if 1 < behind < HALF_A_YEAR:
            return True
    return False


# --------------------------------------------------------------------------- who reports it, is it a first


def _reported(story: Story, scale: Scale) -> Iterable[Part]:
    sides = frozenset(by_side(story.members))
    if standing.is_withdrawn(story.members):
        yield scale.points.get("withdrawn", 0.0), "withdrawn by who told it"
    if standing.denied_by_both(story.members):
        yield scale.points.get("denied_by_both", 0.0), "both sides deny it"
    if word_of(sides) == BOTH:
        yield scale.points.get("both_sides", 0.0), "reported on both sides"
    if sides & THIRD:
        yield scale.points.get("third_party", 0.0), "reported by a third party"


def _novelty(story: Story, scale: Scale, past: Sequence[PastEvent]) -> Iterable[Part]:
    """A first of its kind: only where the records cover the time before, and somebody says that it was."""
    if story.type not in RECURRENT or all(m.stance.does == "denies" for m in standing.telling(story.members)):
        return
    day = story.when.start if story.when else story.opened.date()
    days = int(scale.limits.get("novelty_days", 0))
    since, until = day - timedelta(days=days), day - timedelta(days=2)
    known = {e.id: e for e in past if e.story != story.id}.values()
    before = [e for e in known if since <= e.end and e.start <= until]
    if len(before) >= scale.limits.get("novelty_records", 1) and story.type not in {e.type for e in before}:
        kind = story.type.replace("_", " ")
        yield scale.points.get("novelty", 0.0), f"first {kind} in the records for {days} days"


# --------------------------------------------------------------------------- what it stands on


def _limits(story: Story, topic: Topic, bare: Level, shared: Level) -> Iterator[tuple[Level, str]]:
    """The levels above which it may not rise, each with the reason; `bare`: its level without any toll, `shared`: with
    one that several publishers give.

    What one publisher family tells is never critical. Nor does a toll make it so that only one gives, or one side of the
    other's dead: many outlets that repeat one spokesman are still one claim.
    """
    if standing.is_hearsay(story.members):
        denied = bool(standing.denials(story.members))
        most, why = (Level.MINOR, ", and it is denied") if denied else (Level.NOTABLE, "")
        yield most, f"only unverified reports tell it{why}"
    if standing.denied_by_both(story.members):
        yield Level.NOTABLE, "both sides deny it"
    told = standing.telling(story.members) or [m for m in story.members if m.counts]
    if (
        story.type in FOUGHT
        and told
        and all(m.stance.does == "denies" or _takes_back(m, topic) for m in told)
    ):
        yield Level.NOTABLE, "nobody tells it but who denies or withdraws it"
    least = topic.scale.limits.get("lone_families", 0)
    if sum(len(names) for names in by_side(story.members).values()) < least:
        yield Level.MAJOR, "only one publisher tells it"
    if bare is Level.CRITICAL:
        return
    if shared is not Level.CRITICAL:
        yield Level.MAJOR, "only one publisher gives the toll"
    claims = [
        lane
        for lane in story.ledger.lanes
        if lane.measure in tolls.LOSSES and not (lane.subset or lane.is_denial)
        if lane.claimant != UNATTRIBUTED
    ]
    names = sorted({lane.claimant for lane in claims})
    if len({topic.sides.get(name, name) for name in names}) == 1 and all(map(about_enemies, claims)):
        yield Level.MAJOR, f"the toll is only told by {' and '.join(names)}, about the other side"


def _takes_back(member: Member, topic: Topic) -> bool:
    """ "Mujahid withdraws toll of strike", "Ministry retracts its report": what it tells of is told no more."""
    title = f" {fold(member.title)} "
    said = (any(f" {words} " in title for words in topic.telling[name]) for name in ("withdrawing", "claim"))
    return member.stance.does == "withdraws" or all(said)
