"""The text of an article's page: what a person would read there."""

from __future__ import annotations

from bot.feeds import plain
from bot.feeds.prepare import decode

MAX_TEXT = 60_000


def extract(html: bytes | str, url: str = "", content_type: str = "") -> str:
    """Paragraphs as lines, headline first where the page has one; all visible text where nothing is found.

    >>> extract("<html><body><div><p>Torkham reopened on Monday.</p></div></body></html>")
    'Torkham reopened on Monday.'
    """
    import trafilatura  # half a second, and only needed when a page is read

    page = html if isinstance(html, str) else decode(html, content_type)[0]
    try:
        found = trafilatura.extract(page, url=url or None, include_comments=False, include_tables=True)
    except Exception:  # lxml and its helpers fail on broken pages in many ways; the page is not lost for it
        found = None
    text = plain.visible(found) if found else ""
    return plain.cut(text or plain.text(page), MAX_TEXT)
