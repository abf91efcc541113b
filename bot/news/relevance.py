"""Is this text about the topic? The two sides must meet in it; the evidence is weighed and listed in words.

Either both countries (or their border) are named around one happening, or a group that stands between
them acts, or militants strike inside Pakistan. Subjects that use the same words (cricket, quakes,
returns from Iran) weigh against it. All numbers and words are the topic's.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from typing import NamedTuple

from bot.news.model import Document, Verdict
from bot.news.text import Mention, Text, word_set
from bot.news.topic import Topic

LEAD = 700  # characters after the headline in which another subject counts against us
TOP = 900  # characters after the headline that must carry the news
FIRST = 4  # sentences, headline included, that tell what happened
OFTEN = 4  # sentences with both sides that make a long report ours all the same
HAPPENING = "type."
OFF = tuple(
    f"off.{name}" for name in (
        "quake", "weather", "health", "accident", "women", "economy", "politics", "american", "life", "crime",
        "courtesy",
    )
)  # fmt: skip
FIRE = word_set("type.air_strike type.border_clash")
SCENES = word_set(
    "off.life off.women off.health"
)  # a wedding, a school, a clinic: where fire across the border hits
COURTESY = word_set("off.courtesy")  # a guest's round of talks, unless the two sides are the headline
PERSONS = word_set("person demonym")  # people, not the scene
INSTITUTIONS = word_set(
    "officials authorities government city town village district province capital side territory soil base"
)  # "Pakistani officials", unlike "a Pakistani man"
POSTS = word_set("ambassador envoy commissioner representative")
FORMER = word_set("former ex onetime erstwhile")
OWN = word_set("PK AF border")
AT_BORDER = word_set(
    "type.air_strike type.border_clash type.attack type.ceasefire type.talks type.crossing type.returns type.operation "
    "type.diplomacy type.humanitarian evidence.dispute"
)
BETWEEN = word_set("type.air_strike type.border_clash type.ceasefire type.crossing")  # takes two sides
UNSAID = word_set("type.air_strike type.ceasefire")  # with whom but the neighbour?
RIVALS = word_set("ISKP Islamic-State Al-Qaeda ETIM")  # of the Taliban too, unlike the TTP
STIR = word_set("evidence.dispute evidence.violence")
Evidence = tuple[float, str]


class Part(NamedTuple):
    """A sentence with what it names and says."""

    start: int
    sides: frozenset[str]
    said: frozenset[str]  # names of word lists
    title: bool

    @property
    def happening(self) -> bool:
        return any(n.startswith(HAPPENING) for n in self.said) or bool(STIR & self.said)

    @property
    def meeting(self) -> bool:
        return len(self.sides & OWN) > 1


def judge(document: Document, topic: Topic) -> Verdict:
    """The verdict on a text, with every piece of evidence for and against it.

    A long report is judged by its beginning; a passing mention far down does not make it ours, but
    being at it again and again does.
    """
    whole = topic.lexicon.read(document.text)
    end = next((s.end for s in whole.sentences if s.end >= document.title_end + TOP), len(document.text))
    if end == len(document.text):
        return _verdict(whole, document, topic)
    top = _verdict(topic.lexicon.read(document.text[:end]), document, topic)
    if top.relevant or sum(part.meeting for part in _parts(whole, document.title_end)) < OFTEN:
        return top
    return _verdict(whole, document, topic)


def _verdict(text: Text, document: Document, topic: Topic) -> Verdict:
    parts = _parts(text, document.title_end)
    evidence = [
        *_meeting(parts, text, document, topic),
        *_groups(parts, text, topic),
        *_militancy(parts, text, topic),
    ]
    if evidence:
        evidence += _against(parts, text, document, topic)
    score = round(sum(points for points, _ in evidence), 2)
    because = tuple(f"{points:+.1f} {why}" for points, why in evidence) or ("neither side meets the other",)
    return Verdict(score >= topic.weights["threshold"], score, because)


def close(document: Document, topic: Topic) -> bool:
    """Whether a text may be ours by its story: it names a side or the border, and no subject that is not ours."""
    text = topic.lexicon.read(document.text)
    parts = _parts(text, document.title_end)
    other = _baloch(text, topic) or _elsewhere(text) or _against(parts, text, document, topic)
    return bool(OWN & _all_sides(text)) and not other


def archive(published: datetime | None, seen: datetime, topic: Topic) -> str | None:
    """Why a text is an archive piece: published long before anybody met it; None if it is not."""
    if published is None:
        return None
    days = (seen - published).days
    return f"published {days} days before it was seen" if days > topic.weights["archive_days"] else None


def _parts(text: Text, title_end: int) -> tuple[Part, ...]:
    starts = [s.start for s in text.sentences]
    sides: list[set[str]] = [set() for _ in starts]
    said: list[set[str]] = [set() for _ in starts]
    for m in text.mentions:
        if m.weight > 0 and not m.dateline and m.kind != "media" and not _held_post(m, text):
            sides[bisect_right(starts, m.start) - 1].add(m.side)
    for cue in text.cues:
        said[bisect_right(starts, cue.start) - 1].add(cue.name)
    return tuple(
        Part(start, frozenset(a), frozenset(b), start < title_end)
        for start, a, b in zip(starts, sides, said, strict=True)
    )


def _held_post(mention: Mention, text: Text) -> bool:
    """ "A former ambassador to Pakistan": where somebody once served takes no part in the news."""
    before = [token.word for token in text.tokens[max(0, mention.token - 6) : mention.token]]
    return before[-1:] == ["to"] and bool(POSTS & set(before[-3:])) and bool(FORMER & set(before))


def _named(text: Text, *sides: str) -> str:
    """The words by which sides are named, for the reasons."""
    found: list[str] = []
    for side in sides:
        named = (m for m in text.mentions if m.side == side and m.weight > 0 and not m.dateline)
        found += [text.text[m.start : m.end] for m in named][:1]
    return " and ".join(found)


def _meeting(parts: tuple[Part, ...], text: Text, document: Document, topic: Topic) -> list[Evidence]:
    """Both sides, or one of them and the border, around a happening."""
    weights, evidence = topic.weights, list[Evidence]()
    met = [part for part in parts if part.meeting]
    lead = _lead(parts)
    both = f": {_named(text, 'PK', 'AF', 'border')}"
    if any(part.title for part in met):
        evidence.append((weights["meet_title"], f"both in the headline{both}"))
        people = all(m.kind == "demonym" for m in text.mentions if m.start < document.title_end)
        if document.lang[:2].lower() not in ("en", "") and not people:
            evidence.append((weights["foreign"], f"in a language we know less ({document.lang})"))
    elif len(met) >= OFTEN or any(part.meeting for part in parts[:FIRST]):
        evidence.append((weights["meet_sentence"], f"both in one sentence{both}"))
    elif lead and lead.meeting:
        evidence.append((weights["meet_lead"], f"both in headline and first sentence{both}"))
        met = [lead]
    elif other := _abroad(parts, document, text):
        evidence.append(
            (weights["meet_lead"], f"the other side, {other}, in the headline of a {document.side} outlet")
        )
    elif {"PK", "AF"} <= _first_sides(parts) and any(_is_between(part) for part in parts):
        evidence.append((weights["meet_lead"], f"both around what the headline tells{both}"))
    elif len({side for part in parts for side in part.sides} & OWN) > 1:
        evidence.append((weights["meet_text"], f"both in the text{both}"))
    border = [part for part in (*parts, *([lead] if lead else [])) if "border" in part.sides]
    if border:
        evidence.append((weights["border"], f"the border: {_named(text, 'border')}"))
    if not evidence:
        return []
    near = [part for part in met if part.happening] + [part for part in border if part.said & AT_BORDER]
    near += [part for part in parts if _is_between(part)]
    if near:
        said = sorted(n.removeprefix(HAPPENING) for n in near[0].said if n.startswith(HAPPENING))
        evidence.append((weights["happening"], f"a happening there: {', '.join(said) or 'dispute'}"))
    elif any(part.happening for part in parts):
        evidence.append((weights["happening_far"], "a happening elsewhere in the text"))
    if any("evidence.soil" in part.said for part in parts) and {"PK", "militants"} & _all_sides(text):
        evidence.append((weights["soil"], "across the border, or on the other's soil"))
    if any(m.kind in {"person", "office"} and m.side in OWN and m.weight > 0 for m in text.mentions):
        evidence.append((weights["actor"], "an official of one side"))
    return evidence


def _is_between(part: Part) -> bool:
    """A headline with one side and what takes two."""
    return part.title and bool(OWN & part.sides) and bool(BETWEEN & part.said) and not _is_with_india(part)


def _is_with_india(part: Part) -> bool:
    """India and Pakistan without the Afghan side: the two that it takes are others."""
    return "IN" in part.sides and part.sides & OWN == {"PK"}


def _abroad(parts: tuple[Part, ...], document: Document, text: Text) -> str:
    """The other side's name where an outlet leaves its own unsaid: "Eid pause with Kabul expires", in Pakistan."""
    other = {"PK": "AF", "AF": "PK"}.get(document.side, "")
    told = any(part.title and other in part.sides and UNSAID & part.said for part in parts)
    return _named(text, other) if told else ""


