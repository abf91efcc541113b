"""Is this text about the topic? The two sides must meet in it; the evidence is weighed and listed in words.

Either both countries (or their border) are named around one happening, or a group that stands between
them acts, or militants strike inside Pakistan. Subjects that use the same words (cricket, quakes,
returns from Iran) weigh against it. All numbers and words are the topic's.
"""

from __future__ import annotations

from datetime import datetime

from bot.news.families import FOUGHT
from bot.news.militancy import baloch, elsewhere, is_from_abroad, is_scene, militancy
from bot.news.model import OTHER_SIDE, Document, EventType, Verdict
from bot.news.text.lexicon import NATIONS, OWN, Cue, Text
from bot.news.text.sentences import FIRST, HAPPENING, Evidence, Part, all_sides, homeward, opening, parts_of
from bot.news.text.words import word_set
from bot.news.topics.topic import Topic

LEAD = 700  # characters after the headline in which another subject counts against us
TOP = 900  # characters after the headline that must carry the news
OFTEN = 4  # sentences with both sides that make a long report ours all the same
OFF = tuple(
    f"off.{name}" for name in (
        "quake", "weather", "health", "accident", "women", "economy", "politics", "american", "life", "crime",
        "courtesy", "hunt",
    )
)  # fmt: skip
FIRE = word_set("type.air_strike type.border_clash")
SCENES = word_set("off.life off.women off.health")  # where fire across the border hits: a wedding, a school
# a guest's talks, a hunt of others, unless the two sides are the headline
COURTESY = word_set("off.courtesy off.hunt")
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


def _parts(text: Text, document: Document, topic: Topic) -> tuple[Part, ...]:
    return parts_of(text, document.title_end, topic.roles.missions, topic.roles.network)


def _verdict(text: Text, document: Document, topic: Topic) -> Verdict:
    parts = _parts(text, document, topic)
    evidence = [
        *_meeting(parts, text, document, topic),
        *_groups(parts, text, topic),
        *militancy(parts, text, document, topic),
    ]
    if evidence:
        evidence += _against(parts, text, document, topic)
    score = round(sum(points for points, _ in evidence), 2)
    because = tuple(f"{points:+.1f} {why}" for points, why in evidence) or ("neither side meets the other",)
    return Verdict(score >= topic.weights["threshold"], score, because)


def close(document: Document, topic: Topic, type: EventType | None = None) -> bool:
    """Whether a text may be ours by its story: it names a side or the border, and no subject that is not ours.

    Fighting has its words in common with much else, so that a person is no side of it: "an Afghan family's battle".
    """
    text = topic.lexicon.read(document.text)
    parts = _parts(text, document, topic)
    other = baloch(text, topic) or elsewhere(text) or _against(parts, text, document, topic)
    sides = all_sides(text)
    if type in FOUGHT:
        theirs = "AF" not in sides and is_from_abroad(
            text, document.title_end
        )  # "Putin condoles with Pakistan"
        return _has_side(text) and not (other or theirs)
    return bool(OWN & sides) and not other


def is_sided(document: Document, topic: Topic) -> bool:
    """Whether a text names a side, the border, or who stands between them at all."""
    text = topic.lexicon.read(document.text)
    return any(
        (m.side in ANY_SIDE or m.name in topic.roles.missions) and not m.dateline for m in text.mentions
    )


