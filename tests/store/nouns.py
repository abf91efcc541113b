"""Small honest nouns for tests of the store and the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.news.decision import Decision
from bot.news.figures.claims.ledger import Lane, Ledger, Point
from bot.news.model import (
    Alert,
    Before,
    Corroboration,
    Entry,
    Figure,
    FigureLine,
    Level,
    Reading,
    Source,
    Subscription,
    Verdict,
    When,
    Where,
)
from bot.news.stories.story import Member, Story

NOON = datetime(2025, 10, 15, 12, 0, tzinfo=UTC)
VERDICT = Verdict(True, 4.5, ("Khost", "Pakistani jets"))
SOURCE = Source("Khost Courier", "AF", "https://courier.example/1", "Courier")


def figure(low: float = 11, claimant: str = "Khost police") -> Figure:
    return Figure(
        low, low, f"{low:g}", "exact", "killed", None, "afg_civilians", claimant, "police", "incident",
        None, None, False, f"{low:g} people were killed", 10, 33,
    )  # fmt: skip


def alert(story: int = 1, revision: int = 1, level: Level = Level.MAJOR, **changed: object) -> Alert:
    line = FigureLine(figure(10 + revision), "Khost Courier", SOURCE.url, "")
    made = Alert(
        story=story,
        revision=revision,
        kind="new" if revision == 1 else "update",
        level=level,
        type="air_strike",
        place="Khost (Spera)",
        headline=f"Strike in Spera, revision {revision} of story {story}",
        url=SOURCE.url,
        summary="Jets struck a house in Spera, police said.",
        figures=(line,),
        corroboration=Corroboration((("AF", 1),), "one side only"),
        changed=() if revision == 1 else ("killed (Khost police): 11 → 12",),
        before=(Before(date(2025, 10, 11), "clashes along the border", "https://courier.example/0"),),
        sources=(SOURCE,),
        first_seen=NOON,
        last_change=NOON + timedelta(minutes=revision),
        event_date=date(2025, 10, 15),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def entry(name: str = "e1", **changed: object) -> Entry:
    made = Entry(
        id=name,
        feed="https://courier.example/feed",
        outlet="Khost Courier",
        url=f"https://courier.example/2025/{name}",
        title=f"Strike in Spera kills 11, report {name}",
        summary="11 people were killed in Spera district of Khost, police said.",
        seen=NOON,
        published=NOON - timedelta(minutes=10),
        side="AF",
        family="Courier",
        guid=name,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def story(number: int = 1, **changed: object) -> Story:
    member = Member(
        f"e{number}", "Khost Courier", "AF", "Courier", SOURCE.url, "Strike in Spera kills 11",
        "11 people were killed.", NOON, NOON, True, None, "air_strike",
    )  # fmt: skip
    lane = Lane("killed", "afg_civilians", "incident", "Khost police")
    point = Point(figure(), f"e{number}", NOON, "Khost Courier", "AF", SOURCE.url, ("Khost Courier",))
    made = Story(
        id=number,
        opened=NOON,
        active=NOON,
        relevant=True,
        type="air_strike",
        when=When(date(2025, 10, 15), date(2025, 10, 15)),
        where=Where(("Spera", "Khost"), "Khost (Spera)"),
        level=Level.MAJOR,
        verdict=VERDICT,
        members=(member,),
        entries=1,
        vector={"spera": 0.8, "strike": 0.125},
        terms=("spera", f"only{number}"),
        actors=("Pakistan Air Force",),
        ledger=Ledger((replace(lane, points=(point,)),)),
        alert=alert(number),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def decision(of: Entry, number: int | None = 1, **changed: object) -> Decision:
    reading = Reading(VERDICT, "air_strike", None, Where(), (), (figure(),))
    said = alert(number) if number is not None else None
    made = Decision(of, reading, None, False, None, number, Level.MAJOR, said, because=("about Khost",))
    return replace(made, **changed)  # type: ignore[arg-type]


def subscription(channel: str = "c1", **changed: object) -> Subscription:
    made = Subscription(0, "discord", "guild", channel, NOON, role="role", role_level=Level.CRITICAL)
    return replace(made, **changed)  # type: ignore[arg-type]
