"""What kind of happening is this text about? Words of each kind, weighed by where they stand.

The headline counts most, then the first sentences. What stands behind "after", "over" or "amid" is the
cause of the news, not the news; a truce that breaks is news about what broke it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.news.model import EVENT_TYPES, Document, EventType
from bot.news.text import Cue, Mention, Span, Text, word_set
from bot.news.topic import Topic

PREFIX = "type."
TYPES: dict[str, EventType] = {PREFIX + name: name for name in EVENT_TYPES}
ASIDE = word_set(
    "after following follows followed over amid despite since because as against pending behind tied linked suspected"
)
MODAL = word_set("to would could may might hunger general")
ENDING = word_set("end ends ended ending")
FIGHTING = word_set("type.air_strike type.border_clash type.attack")
PLAIN = word_set("attack attacks attacked")  # who attacks at the line is an army
AT = word_set("at the through of to near a")
OTHER_DEATHS = word_set("off.quake off.weather off.accident off.health off.sport")
SETTLING = word_set("type.ceasefire type.talks type.crossing type.air_strike type.border_clash")
HOSTS = frozenset({"Qatar", "Turkiye", "Saudi Arabia"})
NEAR = 7  # words between a strike and what it hits
DECAY = 0.8  # from sentence to sentence, in long reports


def kind(document: Document, topic: Topic) -> tuple[EventType | None, tuple[str, ...]]:
    """The type and the words that speak for it; None when nothing does."""
    text = topic.lexicon.read(document.text)
    points, words = _points(text, document.title_end, topic)
    if not points:
        return _by_scene(text)
    best = max(EVENT_TYPES, key=lambda t: points.get(t, 0.0))
    because = f"{best}: {', '.join(dict.fromkeys(words[best][:6]))}"
    others = sorted((t for t in points if t != best), key=lambda t: -points[t])[:1]
    return best, (because, *(f"rather than {t} ({points[t]:.1f} to {points[best]:.1f})" for t in others))


def _by_scene(text: Text) -> tuple[EventType | None, tuple[str, ...]]:
    """Dead and wounded, and no word of how: at a crossing it was fire across it, on Afghan ground a strike."""
    lists = {c.name for c in text.cues}
    if "evidence.violence" not in lists or lists & OTHER_DEATHS:
        return None, ()
    named = [m for m in text.mentions if m.weight > 0 and not m.dateline]
    sides = {m.side for m in named}
    for place in (m for m in named if m.is_place and m.kind != "country"):
        scene = f"by its scene, {text.text[place.start : place.end]}"
        if place.side == "border":
            return "border_clash", (f"border_clash: {scene}",)
        if place.side == "AF" and "PK" in sides:
            return "air_strike", (f"air_strike: {scene}",)
        if place.side == "PK":
            return "attack", (f"attack: {scene}",)
    return None, ()


def _points(
    text: Text, title_end: int, topic: Topic
) -> tuple[dict[EventType, float], dict[EventType, list[str]]]:
    """Each type's points and the words that gave them, first words first."""
    points: dict[EventType, float] = defaultdict(float)
    words: dict[EventType, list[str]] = defaultdict(list)
    order = 0
    for span in text.sentences:
        title = span.start < title_end
        weight = topic.weights["type_title"] if title else _weight(order, topic)
        order += not title
        aside = _aside(text, span)
        broken = bool(text.said(span, "cue.broken")) or _ended(text, span)
        seen: dict[EventType, int] = defaultdict(int)
        cues = _read_in_place(text, span, _longest((*text.said(span, *TYPES), *bare_strikes(text, span))))
        sought = bool(text.said(span, "cue.sought"))
        truce = not sought and any(cue.name == "type.ceasefire" and cue.token < aside for cue in cues)
        for cue in cues:
            of = TYPES[cue.name]
            seen[of] += 1
            if seen[of] > 2:
                continue
            share = topic.weights["type_aside"] if cue.token > aside and not broken else 1.0
            points[of] += weight * share * _factor(of, truce, broken or sought, topic) / seen[of]
            words[of].append(cue.phrase)
    return points, words


def _read_in_place(text: Text, span: Span, cues: list[Cue]) -> list[Cue]:
    """The cues with what stands beside them: the same word means something else at a crossing or a venue."""
    inside = [m for m in text.within(span) if not m.dateline]
    line = [m for m in inside if m.side == "border"]
    struck = {c.token for c in cues if c.name == "type.air_strike"}
    denied = text.said(span, "cue.denied")
    fled = [c.token for c in cues if c.name == "type.humanitarian"]
    found: list[Cue] = []
    for cue in cues:
        name = cue.name
        if name == "type.attack":
            if cue.token in struck:
                continue
            if cue.phrase.casefold() in PLAIN and any(0 < m.token - cue.token <= 3 for m in line):
                name = "type.border_clash"
        elif name == "type.talks" and _with_person(text, cue, inside):
            name = "type.diplomacy"
        elif name == "type.ceasefire" and any(0 < cue.token - d.token <= NEAR for d in denied):
            name = "type.statement"
        if name in FIGHTING and any(0 < cue.token - at <= 2 for at in fled):
            continue  # "displaced by fighting"
        found.append(cue._replace(name=name))
    return [
        *found,
        *_gates(text, span, line),
        *_sessions(text, span, inside),
        *_together(text, inside, found),
    ]


