"""The fold: what is known, what belongs together, what is said; on texts of our own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.news import decide, settle
from bot.news.decision import Decision, Memory
from bot.news.model import Entry
from bot.news.stories import grouping, identity
from bot.news.stories.candidates import ROOM, Index, forget
from bot.news.stories.features import features
from bot.news.stories.story import TERMS, VECTOR
from bot.news.topics.topic import Topic

QUALITY = Path(__file__).parents[1] / "quality"
LOOKALIKES: list[dict[str, Any]] = [
    json.loads(line) for line in (QUALITY / "lookalikes.jsonl").read_text("utf-8").splitlines()
]
NOW = datetime(2025, 11, 25, 6, 0, tzinfo=UTC)
STRIKE = (
    "Ten civilians killed in Khost air strike, Kabul says",
    "Pakistani jets bombed a house in Gurbuz district of Khost at midnight and killed ten civilians, nine of them "
    "children, Zabihullah Mujahid said on Tuesday.",
)


def entry(
    title: str, summary: str = "", *, outlet: str = "Kabul Courier", hours: float = 0, **more: Any
) -> Entry:
    at = NOW + timedelta(hours=hours)
    slug = f"{title[:24].replace(' ', '-')}-{len(title)}-{hours:g}"
    url = f"https://{outlet.replace(' ', '').lower()}.example/2025/{slug}"
    plain = Entry(f"{outlet}/{slug}", outlet, outlet, url, title, summary, at, at)
    return replace(plain, **more)


def labelled(row: dict[str, Any]) -> Entry:
    at = datetime.fromisoformat(row["published"])
    return Entry(
        row["id"],
        row["outlet"],
        row["outlet"],
        row["url"],
        row["title"],
        row["summary"],
        at,
        at,
        lang=row["lang"],
    )


def folded(entries: list[Entry], topic: Topic) -> list[Decision]:
    return decide.decide(entries, Memory(), topic)


# --------------------------------------------------------------------------- what belongs together


def test_lookalikes_stay_apart_and_reports_of_one_happening_meet(topic: Topic) -> None:
    found = {d.entry.id: d.story for d in folded([labelled(row) for row in LOOKALIKES], topic)}
    true = {row["id"]: row["story"] for row in LOOKALIKES}
    pairs = [(a, b) for n, a in enumerate(true) for b in list(true)[:n]]
    together = [(a, b) for a, b in pairs if found[a] == found[b]]
    wrong = [(true[a], true[b]) for a, b in together if true[a] != true[b]]
    one = [(a, b) for a, b in pairs if true[a] == true[b]]
    missed = [(true[a], a, b) for a, b in one if found[a] != found[b]]
    assert not wrong, wrong
    assert not missed, missed


def test_every_decision_says_why(topic: Topic) -> None:
    for decision in folded([labelled(row) for row in LOOKALIKES[:12]], topic):
        assert any("story" in reason or "alone" in reason for reason in decision.because)
        assert decision.story is not None


def test_a_batch_at_once_is_a_batch_one_by_one(topic: Topic) -> None:
    entries = [labelled(row) for row in LOOKALIKES]
    memory = Memory()
    single = [decision for one in entries for decision in decide.decide([one], memory, topic)]
    assert [(d.entry.id, d.story, d.because) for d in single] == [
        (d.entry.id, d.story, d.because) for d in folded(entries, topic)
    ]


def test_what_recall_brings_is_enough(topic: Topic) -> None:
    """A fresh memory that holds only the stories found by `probe` decides the same."""
    entries = [labelled(row) for row in LOOKALIKES]
    whole, kept = Memory(), Memory()
    for one in entries:
        (expected,) = decide.decide([one], whole, topic)
        of = decide.cases([one], topic)[0].of
        terms = {term for term, _ in settle.sought(of, topic)[0]}
        near = {n: s for n, s in kept.stories.items() if terms & set(s.terms)}
        narrow = Memory(dict(kept.known), near, kept.next_story)
        (decision,) = decide.decide([one], narrow, topic)
        kept.stories |= narrow.stories
        kept.known, kept.next_story = narrow.known, narrow.next_story
        assert decision.story == expected.story


SCRIPT = """
import sys, json
from tests.news.test_decide import LOOKALIKES, folded, labelled
from tests.news.making import shipped
for d in folded([labelled(row) for row in LOOKALIKES], shipped()):
    print(d.entry.id, d.story, d.level, d.copy_of, d.because, d.alert)
