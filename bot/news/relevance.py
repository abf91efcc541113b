"""Is this text about the topic? The two sides must meet in it; the evidence is weighed and listed in words.

Either both countries (or their border) are named around one happening, or a group that stands between
them acts, or militants strike inside Pakistan. Subjects that use the same words (cricket, quakes,
returns from Iran) weigh against it. All numbers and words are the topic's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from bot.news.families import FOUGHT, PREFIX
from bot.news.militancy import Evidence, baloch, elsewhere, is_from_abroad, is_scene, militancy
from bot.news.model import OTHER_SIDE, Document, EventType, Verdict
from bot.news.text.lexicon import NATIONS, OWN, Text
from bot.news.text.sentences import FIRST, Part, Parts, opening, parts_of, said_in, sides_of, titles
from bot.news.text.words import word_set
from bot.news.topics.topic import Topic
from bot.news.unsaid import leaves_own_unsaid

LEAD = 700  # characters after the headline in which another subject counts against us
TOP = 900  # characters after the headline that must carry the news
OFTEN = 4  # sentences with both sides that make a long report ours all the same
OFF = (  # subjects that are not ours, the gravest first
    "off.quake", "off.weather", "off.health", "off.accident", "off.women", "off.economy", "off.politics", "off.american",
    "off.life", "off.crime", "off.courtesy", "off.hunt",
)  # fmt: skip
FIRE = word_set("type.air_strike type.border_clash")
SCENES = word_set("off.life off.women off.health")  # where fire across the border hits: a wedding, a school
# a guest's talks, a hunt of others: not with both in the headline
COURTESY = word_set("off.courtesy off.hunt")
FIGURES = word_set("off.weather off.accident")  # "flooded with clips", "a depot hit": where fire is told
FATES = word_set("off.life off.american")  # whom Pakistan sends home: a singer, who waits for a resettlement
AT_BORDER = word_set(
    "type.air_strike type.border_clash type.attack type.ceasefire type.talks type.crossing type.returns type.operation "
    "type.diplomacy type.humanitarian evidence.dispute"
)
BETWEEN = word_set("type.air_strike type.border_clash type.ceasefire type.crossing")  # takes two sides
DEALINGS = BETWEEN | word_set("type.diplomacy type.talks type.returns type.trade evidence.soil")
UNSAID = word_set("type.air_strike type.ceasefire")  # with whom but the neighbour?
SPARED = word_set("evidence.states type.air_strike")  # beside people abroad: the states are in it after all
AT = word_set("in at off near")
JOINED = ("-", "–", " and ", ", ")  # "India-Pakistan strikes"
FOUGHT_OR_PAUSED = word_set("evidence.violence type.ceasefire type.talks")
MILITANT = word_set("evidence.violence evidence.militant")
ANY_SIDE = OWN | word_set("militants")


def judge(document: Document, topic: Topic) -> Verdict:
    """The verdict on a text, with every piece of evidence for and against it.

    A long report is judged by its beginning; a passing mention far down does not make it ours, but
    being at it again and again does.
    """
    whole = topic.lexicon.read(document.text)
    end = next((s.end for s in whole.sentences if s.end >= document.title_end + TOP), len(document.text))
    if end == len(document.text):
        return _verdict(whole, document, topic)
    top = _verdict(whole.until(end), document, topic)
    if top.relevant or sum(part.meeting for part in _parts(whole, document, topic)) < OFTEN:
        return top
    return _verdict(whole, document, topic)


def _parts(text: Text, document: Document, topic: Topic) -> Parts:
    return parts_of(text, document.title_end, topic.roles.missions, topic.roles.network)


def _verdict(text: Text, document: Document, topic: Topic) -> Verdict:
    parts, weights = _parts(text, document, topic), topic.weights
    evidence = [
        *_meeting(parts, text, document, topic),
        *_groups(parts, text, topic),
        *militancy(parts, text, document, topic),
    ]
    if evidence:
        evidence += _against(parts, text, document)
    score = round(sum(weights[name] for name, _ in evidence), 2)
    because = tuple(f"{weights[name]:+.1f} {why}" for name, why in evidence)
    return Verdict(score >= weights["threshold"], score, because or ("neither side meets the other",))


def close(document: Document, topic: Topic, type: EventType | None = None) -> bool:
    """Whether a text may be ours by its story: it names a side or the border, and no subject that is not ours.

    Fighting has its words in common with much else, so that a person is no side of it: "an Afghan family's battle".
    """
    text = topic.lexicon.read(document.text)
    parts = _parts(text, document, topic)
    other = baloch(text, topic) or elsewhere(text) or any(_against(parts, text, document))
    sides = {m.side for m in text.mentions}
    if type in FOUGHT:
        abroad = "AF" not in sides and is_from_abroad(text, document.title_end)  # "Putin condoles"
        return _has_side(text) and not (other or abroad)
    return bool(OWN & sides) and not other


def is_sided(document: Document, topic: Topic) -> bool:
    """Whether a text names a side, the border, or who stands between them at all."""
    text = topic.lexicon.read(document.text)
    missions = topic.roles.missions
    return any((m.side in ANY_SIDE or m.name in missions) and not m.dateline for m in text.mentions)


def _has_side(text: Text) -> bool:
    """Whether a side or the border is there itself: "the Afghan army", "Afghan shells", not "an Afghan family"."""
    fire = frozenset(cue.token for cue in text.all_said(*FIRE))
    return any(
        m.kind != "demonym" or not fire.isdisjoint((m.token, m.token + 1)) or is_scene(m, text)
        for m in text.mentions
        if m.side in OWN and m.weight > 0 and not m.dateline
    )


def archive(published: datetime | None, seen: datetime, topic: Topic) -> str | None:
    """Why a text is an archive piece: published long before anybody met it; None if it is not."""
    if published is None:
        return None
    days = (seen - published).days
    return f"published {days} days before it was seen" if days > topic.weights["archive_days"] else None


def _named(text: Text, *sides: str) -> str:
    """The words by which sides are named, for the reasons."""
    found: list[str] = []
    for side in sides:
        named = (m for m in text.mentions if m.side == side and m.weight > 0 and not m.dateline)
        found += [text.spelled(m) for m in named][:1]
    return " and ".join(found)


def _meeting(parts: Parts, text: Text, document: Document, topic: Topic) -> Iterator[Evidence]:
    """Both sides, or one of them and the border, around a happening."""
    if _rivals_abroad(parts, text, topic):
        return
    met, lead, head = [part for part in parts if part.meeting], _lead(parts), titles(parts)
    border = [part for part in (*parts, *([lead] if lead else [])) if "border" in part.sides]
    both = f": {_named(text, 'PK', 'AF', 'border')}"
    if any(part.meeting for part in head):
        yield "meet_title", f"both in the headline{both}"
        if _is_foreign(document, text):
            yield "foreign", f"in a language we know less ({document.lang})"
    elif len(met) >= OFTEN or any(part.meeting for part in parts[:FIRST]):
        yield "meet_sentence", f"both in one sentence{both}"
    elif lead and lead.meeting:
        yield "meet_lead", f"both in headline and first sentence{both}"
        met = [lead]
    elif other := _abroad(parts, document, text):
        yield "meet_lead", f"the other side, {other}, in the headline of a {document.side} outlet"
    elif sides_of(parts[:FIRST]) >= NATIONS and any(_is_between(part) for part in parts):
        yield "meet_lead", f"both around what the headline tells{both}"
    elif len(sides_of(parts) & OWN) > 1:
        yield "meet_text", f"both in the text{both}"
    elif _pauses(parts, text):
        yield "meet_text", f"strikes across the border pause{both}"
    elif not border:
        return
    if border:
        yield "border", f"the border: {_named(text, 'border')}"
    near = [part for part in met if part.happening] + [part for part in border if part.said & AT_BORDER]
    near += [
        part
        for part in parts
        if _is_between(part) or (part.title and leaves_own_unsaid(part, text, document.side))
    ]
    if near:
        said = sorted(name.removeprefix(PREFIX) for name in near[0].said if name.startswith(PREFIX))
        yield "happening", f"a happening there: {', '.join(said) or 'dispute'}"
    elif any(part.happening for part in parts):
        yield "happening_far", "a happening elsewhere in the text"
    headed = sides_of(head)
    if any("evidence.soil" in part.said and {"PK", "militants"} & (part.sides | headed) for part in parts):
        yield "soil", "across the border, or on the other's soil"
    if any(m.kind in {"person", "office"} and m.side in OWN and m.weight > 0 for m in text.mentions):
        yield "actor", "an official of one side"


def _rivals_abroad(parts: Parts, text: Text, topic: Topic) -> bool:
    """What Islamic State does far off, with the list of its countries: "a plot in Munich ... active in Pakistan and
    Afghanistan"."""
    groups = {m.name for m in text.mentions if m.side == "militants" and m.weight > 0}
    alone = bool(groups) and groups <= topic.roles.rivals
    return alone and not sides_of(titles(parts)) & OWN and not said_in(parts) & BETWEEN


