"""One wide line per unit of work, for people or as JSON; secrets never get in, nor do keys in addresses."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import Any, Literal

import structlog

from bot import masks

Event = structlog.typing.EventDict
MASK = "[secret]"
OTHERS = ("event", "exception")  # where libraries speak, who do not know that an address may hold a key
QUIET = (
    "aiohttp",
    "apscheduler",
    "asyncio",
    "discord",
    "slack_bolt",
    "slack_sdk",
    "trafilatura",
    "aiosqlite",
)


def configure(level: str, style: Literal["auto", "lines", "json"], secrets: Iterable[str]) -> None:
    """Send our logs and those of the libraries to standard error, once, in one shape.

    `secrets` are replaced wherever they would appear, tracebacks included. Libraries speak from
    warning on, whatever our own level: their debug lines contain whole requests.
    """
    hidden = sorted({s for s in secrets if len(s) >= 6}, key=len, reverse=True)
    lines = style == "lines" or (style == "auto" and sys.stderr.isatty())
    render: Any = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if lines
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        lambda _logger, _name, event: scrub(event, hidden),
    ]
    structlog.configure(
        processors=[*shared[:-2], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared[:-2],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *shared[-2:], render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A look that is still under way at the next tick is skipped: by design, not worth a line.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def scrub(event: Event, hidden: Iterable[str]) -> Event:
    """An event without secrets and without anything that could fake a second line.

    >>> scrub({"event": "login with s3cr3t!\\nfailed"}, ["s3cr3t!"])
    {'event': 'login with [secret]\\\\nfailed'}
    """
    cleaned = {key: clean(value, hidden) for key, value in event.items()}
    return cleaned | {key: masks.masked(str(cleaned[key])) for key in OTHERS if key in cleaned}


def clean(value: Any, hidden: Iterable[str]) -> Any:
    if isinstance(value, (int, float, bool)) or value is None:
        return value
    if isinstance(value, (list, tuple)):
        return [clean(item, hidden) for item in value]
    if isinstance(value, dict):
        return {str(key): clean(item, hidden) for key, item in value.items()}
    text = str(value)
    for secret in hidden:
        text = text.replace(secret, MASK)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == " " else repr(c)[1:-1] for c in text)
