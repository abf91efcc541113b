"""Who was heard in a text so far: whom "he", "it" or "the ministry" points back at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.news.figures.claimants.sayings import NOBODY, SPOKESMEN, Speaker
from bot.news.figures.sentence.units import PREPOSITIONS, Unit
from bot.news.text.words import word_set

REMEMBERED = 12  # voices: who spoke longer ago is named again
ROLES = {  # what a body of each sort may be called after it was named
    "state": word_set("government authorities officials administration regime side ministry statement"),
    "office": word_set("ministry office statement department spokesman spokesperson agency body officials"),
    "un": word_set("mission agency body organisation organization report office team monitors statement"),
    "group": word_set("group organisation organization militants statement outfit faction network"),
    "agency": word_set(
        "agency organisation organization group body report charity institute monitor watchdog"
    )
    | {"think tank"},
}
PERSONS = word_set("he she")
THINGS = word_set("it its")
SHORT = (3, 4)  # letters of a title that stands for its words: "DPO", "CCPO"


class Voices:
    """Speakers and subjects in the order in which they were named, the latest last."""

    __slots__ = ("_heard", "_named", "_sentence", "reporter")

    def __init__(self) -> None:
        self._heard: list[tuple[int, Speaker]] = []  # the sentence, and who said something in it
        self._named: list[tuple[int, Speaker]] = []  # and who did something
        self._sentence = 0
        self.reporter = NOBODY  # the last body whose report was named

    def next_sentence(self, subject: Speaker) -> None:
        """A new sentence, and the one who does something in it."""
        self._sentence += 1
        if subject.is_named:
            self._named = [*self._named[-REMEMBERED:], (self._sentence, subject)]

    def heard(self, speaker: Speaker) -> None:
        """Somebody said something."""
        if speaker.is_named and not speaker.is_outlet:
            self._heard = [*self._heard[-REMEMBERED:], (self._sentence, speaker)]

    def reported(self, body: Speaker) -> None:
        """A report was named, and the body that speaks in it."""
        self.reporter = body if body.is_named else self.reporter

    @property
    def last(self) -> Speaker:
        """Who spoke last, whose words a statement is that nobody else is said to have made."""
        return self._heard[-1][1] if self._heard else NOBODY

    def person_of(self, side: str) -> Speaker:
        """The last person who spoke, if for that side."""
        known = next((s for _, s in reversed(self._heard) if s.is_person), NOBODY)
        return known if known.side == side else NOBODY

    def pronoun(self, low: str, inside: bool) -> Speaker:
        """Whom a pronoun stands for: who spoke or acted last, speakers first.

        `inside`: the pronoun stands inside its sentence, so that the sentence's own subject may be meant.
        """
        person = low in PERSONS
        one = low in THINGS
        spoke = _latest(self._heard, person, one)
        acted = _latest([n for n in self._named if inside or n[0] < self._sentence], person, one)
        return (acted if acted[0] > spoke[0] else spoke)[1]

    def role(self, words: Sequence[Unit], is_called: Callable[[str, frozenset[str]], bool]) -> Speaker:
        """Whom "the envoy", "the ministry" points back at: of bodies first who is called so."""
        role = words[-1].low
        if words[-1].has("speaker.person"):
            bare = len(words) == 1  # "the envoy", not "the district governor"
            persons = [s for _, s in reversed(self._heard) if s.is_person]
            called = [s for s in persons if _calls(s, role)]
            known = called or [s for s in persons if bare and s.kind == "person" and s.side]
            return known[0] if known else NOBODY
        fits = [
            s
            for _, s in sorted([*self._heard, *self._named], key=lambda n: -n[0])
            if role in ROLES.get(s.kind, ()) or (not s.is_person and _calls(s, role))
        ]
        said = frozenset(u.low for u in words)
        named = (s for s in fits if is_called(s.name, said))  # "the mission" is UNAMA, whoever spoke since
        return next(named, fits[0] if fits else NOBODY)

    def of_body(self, body: Speaker, role: str, text: str, start: int) -> Speaker | None:
        """ "the Emirate's spokesman" after Mujahid has spoken is Mujahid."""
        known = self.person_of(body.side)
        if not known.is_named or role not in SPOKESMEN:
            return None
        return known._replace(words=text, start=start)


def _latest(voices: Sequence[tuple[int, Speaker]], person: bool, one: bool) -> tuple[int, Speaker]:
    fits = (v for v in reversed(voices) if (v[1].is_person if person else v[1].is_thing))
    return next((v for v in fits if not (one and _are_many(v[1]))), (-1, NOBODY))


def _are_many(speaker: Speaker) -> bool:
    """ "Residents said three fell. Two more died, IT claimed": "it" is somebody else."""
    words = speaker.name.split()
    head = next((k for k, word in enumerate(words) if word in PREPOSITIONS), len(words)) - 1
    last = words[max(head, 0)]
    return speaker.kind == "anonymous" and last.endswith("s") and not last.endswith("ss")


def _calls(speaker: Speaker, role: str) -> bool:
    """Whether the words that named a speaker hold the role, or begin with its letters: "the DPO"."""
    words = f"{speaker.title} {speaker.words} {speaker.name}".lower().split()
    letters = "".join(word[0] for word in words)
    return role in words or (len(role) in SHORT and role in letters)
