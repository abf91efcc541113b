"""The nouns of reading: a feed, what a request for it brought, and what was in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.news.model import Entry, Side

FeedKind = Literal["feed", "google-news", "gdelt"]
Health = Literal["ok", "failing", "blocked", "frozen", "empty", "undated", "quarantined"]
FailureKind = Literal[
    "refused", "dns", "connect", "tls", "timeout", "protocol", "redirect", "http", "blocked", "limited",
    "gone", "too_big", "truncated", "encoding", "html", "empty", "parse",
]  # fmt: skip

KINDS: tuple[FeedKind, ...] = get_args(FeedKind)


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that we poll, and who speaks there."""

    url: str
    name: str
    outlet: str
    side: Side = "none"
    lang: str = "en"
    interval: float | None = None  # seconds between polls; None: the bot's own pace
    kind: FeedKind = "feed"
    group: str = ""
    note: str = ""
    enabled: bool = True
    zone: str = "UTC"  # of dates that come without one
    family: str = ""
    frozen_after: float = 48.0  # hours without a new entry until silence is a fault


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "anything new?" with, kept as given; `digest` is our own."""

    etag: str = ""
    last_modified: str = ""
    digest: str = ""  # of the body: a server without validators still repeats itself


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body came. `moved` is the new address after permanent redirects only, else ""."""

    body: bytes
    url: str  # where it really came from, after redirects
    validators: Validators = Validators()
    content_type: str = ""
    moved: str = ""
    ttl: float | None = None  # seconds for which the server says that nothing will be new
    status: int = 200


@dataclass(frozen=True, slots=True)
class NotModified:
    """Nothing new: a 304, or the same bytes again."""

    url: str
    validators: Validators = Validators()
    moved: str = ""
    ttl: float | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """No feed came of it; `reason` is a line for the operator, `retry_after` the server's wish."""

    reason: str
    kind: FailureKind
    retry_after: float | None = None
    status: int = 0


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was in a body.

    `marks` remembers the items of this body: store them with the validators, hand them to the next
    parse as `known`, and items that are byte for byte the same are counted in `unchanged` instead
    of being parsed again.
    """

    entries: tuple[Entry, ...]
    title: str = ""
    unchanged: int = 0
    marks: bytes = field(default=b"", repr=False)
    total: int = 0  # items in the body, unchanged ones and dropped ones included
    full_text: bool = False  # most entries carry more than a teaser
    notes: tuple[str, ...] = ()  # what had to be mended: "not well-formed XML", "read as windows-1256"


Answer = Fetched | NotModified | Failed