def _opening(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The headline and the first sentence below it."""
    head = tuple(part for part in parts if part.title)
    return (*head, *parts[len(head) : len(head) + 1])


def _lead(parts: tuple[Part, ...]) -> Part | None:
    """Headline and first sentence as one, for feeds that say who in one and where in the other."""
    opening = _opening(parts)
    if not opening or not opening[0].title or opening[-1].title or _is_with_india(opening[0]):
        return None
    sides, said = (frozenset().union(*(getattr(p, of) for p in opening)) for of in ("sides", "said"))
    return Part(
        0, sides, frozenset(n for n in said if n.startswith(HAPPENING) or n == "evidence.violence"), True
    )


def _first_sides(parts: tuple[Part, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(part.sides for part in parts[:FIRST]))


def _all_sides(text: Text) -> frozenset[str]:
    return frozenset(m.side for m in text.mentions)


def _groups(parts: tuple[Part, ...], text: Text, topic: Topic) -> list[Evidence]:
    """The TTP and its like stand between the two; Islamic State or al-Qaeda against the Taliban."""
    weights = topic.weights
    groups = [m for m in text.mentions if m.side == "militants" and m.weight > 0]
    between = [m for m in groups if m.name.replace(" ", "-") not in RIVALS]
    evidence: list[Evidence] = []
    if between:
        evidence.append(
            (weights["group"], f"a group between the two: {text.text[between[0].start : between[0].end]}")
        )
        if any("evidence.violence" in part.said for part in parts):
            evidence.append((weights["group_attack"], "and violence"))
        elif {"PK", "AF"} & _all_sides(text):
            evidence.append((weights["group_attack"], "and one of the two"))
    elif any(m.name.startswith("IS") or m.name == "Islamic State" for m in groups) and not any(
        m.name == "United States" for m in text.mentions
    ):
        head = [part for part in parts if part.title and {"militants", "AF"} <= part.sides]
        if any(
            {"evidence.violence", "evidence.militant"} & part.said
            for part in (*head, *parts[1:2] * bool(head))
        ) and any(m.side == "AF" and m.kind != "demonym" for m in text.mentions):
            evidence.append((weights["rival_group"], f"{groups[0].name} in Afghanistan"))
    return evidence


def _militancy(parts: tuple[Part, ...], text: Text, topic: Topic) -> list[Evidence]:
    """Militants, or a bomb, inside Pakistan. Baloch groups count only with a link to Afghanistan."""
    weights = topic.weights
    said = frozenset(name for part in parts[:FIRST] for name in part.said)
    end = parts[FIRST].start if len(parts) > FIRST else len(text.text)
    own = [m for m in text.mentions if m.side == "PK" and m.weight > 0 and not m.dateline and m.start < end]
    home = [m for m in own if _is_scene(m, text) and not _condemns(m, text)]
    told = {name for part in _opening(parts) for name in part.said}
    another_day = any("off.case" in part.said for part in parts if part.title)  # tried, or remembered
    if not home or another_day or "evidence.violence" not in told or _elsewhere(text) or _baloch(text, topic):
        return []
    fight = {"type.attack", "type.operation"} & said or {"evidence.death", "evidence.uniform"} <= said
    if "evidence.militant" in said and fight:
        return [(weights["militancy"], f"militants in Pakistan: {text.text[home[0].start : home[0].end]}")]
    if "type.attack" not in said:
        return []
    evidence = [(weights["bomb"], f"an attack in Pakistan: {text.text[home[0].start : home[0].end]}")]
    if "evidence.uniform" in said:
        evidence.append((weights["uniform"], "against police, soldiers or worshippers"))
    if any(_in_province(m, "Khyber Pakhtunkhwa", topic) for m in home):
        evidence.append((weights["frontier"], "in Khyber Pakhtunkhwa"))
    return evidence


def _is_scene(mention: Mention, text: Text) -> bool:
    """Whether a name may say where: "Pakistani police", a town, the army; not "a Pakistani man"."""
    if mention.kind not in PERSONS:
        return True
    after = range(mention.token + 1, mention.token + 3)
    institution = any(t.word in INSTITUTIONS for t in text.tokens[after.start : after.stop])
    uniform = any(c.name == "evidence.uniform" and c.token in after for c in text.cues)
    return mention.kind == "demonym" and (institution or uniform)


def _condemns(mention: Mention, text: Text) -> bool:
    """ "Pakistan condemns the bombing in Lagos": a voice, not the scene."""
    return mention.is_actor and any(
        c.name == "type.statement" and 0 < c.token - mention.token <= 2 for c in text.cues
    )


def _elsewhere(text: Text) -> bool:
    """Whether the militancy is about India's side: Kashmir, the Line of Control."""
    return any(c.name == "off.india" for c in text.cues) and "AF" not in _all_sides(text)


def _baloch(text: Text, topic: Topic) -> bool:
    sides = {m.side for m in text.mentions if m.weight > 0}
    if {"AF", "militants"} & sides:
        return False
    return any(m.side == "militants" or _in_province(m, "Balochistan", topic) for m in text.mentions)


def _in_province(mention: Mention, province: str, topic: Topic) -> bool:
    place = topic.gazetteer.get(mention.name) if mention.is_place else None
    return place is not None and province in (place.name, place.province)


def _against(parts: tuple[Part, ...], text: Text, document: Document, topic: Topic) -> list[Evidence]:
    """Subjects that are not ours: in the headline they weigh most."""
    weights = topic.weights
    head = [c for c in text.cues if c.start < document.title_end + LEAD]
    title = {c.name for c in head if c.start < document.title_end}
    lead = {c.name for c in head}
    said = frozenset(name for part in parts for name in part.said)
    evidence: list[Evidence] = []
    sport = {c.phrase.casefold() for c in head if c.name == "off.sport"}
    idle = not any(name.startswith(HAPPENING) for name in said)  # one word of sport and nothing of ours
    if (len(sport) > 1 or "off.sport" in title or (sport and idle)) and not (
        "evidence.death" in said or "type.air_strike" in said
    ):
        evidence.append((weights["off_sport"], f"sport: {', '.join(sorted(sport)[:3])}"))
    struck = any(part.meeting and part.said & FIRE for part in parts)
    met = any(part.meeting for part in parts if part.title)
    spared = (SCENES if struck else frozenset()) | (COURTESY if met else frozenset())
    off = [name for name in OFF if name not in spared]
    headline = [name for name in off if name in title]
    further = [name for name in off if name in lead and name not in title]
    evidence += [
        (weights["off_title"], f"{name.removeprefix('off.')} in the headline") for name in headline[:1]
    ]
    evidence += [(weights["off_text"], f"{name.removeprefix('off.')} in the text") for name in further[:2]]
    if _other_border(parts, title, lead):
        evidence.append((weights["other_border"], "another country's border"))
    return evidence


def _other_border(parts: tuple[Part, ...], title: set[str], lead: set[str]) -> bool:
    """Returns from Iran or a Tajik clash as the main matter: Pakistan stays out of the headline."""
    home = any("PK" in part.sides for part in parts if part.title)
    return ("off.other_border" in title or "off.other_border" in lead) and not home
