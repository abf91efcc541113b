"""Have we seen this entry? Names under which it may come again, edits of it, and copies by other outlets.

A date is never part of an identity. Feeds change guids, give one guid to all items, rewrite a story
under one address and return old items: so a shared name is evidence that the texts must not deny.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from bot.news.model import Entry, Stance
from bot.news.stories.story import Member
from bot.news.text.idf import LEAD, Sketch, Terms
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import fold, word_set

TRACKING = re.compile(
    r"(?:utm_|at_|pk_|mtm_|hsa_|ns_|wt_|ga_|vero_|oly_)\w*|(?:fb|g|ms|y|dc|tw|ig|gb|wb|li_fat_)cl?i?d\w{0,3}|"
    r"amp|ref|ref_src|ref_url|referrer|source|src|cmpid?|cmp|ocid|icid|smid|smtyp|partner|rss|from|feed|feedtype|feedname|"
    r"mc_[ce]id|mkt_tok|s_cid|sr_share|share|shared|share_id|spm|trk|traffic_source|output|"
    r"outputtype|ito|taid|sh|via|xtor|_hs\w+|campaign|campaign_id",
    re.IGNORECASE,
)
AMP = re.compile(r"(?<!\.amp)(?:\.amp)+(?=$|\.html?$)", re.IGNORECASE)
JSESSION = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
SESSION = re.compile(r"(?:php|asp\.?net_?)?j?sess?(?:ion)?_?id|sid", re.IGNORECASE)
SESSION_LENGTH = 16  # a shorter "sid" may be the id of a story
NUMBERED = re.compile(r"(?<![0-9a-z])(?!20\d{6}(?!\d))\d{5,12}(?![0-9a-z])", re.IGNORECASE)  # no dates
PREFIX = re.compile(r"^(?:(?:www\d?|m|amp|mobile|rss|feeds)\.(?=[^.]+\.[^.]))+")
# An address in which nothing has to be undone, left out or put in order.
PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*)/?")
MONTHS = "january february march april may june july august september october november december"
DAYS = "monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight"
DATED = word_set(f"{MONTHS} jan feb mar apr jun jul aug sep sept oct nov dec {DAYS}")
COUNTED = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
NUMBER = re.compile(rf"\d+(?:st|nd|rd|th)?|{COUNTED}")
LONGEST = 2000  # characters of an address that is looked into
TITLE = 300  # characters of a title that count
WINDOW = timedelta(days=3)  # in which the same title of one outlet is the same entry
HALF = 3  # days; two overlapping rows of windows twice as long hold every pair within WINDOW
EDIT = 0.35  # share of common words from which a changed text is an edit, not another story
ALIKE = 0.60  # the same for two texts under one title
TITLED = 0.8  # share of a title's words from which two titles are one
FEW = 6  # words that a lead needs to be compared
TELLS = Stance()


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that we have met: enough to recognise it, an edit of it, or a copy of it."""

    id: str
    outlet: str
    family: str
    url: str
    title: str
    summary: str
    seen: datetime
    story: int | None = None
    copy_of: str | None = None


class Match(NamedTuple):
    """The entry that we know, and whether its text changed since."""

    known: Known
    edited: bool
    because: str


@lru_cache(maxsize=8192)  # of one entry it is asked for again and again
def canonical(url: str) -> str:
    """An address without what changes from reader to reader.

    >>> canonical("http://m.dawn.com:80/news/1952/?utm_source=rss&id=7#comments")
    'https://dawn.com/news/1952?id=7'
    >>> canonical("https://www.bbc.co.uk/news/world-1.amp") == canonical("https://bbc.co.uk/news/world-1/amp/")
    True
    """
    if (plain := PLAIN.fullmatch(url)) and len(url) <= LONGEST and "amp" not in plain[2].lower():
        return f"https://{PREFIX.sub('', plain[1])}{plain[2]}"  # most are, and this takes a tenth of the time
    return _undone(url)


