"""Who says a figure: the speaker of its clause, the denier of a claim, or nobody.

Only words in the text make a claimant: a name, a pronoun that points back at one, or reported speech that goes on.
"""

from __future__ import annotations

from bot.news.figures.claimants.according import hear_according, hear_count
from bot.news.figures.claimants.answers import hear_answer
from bot.news.figures.claimants.background import hear_background
from bot.news.figures.claimants.between import TIMED, VIEW, takes_clause
from bot.news.figures.claimants.denials import hear_claim, hear_denial, hear_possessive
from bot.news.figures.claimants.falsehoods import hear_falsehoods
from bot.news.figures.claimants.fullnames import Spelled
from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.nominals import QUOTES, is_participle
from bot.news.figures.claimants.participles import subject_before
from bot.news.figures.claimants.saying_verbs import hear_verb
from bot.news.figures.claimants.sayings import (
    COLON,
    NOBODY,
    POSTPOSED,
    REPORTS,
    Saying,
    Speaker,
    close,
    is_head,
    reporter,
)
from bot.news.figures.claimants.speakers import Speakers
from bot.news.figures.claimants.utterance import MARKS, Utterance
from bot.news.figures.claimants.verbless import hear_gap, hear_put, hear_revision
from bot.news.figures.claimants.voices import Voices
from bot.news.figures.sentence.units import DASHES, HAVE, Unit
from bot.news.text.lexicon import Mention
from bot.news.text.words import Span, word_set
from bot.news.topics.topic import Topic

COUNTING = frozenset(("by", "in", "on"))  # "BY the army's count", "IN Kabul's telling"
OWNING = frozenset(("by", "'s"))
LEADING = COUNTING | OWNING  # words that a voice may stand beside
COUNTS = ("say.papers", "structure.anaphor", "say.according")  # without these "in" and "on" lead to no count
TELLING = word_set(
    "structure.rise structure.revision structure.anaphor say.according say.deny say.claim_nouns say.lines killed.toll wounded.toll say.verbs"
)
CLAIMED = frozenset(("say.claim_nouns", "say.lines", "killed.toll", "wounded.toll"))
NEAR = 2  # sentences after one in which its claim may be denied
PAPER = 9  # units from "tally" to "has": "the tally of the army on Friday HAD"
OF = ("of", "by", "from")
NEAR_THAT = TIMED + VIEW  # units between a verb and the clause that it takes: "decided late on Friday THAT"


class Listener:
    """Finds who says what in the sentences of one text, in order."""

    __slots__ = ("_before", "_open", "_since", "_speakers", "_spoke")

    def __init__(self, text: str, mentions: tuple[Mention, ...], topic: Topic) -> None:
        self._speakers = Speakers(Names(text, mentions, topic), Voices(), Spelled())
        self._open = NOBODY  # whose quotation runs on
        self._spoke = NOBODY  # whose quotation the sentence before held
        self._before: Utterance | None = None  # the last sentence in which somebody spoke
        self._since = 0  # and how many came since

    def hear(self, units: list[Unit], said: frozenset[str], span: Span, colon: bool) -> list[Saying]:
        """All acts of saying in a sentence, and remember its last speaker."""
        here = Utterance(units, said, span.start, span.end, self._speakers)
        self._speakers.next_sentence(units)
        clauses = [k for k, unit in enumerate(units) if unit.low == "that"] if "that" in said else []
        before = {k for that in clauses for k in range(that - NEAR_THAT, that)}
        if "say.papers" in said:
            before.update(k for k, unit in enumerate(units) if unit.low in HAVE or unit.has("say.holds"))
        leading = LEADING if not said.isdisjoint(COUNTS) else OWNING
        for at, unit in enumerate(units):
            listed = unit.tags and not unit.tags.isdisjoint(TELLING)
            if listed or unit.quantity or unit.low in leading:
                _hear(here, at)
            elif at in before and (takes_clause(units, at) or _lists(units, at)):
                hear_verb(here, at)
        if colon:
            _colon(here)
        if ":" in said:
            _after_colon(here)
        close(here.found, units, said)
        hear_falsehoods(here)
        hear_background(here)
        if here.found and not said.isdisjoint(REPORTS):
            self._speakers.voices.reported(reporter(here.found))
        self._quotation(here)
        self._answer(here)
        return here.found

    def _answer(self, here: Utterance) -> None:
        """What the sentence says of the claim of one before."""
        hear_answer(here, self._before if self._since < NEAR else None)
        self._since += 1
        if here.found:
            self._before, self._since = here, 0

    def _quotation(self, here: Utterance) -> None:
        """Words inside quotation marks that run over sentences stay their speaker's."""
        marks = [] if MARKS.isdisjoint(here.said) else [u.low for u in here.units if u.low in MARKS]
        if not here.found and self._open.is_named:
            here.add(self._open, here.start, here.end, COLON)
        elif not here.found and marks and here.low(0) in QUOTES:
            known = self._spoke if self._spoke.is_named else self._speakers.voices.acted
            here.add(known, here.start, here.end, COLON)  # "…," he said. "Last month they killed eight."
        opened = marks.count("“") - marks.count("”")
        if marks.count('"') % 2:
            opened = -1 if self._open.is_named else 1
        if opened:
            within = bool(here.found) and all(here.is_quoted(s.speaker.start) for s in here.found)
            self._open = self._speakers.voices.last if opened > 0 and not within else NOBODY
        self._spoke = self._speakers.voices.last if here.found and marks else NOBODY


