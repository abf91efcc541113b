"""From a story to an alert: headline, summary, corroboration, changes; silence when nothing is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.news.alerts import compose, headline, significance
from bot.news.alerts.corroboration import BOTH, CONTRADICT, ONE_SIDE, THIRD_PARTY, corroboration
from bot.news.alerts.counts import tolls
from bot.news.alerts.summary import summary
from bot.news.figures.claims import ledger
from bot.news.figures.claims.houses import voices
from bot.news.figures.claims.ledger import Change, Ledger
from bot.news.model import Alert, Figure, Level, PastEvent
from bot.news.stories.story import Member, Story
from bot.news.topics.topic import Topic
from tests.news import making
from tests.news.making import NOON, figure, lane, member

TOPIC = making.shipped()
GOVERNMENTS = ("Pakistan (government)", "Afghan Taliban government")

CLASH = member(
    "Dawn",
    "Soldiers martyred as posts come under fire in Kurram - Dawn",
    "KURRAM: Twenty-three soldiers were killed when posts in Kurram came under fire, the army's media wing said. "
    "Read more: weather in Peshawar for the week.",
    entry="dawn",
)
OTHER = member(
    "TOLOnews",
    "Kabul says 58 soldiers of the other side killed in Kurram",
    "Zabihullah Mujahid said 58 Pakistani soldiers were killed when posts in Kurram were seized overnight.",
    entry="tolo",
    minutes=30,
)


def told(story: Story, entry: Member, *figures: Figure) -> tuple[Story, tuple[Change, ...]]:
    """The story after one more report."""
    known, changes = ledger.add(
        story.ledger,
        figures,
        entry=entry.entry,
        at=entry.at,
        outlet=entry.outlet,
        side=entry.side,
        url=entry.url,
        voices=voices(TOPIC),
    )
    members = tuple(dict.fromkeys((*story.members, entry)))
    return replace(story, ledger=known, members=members), changes


def composed(
    story: Story, past: Sequence[PastEvent], topic: Topic, now: datetime, changes: Sequence[Change]
) -> Alert | None:
    """The alert of a story that has just been weighed."""
    level, because = significance.level(story, topic, past)
    return compose.compose(replace(story, level=level), past, topic, now, changes, because=because)


def first(members: Sequence[Member] = (CLASH,), *figures: Figure) -> tuple[Story, Alert]:
    story = making.story("border_clash", ["Kurram"], members, actors=GOVERNMENTS)
    changes: tuple[Change, ...] = ()
    if figures:
        story, changes = told(story, members[0], *figures)
    alert = composed(story, TOPIC.chronology, TOPIC, NOON, changes)
    assert alert is not None
    return replace(story, alert=alert, level=alert.level), alert


ISPR = figure("killed", "pak_security_forces", 23, "ISPR", True)
MUJAHID = figure("killed", "pak_security_forces", 58, "Zabihullah Mujahid", False)


def test_a_new_alert() -> None:
    _, alert = first((CLASH,), ISPR)
    assert (alert.kind, alert.revision, alert.changed) == ("new", 1, ())
    assert alert.headline == "Soldiers killed as posts come under fire in Kurram"
    assert alert.url == CLASH.url
    assert "martyred → killed" in alert.replaced
    assert alert.summary.startswith("Twenty-three soldiers were killed")
    assert alert.summary.endswith("(Dawn, 10 Jan)")
    assert "weather" not in alert.summary
    assert [line.figure.claimant for line in alert.figures] == ["ISPR"]
    assert alert.corroboration.word == ONE_SIDE
    assert alert.because[-1].startswith("sum ")


def test_nothing_new_is_not_said_again() -> None:
    story, _ = first((CLASH,), ISPR)
    again = replace(CLASH, entry="dawn-2", at=NOON + timedelta(minutes=9))
    story, changes = told(story, again, ISPR)
    assert composed(story, (), TOPIC, NOON + timedelta(minutes=9), changes) is None


def test_a_story_off_topic_is_silent() -> None:
    story = replace(making.story("border_clash", ["Kurram"], (CLASH,)), relevant=False)
    assert composed(story, (), TOPIC, NOON, ()) is None


def test_a_rising_toll_is_told() -> None:
    story, _ = first((CLASH,), replace(ISPR, low=11.0, high=11.0, text="11"))
    later = NOON + timedelta(minutes=125)
    story, changes = told(story, replace(CLASH, entry="dawn-2", at=later), ISPR)
    alert = composed(story, (), TOPIC, later, changes)
    assert alert is not None
    assert (alert.kind, alert.revision) == ("update", 2)
    assert "killed (ISPR): 11 → 23" in alert.changed[:2]
    assert alert.last_change == later
    assert alert.first_seen == CLASH.seen


def test_a_falling_toll_is_told_as_well() -> None:
    story, _ = first((CLASH,), replace(ISPR, low=40.0, high=40.0, text="40"))
    later = NOON + timedelta(days=1)
    story, changes = told(story, replace(CLASH, entry="dawn-2", at=later), ISPR)
    alert = composed(story, (), TOPIC, later, changes)
    assert alert is not None
    assert "killed (ISPR): 40 → 23 (revised)" in alert.changed[:2]


def test_conflicting_tolls_stand_side_by_side() -> None:
    story, _ = first((CLASH,), ISPR)
    story, changes = told(story, OTHER, MUJAHID)
    alert = composed(story, (), TOPIC, OTHER.at, changes)
    assert alert is not None
    assert alert.corroboration.word == CONTRADICT
    assert {line.figure.claimant for line in alert.figures if line.conflict} == {"ISPR", "Zabihullah Mujahid"}
    assert {line.label for line in alert.figures} == {"own loss", "claim about the other side"}
    assert any(CONTRADICT in words for words in alert.changed)
    assert "58" in alert.summary
    assert "23" in alert.summary or "Twenty-three" in alert.summary


def test_only_a_rise_in_level_may_ping_again() -> None:
    story, alert = first((CLASH,), ISPR)
    story = replace(story, alert=replace(alert, level=Level.NOTABLE))
    risen = composed(story, (), TOPIC, NOON, ())
    assert risen is not None
    assert risen.level_rose
    fallen = composed(replace(story, alert=replace(alert, level=Level.CRITICAL)), (), TOPIC, NOON, ())
    assert fallen is not None
    assert not fallen.level_rose
    assert "level critical → major" in fallen.changed[0]


def test_many_new_figures_hide_neither_the_level_nor_the_contradiction() -> None:
    story, alert = first((CLASH,), ISPR)
    story = replace(story, alert=replace(alert, level=Level.NOTABLE))
    part = replace(MUJAHID, low=9.0, high=9.0, text="nine", noun=" officers", subset=True)
    others = [
        replace(MUJAHID, measure="wounded"),
        replace(MUJAHID, party="afg_taliban_forces", own_loss=True),
    ]
    story, changes = told(story, OTHER, MUJAHID, part, *others)
    alert = composed(story, (), TOPIC, OTHER.at, changes)
    assert alert is not None
    assert alert.changed[0].startswith("level notable → ")
    assert alert.changed[1] == f"{ONE_SIDE} → {CONTRADICT}"
    assert not any("nine" in words for words in alert.changed)
    assert alert.changed[-1] == "+2 more changes"


def test_a_place_that_becomes_known_is_told_without_the_words_for_none() -> None:
    story, alert = first((CLASH,), ISPR)
    told_before = replace(story, alert=replace(alert, place="place not stated"))
    known = composed(told_before, (), TOPIC, NOON, ())
    assert known is not None
    assert f"place {alert.place}" in known.changed


def test_a_change_is_told_again_only_while_it_may_not_have_been_shown() -> None:
    story, alert = first((CLASH,), ISPR)
    story = replace(story, alert=replace(alert, changed=("place Khost → Kurram",), last_change=NOON))
    story, changes = told(story, OTHER, MUJAHID)
    soon = composed(story, (), TOPIC, NOON + timedelta(minutes=1), changes)
    late = composed(story, (), TOPIC, NOON + timedelta(minutes=5), changes)
    assert soon is not None
    assert late is not None
    assert soon.changed[-1] == "place Khost → Kurram"
    assert not any("Khost" in words for words in late.changed)


def test_a_government_and_its_own_spokesman_are_one_line() -> None:
    same = replace(MUJAHID, claimant="Afghan Taliban government")
    _, alert = first((OTHER,), MUJAHID, same)
    assert [line.figure.claimant for line in alert.figures] == ["Zabihullah Mujahid"]


@pytest.mark.parametrize(
    ("outlets", "word"),
    [
        (["Dawn", "Geo News"], ONE_SIDE),
        (["TOLOnews", "Amu TV"], ONE_SIDE),
        (["Dawn", "Amu TV"], BOTH),
        (["Dawn", "Reuters"], THIRD_PARTY),
        (["Ghazni Gazette"], ONE_SIDE),
    ],
)
def test_corroboration_by_side(outlets: list[str], word: str) -> None:
    members = [member(name, "Fire in Kurram", minutes=n) for n, name in enumerate(outlets)]
    assert corroboration(making.story("border_clash", ["Kurram"], members), TOPIC).word == word


def test_families_count_once_and_copies_never() -> None:
    members = [
        member("Geo News", "Fire in Kurram"),
        member("The News International", "Fire in Kurram", minutes=1),
        member("Dawn", "Fire in Kurram", minutes=2, copy_of="x"),
        member("AFP", "Fire in Kurram", minutes=3),
        member("Dawn (AFP)", "Fire in Kurram", minutes=4),
    ]
    found = corroboration(making.story("border_clash", ["Kurram"], members), TOPIC)
    assert found.families == (("PK", 1), ("intl", 1))


def test_the_first_five_sources_show_every_side() -> None:
    names = ["Dawn", "Geo News", "ARY News", "Samaa", "BOL News", "TOLOnews", "UNAMA", "Reuters"]
    members = [member(name, "Fire in Kurram", minutes=n) for n, name in enumerate(names)]
    assert {s.side for s in compose.sources(members)[:5]} == {"PK", "AF", "UN", "intl"}


def test_an_outdated_toll_leaves_the_summary() -> None:
    old = replace(CLASH, lead="The army said 11 soldiers were killed when posts in Kurram came under fire.")
    new = replace(
        CLASH,
        entry="dawn-2",
        at=NOON + timedelta(hours=2),
        lead="The army said 23 soldiers were killed when posts in Kurram came under fire.",
    )
    story = making.story("border_clash", ["Kurram"], (old, new))
    story, _ = told(story, old, replace(ISPR, low=11.0, high=11.0, text="11"))
    story, _ = told(story, new, ISPR)
    text = summary(story, TOPIC, tolls(story.ledger)).text
    assert "23 soldiers" in text
    assert "11 soldiers" not in text


def test_a_contradicted_toll_is_never_told_alone() -> None:
    story = making.story("border_clash", ["Kurram"], (OTHER,))
    known = Ledger((lane(MUJAHID, "TOLOnews", "tolo"), lane(ISPR, "Dawn", "dawn")))
    text = summary(replace(story, ledger=known), TOPIC, tolls(known)).text
    assert "58" in text
    assert "By other accounts: 23 killed among Pakistani forces (ISPR)." in text


def test_a_report_of_a_headline_only_has_no_summary_beside_it() -> None:
    bare = member("Dawn", "Posts come under fire in Kurram")
    story = making.story("border_clash", ["Kurram"], (bare,))
    assert summary(story, TOPIC, tolls(story.ledger), "Posts come under fire in Kurram").text == ""


@pytest.mark.parametrize(
    ("title", "outlet", "clean"),
    [
        ("BREAKING: Truce agreed in Doha", "Dawn", "Truce agreed in Doha"),
        ("Truce agreed in Doha - World - DAWN.COM", "Dawn", "Truce agreed in Doha"),
        ("Truce agreed in Doha | Ghazni Gazette", "Ghazni Gazette", "Truce agreed in Doha"),
        ("Truce agreed - but for how long", "Dawn", "Truce agreed - but for how long"),
    ],
)
def test_titles_are_cleaned(title: str, outlet: str, clean: str) -> None:
    assert headline.clean(title, outlet, TOPIC) == clean


def test_a_headline_stays_unless_another_is_clearly_better() -> None:
    titles = ("Posts come under fire in Kurram, army says", "Army says posts in Kurram come under fire")
    members = [
        member(name, title, minutes=n)
        for n, (name, title) in enumerate(zip(("Dawn", "Geo News"), titles, strict=True))
    ]
    story = making.story("border_clash", ["Kurram"], members)
    for standing in members:
        assert headline.headline(story, TOPIC, tolls(story.ledger), standing.url).member == standing


def test_an_alert_keeps_within_its_budget() -> None:
    long = "The army said that posts in Kurram came under fire from several sides " * 40
    members = [member("Dawn", long, long, entry=f"e{n}", minutes=n) for n in range(20)]
    _, alert = first(members, *(replace(ISPR, claimant=f"Office {n}") for n in range(20)))
    shown = [alert.headline, alert.summary, *alert.changed, *(b.what for b in alert.before)]
    shown += [f"{line.figure.text} {line.figure.claimant} {line.note}" for line in alert.figures]
    assert sum(map(len, shown)) < 2_600
    assert len(alert.figures) <= 5
    assert len(alert.before) <= 3


def test_who_is_meant_by_it_is_said_where_another_report_stands_before() -> None:
    lead = (
        "Four posts in Kurram were shelled. Twenty-three soldiers were killed and nine hurt there, it said."
    )
    report = member("Dawn", "Soldiers killed in Kurram", lead, entry="dawn")
    said = figure(
        "killed", "pak_security_forces", 23, "ISPR", True, claimant_text="it", text="Twenty-three",
        sentence="Twenty-three soldiers were killed and nine hurt there, it said.",
    )  # fmt: skip
    story = making.story("border_clash", ["Kurram"], (OTHER, report), (lane(said, "Dawn", "dawn"),))
    assert "there, it [ISPR] said. (Dawn" in summary(story, TOPIC, tolls(story.ledger)).text


def test_a_title_that_tells_of_both_claims_is_the_headline() -> None:
    neutral = member(
        "Reuters",
        "Neighbours give conflicting tolls after night of fighting in Kurram",
        CLASH.lead,
        minutes=40,
    )
    story = making.story(
        "border_clash", ["Kurram"], (OTHER, CLASH, neutral), (lane(MUJAHID, "TOLOnews", "tolo"), lane(ISPR))
    )
    assert headline.headline(story, TOPIC, tolls(story.ledger)).member == neutral


def test_what_is_known_of_a_report_is_printed_and_no_more() -> None:
    bare = replace(CLASH, outlet="")
    story = making.story("border_clash", ["Kurram"], (bare,))
    assert "(," not in summary(story, TOPIC, tolls(story.ledger)).text
