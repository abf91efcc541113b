"""What kind of happening is this text about? Words of each kind, weighed by where they stand.

The headline counts most, then the first sentences. What stands behind "after", "over" or "amid" is the
cause of the news, not the news; a truce that breaks is news about what broke it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise

from bot.news.families import PREFIX, TYPES
from bot.news.model import EVENT_TYPES, Document, EventType
from bot.news.signs import armies, frames, meanings, reactions, scenes, strikes, voices
from bot.news.text.lexicon import NATIONS, Cue, Mention, Text
from bot.news.text.words import Span, word_set
from bot.news.topics.topic import Topic

ASIDE = word_set(
    "after aftermath following follows followed over amid despite since because as against pending behind tied linked suspected "
    "answered answering avenge avenged avenging if unless planned planning planner plotted plotting plot "
    "discuss discusses discussed discussing wanted"
)
ANSWER = word_set(
    "reply response retaliation retribution revenge reprisal answer"
)  # "in reply to the strikes"
HANDED = ("hand", "cross", "took", "take", "taking", "fly", "flew", "turn")  # "over" belongs to the verb
ALIKE = word_set("many much few well such part known")  # "as many as nine": no clause behind "as"
SUBJECT = word_set("talks talk dialogue discussions discussion views meeting")  # on what?
WEAK = 0.6  # points below which who stands in a text tells more than its words
MAKERS = word_set(
    "mastermind masterminds planner planners architect facilitator facilitators perpetrator perpetrators suspect suspects"
)
BEHIND = word_set("of behind in")
MADE = 5  # words from "the mastermind of" to the attack that he made
ENDING = word_set("end ends ended ending")
ALSO = 0.15  # share of the first kind's points from which a text speaks of another kind as well
BETWEEN = word_set("PK AF border militants")
HEADED: frozenset[EventType] = frozenset({"attack", "operation"})  # what a headline may call a strike
POLITICAL = "type.political"
OPENING = 3  # sentences, the headline's among them, that say whose ground it was
STRUCK = 0.4  # share of their points from which a strike told below is what it was
LATER = 1.05  # times as much weighs an arrest
DECAY = 0.8  # from sentence to sentence, in long reports
Points = dict[EventType, float]


def kinds(document: Document, topic: Topic) -> tuple[tuple[EventType, ...], tuple[str, ...]]:
    """The type, then the others that the text speaks of, and the words that speak for the first."""
    text = topic.lexicon.read(document.text)
    points, words = _points(text, document.title_end, topic)
    if max(points.values(), default=0.0) < WEAK:
        if found := _by_scene(text) or _by_voice(text):
            return (found[0],), (f"{found[0]}: by its {found[1]}",)
        if not points:
            return (), ()
    # an arrest came after what it is for
    best = max(EVENT_TYPES, key=lambda t: points.get(t, 0.0) * (LATER if t == "arrest" else 1.0))
    best = "air_strike" if _was_strike(best, text, points) else best
    others = sorted((t for t in points if t != best), key=lambda t: -points[t])
    why = [f"{best}: {', '.join(dict.fromkeys(words[best][:6]))}"]
    why += [f"rather than {t} ({points[t]:.1f} to {points[best]:.1f})" for t in others[:1]]
    return (best, *(t for t in others if points[t] >= ALSO * points[best])), tuple(why)


def _was_strike(best: EventType, text: Text, points: Mapping[EventType, float]) -> bool:
    """Whether the "attack" or the "militants killed" of a headline is what the text calls an air strike.

    On Afghan ground, and of no group's: militants are only its dead.
    """
    if best not in HEADED or points["air_strike"] < STRUCK * points[best]:
        return False
    grounds = {m.side for span in text.sentences[:OPENING] for m in text.named(span) if m.is_ground}
    acting = best == "attack" and any(m.side == "militants" for m in text.within(text.sentences[0]))
    return "AF" in grounds and "PK" not in grounds and not acting


def _by_scene(text: Text) -> tuple[EventType, str] | None:
    """No word of what happened: who and where must tell."""
    lists = {c.name for c in text.cues}
    named = [m for m in text.mentions if m.weight > 0 and not m.dateline]
    local = any(m.kind in ("province", "district", "crossing") for m in named)
    if "part.counted" in lists and not local and any(m.side == "UN" for m in text.within(text.sentences[0])):
        return "humanitarian", "scene, what the UN counts"
    if "evidence.violence" in lists and lists.isdisjoint(frames.ELSEWHERE):
        if struck := _struck(text, named):
            return "air_strike", f"scene, {struck.phrase} between the two"
        return _by_losses(text, named)
    gate = next((m for m in named if m.kind == "crossing"), None)
    return ("crossing", f"scene, {text.spelled(gate)}") if gate else None


def _struck(text: Text, named: list[Mention]) -> Cue | None:
    """ "Mass graves after strike on clinic … Pakistan insists": strikes of a text that names both, and no ground of Pakistan's."""
    sides = {m.side for m in text.mentions}
    if (
        not sides >= NATIONS
        or sides & {"militants", "IN", "border"}
        or any(m.is_ground and m.side == "PK" for m in named)
    ):
        return None
    opening = (cue for span in text.sentences[:OPENING] for cue in text.said(span, "cue.strike"))
    return next((cue for cue in opening if cue.phrase.casefold() in strikes.STRIKES), None)


