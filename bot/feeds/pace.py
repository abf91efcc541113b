"""When to ask a feed again: pure arithmetic over what the last answers were.

A feed that brings news is asked more often, a quiet one less, a failing one ever less but at least
once a day, and what a server wishes (Retry-After, Cache-Control) is granted within reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.feeds.feed import Answer, Failed, NotModified

DAY = 86_400.0
# nothing but "not modified" for so long is checked, so that a stuck ETag is found within a day
STUCK = 23 * 3_600.0
LONGEST_WISH = 7 * DAY  # a server may ask us to stay away for a week, not for a year
QUIETER, BUSIER = 1.25, 0.5  # how fast the pace falls and rises


@dataclass(frozen=True, slots=True)
class PaceSettings:
    """The [poll] table."""

    interval: float = 300.0
    min_interval: float = 120.0
    max_interval: float = DAY
    jitter: float = 0.1
    quiet_interval: float = 1800.0  # a quiet feed that answers is still asked this often


@dataclass(frozen=True, slots=True)
class Pace:
    """What is remembered of a feed's answers; store it beside the validators."""

    interval: float | None = None  # learned; None: not yet
    failures: int = 0  # in a row
    unmodified: float = 0.0  # seconds for which the server has only said "not modified"


@dataclass(frozen=True, slots=True)
class Due:
    """Ask again in `seconds`; `unconditional`: then without validators, should they be stuck."""

    seconds: float
    pace: Pace
    unconditional: bool = False


def next_due(
    pace: Pace, answer: Answer, new: int, fraction: float, settings: PaceSettings, own: float | None = None
) -> Due:
    """How long to wait after this answer, which brought `new` entries.

    `fraction` is a random number in [0, 1) and spreads polls; `own` is the feed's configured
    interval, which switches learning off. A parse failure is an answer of kind Failed, too.

    >>> next_due(Pace(), Failed("down", "connect"), 0, 0.5, PaceSettings()).seconds
    600.0
    """
    if isinstance(answer, Failed):
        return _after_failure(pace, answer, fraction, settings, own)
    learned = _learn(pace.interval or settings.interval, new, settings) if own is None else own
    seconds = _spread(learned, fraction, settings)
    if answer.ttl is not None and answer.ttl > seconds:  # the server says that nothing changes before
        seconds = min(answer.ttl, max(learned, settings.quiet_interval))
    unmodified = pace.unmodified + seconds if isinstance(answer, NotModified) else 0.0
    stuck = unmodified >= STUCK
    calm = Pace(interval=learned, unmodified=0.0 if stuck else unmodified)
    return Due(seconds, calm, unconditional=stuck)


def _learn(interval: float, new: int, settings: PaceSettings) -> float:
    factor = BUSIER if new > 1 else 1.0 if new == 1 else QUIETER
    slowest = max(settings.interval, min(settings.quiet_interval, settings.max_interval))
    return min(max(interval * factor, settings.min_interval), slowest)


def _after_failure(
    pace: Pace, failed: Failed, fraction: float, settings: PaceSettings, own: float | None
) -> Due:
    failures = pace.failures + 1
    base = own or settings.interval
    doubled = min(base * 2.0 ** min(failures, 20), settings.max_interval)
    seconds = min(_spread(doubled, fraction, settings), settings.max_interval)
    if failed.retry_after is not None and failed.retry_after > seconds:
        seconds = min(failed.retry_after, LONGEST_WISH)
    return Due(seconds, replace(pace, failures=failures, unmodified=0.0))


def _spread(seconds: float, fraction: float, settings: PaceSettings) -> float:
    """The wait, moved by up to `jitter` of itself either way, never below the least.

    >>> _spread(1000.0, 0.0, PaceSettings()), _spread(1000.0, 0.5, PaceSettings())
    (900.0, 1000.0)
    """
    moved = seconds * (1.0 + settings.jitter * (2.0 * fraction - 1.0))
    return max(moved, settings.min_interval)
