"""What a word means where it stands: an attack between two armies is a clash, a consulate that shuts is no gate.

Each kind of happening has words that say something else in other company. Words of what was suffered
("martyred", "soldiers killed") tell least: they say who died, not of what.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from bot.news.signs.armies import FIGHTING, FORCES
from bot.news.signs.drones import drone_of
from bot.news.signs.setting import NEAR, Setting
from bot.news.signs.voices import heading
from bot.news.text.lexicon import NATIONS, Cue, Text
from bot.news.text.words import Span, word_set

SUFFERED = "suffered."  # before the kind that a loss speaks for, if nothing else does
PLAIN = word_set("attack attacks attacked")  # what one army does to another as well
WEAK = PLAIN | {"deadly attack", "deadly attacks", "attack on", "attack in", "retaliatory attacks"}
BATTLE = {"gun battle", *word_set("clash clashes clashed fighting hostilities battle battles shootout gunfight gunbattle firefight")}  # fmt: skip
RAIDED = ("attack", "برید", "حمله", "حملہ", "حملے", "هجوم", "हमल")  # by one side, on the other's ground
DOWNED = ("gunned down", "gun down", "guns down")
HEARD = word_set("blast blasts explosion explosions")  # of what, another sentence says
MOURNING = ("condemn", "condol", "mourn")
OPENED = word_set("opens opened shuts closure reopen reopens reopened reopening terminal") | {
    "shut down", "opens after",
}  # fmt: skip  # of a gate, or of anything
BY = (" by ", " by the ", " launched by ", " launched by the ")
# "the next attack" has not happened
TO_COME = word_set("next any future further every resume tolerate prevent")
MAY = word_set("can could will would may might must shall should cannot no")  # nor what "can strike"
BUSINESS = word_set(
    "trader traders merchant merchants exporter exporters importer importers businessmen shippers growers millers"
)
TREATED = word_set(
    "talks talk discussions negotiations negotiators dialogue commission committee proposal mechanism"
)
TURNED = (  # a list, how its word begins, a word of which list beside it makes it tell something else, and what
    # a toll that is denied: of what is the news
    ("type.statement", "reject", "evidence.death", f"{SUFFERED}statement"),
    ("type.multilateral", "resolution", "type.political", "type.political"),
    ("type.returns", "expel", "part.diplomat", "type.diplomacy"),
    ("type.arrest", "custody", "cue.release", "type.diplomacy"),
    ("type.arrest", "detainee", "", ""),  # long held, and no news of an arrest
)
ASKING = ("call", "urg", "demand", "appeal", "ask", "plead", "seek", "want", "push", "press")
WHILE = word_set("with as while")
MEANS = word_set("by through via")
HELD_OVER = 4  # words between an arrest, or a killing, and the attack behind it


def meant(cue: Cue, at: Setting) -> str:
    """The list that a cue belongs to where it stands; "" for none."""
    if (cue.start, cue.end) in at.losses:
        return f"{SUFFERED}border_clash" if at.scene.armies else cue.name.replace("type.", SUFFERED)
    if cue.name in FIGHTING and to_come(at.text, cue):
        return ""
    reader, word = READERS.get(cue.name), cue.phrase.casefold()
    for name, begins, beside, kind in TURNED:
        if cue.name == name and word.startswith(begins) and (not beside or at.says(beside)):
            return kind
    return reader(cue, word, at) if reader else cue.name


def to_come(text: Text, cue: Cue) -> bool:
    """ "The next big attack will be answered", "can hit targets", "without bombs": none has happened."""
    before = text.word(cue.token - 1)
    if before in MAY or before == "without" or (before == "who" and cue.phrase.casefold() == "attack"):
        return True
    return any(token.word in TO_COME for token in text.tokens[max(0, cue.token - 2) : cue.token])


def _attack(cue: Cue, word: str, at: Setting) -> str:
    if owned := drone_of(cue, at):
        return owned
    if word in WEAK:
        plain = word in PLAIN or any(m.side == "AF" and m.is_actor and m.kind != "person" for m in at.inside)
        at_line = plain and any(0 < m.token - cue.token <= 3 for m in at.inside if m.side == "border")
        at_line = at_line or _by_afghans(cue, at)
        if at_line or at.scene.armies:
            return "type.border_clash"
        return "type.air_strike" if _is_owned(cue, at, "PK") else cue.name
    if _by_army(cue, at) or (word == "gunfire" and _across_line(at)):
        return "type.border_clash"
    if word in HEARD and (at.scene.strike or _blamed(at)):
        return "type.air_strike" if any(m.is_place and m.side == "AF" for m in at.inside) else cue.name
    if word.startswith("bombing") and _is_owned(cue, at, "PK"):
        return "type.air_strike"  # "a night of Pakistani bombing"
    if word.startswith(RAIDED) and _by_pakistan(at):
        return "type.border_clash" if at.says("part.rockets") else "type.air_strike"
    if any(0 < cue.token - caught.token <= HELD_OVER for caught in at.says("type.arrest")):
        return f"{SUFFERED}attack"  # what they are held for
    if all(c.end != cue.end for c in at.says("part.culprits")):
        return cue.name
    if any(0 < cue.token - killed.token <= HELD_OVER for killed in at.says("part.killing")):
        return f"{SUFFERED}operation"
    caught = at.says("type.arrest") or any(c.phrase.casefold() == "caught" for c in at.says("part.caught"))
    return f"{SUFFERED}arrest" if caught else cue.name


def _is_owned(cue: Cue, at: Setting, side: str) -> bool:
    """ "Pakistani bombing", "Pakistani attack": a side's own, by the word before it."""
    return any(m.side == side and m.kind == "demonym" and m.end + 1 == cue.start for m in at.inside)