def _has_side(text: Text) -> bool:
    """Whether a side or the border is there itself: "the Afghan army", "Afghan shells", not "an Afghan family"."""
    uniforms = frozenset(cue.token for cue in text.cues if cue.name == "evidence.uniform")
    fire = frozenset(cue.token for cue in text.cues if cue.name in FIRE)
    return any(
        m.side in OWN
        and m.weight > 0
        and not m.dateline
        and (
            m.kind != "demonym" or not fire.isdisjoint((m.token, m.token + 1)) or is_scene(m, text, uniforms)
        )
        for m in text.mentions
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
        found += [text.text[m.start : m.end] for m in named][:1]
    return " and ".join(found)


def _meeting(parts: tuple[Part, ...], text: Text, document: Document, topic: Topic) -> list[Evidence]:
    """Both sides, or one of them and the border, around a happening."""
    weights, evidence = topic.weights, list[Evidence]()
    if _rivals_abroad(parts, text, topic):
        return []
    met = [part for part in parts if part.meeting]
    lead = _lead(parts)
    both = f": {_named(text, 'PK', 'AF', 'border')}"
    if any(part.title for part in met):
        evidence.append((weights["meet_title"], f"both in the headline{both}"))
        if _is_foreign(document, text):
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
    elif _first_sides(parts) >= NATIONS and any(_is_between(part) for part in parts):
        evidence.append((weights["meet_lead"], f"both around what the headline tells{both}"))
    elif len({side for part in parts for side in part.sides} & OWN) > 1:
        evidence.append((weights["meet_text"], f"both in the text{both}"))
    elif _pauses(parts, text):
        evidence.append((weights["meet_text"], f"strikes across the border pause{both}"))
    border = [part for part in (*parts, *([lead] if lead else [])) if "border" in part.sides]
    if border:
        evidence.append((weights["border"], f"the border: {_named(text, 'border')}"))
    if not evidence:
        return []
    near = [part for part in met if part.happening] + [part for part in border if part.said & AT_BORDER]
    near += [part for part in parts if _is_between(part) or (part.title and homeward(text, document.side))]
    if near:
        said = sorted(n.removeprefix(HAPPENING) for n in near[0].said if n.startswith(HAPPENING))
        evidence.append((weights["happening"], f"a happening there: {', '.join(said) or 'dispute'}"))
    elif any(part.happening for part in parts):
        evidence.append((weights["happening_far"], "a happening elsewhere in the text"))
    headed = frozenset[str]().union(*(part.sides for part in parts if part.title))
    if any("evidence.soil" in part.said and {"PK", "militants"} & (part.sides | headed) for part in parts):
        evidence.append((weights["soil"], "across the border, or on the other's soil"))
    if any(m.kind in {"person", "office"} and m.side in OWN and m.weight > 0 for m in text.mentions):
        evidence.append((weights["actor"], "an official of one side"))
    return evidence


def _rivals_abroad(parts: tuple[Part, ...], text: Text, topic: Topic) -> bool:
    """What Islamic State does far off, with the list of its countries: "a plot in Munich ... active in Pakistan and
    Afghanistan"."""
    groups = {m.name for m in text.mentions if m.side == "militants" and m.weight > 0}
    headed = any(part.title and part.sides & OWN for part in parts)
    alone = bool(groups) and groups <= topic.roles.rivals
    return alone and not headed and not any(part.said & BETWEEN for part in parts)


def _is_foreign(document: Document, text: Text) -> bool:
    """A language whose words we know less; people of both countries somewhere else need no such help."""
    people = all(m.kind == "demonym" for m in text.mentions if m.start < document.title_end)
    return document.lang[:2].lower() not in ("en", "") and not people


def _is_between(part: Part) -> bool:
    """A headline with one side and what takes two."""
    return part.title and bool(OWN & part.sides) and bool(BETWEEN & part.said) and not _is_with_india(part)


def _pauses(parts: tuple[Part, ...], text: Text) -> bool:
    """ "Pakistan halts cross-border strikes for Eid": fire that stops, over a border of which no other side is named."""
    told = any(p.title and p.sides & OWN and {"part.fires", "part.halted"} <= p.said for p in parts)
    told = told and any("part.across" in p.said for p in parts)
    others = {"IN", "intl"} & frozenset[str]().union(*(p.sides for p in parts if p.title))
    return told and not others and "IN" not in all_sides(text)  # mediators may ask for it


def _is_with_india(part: Part) -> bool:
    """India and Pakistan without the Afghan side: the two that it takes are others."""
    return "IN" in part.sides and part.sides & OWN == {"PK"}


def _abroad(parts: tuple[Part, ...], document: Document, text: Text) -> str:
    """The other side's name where an outlet leaves its own unsaid: "Eid pause with Kabul expires", in Pakistan."""
    other = OTHER_SIDE.get(document.side, "")
    told = any(part.title and other in part.sides and UNSAID & part.said for part in parts)
    told = told or homeward(text, document.side)
    return _named(text, other) if told else ""


def _lead(parts: tuple[Part, ...]) -> Part | None:
    """Headline and first sentence as one, for feeds that say who in one and where in the other."""
    told = opening(parts)
    if not told or not told[0].title or told[-1].title or _is_with_india(told[0]):
        return None
    sides, said = (frozenset().union(*(getattr(part, of) for part in told)) for of in ("sides", "said"))
    return Part(
        0, sides, frozenset(n for n in said if n.startswith(HAPPENING) or n == "evidence.violence"), True
    )


def _first_sides(parts: tuple[Part, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(part.sides for part in parts[:FIRST]))


def _groups(parts: tuple[Part, ...], text: Text, topic: Topic) -> list[Evidence]:
    """The TTP and its like stand between the two; Islamic State or al-Qaeda against the Taliban."""
    weights, roles = topic.weights, topic.roles
    groups = [m for m in text.mentions if m.side == "militants" and m.weight > 0]
    between = [m for m in groups if m.name not in roles.rivals]
    evidence: list[Evidence] = []
    if between:
        evidence.append(
            (weights["group"], f"a group between the two: {text.text[between[0].start : between[0].end]}")
        )
        if any("evidence.violence" in part.said for part in parts):
            evidence.append((weights["group_attack"], "and violence"))
        elif NATIONS & all_sides(text):
            evidence.append((weights["group_attack"], "and one of the two"))
    elif any(m.name in roles.caliphate for m in groups) and not any(
        m.name in roles.bystanders for m in text.mentions
    ):
        head = [part for part in parts if part.title and {"militants", "AF"} <= part.sides]
        said = frozenset[str]().union(*(part.said for part in (*head, *parts[1:2] * bool(head))))
        if (
            said & MILITANT
            and "type.attack" not in said  # a bomb in Kabul: no neighbour in it
            and ("type.arrest" not in said or "evidence.death" in said)
            and any(m.side == "AF" and m.kind != "demonym" for m in text.mentions)
        ):
            evidence.append((weights["rival_group"], f"{groups[0].name} in Afghanistan"))
    return evidence


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
    raids = {c.start for c in head if c.name == "type.air_strike"}
    bats = {c.start for c in head if c.name == "off.sport" and c.phrase.casefold().startswith("strike")}
    raided = raids and not bats  # a side may "strike back" as well
    if (len(sport) > 1 or "off.sport" in title or (sport and idle)) and not (
        "evidence.death" in said or raided
    ):
        evidence.append((weights["off_sport"], f"sport: {', '.join(sorted(sport)[:3])}"))
    struck = any(part.meeting and part.said & FIRE for part in parts)
    met = any(part.meeting for part in parts if part.title)
    spared = (SCENES if struck else frozenset()) | (COURTESY if struck or met else frozenset())
    if _expels(parts, text, document.title_end):
        spared |= FATES
    if "evidence.death" not in said:
        spared -= {"off.health"}  # "vaccinators fight refusals on both sides of the border"
    off = [name for name in OFF if name not in spared]
    headline = [name for name in off if name in title]
    further = [name for name in off if name in lead and name not in title]
    evidence += [
        (weights["off_title"], f"{name.removeprefix('off.')} in the headline") for name in headline[:1]
    ]
    evidence += [(weights["off_text"], f"{name.removeprefix('off.')} in the text") for name in further[:2]]
    if _abroad_together(text, document, title):
        evidence.append((weights["off_title"], "people of both countries abroad, and neither state"))
    if _others_policy(parts, text, document.title_end):
        evidence.append((weights["others_policy"], "another state's policy on both"))
    if _other_border(parts, title, lead) or _over_india(parts):
        evidence.append((weights["other_border"], "another country's border"))
    return evidence


def _expels(parts: tuple[Part, ...], text: Text, title_end: int) -> bool:
    """ "Lahore court stops deportation of Afghan singer": Pakistan itself sends somebody home in the headline."""
    told = any(part.title and part.meeting and "type.returns" in part.said for part in parts)
    return told and any(m.side == "PK" and m.kind != "demonym" and m.start < title_end for m in text.mentions)


def _abroad_together(text: Text, document: Document, title: set[str]) -> bool:
    """ "Afghan and Pakistani chefs trade recipes in London": people in a third country, and no word of either state."""
    named = [m for m in text.mentions if m.start < document.title_end and m.side in OWN and not m.dateline]
    people = bool(named) and all(m.kind == "demonym" for m in named)
    there = any(
        c.name == "off.abroad" and c.start < document.title_end and (not c.phrase.isascii() or _at(text, c))
        for c in text.cues
    )
    return people and there and not title & SPARED


def _at(text: Text, cue: Cue) -> bool:
    return bool(cue.token) and text.tokens[cue.token - 1].word in AT


def _other_border(parts: tuple[Part, ...], title: set[str], lead: set[str]) -> bool:
    """Returns from Iran or a Tajik clash as the main matter: Pakistan stays out of the headline."""
    home = any("PK" in part.sides for part in parts if part.title)
    return ("off.other_border" in title or "off.other_border" in lead) and not home


def _others_policy(parts: tuple[Part, ...], text: Text, title_end: int) -> bool:
    """ "White House reviews its Afghan strategy": Washington speaks of both, neither does anything to the other."""
    told = {name for part in opening(parts) for name in part.said}
    if "cue.policy" not in told or any(part.meeting and part.said & BETWEEN for part in parts):
        return False
    own = [m.start for m in text.mentions if m.side == "PK" and m.start < title_end and not m.dateline]
    first = min(own, default=title_end)
    return any(cue.name == "cue.washington" and cue.start < first for cue in text.cues)


def _over_india(parts: tuple[Part, ...]) -> bool:
    """Pakistan and India over Kashmir, with Afghans as colour."""
    kashmir = any("off.india" in part.said for part in opening(parts))
    return kashmir and not any(part.meeting and part.said & DEALINGS for part in parts)
