"""What kind of happening is this text about? What its words and names tell by where they stand, weighed by a learned model.

No word decides alone: "strikes" are told by an army, mourned by a hospital and condemned by a minister. The lists of
words (`topic.toml`) and the actors and places say what stands in a text; `kinds.toml` says how much each of them
speaks for each kind. It is made of the labelled sets by `bench/learn_kinds.py`: hand-made rules for the same agreed
with the labels of texts that nobody had worked on in 78 of 100 cases, the model in 83, a second labeller in 89.
"""

from __future__ import annotations

from typing import cast

from bot.news.families import FOUGHT, lists
from bot.news.model import Document, EventType
from bot.news.signs import voices
from bot.news.text.lexicon import Text
from bot.news.text.words import word_set
from bot.news.topics.classifier import NONE
from bot.news.topics.topic import Topic

SENTENCES = ("first", "second")  # behind the headline; all others are "later"
LAST = 9  # sentences of a text that are looked at
OFF = 0.5  # share of "none" from which a text off the topic tells of nothing that is ours
ALSO = 0.04  # share from which a text speaks of another kind as well
VIOLENT = frozenset((*lists(FOUGHT), "cue.strike", "evidence.violence"))
COMING = word_set(
    "will would may might could should must if unless any answer respond"
)  # "we WILL answer ANY strike"
BEFORE = 4  # words
TOLD = 4  # words that are named as the reason


def kinds(
    document: Document, topic: Topic, relevant: bool = True
) -> tuple[tuple[EventType, ...], tuple[str, ...]]:
    """The type, then the others that the text speaks of, likeliest first, and the words that speak for the first.

    A text that is not about the topic (`relevant`) may tell of nothing that is ours.
    """
    found = signs(topic.lexicon.read(document.text), document.title_end)
    shares = topic.kinds.shares(found)
    known = any("." in sign and sign in topic.kinds.weights for sign in found)  # names alone tell nothing
    if (shares.pop(NONE) >= OFF and not relevant) or not known:
        return (), ()
    best, second = list(shares)[:2]
    words = dict.fromkeys(found[sign] for sign in topic.kinds.telling(best, found))
    why = (
        f"{best}: {', '.join(list(words)[:TOLD])}",
        f"rather than {second} ({shares[second]:.2f} to {shares[best]:.2f})",
    )
    return tuple(
        cast(EventType, kind) for kind, share in shares.items() if kind == best or share >= ALSO
    ), why


def signs(text: Text, title_end: int) -> dict[str, str]:
    """What stands in a text: "title type.attack" for a word of a list, "first district AF" for a name by its kind and
    side, "voice person AF" for who says what the headline holds; each with the words that say so first."""
    found: dict[str, str] = {}
    names = iter(SENTENCES)
    for span in text.sentences[:LAST]:
        part = "title" if span.start < title_end else next(names, "later")
        for cue in text.cues_in(span):
            unreal = cue.name in VIOLENT and not COMING.isdisjoint(text.before(cue.token, BEFORE, span))
            found.setdefault(f"{part} {cue.name}{' to come' if unreal else ''}", cue.phrase)
        for mention in text.named(span):
            found.setdefault(f"{part} {mention.kind} {mention.side}", text.spelled(mention))
        if part == "title" and (voice := voices.heading(text, span)):
            found.setdefault(f"voice {voice.kind} {voice.side}", text.spelled(voice))
    return found