def _by_army(cue: Cue, at: Setting) -> bool:
    """ "Taliban raid on Kharlachi, 19 attackers killed": at a gate, by the forces of the other side."""
    if at.scene.rebels or "militants" in at.sides or not any(m.kind == "crossing" for m in at.inside):
        return False
    return any(m.side == "AF" and m.is_actor and m.token < cue.token for m in at.inside)


def _by_afghans(cue: Cue, at: Setting) -> bool:
    """ "Afghan Taliban attack repulsed", "attack launched by the Afghan Taliban", "Taliban attack border posts".

    Not "an Afghan Taliban claim of an attack", nor an attack by Afghan drones.
    """
    told = at.text.text
    for force in (m for m in at.inside if m.side == "AF" and m.is_actor and m.kind != "person"):
        beside, afghan = force.end + 1 == cue.start, told.startswith("Afghan", force.start)
        if afghan and (beside or told[cue.end : force.start] in BY):
            return True
        if beside and at.says("type.border_clash"):
            return True
    return False


def _across_line(at: Setting) -> bool:
    """Gunfire on Afghan ground, or at the border, in a text that names Pakistan: no gunmen's."""
    ground = any(m.is_ground and m.side in ("AF", "border") for m in at.inside)
    return ground and not at.scene.rebels and any(m.side == "PK" for m in at.text.mentions)


def _blamed(at: Setting) -> bool:
    """ "Blasts in Kabul; Taliban blame Pakistan": not those at an embassy, nor those that it condemns."""
    named = any(m.side == "PK" and (m.is_actor or m.kind in ("country", "demonym")) for m in at.inside)
    mourned = any(c.phrase.casefold().startswith(MOURNING) for c in at.says("cue.reacting"))
    return named and not mourned and not at.scene.rebels and not at.says("part.diplomat")


def by_militants(at: Setting, cue: Cue) -> bool:
    """ "Bomber strikes", "raid by militants"."""
    word = at.text.word
    armed = {c.token for c in at.says("evidence.militant")}
    rebels = [m for m in at.inside if m.side == "militants"]
    armed |= {m.token for m in rebels}
    armed |= {at.text.words(Span(m.start, m.end))[-1] for m in rebels if word(m.token - 1) != "of"}
    before = cue.token - 1
    if before > 0 and word(before).startswith("claim"):  # "TTP claims raid"
        before -= 1
    if before in armed or any(c.token == before for c in at.says("part.culprits")):
        return True
    return any(word(n) == "by" and armed & {n + 1, n + 2} for n in (cue.token + 1, cue.token + 2))


def _by_pakistan(at: Setting) -> bool:
    """Whether the Pakistani side alone stands before Afghan ground: what it attacks there, it attacks from the air."""
    ground = any(m.is_ground and m.side == "AF" for m in at.inside)
    told = at.text.text
    others = any(
        m.side in ("border", "militants") or (m.side == "AF" and m.is_actor)
        for m in at.inside
        if told[max(0, m.start - 2) : m.start] != ": "  # who tells of it takes no part
    )
    return ground and not others and "PK" in at.sides


