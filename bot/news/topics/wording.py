"""Neutral words for the bot's own sentences: killed for martyred, TTP for Fitna al-Khawarij.

Only headlines and the bot's own lines pass through here, never a quotation: what stands between quotation
marks is somebody's word. What was replaced is reported, so that the Wording button can show it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from bot.news.text.words import fold, word_set
from bot.news.topics.topic import Term, Topic

QUOTES = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’", "'": "'"}
SINGLE = "'‘’"
LONGEST = 8_000  # a headline or a summary; nothing longer is the bot's own
NEAR = 5  # words around a verb in which its object stands
REMOVED = word_set("neutralised neutralized eliminated")
REMOVING = word_set(
    "neutralise neutralises neutralize neutralizes neutralising neutralizing eliminate eliminates eliminating"
)
DYING = word_set("embrace embraces embraced attain attains attained")
NUMBER = word_set(
    "a one two three four five six seven eight nine ten eleven twelve several dozens scores many"
)
BANDS = word_set("militant militants group")  # what a name stands in front of, not behind: "militants TTP"
ONE = word_set("was is has does remains")  # after the name of one group
BELONGS = word_set("of from belonging to affiliated linked with the banned outlawed")
DETERMINERS = word_set("the this that these those its their his her our a an")
ARTICLE = re.compile(r"\b(a|an|the) $", re.IGNORECASE)
OPENING = ("", ".", "!", "?", ":", ";", "|", "—", "–", "-", "(", "•")  # before a sentence
BARE = ("Pakistan", "parts of Pakistan's military")  # names that take no article
QUOTED = ""  # instead of a replacement: no other word fits


Telling = Mapping[str, frozenset[str]]


class Neutral(NamedTuple):
    text: str
    replaced: tuple[
        str, ...
    ] = ()  # "martyred → killed", "FAK (PK) → TTP": whose word it is; in order, each once


class _Found(NamedTuple):
    """A loaded word in a text, and what takes its place there; QUOTED where nothing fits."""

    start: int
    end: int
    words: str


def neutral(text: str, topic: Topic) -> Neutral:
    """A text of the bot's own, with the words that carry a side replaced outside quotation marks.

    Where what would be put in their place does not fit, they stay and are marked as somebody's words.
    """
    pattern, meanings = _compiled(topic.wording)
    if pattern is None or len(text) > LONGEST:
        return Neutral(text)
    quoted = quotations(text)
    found = [
        _Found(match.start(), match.end(), words)
        for match in pattern.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in quoted)
        and (words := _words(match, meanings[fold(match.group())].neutral, text, topic.telling)) is not None
    ]
    done, at = "", 0
    replaced: list[str] = []
    for one in _together(found, text):
        done += text[at : one.start]
        original, at = text[one.start : one.end], one.end
        if one.words == QUOTED:
            done += f"“{original}”"
            continue
        done, words = _with_article(done, one.words)
        done += words
        term = meanings.get(fold(original))
        whose = f" ({term.side})" if term and term.side != "none" else ""
        replaced.append(f"{original}{whose} → {words}")
    done += text[at:]
    return Neutral(_once(done) if replaced else done, tuple(dict.fromkeys(replaced)))


def _together(found: list[_Found], text: str) -> list[_Found]:
    """Neighbours that fit each other: a name that two of them have become stands once, else both are quoted."""
    done: list[_Found] = []
    for one in found:
        last = done[-1] if done else None
        between = text[last.end : one.start] if last else ""
        if last is None or between.strip(" -/"):
            done.append(_without_name(one, text))
            continue
        if QUOTED in (last.words, one.words):
            done[-1] = _Found(last.start, one.end, QUOTED)
            continue
        before, after = last.words.split(), one.words.split()
        shared = before[-1].lower() == after[0].lower()
        if shared and len(after) == 1:
            done[-1] = last._replace(end=one.end)
        elif shared:
            done.append(one._replace(words=" ".join(after[1:])))
        elif before[-1] in BANDS and after[-1] in BANDS | {"TTP"}:
            done[-1] = _Found(last.start, one.end, QUOTED)  # "Indian proxy Fitna al-Hindustan"
        else:
            done.append(one)
    return done


def _without_name(one: _Found, text: str) -> _Found:
    """ "TTP militants" where the text names the TTP beside it: "TTP khwarij", "khwarij belonging to Fitna al-Khawarij"."""
    name, _, rest = one.words.partition(" ")
    if not rest or not name.isupper():
        return one
    before = text[: one.start].split()[-1:]
    after = fold(text[one.end : one.end + 40]).split()[: len(BELONGS)]
    whose = next((word for word in after if word not in BELONGS), "")
    beside = before == [name] or (bool(after) and after[0] != whose and whose in ("fitna", name.lower()))
    return one._replace(words=rest) if beside else one


def _with_article(before: str, words: str) -> tuple[str, str]:
    """What stands before a replacement with the article that it takes.

    >>> _with_article("when the ", "Pakistan"), _with_article("along ", "border"), _with_article("an ", "response")
    (('when ', 'Pakistan'), ('along ', 'the border'), ('a ', 'response'))
    """
    article = ARTICLE.search(before)
    last = before.split()[-1:] or [""]
    if article is None:
        alone = words.lower() == "border" and last[0].lower() not in DETERMINERS
        return before, (f"The {words.lower()}" if words[0].isupper() else f"the {words}") if alone else words
    if words in BARE:
        return before[: article.start()], words
    if article[1].lower() == "the":
        return before, words
    right = "an" if words[0].lower() in "aeiou" else "a"
    return f"{before[: article.start()]}{right if article[1][0].islower() else right.title()} ", words


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
def _compiled(terms: tuple[Term, ...]) -> tuple[re.Pattern[str] | None, dict[str, Term]]:
    """One pattern for all terms, longest first; spaces and hyphens stand for each other."""
    meanings = {fold(word): term for term in terms for word in (term.term, *term.aliases)}
    every = {word for term in terms for word in (term.term, *term.aliases)}
    spelled = sorted(every, key=lambda word: (-len(word), word))
    if not spelled:
        return None, {}
    flexible = [re.sub(r"\\?[ -]", "[ \u00a0‑-]", re.escape(word).replace("'", "['’]")) for word in spelled]
    return re.compile(rf"(?<!\w)(?:{'|'.join(flexible)})(?!\w)", re.IGNORECASE), meanings


def _words(match: re.Match[str], meaning: str, text: str, telling: Telling) -> str | None:
    """The replacement as it fits here; None where the word means something else, QUOTED where nothing fits."""
    found = fold(match.group()).split()
    before = fold(text[max(0, match.start() - 60) : match.start()]).split()[-NEAR:]
    after = fold(text[match.end() : match.end() + 60]).split()[:NEAR]
    first, last = found[0], found[-1]
    if first in REMOVED and meaning == "killed":
        if telling["things"] & {*before, *after} or not telling["people"] & {*before, *after}:
            return None  # drones are downed, threats removed: nobody was killed
    elif first in REMOVING:
        target = next((word for word in after if word in telling["things"] | telling["people"]), "")
        if target not in telling["people"]:
            return None
        form = "killing" if first.endswith("ing") else "kills" if first.endswith("s") else "kill"
        return _cased(form, match)
    elif first in ("terrorist", "terrorists") and telling["legal"] & {*before[-1:], *after[:2]}:
        return None  # the name of a list, a law or a status
    if first in DYING:
        meaning = "died"  # "had embraced martyrdom": those who die are the subject
    if last == "martyrs" and after and (after[0].isdigit() or after[0] in NUMBER):
        meaning = "kills"
    if _is_misfit(meaning, last, before, after, telling["of_name"]):
        return QUOTED
    return _cased(_numbered(meaning, last), match)


def _is_misfit(meaning: str, last: str, before: list[str], after: list[str], of_name: frozenset[str]) -> bool:
    """Whether a replacement would break its sentence: "a killed", "to dead", "Baloch militants was"."""
    if last == "martyr" and before[-1:] and before[-1] in DETERMINERS:
        return True
    if meaning == "dead":
        counted = before[-1:] and (before[-1] in DETERMINERS | NUMBER or before[-1].isdigit())
        return not counted
    many = meaning.endswith("militants") and not last.endswith(("s", "j"))  # the name of one group
    return many and bool(after) and (after[0] in ONE or after[0] in of_name)


def _numbered(meaning: str, last: str) -> str:
    """Singular for singular: "unprovoked attack" is one attack.

    >>> _numbered("attacks", "attack"), _numbered("attack", "attacks"), _numbered("killed", "martyred")
    ('attack', 'attacks', 'killed')
    """
    *rest, own = meaning.split()
    fitting = last if own in {f"{last}s", last.removesuffix("s")} else own
    return " ".join([*rest, fitting])


def _cased(meaning: str, match: re.Match[str]) -> str:
    """With a capital where a sentence begins or a headline writes all words so; "Indian" has one anywhere."""
    opens = match.string[: match.start()].rstrip()[-1:] in OPENING
    large = match.group()[0].isupper() and (opens or match.group().split()[-1][0].isupper())
    return meaning[0].upper() + meaning[1:] if large else meaning
