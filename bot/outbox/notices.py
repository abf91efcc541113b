"""What needs a person goes to the operator: into the log, and into the operator's own channel if there is one."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog

from bot.outbox.sink import Outcome, Sent
from bot.store import subscriptions
from bot.store.db import Database

MOST = 15  # lines in one message
log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Office:
    """The operator's channel on one platform, and how to say something there."""

    channel: str
    tell: Callable[[str, str], Awaitable[Outcome]]  # channel, text


class Notices:
    """Collects lines and tells them together, so that a bad day is a few messages; only the log is sure."""

    def __init__(self, database: Database, offices: Mapping[str, Office]) -> None:
        self._database, self._offices = database, offices
        self._lines: deque[str] = deque(maxlen=10 * MOST)
        self._missed = 0

    def __call__(self, line: str) -> None:
        log.warning("notice", line=line)
        if self._offices:
            self._missed += len(self._lines) == self._lines.maxlen
            self._lines.append(line)

    async def tell(self) -> None:
        """Say what came together since the last time."""
        if not self._lines:
            return
        lines, missed = list(dict.fromkeys(self._lines)), self._missed
        self._lines.clear()
        self._missed = 0
        more = len(lines[MOST:]) + missed
        text = "\n".join([*lines[:MOST], *([f"+{more} more in the log"] if more else [])])
        for platform, office in self._offices.items():
            async with self._database.read() as connection:
                heard = await subscriptions.listed(connection, platform)
            if any(one.channel == office.channel for one in heard):
                log.error(
                    "the operator's channel is a subscriber's: nothing is said there", platform=platform
                )
                continue
            outcome = await office.tell(office.channel, text)
            if not isinstance(outcome, Sent):
                log.warning("notice not told", platform=platform, outcome=str(outcome))