def _border_clash(cue: Cue, word: str, at: Setting) -> str:
    if word in BATTLE and any(0 < c.token - cue.token <= 2 for c in at.says("part.crossers")):
        return "type.operation"  # "fighting intruders"
    if "border" not in at.sides and any(abs(c.token - cue.token) <= NEAR for c in at.says("part.mission")):
        return "type.attack"  # "shots at the embassy"
    if word.endswith(("post", "posts")) and any(m.side == "militants" for m in at.inside):
        return cue.name if any(m.side == "AF" and m.is_actor for m in at.inside) else ""
    if not at.scene.rebels or (word not in BATTLE and not word.startswith("sniper")):
        return cue.name
    if word not in BATTLE:
        return "type.attack"
    fallen = {(c.start, c.end) for c in at.says("type.attack")} & at.losses
    return "type.attack" if fallen else "type.operation"  # by whose losses are told


def _operation(cue: Cue, word: str, at: Setting) -> str:
    if word.startswith(("eliminat", "neutrali")) and not at.says("part.crossers"):
        forces = [m for m in at.inside if m.side == "AF" and m.kind in ("state", "office")]
        if "militants" not in at.sides and any(abs(m.token - cue.token) <= NEAR for m in forces):
            return "type.border_clash"  # "36 Afghan Taliban eliminated": no militants
    if word in BATTLE:
        return "type.border_clash" if at.sides >= NATIONS and not at.scene.rebels else cue.name
    if word in DOWNED:
        return cue.name if _of_rebels(cue, at) else "type.attack"
    if word.startswith("raid") and word.endswith("on"):
        target = next((m for m in at.inside if 0 < m.token - cue.token <= NEAR), None)
        if by_militants(at, cue):
            return "type.attack"
        own = any(m.side == "AF" and m.is_actor and m.token < cue.token for m in at.inside)
        if own and "border" in at.sides:
            return "type.border_clash"
        return "type.air_strike" if target and target.side == "AF" and not own else cue.name
    return cue.name


def _arrest(cue: Cue, word: str, at: Setting) -> str:
    """ "Taliban claim capture of five Pakistani soldiers": taken by an army, in battle."""
    taken = at.text.folded(Span(cue.end, min(at.span.end, cue.end + 40))) if word.startswith("captur") else ()
    return "type.border_clash" if FORCES.intersection(taken) else cue.name


def _ceasefire(cue: Cue, _word: str, at: Setting) -> str:
    """Who denies a truce makes a statement, who denies a breach of it does not; "truce talks" are talks."""
    before = at.text.folded(Span(max(at.span.start, cue.start - 40), cue.start))
    behind = at.text.words(Span(cue.end, at.span.end))
    if (behind and at.text.word(behind[0]) in TREATED) or any(
        one in TREATED and two in ("on", "for") for one, two in pairwise(before)
    ):
        return ""
    denied = () if at.says("cue.broken") else at.says("cue.denied")
    return "type.statement" if any(0 < cue.token - d.token <= NEAR for d in denied) else cue.name


def _talks(cue: Cue, _word: str, at: Setting) -> str:
    """ "Talks with Dar", "Dar in Kabul for talks": ministers meet and travel, delegations do not."""
    word, before = at.text.word, [m for m in at.inside if m.token < cue.token]
    if word(cue.token - 1) == "no" or is_unwanted(cue, at):
        return "type.statement"
    if word(cue.token - 1) in MEANS:
        return ""  # "wants differences solved through dialogue"
    who = next((m for m in before if m.kind == "person" and m.side in NATIONS), None)
    there = who and any(m.is_place and m.side in NATIONS - {who.side} for m in before)
    person = any(m.token == cue.token + 2 and m.kind == "person" for m in at.inside)
    travels = there and "for" in (word(cue.token - back) for back in range(1, HELD_OVER + 1))
    visit = travels or (person and word(cue.token + 1) == "with")
    return "type.diplomacy" if visit else cue.name


def _returns(cue: Cue, word: str, at: Setting) -> str:
    """ "Kabul sent back the draft": no people."""
    people = any(m.kind == "demonym" for m in at.inside) or at.says("part.afghans", "part.people")
    return cue.name if people or not word.startswith(("sent back", "send back", "sends back")) else ""


def is_unwanted(cue: Cue, at: Setting) -> bool:
    """ "No hope for talks", "rules out reopening": what is not to be."""
    return any(0 < cue.token - c.token <= HELD_OVER for c in at.says("part.unwanted"))


