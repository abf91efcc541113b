"""Who was heard in a text so far: whom "he", "it" or "the ministry" points back at."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from itertools import chain

from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.sayings import NOBODY, SPOKESMEN, Speaker, is_head
from bot.news.figures.sentence.units import PREPOSITIONS, Unit
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

REMEMBERED = 40  # voices, and sentences: who spoke or acted longer ago is named again
ROLES = {  # what a body of each sort may be called after it was named
    "state": word_set("government authorities officials administration regime side ministry statement"),
    "office": word_set("office statement department spokesman spokesperson agency body officials"),
    "un": word_set("mission agency body organisation organization report office team monitors statement"),
    "group": word_set("group organisation organization militants statement outfit faction network"),
    "agency": word_set(
        "agency organisation organization group body report charity institute monitor watchdog"
    )
    | {"think tank", "rights group", "aid group"},
}
STUDYING = ("think tank", "institute", "research centre", "research outfit")
ISSUING = frozenset(("office", "un", "agency"))  # bodies that do things by issuing statements
OF = word_set("of at in from")  # "an official OF the ministry"
PERSONS = word_set("he she")
THINGS = word_set("it its")
SHORT = (3, 4)  # letters of a title that stands for its words: "DPO", "CCPO"


Told = tuple[int, Speaker]  # a sentence, and who said or did something in it


class Subject:
    """Who does something in a sentence: looked for when somebody points back at him, as few do."""

    __slots__ = ("_find", "_found", "sentence")

    def __init__(self, sentence: int, find: Callable[[], Speaker]) -> None:
        self.sentence, self._find = sentence, find
        self._found: Speaker | None = None

    @property
    def speaker(self) -> Speaker:
        """The one, or nobody."""
        if self._found is None:
            self._found = self._find()
        return self._found


class Voices:
    """Speakers and subjects in the order in which they were named, the latest last."""

    __slots__ = ("_acting", "_heard", "_sentence", "reporter")

    def __init__(
        self,
        heard: Sequence[Told] = (),
        acting: deque[Subject] | None = None,
        sentence: int = 0,
        reporter: Speaker = NOBODY,
    ) -> None:
        self._heard = heard
        self._acting: deque[Subject] = deque(maxlen=REMEMBERED) if acting is None else acting
        self._sentence = sentence
        self.reporter = reporter  # the last body whose report was named

    def by_now(self) -> Voices:
        """Who was heard up to here: what follows changes nothing of it."""
        return Voices(self._heard, self._acting, self._sentence, self.reporter)

    def next_sentence(self, subject: Callable[[], Speaker]) -> None:
        """A new sentence, and how to find the one who does something in it."""
        self._sentence += 1
        self._acting.append(Subject(self._sentence, subject))

    def _acted(self, after: int = -1) -> list[Told]:
        """Who did something in the sentences after one, up to here: found in order, as each points back at those before."""
        near = [s for s in self._acting if after < s.sentence <= self._sentence]
        return [(s.sentence, s.speaker) for s in near if s.speaker.is_named]

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

    @property
    def author(self) -> Speaker:
        """Whose words a statement is: of who spoke last, or of a body that did something since: "The ministry SUMMONED"."""
        spoke = next((h for h in reversed(self._heard) if _issues(h[1])), (-1, NOBODY))
        acted = (who for _, who in reversed(self._acted(spoke[0])) if who.kind in ISSUING)
        return next(acted, spoke[1])

    @property
    def acted(self) -> Speaker:
        """The person of whom the sentence before told: "DR GUL was tired. “We have 12 wounded.”"."""
        sentence, known = next(reversed(self._acted(self._sentence - 2)), (-1, NOBODY))
        return known if sentence == self._sentence - 1 and known.kind == "person" else NOBODY

    def against(self, side: str) -> Speaker:
        """The last one who spoke for the other of two countries: whose figure is meant that one of them denies."""
        other = (s for _, s in reversed(self._heard) if side in NATIONS and s.side in NATIONS - {side})
        return next(other, NOBODY)

    def just_heard(self, ending: str) -> Speaker:
        """Who spoke last, here or in the sentence before, if in words of this ending."""
        sentence, known = self._heard[-1] if self._heard else (-1, NOBODY)
        near = sentence >= self._sentence - 1 and known.words.endswith(ending)
        return known if near else NOBODY

    @property
    def officials(self) -> Speaker:
        """The officials of a place who spoke last, here or in the sentence before."""
        known = self.just_heard("")
        return known if known.kind == "anonymous" and "officials" in known.name.split() else NOBODY

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
        acted = [n for n in self._acted(spoke[0]) if inside or n[0] < self._sentence]
        return _latest([spoke, *acted], person, one)[1]

    def pointed_at(self, names: Names, words: Sequence[Unit]) -> Speaker:
        """ "The envoy", "the ministry": the last one who spoke, where it is of that sort."""
        based = next((k for k in range(len(words) - 1, 0, -1) if words[k].low.endswith("based")), -1)
        words = words[based + 1 :]  # "the ISLAMABAD-BASED think tank"
        if (
            len(words) > 2
            or not words[-1].has("say.roles", "speaker.person")
            or words[-1].within("names") == names.army
        ):
            return NOBODY
        known = self._role(names, words)
        field = known.kind in ("state", "office") or words[0].has("speaker.fields")
        field = field or words[-1].low == "ministry"  # no two have one name
        other = field and not known.is_person and not names.is_called(known.name, frozenset((words[0].low,)))
        if len(words) == 2 and other and words[0].low not in f"{known.title} {known.words}".lower():
            return NOBODY  # "the commerce ministry" is not the government that was named before, nor ISPR the home office
        if words[-1].low in ("group", "militants") and known.kind != "group":
            before = reversed(names.before(words[0].start))
            group = next((names.named(m) for m in before if m.kind == "group"), NOBODY)
            return group if group.start > known.start else known
        return known

    def of_last(self, names: Names, whole: Sequence[Unit], words: Sequence[Unit]) -> Speaker:
        """ "The ministry rejected that. A SPOKESMAN said …", "AN OFFICIAL OF THE MINISTRY said …": whose they are."""
        if whole[0].low in ("a", "an") and len(words) == 1 and words[0].low in SPOKESMEN:
            known = next((s for n, s in self._acted(self._sentence - 2) if n < self._sentence), NOBODY)
            return known if known.is_thing and known.kind != "anonymous" else NOBODY
        aged = any(u.quantity and u.quantity.definite for u in whole)
        if aged and words[-1].has("speaker.person"):
            known = self.pronoun("he", inside=False)  # "THE 45-YEAR-OLD FARMER said": who was named last
            return known if known.kind == "person" else NOBODY
        the = next((k for k in range(1, len(words) - 1) if words[k].low == "the"), 0)
        of = the > 0 and words[the - 1].low in OF and is_head(words[0])
        return self.pointed_at(names, words[the + 1 :])._replace(single=True) if of else NOBODY

    def _role(self, names: Names, words: Sequence[Unit]) -> Speaker:
        """Whom "the envoy", "the ministry" points back at: of bodies first who is called so."""
        role = words[-1].low
        if words[-1].has("speaker.person"):
            side = names.side_of(words)  # "the PAKISTANI envoy"
            bare = len(words) == 1 or side  # "the envoy", not "the district governor"
            persons = [s for _, s in reversed(self._heard) if s.is_person and s.side in (side or s.side, "")]
            field = frozenset(" ".join(u.low for u in words[:-1]).split())
            order = chain(  # Tarar speaks for the information ministry: he is "the INFORMATION minister"
                (s for s in persons if _calls(s, role)),
                (s for s in persons if field and names.is_called(names.office_of(s).name, field)),
                (s for s in persons if bare and s.kind == "person" and s.side),
            )
            return next(order, NOBODY)
        said = frozenset(u.low for u in words)
        known = [s for _, s in sorted([*self._heard, *self._acted()], key=lambda n: -n[0]) if not s.is_person]
        fits = [s for s in known if role in ROLES.get(s.kind, ()) or _calls(s, role) or _studies(s, role)]
        offices = (names.office_of(s) for _, s in reversed(self._heard))
        order = chain(  # "the mission" is UNAMA, whoever spoke since; "the ministry" is the minister's before the state
            (s for s in fits if names.is_called(s.name, said)),
            (s for s in fits if s.kind != "state"),
            (s for s in offices if names.is_called(s.name, said)),
            fits,
        )
        return next(order, NOBODY)

    def of_body(self, body: Speaker, role: str, text: str, start: int) -> Speaker | None:
        """ "the Emirate's spokesman" after Mujahid has spoken is Mujahid."""
        known = self.person_of(body.side)
        if not known.is_named or role not in SPOKESMEN:
            return None
        return known._replace(words=text, start=start)


def _latest(voices: Sequence[Told], person: bool, one: bool) -> Told:
    fits = (v for v in reversed(voices) if (v[1].is_person if person else v[1].is_thing))
    return next((v for v in fits if not (one and _are_many(v[1]))), (-1, NOBODY))


def _issues(speaker: Speaker) -> bool:
    """Whether somebody may have made a statement: no villager who was asked."""
    return speaker.is_thing or bool(speaker.side)


def _are_many(speaker: Speaker) -> bool:
    """ "Residents said three fell. Two more died, IT claimed": "it" is somebody else."""
    words = speaker.name.split()
    head = next((k for k, word in enumerate(words) if word in PREPOSITIONS), len(words)) - 1
    last = words[max(head, 0)]
    return speaker.kind == "anonymous" and last.endswith("s") and not last.endswith("ss")


def _studies(speaker: Speaker, role: str) -> bool:
    """ "A THINK TANK in Lahore counted 40. THE INSTITUTE said …"."""
    return speaker.kind == "anonymous" and role in STUDYING and any(w in speaker.name for w in STUDYING)


def _calls(speaker: Speaker, role: str) -> bool:
    """Whether the words that named a speaker hold the role, or begin with its letters: "the DPO"."""
    words = f"{speaker.title} {speaker.words} {speaker.name}".lower().split()
    letters = "".join(word[0] for word in words)
    return set(words).issuperset(role.split()) or (len(role) in SHORT and role in letters)