def _is_foreign(document: Document, text: Text) -> bool:
    """A language whose words we know less; people of both countries somewhere else need no such help."""
    people = all(m.kind == "demonym" for m in text.mentions if m.start < document.title_end)
    return document.lang[:2].lower() not in ("en", "") and not people


def _is_between(part: Part) -> bool:
    """A headline with one side and what takes two."""
    return part.title and bool(OWN & part.sides) and bool(BETWEEN & part.said) and not _is_with_india(part)


def _pauses(parts: Parts, text: Text) -> bool:
    """ "Pakistan halts cross-border strikes for Eid": fire that stops, over a border of which no other side is named."""
    head = titles(parts)
    told = any(part.sides & OWN and {"part.fires", "part.halted"} <= part.said for part in head)
    across = told and "part.across" in said_in(parts)
    # mediators may ask for it
    return across and not {"IN", "intl"} & sides_of(head) and not any(m.side == "IN" for m in text.mentions)


def _is_with_india(part: Part) -> bool:
    """India and Pakistan without the Afghan side: the two that it takes are others."""
    return "IN" in part.sides and part.sides & OWN == {"PK"}


def _abroad(parts: Parts, document: Document, text: Text) -> str:
    """The other side's name where an outlet leaves its own unsaid: "Eid pause with Kabul expires", in Pakistan."""
    other = OTHER_SIDE.get(document.side, "")
    told = any(other in part.sides and UNSAID & part.said for part in titles(parts))
    told = told or any(leaves_own_unsaid(part, text, document.side) for part in titles(parts))
    return _named(text, other) if told else ""