def _by_losses(text: Text, named: list[Mention]) -> tuple[EventType, str] | None:
    """Dead and wounded, and no word of how: at a crossing it was fire across it, on Afghan ground a strike."""
    if armies.scene(text).armies:
        return "border_clash", "scene, losses of both armies"
    told: dict[str, EventType] = {"border": "border_clash", "PK": "attack"}
    if any(m.side == "PK" for m in named):
        told["AF"] = "air_strike"
    for place in named:
        if place.is_ground and place.side in told and not voices.speaks_there(text, place):
            return told[place.side], f"scene, {text.spelled(place)}"
    return None


def _by_voice(text: Text) -> tuple[EventType, str] | None:
    """Nothing but that somebody speaks, of the other side or of both."""
    speaker = voices.speaker(text)
    between = len(BETWEEN & {m.side for m in text.mentions if not m.dateline}) > 1
    return ("statement", f"voice, {text.spelled(speaker)}") if speaker and between else None


def _points(text: Text, title_end: int, topic: Topic) -> tuple[Points, dict[EventType, list[str]]]:
    """Each type's points and the words that gave them, first words first."""
    points: Points = defaultdict(float)
    words: dict[EventType, list[str]] = defaultdict(list)
    scene, weights = armies.scene(text), topic.weights
    order, reaction = 0, None
    for span in text.sentences:
        title = span.start < title_end
        weight = weights["type_title"] if title else _weight(order, topic)
        order += not title
        cues = _cues(text, span, scene, topic)
        cause, fled = _causes(text, span, cues), _fled(text, span, cues)
        reaction = reactions.read(text, span) if title or reaction else None
        sole = reaction.cue if reaction and reaction.sole else None
        told = _said(text, span, cause) if title and all(cue.token in cause for cue in cues) else []
        cues = [*cues, sole] if sole else [*cues, *told]
        alone = {c.name for c in cues if c in told or c.token not in cause} == {"type.statement"}
        voice = voices.heading(text, span) if title and alone else None
        voiced = voice is not None and voice.kind in ("person", "office")  # nothing else is the news
        broken = bool(text.said(span, "cue.broken")) or _ended(text, span)
        fought = scene.fighting or any(cue.name in armies.FIGHTING for cue in cues)
        broken = broken and (
            fought or not text.said(span, "part.quitting")
        )  # who calls it off makes news of it
        sought = bool(text.said(span, "cue.sought"))
        stalled = bool(text.said(span, "part.failed"))  # "talks fail, truce to hold"
        truce = not (sought or stalled) and any(
            cue.name == "type.ceasefire" and cue.token not in cause for cue in cues
        )
        seen: dict[EventType, int] = defaultdict(int)
        for cue in cues:
            of = TYPES[PREFIX + cue.name.partition(".")[2]]
            seen[of] += 1
            if seen[of] > 2:
                continue
            behind = cue.token in cause and not broken and cue not in told
            behind = behind or (cue.token in fled and cue.name in armies.FIGHTING)
            share = weights["type_aside"] if behind or _is_of_another(text, span, cue) else 1.0
            share *= weights["type_suffered"] if cue.name.startswith(meanings.SUFFERED) else 1.0
            share *= weights["type_aside"] if reaction and reaction.told_of(text, cue) else 1.0
            share *= 1.0 if voiced or cue is sole else _factor(of, truce, broken or sought or stalled, topic)
            points[of] += weight * share / seen[of]
            words[of].append(cue.phrase)
    return points, words


def _cues(text: Text, span: Span, scene: armies.Scene, topic: Topic) -> list[Cue]:
    """What the words of a sentence tell, alone and together; operations that are halted are a truce."""
    named = _longest((*text.said(span, *TYPES), *strikes.bare(text, span)))
    cues = scenes.read(text, span, named, scene, topic.roles.hosts)
    framed = frames.told(text, span, topic.frames, cues)
    paused = [c for c in framed if c.name == "type.ceasefire"]
    if text.said(span, "part.halted") and any(c.name == "type.ceasefire" for c in cues):
        cues = [c for c in cues if c.name != "type.operation"]
    if any(c.name == POLITICAL for c in named) and not any(c.name == POLITICAL for c in cues):
        framed = [c for c in framed if c.name != POLITICAL]  # what one side says of the other's edict
    framed += _of_mission(text, span, topic)
    told = [*(c for c in cues if not any(p.start <= c.start < p.end for p in paused)), *framed]
    if scene.trial and not text.said(span, "part.halted"):  # what a gate lets through on trial are goods
        return [c._replace(name="type.trade") if c.name == "type.crossing" else c for c in told]
    return told


