"""The headline of an alert: the best title that the reports offer, in neutral words, linked to its report.

Best is central to the story, says who claims what, and carries no outdated or contradicted toll. Once
chosen it stays, unless another is clearly better: a message should not change its name with every report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.news.alerts import standing
from bot.news.alerts.counts import Tolls, carries
from bot.news.alerts.ownclaims import own
from bot.news.alerts.passages import Sentence, sentence
from bot.news.alerts.states import course
from bot.news.families import FOUGHT
from bot.news.figures.claims.claim import DENIAL, UNVERIFIED, in_digits, number_of
from bot.news.figures.claims.houses import about_enemies, is_boast, is_partisan, opposed
from bot.news.figures.claims.keylines import contradicts
from bot.news.figures.claims.ledger import lines
from bot.news.figures.claims.ledger import words as said
from bot.news.model import HARM, FigureLine
from bot.news.stories.story import Member, Story
from bot.news.stories.vicinity import pins
from bot.news.text.idf import cosine
from bot.news.text.lexicon import THIRD
from bot.news.text.words import fold, is_english, is_latin
from bot.news.topics import outlets
from bot.news.topics.topic import Topic
from bot.news.topics.wording import neutral

LONGEST = 240
TOLL = 0.3  # for the toll of violence, whoever's: how high it is makes no title better
TURN = 0.07  # for each point of status words: the title that says what changed
STEADY = 0.15  # by so much another title must be better than the one that stands
WITHDRAWN = 0.3  # taken off for a report that takes another back
ALONE = (0.3, 0.6)  # for what is denied, without a voice, and for a denial without what it denies
WRONG = 1.0  # for a number that was corrected or overtaken since, or one side's word alone: no other title is left
PART = 0.4  # for a title of one of the places of fighting along the border
CONFIRMS = 1.2  # for a side's word that what it had denied is so: more than a title gains by a state that was told before
OLD, NEW = 0.4, 0.5  # for a title of a state that is over, and of the one that holds
FEWEST, MOST = 5, 22  # words of a good headline
PREFIX = re.compile(
    r"(?:breaking(?: news)?|update[ds]?|live(?: updates)?|watch|video|exclusive|just in|alert|explainer|in pictures|correct(?:ed|ion)|clarification|refile)"
    r"\s{0,2}[:|–—-]\s{0,2}",
    re.IGNORECASE,
)
TAIL = re.compile(r"\s{1,9}[-–—|]\s{1,9}(?=[^-–—|]{2,40}$)")
MATTERS = 2  # claims of a headline in the bot's own words, each with what contradicts it


class Headline(NamedTuple):
    text: str
    member: Member
    replaced: tuple[str, ...] = ()


def headline(story: Story, topic: Topic, counts: Tolls, shown: str = "") -> Headline:
    """The best title; `shown` is the url of the report whose title stands now."""
    members = [m for m in standing.readable(story) if m.title.strip()] or list(story.members)
    states, held = course(story, topic), _held(story)
    ranked = [
        (_worth(m, story, held, counts, topic) + states.worth(m.entry, OLD, NEW), -at)
        for at, m in enumerate(members)
    ]
    worth, best = max(ranked)
    for value, at in ranked:
        if (
            members[-at].url == shown
            and value > worth - STEADY
            and value > 0
            and (not states.latest or members[-at].entry in states.latest)
        ):
            best = at
    member = members[-best]
    title = clean(member.title, member.outlet, topic)
    told = sentence(title, member, True)
    denial = held.denied and not held.by_both and member.stance.does == "denies"
    foreign = story.type in FOUGHT and not is_english(f"{title}. {member.lead}")
    if denial or foreign or counts.is_outdated(told) or _one_sided(told, story, counts, topic):
        title, member = _own(story, topic) or (title, member)  # no report's title will do
    words = neutral(title, topic)
    return Headline(shortened(words.text), member, words.replaced)


class Held(NamedTuple):
    """Who stands by what a story's reports tell."""

    denied: bool
    by_both: bool  # both countries deny one and the same
    withdrawn: bool  # nobody tells it any more