def _undone(url: str) -> str:
    url = url.strip().replace("&amp;", "&")
    if len(url) > LONGEST:
        return url
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https", "") or not host:
        return url
    host = PREFIX.sub("", host)
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = unquote(JSESSION.sub("", parts.path))
    steps = [step for step in path.split("/") if step and step.lower() != "amp"]
    path = AMP.sub("", "".join(f"/{step}" for step in steps))
    path = quote(path, safe="/:@!$&'()*+,;=-._~", errors="replace")
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _passing(*pair)]
    query = urlencode(sorted(kept), errors="replace")
    return f"https://{host}{path}?{query}" if query else f"https://{host}{path}"


def _passing(name: str, value: str) -> bool:
    """Whether a parameter says who reads, not what is read."""
    session = SESSION.fullmatch(name) is not None and len(value) >= SESSION_LENGTH
    return session or TRACKING.fullmatch(name) is not None


def numbered(url: str) -> str:
    """The site and the article's number, where the address has just one; the words beside it may change.

    >>> numbered("https://www.dawn.com/news/1952001/torkham-reopens"), numbered("https://a.example/2025/10/18/x")
    ('dawn.com 1952001', '')
    """
    site, _, path = canonical(url).removeprefix("https://").partition("/")
    numbers = NUMBERED.findall(path)
    return f"{site} {numbers[0]}" if len(numbers) == 1 else ""


def keys(entry: Entry) -> tuple[str, ...]:
    """The names under which this entry may come again, strongest first.

    The title's names hold for a window of days; of two that overlap, every pair of days within
    `WINDOW` shares at least one.
    """
    day = entry.seen.date().toordinal()
    return _keys(entry.feed, entry.outlet, entry.guid.strip(), entry.url, entry.title[:TITLE], day)


@lru_cache(maxsize=1024)  # of one entry it is asked for three times
def _keys(feed: str, outlet: str, guid: str, url: str, title: str, day: int) -> tuple[str, ...]:
    names = []
    if guid:
        names.append("g:" + _digest(feed, _guid(guid)))
    if address := canonical(url):
        names.append("u:" + _digest(address))
    if number := numbered(url):
        names.append("n:" + _digest(number))
    if words := fold(title):
        names.append("t:" + _digest(outlet, words, f"a{day // (2 * HALF)}"))
        names.append("t:" + _digest(outlet, words, f"b{(day + HALF) // (2 * HALF)}"))
    return tuple(names)


def _guid(guid: str) -> str:
    """A guid as far as it stays the same: addresses as addresses, entities undone."""
    return (
        canonical(guid)
        if guid[:8].lower().startswith(("http://", "https://"))
        else guid.replace("&amp;", "&")
    )


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=15).hexdigest()


def recognise(entry: Entry, met: Mapping[str, Known]) -> Match | None:
    """The known entry that this is, if any: by guid, address or title, unless the texts deny it."""
    for key in keys(entry):
        before = met.get(key)
        if before is not None and (because := _same(key[0], entry, before)):
            edited = fold(entry.title) != fold(before.title) or (
                bool(before.summary) and fold(entry.summary) != fold(before.summary)
            )
            return Match(before, edited, because)
    return None


def known(entry: Entry, story: int | None = None, copy: str | None = None) -> Known:
    """What is kept of an entry, to know it again."""
    return Known(
        id=entry.id,
        outlet=entry.outlet,
        family=entry.family,
        url=entry.url,
        title=entry.title,
        summary=entry.summary,
        seen=entry.seen,
        story=story,
        copy_of=copy,
    )


def _same(kind: str, entry: Entry, before: Known) -> str:
    """Why an entry that shares a name with a known one is the same; "" if it is not."""
    if "%" in mask(entry.title) and is_periodic(entry.title, before.title):
        return ""
    titles = likeness(entry.title, before.title)
    leads = likeness(entry.summary, before.summary) if entry.summary and before.summary else 0.0
    kept = titles >= EDIT or leads >= EDIT
    one_address = canonical(entry.url) == canonical(before.url)
    if kind in "ug" and one_address and (kept or _is_article(entry.url)):
        return "same address"
    if kind == "g" and kept and not is_periodic(entry.title, before.title):
        return "same guid, much the same text"
    if kind == "n" and kept:
        return "same number of the same site, much the same text"
    if kind != "t" or abs(entry.seen - before.seen) > WINDOW or not titles:
        return ""
    if entry.summary and before.summary and (leads < ALIKE or _of_another_day(entry.summary, before.summary)):
        return ""
    return "same title of the same outlet within three days"


