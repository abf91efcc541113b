"""A story's ledger: who said what and when, side by side, never summed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.news.figures.extract import extract
from bot.news.figures.ledger import Change, Ledger, add, as_of, contradictions, lines, words
from bot.news.model import Document, Figure, Side
from bot.news.topic import Topic

START = datetime(2025, 10, 12, 4, tzinfo=UTC)


class Story:
    """A ledger that texts are read into, hour by hour."""

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        self.ledger = Ledger()
        self.hour = 0

    def read(
        self,
        text: str,
        outlet: str = "Dawn",
        side: Side = "PK",
        *,
        hour: int | None = None,
        entry: str = "",
        copy_of: str | None = None,
    ) -> tuple[Change, ...]:
        self.hour = self.hour + 1 if hour is None else hour
        self.ledger, changes = add(
            self.ledger,
            extract(Document(text=text), self.topic),
            entry=entry or f"e{self.hour}",
            at=START + timedelta(hours=self.hour),
            outlet=outlet,
            side=side,
            url=f"https://example.org/{self.hour}",
            copy_of=copy_of,
        )
        return changes

    def shown(self, most: int = 5) -> list[str]:
        return [
            " | ".join(
                filter(None, (words(x.figure), x.figure.claimant, x.label, "conflict" * x.conflict, x.note))
            )
            for x in lines(self.ledger, most)
        ]


def test_claims_of_both_sides_stand_side_by_side(topic: Topic) -> None:
    """The night of 11 October 2025 as it was reported: two armies, two tolls, one denial."""
    story = Story(topic)
    story.read("Zabihullah Mujahid said 58 Pakistani soldiers were killed and 30 wounded.", "TOLOnews", "AF")
    story.read(
        "ISPR said 23 of its soldiers were martyred and over 200 Taliban and affiliated terrorists were killed."
    )
    changes = story.read(
        "The Foreign Office rejected Zabihullah Mujahid's claim that 58 Pakistani soldiers were killed."
    )
    assert [c.kind for c in changes] == ["denial"]
    assert story.shown()[:2] == [
        "58 Pakistani soldiers killed | Zabihullah Mujahid | claim about the other side | conflict | "
        "denied by Pakistan Foreign Office, also 1 outlet",
        "23 of its soldiers killed | ISPR | own loss | conflict",
    ]
    assert (
        "over 200 Taliban and affiliated terrorists killed | ISPR | claim about the other side"
        in story.shown()
    )
    assert {(a.claimant, b.claimant) for a, b in contradictions(story.ledger)} == {
        ("Zabihullah Mujahid", "ISPR")
    }


def test_a_rising_toll_is_one_lane(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 11 soldiers were martyred.")
    changes = story.read("ISPR said 23 soldiers were martyred.")
    assert [(c.kind, c.words) for c in changes] == [("rise", "killed (ISPR): 11 → 23")]
    assert len(story.ledger.lanes) == 1
    assert story.shown() == ["23 soldiers killed | ISPR | own loss | was 11"]


def test_a_falling_toll_is_said_to_be_revised(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 19 soldiers were martyred.")
    changes = story.read("ISPR said 17 soldiers were martyred.")
    assert [(c.kind, c.words) for c in changes] == [("revision", "killed (ISPR): 19 → 17 (revised)")]
    assert story.shown() == ["17 soldiers killed | ISPR | own loss | revised, was 19"]


def test_an_older_report_that_arrives_late_does_not_undo_a_newer_one(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 23 soldiers were martyred.", hour=9)
    assert story.read("ISPR said 11 soldiers were martyred.", "Geo", hour=3) == ()
    assert story.shown() == ["23 soldiers killed | ISPR | own loss | was 11"]


def test_a_syndicated_repeat_is_one_claim_with_several_outlets(topic: Topic) -> None:
    story = Story(topic)
    story.read("UNAMA said 17 civilians were killed in Spin Boldak.", "AFP", "intl")
    changes = story.read("UNAMA said 17 civilians were killed in Spin Boldak.", "Dawn", copy_of="e1")
    assert [c.kind for c in changes] == ["corroborated"]
    (lane,) = story.ledger.lanes
    assert len(lane.points) == 1
    assert lane.points[0].outlets == ("AFP", "Dawn")


def test_over_200_and_214_do_not_contradict(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said over 200 militants were killed.")
    story.read("Attaullah Tarar said 214 militants were killed.")
    assert len(story.ledger.lanes) == 2
    assert contradictions(story.ledger) == ()


def test_words_such_as_dozens_contradict_nothing(topic: Topic) -> None:
    story = Story(topic)
    story.read("UNAMA said dozens of civilians were killed in Paktika.", "AFP", "intl")
    story.read("Hamdullah Fitrat said 46 civilians were killed in Paktika.", "TOLOnews", "AF")
    assert contradictions(story.ledger) == ()


def test_a_part_never_updates_its_whole(topic: Topic) -> None:
    story = Story(topic)
    story.read("UNAMA said nine civilians, including three children, were killed in Khost.", "AFP", "intl")
    assert len(story.ledger.lanes) == 2
    assert story.shown()[0].startswith("nine civilians killed")
    assert [lane.subset for lane in story.ledger.lanes] == [False, True]


def test_a_running_total_never_updates_an_incident(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 12 militants were killed.")
    changes = story.read("ISPR said 480 militants had been killed since January.")
    assert [c.kind for c in changes] == ["new"]


def test_an_edit_that_drops_a_number_withdraws_it(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 12 militants were killed.", entry="x")
    changes = story.read("ISPR said an operation was under way.", entry="x")
    assert [(c.kind, c.words) for c in changes] == [("withdrawal", "killed (ISPR): 12 withdrawn")]
    assert story.shown() == []


def test_what_was_known_then(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 11 soldiers were martyred.", hour=1)
    story.read("ISPR said 11 soldiers were martyred.", "Geo", hour=2)
    story.read("ISPR said 23 soldiers were martyred.", hour=5)
    then = as_of(story.ledger, START + timedelta(hours=1))
    assert [(words(x.figure), x.note) for x in lines(then)] == [("11 soldiers killed", "")]
    later = as_of(story.ledger, START + timedelta(hours=3))
    assert [(words(x.figure), x.note) for x in lines(later)] == [("11 soldiers killed", "also 1 outlet")]
    assert as_of(story.ledger, START) == Ledger()


def test_nothing_is_ever_summed(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 11 soldiers and four civilians were killed.")
    story.read("Police said 22 more people were killed.")
    values = {p.figure.low for lane in story.ledger.lanes for p in lane.points}
    assert values == {11, 4, 22}


def test_killed_comes_before_wounded_before_posts(topic: Topic) -> None:
    story = Story(topic)
    story.read(
        "ISPR said troops captured 19 Taliban posts. ISPR said 41 civilians were wounded. ISPR said 12 militants were killed."
    )
    assert [x.figure.measure for x in lines(story.ledger)] == ["killed", "wounded", "positions"]
    assert len(lines(story.ledger, most=2)) == 2


def test_a_figure_reads_whole(topic: Topic) -> None:
    said = {
        "Nearly 1,200 Pakistani deaths were recorded this year.": "nearly 1,200 Pakistani deaths",
        "A 48-hour ceasefire was announced.": "48-hour ceasefire",
        "He spoke of dozens of camps.": "dozens of camps",
        "Over 200 militants were killed.": "over 200 militants killed",
        "Between 10 and 15 fighters died.": "between 10 and 15 fighters killed",
        "Troops captured 21 posts.": "21 posts",
    }
    for text, read in said.items():
        (figure,) = extract(Document(text=text), topic)
        assert words(figure) == read


def test_unnamed_claims_do_not_hide_behind_each_other(topic: Topic) -> None:
    story = Story(topic)
    story.read("Gunmen killed 12 soldiers in Tank.", "Dawn")
    story.read("Gunmen killed 12 soldiers in Tank.", "Geo")
    story.read("Gunmen killed 9 soldiers in Tank.", "ANI", "IN")
    assert [[p.figure.low for p in lane.points] for lane in story.ledger.lanes] == [[12], [9]]


def test_a_hypothetical_is_never_a_claim(topic: Topic) -> None:
    (figure,) = extract(Document(text="Over 200 militants were killed."), topic)
    assumed: Figure = replace(figure, hypothetical=True)
    ledger, changes = add(Ledger(), (assumed,), entry="e", at=START, outlet="Dawn", side="PK", url="")
    assert (ledger, changes) == (Ledger(), ())
