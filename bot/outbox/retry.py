"""When to send again, when to look first, and when to give up: pure arithmetic.

After an attempt there are three cases, told apart by the sink: the platform has it, the platform
surely does not have it, or nobody knows. Only the last is dangerous: sending again may post twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.news.model import Style
from bot.outbox import history
from bot.outbox.sink import Gone, Later, Outcome, Refused, Sent, Sink, Unsure
from bot.store import deliveries
from bot.store.deliveries import Delivery, Ending, State

LATE = 5  # settle times after which a request is dead for good
SURE = 2  # absences after which a message is surely not there
UNTOLD = "is posted without knowing whether it was told before the restore"
AGAIN = "is sent again without knowing whether it is there"


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient the outbox is; seconds unless said otherwise."""

    tick: float = 1.0
    send_timeout: float = 30.0
    give_up_after: int = 8  # definite refusals of one payload
    per_channel_seconds: float = 1.0
    drain: float = 10.0
    first_wait: float = 1.0
    longest_wait: float = 900.0
    hold: float = 3600.0  # between looks at what cannot be read back
    unreadable: Literal["hold", "resend"] = "hold"  # what becomes of that
    patience: int = 12  # attempts after which a delivery no longer keeps its channel waiting
    in_flight: int = 256  # channels worked at once on one platform, of each weight
    catch_up: float = 86_400.0  # what waited longer than this goes into a digest
    after_restore: float = 86_400.0  # how long a restored store looks before it posts
    rounds: float = 30.0  # between looks for digests that are due and for late twins
    settle: float = 60.0  # as a sink's, where a platform that knows keys has none for a forum's posts
    per_second: Mapping[str, float] = field(default_factory=dict)  # platform → calls a second, all channels


@dataclass(frozen=True, slots=True)
class Window:
    """What a sink says of itself: see `bot.outbox.sink.Sink`. A forum's posts have no key by which a repeat is known."""

    reposts_safely: bool
    key_window: float
    settle: float

    @classmethod
    def of(cls, sink: Sink, policy: Policy, style: Style = "message") -> Window:
        if style == "forum":
            return cls(False, 0.0, max(sink.settle, policy.settle))
        return cls(sink.reposts_safely, sink.key_window, sink.settle)

    @property
    def late(self) -> float:
        """Seconds after which no earlier call can take effect any more."""
        return max(self.key_window, self.settle)

    @property
    def blind(self) -> float:
        """Seconds for which a post that cannot be seen yet may still appear, beside the same posted again."""
        return 0.0 if self.reposts_safely else self.settle


@dataclass(frozen=True, slots=True)
class Move(Ending):
    """Where a delivery goes from here, and what else has to happen."""

    message: str | None = None  # it stands in the channel as this
    gone: str = ""  # and somebody removed it
    pause: str = ""  # the subscription's access is lost
    stop: str = ""  # the platform refuses us altogether
    notice: str = ""  # what the operator is told of it, before the reason


def wait(tries: int, policy: Policy) -> float:
    """Twice as long each time, up to a bound.

    >>> [wait(tries, Policy()) for tries in (1, 2, 5, 40)]
    [1.0, 2.0, 16.0, 900.0]
    """
    return min(policy.longest_wait, policy.first_wait * 2.0 ** min(max(tries, 1) - 1, 30))


def following(waiting: Sequence[Delivery], now: float, policy: Policy) -> Delivery | None:
    """Which delivery of a channel has its turn, if any.

    In order; one that waits makes later ones wait with it, unless it is an edit, was refused, is
    held, or has failed so often that it may be poisoned. Of one story only the oldest is looked at.
    """
    stories: set[int] = set()
    for delivery in waiting:
        if delivery.story is not None:
            if delivery.story in stories:
                continue
            stories.add(delivery.story)
        if delivery.state == "trying":
            return None
        if delivery.not_before <= now:
            return delivery
        if keeps_waiting(delivery, policy):
            return None
    return None


def weight(waiting: Sequence[Delivery], now: float) -> int:
    """What the channel's next call weighs: as much as the heaviest delivery that waits behind it.

    The order within a channel is kept, so whatever is ahead of a critical alert is as urgent as that.
    """
    return max(
        (
            deliveries.SUMMARY if delivery.story is None else delivery.level
            for delivery in waiting
            if delivery.not_before <= now
        ),
        default=deliveries.SUMMARY,
    )


def keeps_waiting(delivery: Delivery, policy: Policy) -> bool:
    """Does this delivery, not yet due, keep those behind it waiting?"""
    passed = delivery.kind == "edit" or delivery.state == "held" or delivery.refusals > 0
    return not passed and delivery.attempts + delivery.looks < policy.patience


def pause(seconds: float, policy: Policy) -> float:
    """How long a platform may ask us to wait.

    >>> [pause(seconds, Policy()) for seconds in (0.0, 12.0, 1e9, float("nan"))]
    [1.0, 12.0, 3600.0, 3600.0]
    """
    return max(seconds, policy.first_wait) if seconds <= policy.hold else policy.hold


Step = Literal["send", "look", "wait"]


