"""A story's ledger: who said what and when, side by side, never summed."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.news.figures.claims.claim import part_words
from bot.news.figures.claims.houses import voices
from bot.news.figures.claims.ledger import Change, Ledger, add, as_of, lines, words
from bot.news.figures.extract import extract
from bot.news.model import Document, Figure, Side
from bot.news.refusals import refusals
from bot.news.topics.topic import Topic

CASES = tomllib.loads((Path(__file__).parent / "ledgers.toml").read_text(encoding="utf-8"))["case"]
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
        document = Document(text=text)
        figures = extract(document, self.topic)
        self.ledger, changes = add(
            self.ledger,
            (*figures, *refusals(document, self.topic, figures)),
            entry=entry or f"e{self.hour}",
            at=START + timedelta(hours=self.hour),
            outlet=outlet,
            side=side,
            url=f"https://example.org/{self.hour}",
            copy_of=copy_of,
            voices=voices(self.topic),
        )
        return changes

    def shown(self, most: int = 5) -> list[str]:
        return [
            " | ".join(
                filter(None, (words(x.figure), x.figure.claimant, x.label, "conflict" * x.conflict, x.note))
            )
            for x in lines(self.ledger, most)
        ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_what_became_of_a_claim(case: dict[str, Any], topic: Topic) -> None:
    story = Story(topic)
    changes: tuple[Change, ...] = ()
    for outlet, side, text in case["reports"]:
        changes = story.read(text, outlet, side)
    assert story.shown() == case["shown"]
    assert [change.words for change in changes] == case["changed"]


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
    assert {(a.claimant, b.claimant) for a, b in story.ledger.contradictions} == {
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
    assert story.ledger.contradictions == ()


def test_words_such_as_dozens_contradict_nothing(topic: Topic) -> None:
    story = Story(topic)
    story.read("UNAMA said dozens of civilians were killed in Paktika.", "AFP", "intl")
    story.read("Hamdullah Fitrat said 46 civilians were killed in Paktika.", "TOLOnews", "AF")
    assert story.ledger.contradictions == ()


def test_a_part_never_updates_its_whole(topic: Topic) -> None:
    story = Story(topic)
    story.read("UNAMA said nine civilians, including three children, were killed in Khost.", "AFP", "intl")
    assert len(story.ledger.lanes) == 2
    assert story.shown()[0].startswith("nine civilians killed")
    assert [lane.subset for lane in story.ledger.lanes] == [False, True]


def test_some_of_the_dead_contradict_no_total(topic: Topic) -> None:
    """Three players may be among ten civilians, whoever counts them; and are no revision of ten by the same board."""
    story = Story(topic)
    story.read(
        "A provincial hospital official said at least 10 civilians were killed in Paktika.", "AFP", "intl"
    )
    story.read("The Afghanistan Cricket Board said three players were killed in Paktika.", "TOLOnews", "AF")
    assert story.ledger.contradictions == ()
    assert story.shown()[1].endswith("perhaps counted in the total")
    story.read("UNAMA said three women were killed in Paktika.", "AFP", "intl")
    changes = story.read("UNAMA said 12 civilians were killed in Paktika.", "AFP", "intl")
    assert [c.kind for c in changes] == ["new"]


def test_more_of_some_than_of_all_is_a_contradiction(topic: Topic) -> None:
    story = Story(topic)
    story.read("Zabihullah Mujahid said nine children were killed in Khost.", "TOLOnews", "AF")
    story.read("UNAMA said seven civilians were killed in Khost.", "AFP", "intl")
    assert len(story.ledger.contradictions) == 1


def test_a_part_stands_below_its_total_and_says_so(topic: Topic) -> None:
    story = Story(topic)
    story.read(
        "Zabihullah Mujahid said ten civilians, nine of them children, were killed in Khost.",
        "TOLOnews",
        "AF",
    )
    story.read("Attaullah Tarar said 40 militants were killed in Khost.")
    shown = lines(story.ledger)
    assert [(line.part, line.figure.low) for line in shown] == [(False, 10), (True, 9), (False, 40)]
    assert part_words(shown[1].figure).startswith("of them, nine")


def test_conflicting_claims_are_shown_all_or_none(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 23 soldiers were killed, 29 soldiers were wounded and 21 posts were captured.")
    story.read(
        "Zabihullah Mujahid said 58 Pakistani soldiers were killed and 30 Pakistani soldiers were wounded.",
        "TOLOnews",
        "AF",
    )
    assert [(x.figure.measure, x.conflict) for x in lines(story.ledger, most=3)] == [
        ("killed", True),
        ("killed", True),
        ("positions", False),
    ]


DENIALS = {
    "Kabul denied that any of its soldiers were hurt.": "Afghan Taliban government",
    "Zabihullah Mujahid rejected Pakistani claims that its fighters were killed.": "Zabihullah Mujahid",
}


@pytest.mark.parametrize("denial", DENIALS)
@pytest.mark.parametrize("first", [True, False])
def test_a_denial_without_a_number_stands_beside_its_claim(topic: Topic, denial: str, first: bool) -> None:
    """Whichever was told first, and in whichever report."""
    claim = "ISPR said 40 Afghan Taliban fighters were killed and 12 of its soldiers were martyred."
    story = Story(topic)
    story.read(denial if first else claim, "TOLOnews", "AF")
    changes = story.read(claim if first else denial)
    assert any(change.words.endswith(f"denied by {DENIALS[denial]}") for change in changes)
    shown = story.shown()
    assert shown[0].endswith(f"denied by {DENIALS[denial]}")
    assert len(shown) == 2
    assert "denied" not in shown[1]


def test_a_denial_alone_is_shown_in_its_own_words(topic: Topic) -> None:
    story = Story(topic)
    changes = story.read("Kabul denied that any of its soldiers were hurt.", "TOLOnews", "AF")
    assert [(c.kind, c.words) for c in changes] == [
        ("denial", "denied that any of its soldiers were hurt (Afghan Taliban government)")
    ]
    assert story.shown() == ["denied that any of its soldiers were hurt | Afghan Taliban government"]
    assert as_of(story.ledger, START) == Ledger()


@pytest.mark.parametrize(
    "text",
    [
        "Islamabad denied any involvement in the attack that killed soldiers.",
        "Kabul did not deny that its soldiers were killed.",
        "Kabul rejected Pakistan's claim that the men who killed its soldiers came from Khost.",
        "Islamabad rejected the claim that it had carried out the strike that killed civilians in Khost.",
        "Zabihullah Mujahid denied that Afghan soil was used for the raid in which soldiers were killed.",
        "Kabul denied any link to the killing of soldiers in Wana.",
        "Pakistan rejected the Afghan protest note.",
        "A spokesman denied that soldiers were hurt.",
        "They denied that soldiers were killed.",
    ],
)
def test_what_is_no_denial_of_losses(topic: Topic, text: str) -> None:
    assert refusals(Document(text=text), topic) == ()


def test_he_denies_what_the_sentence_before_told(topic: Topic) -> None:
    story = Story(topic)
    story.read("A provincial hospital official said 10 civilians were killed in Paktika.", "AFP", "intl")
    story.read(
        "Information Minister Attaullah Tarar said 60 to 70 militants were killed in Paktika. "
        "He rejected reports that civilians were hit as false."
    )
    assert story.shown()[0] == "10 civilians killed | Paktika hospital official | denied by Attaullah Tarar"
    assert "denied" not in story.shown()[1]


def test_a_number_that_is_taken_back_in_nobodys_name_says_so(topic: Topic) -> None:
    story = Story(topic)
    story.read("Taliban officials said nine civilians were killed in the strikes in Khost.", "TOLOnews", "AF")
    changes = story.read("Six civilians were killed in the strikes in Khost, not nine as first reported.")
    assert [c.words for c in changes] == ["six civilians killed (unattributed), not 9"]


def test_a_part_that_is_denied_comes_after_its_total(topic: Topic) -> None:
    story = Story(topic)
    story.read("The cricket board said three players were killed in the strike in Paktika.", "TOLOnews", "AF")
    story.read("Attaullah Tarar denied that three players were killed in Paktika.")
    story.read("Afghan security sources said at least 17 civilians were killed in Paktika.", "AFP", "intl")
    total, part = story.shown()
    assert total.startswith("at least 17 civilians killed")
    assert part.endswith("denied by Attaullah Tarar; perhaps counted in the total")


def test_the_country_its_government_and_its_spokesman_are_one_voice(topic: Topic) -> None:
    """A denial names the government's claim first; its spokesman tells the claim later: one line, with the denial."""
    story = Story(topic)
    story.read(
        "Pakistan's military on Tuesday denied Afghan claims that its aircraft killed 10 civilians in Khost."
    )
    story.read("Zabihullah Mujahid said ten civilians were killed in Khost.", "TOLOnews", "AF")
    assert story.shown() == ["ten civilians killed | Zabihullah Mujahid | own loss | denied by ISPR"]
    then = as_of(story.ledger, START + timedelta(hours=1))
    assert [x.figure.claimant for x in lines(then)] == ["Afghan Taliban government"]


