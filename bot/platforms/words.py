"""What every platform says alike: the heading of an alert, a key figure with its claimant, who reports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.commands.base import Reply, call
from bot.news.alerts.days import day as day
from bot.news.figures.claims import ledger
from bot.news.model import Alert, FigureLine

LONGEST_NUMBER = 9  # digits of a story's number
# The buttons under an alert: what they are called, and the command that pressing one asks of its story.
BUTTONS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "wording": ("Wording", "story", {"part": "wording"}),
    "sources": ("All sources", "story", {"part": "sources"}),
    "timeline": ("Timeline", "story", {"part": "timeline"}),
    "follow": ("Follow", "follow", {}),
    "unfollow": ("Unfollow", "follow", {"stop": "yes"}),
}


FAILED = Reply("That did not work", "The operator finds the reason in the log. Please try again.", error=True)
UNKNOWN_BUTTON = Reply(
    "This button leads nowhere", f"It comes from another version. Ask {call('timeline')} instead.", error=True
)


def story_buttons(private: bool) -> Iterator[tuple[str, str]]:
    """Names and labels of those that an alert has, in a channel or in direct messages."""
    hidden = "follow" if private else "unfollow"
    return ((name, label) for name, (label, *_) in BUTTONS.items() if name != hidden)


def pressed(name: str, story: str) -> tuple[str, dict[str, str]] | None:
    """The command and options that a button asks; None for one that we never made.

    >>> pressed("wording", "41"), pressed("drop", "41"), pressed("wording", "41; drop")
    (('story', {'story': '41', 'part': 'wording'}), None, None)
    """
    if name not in BUTTONS or not (story.isascii() and story.isdecimal()) or len(story) > LONGEST_NUMBER:
        return None
    _, command, options = BUTTONS[name]
    return command, {"story": story, **options}


def heading(alert: Alert) -> str:
    """Level word, kind and place, and the day where it is not the one on which we heard of it."""
    parts = [alert.level.word.upper(), alert.type.replace("_", " "), alert.place]
    if alert.event_date and alert.event_date != alert.first_seen.date():
        parts.append(day(alert.event_date))
    elif alert.undated:
        parts.append(f"first seen {day(alert.first_seen)}, undated")
    return " · ".join(part for part in parts if part)


def sign(line: FigureLine) -> str:
    """What stands before a key figure; a contradiction is said in words, not by its sign alone."""
    return "≠ contradicted:" if line.conflict else "•"


def figure(line: FigureLine) -> str:
    """One key figure with its claimant: never a number without its words.

    >>> from bot.news.model import Figure
    >>> one = Figure(58, 58, "58", "exact", "killed", None, "pak_security_forces", "Zabihullah Mujahid",
    ...              "Mujahid", "incident", False, None, False, "58 soldiers killed", 0, 18)
    >>> figure(FigureLine(one, "Khaama", "", "claim about the other side")).split(" — ")[1]
    'Zabihullah Mujahid (claim about the other side)'
    """
    label = f" ({line.label})" if line.label else ""
    note = f"; {line.note}" if line.note else ""
    said = ledger.part_words(line.figure) if line.part else ledger.words(line.figure)
    return f"{said}{ledger.limited(line.figure)} — {line.figure.claimant}{label}{note}"


def leading(alert: Alert) -> str:
    """Its first key figure for a list of stories, and whether that is contradicted; "" where it has none."""
    lines = (f"{sign(line)} {figure(line)}".removeprefix("• ") for line in alert.figures)
    return next(lines, "")


def heard(alert: Alert) -> tuple[str, ...]:
    """What changed, for a message that is heard: that the level rose is said, and said once."""
    told = not alert.level_rose or any(words.startswith("level ") for words in alert.changed)
    return alert.changed if told else ("the level rose", *alert.changed)


def corroboration(alert: Alert) -> str:
    """Publisher families by side, and what that means.

    'none' is an outlet that our table does not know.
    """
    names = {"none": "other"}
    sides = " · ".join(f"{names.get(side, side)} {count}" for side, count in alert.corroboration.families)
    return f"{sides} — {alert.corroboration.word}" if sides else alert.corroboration.word


def chunks(lines: Iterable[str], most: int, count: int) -> Iterator[list[str]]:
    """Lines in groups of at most `count` lines and `most` characters."""
    group: list[str] = []
    for line in lines:
        if group and (len(group) >= count or sum(map(len, group)) + len(group) + len(line) > most):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def whole(lines: Iterable[str], most: int) -> tuple[list[str], int]:
    """The lines that fit whole into `most` characters, and how many were left out.

    >>> whole(["58 killed — ISPR", "", "a longer one — Kabul", "short"], 24)
    (['58 killed — ISPR', 'short'], 2)
    """
    shown: list[str] = []
    left = 0
    for line in lines:
        if line and sum(map(len, shown)) + len(shown) + len(line) <= most:
            shown.append(line)
        else:
            left += 1
    return shown, left
