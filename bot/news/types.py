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
from bot.news.signs import armies, frames, meanings, reactions, scenes, voices
from bot.news.text.lexicon import NATIONS, Cue, Mention, Text
from bot.news.text.words import Span, word_set
from bot.news.topics.topic import Topic

ASIDE = word_set(
    "after aftermath following follows followed over amid despite since because as against pending behind tied linked suspected "
    "answered answering avenge avenged avenging if unless planned planning planner plotted plotting plot "
    "discuss discusses discussed discussing wanted"
)
ANSWER = word_set("reply response retaliation revenge answer")  # "in reply to the strikes"
HANDED = ("hand", "cross", "took", "take", "taking", "fly", "flew", "turn")  # "over" belongs to the verb
ALIKE = word_set("many much few well such part known")  # "as many as nine": no clause behind "as"
SUBJECT = word_set("talks talk dialogue discussions discussion views meeting")  # on what?
WEAK = 0.6  # points below which who stands in a text tells more than its words
MODAL = word_set("to would could may might hunger general")
MAKERS = word_set(
    "mastermind masterminds planner planners architect facilitator facilitators perpetrator perpetrators suspect suspects"
)
BEHIND = word_set("of behind in")
MADE = 5  # words from "the mastermind of" to the attack that he made
ENDING = word_set("end ends ended ending")
ALSO = 0.15  # share of the first kind's points from which a text speaks of another kind as well
BETWEEN = word_set("PK AF border militants")
STRIKES = word_set("strike strikes")
LANDS = word_set("in eastern southern western northern southeastern")
HEADED: frozenset[EventType] = frozenset({"attack", "operation"})  # what a headline may call a strike
OPENING = 3  # sentences, the headline's among them, that say whose ground it was
STRUCK = 0.4  # share of their points from which a strike told below is what it was
DECAY = 0.8  # from sentence to sentence, in long reports


def kinds(document: Document, topic: Topic) -> tuple[tuple[EventType, ...], tuple[str, ...]]:
    """The type, then the others that the text speaks of, and the words that speak for the first."""
    text = topic.lexicon.read(document.text)
    points, words = _points(text, document.title_end, topic)
    if max(points.values(), default=0.0) < WEAK:
        found, because = _by_scene(text)
        if found is None:
            found, because = _by_voice(text)
        if found or not points:
            return ((found,) if found else ()), because
    best = max(EVENT_TYPES, key=lambda t: (points.get(t, 0.0), t == "arrest"))  # it came after what it is for
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
    places = [m for span in text.sentences[:OPENING] for m in text.within(span) if m.is_place]
    grounds = {m.side for m in places if m.kind != "country" and not m.dateline}
    acting = best == "attack" and any(m.side == "militants" for m in text.within(text.sentences[0]))
    return "AF" in grounds and "PK" not in grounds and not acting


def _by_scene(text: Text) -> tuple[EventType | None, tuple[str, ...]]:
    """No word of what happened: who and where must tell."""
    lists = {c.name for c in text.cues}
    named = [m for m in text.mentions if m.weight > 0 and not m.dateline]
    local = any(m.kind in ("province", "district", "crossing") for m in named)
    if "part.counted" in lists and not local and any(m.side == "UN" for m in text.within(text.sentences[0])):
        return "humanitarian", ("humanitarian: by its scene, what the UN counts",)
    if "evidence.violence" in lists and lists.isdisjoint(frames.ELSEWHERE):
        return _by_losses(text, named)
    if gate := next((m for m in named if m.kind == "crossing"), None):
        return "crossing", (f"crossing: by its scene, {text.text[gate.start : gate.end]}",)
    return None, ()