def test_what_was_denied_later_was_not_denied_then(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 40 Afghan Taliban fighters were killed.", hour=1)
    story.read("Kabul denied that any of its fighters were killed.", "TOLOnews", "AF", hour=4)
    then = as_of(story.ledger, START + timedelta(hours=2))
    assert [x.note for x in lines(then)] == [""]
    assert [x.note for x in lines(story.ledger)] == ["denied by Afghan Taliban government"]


def test_a_rewritten_report_may_pass_its_number_on(topic: Topic) -> None:
    """The publisher replaces one source by another: nobody took anything back."""
    story = Story(topic)
    story.read(
        "A provincial hospital official said at least 10 civilians were killed in Paktika.",
        "AFP",
        "intl",
        entry="x",
    )
    changes = story.read(
        "Afghan security sources said at least 17 civilians were killed in Paktika.", "AFP", "intl", entry="x"
    )
    assert [(c.kind, c.words) for c in changes] == [
        ("rise", "killed: at least 10 (Paktika hospital official) → at least 17 (Afghan security sources)")
    ]


def test_a_rise_is_told_though_it_is_denied_too(topic: Topic) -> None:
    story = Story(topic)
    story.read("Kabul denied that any of its soldiers were killed.", "TOLOnews", "AF")
    story.read("ISPR said 30 Afghan Taliban fighters were killed.")
    changes = story.read("ISPR said 40 Afghan Taliban fighters were killed.")
    assert [(c.kind, c.words) for c in changes] == [
        ("rise", "killed (ISPR): 30 → 40, denied by Afghan Taliban government")
    ]


def test_others_are_added_never_compared(topic: Topic) -> None:
    story = Story(topic)
    story.read("Zabihullah Mujahid said four other civilians were wounded in Kunar.", "TOLOnews", "AF")
    story.read("UNAMA said ten civilians were wounded in Khost.", "AFP", "intl")
    assert story.ledger.contradictions == ()


def test_a_running_total_never_updates_an_incident(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 12 militants were killed.")
    changes = story.read("ISPR said 480 militants had been killed since January.")
    assert [c.kind for c in changes] == ["new"]


def test_an_edit_that_drops_a_number_withdraws_it(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 12 militants were killed.", entry="x")
    changes = story.read("ISPR said an operation was under way.", entry="x")
    assert [(c.kind, c.words) for c in changes] == [("withdrawal", "killed (ISPR): 12 withdrawn by Dawn")]
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


def test_numbers_of_other_languages_read_as_digits(topic: Topic) -> None:
    (figure,) = extract(Document(text="Over 200 militants were killed."), topic)
    foreign = replace(figure, low=7.0, high=7.0, text="septyni", qualifier="exact", noun=" نظامیان")
    assert words(foreign) == "7 killed among militants"


def test_who_says_a_number_twice_says_it_once(topic: Topic) -> None:
    """Of this year and of a period: one line, in the words first told."""
    story = Story(topic)
    story.read("Asim Iftikhar Ahmad said over 214 Afghan militants had been killed since 2022.")
    story.read("Asim Iftikhar Ahmad said over 214 Afghan militants had been killed.")
    assert len(story.ledger.lanes) == 2
    assert len(lines(story.ledger)) == 1


def test_the_dead_of_earlier_days_come_last(topic: Topic) -> None:
    story = Story(topic)
    story.read(
        "Pakistan's Foreign Office said a 48-hour ceasefire was agreed. ISPR said 23 soldiers had been killed."
    )
    assert [x.figure.measure for x in lines(story.ledger)] == ["killed", "duration"]
    assert [
        x.figure.measure for x in lines(story.ledger, is_earlier=lambda lane: lane.measure == "killed")
    ] == ["duration", "killed"]


def test_a_later_larger_count_is_a_rise_not_a_contradiction(topic: Topic) -> None:
    story = Story(topic)
    story.read(
        "Afghan civilians died: 15 civilians were killed in Barmal, the Paktika governor's office said.",
        hour=0,
    )
    story.read("UNAMA said 17 Afghan civilians were killed in Barmal.", "Gulf Wire", "intl", hour=26)
    assert len([lane for lane in story.ledger.lanes if lane.measure == "killed"]) == 2
    assert story.ledger.contradictions == ()


def test_the_other_side_s_larger_count_contradicts_however_late(topic: Topic) -> None:
    story = Story(topic)
    story.read("ISPR said 12 Pakistani soldiers were killed.", hour=0)
    story.read("Zabihullah Mujahid said 30 Pakistani soldiers were killed.", "Kabul Courier", "AF", hour=30)
    assert len(story.ledger.contradictions) == 1


def test_a_denial_does_not_answer_what_is_told_a_day_later(topic: Topic) -> None:
    claims = (
        "ISPR said 20 Taliban fighters were killed.",
        "Zabihullah Mujahid rejected Pakistani claims that its fighters were killed.",
    )
    story = Story(topic)
    for hour, text in enumerate(claims):
        story.read(text, hour=hour)
    denied = next(lane for lane in story.ledger.lanes if lane.points[-1].figure.low == 20)
    late = Story(topic)
    late.read(claims[1], hour=0)
    late.read(claims[0], hour=24)
    free = next(lane for lane in late.ledger.lanes if lane.points[-1].figure.low == 20)
    assert denied.points[-1].denied_by == "Zabihullah Mujahid"
    assert free.points[-1].denied_by is None


def test_a_province_s_dead_are_no_count_of_all(topic: Topic) -> None:
    """A total and its shares stand together; the other side's claim keeps its line."""
    story = Story(topic)
    story.read("Zabihullah Mujahid said 17 civilians were killed in Afghanistan.", "TOLOnews", "AF")
    shares = "Zabihullah Mujahid said six people were killed in Khost, eight in Paktika and three in Kunar."
    story.read(shares, "Pajhwok", "AF")
    story.read("ISPR said 40 militants were killed.")
    assert not story.ledger.contradictions
    shown = story.shown(3)
    assert shown[0].startswith("17 civilians killed")
    assert any("ISPR" in line for line in shown)


def test_a_number_given_after_a_denial_is_not_denied(topic: Topic) -> None:
    story = Story(topic)
    story.read("Zabihullah Mujahid said 17 civilians were killed in Afghanistan.", "TOLOnews", "AF")
    story.read("The Foreign Office rejected the Taliban claim that civilians were killed.")
    changes = story.read("Zabihullah Mujahid said 19 civilians were killed in Afghanistan.", "TOLOnews", "AF")
    assert [c.words for c in changes] == ["killed (Zabihullah Mujahid): 17 → 19"]


def test_other_periods_revise_nothing(topic: Topic) -> None:
    story = Story(topic)
    story.read("UNAMA said 410 civilians were wounded in three months.", "AP", "intl")
    changes = story.read("UNAMA said 290 civilians were wounded in three months.", "AFP", "intl")
    assert [c.words for c in changes] == ["290 civilians wounded (UNAMA, in three months)"]
