"""A long answer in pages that every platform can show whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from bot.commands.base import Reply, Row

ROOM = 2_800  # characters of a page: with its marks and addresses it fits into one message of any platform
MOST = 10  # rows of a page
HEAD, TEXT = 400, 800  # of a row, that are shown

Part = tuple[str, Row]  # under which heading, and what; no heading: ""


def paged(reply: Reply, parts: Iterable[Part], page: int) -> Reply:
    """The answer with the rows of one page, under their headings; the last page where there are fewer.

    Its text stands on the first page only.
    """
    found = list(cut(list(parts), len(reply.text)))
    page = max(1, min(page, len(found)))
    reply = replace(reply, text=reply.text if page == 1 else "")
    rows = found[page - 1] if found else []
    if len(found) > 1:
        count = f"page {page} of {len(found)}"
        reply = replace(reply, footer=f"{reply.footer} · {count}" if reply.footer else count)
    before = found[page - 2][-1][0] if page > 1 else ""
    return replace(reply, rows=tuple(headed(rows, before)), page=page, pages=max(1, len(found)))


def cut(parts: Sequence[Part], used: int = 0) -> Iterable[list[Part]]:
    """Rows in pages: as many as fit, never half of one. `used`: of the first page's room."""
    page: list[Part] = []
    for part in parts:
        size = weight(part[1])
        if page and (used + size > ROOM or len(page) >= MOST):
            yield page
            page, used = [], 0
        page.append(part)
        used += size
    if page:
        yield page


def weight(row: Row) -> int:
    return min(len(row.head), HEAD) + min(len(row.text), TEXT) + len(row.url) + 60


def headed(parts: Iterable[Part], before: str) -> Iterable[Row]:
    """Rows under their headings; one under which the page `before` ended goes on."""
    for heading, rows in groupby(parts, key=lambda part: part[0]):
        if heading:
            yield Row(f"{heading} (continued)" if heading == before else heading)
        yield from (row for _, row in rows)


def page_of(parts: Sequence[Part], number: int) -> int:
    """The page on which a row comes first to sight."""
    seen = 0
    for page, rows in enumerate(cut(parts), 1):
        seen += len(rows)
        if number < seen:
            return page
    return 1
