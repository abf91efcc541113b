"""A text that looks back at old fighting is no news of any; one whose background it is, is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.news import types
from bot.news.days.lookback import looks_back
from bot.news.model import Document
from tests.news.making import shipped

TOPIC = shipped()


def looked(title: str, lead: str) -> str:
    document = Document(f"{title}\n{lead}", len(title), datetime(2026, 7, 8, 12, tzinfo=UTC), "en", "none")
    kinds = types.kinds(document, TOPIC)[0]
    return looks_back(document, TOPIC, kinds[0])


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Anniversary of Bannu cantonment raid marked", "Wreaths were laid on Tuesday for the 18 people killed in the March 2025 attack on the Bannu cantonment."),
        ("Three years after Khost bombing, villagers want answers", "Villagers of Spera in Khost lost 40 relatives in Pakistani air strikes of April 2022."),
        ("How the October war was fought", "In October 2025, Afghan and Pakistani troops clashed along the Durand Line, leaving dozens dead."),
        ("Probe into 2014 Peshawar school massacre by Afghan-trained gunmen faults guards", "A judge found failings before the December 2014 attack on the school in which 147 people were killed."),
    ],
)  # fmt: skip
def test_old_fighting_alone_is_a_look_back(title: str, lead: str) -> None:
    assert looked(title, lead)


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Drone kills four in Barmal, two years after deadly raid", "Four people died on Sunday in a Pakistani drone strike on Barmal, which was bombed in December 2024."),
        ("Militants kill six in Tirah raid", "In the worst attack since October 2025, militants from Afghanistan killed six soldiers in Tirah."),
        ("Survivors tell of night of bombs in Khost", "Jets bombed a village in Khost on Friday night, killing nine. In November 2025 a strike killed ten there."),
        ("Four years after Taliban return, attacks soar in Pakistan", "Militants killed 12 soldiers in Tank on Monday in an attack planned in Afghanistan."),
        ("Pakistani strike kills six in Barmal", "On Sunday a strike like that of December 2024 killed six in Barmal."),
    ],
)  # fmt: skip
def test_news_with_a_background_is_none(title: str, lead: str) -> None:
    assert not looked(title, lead)
