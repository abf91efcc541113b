"""Bytes of a feed → rows of plain text: feedparser does the reading, everything round it the caring.

This runs in the limited child. A row is plain JSON; `parse` makes an `Entry` of it.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypedDict
from urllib.parse import urljoin, urlsplit

import feedparser

from bot.feeds import gdelt, items, plain, published, sax, search
from bot.feeds.language import spoken
from bot.feeds.mend import mend
from bot.feeds.prepare import Prepared, Unfit, prepare

sax.install()

MAX_URL, MAX_GUID = 4_096, 1_000
MAX_TEXT = 2_000_000  # characters of all summaries of one feed; later ones are cut shorter
_DEFAULTS = {"sanitize_html": False, "resolve_relative_uris": False}  # `plain` and the renderers replace both
_USUAL = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(?:[/?#][!-~]*)?")  # an address that needs no closer look


class Row(TypedDict):
    id: str
    url: str
    title: str
    summary: str
    guid: str
    published: str | None
    lang: str
    outlet: str
    side: str


class Job(TypedDict):
    """What the child needs to know of a feed."""

    url: str
    outlet: str
    side: str
    lang: str
    zone: str
    kind: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Reading:
    rows: tuple[Row, ...]
    title: str
    marks: bytes
    unchanged: int
    total: int
    full_text: bool
    notes: tuple[str, ...]


def read(body: bytes, job: Job, known: bytes = b"") -> Reading | Unfit:
    """All entries of a feed, or those that are not in `known` (the marks of an earlier reading)."""
    if job["kind"] == "gdelt" and body.lstrip()[:1] == b"{":
        return _searched(body, job)
    prepared = prepare(body, job["content_type"])
    if isinstance(prepared, Unfit):
        return prepared
    notes = list(prepared.notes)
    marks = frozenset(known[at : at + items.MARK] for at in range(0, len(known), items.MARK))
    data, found, cut = _parted(prepared.data, marks, notes)
    if isinstance(found, items.Broken):
        return Unfit(found.reason) if found.hostile else _loosely(prepared, job, found.reason)
    same, wanted = _sort(found, marks, notes)
    starts = {item.start for item in wanted}
    unneeded = [item for item in found.items if item.start not in starts]
    document = _parse(items.without(data, unneeded))
    rows = _rows(document, job)
    if not document.entries and not document.version and not unneeded and not cut:
        return Unfit("it is XML, but not a feed")
    kept = () if found.repeats else (*cut, *(item.mark for item in [*same, *wanted]))
    total = len(document.entries) + len(unneeded) + len(cut)
    return _reading(document, rows, b"".join(kept), len(same) + len(cut), total, notes)


def _searched(body: bytes, job: Job) -> Reading | Unfit:
    """GDELT's other form: JSON."""
    found = gdelt.articles(body)
    if found is None:
        return Unfit("it is neither a feed nor GDELT's JSON")
    rows = []
    for article in found:
        title, outlet = search.publisher(article.title, "", article.url, "gdelt", job["outlet"])
        row = Row(
            id="",
            url=article.url,
            title=title,
            summary="",
            guid="",
            published=article.published,
            lang=spoken(title, article.lang, job["lang"]),
            outlet=outlet,
            side="none",
        )
        row["id"] = _identity(row, shared=False)
        rows.append(row)
    return Reading(tuple(rows), "GDELT", b"", 0, len(rows), False, ())


def _parted(
    data: bytes, known: frozenset[bytes], notes: list[str]
) -> tuple[bytes, items.Layout | items.Broken, tuple[bytes, ...]]:
    """What is to be looked through, where its items are, and the marks of those that were cut out before."""
    rest, said = items.rest(data, known), list[str]()
    if rest.marks:
        left, found = _laid_out(rest.data, said)
        if isinstance(found, items.Layout) and not found.repeats and not rest.repeats(found):
            notes += said
            return left, found, rest.marks
    return *_laid_out(data, notes), ()


def _laid_out(data: bytes, notes: list[str]) -> tuple[bytes, items.Layout | items.Broken]:
    """Where the items are, if need be after mending what is broken."""
    found = items.layout(data)
    if isinstance(found, items.Layout) or found.hostile:
        return data, found
    notes.append(found.reason)
    mended = mend(data)
    again = items.layout(mended)
    return (mended, again) if isinstance(again, items.Layout) else (data, found)


def _sort(
    found: items.Layout, marks: frozenset[bytes], notes: list[str]
) -> tuple[list[items.Item], list[items.Item]]:
    """The items that are as they were, and those to be parsed.

    Of very many, the first and the last are taken, whichever way round the feed is; those between
    have no mark yet and follow at later polls.
    """
    honest = [item for item in found.items if not item.monstrous]
    if len(honest) < len(found.items):
        notes.append(f"{len(found.items) - len(honest)} items are too large and were left out")
    if found.repeats:
        marks = frozenset()
        notes.append("one guid stands on several items")
    unknown = [item for item in honest if item.mark not in marks]
    if len(unknown) > items.MAX_ITEMS:
        notes.append(f"{len(unknown) - items.MAX_ITEMS} of its items wait for later polls")
        half = items.MAX_ITEMS // 2
        unknown = unknown[:half] + unknown[-half:]
    return [item for item in honest if item.mark in marks], unknown