def step(delivery: Delivery, now: float, since_first: float | None, window: Window) -> Step:
    """What to do with a delivery whose turn it is.

    `since_first` are the seconds since its first attempt, by the slower and by the faster of our two
    clocks alike, None where that attempt was made by an earlier run or a clock cannot be trusted.
    """
    if delivery.state == "new":
        return "send"
    if window.reposts_safely and since_first is not None and since_first < window.key_window:
        return "send"
    return "wait" if now < settled(delivery, window) else "look"


def settled(delivery: Delivery, window: Window) -> float:
    """From when on the platform's history can be believed about this delivery."""
    return (delivery.last_attempt or 0.0) + window.settle


def after_post(delivery: Delivery, outcome: Outcome, now: float, policy: Policy, window: Window) -> Move:
    """Where a delivery goes after an attempt to post; `delivery` as it was before the attempt."""
    doubt = delivery.state != "new"  # an earlier attempt is unaccounted for: no refusal of this one tells
    tries = delivery.attempts + 1
    match outcome:
        case Sent(message):
            return Move("sent", message=message, not_before=_twin(delivery, now, window))
        case Gone(reason, "message"):
            return Move("sent", reason=reason, message="", gone=reason)
        case Unsure(reason):
            return Move("unsure", reason, now + max(window.blind, wait(tries, policy)), in_doubt=True)
        case Later(seconds, reason):
            return _again(delivery, doubt, reason, now + pause(seconds, policy))
        case Gone(reason, scope):
            return _lost(Move("unsure" if doubt else "new", reason, in_doubt=doubt), scope)
        case Refused(reason):
            if doubt:
                return Move("unsure", reason, settled(delivery, window), in_doubt=True)
            return _refused(delivery, reason, now, policy)


def after_edit(delivery: Delivery, outcome: Outcome, now: float, policy: Policy, window: Window) -> Move:
    """Where an edit goes. Twice is harmless; one that comes late would put an old text over a newer one."""
    tries = delivery.attempts + 1
    match outcome:
        case Sent(message):
            return Move("sent", message=message)
        case Gone(reason, "message"):
            return Move("dead", reason=reason, gone=reason)
        case Unsure(reason):
            return Move("new", reason, now + max(window.late, wait(tries, policy)))
        case Later(seconds, reason):
            return Move("new", reason, now + pause(seconds, policy))
        case Gone(reason, scope):
            return _lost(Move("new", reason), scope)
        case Refused(reason):
            return _refused(delivery, reason, now, policy)


def after_look(
    delivery: Delivery, found: str | Outcome | None, now: float, policy: Policy, window: Window
) -> Move:
    """Where a delivery goes after its channel was read back."""
    same = Move(delivery.state, in_doubt=True, absences=delivery.absences, looks=delivery.looks)
    match found:
        case str() | Sent() if delivery.attempts == 0 and delivery.story is not None:
            # Posted by an earlier life that is not on record: what it says now is unknown, and is put right.
            message = found.message if isinstance(found, Sent) else found
            return Move("new", "found in the channel", absences=SURE, message=message)
        case str() | Sent():
            message = found.message if isinstance(found, Sent) else found
            twin = _twin(delivery, now, window) if delivery.attempts > 1 else 0.0
            return Move("sent", "found in the channel", message=message, not_before=twin)
        case None:
            # Where a repost is never safe, history is asked twice: it lags behind the posts.
            if delivery.absences + 1 < (1 if window.reposts_safely else SURE):
                return replace(same, not_before=now + policy.tick, absences=delivery.absences + 1, looks=0)
            return Move("new", "not in the channel", absences=SURE, frozen=True)
        case Later(seconds, reason):
            return replace(same, reason=reason, not_before=now + pause(seconds, policy))
        case Gone(reason, scope):
            return _lost(replace(same, reason=reason), scope)
        case Unsure(reason) if found == history.ENDLESS and delivery.attempts == 0:
            return Move("new", reason, absences=SURE, notice=UNTOLD)
        case Unsure(reason) | Refused(reason):
            return _unreadable(replace(same, reason=reason, looks=delivery.looks + 1), found, now, policy)


def _twin(delivery: Delivery, now: float, window: Window) -> float:
    """When to look whether what was sent again is there twice; 0 where that cannot be."""
    return now + LATE * window.settle if delivery.attempts and not window.reposts_safely else 0.0


def _unreadable(move: Move, found: Outcome, now: float, policy: Policy) -> Move:
    if isinstance(found, Refused) or move.looks >= policy.patience:
        reason = f"cannot be read back: {move.reason}"
        if policy.unreadable == "resend":
            return replace(move, state="new", reason=reason, absences=SURE, looks=0, notice=AGAIN)
        return replace(move, state="held", reason=reason, not_before=now + policy.hold)
    return replace(move, not_before=now + wait(move.looks, policy))


def _lost(move: Move, scope: str) -> Move:
    return replace(move, stop=move.reason) if scope == "all" else replace(move, pause=move.reason)


def _again(delivery: Delivery, doubt: bool, reason: str, at: float) -> Move:
    state: State = "unsure" if doubt else "new"
    return Move(state, reason, at, in_doubt=doubt, frozen=delivery.payload is not None)


def _refused(delivery: Delivery, reason: str, now: float, policy: Policy) -> Move:
    refusals = delivery.refusals + 1
    if refusals >= policy.give_up_after:
        return Move("dead", reason, refused=True)
    return Move("new", reason, now + wait(refusals, policy), refused=True)