def _of_another_day(one: str, other: str) -> bool:
    """Whether two texts name other days: four killed on Monday, and again on Wednesday."""
    here, there = (DATED & set(fold(text).split()) for text in (one, other))
    return bool(here and there) and here.isdisjoint(there)


def _is_article(url: str) -> bool:
    """Whether an address looks like one article's, not a home page or a section's.

    >>> [_is_article(u) for u in ("https://a.example/", "https://a.example/news", "https://a.example/n/2025-x")]
    [False, False, True]
    """
    address = canonical(url).partition("//")[2]
    _, _, path = address.partition("/")
    last = path.rpartition("/")[2]
    return any(c.isdigit() for c in path) or last.count("-") >= 2 or len(last) >= 30


def likeness(a: str, b: str) -> float:
    """The share of words that two texts have in common.

    >>> likeness("Truce holds, says Kabul", "Kabul says truce holds")
    1.0
    """
    words, others = set(fold(a[:2000]).split()), set(fold(b[:2000]).split())
    return len(words & others) / len(words | others) if words or others else 1.0


def mask(title: str) -> str:
    """A title with its numbers as `#` and its days and months as `%`.

    >>> mask("Gold rate in Pakistan today, 3 November 2025")
    'gold rate in pakistan % # % #'
    """
    words = fold(title[:TITLE]).split()
    return " ".join("%" if w in DATED else "#" if NUMBER.fullmatch(w) else w for w in words)


TOLL = word_set("killed dead die dies died kill kills injured wounded hurt toll casualties martyred")


def is_periodic(title: str, other: str) -> bool:
    """Whether two titles are one template for two days; a toll that rises is no template.

    >>> is_periodic("Gold rate today, 3 May", "Gold rate today, 4 May"), is_periodic("17 killed", "28 killed")
    (True, False)
    """
    one = mask(title)
    if one != mask(other) or fold(title) == fold(other):
        return False
    words = one.split()
    return "%" in words or ("#" in words and TOLL.isdisjoint(words))


def copy_of(
    entry: Entry, members: Iterable[Member], terms: Terms, least: float, stance: Stance = TELLS
) -> str | None:
    """The entry of another outlet whose text this one carries, word by word or lightly rewritten.

    A denial or a correction in nearly the same words does something else: it copies only its like.
    """
    own = terms.sketch(entry.title, entry.summary[:LEAD])
    best, found = 0.0, None
    for member in members:
        if member.outlet == entry.outlet or is_periodic(entry.title, member.title):
            continue
        if _differ(member.stance, stance):
            continue
        alike = alikeness(own, terms.sketch(member.title, member.lead))
        if alike >= least and alike > best:
            best, found = alike, member.copy_of or member.entry
    return found


def _differ(one: Stance, other: Stance) -> bool:
    """Whether two texts do not do the same: one denies what the other tells, or answers for what is only rumoured there,
    or they tell of two sides' denials."""
    return (one.does, one.hearsay) != (other.does, other.hearsay) or (
        one.does == "denies" and {one.side, other.side} == NATIONS
    )


def alikeness(a: Sketch, b: Sketch) -> float:
    """The share of words that two leads have in common: two reports of one happening share its names and its
    toll, only copies share the rest. 0 where a number, a place or an outcome of one contradicts the other.

    Under one title, a cut lead or none is the same text.
    """
    for one, other in ((a.numbers, b.numbers), (a.places, b.places), (a.outcomes, b.outcomes)):
        if one - other and other - one:
            return 0.0
    if a.spans and b.spans and _last_differently(dict(a.spans), dict(b.spans)):
        return 0.0
    common, shorter = len(a.lead & b.lead), min(len(a.lead), len(b.lead))
    if _share(a.title.keys(), b.title.keys()) >= TITLED and common >= TITLED * shorter:
        return 1.0
    return _share(a.lead, b.lead) if shorter >= FEW else 0.0


def _last_differently(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """ "For three months", "for two months": other numbers of one unit, though both speak of two countries."""
    return any(one[unit] != other[unit] for unit in one.keys() & other.keys())


def _share(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
