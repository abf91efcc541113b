"""What holds on from one figure to the next: the span of which a sentence, a paragraph or a whole report tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.news.figures.scopes.dates import is_perfect
from bot.news.figures.scopes.scope import INCIDENT, STOCKS, Covered, of_one_event, scope_of
from bot.news.figures.scopes.times import OPENS, RUNNING, Time, times_of
from bot.news.figures.sentence.clause import MOVES, Bound, Sentence
from bot.news.figures.sentence.units import HAVE
from bot.news.figures.sentence.weekdays import DAYS
from bot.news.model import Figure
from bot.news.text.words import word_set

UNLIKE = frozenset((*STOCKS, "money", "duration", "other"))  # what no toll says anything about
COVERING = frozenset(("period", "cumulative"))
OF_DAYS = DAYS | {"single", "kind.month", "scope.month", "number.date"}
BEFORE = frozenset(("ago", "earlier", "a year earlier", "last year", "previous year"))
RUNS_ON = frozenset((*MOVES, "captured", "other", "attacks", "strikes", "operations"))
NEVER = 1e15
WAR = {"killed": 500, "displaced": 10_000}  # so many no single attack kills or drives away: a war does
DISASTERS = word_set(
    "earthquake earthquakes quake quakes flood floods avalanche avalanches landslide landslides tremor"
)
RUNNING_TOTAL: Covered = ("cumulative", None)
OPENING = 4  # sentences that may say what a whole report is of


@dataclass(slots=True)
class Telling:
    """Of what a text tells as it goes on: a day, until it counts over more; a report counts over its span to its end."""

    is_report: bool = False
    is_news: bool = False  # of one happening, whatever it counts further down
    report: Covered | None = None
    covered: Covered = INCIDENT  # of the paragraph
    before: Covered = INCIDENT  # of the paragraph before it
    times: Sequence[Time] = ()
    summed: str | None = None  # the days of a total
    dated: bool = False
    sentences: int = 0

    def hear(self, sentence: Sentence, new_paragraph: bool) -> None:
        """A sentence begins: its times speak of its figures."""
        if new_paragraph:
            self.before, self.covered = self.covered, self.report or INCIDENT
        tells = sentence.bound or not sentence.said.isdisjoint(OF_DAYS)  # else its times are of no figure
        self.times = times_of(sentence) if tells else ()
        self.dated = any(t.kind in ("day", "month") for t in self.times)

    def covers(
        self, bound: Bound, sentence: Sentence, made: Sequence[Figure], earlier: Sequence[Figure]
    ) -> Covered:
        """What a figure covers: by its own words, else what the figures before it do."""
        if bound.rule == "elliptic" and self.covered[0] == "period" and sentence.low(0) == "by":
            return (
                "cumulative",
                None,
            )  # "372 in the first quarter. BY THE END OF JUNE the figure stood at 438"
        told = scope_of(sentence, bound, self.times)
        if isinstance(told, Time) and told.kind == "sum":
            self.summed = told.words
            return told.scope, told.words
        parts = bound.measure in STOCKS and bound.phrase.subset
        whole = next((f for f in reversed(made) if f.measure == bound.measure), None) if parts else None
        if whole:
            return whole.scope, whole.period  # "214 crossed, 130 OF THEM with fruit"
        made = self._going_on(made)
        if isinstance(told, Time):
            told = self._pointed_to(told, sentence, bound, made, earlier)
        covered = told or self._carried(bound, sentence, made, self._going_on(earlier)) or INCIDENT
        mounts = covered == INCIDENT and _is_of_war(bound, sentence) and not of_one_event(sentence)
        return RUNNING_TOTAL if mounts and sentence.said.isdisjoint(DISASTERS) else covered

    def _going_on(self, figures: Sequence[Figure]) -> Sequence[Figure]:
        """The figures without a total over days, which says nothing of those after it."""
        return [f for f in figures if f.period != self.summed] if self.summed else figures

    def _pointed_to(
        self, time: Time, sentence: Sentence, bound: Bound, made: Sequence[Figure], earlier: Sequence[Figure]
    ) -> Covered | None:
        """ "over the same period" is that of the last count; "so far" is of one attack, unless a count runs already."""
        last = next((f for f in reversed((*earlier, *made)) if f.scope in COVERING and _alike(f)), None)
        if time.kind == "same":
            if not sentence.said.isdisjoint(BEFORE):
                return "period", time.words  # "a year ago the figure for the same months was 402"
            return (last.scope, last.period) if last else ("period", time.words)
        running = self._running(made)
        if running == INCIDENT and self.before[0] == "cumulative":
            running = self.before
        span = next((t.words for t in self.times if _runs(t)), running[1])
        if running != INCIDENT or span:
            return "cumulative", span
        return ("cumulative", time.words) if bound.measure in RUNS_ON else None

    def _running(self, made: Sequence[Figure]) -> Covered:
        last = _last(made)
        return (last.scope, last.period) if last else self.covered

    def _carried(
        self, bound: Bound, sentence: Sentence, made: Sequence[Figure], earlier: Sequence[Figure]
    ) -> Covered | None:
        if bound.rule in ("elliptic", "listed", "part"):  # "Pakistan holds 61 and Kabul 17"
            same = next((f for f in reversed(made) if f.measure == bound.measure), None)
            if same and same.scope == "state":
                return "state", None
        if not _carries(bound):
            return None
        whole = _last(made)
        if whole:
            return _of(whole)
        if of_one_event(sentence):
            return INCIDENT
        if self.covered != INCIDENT and not self.dated:
            return self.covered
        if bound.rule == "elliptic" or (bound.phrase.subset and not self.dated):
            return _of(_last(earlier))
        if self.dated:
            return None
        if self.covered == INCIDENT and self.before[0] == "cumulative" and _goes_on(sentence):
            return self.before
        return self.covered

    def heard(self, sentence: Sentence, made: Sequence[Figure]) -> None:
        """A sentence ends: what follows in its paragraph covers what its last count does."""
        self.sentences += 1
        made = self._going_on(made)
        last = _last(made)
        if last:
            self.covered = _of(last)
        elif not sentence.bound:
            spans = [t for t in self.times if t.kind == "span" and _of_days(sentence, t)]
            if spans:
                self.covered = (spans[0].scope, spans[0].words)
            elif self.dated and "structure.violence" in sentence.said:
                self.covered = INCIDENT
        if self.report is None and self.sentences <= OPENING + self.is_report:
            self._report(sentence, made)

    def _report(self, sentence: Sentence, made: Sequence[Figure]) -> None:
        """ "Our annual review records 1,204 attacks in 2026": the whole text is of that year."""
        told = next((f for f in made if _alike(f)), None)
        if told and told.scope == "incident":
            self.is_news = True
        if self.is_news:
            return
        named = self.is_report or "scope.reporting" in sentence.said or "returned" in sentence.themes
        if told and named and told.scope in COVERING:
            self.report = _of(told)


def _runs(time: Time) -> bool:
    """ "4,910 raids this month, and 206 men killed in them so far": the month runs on."""
    return time.kind in ("month", "span") and (time.scope == "cumulative" or time.words in RUNNING)


def _of_days(sentence: Sentence, time: Time) -> bool:
    """ "The fighting of January 9-11 was the bloodiest": of what follows, though nothing is counted here."""
    return sentence.low(time.at) in OPENS or sentence.has(time.at, "kind.month")


def _carries(bound: Bound) -> bool:
    """Whether a figure covers what those before it do: people and attacks, and houses, but no stock of things."""
    return bound.measure not in UNLIKE or (bound.measure == "other" and bound.phrase.head == "property")


def _is_of_war(bound: Bound, sentence: Sentence) -> bool:
    """ "684 Taliban fighters HAD been killed", "put the losses at 1,300": what has mounted until now, not what one raid did."""
    driven = bound.measure == "displaced" and "on the move" not in sentence.said
    mounted = not HAVE.isdisjoint(sentence.said) or bound.rule == "toll" or driven
    return mounted and (bound.phrase.quantity.low or 0) >= WAR.get(bound.measure, NEVER)


def _goes_on(sentence: Sentence) -> bool:
    """ "They killed 203", "it has lost 611 men": a running total goes on where the verb is perfect or points back."""
    return is_perfect(sentence)


def _last(figures: Sequence[Figure]) -> Figure | None:
    """The last figure of people, or of attacks on them, that is no part of another."""
    alike = [f for f in figures if _alike(f)] if figures else ()
    return next((f for f in reversed(alike) if not f.subset), alike[-1] if alike else None)


def _alike(figure: Figure) -> bool:
    return figure.measure not in UNLIKE


def _of(figure: Figure | None) -> Covered:
    """What an earlier figure covers, where that is more than its day."""
    return (figure.scope, figure.period) if figure and figure.scope in COVERING else INCIDENT
