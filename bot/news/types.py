"""What kind of happening is this text about? Words of each kind, weighed by where they stand.

The headline counts most, then the first sentences. What stands behind "after", "over" or "amid" is the
cause of the news, not the news; a truce that breaks is news about what broke it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.news.model import EVENT_TYPES, Document, EventType
from bot.news.text import Cue, Span, Text, word_set
from bot.news.topic import Topic

PREFIX = "type."
TYPES: dict[str, EventType] = {PREFIX + name: name for name in EVENT_TYPES}
ASIDE = word_set(
    "after following follows followed over amid despite since because as against pending behind tied linked suspected"
)
MODAL = word_set("to would could may might hunger general")
ENDING = word_set("end ends ended ending")
NEAR = 7  # words between a strike and what it hits
DECAY = 0.8  # from sentence to sentence, in long reports


def kind(document: Document, topic: Topic) -> tuple[EventType | None, tuple[str, ...]]:
    """The type and the words that speak for it; None when nothing does."""
    text = topic.lexicon.read(document.text)
    points, words = _points(text, document.title_end, topic)
    if not points:
        return None, ()
    best = max(EVENT_TYPES, key=lambda t: points.get(t, 0.0))
    because = f"{best}: {', '.join(dict.fromkeys(words[best][:6]))}"
    others = sorted((t for t in points if t != best), key=lambda t: -points[t])[:1]
    return best, (because, *(f"rather than {t} ({points[t]:.1f} to {points[best]:.1f})" for t in others))


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
        cues = _longest((*text.said(span, *TYPES), *bare_strikes(text, span)))
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
