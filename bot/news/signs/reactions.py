"""Who reacts: what a third state or a parliament says of a happening is the news, and the happening its object.

"India condemns strikes on Paktika" is a statement, "Assembly wants talks with Kabul" is politics. When one of
the two sides condemns or denies, the news is still what it speaks of; when it warns, it is the warning, and when
it denies a part in what was done, the denial.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.news.signs.armies import FIGHTING
from bot.news.signs.voices import speaker
from bot.news.text.denying import DENIALS
from bot.news.text.lexicon import NATIONS, THIRD, Cue, Mention, Text
from bot.news.text.words import Span

VOICES = frozenset({"state", "office", "person", "un", "agency"})
FOUGHT = FIGHTING | {"type.operation"}
OBJECTS = FOUGHT | {"type.trade"}
SETTLED = frozenset({"type.ceasefire", "type.talks", "type.crossing"})
FAR = 5  # words between who reacts and the verb
FAR_BEHIND = 14  # ... in scripts that end a sentence with the verb
PLEASED = (
    "welcom",
    "hail",
    "cheer",
    "applaud",
    "back",
    "support",
)  # a truce stays the news where it is welcomed
BY = 5  # words between the verb and who is named behind "by"


class Reaction(NamedTuple):
    """The verb as the kind of news that it makes, and the kinds that are only its object."""

    cue: Cue
    sole: bool  # of a third state, or of who denies a part in it: nothing else is the news
    objects: frozenset[str]

    def told_of(self, text: Text, cue: Cue) -> bool:
        """Whether a cue is what is reacted to: of such a kind, in the same clause."""
        if cue.name not in self.objects or cue.token == self.cue.token:
            return False
        between = text.text[min(cue.start, self.cue.start) : max(cue.end, self.cue.end)]
        return ";" not in between


def read(text: Text, span: Span) -> Reaction | None:
    """The reaction that a sentence tells, if it tells one."""
    verbs = text.said(span, "cue.reacting", "cue.warning", "cue.disowning", "part.motion")
    voices = [m for m in text.named(span) if m.is_actor and m.kind in VOICES]
    disowned = next((verb for verb in verbs if verb.name == "cue.disowning"), None)
    if charge := disowned or _of_link(text, span, voices) or _of_blame(text, span):
        return Reaction(charge._replace(name="type.statement"), True, FOUGHT)
    bodies = text.said(span, "part.body")
    for verb in verbs:
        of_body = any(0 < verb.token - body.token <= FAR for body in bodies)
        if of_body and verb.name != "cue.warning":
            return Reaction(verb._replace(name="type.political"), True, FOUGHT | SETTLED)
        voice = _voice(text, verb, voices)
        if voice is None or verb.name == "part.motion":
            continue
        said = verb._replace(name="type.statement")
        relief = verb.phrase.casefold().startswith("appeal") and text.said(span, "type.humanitarian")
        if voice.side in THIRD and not relief:
            pleased = verb.phrase.casefold().startswith(PLEASED)
            return Reaction(said, True, OBJECTS if pleased else OBJECTS | {"type.ceasefire"})
        if verb.name == "cue.warning" and voice.side in NATIONS:
            return Reaction(said, False, FOUGHT)
    return None


def _of_link(text: Text, span: Span, voices: list[Mention]) -> Cue | None:
    """ "Kabul rejects claim that the bombing was planned on Afghan soil", "rejects allegations over Karachi attack":
    the denial of whose deed it is, not of what happened."""
    denials = (c for c in text.said(span, "cue.speech") if c.phrase.casefold().startswith(DENIALS))
    denial = next((c for c in denials if (voice := _voice(text, c, voices)) and voice.side == "AF"), None)
    if denial is None:
        return None
    charged = any(0 < c.token - denial.token <= FAR for c in text.said(span, "part.charge"))
    attacked = any(c.token > denial.token for c in text.said(span, "type.attack"))
    charged = charged and attacked and any(m.side == "PK" for m in text.named(span))
    return denial if charged or text.said(span, "evidence.soil") else None


def _of_blame(text: Text, span: Span) -> Cue | None:
    """ "Afghans carried out both bombings, Naqvi tells Senate": whose deed it was, said of what is known by now."""
    blamed = text.said(span, "part.blaming")
    if not blamed or text.said(span, "evidence.death"):
        return None
    who = speaker(text)  # a minister; where the army says so, its report may be the first
    return (
        blamed[0] if who and who.kind == "person" and who.side in NATIONS and who.start < span.end else None
    )


def _voice(text: Text, verb: Cue, voices: list[Mention]) -> Mention | None:
    """Who is named behind the verb's "by", or before it."""
    if "by" in (t.word for t in text.tokens[verb.token + 1 : verb.token + 3]):
        return next((m for m in voices if 0 < m.token - verb.token <= BY), None)
    reach = FAR if verb.phrase.isascii() else FAR_BEHIND
    before = [m for m in voices if 0 < verb.token - m.token <= reach]
    return (before[-1] if reach == FAR else before[0]) if before else None
