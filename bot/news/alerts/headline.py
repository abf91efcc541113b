"""The headline of an alert: the best title that the reports offer, in neutral words, linked to its report.

Best is central to the story, says who claims what, and carries no outdated or contradicted toll. Once
chosen it stays, unless another is clearly better: a message should not change its name with every report.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.news.alerts import standing
from bot.news.alerts.counts import Tolls, carries
from bot.news.alerts.ownclaims import own
from bot.news.alerts.passages import Sentence, is_english, is_latin, sentence
from bot.news.alerts.states import UNSURE, course
from bot.news.alerts.summary import SAYING
from bot.news.families import FOUGHT
from bot.news.figures.claims.claim import DENIAL, UNVERIFIED
from bot.news.figures.claims.houses import about_enemies, is_boast, is_partisan
from bot.news.figures.claims.keylines import contradicts
from bot.news.figures.claims.ledger import Ledger, lines
from bot.news.figures.claims.ledger import words as said
from bot.news.model import HARM, FigureLine
from bot.news.stories.story import Member, Story
from bot.news.text.idf import cosine
from bot.news.text.words import fold, word_set
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
OLD, NEW = 0.4, 0.5  # for a title of a state that is over, and of the one that holds
FEWEST, MOST = 5, 22  # words of a good headline
PREFIX = re.compile(
    r"(?:breaking(?: news)?|update[ds]?|live(?: updates)?|watch|video|exclusive|just in|alert|explainer|in pictures|correct(?:ed|ion)|clarification|refile)"
    r"\s{0,2}[:|–—-]\s{0,2}",
    re.IGNORECASE,
)
TAIL = re.compile(r"\s{1,9}[-–—|]\s{1,9}(?=[^-–—|]{2,40}$)")
BOTH = word_set("conflicting rival contradictory competing differing disputed opposing")
SECTIONS = word_set(
    "world pakistan news asia afghanistan latest international national home south english urdu"
)
NO_NEWS = UNSURE | word_set("podcast video photos gallery")


class Headline(NamedTuple):
    text: str
    member: Member
    replaced: tuple[str, ...] = ()


def headline(story: Story, topic: Topic, counts: Tolls, shown: str = "") -> Headline:
    """The best title; `shown` is the url of the report whose title stands now."""
    members = [m for m in standing.readable(story) if m.title.strip()] or list(story.members)
    states = course(story, topic)
    ranked = [
        (_worth(m, story, counts, topic) + states.worth(m.entry, OLD, NEW), -at)
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
    answers = bool(standing.denials(story.members)) and not standing.denied_by_both(story.members)
    denial = answers and member.stance.does == "denies"
    if denial or counts.is_outdated(told) or _one_sided(told, story.ledger, counts):
        title, member = _own(story, topic) or (title, member)  # no report's title will do
    words = neutral(title, topic)
    return Headline(shortened(words.text), member, words.replaced)


def _own(story: Story, topic: Topic) -> tuple[str, Member] | None:
    """The heaviest claim that stands, in the bot's own words: "Attack, Bannu: 15 killed (rescue official)".

    What contradicts it stands beside it; where more than one number is contradicted, only that it is. What one side
    says of its enemies comes after all else.
    """
    told = [line for line in lines(own(story, topic)) if line.figure.measure in HARM and not line.part]
    told.sort(key=lambda line: line.figure.own_loss is False and not line.conflict)
    if not told or story.type is None or told[0].figure.rule == DENIAL or UNVERIFIED in told[0].note:
        return None
    first = told[0]
    against = [line for line in told[1:] if contradicts(line, first)]
    more = [line for line in told if line.conflict and line not in (first, *against)]
    if more:
        names = tuple(dict.fromkeys(line.figure.claimant for line in (first, *against, *more)))
        claims = f"contradicting tolls by {', '.join(names[:-1])} and {names[-1]}"
    else:
        claims = "; ".join(map(_claim, (first, *against[:1])))
    source = next((m for m in story.members if m.url == first.url), story.members[-1])
    where = topic.displayed(story.where.label)
    happened = ", ".join(filter(None, (story.type.replace("_", " ").capitalize(), where)))
    return f"{happened}: {claims}", source


def _claim(line: FigureLine) -> str:
    of = line.figure
    return f"{said(of)} ({of.claimant}{f'; denied by {of.denied_by}' if of.denied_by else ''})"


def _worth(member: Member, story: Story, counts: Tolls, topic: Topic) -> float:
    title = clean(member.title, member.outlet, topic)
    words = fold(title).split()
    outlet = outlets.find(member.outlet, member.url, topic)
    told = sentence(title, member, True)
    attributed = _is_attributed(title)
    sided = _one_sided(told, story.ledger, counts)
    denies = member.stance.does == "denies"
    if standing.denied_by_both(story.members):
        alone = not denies
    else:
        alone = bool(standing.denials(story.members)) and (denies or not attributed)
    return (
        cosine(topic.terms.sketch(title, "").title, story.vector)
        + (0.1 if attributed else 0.0)
        + TURN * topic.scale.turn(title, story.type)
        + (0.1 if outlet.side in {"intl", "UN"} else 0.0)
        + (0.1 if outlet.side != "none" else 0.0)
        - (0.15 if not FEWEST <= len(words) <= MOST else 0.0)
        - (0.3 if title.endswith("?") or NO_NEWS & set(words[:1]) else 0.0)
        - (WRONG if sided else 0.0)
        - (ALONE[denies] if alone else 0.0)
        + (TOLL if story.type in FOUGHT and counts.weight(told) else 0.0)
        - (WITHDRAWN if member.stance.does == "withdraws" else 0.0)
        - (WRONG if counts.is_outdated(told) else 0.0)
        + (0.2 if counts.contradicted and BOTH & set(words) else 0.0)
        - (0.0 if is_latin(title) else 0.8)
        - (0.0 if is_english(f"{title}. {member.lead}") else 0.4)
    )


def _one_sided(told: Sentence, ledger: Ledger, counts: Tolls) -> bool:
    """Whether it tells one side's word alone: a toll that another contradicts, or the enemies' dead, by who fights them,
    where others count other dead; or what is denied, in nobody's name. What a third party counts is nobody's side."""
    pairs = [pair if carries(told, pair[0]) else pair[::-1] for pair in counts.contradicted]
    partial = [
        one
        for one, other in pairs
        if carries(told, one)
        and not carries(told, other)
        and not (is_boast(other) and not about_enemies(one))
    ]
    killed = [lane for lane in ledger.standing if lane.measure == "killed" and lane.scope == "incident"]
    here = [lane for lane in killed if carries(told, lane)]
    boast = bool(here) and all(map(about_enemies, here)) and not all(map(about_enemies, killed))
    denied = bool(here) and all(lane.last.denied_by for lane in here) and not _is_attributed(told.text)
    return boast or denied or any(is_partisan(lane) for lane in partial)


def _is_attributed(title: str) -> bool:
    return bool(set(fold(title).split()) & SAYING) or ": " in title


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
        if not is_name and not set(fold(tail).split()) <= SECTIONS:
            break
        title = title[: len(title) - len(title[-60:]) + match.start()]
    return title.rstrip(" .") if not title.endswith("..") else title


def shortened(text: str, longest: int = LONGEST) -> str:
    """At most so long, cut between words.

    >>> shortened("one two three", 9)
    'one two…'
    """
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
