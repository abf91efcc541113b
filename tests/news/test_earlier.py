"""What a report tells of an earlier happening is not its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.news import decide
from bot.news.days import earlier
from bot.news.model import Document
from tests.news.making import shipped

TOPIC = shipped()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A mine killed two soldiers in Kurram on Friday, a day after a bomb killed six in Hangu.", ["a day after a bomb killed six in Hangu."]),
        ("Kabul summoned the envoy, two days after strikes on Khost, and handed him a note.", ["two days after strikes on Khost"]),
        ("Gunmen killed five in Bannu, 12 days after a raid on Hangu, and fled.", ["12 days after a raid on Hangu"]),
        ("Shells hit Barmal. Two villagers died on Monday. 3 days earlier a drone had struck Khost.", ["3 days earlier a drone had struck Khost."]),
        ("Drones hit Khost in response to the killing of guards in Karak.", ["in response to the killing of guards in Karak."]),
        ("Afghan forces attacked posts in Kurram after airstrikes which killed ten in Khost, and took two.", ["after airstrikes which killed ten in Khost"]),
        ("The toll rose to nine after a strike that hit two houses in Khost.", []),
        ("The toll of the raid on Bannu rose to nine, three days after the attack.", []),
        ("A wounded guard died in Bannu on Friday, a day after the attack.", []),
        ("Mujahid said on Monday, a day after six died in Spera, that the jets were Pakistan's.", []),
        ("Lorries passed Torkham for the first time in nine days after officials met.", []),
    ],
)  # fmt: skip
def test_what_stands_behind_a_day_after(text: str, expected: list[str]) -> None:
    found = earlier.told(TOPIC.lexicon.read(text))
    assert [text[part.start : part.end] for part in found] == expected


MONDAY = datetime(2027, 3, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "lead", "own"),
    [
        ("Gunmen storm post in Kurram a day after strike killed ten in Khost", "Four soldiers were killed on Monday, a day after a Pakistani strike that killed ten in Khost.", ["Four"]),
        ("Blast in North Waziristan kills six", "The blast follows last month's bombing of a bazaar in Bannu, in which 23 people died.", ["six"]),
        ("Bomber kills nine guards in Tank on Monday", "It was the deadliest attack in the district since a raid that killed 16 people.", ["nine"]),
        ("Jets bomb Khost on Monday, killing eight villagers", "On February 6 gunmen killed 31 worshippers in Islamabad. In May last year shells killed two in Barmal.", ["eight"]),
        ("Lorry bomb kills nine guards in Tank on Monday", "It hit a post, police said. In January a blast in Peshawar killed more than 100 people.", ["nine"]),
        ("Shells kill five in Spin Boldak on Monday", "It was the worst there since February 6, when dozens died.", ["five"]),
        # a truce has a day, the dead of the sentence are new
        ("Clash at Kharlachi on Monday", "Six soldiers were killed in the first fighting since the truce of February 6.", ["Six"]),
        ("Jets bomb Khost on Monday", "Eight villagers died in the night to Monday; on Sunday, two.", ["Eight", "two"]),
        ("Toll of Bannu blast rises to nine", "Nine people have died, a day after the blast that wounded 20.", ["Nine", "20"]),
        # a running total is nobody's toll of that day
        ("Bomb kills three in Bannu on Monday", "At least 140 people have been killed in the province since October 2026.", ["three", "140"]),
    ],
)  # fmt: skip
def test_the_figures_of_an_earlier_happening_are_not_its_own(title: str, lead: str, own: list[str]) -> None:
    document = Document(f"{title}\n{lead}", len(title), MONDAY)
    found = earlier.own(document, decide.read(document, TOPIC), TOPIC)
    assert [figure.text for figure in found] == own


def test_what_stands_behind_after_in_a_sentence_of_an_earlier_day_is_earlier_still() -> None:
    title = "Border fire kills soldier at Chaman on Monday"
    lead = (
        "A soldier was killed in firing near Chaman on Monday, ISPR said. In February the two made a truce after "
        "fighting that left 70 dead. In a similar clash last month 12 people died."
    )
    document = Document(f"{title}\n{lead}", len(title), MONDAY)
    found = earlier.own(document, decide.read(document, TOPIC), TOPIC)
    assert {figure.low for figure in found} == {1}


def test_before_dawn_a_report_names_the_day_that_has_begun_there() -> None:
    title = "Pakistani strikes on Kabul on Tuesday kill 14, Taliban say"
    lead = "At least 14 people were killed when Pakistani aircraft hit Kabul on Tuesday, the Taliban spokesman said."
    document = Document(f"{title}\n{lead}", len(title), MONDAY.replace(hour=21))
    found = earlier.own(document, decide.read(document, TOPIC), TOPIC)
    assert {figure.low for figure in found} == {14}
