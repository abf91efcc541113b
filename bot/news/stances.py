"""What a text does to what was told before: it tells it, corrects or withdraws its own outlet's report, or denies it.

Made once when a text is read; headline, summary, figures, level and "what changed" follow from it. A text denies
where that is what it tells: "Pakistan denies bombing Khost". One that tells of the dead and adds that somebody
denies it tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import dropwhile, islice

from bot.news.model import HARM, UNATTRIBUTED, Document, Figure, Side, Stance
from bot.news.refusals import OFFICIALS
from bot.news.text.denying import DENYING, DISPUTE, NOT
from bot.news.text.lexicon import BOTH_SIDES, NATIONS, Cue, Mention, Text
from bot.news.text.words import DAY_NAMES, Span, fold, word_set
from bot.news.topics.topic import HEARSAY, Topic

ANSWERING = OFFICIALS | {"police", "residents", "witnesses"}
SPEAKS = 4  # words between who speaks and that he does
OPENING = 2  # sentences in which a rumour is said to be one
LEADS = 3  # sentences, the title's among them, that say what a text is about
SUBJECT = 12  # words before the verb: "The Foreign Office on Friday rejected"
OBJECT = 14  # words behind it that are looked at
CONFIRMS = word_set("confirm confirms confirmed admit admits admitted acknowledge acknowledges acknowledged")
DENIES = word_set("denied denies deny")  # alone; of the others it must be told what they turn down
NO = word_set("no not never none nor")
CLAIM = word_set(
    "claim claims claimed claiming report reports reported allegation allegations accusation accusations charge "
    "charges rumour rumours rumor rumors assertion assertions reportage false baseless unfounded fabricated untrue "
    "propaganda"
)
NO_EVENT = word_set(
    "entry access visa visas permission bail justice treatment passage citizenship asylum landing request requests"
)
UNDONE = NOT | {"refused", "declined"}
PASSIVE = word_set("was were been being is are be having")
TOLD = word_set(
    "kill kills killed dead die dies died wound wounds wounded injured said says say told announced confirmed after as"
)
DASHES = (":", "|", "-", "–", "—", "(")
OURS = word_set("we our this")
REPORT = word_set("report story article item claim")
PASSED = 3  # "this REPORT has been withdrawn"
TAKEN = 4  # words behind "withdrawn" in which it is said what was: "its earlier report"
NOUN = 2  # words behind a place that may name whose voice it is: "Kohat district police"
LONGEST = 16  # words of what is denied
LINKS = word_set("that as")
CLAIMED = 5  # words in which "the Afghan government's claim that" begins
ENDS = (
    ";", ", ", "\n", " and said ", " and says ", " saying ", " after ", " as ", " but ", " while ", " — ", " – ", " - ",
)  # fmt: skip
EMPTY = word_set("of the a an one it this that such any them those these as by and to in on from")
NAMES = 4  # words of a denier that the lexicon does not know


def stance(document: Document, topic: Topic, figures: Sequence[Figure] = ()) -> Stance:
    """What a text does; `figures`: its numbers, for one that tells of the dead itself denies nothing as a whole."""
    text = topic.lexicon.read(document.text)
    if _marked(text, document, "stories.retracted_mark") or _retracts(text, document):
        return Stance("withdraws", document.outlet, document.side)
    told = (_denial(text, span, figures) for span in islice(text.sentences, LEADS))
    denial = next(filter(None, told), None)
    if denial and not _tells(figures, denial.by):
        return denial
    if rumour := _refuted(text, figures, topic):
        return rumour
    if _marked(text, document, "stories.corrected_mark") or any(_said(text, "stories.corrected")):
        return Stance("corrects", document.outlet, document.side)
    confirmed = (
        (_confirmation(text, span) for span in islice(text.sentences, OPENING)) if not _harm(figures) else ()
    )
    return next(filter(None, confirmed), None) or Stance(hearsay=_is_hearsay(text, figures, topic))


def _refuted(text: Text, figures: Sequence[Figure], topic: Topic) -> Stance | None:
    """ "The ministry called a viral claim of 100 dead fake": who denies all that the rumour counts denies the rumour."""
    by = next((f.denied_by for f in figures if f.denied_by), "")
    if not by or _harm(figures) or not any(text.said(s, HEARSAY) for s in islice(text.sentences, LEADS)):
        return None
    side = topic.sides.get(by, "none")
    return Stance("denies", by, side if side in NATIONS else "none")


def _is_hearsay(text: Text, figures: Iterable[Figure], topic: Topic) -> bool:
    """Whether it tells what a viral post or a rumour says, and nobody who answers for it says so too."""
    if not any(text.said(span, HEARSAY) for span in islice(text.sentences, OPENING)):
        return False
    if any(f.claimant != UNATTRIBUTED and not topic.is_rumour(f.claimant) for f in figures):
        return False
    plain = [span for span in islice(text.sentences, LEADS) if not text.said(span, HEARSAY)]
    return not any(_is_vouched(text, span) for span in plain)


def _is_vouched(text: Text, span: Span) -> bool:
    """Whether somebody who can be asked says it there: not "there was no official word", "police did not comment"."""
    if (NO | UNDONE).intersection(text.folded(span)):
        return False
    actors = {m.token for m in text.within(span) if m.is_actor and m.kind != "media"}
    spoken = (cue.token for cue in text.said(span, "cue.speech"))
    near = (at for cue in spoken for at in range(cue - SPEAKS, cue + SPEAKS))
    return any(at in actors or text.word(at) in ANSWERING for at in near)


# --------------------------------------------------------------------------- of its own outlet


def _said(text: Text, name: str) -> Iterable[tuple[Span, Cue]]:
    """Where the sentences that say what a text is about hold a phrase of a list."""
    for span in islice(text.sentences, LEADS):
        for cue in text.said(span, name):
            yield span, cue


def _marked(text: Text, document: Document, name: str) -> bool:
    """Whether a title begins with such a mark: "CORRECTED-Blast in Quetta", "Withdrawn: …"."""
    if not text.sentences or not document.title_end:
        return False
    marks = [cue for cue in text.said(text.sentences[0], name) if cue.token == 0]
    return any(text.text[cue.end : cue.end + 2].strip()[:1] in DASHES for cue in marks)


def _retracts(text: Text, document: Document) -> bool:
    """Whether the outlet itself takes a report back: "Khyber Ledger has withdrawn its report", "this story was removed"."""
    own = fold(document.outlet)
    short = "".join(word[0] for word in own.split())
    for span, cue in _said(text, "stories.retracted"):
        who = fold(text.text[span.start : cue.start]).split()
        what = fold(text.text[cue.end : span.end]).split()[:TAKEN]
        if OURS & {*who, *what[:1]} and REPORT & {*who[-PASSED:], *what}:
            return True
        named = f" {' '.join(who)} "
        known = own and (f" {own} " in named or (len(short) > 1 and f" {short} " in named))
        if (known or not who) and REPORT & set(what):
            return True
        if REPORT & set(who) and _marked(text, document, "stories.corrected_mark"):
            return True  # "Correction: report on a raid withdrawn"
    return False


# --------------------------------------------------------------------------- of anybody's


def _denial(text: Text, span: Span, figures: Sequence[Figure]) -> Stance | None:
    """Who denies that it happened, where that is what the sentence tells."""
    words, inside = text.words(span), text.folded(span)
    for verb, word in zip(words, inside, strict=True):
        if word not in DISPUTE and word not in DENYING:
            continue
        before = inside[: verb - words.start]
        if not before or UNDONE & set(before[-3:]) or PASSIVE & set(before[-2:]):
            continue
        behind = inside[len(before) + 1 :][:OBJECT]
        if not behind or behind[0] == "by" or NO_EVENT & set(behind[:2]):
            continue
        turned_down = bool(CLAIM & set(behind)) or behind[0] == "that"
        if word not in DENIES and not turned_down:
            continue
        if word in DENYING:  # "has signed no truce, it said, denying reports of one"
            denied = turned_down and bool(NO & set(before)) and not _harm(figures)
        else:
            said = text.text[span.start : text.tokens[verb].start]
            whole = said.count(",") % 2 == 0 or "both" in before  # "Pakistan, Afghanistan both deny"
            heads = len(before) <= SUBJECT and not TOLD & set(before) and whole
            denied = heads or (before[-1] in ("and", "but") and turned_down and not _harm(figures))
        if denied:
            return Stance("denies", *_who(text, span, verb, before), _object(text, span, verb))
    return None


def _confirmation(text: Text, span: Span) -> Stance | None:
    """ "Pakistan confirms truce", "…, Kabul confirmed": which of the two sides confirms what, where nobody else does."""
    words, inside = text.words(span), text.folded(span)
    at = next((at for at, word in enumerate(inside) if word in CONFIRMS), 0)
    around = {*inside[max(0, at - 3) : at], *inside[at + 1 :][:OBJECT]}
    if (
        not at
        or (NO | UNDONE | PASSIVE) & around
        or "to" in inside[at - 1 : at]
        or "by" in inside[at + 1 :][:1]
    ):
        return None  # "refuses TO CONFIRM", "a strike CONFIRMED BY Kabul"
    by, side = _who(text, span, words.start + at, inside[:at])
    return (
        Stance("confirms", by, side, _object(text, span, words.start + at))
        if {by, side} & {BOTH_SIDES, *NATIONS}
        else None
    )


def _object(text: Text, span: Span, verb: int) -> str:
    """What is denied, in the words behind the verb up to the end of their clause; nothing where they name nothing."""
    inside = [token for token in text.tokens[verb + 1 : verb + 1 + LONGEST] if token.end <= span.end]
    claimed = next((at for at, token in enumerate(inside[:CLAIMED]) if token.word in CLAIM), -1)
    after = [token.word for token in inside[claimed + 1 :][:CLAIMED]] if claimed >= 0 else []
    if after[:1] == ["of"] or "that" in after:  # "the Afghan claim OF", "reports in Pakistani media THAT"
        inside = inside[claimed + 2 + (0 if after[0] == "of" else after.index("that")) :]
    if len(inside) > 1 and inside[0].word == "on" and inside[1].word in DAY_NAMES:
        inside = inside[2:]
    inside = list(dropwhile(lambda token: token.word in LINKS, inside))
    if not inside:
        return ""
    whole = text.text[inside[0].start : inside[-1].end]
    ends = [at for mark in ENDS if (at := whole.find(mark)) > 0]
    told = whole[: min(ends, default=len(whole))].strip(" .\u201c\u201d\"'")
    said = set(fold(told).split()) - CLAIM - EMPTY
    return told if said else ""


def _who(text: Text, span: Span, verb: int, before: Sequence[str]) -> tuple[str, Side]:
    """The denier as the sentence names him; no name where a pronoun stands for it."""
    inside = [m for m in text.within(span) if m.token < verb]
    actors = [m for m in inside if m.is_actor]
    first_two = text.text[inside[0].end : inside[1].start].strip() if len(inside) > 1 else ""
    joined = first_two in ("and", "&") and {m.side for m in inside[:2]} == NATIONS  # "Islamabad and Kabul"
    if joined or ({m.side for m in inside} >= NATIONS and "both" in before):
        return BOTH_SIDES, "none"
    if actors:
        return actors[0].name, _side(actors[0])
    for mention in inside:
        behind = text.tokens[mention.token + 1 : min(mention.token + 1 + NOUN, verb)]
        if last := next((token for token in reversed(behind) if token.word in OFFICIALS | {"police"}), None):
            return text.text[mention.start : last.end], _side(mention)
    if inside and inside[0].kind in ("country", "demonym"):
        return inside[0].name, _side(inside[0])
    if len(before) > NAMES or not OFFICIALS & set(before):
        return "", "none"
    words = text.words(span)
    named = text.text[text.tokens[words.start].start : text.tokens[words.start + len(before) - 1].end]
    local = [mention for mention in inside if mention.is_place]  # "Officials in KANDAHAR"
    return f"{named[0].lower()}{named[1:]}", _side(local[0]) if local else "none"


def _side(mention: Mention) -> Side:
    return "PK" if mention.side == "PK" else "AF" if mention.side == "AF" else "none"


def _harm(figures: Iterable[Figure]) -> list[Figure]:
    """The dead and hurt that a text tells of, undenied."""
    told = (f for f in figures if f.measure in HARM and f.low != 0)
    return [f for f in told if not (f.denied_by or f.hypothetical or f.subset)]


def _tells(figures: Iterable[Figure], by: str) -> bool:
    """Whether it tells of dead or hurt by another word than the denier's."""
    name = by.casefold()
    tellers = {figure.claimant.casefold() for figure in _harm(figures)}
    return any(not name or (name not in teller and teller not in name) for teller in tellers)