def _political(cue: Cue, _word: str, at: Setting) -> str:
    """Elders or clerics who meet the other side, or those who fight, negotiate; the other side's are spoken of."""
    if _is_others(cue, at):
        return "type.statement"
    met = at.sides >= NATIONS or "militants" in at.sides
    sent = met and any(c.token == cue.token for c in at.says("part.elders"))
    return "type.talks" if sent and at.says("part.contact", "cue.session") else cue.name


def _is_others(cue: Cue, at: Setting) -> bool:
    """ "Islamabad hails Kabul clerics' decree", "Muttaqi praises Pakistani clerics": what one side says of the other's."""
    named = [m for m in at.inside if m.side in NATIONS and m.token < cue.token]
    voice = heading(at.text, at.span) if named else None
    if voice and voice.token > cue.token:  # "Kabul clerics' decree a positive step: FO"
        return voice.side != named[-1].side
    if len(named) < 2 or named[0].start != at.span.start or not named[0].is_actor:
        return False
    owner = named[-1]
    return owner.side != named[0].side and cue.token - owner.token <= 2 and owner.token - named[0].token > 1


def _crossing(cue: Cue, word: str, at: Setting) -> str:
    if stands(cue, at):
        return f"{SUFFERED}crossing"
    if is_unwanted(cue, at):
        return "type.statement"
    gate = word not in OPENED or at.says("part.gate") or "border" in at.sides
    return cue.name if gate else ""


def stands(cue: Cue, at: Setting) -> bool:
    """ "Growers lose a season with Torkham closed", "traders call for its reopening": how a gate stands is no news."""
    if not at.says("type.trade", "part.growers"):
        return False
    before = range(max(at.text.words(at.span).start, cue.token - HELD_OVER), cue.token)
    asking = (c for c in at.says("cue.reacting", "cue.sought") if c.token in before)
    asked = any(c.phrase.casefold().startswith(ASKING) for c in asking)
    return asked or at.calls(cue, "part.standing") or any(at.text.word(n) in WHILE for n in before)


def _trade(cue: Cue, word: str, at: Setting) -> str:
    """Traders who say something are only the ones who say it; a gate that opens for trade, or for relief, is a gate."""
    if all(at.says(f"part.{name}") for name in ("relief", "allowed", "consignment")):
        return ""
    passes = at.calls(cue, "part.gated") and at.says("cue.gate", "part.passing")
    if passes and any(m.kind == "crossing" for m in at.inside):
        return ""
    speaks = word in BUSINESS and any(0 < c.token - cue.token <= 2 for c in at.says("cue.speech"))
    return "" if speaks else cue.name


def _diplomacy(cue: Cue, _word: str, at: Setting) -> str:
    """An embassy, or an envoy, that is shot at."""
    return (
        ""
        if at.says("part.shots") and any(c.token == cue.token for c in at.says("part.mission"))
        else cue.name
    )


def _humanitarian(cue: Cue, word: str, at: Setting) -> str:
    """Dead civilians of one place are the toll of what happened there."""
    if at.scene.of_a_day:
        return f"{SUFFERED}humanitarian"
    ground = any(m.is_ground for m in at.inside)
    counted = "civilian" in word and ground and not at.says("cue.term")
    return f"{SUFFERED}humanitarian" if counted else cue.name


READERS: dict[str, Callable[[Cue, str, Setting], str]] = {
    "type.humanitarian": _humanitarian,
    "type.trade": _trade,
    "type.attack": _attack,
    "type.air_strike": lambda cue, _word, at: drone_of(cue, at) or cue.name,
    "type.border_clash": _border_clash,
    "type.operation": _operation,
    "type.arrest": _arrest,
    "type.ceasefire": _ceasefire,
    "type.talks": _talks,
    "type.political": _political,
    "type.crossing": _crossing,
    "type.returns": _returns,
    "type.diplomacy": _diplomacy,
}


def _of_rebels(cue: Cue, at: Setting) -> bool:
    """Whether those who are shot are militants: "khwarij gunned down", not "constable gunned down by khwarij"."""
    rebels = [m.token for m in at.inside if m.side == "militants"]
    rebels += [c.token for c in at.says("evidence.militant")]
    by = at.text.word(cue.token + 1 + cue.phrase.count(" ")) == "by"
    return any(0 < cue.token - r <= NEAR for r in rebels) or (not by and any(r > cue.token for r in rebels))