def _of_mission(text: Text, span: Span, topic: Topic) -> list[Cue]:
    """ "Operation X: 274 Taliban killed": the losses of an operation by its name, which is one from the air."""
    if not text.said(span, "evidence.death") or text.said(span, "part.halted"):
        return []
    names = (m for m in text.within(span) if m.kind == "mechanism" and m.name in topic.roles.missions)
    return [Cue("type.air_strike", m.start, m.end, m.token, text.spelled(m)) for m in names][:1]


def _is_of_another(text: Text, span: Span, cue: Cue) -> bool:
    """Whether it is whose man somebody was, or only what is said of the losses."""
    made = cue.name == "type.attack" and _made(text, span, cue)
    return made or (cue.name == "type.statement" and _answers(text, span, cue))


def _ended(text: Text, span: Span) -> bool:
    """ "Strikes end two-day truce", but not "talks end with a truce"."""
    for cue in text.said(span, "type.ceasefire"):
        before = set(text.before(cue.token, 4, span))
        if ENDING & before and not {"with", "in", "for", "open"} & before:  # "open-ended truce"
            return True
    return False


def _longest(cues: Iterable[Cue]) -> list[Cue]:
    """Without what lies in a longer phrase, or runs on from one of another kind: an "air raid on" is no "raid on"."""
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (c.start, -c.end)):
        before = [k for k in kept[-3:] if cue.start < k.end and (k.start, k.end) != (cue.start, cue.end)]
        if not any(cue.end <= k.end or cue.name != k.name for k in before):
            kept.append(cue)
    return kept


def _causes(text: Text, span: Span, cues: Sequence[Cue]) -> Container[int]:
    """The tokens of a sentence that tell the cause of its news, behind "after" or "amid".

    Where nothing but losses stands before "after", what stands behind it is the news. "Over 200" is a number.
    """
    inside, words = text.words(span), text.folded(span)
    for at, word in enumerate(words):
        if at < 2 or not _opens_aside(words, at, word):
            continue
        before = [cue for cue in cues if cue.token < inside.start + at]
        if before and all(cue.name.startswith(meanings.SUFFERED) for cue in before):
            return ()
        dead = text.said(span, "evidence.death") if word == "after" and not before else ()
        if any(cue.token < inside.start + at for cue in dead):
            return ()
        return range(inside.start + at + 1, len(text.tokens))
    return ()


def _said(text: Text, span: Span, cause: Container[int]) -> list[Cue]:
    """The voice of a headline that tells nothing else, and losses only as its cause: "Asif: Kabul has 15 days"."""
    voice = voices.heading(text, span)
    violence = text.said(span, "evidence.violence")
    if voice is None or not all(cue.token in cause or meanings.to_come(text, cue) for cue in violence):
        return []
    return [Cue("type.statement", voice.start, voice.end, voice.token, text.spelled(voice))]


def _opens_aside(words: Sequence[str], at: int, word: str) -> bool:
    """Whether what stands behind a word is not the news: its cause, what it answers, what it is about."""
    behind = words[at + 1] if at + 1 < len(words) else ""
    if word in ASIDE:
        if word == "over":
            return not (behind[:1].isdigit() or words[at - 1].startswith(HANDED))
        return word != "as" or not {behind, words[at - 1]} & ALIKE
    if word in ANSWER:
        return behind in ("to", "for")
    return word in ("on", "about") and words[at - 1] in SUBJECT


def _made(text: Text, span: Span, cue: Cue) -> bool:
    """ "Mastermind of Tank attack dies in strike": the attack is whose man he was."""
    before = pairwise(text.before(cue.token, MADE, span))
    return any(one in MAKERS and other in BEHIND for one, other in before)


def _answers(text: Text, span: Span, cue: Cue) -> bool:
    """ "Nine killed at post; Islamabad accuses Kabul": what is said of the losses before the semicolon."""
    stop = text.text.rfind(";", span.start, cue.start)
    return stop > 0 and any(c.start < stop for c in text.said(span, "evidence.death", "evidence.violence"))


def _fled(text: Text, span: Span, cues: Sequence[Cue]) -> Container[int]:
    """What stands behind "flee": fighting there is what people flee."""
    if any(cue.name == "type.humanitarian" for cue in cues):
        for cue in text.said(span, "part.homeless")[:1]:
            return range(cue.token + 1, len(text.tokens))
    return ()


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
