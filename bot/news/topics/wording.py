"""Neutral words for the bot's own sentences: killed for martyred, TTP for Fitna al-Khawarij.

Only headlines and the bot's own lines pass through here, never a quotation: what stands between quotation
marks is somebody's word. What was replaced is reported, so that the Wording button can show it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bot.news.text.words import fold, word_set
from bot.news.topics.topic import Term, Topic

QUOTES = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’", "'": "'"}
SINGLE = "'‘’"
LONGEST = 8_000  # a headline or a summary; nothing longer is the bot's own
NEAR = 5  # words around a verb in which its object stands
THINGS = word_set(
    "drone drones quadcopter quadcopters uav uavs aircraft missile missiles rocket rockets threat threats bomb "
    "bombs ied ieds device devices explosive explosives mine mines post posts hideout hideouts camp camps target "
    "targets site sites network networks plot tariff tariffs platform platforms"
)
PEOPLE = word_set(
    "militant militants terrorist terrorists fighter fighters insurgent insurgents khawarij khwarij kharji soldier "
    "soldiers personnel commander commanders men gunman gunmen people attacker attackers bomber bombers assailants "
    "leader leaders infiltrator infiltrators policeman policemen troops ttp taliban members operatives rebels"
)
REMOVED = word_set("neutralised neutralized eliminated")
DYING = word_set("embrace embraces embraced attain attains attained")
NUMBER = word_set(
    "a one two three four five six seven eight nine ten eleven twelve several dozens scores many"
)


class Neutral(NamedTuple):
    text: str
    replaced: tuple[str, ...] = ()  # "martyred → killed", in order, each once


def neutral(text: str, topic: Topic) -> Neutral:
    """A text of the bot's own, with the words that carry a side replaced outside quotation marks."""
    pattern, meanings = _compiled(topic.wording)
    if pattern is None or len(text) > LONGEST:
        return Neutral(text)
    kept, replaced, at = [], [], 0
    quoted = quotations(text)
    for match in pattern.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in quoted):
            continue
        words = _words(match, meanings[fold(match.group())], text)
        if words is None:
            continue
        kept += [text[at : match.start()], words]
        replaced.append(f"{match.group()} → {words}")
        at = match.end()
    done = "".join([*kept, text[at:]])
    return Neutral(_once(done) if replaced else done, tuple(dict.fromkeys(replaced)))


TWICE = re.compile(r"\b(\w{2,20})\b ?(?:/ ?\1\b|\(\1\))")


def _once(text: str) -> str:
    """A name that two labels of it have become, once.

    >>> _once("blaming TTP / TTP and the TTP (TTP)")
    'blaming TTP and the TTP'
    """
    return TWICE.sub(r"\1", text)


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Where quotation marks open and close; one that never closes holds for the rest of the text.

    >>> text = 'Army says "Fitna al-Khawarij" hit; Kabul\\'s men \\'martyred\\''
    >>> [text[start:end] for start, end in quotations(text)]
    ['"Fitna al-Khawarij"', "'martyred'"]
    """
    found, at = [], 0
    while at < len(text):
        closing = QUOTES.get(text[at])
        if closing is None or (text[at] in SINGLE and not _opens(text, at)):
            at += 1
            continue
        end = _close(text, at, closing)
        if end is None and text[at] in SINGLE:  # an apostrophe after all
            at += 1
            continue
        found.append((at, len(text) if end is None else end + 1))
        at = found[-1][1]
    return tuple(found)


def _opens(text: str, at: int) -> bool:
    return not text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()


def _close(text: str, at: int, closing: str) -> int | None:
    end = text.find(closing, at + 1)
    while end != -1 and closing in SINGLE and text[end + 1 : end + 2].isalnum():
        end = text.find(closing, end + 1)
    return None if end == -1 else end


@lru_cache(maxsize=4)
def _compiled(terms: tuple[Term, ...]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """One pattern for all terms, longest first; spaces and hyphens stand for each other."""
    meanings = {fold(word): term.neutral for term in terms for word in (term.term, *term.aliases)}
    spelled = sorted(
        {word for term in terms for word in (term.term, *term.aliases)}, key=lambda w: (-len(w), w)
    )
    if not spelled:
        return None, {}
    flexible = [re.sub(r"\\?[ -]", "[ \u00a0‑-]", re.escape(word).replace("'", "['’]")) for word in spelled]
    return re.compile(rf"(?<!\w)(?:{'|'.join(flexible)})(?!\w)", re.IGNORECASE), meanings


def _words(match: re.Match[str], meaning: str, text: str) -> str | None:
    """The replacement as it fits here; None where the word means something else."""
    found = fold(match.group()).split()
    before = fold(text[max(0, match.start() - 60) : match.start()]).split()[-NEAR:]
    after = fold(text[match.end() : match.end() + 60]).split()[:NEAR]
    if (
        meaning == "killed"
        and found[0] in REMOVED
        and (THINGS & {*before, *after} or not PEOPLE & {*before, *after})
    ):
        return None  # drones are downed, threats removed: nobody was killed
    if found[0] in DYING:
        meaning = "died"  # "had embraced martyrdom": those who die are the subject
    if found[-1] == "martyrs" and after and (after[0].isdigit() or after[0] in NUMBER):
        meaning = "kills"
    return _cased(_numbered(meaning, found[-1]), match.group())


def _numbered(meaning: str, last: str) -> str:
    """Singular for singular: "unprovoked attack" is one attack.

    >>> _numbered("attacks", "attack"), _numbered("attack", "attacks"), _numbered("killed", "martyred")
    ('attack', 'attacks', 'killed')
    """
    *rest, own = meaning.split()
    fitting = last if own in {f"{last}s", last.removesuffix("s")} else own
    return " ".join([*rest, fitting])


def _cased(meaning: str, original: str) -> str:
    return meaning[0].upper() + meaning[1:] if original[:1].isupper() and meaning[0].islower() else meaning
