"""Where each crossing stands after reports that follow, confirm and contradict one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.news.alerts.crossings.board import Crossing, board, halves
from bot.news.model import PastEvent, Source, Stance
from bot.news.stories.story import Member
from tests.news import making
from tests.news.making import DAY, NOON, member, past

TOPIC = making.shipped()
LATER = NOON + timedelta(days=5)


def stand(
    *members: Member, records: tuple[PastEvent, ...] = (), now: datetime = LATER, name: str = "Torkham"
) -> Crossing:
    stories = [making.story("crossing", ["Torkham"], [one], id=n) for n, one in enumerate(members, 1)]
    return next(one for one in board(stories, records, TOPIC, now) if name in one.places)


def after(outlet: str, title: str, days: float = 0, lead: str = "") -> Member:
    return member(outlet, title, lead, minutes=int(days * 1440))


def test_a_crossing_of_which_nobody_tells_is_unknown() -> None:
    found = board([], [], TOPIC, LATER)
    assert {one.name for one in found} == set(halves(TOPIC))
    assert {one.state for one in found} == {"unknown"}
    assert "Chaman – Spin Boldak" in halves(TOPIC)
    assert "Islam Qala" not in str(halves(TOPIC))  # leads to Iran


def test_the_last_report_holds_since_the_day_it_changed() -> None:
    found = stand(
        after("Dawn", "Torkham border closed after clash"),
        after("Geo News", "Torkham remains closed for a second day", 1),
        after("Reuters", "Torkham still shut, traders say", 2),
    )
    assert (found.state, found.since, found.at_least) == ("closed", DAY, False)
    assert [one.voice for one in found.says] == ["traders", "Geo News", "Dawn"]
    found = stand(
        after("Dawn", "Torkham border closed after clash"), after("Dawn", "Torkham reopens after deal", 2)
    )
    assert (found.state, found.since) == ("open", DAY + timedelta(2))
    assert found.against == ()


def test_what_was_so_already_is_so_at_least_since_then() -> None:
    found = stand(after("Dawn", "Torkham remains closed, traders stranded"))
    assert (found.state, found.since, found.at_least) == ("closed", DAY, True)
    told = after("UN News", "Torkham has been closed since 3 January 2027, the UN says", 1)
    found = stand(after("Dawn", "Torkham remains closed, traders stranded"), told)
    assert (found.since, found.at_least) == (date(2027, 1, 3), False)


def test_the_day_of_what_stays_suspended_is_not_that_of_the_opening() -> None:
    lead = "Torkham was opened on Tuesday only for Afghans going home; trade and travel remain suspended since 3 January 2027."
    found = stand(
        after("Dawn", "Torkham remains closed"), after("Geo News", "Families cross Torkham", 2, lead)
    )
    assert (found.state, found.words, found.at_least) == ("partly", "open to going home only", False)
    assert found.since == DAY + timedelta(2)


def test_the_two_sides_stand_side_by_side() -> None:
    found = stand(
        after("Dawn", "Torkham is open for all traffic, says Pakistan's foreign ministry"),
        after("TOLOnews", "Torkham is closed, says Zabihullah Mujahid", 0.2),
    )
    assert found.state == "disputed"
    assert [(one.voice, one.state) for one in (*found.says, *found.against)] == [
        ("Zabihullah Mujahid", "closed"),
        ("Pakistan Foreign Office", "open"),
    ]
    assert all(one.url for one in (*found.says, *found.against))


def test_a_denial_disputes_what_was_reported() -> None:
    found = stand(
        after("Reuters", "Torkham closed, residents say"),
        after("Dawn", "Pakistan denies closing Torkham", 0.3),
    )
    assert found.state == "disputed"
    assert found.says[0].denies


def test_a_later_word_ends_a_dispute() -> None:
    found = stand(
        after("Dawn", "Torkham is open, says Pakistan's foreign ministry"),
        after("TOLOnews", "Torkham is closed, says Zabihullah Mujahid", 0.2),
        after("Reuters", "Torkham reopens for all traffic", 3),
    )
    assert found.state == "open"


def test_what_is_announced_is_no_state() -> None:
    found = stand(
        after("Dawn", "Torkham border closed after clash"),
        after("Dawn", "Torkham to reopen tomorrow, officials say", 2),
    )
    assert found.state == "closed"
    assert [one.words for one in found.planned] == ["open"]
    assert (
        stand(after("Dawn", "Torkham to reopen tomorrow"), now=NOON + timedelta(hours=1)).state == "unknown"
    )
    assert stand(after("Dawn", "Torkham to reopen tomorrow"), now=NOON + timedelta(days=9)).planned == ()


def test_goods_and_people_are_followed_apart() -> None:
    shut = after("Dawn", "Torkham border closed after clash")
    trade = after("Dawn", "Trade resumes at Torkham", 2)
    people = after("Dawn", "Pedestrian movement restored at Torkham", 4)
    assert stand(shut, trade).words == "open to goods, closed to travellers"
    assert stand(shut, trade, people).state == "open"
    assert (
        stand(shut, after("Dawn", "Torkham opened for returnees only", 1)).words == "open to returnees only"
    )


def test_a_closure_told_by_the_way_reopens_nothing_and_shuts_nothing() -> None:
    found = stand(
        after("Dawn", "Torkham reopens after deal"),
        after("Dawn", "Torkham closure cost traders millions, chamber says", 2),
    )
    assert found.state == "open"


def test_without_a_report_for_a_month_it_is_only_the_last_that_is_known() -> None:
    found = stand(after("Dawn", "Torkham reopens"), now=NOON + timedelta(days=31))
    assert (found.state, found.stale, found.last_report) == ("open", True, DAY)


def test_what_happens_after_a_month_of_silence_happens_anew() -> None:
    shut = after("Dawn", "Torkham border closed after clash")
    again = stand(shut, after("Geo News", "Torkham closed after clash", 40), now=NOON + timedelta(41))
    still = stand(shut, after("Geo News", "Torkham remains closed", 40), now=NOON + timedelta(41))
    assert (again.since, still.since) == (DAY + timedelta(40), DAY)


def test_copies_and_withdrawn_reports_say_nothing() -> None:
    copy = replace(after("Geo News", "Torkham border closed"), copy_of="x")
    gone = replace(after("Geo News", "Torkham border closed", 1), stance=Stance("withdraws"))
    assert stand(copy, gone).state == "unknown"


def test_all_crossings_are_each_of_them() -> None:
    found = stand(after("Dawn", "Pakistan closes all border crossings with Afghanistan"), name="Spin Boldak")
    assert (found.name, found.state) == ("Chaman – Spin Boldak", "closed")


@pytest.mark.parametrize(
    ("what", "end", "state", "since"),
    [
        ("Pakistan shut all main crossings after the fighting.", DAY, "closed", DAY),
        (
            "A quarrel led to fire, and Torkham stayed shut until 15 January.",
            DAY + timedelta(5),
            "open",
            DAY + timedelta(5),
        ),
    ],
)
def test_the_records_are_reports(what: str, end: date, state: str, since: date) -> None:
    row = past("c:1", DAY, "crossing", ["Torkham"], what)
    row = replace(row, end=end, sources=(Source("Dawn", "PK", "https://dawn.example/1"),))
    found = stand(records=(row,), now=datetime(2027, 1, 20, tzinfo=UTC))
    assert (found.state, found.since) == (state, since)
    assert found.says[0].url == "https://dawn.example/1"
    assert found.because


def test_the_shipped_records_give_every_state_a_source() -> None:
    found = board([], TOPIC.chronology, TOPIC, datetime(2026, 11, 30, tzinfo=UTC))
    known = [one for one in found if one.state != "unknown"]
    assert {"Torkham", "Chaman – Spin Boldak"} <= {one.name for one in known}
    assert all(report.url for one in known for report in one.says)
