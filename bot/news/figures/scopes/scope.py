"""What a figure covers by its own sentence: one incident, a closed period, a running total, or a stock at a time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.scopes.dates import PERFECT, is_date
from bot.news.figures.scopes.times import Time, is_recalled
from bot.news.figures.sentence.clause import MOVES, Bound, Sentence
from bot.news.figures.sentence.units import DETERMINERS, HAVE, verb_forms
from bot.news.figures.sentence.weekdays import WEEKDAYS
from bot.news.model import Scope
from bot.news.text.words import word_set

Covered = tuple[Scope, str | None]  # the scope, and the words that say so for periods and totals

INCIDENT: Covered = ("incident", None)
STOCKS = frozenset(("camps", "trucks"))
REMAIN = word_set("remain remains remained remaining still yet staying living")
HELD_UP = frozenset(("stuck", "stranded", "trapped", "marooned", "without income", "out of work", "jobless"))
HOLDS = frozenset(("hold", "holds", "holding"))
FIGHTERS = frozenset(("security", "militants", "taliban"))
RATES = ("day", "daily", "week", "weekly", "month", "monthly")  # how "a day", "per month" end
HEADS = ("head", "person", "truck", "family", "household", "container", "each")  # how "so much a head" ends
GONE = frozenset(("went", "gone", "came", "come"))
WAYS = frozenset(("to", "in", "into", "over", "back", "across", "through", "from", "the other"))
GOES = 7  # units between lorries and "went"
TOTALLED = ("since", "this ", "in ")  # how a time begins over which a total runs on
PAY = frozenset(("pay", "pays", "paid", "paying"))
MOUNTS = 8  # units between "have lost" and what
ONCE = 5  # units between a price and the word for it
ONE_THING = ("kind.truce", "kind.no_gate")
HOURS = frozenset(("hour", "hours", "minute", "minutes"))
DAILY = frozenset((*MOVES, "other", "trucks"))  # "1,800 a day" is how it stands
BY_MONTH = frozenset((*MOVES, "attacks", "strikes", "captured", "displaced", "trucks"))
SEMICOLON = frozenset(";")
COMMAS = frozenset(",;")
ONE = frozenset(("a", "an", "the", "this", "that", "another", "one"))
INDEFINITE = frozenset(("a", "an", "some", "any"))
APART = HAVE | {","}  # where a clause of its own begins: "since the pause began 29 HAVE died"
COMPARED = frozenset(("up from", "down from", "compared with", "compared to", "against", "than"))
BREAKS = COMPARED | word_set(
    "; when who whom whose which where after before until because since"
)  # to a time behind
CUTS = word_set("; : when after before")  # between a time and a number behind it
COMPARES = 5  # units that "up from 903 in 2025" may take
LEAD = 6  # units at the start of a sentence that speak for all of it: "Since 2022, …"


def scope_of(sentence: Sentence, bound: Bound, times: Sequence[Time]) -> Covered | Time | None:
    """What the sentence says a figure covers: a time that points back to another, or None where it says nothing."""
    sure = _by_measure(sentence, bound, times)
    if sure or not times:
        return sure
    sums = bound.rule in ("total", "toll")
    time = _time_of(sentence, bound, [t for t in times if sums or t.kind != "sum"])
    runs_on = time and time.kind in ("span", "month", "sum") and (time.words or "").startswith(TOTALLED)
    if time and runs_on and bound.rule == "total":
        return "cumulative", time.words  # "bringing the total since Saturday to 163"
    if time is None or time.kind in ("so far", "same", "sum"):
        return time
    if time.kind == "month" and not _by_the_month(sentence, bound):
        return None
    return time.scope, time.words


def _time_of(sentence: Sentence, bound: Bound, times: Sequence[Time]) -> Time | None:
    """The time that speaks of a number: behind it, else before it, else at the head of the sentence."""
    at = bound.phrase.at
    before, after = _region(sentence, bound)
    end = max(at, bound.verb)  # "the 17,260 WHO crossed between …"
    behind = [t for t in times if at < t.at < after and not _parted(sentence, min(end, t.at), t.at, BREAKS)]
    following = min((n for n in sentence.bound if n > at), default=after)
    own = [t for t in behind if t.at < following]
    day = [t for t in own if t.kind == "day" and not _parted(sentence, at, t.at, COMMAS)]
    ahead = [t for t in reversed(times) if before <= t.at < at and _leads(sentence, t, at, CUTS)]
    others = [t for t in ahead if t.kind == "day"] if before else []
    lead = [t for t in times if t.at < min(LEAD, at) and _leads(sentence, t, at, SEMICOLON)]
    months = [t for t in (*behind, *ahead, *lead) if t.kind == "month"]
    recalled = [t for t in ahead if t.kind == "month" and is_recalled(sentence, t.at)]
    if recalled and _by_the_month(sentence, bound):
        return recalled[0]
    for found in (_wide(own), day, _wide(ahead), others, _wide(lead), _wide(behind), months):
        if found:
            return found[0]
    return None


def _leads(sentence: Sentence, time: Time, at: int, cuts: frozenset[str]) -> bool:
    """Whether a time speaks of a number behind it: not in "up from 903 in 2025", nor in "since a bomb KILLED NINE"."""
    if time.kind == "month" and is_recalled(sentence, time.at):
        return not _parted(sentence, time.at + 2, at, cuts)
    if _parted(sentence, time.at, at, cuts) or _parted(sentence, time.at - COMPARES, time.at, COMPARED):
        return False
    after = sentence.low(time.at + 1)
    named = after in WEEKDAYS or is_date(sentence, time.at + 1) or after in DETERMINERS - INDEFINITE
    if sentence.low(time.at) != "since" or time.at == 0 or named:
        return True
    return any(sentence.low(k).partition(" ")[0] in APART for k in range(time.at, at))


def _wide(times: Sequence[Time]) -> list[Time]:
    return [t for t in times if t.kind not in ("day", "month")]


def _parted(sentence: Sentence, first: int, last: int, by: frozenset[str]) -> bool:
    if sentence.said.isdisjoint(by):
        return False
    return any(sentence.low(k) in by for k in range(first + 1, last))


def _region(sentence: Sentence, bound: Bound) -> tuple[int, int]:
    """The units that speak of a number: behind the one before it, up to the next that is told apart from it."""
    at = bound.phrase.at
    numbers = sorted(sentence.bound)
    before = max((sentence.bound[n].phrase.last for n in numbers if n < at), default=0)
    later = [n for n in numbers if n > at]
    after = min(later, default=len(sentence.units))
    totals = [n for n in later if sentence.bound[n].rule == "total"]
    if totals:  # "…, and since January the total is 210,000": from its comma on, of the total
        after = max((k for k in range(at, totals[0]) if sentence.low(k) == ","), default=after)
        later = [n for n in later if n < after]
    for k, n in enumerate(later):  # "42 killed and 104 injured from February 26 to March 2"
        same = sentence.bound[n].verb == bound.verb >= 0
        part = sentence.bound[n].phrase.subset
        if not (same or part) and sentence.low(n - 1) not in ("and", ",", "(", "of"):
            break
        after = later[k + 1] if k + 1 < len(later) else after if totals else len(sentence.units)
    stops = (k for k in range(at, after) if sentence.low(k) == ";")
    return before, next(stops, after) if ";" in sentence.said else after


def _by_the_month(sentence: Sentence, bound: Bound) -> bool:
    """Whether "in November" closes a count, and is not the date of one attack."""
    if bound.measure in BY_MONTH:
        return True
    return "scope.aggregate" in sentence.said and not of_one_event(sentence)


def of_one_event(sentence: Sentence) -> bool:
    """ "The BLAST killed nine" after "590 have died this year": one attack, not what the paragraph counts."""
    if "scope.event" not in sentence.said:
        return False
    events = (k for k in range(len(sentence.units)) if sentence.has(k, "scope.event"))
    return any(sentence.low(k) in ONE for at in events for k in range(max(0, at - 3), at))


# --------------------------------------------------------------------------- by what is counted


def _by_measure(sentence: Sentence, bound: Bound, times: Sequence[Time]) -> Covered | None:
    """Camps, waiting lorries, refugees hosted, money and durations: by what they are."""
    if bound.rule in ("strength", "hosted") or _is_state(sentence, bound):
        return "state", None
    if bound.measure == "money":
        return _of_money(sentence, bound, times), None
    if bound.measure == "duration":
        return _of_duration(sentence, bound), None
    return None


def _of_duration(sentence: Sentence, bound: Bound) -> Scope:
    """Days for which a gate or trade is shut are a period; truces, talks, deadlines, schools and hours are one thing."""
    at = bound.phrase.at
    if sentence.has(bound.phrase.last - 1, "kind.session") or not sentence.said.isdisjoint(ONE_THING):
        return "incident"
    brief = sentence.low(at - 1) == "within" or any(sentence.low(k) in HOURS for k in range(at, at + 3))
    closed = not sentence.said.isdisjoint(("kind.closure", "kind.reopen"))
    return "period" if closed and not brief else "incident"


def _is_state(sentence: Sentence, bound: Bound) -> bool:
    """How it stands: prisoners, waiting lorries, the "still displaced", "1,800 a day"."""
    if bound.measure == "captured":
        holds = bound.verb >= 0 and sentence.low(bound.verb) in HOLDS and bound.phrase.head in FIGHTERS
        return bound.rule == "state" or holds
    if bound.measure == "other" and bound.verb >= 0 and sentence.low(bound.verb) in HELD_UP:
        return True
    if bound.measure in STOCKS and not _moves(sentence, bound):
        return True
    if bound.measure == "displaced":
        near = range(bound.phrase.at - 2, max(bound.phrase.tail, bound.verb) + 3)
        return bound.rule == "toll" or any(sentence.low(k) in REMAIN for k in near)
    daily = bound.measure in DAILY and "scope.daily" in sentence.said
    near = range(bound.phrase.at, bound.phrase.tail + 4)
    return daily and any(sentence.has(k, "scope.daily") and sentence.low(k).endswith(RATES) for k in near)


def _of_money(sentence: Sentence, bound: Bound, times: Sequence[Time]) -> Scope:
    """A fine, a price or so much a head is paid once; so much a day or an appeal stands; losses run over a time."""
    at = bound.phrase.at
    near = range(at - ONCE, at + ONCE)
    rates = [u.low for u in sentence.units if u.has("scope.daily")] if "scope.daily" in sentence.said else []
    asked = sentence.has(at - 2 if sentence.low(at - 1) == "for" else at - 1, "kind.asked")
    paid = any(sentence.has(k, "kind.paid_once") or _to_each(sentence, k, at) for k in near)
    if paid or (sentence.has(at - 1, "kind.costs") and not asked):
        return "incident"
    if any(rate.endswith(RATES) for rate in rates):
        return "state"
    if asked or any(sentence.has(k, "kind.asked") for k in near):
        return "state"
    if any(sentence.has(k, "scope.daily") and sentence.low(k).endswith(HEADS) for k in near):
        return "incident"
    if any(sentence.low(k) in PAY and sentence.low(k - 1) not in HAVE for k in range(at - ONCE, at)):
        return "incident"
    since = any(t.at > at and t.scope == "cumulative" for t in times)
    if since and _region(sentence, bound)[1] > times[-1].at:
        return "cumulative"
    return "cumulative" if _mounts(sentence, at) and not _wide(times) else "period"


def _mounts(sentence: Sentence, at: int) -> bool:
    """ "HAVE LOST $1.1 billion", "demurrage HAS PASSED Rs4bn": what has been lost until now; trade has its years."""
    if sentence.said.isdisjoint(PERFECT) or "scope.mounts" not in sentence.said:
        return False
    told = range(max(1, at - MOUNTS), at)
    return any(
        sentence.has(k, "scope.mounts")
        and any(sentence.low(b) in PERFECT for b in (k - 1, k - 2))
        and not _parted(sentence, k, at, CUTS)
        for k in told
    )


def _to_each(sentence: Sentence, at: int, money: int) -> bool:
    """ "Rs10 million FOR EACH family", "Rs11m FOR THE FAMILY of each martyr": paid once."""
    return at > money and sentence.low(at) in ("to", "for") and sentence.has(at + 1, "kind.bereaved")


def _moves(sentence: Sentence, bound: Bound) -> bool:
    """Lorries that pass or camps that are hit: something that happens."""
    if bound.rule == "queue":
        return False
    if sentence.low(bound.phrase.at - 1) == "on" and sentence.has(bound.phrase.at - 2, "structure.strike"):
        return True  # "strikes on two camps"
    if bound.verb < 0 or (bound.rule == "elliptic" and _goes(sentence, bound.phrase.tail)):
        before, after = _region(sentence, bound) if "structure.flow" in sentence.said else (0, 0)
        flows = any(
            sentence.has(k, "structure.flow") and not _is_gate(sentence, k) for k in range(before, after)
        )
        return flows or _goes(sentence, bound.phrase.tail)
    return "hit" in verb_forms(sentence.units[bound.verb]) or sentence.has(bound.verb, "structure.flow")


def _goes(sentence: Sentence, tail: int) -> bool:
    """ "143 containers WENT TO Kabul", "58 empty ones HAD COME BACK"; what "came to a halt" stands."""
    verbs = (k for k in range(tail, tail + GOES) if sentence.low(k) in GONE)
    return any(sentence.low(k + 1) in WAYS and sentence.low(k + 2) not in INDEFINITE for k in verbs)


def _is_gate(sentence: Sentence, at: int) -> bool:
    """ "Chaman, the CROSSING nearest to Zhob", "at the Torkham CROSSING": a place, no lorry moves."""
    named = (
        sentence.low(at - 1) in DETERMINERS
        or sentence.has_capital(at - 1)
        or sentence.low(at - 1) == "border"
    )
    return sentence.low(at) == "crossing" and named
