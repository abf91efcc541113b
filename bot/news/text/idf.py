"""How telling a word is: a text's terms, one for all spellings and forms, with weights that never change.

The weights are shipped (`idf.toml`), so a story's score does not depend on what was read before it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.news.text.lexicon import NATIONS, Lexicon, Mention, Text
from bot.news.text.words import fold_word, word_set

LEAD = 400  # characters of a summary that are sketched
TITLE_WEIGHT = 2.0  # of a word of the title, where one of the lead counts 1
SPANS = word_set("hour day week month year minut")  # a "48-hour truce" counts no one
GROUP = re.compile(r"\d{2,3}")  # of the digits of a number: "84,000", "1,50,000"
YEAR = re.compile("20..")
COMMAS = (",", "٬")
FIRE, SHELL = "fire", "shell"  # shells are fired too
TIMES = ("1000", "100000", "1000000")
AND = "و"  # "27 thousand and 400"
WHOLE = frozenset({"country", "state", "demonym"})  # names that nearly every text of the topic has


def stem(word: str) -> str:
    """A word without its English ending; crude, but the same for all forms.

    >>> [stem(w) for w in "talks talking talked stopped parties clashes crossing fuses".split()]
    ['talk', 'talk', 'talk', 'stop', 'party', 'clash', 'cross', 'fus']
    """
    if not word.isascii() or len(word) <= 3:
        return word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word.removesuffix(ending)
            doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
            return word[:-1] if doubled else word.rstrip("e")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]
    return word.rstrip("e") if len(word) > 3 else word


@dataclass(frozen=True, slots=True)
class Sketch:
    """A title and lead as terms: unit vectors of both together and of the title, numbers and places."""

    vector: dict[str, float]
    title: dict[str, float]
    lead: frozenset[str]  # the terms of the lead
    numbers: frozenset[str]
    counts: frozenset[str]  # the numbers that tell one report from another: no small ones, no years
    places: frozenset[str]  # canonical, without the two countries
    spans: frozenset[tuple[str, str]] = frozenset()  # how long: ("month", "3")
    means: frozenset[str] = frozenset()  # by what an attack was made: "bomb", "gun"
    outcomes: frozenset[str] = frozenset()  # how it came out: "failed", "opened"


@dataclass(frozen=True, slots=True)
class Table:
    """The shipped weights: term → how rare it is in general news, in nats; unknown terms are `rarest`."""

    weights: Mapping[str, float] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)  # word form → the term that stands for it
    stop: frozenset[str] = frozenset()
    kinds: Mapping[str, float] = field(default_factory=dict)  # kind of name → weight of such a name
    rarest: float = 7.0
    offices: Mapping[str, str] = field(default_factory=dict)  # person → the office that he or she holds
    means: Mapping[str, str] = field(default_factory=dict)  # term → by what an attack was made
    outcomes: Mapping[str, str] = field(default_factory=dict)  # term → how something came out


def build(idf: Mapping[str, Any], stories: Mapping[str, Any], offices: Mapping[str, str]) -> Table:
    """The table of `idf.toml` (weight → words) and `stories.toml` (`same`, `stop`, `kinds`, `means`, `outcomes`)."""
    weights = {term: float(weight) for weight, terms in idf["terms"].items() for term in terms.split()}
    same = {fold_word(form): term for term, forms in stories["same"].items() for form in forms.split()}
    weights |= {term: float(weight) for term, weight in stories["terms"].items()}
    stop = frozenset(fold_word(word) for word in stories["stop"].split())
    means, outcomes = (
        {term: name for name, terms in stories[table].items() for term in terms.split()}
        for table in ("means", "outcomes")
    )
    return Table(weights, same, stop, dict(stories["kinds"]), float(idf["rarest"]), offices, means, outcomes)


class Terms:
    """A topic's names and weights, ready to turn texts into sketches; a text is only sketched once."""

    def __init__(self, lexicon: Lexicon | None = None, table: Table | None = None) -> None:
        self._lexicon, self._table = lexicon or Lexicon(), table or Table()
        self.sketch = lru_cache(maxsize=4096)(self._sketch)
        self.weight = lru_cache(maxsize=32_768)(self._weight)

    def _weight(self, term: str) -> float:
        """How telling a term is.

        >>> Terms(table=Table({"border": 4.0})).weight("border")
        4.0
        """
        if term.startswith("@"):
            kind = term[1:].partition(":")[0]
            return self._table.kinds.get(kind, self._table.rarest)
        if term.isdecimal():
            return 2.5 if len(term) == 1 or YEAR.fullmatch(term) else 4.0
        return self._table.weights.get(term, self._table.rarest)

    def _sketch(self, title: str, lead: str) -> Sketch:
        text = self._lexicon.read(f"{title}\n{lead}")

        head: list[str] = []
        body: list[str] = []
        spans: set[tuple[str, str]] = set()
        before = ""
        for term, start in self._terms(text):
            if term in SPANS and before.isdecimal():
                spans.add((term, before))
            before = term
            (head if start < len(title) else body).append(term)
        both = Counter(body)
        weights = {t: 1 + math.log(n) for t, n in both.items()}
        for term, count in Counter(head).items():
            weights[term] = weights.get(term, 0.0) + TITLE_WEIGHT * (1 + math.log(count))
        most = TITLE_WEIGHT + 1
        numbers = frozenset(term for term in weights if term.isdecimal())
        lengths = {number for _, number in spans}
        means, shelled = self._table.means, {FIRE} if SHELL in weights else set[str]()
        outcomes = self._table.outcomes

        return Sketch(
            vector=self._unit((t, min(w, most)) for t, w in weights.items()),
            title=self._unit((t, 1.0) for t in dict.fromkeys(head)),
            lead=frozenset(both),
            numbers=numbers,
            counts=frozenset(n for n in numbers - lengths if len(n) > 1 and not YEAR.fullmatch(n)),
            places=frozenset(m.name for m in text.mentions if _is_telling_place(m)),
            spans=frozenset(spans),
            means=frozenset(means[term] for term in weights.keys() & means.keys() - shelled),
            outcomes=frozenset(outcomes[term] for term in weights.keys() & outcomes.keys()),
        )

    def _unit(self, terms: Iterable[tuple[str, float]]) -> dict[str, float]:
        weighted = {term: count * self.weight(term) for term, count in terms}
        norm = math.sqrt(sum(w * w for w in weighted.values()))
        return {term: w / norm for term, w in weighted.items()} if norm else {}

    def _terms(self, text: Text) -> Iterable[tuple[str, int]]:
        """Each term with its place: a name as one term, whatever its spelling; other words by stem."""
        names = {m.token: m for m in text.mentions}
        skip = -1
        for index, token in enumerate(text.tokens):
            if index in names:
                mention = names[index]
                skip = mention.end
                if not mention.dateline:
                    yield _name(mention), token.start
                    if office := self._table.offices.get(mention.name):  # "Asif" is "the defence minister"
                        yield f"@office:{office}", token.start
            elif token.start >= skip and token.word not in self._table.stop:
                term = self._table.same.get(token.word) or stem(token.word)
                if token.word.isdecimal():
                    term, skip = _whole(text, index, self._table.same)
                if len(term) > 1 or term.isdecimal() or not term.isascii():
                    yield term, token.start


