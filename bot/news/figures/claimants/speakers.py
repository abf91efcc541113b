"""Who is named as speaking: a person or body of the lexicon, an unnamed official, a pronoun that points back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants import beside, between
from bot.news.figures.claimants.fullnames import RECALLED, Spelled, in_full, short_name
from bot.news.figures.claimants.joint import joint
from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.nominals import OWNING, QUOTES, Nominal, is_owning, is_participle
from bot.news.figures.claimants.nominals import nominal as nominal_of
from bot.news.figures.claimants.offices import shown
from bot.news.figures.claimants.sayings import NOBODY, REPORTS, SUBJECT, Speaker, is_head
from bot.news.figures.claimants.unnamed import (
    Found,
    is_definite,
    is_event,
    is_so,
    may_speak,
    office,
    unknown_name,
)
from bot.news.figures.claimants.voices import ISSUING, Voices
from bot.news.figures.sentence.units import BE, Unit, looks_finite
from bot.news.text.lexicon import Mention
from bot.news.text.words import word_set

ITS = {"its": "it", "their": "they", "his": "he", "her": "she"}
THEM = {"him": "he", "it": "it", "them": "they", "of them": "they"} | ITS
OFFICIAL = ("official", "officials")
SEEN = word_set("seen obtained viewed reviewed accessed read")
STATES = frozenset(("state", "country"))
PLATFORMS = word_set("account website page channel handle feed")
PARTIES = word_set("side delegation team negotiators")
OWNED = frozenset(("own", "'s"))
WHERE = word_set("in at near across against into on")  # "in Pakistan": a place, nobody who speaks


class Speakers:
    """Recognises speakers in one text, and remembers who spoke last."""

    __slots__ = ("_sentences", "_spelled", "names", "voices")

    def __init__(
        self, names: Names, voices: Voices, spelled: Spelled, sentences: Sequence[list[Unit]] = ()
    ) -> None:
        self.names, self.voices = names, voices
        self._spelled, self._sentences = spelled, sentences

    def next_sentence(self, units: list[Unit]) -> None:
        """A new sentence, and who does something in it, as far as known by now whom it points back at."""
        self._sentences = [*self._sentences[-RECALLED:], units]
        self._spelled.add(units)
        now = Speakers(self.names, self.voices.by_now(), self._spelled, self._sentences)
        self.voices.next_sentence(lambda: now.subject(units))

    def subject(self, units: list[Unit]) -> Speaker:
        """Who does something in a sentence, where it begins with somebody: "UNAMA demanded an inquiry"."""
        units = units[self.names.dateline_end(units) :]
        verb = between.main_verb(units)
        found = self._doer(units, between.subject_end(units, verb)) if verb else None
        if found and units[verb].low in BE and not is_so(found[0], units[verb + 1 :]):
            found = None  # "THE GATE was open", "A TEACHER was killed"
        if found is None and (verb := self._after_name(units)):
            named = self._doer(units, verb - 1)  # not "Of the 17 claimed by THE TALIBAN, …"
            found = named if named and not named[1] else None
        first = between.behind_lead(units) - 1
        led = units[first : found[1]] if found else ()  # "Four days before, THE TTP tore up its truce"
        apart = any(u.low == "," for u in led) and any(looks_finite(u) or is_head(u) for u in led)
        return found[0] if found and not apart else NOBODY

    def _doer(self, units: list[Unit], at: int) -> Found | None:
        """Whose words end at a unit, over what tells of them: "A MAN who fled to Quetta condemned it"."""
        who = -1 if beside.is_called(units, at) else between.antecedent(units, at)
        return self.phrase_before(units, at if who < 0 else who, subject=who < 0)

    def _after_name(self, units: list[Unit]) -> int:
        """The verb after a name that begins a sentence."""
        mention = next((m for m in map(self.names.mention_at, units[: SUBJECT + 2]) if m), None)
        return next((k for k, u in enumerate(units) if u.start >= mention.end), 0) if mention else 0

    # ----------------------------------------------------------------- before a verb

    def before(self, units: list[Unit], verb: int, *, sure: bool = False) -> Found | None:
        """The subject of a verb of saying; where the verb may mean anything else, only who is `sure` to speak."""
        at = between.subject_end(units, verb)
        if at < 0 or units[at].low in BE or units[at].low in OWNED or beside.names_one(units, verb):
            return None  # "gave Pakistan's OWN COUNT" is no verb
        if units[at].low in ("he", "she", "it", "they"):
            known = self._pronoun(units, at)
            return (known, at) if known.is_named else None
        if units[at].low == "of them" and at:
            return self.him(units, at, 1)  # "ONE OF THEM told reporters"
        if at == verb - 1 and units[at].low == "," and not any(u.low == "," for u in units[:at]):
            doer = self.subject(units)  # "PAKISTAN buries 23 soldiers, says …"
            if doer.is_named and doer.start < units[at - 1].start:
                return doer, at
        strong = not sure and between.speaks(units, verb)
        if (who := between.antecedent(units, at)) >= 0 and not beside.is_called(units, at):
            return self.phrase_before(units, who, strong=strong, subject=False)
        return self.phrase_before(units, at, strong=strong) or self._related(units, at)

    def _related(self, units: list[Unit], at: int) -> Found | None:
        """ "the army, WHICH in the evening confirmed …": the subject of a relative clause stands before it."""
        for k in range(at, max(0, at - SUBJECT), -1):
            if units[k].low in ("who", "which"):
                end = k - (2 if units[k - 1].low == "," else 1)
                return self.phrase_before(units, end, subject=False)
            if looks_finite(units[k]) or not units[k].word:
                return None
        return None

    def phrase_before(
        self, units: list[Unit], at: int, *, strong: bool = False, subject: bool = True
    ) -> Found | None:
        """The speaker whose words end at a unit."""
        found = beside.before(self.names, units, at, subject=subject) if at >= 0 else []
        speaker = self._best(units, found, strong=strong)
        return (speaker, min(n.first for n in found)) if speaker else None

    # ----------------------------------------------------------------- after a word

    def after(self, units: list[Unit], at: int, *, strong: bool = False) -> Found | None:
        """The speaker whose words begin at a unit: "said SPOKESMAN X", "according to Y"."""
        found = beside.after(self.names, units, at)
        speaker = self._best(units, found, strong=strong)
        return (speaker, max(n.last for n in found)) if speaker else None

    def him(self, units: list[Unit], at: int, back: int = 0) -> Found | None:
        """ "According to HIM", and so many units `back` "ONE OF THEM said": who spoke last."""
        low = THEM.get(units[at].low, "") if at < len(units) else ""
        known = self.voices.pronoun(low, inside=False) if low else NOBODY
        if not known.is_named:
            return None
        said = units[at - back : at + 1]
        return known._replace(words=self.names.words(said), start=said[0].start), at - back

    # ----------------------------------------------------------------- whom a noun phrase names

    def _best(self, units: list[Unit], found: Sequence[Nominal], *, strong: bool) -> Speaker | None:
        """Of a noun phrase and its apposition: a person first, then a body, then the source's own words."""
        for nominal in found:
            if "say.papers" in units[nominal.head].tags:
                return self._paper(units, nominal)
        return self._who(units, found, strong=strong)

    def _who(self, units: list[Unit], found: Sequence[Nominal], *, strong: bool) -> Speaker | None:
        if not found:
            return None
        led = len(found) > 1 and units[found[1].first].low in ("a", "an")
        if led and (known := self._stranger(units, found[0])):
            return known  # "a faction close to Gul Bahadur, JAISH-E-FURSAN, claimed"
        by_name = (self._joint, self._person, self._stranger, self._short)
        order = (*by_name, self._holder, self._body, self._office)
        for speaker, one in ((known, n) for name in order for n in found if (known := name(units, n))):
            beside_it = (units[n.head] for n in found if n is not one)
            if speaker.kind == "person" and any(u.has("say.bodies", "say.groups") for u in beside_it):
                speaker = speaker._replace(kind="agency")  # "Levia, A CHARITY"
            return speaker if speaker.title else self.names.titled(speaker, units, found)
        if strong and may_speak(self.names, units, found[0]):
            return self._own_words(units, found[0])
        return None

    def _joint(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        """Two bodies at once: "the two agencies"."""
        return joint(self.names, self._sentences, units, nominal)

    def _person(self, units: list[Unit], nominal: Nominal, by_name: bool = True) -> Speaker | None:
        """Somebody of the lexicon."""
        for mention, at in reversed(self.names.mentioned(units, nominal.core, nominal.last)):
            owned = at < nominal.last and units[at + 1].low == "'s"
            if mention.kind == "person" and not owned and by_name <= self.names.is_by_name(mention):
                return self.names.named(mention)
        return None

    def _holder(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        """Who holds an office, where nobody else is named with it: "Pakistan's UN envoy", but not "… envoy, Salman Kasi"."""
        return self._person(units, nominal, by_name=False)

    def _stranger(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        """Somebody whom the lexicon does not know; but "UNAMA's Human Rights Service" is UNAMA."""
        found = unknown_name(self.names, units, nominal)
        if found is None or found.kind == "person":
            return found
        owners = self.names.mentioned(units, nominal.core, nominal.head)
        return None if owners and not self.names.is_land(owners[-1][0]) else found

    def _short(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        """Somebody whom the text named in full before."""
        word = short_name(self.names, units, nominal)
        return in_full(self.names, self._spelled, word) if word else None

    def _paper(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        """ "IOM figures", "the army's count", "a tally by Meridian", "the statement": whose they are."""
        at = nominal.head
        if units[nominal.first].low in ITS:  # "The commission spoke. According to ITS bulletin"
            known = self.voices.pronoun(ITS[units[nominal.first].low], inside=False)
            known = known if known.is_named else self.names.body_before(units[nominal.first].start)
            if known.is_named:
                return known._replace(words=self.names.words([units[at]]), start=units[at].start)
        owned = any(is_owning(units, k) for k in range(nominal.core + 1, at))  # "UNAMA'S count of victims"
        sides = (self._owner_before, self._owner_after) if owned else (self._owner_after, self._owner_before)
        if owner := sides[0](units, nominal) or sides[1](units, nominal):
            return owner
        if at + 2 < len(units) and units[at + 1].low in ("which", "that"):  # "a paper WHICH THE OFFICE sent"
            return self._who(units, beside.after(self.names, units, at + 2), strong=False)
        if not is_definite(units[nominal.first : at + 1]):
            return None
        reporter = self.voices.reporter if units[at].has(*REPORTS) else NOBODY
        known = reporter if reporter.is_named else self.voices.author
        return known._replace(words=self.names.words([units[at]]), start=units[at].start)

    def _owner_after(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        at = nominal.head + 1
        if at < len(units) and units[at].low in SEEN:
            return None  # "records SEEN by reporters" are not theirs
        if at < len(units) and is_participle(units[at]):
            # "figures COMPILED by the institute", "released late on Monday by"
            at = between.over_time(units, at + 1)
        # "compiled by" may be one unit
        link = units[at].low.rpartition(" ")[2] if at + 1 < len(units) else ""
        if link not in OWNING and link != "on":
            return None
        found = beside.after(self.names, units, at + 1)
        if link == "on":  # "a post ON THE MINISTRY'S ACCOUNT"
            published = found and units[found[0].head].low in PLATFORMS
            return self._owner_before(units, found[0]) if published else None
        return self._who(units, found, strong=True)

    def _owner_before(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        owned = [k for k in range(nominal.core + 1, nominal.head) if is_owning(units, k)]
        end = (owned[-1] if owned else nominal.head) - 1
        if end < nominal.core:
            return None
        owner = nominal_of(self.names, units, nominal.first, end)
        return self._who(units, [owner], strong=False) or self.names.people(units, end)

    def _body(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        """ "Taliban spokesman", "the UN mission", "rights group Amnesty International"."""
        head = units[nominal.head]
        core = self.names.mentioned(units, nominal.core, nominal.head)
        tail = self.names.mentioned(units, nominal.head + 1, nominal.last)
        titled = is_head(head) or head.has("speaker.person", "speaker.government")
        if core and core[-1][1] == nominal.head:
            mention = core[-1][0]
            where = self.names.is_land(mention) and nominal.core and units[nominal.core - 1].low in WHERE
            person = head.has("speaker.person") and mention.kind != "person"
            found = self.names.named(mention)._replace(single=person)
            if head.low.endswith(OFFICIAL) and self.names.town_in(units[nominal.head : nominal.last + 1]):
                found = self.names.local(found)  # "Afghan officials IN KHOST"
            return None if where else found
        owner: Mention | None = None
        if head.low in PARTIES and nominal.core == nominal.head - 1:
            return self.names.people(units, nominal.core)  # "the AFGHAN SIDE asked for a pledge"
        by = units[nominal.head + 1].low == "by" if tail else False  # "a probe BY the army found that"
        if tail and units[nominal.head + 1].low in OWNING and (titled or (by and not is_event(head))):
            owner = tail[-1][0]
        elif core and titled:
            bodies = [m for m, _ in core if not self.names.is_land(m)]
            owner = bodies[-1] if bodies else core[-1][0]
        if owner is None or (self.names.is_land(owner) and not head.has("speaker.government")):
            return None
        if known := self._its_person(units, nominal, owner):
            return known
        person = head.has("speaker.person")
        start, known = units[nominal.core].start, self.names.named(owner)._replace(single=person)
        if not person or owner.start >= head.end:
            return known
        return known._replace(words=self.names.text[start : head.end], start=start)

    def _its_person(self, units: list[Unit], nominal: Nominal, body: Mention) -> Speaker | None:
        """ "the Emirate's spokesman" after Mujahid has spoken is Mujahid."""
        head = nominal.head
        if not is_definite(units[nominal.first : head + 1]) and units[head - 1].low != "'s":
            return None
        words = self.names.text[units[nominal.core].start : units[nominal.last].end]
        return self.voices.of_body(self.names.named(body), units[head].low, words, units[nominal.core].start)

    def _office(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        """Somebody without a name but with an office: "Khost officials", "the envoy"."""
        core = units[nominal.core : nominal.head + 1]
        if not any(is_head(u) or u.has("speaker.person") for u in core) or is_event(core[-1]):
            return None
        return self._own_words(units, nominal)

    def _own_words(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        """Somebody without a name: the source's own words, unless they point back at somebody."""
        whole = units[nominal.first : nominal.last + 1]
        words = office(units[nominal.core : nominal.last + 1])
        if not words:
            return None
        if known := self.names.called(words):
            return known
        text = self.names.words(words)
        head = units[nominal.head]
        if whole[0].low in ("his", "her") and head.has("say.bodies", "say.groups"):
            known = self.voices.pronoun(ITS[whole[0].low], inside=True)  # "she said HER MISSION had …"
        elif whole[0].low in ("its", "their"):
            owner = self._body_before(units, nominal) or self.voices.pronoun("it", inside=False)
            known = self.names.body_of(owner, text) or (NOBODY if words[0].within("names") else owner)
        else:
            known = self.voices.pointed_at(self.names, words) if is_definite(whole) else NOBODY
        if not known.is_named:
            known = self.voices.of_last(self.names, whole, words)
        person = head.has("speaker.person") or (head.capital and words[0].has("speaker.person"))  # "Mr DAR"
        if known.is_named:
            return known._replace(words=text, start=words[0].start, single=known.single or person)
        name, side = shown(self.names, units, words, nominal.last)
        if name == "officials" and (same := self.voices.officials).is_named:
            # "officials in Zabul said …, OFFICIALS added"
            return same._replace(words=text, start=words[0].start)
        body = head.has("say.bodies", "say.groups")  # "a court … IT"
        single = person or (not body and any(u.low in ("a", "an") for u in whole[:2]))
        return self.names.known_as(name, Speaker(name, text, words[0].start, side, "anonymous", single))

    def _body_before(self, units: list[Unit], nominal: Nominal) -> Speaker | None:
        """ "three died at Lady Reading Hospital, ITS SPOKESMAN said": the last body that the sentence names before."""
        for k in range(nominal.first - 1, 0, -1):
            mention = self.names.mention_at(units[k])
            if mention and mention.kind not in STATES and mention.kind != "person":
                return self.names.named(mention)
            if is_head(units[k]) and units[k].capital and units[k - 1].capital:
                first = next((n for n in range(k - 1, -1, -1) if not units[n].capital), -1) + 1
                return unknown_name(self.names, units, nominal_of(self.names, units, first, k))
        whole = self.subject(units[: nominal.first])
        return whole if whole.kind == "anonymous" and whole.is_thing else None

    # ----------------------------------------------------------------- who is pointed back at

    def _pronoun(self, units: list[Unit], at: int) -> Speaker:
        """Whom "he" stands for: never the subject of a sentence that ends in "…, he said"."""
        aside = at > 0 and (units[at - 1].low == "," or units[at - 1].low in QUOTES)
        within = at > 1 and (not aside or units[at - 2].low in ("that", "which", "where"))
        known = self.voices.pronoun(units[at].low, within)
        own = NOBODY if known.is_named else self.voices.pronoun(units[at].low, inside=True)
        if own.single or own.kind in (*ISSUING, "state"):
            known = own  # but "A NURSE received six dead, SHE said", where nobody was named before
        if units[at].low == "they" and within:
            known = self._plural(units[:at]) or known
        return known._replace(words=self.names.text[units[at].start : units[at].end], start=units[at].start)

    def _plural(self, units: list[Unit]) -> Speaker | None:
        """ "A tally from provincial officials was higher: THEY …"."""
        for at in range(len(units) - 1, -1, -1):
            if not units[at].low.endswith("s") or between.is_told(units, at):
                continue
            if is_head(units[at]) and (found := self.phrase_before(units, at)):
                return found[0]
        return None