def _lead(parts: Parts) -> Part | None:
    """Headline and first sentence as one, for feeds that say who in one and where in the other."""
    told = opening(parts)
    if not told or not told[0].title or told[-1].title or _is_with_india(told[0]):
        return None
    said = frozenset(n for n in said_in(told) if n.startswith(PREFIX) or n == "evidence.violence")
    return Part(told[0].span, sides_of(told), said, True)


def _groups(parts: Parts, text: Text, topic: Topic) -> Iterator[Evidence]:
    """The TTP and its like stand between the two; Islamic State or al-Qaeda against the Taliban."""
    roles = topic.roles
    groups = [m for m in text.mentions if m.side == "militants" and m.weight > 0]
    between = [m for m in groups if m.name not in roles.rivals]
    everybody = {m.name for m in text.mentions}
    if between:
        yield "group", f"a group between the two: {text.spelled(between[0])}"
        if FOUGHT_OR_PAUSED & said_in(parts):
            yield "group_attack", "and violence, or its end"
        elif any(m.side in NATIONS for m in text.mentions):
            yield "group_attack", "and one of the two"
    elif any(m.name in roles.caliphate for m in groups) and roles.bystanders.isdisjoint(everybody):
        head = [part for part in titles(parts) if {"militants", "AF"} <= part.sides]
        said = said_in((*head, *parts[1:2] * bool(head)))
        if (
            said & MILITANT
            and "type.attack" not in said  # a bomb in Kabul: no neighbour in it
            and ("type.arrest" not in said or "evidence.death" in said)
            and any(m.side == "AF" and m.kind != "demonym" for m in text.mentions)
        ):
            yield "rival_group", f"{groups[0].name} in Afghanistan"