def _whole(text: Text, index: int, same: Mapping[str, str]) -> tuple[str, int]:
    """A number with what belongs to it, and where it ends: "84,000", "1,50,000", "۱۸ هزار", "۲۷ هزار و ۴۰۰"."""
    tokens = text.tokens
    digits, at = tokens[index].word, index + 1
    while (
        at < len(tokens)
        and GROUP.fullmatch(tokens[at].word)
        and text.text[tokens[at - 1].end : tokens[at].start] in COMMAS
    ):
        digits, at = digits + tokens[at].word, at + 1
    number = int(digits)
    if at < len(tokens) and (times := same.get(tokens[at].word, "")) in TIMES:
        number, at = number * int(times), at + 1
        rest = tokens[at : at + 2]
        if len(rest) == 2 and rest[0].word == AND and rest[1].word.isdecimal():
            number, at = number + int(rest[1].word), at + 2
    return str(number), tokens[at - 1].end


def _name(mention: Mention) -> str:
    """The term of a name: the two countries, their states and their people are one term each."""
    if mention.kind in WHOLE:
        return f"@whole:{mention.side if mention.side in ('PK', 'AF') else mention.name}"
    return f"@{mention.kind}:{mention.name}"


def _is_telling_place(mention: Mention) -> bool:
    """Whether a place tells one happening from another: below the two countries, or a third country."""
    below = mention.is_place or mention.kind == "demonym"
    return below and not mention.dateline and (mention.kind not in WHOLE or mention.side not in NATIONS)


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """How alike two unit vectors are.

    >>> cosine({"truce": 0.6, "doha": 0.8}, {"doha": 1.0})
    0.8
    """
    return math.fsum([a[term] * b[term] for term in a.keys() & b.keys()])  # exact, so in any order