def _loosely(prepared: Prepared, job: Job, reason: str) -> Reading | Unfit:
    """feedparser's forgiving reading of broken XML: keeps what can be kept, remembers nothing."""
    document = _parse(items.shortened(prepared.data))
    rows = _rows(document, job)
    if not document.entries and not document.version:
        return Unfit(reason)
    return _reading(document, rows, b"", 0, len(document.entries), [*prepared.notes, reason])


def _parse(data: bytes) -> Any:
    # Always a stream: given plain bytes or text, feedparser would open a file or an address of that name.
    headers = {"content-type": "application/xml; charset=utf-8"}
    return feedparser.parse(BytesIO(data), response_headers=headers, **_DEFAULTS)


def _reading(
    document: Any, rows: list[Row], marks: bytes, unchanged: int, total: int, notes: list[str]
) -> Reading:
    long = sum(len(row["summary"]) > plain.TEASER for row in rows)
    title = plain.title(str(document.feed.get("title", "")))
    return Reading(tuple(rows), title, marks, unchanged, total, long * 2 > len(rows), tuple(notes))


def _rows(document: Any, job: Job) -> list[Row]:
    """Rows in the feed's order. Where a guid or a link is shared it cannot be what tells entries apart."""
    raw = [dict(entry) for entry in document.entries[: items.MAX_ITEMS]]  # its own kind answers slowly
    guids = [_guid(entry) for entry in raw]
    keys = [guid or str(entry.get("link", "")) for entry, guid in zip(raw, guids, strict=True)]
    shared = {key for key, count in Counter(keys).items() if key and count > 1}
    language = str(document.feed.get("language", "") or "")
    rows: list[Row] = []
    left = MAX_TEXT
    for entry, guid, key in zip(raw, guids, keys, strict=True):
        row = _row(entry, guid, job, language)
        if not row["title"] and not row["summary"]:
            continue
        if left < 0:
            row["summary"] = plain.cut(row["summary"], 2_000)
        left -= len(row["summary"])
        row["id"] = _identity(row, shared=key in shared)
        row["guid"] = "" if guid in shared else guid
        rows.append(row)
    return rows


def _row(entry: Any, guid: str, job: Job, language: str) -> Row:
    title = plain.title(str(entry.get("title", "")))
    summary = plain.summary(_fullest(entry), title)
    url, outlet, side = _link(entry, job["url"]), job["outlet"], job["side"]
    if job["kind"] != "feed":
        source, side = plain.title(str(entry.get("source", {}).get("title", ""))), "none"
        url = search.unwrapped(url)
        title, outlet = search.publisher(title, source, url, job["kind"], outlet)
        summary = "" if summary.startswith(title[:40]) else summary
    said = str(entry.get("title_detail", {}).get("language") or language or job["lang"])
    return Row(
        id="",
        url=url,
        title=title,
        summary=summary,
        guid=guid,
        published=_published(entry, job["zone"]),
        lang=spoken(f"{title} {summary[:400]}", said, job["lang"]),
        outlet=outlet,
        side=side,
    )


def _fullest(entry: Any) -> str:
    """The longest of what the publisher sent: many give a teaser and the article."""
    texts = [str(entry.get("summary", ""))]
    texts += [str(content.get("value", "")) for content in entry.get("content", [])[:4]]
    return max(texts, key=len)


def _guid(entry: Any) -> str:
    return plain.visible(str(entry.get("id", ""))[:MAX_GUID]).replace("\n", " ")


def _link(entry: Any, base: str) -> str:
    """The article's address: absolute, http or https, or "" where the feed gives none."""
    usual = str(entry.get("link", "")).strip()
    if len(usual) <= MAX_URL and _USUAL.fullmatch(usual):
        return usual
    links = [usual]
    links += [link.get("href", "") for link in entry.get("links", [])[:20] if link.get("rel") == "alternate"]
    guid = str(entry.get("id", "")).strip()
    for address in [*(str(link).strip() for link in links), *([guid] if guid.startswith("http") else [])]:
        if not address or len(address) > MAX_URL or plain.UNSEEN.search(address):
            continue
        try:
            whole = address.startswith(("http://", "https://"))
            absolute = address if whole else urljoin(base, address)
            parts = urlsplit(absolute)
            if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc:
                return absolute
        except ValueError:
            continue
    return ""


def _published(entry: Any, zone: str) -> str | None:
    for key in ("published", "updated", "created"):
        if key in entry:
            found = published.moment(str(entry[key]), entry.get(f"{key}_parsed"), zone)
            if found is not None:
                return found.isoformat()
    return None


def _identity(row: Row, shared: bool) -> str:
    """Ours, short and stable: from the guid, else the address, else the words."""
    key = row["guid"] if row["guid"] and not shared else ""
    key = key or (row["url"] if not shared else f"{row['guid']} {row['url']} {row['title']}")
    key = key or f"{row['title']}\n{row['summary'][:400]}"
    digest = hashlib.blake2b(f"{row['outlet']}\0{key}".encode(), digest_size=10).digest()
    return b32encode(digest).decode().lower()