def _by_losses(text: Text, named: list[Mention]) -> tuple[EventType | None, tuple[str, ...]]:
    """Dead and wounded, and no word of how: at a crossing it was fire across it, on Afghan ground a strike."""
    sides = {m.side for m in named}
    if armies.scene(text).armies:
        return "border_clash", ("border_clash: by its scene, losses of both armies",)
    for place in (
        m for m in named if m.is_place and m.kind != "country" and not voices.speaks_there(text, m)
    ):
        scene = f"by its scene, {text.text[place.start : place.end]}"
        if place.side == "border":
            return "border_clash", (f"border_clash: {scene}",)
        if place.side == "AF" and "PK" in sides:
            return "air_strike", (f"air_strike: {scene}",)
        if place.side == "PK":
            return "attack", (f"attack: {scene}",)
    return None, ()


def _by_voice(text: Text) -> tuple[EventType | None, tuple[str, ...]]:
    """Nothing but that somebody speaks, of the other side or of both."""
    speaker = voices.speaker(text)
    if speaker is None or len(BETWEEN & {m.side for m in text.mentions if not m.dateline}) < 2:
        return None, ()
    return "statement", (f"statement: by its voice, {text.text[speaker.start : speaker.end]}",)


def _points(
    text: Text, title_end: int, topic: Topic
) -> tuple[dict[EventType, float], dict[EventType, list[str]]]:
    """Each type's points and the words that gave them, first words first."""
    points: dict[EventType, float] = defaultdict(float)
    words: dict[EventType, list[str]] = defaultdict(list)
    scene = armies.scene(text)
    order, reaction = 0, None
    for span in text.sentences:
        title = span.start < title_end
        weight = topic.weights["type_title"] if title else _weight(order, topic)
        order += not title
        broken = bool(text.said(span, "cue.broken")) or _ended(text, span)
        seen: dict[EventType, int] = defaultdict(int)
        named = _longest((*text.said(span, *TYPES), *bare_strikes(text, span)))
        cues = scenes.read(text, span, named, scene, topic.roles.hosts)
        framed = frames.told(text, span, topic.frames, cues)
        paused = [c for c in framed if c.name == "type.ceasefire"]  # operations that are halted are none
        if text.said(span, "part.halted") and any(c.name == "type.ceasefire" for c in cues):
            cues = [c for c in cues if c.name != "type.operation"]
        cues = [*(c for c in cues if not any(p.start <= c.start < p.end for p in paused)), *framed]
        cause = _causes(text, span, cues)
        fled = _fled(text, span, cues)
        reaction = reactions.read(text, span) if title or reaction else None
        cues += [reaction.cue] if reaction and reaction.sole else []
        sought = bool(text.said(span, "cue.sought"))
        if title and not cues:
            cues = _said(text, span)
        voice = voices.heading(text, span) if title and {c.name for c in cues} == {"type.statement"} else None
        voiced = voice is not None and voice.kind in ("person", "office")  # nothing else is the news
        truce = not sought and any(cue.name == "type.ceasefire" and cue.token not in cause for cue in cues)
        for cue in cues:
            lost = cue.name.startswith(meanings.SUFFERED)
            of = TYPES[PREFIX + cue.name.partition(".")[2]]
            seen[of] += 1
            if seen[of] > 2:
                continue
            behind = (cue.token in cause and not broken) or (
                cue.name in armies.FIGHTING and cue.token in fled
            )
            behind = behind or (cue.name == "type.attack" and _made(text, span, cue))
            behind = behind or (cue.name == "type.statement" and _answers(text, span, cue))
            share = topic.weights["type_aside"] if behind else 1.0
            share *= topic.weights["type_suffered"] if lost else 1.0
            share *= topic.weights["type_aside"] if reaction and reaction.told_of(text, cue) else 1.0
            sole = reaction is not None and reaction.sole and cue is reaction.cue
            share *= 1.0 if sole or voiced else _factor(of, truce, broken or sought, topic)
            points[of] += weight * share / seen[of]
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
    if text.said(span, "off.quake", "off.weather", "type.border_clash", "part.rockets"):
        return found
    place = meanings.Setting(text, span, list(text.within(span)), frozenset(), armies.Scene())
    inside = [m for m in place.inside if not m.dateline and m.side in NATIONS]
    for cue in text.said(span, "cue.strike"):
        beside = text.tokens[cue.token - 1].word if cue.token else ""
        if beside in MODAL or beside in meanings.HEARD or meanings.to_come(text, cue):
            continue  # "a blast hits Kabul"
        if meanings.by_militants(place, cue):
            found.append(cue._replace(name="type.attack"))
            continue
        clause = [m for m in inside if ";" not in text.text[min(m.start, cue.start) : max(m.end, cue.end)]]
        if cue.phrase.casefold() in STRIKES and any(_compound(text, m, cue) for m in clause):
            found.append(cue._replace(name=f"{PREFIX}air_strike"))
            continue
        before = [m for m in clause if m.token < cue.token]
        after = [m for m in clause if 0 < m.token - cue.token <= meanings.NEAR]
        if kind := _struck(text, cue, before, after):
            found.append(cue._replace(name=f"{PREFIX}{kind}"))
    return found


