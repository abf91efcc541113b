"""GDELT's list of articles as JSON: rows like those of a feed. It gives titles, addresses and domains, no text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.feeds import plain

MAX_ARTICLES = 1_000  # GDELT itself gives 250 at most
LANGUAGES = {"english": "en", "urdu": "ur", "persian": "fa", "pashto": "ps", "arabic": "ar", "turkish": "tr"}


@dataclass(frozen=True, slots=True)
class Article:
    url: str
    title: str
    published: str | None  # when GDELT saw the page
    lang: str


def articles(body: bytes) -> list[Article] | None:
    """The articles of an answer; None where it is not GDELT's JSON.

    >>> articles(b'{"articles": [{"url": "https://a.example/1", "title": "Gate opens", "seendate": "20251015T101500Z"}]}')
    [Article(url='https://a.example/1', title='Gate opens', published='2025-10-15T10:15:00+00:00', lang='en')]
    >>> articles(b'Please limit requests to one every 5 seconds')
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    given = answer.get("articles", []) if isinstance(answer, dict) else None
    if not isinstance(given, list):
        return None
    found = [_article(one) for one in given[:MAX_ARTICLES] if isinstance(one, dict)]
    return [article for article in found if article.title and article.url]


def _article(given: dict[str, Any]) -> Article:
    url = str(given.get("url", ""))[:4_096].strip()
    return Article(
        url=url if url.startswith(("http://", "https://")) else "",
        title=plain.title(str(given.get("title", ""))),
        published=_seen(str(given.get("seendate", ""))),
        lang=LANGUAGES.get(str(given.get("language", "")).lower(), "en"),
    )


def _seen(text: str) -> str | None:
    try:
        return datetime.strptime(text[:20], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).isoformat()
    except ValueError:
        return None
