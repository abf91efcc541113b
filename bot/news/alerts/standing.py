"""Whose report of a story stands: what its own outlet has withdrawn tells nothing, and who denies it does not bear it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.news.families import SPOKEN
from bot.news.model import Stance
from bot.news.stories.story import Member, Story
from bot.news.text.lexicon import BOTH_SIDES, NATIONS
from bot.news.text.words import fold, word_set

PRESS = word_set("media tv television channel channels broadcaster broadcasters")
STEM, SHORT = 5, 3  # letters by which words are compared; of words that say too little


def withdrawn(members: Sequence[Member]) -> frozenset[str]:
    """The entries that their own outlet took back, what copied them, and what only repeats the press."""
    by = [m for m in members if m.stance.does == "withdraws"]
    repeating = (m.entry for m in members if by and _repeats(m))
    return frozenset((*(entry for m in by for entry in retold(members, m)), *repeating))


def _repeats(member: Member) -> bool:
    """Whether a report has it from other media: "Jets strike Kandahar airport: Pakistani media"."""
    return member.stance.does == "tells" and bool(PRESS & set(fold(member.title).split()))


def is_withdrawn(members: Sequence[Member]) -> bool:
    """Whether nobody tells it any more, one who told it having taken it back."""
    return not telling(members) and any(m.stance.does == "withdraws" for m in members)


def retold(members: Iterable[Member], by: Member) -> frozenset[str]:
    """The entries whose place a correction or withdrawal takes: its outlet's earlier ones, and their copies."""
    members = list(members)
    own = {m.entry for m in members if m.outlet == by.outlet and m.at <= by.at and m.entry != by.entry}
    own |= {m.entry for m in members if m.copy_of in own and m.stance.does == "tells"}
    return frozenset(own)


def readable(story: Story) -> list[Member]:
    """The reports whose words may be shown: no copies; what was withdrawn or corrected, or is hearsay, only where nothing
    else is left."""
    gone = withdrawn(story.members)
    corrections = (m for m in story.members if m.stance.does == "corrects")
    gone |= {entry for m in corrections for entry in retold(story.members, m)}
    gone |= settled(story.members)
    own = [m for m in story.members if m.counts]
    told = [m for m in own if m.entry not in gone]
    return [m for m in told if not m.stance.hearsay] or told or own or list(story.members)


def telling(members: Sequence[Member]) -> list[Member]:
    """The reports that bear a story out: hearsay only while there is nothing else. Where all only deny something,
    the denial is what there is to tell."""
    own = [m for m in members if m.counts]
    if own and all(m.stance.does == "denies" for m in own):
        return own
    gone = withdrawn(members)
    told = [m for m in own if m.entry not in gone and m.stance.does not in ("denies", "withdraws")]
    return [m for m in told if not m.stance.hearsay] or told


def is_hearsay(members: Sequence[Member]) -> bool:
    """Whether nobody answers for what is told: all that tell it tell of a post or a rumour."""
    told = telling(members)
    return bool(told) and all(m.stance.hearsay for m in told)


def denials(members: Sequence[Member]) -> list[Stance]:
    """Who denies what others tell."""
    told = any(m.relevant and m.stance.does != "denies" for m in members)
    return _denied(members) if told else []


def _denied(members: Sequence[Member]) -> list[Stance]:
    """The denials that hold: their side has confirmed nothing of it since."""
    over = settled(members)
    return [m.stance for m in members if m.counts and m.stance.does == "denies" and m.entry not in over]


def settled(members: Sequence[Member], by: Iterable[Member] | None = None) -> frozenset[str]:
    """The denials that reports end (all of them, or those given), as their side confirms what it had denied: a truce,
    talks, or what the denial names."""
    found: set[str] = set()
    for later in members if by is None else by:
        one = later.stance
        if one.does == "confirms":
            sides = NATIONS if one.by == BOTH_SIDES else {one.side} & NATIONS
            denied = (m for m in members if m.stance.does == "denies" and m.stance.side in sides)
            known = later.type in SPOKEN
            found |= {
                m.entry
                for m in denied
                if m.seen <= later.seen and (known or same_matter(one.of, m.stance.of))
            }
    return frozenset(found)


def denied_by_both(members: Sequence[Member]) -> bool:
    """Whether both countries deny one and the same: then hardly anybody stands by it."""
    own = _denied(members)
    by = {side: [one.of for one in own if one.by == BOTH_SIDES or one.side == side] for side in NATIONS}
    first, second = by.values()
    return any(same_matter(one, other) for one in first for other in second)


def said_of(members: Sequence[Member], entry: str) -> tuple[str, ...]:
    """What one report's denial or withdrawal is, in a line of "what changed"; nothing where it was said before.

    "denied by Pakistan (government): “hitting a madrasa”", "Khyber Ledger withdrew its report"
    """
    one = next((m for m in members if m.entry == entry), None)
    if one is None or not one.counts:
        return ()
    does, by = one.stance.does, one.stance.by
    if does == "denies" and denials(members):
        denied = [m.stance for m in members if m.stance.does == "denies" and m.entry != entry]
        if any(known.by == by and same_matter(known.of, one.stance.of) for known in denied):
            return ()
        what = f": “{one.stance.of}”" if one.stance.of else ""
        return (f"denied by {by}{what}" if by else f"denied, {one.outlet} reports{what}",)
    if does == "confirms":
        news = settled(members, [one]) - settled(members, (m for m in members if m.seen < one.seen))
        return (f"confirmed by {by}; denied before",) if news else ()
    if does == "withdraws":
        return (f"{one.outlet} withdrew its report",)
    return ()


def same_matter(one: str, other: str) -> bool:
    """Whether two denials turn down one thing; one that names nothing is of the happening as a whole.

    >>> same_matter("that talks had collapsed", "talks collapsed"), same_matter("talks had collapsed", "signing a pact")
    (True, False)
    """
    first, second = ({word[:STEM] for word in fold(of).split() if len(word) > SHORT} for of in (one, other))
    return not (first and second) or 2 * len(first & second) >= min(len(first), len(second))