def _held(story: Story) -> Held:
    members = story.members
    return Held(
        bool(standing.denials(members)), standing.denied_by_both(members), standing.is_withdrawn(members)
    )


def _own(story: Story, topic: Topic) -> tuple[str, Member] | None:
    """The heaviest claims that stand, in the bot's own words: "Attack, Bannu: 15 killed (rescue official)".

    What contradicts a number stands beside it: "23 soldiers killed (ISPR) or 58 (Zabihullah Mujahid)". What one side says
    of its enemies comes after all else.
    """
    told = [line for line in lines(own(story, topic)) if line.figure.measure in HARM and not line.part]
    told.sort(key=lambda line: _is_enemies(line) and not line.conflict)
    if not told or story.type is None or told[0].figure.rule == DENIAL or UNVERIFIED in told[0].note:
        return None
    claims = _claims(told)
    source = next((m for m in story.members if m.url == told[0].url), story.members[-1])
    kind = story.type.replace("_", " ").capitalize() if story.type in FOUGHT else ""
    happened = ", ".join(filter(None, (kind, topic.displayed(story.where.label))))
    whole = [f"{happened}: {'; '.join(claims[:many])}" for many in (MATTERS, 1)]
    return next((text for text in whole if len(text) <= LONGEST), whole[-1]), source


def _claims(told: Sequence[FigureLine]) -> list[str]:
    """The heaviest number and those of as much account, each with its claimant and what contradicts it: of the dead on both
    sides, where both are disputed or one side tells of both."""
    matters: list[list[FigureLine]] = []
    for line in (line for line in told if line.figure.measure == told[0].figure.measure):
        matter = next((known for known in matters if contradicts(known[0], line)), None)
        if matter is None:
            matters.append([line])
        else:
            matter.append(line)
    first = matters[0][0]
    beside = (one for one in matters[1:] if one[0].conflict or _is_enemies(one[0]) > _is_enemies(first))
    return [" or ".join(_either(one)) for one in (matters[0], *beside)]


def _is_enemies(line: FigureLine) -> bool:
    return line.figure.own_loss is False


def _either(matter: Sequence[FigureLine]) -> Iterator[str]:
    """ "58 soldiers killed (Mujahid)", "23 (ISPR)"; in digits, where the first is."""
    first, *against = matter
    yield _claim(first, said(first.figure))
    number = in_digits if first.figure.text[:1].isdigit() else number_of
    yield from (_claim(line, number(line.figure)) for line in against)


def _claim(line: FigureLine, number: str) -> str:
    of = line.figure
    return f"{number} ({of.claimant}{f'; denied by {of.denied_by}' if of.denied_by else ''})"


def _worth(member: Member, story: Story, held: Held, counts: Tolls, topic: Topic) -> float:
    title = clean(member.title, member.outlet, topic)
    words = fold(title).split()
    outlet = outlets.find(member.outlet, member.url, topic)
    told, sketch = sentence(title, member, True), topic.terms.sketch(title, "")
    attributed = _is_attributed(title, topic)
    sided = _one_sided(told, story, counts, topic)
    denies = member.stance.does == "denies"
    opening = set(words[:1])
    no_news = opening & topic.telling["unsure"] or opening & topic.telling["no_news"]
    alone = not denies if held.by_both else held.denied and (denies or not attributed)
    return (
        cosine(sketch.title, story.vector)
        + (0.1 if attributed else 0.0)
        + TURN * topic.scale.turn(title, story.type)
        + (CONFIRMS if standing.settled(story.members, [member]) else 0.0)
        + (0.1 if outlet.side in {"intl", "UN"} else 0.0)
        + (0.1 if outlet.side != "none" else 0.0)
        - (0.15 if not FEWEST <= len(words) <= MOST else 0.0)
        - (0.3 if title.endswith("?") or no_news or _is_list(title, topic) else 0.0)
        - (WRONG if sided else 0.0)
        - (ALONE[denies] if alone else 0.0)
        + (TOLL if story.type in FOUGHT and counts.weight(told) else 0.0)
        - (0.0 if member.stance.does != "withdraws" else -NEW if held.withdrawn else WITHDRAWN)
        - (PART if topic.roles.line in story.where.places and len(pins(sketch.places, topic)) == 1 else 0.0)
        - (WRONG if counts.is_outdated(told) else 0.0)
        + (0.2 if counts.contradicted and topic.telling["both"] & set(words) else 0.0)
        - (0.0 if is_latin(title) else 0.8)
        - (0.0 if is_english(f"{title}. {member.lead}") else 0.4)
    )