def _together(text: Text, inside: list[Mention], cues: list[Cue]) -> list[Cue]:
    """ "China, Pakistan and Afghanistan": a third state in one breath with the two, not as their mediator."""
    if any(c.name in SETTLING for c in cues):
        return []
    states = [m for m in inside if m.kind in ("state", "country")]
    for run in zip(states, states[1:], states[2:], strict=False):
        if {m.side for m in run} == {"PK", "AF", "intl"} and run[2].token - run[0].token <= 4:
            start, end = run[0].start, run[2].end
            return [Cue("type.multilateral", start, end, run[0].token, text.text[start:end])]
    return []


def _with_person(text: Text, cue: Cue, inside: list[Mention]) -> bool:
    """ "Talks with Dar": two ministers meet, delegations do not."""
    after = cue.token + 1
    return (
        after + 1 < len(text.tokens)
        and text.tokens[after].word == "with"
        and any(m.token == after + 1 and m.kind == "person" for m in inside)
    )


def _gates(text: Text, span: Span, line: list[Mention]) -> list[Cue]:
    """A crossing that is shut, sealed, opened or passed; "firing at closed Torkham" only says how it stands."""
    gates = [m for m in line if m.kind == "crossing"]
    found: list[Cue] = []
    for cue in text.said(span, "cue.gate"):
        before = text.tokens[cue.token - 1].word if cue.token else ""
        near = any(0 < cue.token - m.token <= 4 for m in gates) or (
            before not in AT and any(0 < m.token - cue.token <= 3 for m in gates)
        )
        if near and not found:
            found.append(cue._replace(name="type.crossing"))
    return found


def _sessions(text: Text, span: Span, inside: list[Mention]) -> list[Cue]:
    """A round, meeting or failure at a venue of talks, or in a country that hosts them."""
    hosts = [m for m in inside if m.kind == "venue" or m.name in HOSTS]
    return [
        cue._replace(name="type.talks")
        for cue in text.said(span, "cue.session")
        if any(-2 <= m.token - cue.token <= 3 for m in hosts)
    ][:1]


def _ended(text: Text, span: Span) -> bool:
    """ "Strikes end two-day truce", but not "talks end with a truce"."""
    for cue in text.said(span, "type.ceasefire"):
        before = [t.word for t in text.tokens[max(0, cue.token - 4) : cue.token] if t.start >= span.start]
        if ENDING & set(before) and not {"with", "in", "for"} & set(before):
            return True
    return False


def bare_strikes(text: Text, span: Span) -> list[Cue]:
    """The plain word with the two sides around it: "Pakistan bombs Afghan cities", "strikes on Paktika".

    From the Afghan side it is an attack: the Taliban have no air force.
    """
    found: list[Cue] = []
    if text.said(span, "off.quake", "off.weather", "type.border_clash"):
        return found
    inside = [m for m in text.within(span) if not m.dateline and m.side in ("PK", "AF")]
    for cue in text.said(span, "cue.strike"):
        after = [m for m in inside if 0 < m.token - cue.token <= NEAR]
        before = [m.side for m in inside if m.token < cue.token]
        if not after or (cue.token and text.tokens[cue.token - 1].word in MODAL):
            continue
        named = after[0].is_place and after[0].kind != "country"
        if after[0].side == "AF" and ("PK" in before[-1:] or (named and after[0].token - cue.token <= 4)):
            found.append(cue._replace(name="type.air_strike"))
        elif after[0].side == "PK" and "AF" in before[-1:]:
            found.append(cue._replace(name="type.attack"))
    return found


def _longest(cues: Iterable[Cue]) -> list[Cue]:
    """Without the words inside a longer phrase: "Taliban drone strikes" are no "drone strikes"."""
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (c.start, -c.end)):
        if not any(cue.end <= k.end and (k.start, k.end) != (cue.start, cue.end) for k in kept[-3:]):
            kept.append(cue)
    return kept


def _aside(text: Text, span: Span) -> int:
    """The token from which on a sentence tells causes; far away where it does not, or begins with one."""
    return next((at for at in text.words(span)[2:] if text.tokens[at].word in ASIDE), len(text.tokens))


def _factor(of: EventType, truce: bool, failed: bool, topic: Topic) -> float:
    if of == "ceasefire" and failed:
        return topic.weights["type_broken"]
    if of == "talks" and truce:
        return topic.weights["type_means"]
    if of in ("statement", "multilateral"):
        return topic.weights[f"type_{of}"]
    return 1.0


def _weight(order: int, topic: Topic) -> float:
    if order < 2:
        return topic.weights[("type_lead", "type_second")[order]]
    return float(topic.weights["type_later"] * DECAY ** (order - 2))