def _compound(text: Text, place: Mention, cue: Cue) -> bool:
    """ "Killed in Afghanistan strike": the ground as part of the word."""
    beside = place.is_place and place.side == "AF" and place.end + 1 == cue.start
    return beside and place.token > 0 and text.tokens[place.token - 1].word == "in"


def _struck(text: Text, cue: Cue, before: list[Mention], after: list[Mention]) -> EventType | None:
    """Whose ground a plain strike hits, by who stands before and behind the word."""
    if after and text.tokens[after[0].token - 1].word == "from":
        return "attack" if after[0].side == "AF" else None  # "a raid from Kunar"
    ground = [m for m in before if m.is_place and m.kind != "country" and m.side == "AF"]
    before = [
        m for m in before if m.kind == "demonym" or not m.token or text.tokens[m.token - 1].word != "in"
    ]
    by_pakistan = any(m.side == "PK" for m in before)
    if not after:
        near = ground and (by_pakistan or cue.token - ground[-1].token <= meanings.NEAR)
        return "air_strike" if near and cue.phrase.casefold() in STRIKES else None
    first, earlier = after[0], before[-1].side if before else ""
    plain = cue.phrase.casefold()
    if first.side == "AF" and not by_pakistan and first.kind in ("country", "state"):
        lands = text.tokens[first.token - 1].word in LANDS
        return "air_strike" if lands and plain in STRIKES else None
    if (
        first.side == "AF"
        and not by_pakistan
        and plain.startswith("raid")
        and any(m.is_actor for m in before)
    ):
        return "operation"  # the Taliban's own
    named = first.is_place and first.kind != "country"
    far = meanings.NEAR if plain in STRIKES or not any(m.is_actor for m in before) else 4
    if first.side == "AF" and (by_pakistan or (named and first.token - cue.token <= far)):
        return "air_strike"
    if first.side == "PK" and "AF" in (earlier, *(m.side for m in after if not before)):
        by = first.token and text.tokens[first.token - 1].word == "by"  # "Paktika was bombed by Pakistan"
        return "air_strike" if by and ground else "attack"
    return None


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
    inside = text.words(span)
    words = [text.tokens[at].word for at in inside]
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


def _said(text: Text, span: Span) -> list[Cue]:
    """The voice of a headline that tells nothing else, and no losses: "Asif: Kabul has 15 days"."""
    voice = voices.heading(text, span)
    violence = text.said(span, "evidence.violence")
    if voice is None or not all(meanings.to_come(text, cue) for cue in violence):
        return []
    return [Cue("type.statement", voice.start, voice.end, voice.token, text.text[voice.start : voice.end])]


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
    before = [t.word for t in text.tokens[max(0, cue.token - MADE) : cue.token] if t.start >= span.start]
    return any(one in MAKERS and other in BEHIND for one, other in pairwise(before))


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
