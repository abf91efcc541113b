"""The timeline: chronology and stories as one list, nothing twice, filtered, as known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.news.alerts import timeline
from bot.news.alerts.claimed import said
from bot.news.figures.claims import ledger
from bot.news.figures.claims.ledger import Ledger
from bot.news.model import Level, PastEvent
from tests.news import making
from tests.news.making import DAY, figure, lane, member, past
from tests.store import nouns

TOPIC = making.shipped()


def ids(events: tuple[PastEvent, ...]) -> list[str]:
    return [event.id for event in events]


def test_a_story_and_the_row_of_the_same_happening_are_one_entry() -> None:
    strike = making.story(
        "air_strike",
        ["Khost", "Gurbuz"],
        [member("TOLOnews", "Ten killed in Khost")],
        [lane(figure("killed", "afg_civilians", 10, "Zabihullah Mujahid", True))],
        id=7,
    )
    ours = timeline.of_story(strike)
    row = past(
        "c:1", DAY - timedelta(days=1), "border_clash", ["Khost"], "Told by the records.", Level.CRITICAL
    )
    merged = timeline.merge([row, ours])
    assert ids(merged) == ["s:7"]
    assert merged[0].what == "Told by the records."
    assert merged[0].level == Level.CRITICAL
    assert merged[0].claims[0].claimant == "Zabihullah Mujahid"


@pytest.mark.parametrize(
    "row",
    [
        past("c:1", DAY - timedelta(days=2), "air_strike", ["Khost"]),  # two days apart
        past("c:1", DAY, "air_strike", ["Kunar"]),  # another place
        past("c:1", DAY, "returns", ["Khost"]),  # another kind
        past("c:1", DAY, "air_strike", ["Khost"], precision="month"),  # nobody knows the day
    ],
)
def test_what_differs_stays_apart(row: PastEvent) -> None:
    ours = timeline.of_story(making.story("air_strike", ["Khost"], id=7))
    assert len(timeline.merge([row, ours])) == 2


def test_two_stories_of_ours_are_never_joined_here() -> None:
    one, two = (timeline.of_story(making.story("air_strike", ["Khost"], id=n)) for n in (1, 2))
    assert len(timeline.merge([one, two, one])) == 2


def test_a_clash_along_the_border_joins_the_row_that_names_its_places() -> None:
    ours = timeline.of_story(making.story("border_clash", ["Durand Line"], id=3))
    row = past("c:1", DAY, "border_clash", ["Bajaur", "Kurram"])
    assert ids(timeline.merge([row, ours])) == ["s:3"]


EVENTS = (
    past("c:1", date(2025, 10, 11), "border_clash", ["Kurram"], "Posts were stormed.", Level.CRITICAL),
    past("c:2", date(2025, 10, 17), "air_strike", ["Paktika", "Barmal"], "A village was bombed."),
    past("c:3", date(2025, 10, 18), "ceasefire", ["Doha"], "A truce was signed.", Level.CRITICAL, parties=("Qatar",)),
    past("c:4", date(2025, 12, 1), "crossing", ["Torkham"], "Aid passed.", Level.NOTABLE),
)  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["c:1", "c:2", "c:3", "c:4"]),
        ({"since": date(2025, 10, 17)}, ["c:2", "c:3", "c:4"]),
        ({"until": date(2025, 10, 17)}, ["c:1", "c:2"]),
        ({"type": "ceasefire"}, ["c:3"]),
        ({"level": Level.CRITICAL}, ["c:1", "c:3"]),
        ({"place": "paktika"}, ["c:2"]),
        ({"place": "Khyber Pakhtunkhwa", "topic": TOPIC}, ["c:1", "c:4"]),
        ({"place": "Turkham", "topic": TOPIC}, ["c:4"]),
        ({"party": "qatar"}, ["c:3"]),
        ({"text": "village bombed"}, ["c:2"]),
        ({"text": "nothing like it"}, []),
        ({"as_of": datetime(2025, 10, 17, 23, tzinfo=UTC)}, ["c:1", "c:2"]),
    ],
)
def test_filter(wanted: dict[str, object], found: list[str]) -> None:
    assert ids(timeline.filter(EVENTS, **wanted)) == found  # type: ignore[arg-type]


def test_as_known_on_a_day_replays_the_claims_of_that_day() -> None:
    first = figure("killed", "afg_civilians", 10, "UNAMA")
    known = Ledger()
    for minutes, claim in ((0, first), (600, replace(first, low=17.0, high=17.0, text="17"))):
        at = making.NOON + timedelta(minutes=minutes)
        known, _ = ledger.add(
            known, [claim], entry=f"e{minutes}", at=at, outlet="UNAMA", side="UN", url="https://u.example"
        )
    story = replace(making.story("air_strike", ["Khost"]), ledger=known)
    before = timeline.of_story(story, as_of=making.NOON + timedelta(minutes=5))
    assert [claim.text for claim in before.claims] == ["10"]
    assert [claim.text for claim in timeline.of_story(story).claims] == ["17"]


def test_a_row_is_known_from_its_last_day_and_a_late_report_from_its_own() -> None:
    long = past("c:1", date(2025, 2, 21), "crossing", ["Torkham"], end=date(2025, 3, 19))
    assert timeline.filter([long], as_of=datetime(2025, 3, 3, tzinfo=UTC)) == ()
    assert timeline.filter([long], as_of=datetime(2025, 3, 19, tzinfo=UTC)) == (long,)
    kabul = next(e for e in TOPIC.chronology if e.type == "air_strike" and e.start == date(2025, 10, 15))
    (then,) = timeline.filter([kabul], as_of=datetime(2025, 10, 20, tzinfo=UTC))
    assert {c.claimant for c in kabul.claims} - {c.claimant for c in then.claims} == {"UNAMA"}


def test_as_known_on_a_day_a_story_is_what_we_took_it_for_then() -> None:
    story = replace(
        making.story("ceasefire", ["Doha"], level=Level.CRITICAL, id=7),
        opened=making.NOON - timedelta(days=300),
    )
    then = replace(
        nouns.alert(7),
        level=Level.NOTABLE,
        type="talks",
        place="Istanbul",
        headline="They talk.",
        event_date=None,
    )
    known = timeline.of_story(story, making.NOON, then)
    assert (known.level, known.type, known.place, known.places) == (
        Level.NOTABLE,
        "talks",
        "Istanbul",
        ("Istanbul",),
    )
    assert known.what == "They talk."
    assert known.known == then.first_seen  # an old report is not known before it was met


def test_the_claims_of_a_row_say_whose_loss_they_speak_of() -> None:
    (clash,) = (e for e in TOPIC.chronology if e.start == date(2025, 10, 11) and e.type == "border_clash")
    (told,) = timeline.filter([clash], topic=TOPIC)
    words = [said(claim) for claim in told.claims]
    assert "58 killed among Pakistani forces — Zabihullah Mujahid (claim about the other side)" in words
    assert "9 killed among Afghan Taliban forces — Zabihullah Mujahid (own loss)" in words
    assert "23 killed among Pakistani forces — ISPR (own loss)" in words


def test_the_claim_of_a_story_reads_as_in_its_alert() -> None:
    counted = figure(
        "killed",
        "afg_taliban_and_militants",
        200,
        "ISPR",
        False,
        qualifier="over",
        noun=" Taliban",
        quote="x",
    )
    (claim,) = timeline.of_story(making.story("border_clash", lanes=[lane(counted)])).claims
    assert said(claim) == "over 200 Taliban killed — ISPR (claim about the other side)"


def test_a_total_is_told_before_those_who_may_be_part_of_it() -> None:
    some = figure("killed", "afg_civilians", 3, "Afghanistan Cricket Board", noun=" players")
    total = figure("killed", "afg_civilians", 17, "UNAMA", noun=" civilians")
    claims = timeline.of_story(making.story("air_strike", lanes=[lane(some), lane(total)])).claims
    assert [claim.low for claim in claims] == [17, 3]