def _one_sided(told: Sentence, story: Story, counts: Tolls, topic: Topic) -> bool:
    """Whether it tells one side's word alone: a toll that another contradicts, or the enemies' dead, by who fights them,
    where others count other dead; what is denied, in nobody's name; or what one side says of a fight in which the tolls
    contradict each other. What a third party counts is nobody's side."""
    pairs = [pair if carries(told, pair[0]) else pair[::-1] for pair in counts.contradicted]
    partial = [
        one
        for one, other in pairs
        if carries(told, one)
        and not carries(told, other)
        and not (is_boast(other) and not about_enemies(one))
    ]
    killed = [lane for lane in story.ledger.standing if lane.measure == "killed" and lane.scope == "incident"]
    here = [lane for lane in killed if carries(told, lane)]
    boast = bool(here) and all(map(about_enemies, here)) and not all(map(about_enemies, killed))
    denied = bool(here) and all(lane.last.denied_by for lane in here) and not _is_attributed(told.text, topic)
    sided = story.type in FOUGHT and _takes_sides(told, counts, topic)
    return boast or denied or sided or any(map(is_partisan, partial))


def _takes_sides(told: Sentence, counts: Tolls, topic: Topic) -> bool:
    """ "Taliban report heavy Pakistani losses", where Pakistan gives other numbers."""
    pairs = [pair for pair in counts.contradicted if opposed(*pair) and not any(map(is_boast, pair))]
    if not pairs or not _is_attributed(told.text, topic) or told.words & topic.telling["both"]:
        return False
    named = {m.side for m in topic.lexicon.mentions(told.text) if m.is_actor}
    return not named & THIRD and not any(all(carries(told, lane) for lane in pair) for pair in pairs)


def _is_attributed(title: str, topic: Topic) -> bool:
    return bool(set(fold(title).split()) & topic.telling["saying"]) or ": " in title


def _is_list(title: str, topic: Topic) -> bool:
    """ "Business notes: tariff deal, railway study, exports"; not "ISPR: three killed, five hurt, one missing"."""
    head, _, items = title.partition(": ")
    return items.count(", ") > 1 and not any(m.is_actor for m in topic.lexicon.mentions(head))


def clean(title: str, outlet: str, topic: Topic) -> str:
    """A title without "BREAKING:" before it and the outlet's or section's name behind it."""
    title = " ".join(title.split())
    title = PREFIX.sub("", title, count=1) if PREFIX.match(title) else title
    for _ in range(3):
        match = TAIL.search(title[-60:])
        if match is None:
            break
        tail = title[-60:][match.end() :]
        is_name = outlets.find(tail, "", topic).side != "none" or fold(tail) == fold(outlet)
        if not is_name and not set(fold(tail).split()) <= topic.telling["sections"]:
            break
        title = title[: len(title) - len(title[-60:]) + match.start()]
    title = f"{title[:1].upper()}{title[1:]}"
    return title.rstrip(" .") if not title.endswith("..") else title


def shortened(text: str, longest: int = LONGEST) -> str:
    """At most so long, cut between words.

    >>> shortened("one two three", 9)
    'one two…'
    """
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
