"""Later evidence: what proves two stories to be one, what never does, and how an entry leaves its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from bot.news import decide
from bot.news.decision import Decision, Memory
from bot.news.model import Entry
from bot.news.topics.topic import Topic
from bot.store import codec
from tests.news.test_decide import entry

VILLAGE = entry(
    "Fourteen bodies pulled from rubble in Gurbuz, residents say",
    "Villagers of Gurbuz district dug through the night of Monday after explosions flattened two homes, and counted "
    "fourteen dead.",
    outlet="Khost Observer",
)
ARMY = entry(
    "Islamabad says jets hit a militant camp across the border",
    "Pakistan's military said on Tuesday that its aircraft had bombed a hideout of the TTP inside Afghanistan on "
    "Monday night and killed 14 militants.",
    outlet="Rawalpindi Post",
    hours=2,
)
BOTH = entry(
    "Strike on Gurbuz: villagers count fourteen dead, Pakistan says it bombed a TTP camp",
    "Pakistani aircraft bombed Gurbuz district of Khost on Monday night. Villagers dug fourteen dead from the rubble of "
    "two homes; Pakistan's military said that it had hit a hideout of the TTP and killed 14 militants.",
    outlet="Gulf Wire",
    hours=5,
)
CHAIN = (
    entry(
        "Kabul and Islamabad agree on a 48-hour truce after deadly clashes",
        "Pakistan and the Afghan Taliban agreed on Saturday to stop firing for 48 hours after clashes along the border "
        "that killed 17 soldiers, Islamabad's foreign office said.",
        outlet="Indus Gazette",
    ),
    entry(
        "Truce broken: Pakistan strikes Paktika hours after the lull",
        "Pakistani jets bombed Barmal district of Paktika on Sunday and broke a 48-hour truce agreed after clashes that "
        "killed 17 soldiers, Afghan officials said. Ten people were killed.",
        outlet="Kabul Courier",
        hours=26,
    ),
    entry(
        "Pakistan and Afghanistan open talks in Doha after the truce was broken",
        "Qatari mediators brought delegations of both countries to one table in Doha on Monday. The lull that they had "
        "agreed on lasted a day, until a strike on Paktika killed ten people.",
        outlet="Gulf Wire",
        hours=48,
    ),
)
STRIKE = entry(
    "Air strike kills twelve in Spera district of Khost",
    "Pakistani jets struck a house in Spera district of Khost on Monday, killing 12 civilians, officials there said.",
    outlet="Khost Observer",
)
SECOND = entry(
    "Twelve killed in Pakistani air strike in Khost",
    "Doctors at the provincial hospital received 12 bodies on Monday after Pakistani aircraft bombed "
    "Spera district of Khost; a school lies in ruins, teachers said.",
    outlet="Kabul Courier",
    hours=1,
)


def told(entries: Sequence[Entry], topic: Topic, memory: Memory | None = None) -> list[Decision]:
    return decide.decide(list(entries), Memory() if memory is None else memory, topic)


def groups(memory: Memory) -> set[frozenset[str]]:
    return {
        frozenset(member.entry for member in story.members)
        for story in memory.stories.values()
        if story.merged_into is None
    }


# --------------------------------------------------------------------------- two stories are one


def apart(topic: Topic) -> Topic:
    """The topic, were only what is all alike joined: two reports of one night open a story each."""
    return replace(topic, weights={**topic.weights, "stories.join": 0.9, "stories.join_likely": 0.9})


def test_a_report_that_fits_two_stories_proves_them_one(topic: Topic) -> None:
    memory = Memory()
    first, second = told([VILLAGE, ARMY], apart(topic), memory)
    assert first.story != second.story
    assert second.alert is not None
    (third,) = told([BOTH], topic, memory)
    whole, gone = memory.stories[1], memory.stories[2]
    assert (third.story, gone.merged_into, whole.entries) == (1, 1, 3)
    assert third.alert is not None
    assert third.alert.story == 1
    (pointer,) = third.others
    assert (pointer.story, pointer.revision, pointer.kind) == (2, second.alert.revision + 1, "update")
    assert "the same event as story 1" in pointer.summary
    assert (pointer.figures, pointer.level_rose) == ((), False)
    assert any("an earlier alert, story 2" in line for line in third.alert.changed)
    assert any("is the same happening" in reason for reason in third.because)


@pytest.mark.parametrize("order", list(permutations((VILLAGE, ARMY, BOTH))))
def test_the_order_of_arrival_changes_nothing(order: tuple[Entry, ...], topic: Topic) -> None:
    memory = Memory()
    told(order, topic, memory)
    assert groups(memory) == {frozenset(one.id for one in order)}


def test_claims_of_both_are_in_one_ledger_with_their_times(topic: Topic) -> None:
    memory = Memory()
    told([replace(VILLAGE, title=f"{VILLAGE.title}: Pakistani jets blamed"), ARMY], topic, memory)
    before = [p for s in memory.stories.values() for lane in s.ledger.lanes for p in lane.points]
    told([BOTH], topic, memory)
    after = [p for lane in memory.stories[1].ledger.lanes for p in lane.points]
    kept = {(p.entry, p.at, p.figure.low) for p in after} | {
        (name, at, p.figure.low) for p in after for at, name, _ in p.repeats
    }
    assert {(p.entry, p.at, p.figure.low) for p in before} <= kept


def test_a_truce_its_breach_and_the_talks_after_it_stay_three(topic: Topic) -> None:
    for order in permutations(CHAIN):
        memory = Memory()
        decisions = told(order, topic, memory)
        assert len({decision.story for decision in decisions}) == 3
        assert not any(story.merged_into for story in memory.stories.values())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("on Monday night", "on Sunday night"), "another day"),
        (("14 militants", "31 militants"), "another toll"),
        (("inside Afghanistan", "in Barmal district of Paktika"), "another place"),
    ],
)
def test_what_denies_the_other_story_is_never_merged(change: tuple[str, str], why: str, topic: Topic) -> None:
    memory = Memory()
    army = replace(ARMY, summary=ARMY.summary.replace(*change))
    assert army != ARMY
    told([VILLAGE, army], apart(topic), memory)
    told([BOTH], topic, memory)
    assert frozenset([army.id]) in groups(memory), why


def test_after_a_merge_entries_and_edits_go_to_the_older_story(topic: Topic) -> None:
    memory = Memory()
    told([VILLAGE, ARMY, BOTH], topic, memory)
    edit = replace(ARMY, id="x", summary=ARMY.summary.replace("14 militants", "15 militants"))
    (decision,) = told([edit], topic, memory)
    assert (decision.same_as, decision.story, decision.edited) == (ARMY.id, 1, True)
    late = replace(
        BOTH, id="late", outlet="Delta News", url="https://delta.example/9-late", title=f"{BOTH.title}, again"
    )
    (decision,) = told([late], topic, memory)
    assert decision.story == 1


def test_a_merge_needs_no_more_than_what_is_stored(topic: Topic) -> None:
    straight, restarted = Memory(), Memory()
    told([VILLAGE, ARMY, BOTH], topic, straight)
    told([VILLAGE, ARMY], topic, restarted)
    held = {number: codec.story(codec.write(story)) for number, story in restarted.stories.items()}
    after = Memory(dict(restarted.known), held, restarted.next_story)
    told([BOTH], topic, after)
    assert after.stories == straight.stories


# --------------------------------------------------------------------------- an entry belongs elsewhere


def rewritten(one: Entry, *changes: tuple[str, str]) -> Entry:
    title, summary = one.title, one.summary
    for before, after in changes:
        title, summary = title.replace(before, after), summary.replace(before, after)
    assert (title, summary) != (one.title, one.summary)
    return replace(one, id="edit", title=title, summary=summary)


@pytest.mark.parametrize(
    "changes",
    [
        [
            ("Spera district of Khost", "Barmal district of Paktika"),
            ("Khost", "Paktika"),
            ("12", "9"),
            ("Twelve", "Nine"),
        ],
        [("on Monday", "on Saturday"), ("12", "9"), ("Twelve", "Nine")],
    ],
    ids=["place", "day"],
)
def test_an_entry_that_is_corrected_moves_to_a_story_of_its_own(
    changes: list[tuple[str, str]], topic: Topic
) -> None:
    memory = Memory()
    first, second = told([STRIKE, SECOND], topic, memory)
    assert first.story == second.story == 1
    (decision,) = told([rewritten(SECOND, *changes)], topic, memory)
    assert (decision.story, decision.same_as, decision.edited) == (2, SECOND.id, True)
    rest, own = memory.stories[1], memory.stories[2]
    assert [member.entry for member in rest.members] == [STRIKE.id]
    assert [member.entry for member in own.members] == [SECOND.id]
    assert {p.entry for lane in rest.ledger.lanes for p in lane.points} == {STRIKE.id}
    assert {p.figure.low for lane in own.ledger.lanes for p in lane.points} == {9.0}
    assert not any(p.repeats for lane in rest.ledger.lanes for p in lane.points)
    assert decision.alert is not None
    assert "told as part of story 1" in decision.alert.summary.lower()
    (left,) = decision.others
    assert (left.story, left.kind) == (1, "update")
    assert any("see story 2" in line for line in left.changed)


def test_the_entry_that_opened_a_story_can_leave_it(topic: Topic) -> None:
    memory = Memory()
    told([STRIKE, SECOND], topic, memory)
    places = [("Spera district of Khost", "Barmal district of Paktika"), ("12", "9"), ("twelve", "nine")]
    (decision,) = told([rewritten(STRIKE, *places)], topic, memory)
    assert decision.story == 2
    rest = memory.stories[1]
    assert [member.entry for member in rest.members] == [SECOND.id]
    assert "Spera" in rest.where.places
    assert {p.entry for lane in rest.ledger.lanes for p in lane.points} == {SECOND.id}


COPY = replace(
    STRIKE,
    id="copy",
    outlet="Gulf Wire",
    url="https://gulf-wire.example/2025/copy",
    seen=STRIKE.seen + timedelta(minutes=30),
)
MOVED = (("Spera district of Khost", "Barmal district of Paktika"), ("12", "9"), ("twelve", "nine"))


def test_copies_go_where_their_original_goes(topic: Topic) -> None:
    memory = Memory()
    _, copy, _ = told([STRIKE, COPY, SECOND], topic, memory)
    assert copy.copy_of == STRIKE.id
    (decision,) = told([rewritten(STRIKE, *MOVED)], topic, memory)
    rest, own = memory.stories[1], memory.stories[2]
    assert (decision.story, decision.left) == (2, 1)
    assert [member.entry for member in rest.members] == [SECOND.id]
    assert [(member.entry, member.copy_of) for member in own.members] == [
        (STRIKE.id, None),
        ("copy", STRIKE.id),
    ]
    assert (rest.entries, own.entries) == (1, 2)
    assert {p.entry for lane in rest.ledger.lanes for p in lane.points} == {SECOND.id}
    assert not any(p.repeats for lane in rest.ledger.lanes for p in lane.points)
    assert {p.figure.low for lane in own.ledger.lanes for p in lane.points} == {9.0}, (
        "what was taken back stays so"
    )
    assert any("what copied it (Gulf Wire)" in line for alert in decision.others for line in alert.changed)
    assert any(source.outlet == "Gulf Wire" for source in decision.alert.sources) if decision.alert else False
    (again,) = told([rewritten(COPY, *MOVED)], topic, memory)
    assert (again.story, again.same_as, again.copy_of) == (2, "copy", STRIKE.id)


def test_a_report_with_none_but_its_copies_is_corrected_in_place(topic: Topic) -> None:
    memory = Memory()
    told([STRIKE, COPY], topic, memory)
    (decision,) = told([rewritten(STRIKE, *MOVED)], topic, memory)
    assert (decision.story, decision.left, decision.others) == (1, None, ())


def test_what_only_copies_draws_no_report_of_the_old_place(topic: Topic) -> None:
    memory = Memory()
    told([STRIKE, COPY, SECOND], topic, memory)
    told([rewritten(STRIKE, *MOVED)], topic, memory)
    late = replace(
        SECOND,
        id="late",
        outlet="Delta News",
        url="https://delta.example/late",
        seen=SECOND.seen + timedelta(hours=1),
    )
    (decision,) = told([late], topic, memory)
    assert decision.story == 1


def test_an_edit_that_stays_within_its_story_splits_nothing(topic: Topic) -> None:
    memory = Memory()
    told([STRIKE, SECOND], topic, memory)
    (decision,) = told([rewritten(SECOND, ("12", "15"), ("Twelve", "Fifteen"))], topic, memory)
    assert (decision.story, decision.others) == (1, ())
    assert set(memory.stories) == {1}


def test_a_story_of_one_entry_is_corrected_in_place(topic: Topic) -> None:
    memory = Memory()
    told([STRIKE], topic, memory)
    (decision,) = told([rewritten(STRIKE, ("on Monday", "on Saturday"))], topic, memory)
    assert (decision.story, decision.others) == (1, ())
