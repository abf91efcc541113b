"""A list of several happenings joins none of them; one happening in several places is no list."""

from __future__ import annotations

import pytest

from bot.news.stories.roundups import several
from tests.news.making import shipped

TOPIC = shipped()


@pytest.mark.parametrize(
    ("title", "lead", "expected"),
    [
        ("Frontier claims nine lives", "Seven policemen died in Lakki Marwat and two shepherds in Helmand as violence spread.", True),
        ("Violence flares", "Gunmen killed four in Bannu while jets killed eight people in Zabul on Tuesday.", True),
        ("Bloodshed", "Three soldiers were martyred in Tank, six villagers were killed in Nangarhar.", True),
        ("Militants from Kunar kill six in Bajaur", "Six soldiers died in Bajaur.", False),
        ("Shelling kills two in Kurram and four in Paktia", "Two died in Kurram and four in Paktia.", False),
        ("Jets kill six in Barmal and two in Spera", "Six died in Barmal, Paktika, and two in Spera, Khost.", False),
        ("Nine die in Nangarhar raids", "Nine died in Nangarhar, after a bomb killed seven in Bannu.", False),
    ],
)  # fmt: skip
def test_dead_on_two_sides_and_not_face_to_face_make_a_list(title: str, lead: str, expected: bool) -> None:
    assert several(TOPIC.lexicon.read(f"{title}\n{lead}"), len(title), TOPIC) is expected