def _lists(units: list[Unit], at: int) -> bool:
    """ "Tarar's last UPDATE HAD 707 killed": a paper that has numbers says them."""
    if not any(u.quantity for u in units[at + 1 : at + 3]):
        return False
    for k in range(at - 1, max(-1, at - PAPER), -1):
        if units[k].has("say.papers"):
            return k == at - 1 or units[k + 1].low.endswith(OF) or is_participle(units[k + 1])
        if not units[k].word and units[k].low != "'s":
            return False
    return False


def _hear(here: Utterance, at: int) -> None:
    """The act of saying that a unit tells of, if any."""
    unit = here.units[at]
    tags = unit.tags
    if "say.according" in tags:
        hear_according(here, at)
    elif unit.low in COUNTING:
        hear_count(here, at)
    elif unit.low == "'s" and at + 1 < len(here.units) and here.units[at + 1].quantity:
        hear_possessive(here, at)
    elif ("say.deny" in tags and hear_denial(here, at)) or (
        not tags.isdisjoint(CLAIMED) and (hear_claim(here, at) or hear_put(here, at))
    ):
        return
    elif "say.verbs" in tags:
        hear_verb(here, at)
    elif "structure.rise" in tags or "structure.revision" in tags:
        hear_revision(here, at)
    elif "structure.anaphor" in tags and " " in unit.low:
        hear_put(here, at)
    elif unit.quantity and at > 1 and here.found:
        hear_gap(here, at)


def _after_colon(here: Utterance) -> None:
    """ "The spokesman: "18 died."", "The army's account is short: two were hurt": who spoke before the colon goes on."""
    units = here.units
    mark = next((k for k in range(1, len(units) - 1) if units[k].low == ":"), 0)
    if not mark or any(s.end > units[mark].end for s in here.found if s.strength != POSTPOSED):
        return
    quoted = (
        here.speakers.phrase_before(units, mark - 1, strong=False) if here.low(mark + 1) in QUOTES else None
    )
    if quoted:
        here.add(quoted[0], units[mark].end, here.end, COLON)
    elif any(u.has("say.papers") for u in units[max(0, mark - PAPER) : mark]):
        told = subject_before(
            here, mark
        )  # "the director HAD ANOTHER COUNT: …", "a nurse read out THE LIST: …"
        if told:
            here.add(told, units[mark].end, here.end, COLON)
            here.speakers.voices.heard(told)


def _colon(here: Utterance) -> None:
    """Headlines: "UNAMA: 146 killed or hurt", "12 killed: police"."""
    units = here.units
    if ":" not in here.said and DASHES.isdisjoint(here.said):
        return
    marks = [k for k, u in enumerate(units) if u.low == ":"]
    dashes = [k for k, u in enumerate(units) if u.low in DASHES and 0 < k < len(units) - 1]
    spaced = [k for k in dashes if units[k - 1].end < units[k].start and units[k].end < units[k + 1].start]
    if not marks and spaced:
        _after_mark(here, spaced[-1])
    if not marks:
        return
    first = marks[0]
    if 0 < first <= 8 and not any(u.quantity or u.has("say.not_speakers") for u in units[:first]):
        online = here.low(first - 2) == "on" and here.low(first - 1) == "x"  # "Mujahid on X: 12 killed"
        first -= 2 if online else 0
        body = here.speakers.phrase_before(units, first - 1)
        if body and body[1] <= 1 and not _is_country(here, body[0]) and _fills(body[0], units[first]):
            here.add(body[0], units[first].end, here.end, COLON)
    _after_mark(here, marks[-1])


def _after_mark(here: Utterance, at: int) -> None:
    """ "12 killed: POLICE", "12 killed - ISPR"."""
    units = here.units
    rest = units[at + 1 :]
    if not 0 < len(rest) <= 6 or any(
        u.quantity or u.has("structure.strike", "hit.present", "hit.done") for u in rest
    ):
        return
    right = here.speakers.after(units, at + 1)
    if right:
        here.add(right[0], here.start, units[at].start, COLON)


def _is_country(here: Utterance, speaker: Speaker) -> bool:
    """ "Pakistan: 12 killed" says where; "Taliban: 12 killed" says who says so."""
    if speaker.kind not in ("state", "country"):
        return False
    end = speaker.start + len(speaker.words)
    return not any(is_head(u) for u in here.units if speaker.start <= u.start < end)


def _fills(speaker: Speaker, colon: Unit) -> bool:
    """Whether the speaker's name ends at the colon: "UNAMA:", not "Pakistan mosque blast:"."""
    return colon.start - (speaker.start + len(speaker.words)) <= 2