"""


def test_the_same_under_every_hash_seed() -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=QUALITY.parents[1],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count("\n") == len(LOOKALIKES)


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Aleppo: fierce clashes as rebels storm a barracks", "Both armies traded fire; 40 people were killed."),
        ("Film review: an Afghan couple's battle with the tax office", "The director followed them in Oslo."),
        ("Pakistani cook wins battle over wages in Leeds court", "The case lasted four years."),
        ("Gangs trade fire with police in Kingston overnight", "Heavy fighting went on all night; nine died."),
    ],
)  # fmt: skip
def test_what_only_shares_the_words_of_fighting_touches_no_story(
    title: str, summary: str, topic: Topic
) -> None:
    clash = entry(
        "Clashes hit Pakistan-Afghanistan border",
        "Fighters traded fire across the Durand Line overnight, both armies said.",
        outlet="Indus Gazette",
    )
    first, other, later = folded(
        [
            clash,
            entry(title, summary, hours=6),
            entry("Troops of both sides trade fire on Durand Line", hours=7),
        ],
        topic,
    )
    assert not other.reading.verdict.relevant, other.because
    assert other.alert is None
    assert later.story == first.story
    alone, again = folded([clash, replace(later.entry)], topic)
    assert (first.level, later.level) == (alone.level, again.level)


# --------------------------------------------------------------------------- what is known


def test_the_same_entry_again_changes_nothing(topic: Topic) -> None:
    first = entry(*STRIKE)
    memory = Memory()
    (told,) = decide.decide([first], memory, topic)
    before = memory.stories[1]
    (again,) = decide.decide([replace(first, id="x", seen=NOW + timedelta(hours=3))], memory, topic)
    assert told.alert is not None
    assert (again.same_as, again.edited, again.alert, again.story) == (first.id, False, None, 1)
    assert memory.stories == {1: before}


def test_an_edit_updates_the_story_it_is_in(topic: Topic) -> None:
    first = entry(*STRIKE)
    memory = Memory()
    decide.decide([first], memory, topic)
    edit = replace(
        first, id="x", title=STRIKE[0].replace("Ten", "Twelve"), summary=STRIKE[1].replace("ten", "twelve")
    )
    (decision,) = decide.decide([edit], memory, topic)
    assert (decision.same_as, decision.edited, decision.story) == (first.id, True, 1)
    assert decision.alert is not None
    assert decision.alert.kind == "update"
    assert memory.stories[1].entries == 1
    assert [m.title for m in memory.stories[1].members] == [edit.title]


def test_what_a_report_leaves_open_its_story_tells(topic: Topic) -> None:
    later = entry("Ten civilians killed in Pakistani air strike, Kabul says", outlet="World Wire", hours=26)
    first, second = folded([entry(*STRIKE), later], topic)
    assert first.story == second.story
    assert first.reading.when is not None
    assert first.reading.when.named
    assert second.reading.when is not None
    assert second.reading.when.start == first.reading.when.start
    assert second.reading.where.label == "Gurbuz, Khost, Afghanistan"
    assert second.reading.where.because == f"as story {first.story} tells"
    (alone,) = folded([later], topic)
    assert alone.reading.when is not None
    assert alone.reading.when.start == later.when.date() - timedelta(1)  # of a morning, naming no day
    assert alone.reading.where.label == "Afghanistan"


def test_the_first_day_and_place_that_are_named_are_the_story_s(topic: Topic) -> None:
    vague = entry("Ten civilians killed in Pakistani air strike, Kabul says", hours=-1)
    memory = Memory()
    decisions = decide.decide([vague, entry(*STRIKE)], memory, topic)
    assert len({decision.story for decision in decisions}) == 1
    (story,) = memory.stories.values()
    assert story.when is not None
    assert story.when.named
    assert story.where.label == "Gurbuz, Khost"


def test_a_copy_joins_as_a_copy(topic: Topic) -> None:
    first = entry(*STRIKE)
    copy = entry("Khost air strike: ten dead, says Kabul", STRIKE[1], outlet="Indus Gazette", hours=2)
    decisions = folded([first, copy], topic)
    assert decisions[1].copy_of == first.id
    assert decisions[1].story == decisions[0].story


def test_archive_pieces_and_round_ups_alert_nobody(topic: Topic) -> None:
    old = entry(*STRIKE, published=NOW - timedelta(days=900))
    assert not folded([old], topic)[0].reading.verdict.relevant
    assert folded([old], topic)[0].alert is None
    both = [
        entry(*STRIKE),
        entry("Morning briefing: Khost strike, Torkham shut", STRIKE[1], outlet="B", hours=1),
    ]
    decisions = folded(both, topic)
    assert decisions[0].story != decisions[1].story


def test_quiet_is_handed_on_while_the_story_goes_on(topic: Topic) -> None:
    memory = Memory()
    (decision,) = decide.decide([entry(*STRIKE)], memory, topic, quiet=lambda one: "first poll of this feed")
    assert decision.quiet == "first poll of this feed"
    assert memory.stories[1].alert is not None


# --------------------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "\x00\ud800",
        "💥" * 3000,
        "x" * 200_000,
        "1 " * 20_000,
        "<p>&nbsp;</p>",
        "‮שלום عليكم",
        "…" * 500,
    ],
)
def test_strange_texts_never_raise(text: str, topic: Topic) -> None:
    decisions = folded([entry(text, text), entry(text[:50], text, outlet="B", hours=1)], topic)
    assert not any(decision.alert for decision in decisions)


def test_memory_stays_bounded(topic: Topic) -> None:
    memory = Memory()
    decide.decide([entry(*STRIKE)], memory, topic)
    pattern = memory.stories[1]
    held = {n: replace(pattern, id=n, active=NOW - timedelta(minutes=n)) for n in range(1, ROOM + 500)}
    forget(held, NOW, timedelta(days=12))
    assert len(held) <= ROOM
    assert 1 in held
    index = Index()
    index.follow(held)
    assert set(index.filed) == set(held)
    index.follow({})
    assert not index.terms


def test_a_story_remembers_a_bounded_number_of_entries(topic: Topic) -> None:
    memory = Memory()
    many = [entry(f"{STRIKE[0]} ({n})", STRIKE[1], outlet=f"Outlet {n}", hours=n / 10) for n in range(60)]
    decide.decide(many, memory, topic)
    story = max(memory.stories.values(), key=lambda one: one.entries)
    assert story.entries >= 50
    assert len(story.members) == int(topic.weights["stories.members"])
    assert len(story.vector) <= VECTOR
    assert len(story.terms) <= TERMS


def test_a_veto_outweighs_every_word(topic: Topic) -> None:
    memory = Memory()
    decide.decide([entry(*STRIKE)], memory, topic)
    same = entry(*STRIKE, outlet="B", hours=24 * 40)
    of = features(same, decide.read(same.document, topic), topic)
    score = grouping.score(of, memory.stories[1], topic)
    assert score.total == 0
    assert score.because == "not story 1: the story has been silent for too long"
    assert identity.known(same).story is None


@pytest.mark.parametrize(
    ("title", "summary", "kind"),
    [
        ("UN mission verifies ten civilian deaths in Khost", "UNAMA says nine children are among ten dead in Gurbuz.", "air_strike"),
        ("Ten killed in Gurbuz attack, Khost hospital says", "Doctors in Khost counted ten dead, nine of them children.", "air_strike"),
        ("Khost families flee Gurbuz after ten die", "Fifty families left Gurbuz in Khost, elders said.", "air_strike"),
        ("India condemns strike on Khost's Gurbuz district", "New Delhi said on Wednesday that ten civilians died.", "statement"),
    ],
)  # fmt: skip
def test_what_follows_a_happening_is_told_of_its_day_and_place(
    topic: Topic, title: str, summary: str, kind: str
) -> None:
    told = entry(*STRIKE), entry(title, summary, outlet="Delhi Wire", hours=28)
    first, later = (decision.reading for decision in decide.decide(told, Memory(), topic))
    assert later.type == kind
    assert first.when
    assert later.when
    assert later.when.start == first.when.start
    assert later.where.label == "Gurbuz, Khost"


def test_an_act_alone_keeps_its_own_day(topic: Topic) -> None:
    note = entry(
        "Kabul summons Pakistani ambassador over Khost bombing",
        "The foreign ministry summoned the envoy on Tuesday over the overnight strike.",
    )
    (decision,) = decide.decide((note,), Memory(), topic)
    assert decision.reading.when
    assert f"{decision.reading.when.start}" == "2025-11-25"
