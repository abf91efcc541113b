"""A file of entries through the whole pipeline, on a store that is deleted at the end."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from bot import app, judging, output
from bot.news.alerts import audience
from bot.news.model import SIDES, Entry, Subscription
from bot.news.topics import outlets
from bot.news.topics.topic import Topic
from bot.outbox.sink import Target
from bot.platforms.console import ConsolePlatform
from bot.settings import Configuration
from bot.store import db
from bot.tasks import Emit, Trouble, at


def entry_from(topic: Topic, row: Mapping[str, Any]) -> Entry:
    """An entry of a replay file. Raises ValueError, TypeError or KeyError."""
    if not isinstance(row, Mapping):
        raise TypeError("not an object of keys and values")
    for key in ("id", "outlet", "url", "title"):
        if not isinstance(row[key], str):
            raise TypeError(f"{key} must be text")
    for key in ("summary", "lang", "guid", "outlet_side"):
        if not isinstance(row.get(key) or "", str):
            raise TypeError(f"{key} must be text")
    if (side := row.get("outlet_side")) and side not in SIDES:
        raise ValueError(f"outlet_side {side[:80]!r} is not known (allowed: {', '.join(SIDES)})")
    published = moment(row.get("published"), "published")
    seen = moment(row.get("seen"), "seen") or published
    if seen is None:
        raise ValueError("published or seen is needed: they are the clock of a replay")
    outlet = outlets.find(row["outlet"], row["url"], topic)
    return Entry(
        id=row["id"],
        feed=row["outlet"],
        outlet=row["outlet"],
        url=row["url"],
        title=row["title"],
        summary=row.get("summary") or "",
        seen=seen,
        published=published,
        side=row.get("outlet_side") or outlet.side,
        family=outlet.family,
        guid=row.get("guid") or "",
        lang=row.get("lang") or "en",
    )


def moment(value: Any, name: str) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a date such as 2025-10-12T09:30:00+05:00")
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{name} {value[:80]!r}: {error}; write 2025-10-12T09:30:00+05:00") from None
    if found.tzinfo is None:
        raise ValueError(f"{name} {value!r} has no offset")
    return found.astimezone(UTC)


def problem(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def entries_from(topic: Topic, path: Path) -> list[Entry]:
    """The entries of a file in the order in which they are processed; a bad line is named."""
    found = []
    with at(path):
        lines = path.read_text("utf-8").split("\n")  # not splitlines: a text may hold U+2028
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(entry_from(topic, json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise Trouble(f"{path}:{number}: {problem(error)}") from None
    return sorted(found, key=lambda entry: entry.seen)


async def replay(
    configuration: Configuration, path: Path, emit: Emit | None, console: Console, errors: Console
) -> None:
    """Every entry through the whole pipeline on a store that is deleted at the end."""
    topic = configuration.topic()
    entries = entries_from(topic, path)
    default = Subscription(0, "console", "", app.TERMINAL, datetime.fromtimestamp(0, UTC))
    printer, terminal = ConsolePlatform(console), Target("", app.TERMINAL)
    shown: Iterable[Entry] = entries if emit else track(entries, "replaying", console=errors, transient=True)
    with tempfile.TemporaryDirectory(prefix="borderwire-") as folder:
        async with db.opened(Path(folder)) as database:
            for entry in shown:
                (decision,) = await judging.judge(database, [entry], topic, now=entry.seen)
                if emit:
                    emit(output.decision(decision))
                for alert in filter(None, (decision.alert, *decision.others)):
                    delivered, _ = audience.wants(default, alert)
                    if emit:
                        emit(output.alert(alert, delivered))
                    elif delivered == "instant":
                        await printer.post(terminal, printer.render(alert, terminal), "")