def _against(parts: Parts, text: Text, document: Document) -> Iterator[Evidence]:
    """Subjects that are not ours: in the headline they weigh most."""
    first = opening(parts)[-1].span.end if parts else 0
    own = [part.span for part in parts if part.sides & OWN]  # not "in brief: rain likely; Qalandars win"
    head = [c for c in text.cues if c.start < document.title_end + LEAD]
    head = [c for c in head if c.start < first or any(s.start <= c.start < s.end for s in own)]
    title, lead = {c.name for c in head if c.start < document.title_end}, {c.name for c in head}
    said, met = said_in(parts), [part for part in parts if part.meeting]
    dead = "evidence.death" in said
    sport = {c.phrase.casefold() for c in head if c.name == "off.sport"}
    idle = not any(name.startswith(PREFIX) for name in said)  # one word of sport and nothing of ours
    bats = any(word.startswith("strike") for word in sport)  # "strike back"
    raided = "type.air_strike" in lead and not bats
    if (len(sport) > 1 or "off.sport" in title or (sport and idle)) and not (dead or raided):
        yield "off_sport", f"sport: {', '.join(sorted(sport)[:3])}"
    struck = any(part.said & FIRE for part in met)
    spared = SCENES if struck else frozenset()
    if struck or titles(met):
        spared |= COURTESY
    if _expels(parts, text, document.title_end):
        spared |= FATES
    if not dead:
        spared -= {"off.health"}  # "vaccinators fight refusals on both sides of the border"
    off = [name for name in OFF if name not in spared]
    for name in [name for name in off if name in title][:1]:
        yield "off_title", f"{name.removeprefix('off.')} in the headline"
    for name in [name for name in off if name in lead - title - (FIGURES if struck else set())][:2]:
        yield "off_text", f"{name.removeprefix('off.')} in the text"
    if _abroad_together(text, document, title):
        yield "off_title", "people of both countries abroad, and neither state"
    if _others_policy(parts, text, document.title_end):
        yield "others_policy", "another state's policy on both"
    away = "off.other_border" in lead and "PK" not in sides_of(titles(parts))  # returns from Iran
    if away or _over_india(parts, text):
        yield "other_border", "another country's border"


def _expels(parts: Parts, text: Text, title_end: int) -> bool:
    """ "Lahore court stops deportation of Afghan singer": Pakistan itself sends somebody home in the headline."""
    told = any(part.meeting and "type.returns" in part.said for part in titles(parts))
    return told and any(m.side == "PK" and m.kind != "demonym" and m.start < title_end for m in text.mentions)


def _abroad_together(text: Text, document: Document, title: set[str]) -> bool:
    """ "Afghan and Pakistani chefs trade recipes in London": people in a third country, and no word of either state."""
    named = [m for m in text.mentions if m.start < document.title_end and m.side in OWN and not m.dateline]
    people = bool(named) and all(m.kind == "demonym" for m in named)
    there = any(
        c.start < document.title_end and (not c.phrase.isascii() or text.word(c.token - 1) in AT)
        for c in text.all_said("off.abroad")
    )
    return people and there and not title & SPARED


def _others_policy(parts: Parts, text: Text, title_end: int) -> bool:
    """ "White House reviews its Afghan strategy": Washington speaks of both, neither does anything to the other."""
    deal = any(part.meeting and part.said & BETWEEN for part in parts)
    if deal or "cue.policy" not in said_in(opening(parts)):
        return False
    own = [m.start for m in text.mentions if m.side == "PK" and m.start < title_end and not m.dateline]
    first = min(own, default=title_end)
    return any(cue.start < first for cue in text.all_said("cue.washington"))


def _over_india(parts: Parts, text: Text) -> bool:
    """Pakistan and India, over Kashmir or striking each other, with Afghans as colour."""
    kashmir = "off.india" in said_in(opening(parts))
    head = [m for part in titles(parts) for m in text.named(part.span)]
    both = any(
        {a.side, b.side} == {"IN", "PK"} and text.text[a.end : b.start] in JOINED for a, b in pairwise(head)
    )
    return (kashmir or both) and not any(part.meeting and part.said & DEALINGS for part in parts)
