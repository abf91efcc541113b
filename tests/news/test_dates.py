"""The day of the news and the earlier happenings that a text dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import pytest

from bot.news.days import dates as judged
from bot.news.days.named import dates, news_day
from bot.news.model import Background, Document, EventType, When
from bot.news.text.lexicon import Lexicon
from bot.news.topics.topic import Topic
from tests.news.making import kind, shipped

TOPIC = shipped()
WEDNESDAY = datetime(2027, 2, 17, 11, tzinfo=UTC)  # after the shipped records


def document(title: str, summary: str = "", at: datetime = WEDNESDAY) -> Document:
    return Document(f"{title}\n{summary}", len(title), at)


def when(document: Document, topic: Topic) -> When | None:
    return judged.when(document, topic, kind(document, topic)[0])


def background(document: Document, topic: Topic, type: EventType | None = None) -> tuple[Background, ...]:
    type = type or kind(document, topic)[0]
    return judged.background(document, topic, type, judged.when(document, topic, type))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on February 12", date(2027, 2, 12), date(2027, 2, 12)),
        ("on 12 February 2027", date(2027, 2, 12), date(2027, 2, 12)),
        ("on Feb. 12th", date(2027, 2, 12), date(2027, 2, 12)),
        ("on 2027-02-12", date(2027, 2, 12), date(2027, 2, 12)),
        ("on December 30", date(2026, 12, 30), date(2026, 12, 30)),
        ("on the night of February 11-12", date(2027, 2, 11), date(2027, 2, 12)),
        ("on the night between February 11 and 12", date(2027, 2, 11), date(2027, 2, 12)),
        ("from 1 to 7 February", date(2027, 2, 1), date(2027, 2, 7)),
        ("from January 30 to February 2", date(2027, 1, 30), date(2027, 2, 2)),
        ("between December 30 and January 2", date(2026, 12, 30), date(2027, 1, 2)),
        ("in November 2025", date(2025, 11, 1), date(2025, 11, 30)),
        ("in August last year", date(2026, 8, 1), date(2026, 8, 31)),
        ("on Friday", date(2027, 2, 12), date(2027, 2, 12)),
        ("on Wednesday", date(2027, 2, 17), date(2027, 2, 17)),
        ("between Monday and Tuesday", date(2027, 2, 15), date(2027, 2, 16)),
        ("over the weekend", date(2027, 2, 13), date(2027, 2, 14)),
        ("yesterday", date(2027, 2, 16), date(2027, 2, 16)),
        ("three days ago", date(2027, 2, 14), date(2027, 2, 14)),
        ("on Monday, two days after blasts", date(2027, 2, 15), date(2027, 2, 15)),
        ("in 2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("the night before", date(2027, 2, 16), date(2027, 2, 16)),
        ("in the weekend's shelling", date(2027, 2, 13), date(2027, 2, 14)),
        ("in the night from Friday to Saturday", date(2027, 2, 12), date(2027, 2, 13)),
        ("د پنجشنبې په ورځ", date(2027, 2, 11), date(2027, 2, 11)),
        ("سه‌شنبه شب", date(2027, 2, 16), date(2027, 2, 16)),
        ("مساء الأحد", date(2027, 2, 14), date(2027, 2, 14)),
        ("جمعرات کو", date(2027, 2, 11), date(2027, 2, 11)),
        ("मंगलवार को", date(2027, 2, 16), date(2027, 2, 16)),
        ("on 20 Mizan 1405", date(2026, 10, 12), date(2026, 10, 12)),
        ("۲۲ دلو", date(2027, 2, 11), date(2027, 2, 11)),
        ("۱۲ فروری", date(2027, 2, 12), date(2027, 2, 12)),
    ],
)
def test_expressions(words: str, start: date, end: date) -> None:
    found = dates(Lexicon().read(f"It happened {words}, they said."), news_day(WEDNESDAY))[0][1]
    assert (found[0].start, found[0].end) == (start, end)


@pytest.mark.parametrize(
    "words",
    [
        "killed 12 soldiers",
        "May 250 people",
        "on February 31",
        "48-hour truce",
        "12,000 people",
        "he may 5 times",
        "reopens after nine days",
        "reopens nine days after the clash",
        "the day before the blast",
        "struck during Friday prayers",
        "نماز جمعه",
        "يوم واحد",
        "31 Aqrab 1405",
        "on 10 Muharram 1448",
        "",
    ],
)
def test_what_is_no_date(words: str) -> None:
    assert all(
        d.precision != "day"
        for _, named in dates(Lexicon().read(words), news_day(WEDNESDAY))[:1]
        for d in named
    )


def test_a_year_named_for_a_month_holds_in_its_sentence() -> None:
    text = Lexicon().read("Closed in March 2024, it opened on March 9 and was shut again on January 4.")
    assert [d.start for d in dates(text, news_day(WEDNESDAY))[0][1]] == [
        date(2024, 3, 1), date(2024, 3, 9), date(2027, 1, 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "ahead"),
    [
        ("The gate will reopen on Friday.", date(2027, 2, 19)),
        ("Delegates are to meet again on June 30.", date(2027, 6, 30)),
        ("Fees apply from today, and transit is expected to resume on Monday.", date(2027, 2, 22)),
        ("Kabul will answer Friday's raid.", None),
        ("They will punish those behind the attack on Friday.", None),
        ("Pakistan will not forget December 16, 2014.", None),
    ],
)
def test_what_is_still_to_come(words: str, ahead: date | None) -> None:
    found = dates(Lexicon().read(words), news_day(WEDNESDAY))[0][1]
    assert [d.start for d in found if d.future] == ([ahead] if ahead else [])


def test_before_dawn_it_is_still_the_day_before() -> None:
    assert news_day(datetime.fromisoformat("2027-02-18T02:30:00+05:00")) == date(2027, 2, 17)
    assert news_day(datetime(2027, 2, 17, 9)) == date(2027, 2, 17)  # noqa: DTZ001  a naive moment is UTC


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("Pakistani jets bomb Khost", "The strikes on Monday night killed six, officials said.", date(2027, 2, 15)),
        ("Pakistani jets bomb Khost", "Six people died, officials said on Wednesday.", date(2027, 2, 17)),
        ("Six dead in Khost air strike", "They were killed last night, elders told reporters.", date(2027, 2, 16)),
        ("Truce agreed in Doha", "The ceasefire was agreed today after clashes that began on February 3.", date(2027, 2, 17)),
        ("Islamabad summons Afghan envoy", "He was called in on Tuesday over Sunday's Bannu bombing.", date(2027, 2, 16)),
        ("Torkham reopens", "KABUL, Feb 16 (AFP) - Trucks rolled again on Monday.", date(2027, 2, 15)),
        ("Bomber strikes Bannu convoy", "", date(2027, 2, 17)),
        ("Two guards wounded in Helmand", "He said on Tuesday that fire was opened the evening before.", date(2027, 2, 15)),
        ("Torkham to reopen", "The crossing will be opened for trucks on Friday.", date(2027, 2, 17)),
        ("Drones strike Khost", "Six died last night. Date: Wednesday, February 17, 2027.", date(2027, 2, 16)),
    ],
)  # fmt: skip
def test_the_day_of_the_news(title: str, summary: str, expected: date) -> None:
    found = when(document(title, summary), TOPIC)
    assert found is not None
    assert found.start == expected, found.because


def test_a_report_without_a_date_may_mean_a_known_happening() -> None:
    event = next(e for e in TOPIC.chronology if e.start == date(2024, 12, 24) and e.type == "air_strike")
    found = when(
        document("Toll of air strikes in Barmal rises", "", datetime(2024, 12, 26, 9, tzinfo=UTC)), TOPIC
    )
    assert found is not None
    assert found.start == event.start
    assert event.what in found.because


def test_what_is_told_in_the_small_hours_happened_before() -> None:
    text = document(
        "Two days of talks in Doha end", "They failed, Tarar posted in the small hours of Thursday.",
        datetime(2027, 2, 17, 22, tzinfo=UTC),
    )  # fmt: skip
    found = judged.when(text, TOPIC, "talks")
    assert found is not None
    assert found.start == date(2027, 2, 17), found.because


def test_no_publication_no_day() -> None:
    assert when(Document("Pakistan bombed Khost on Friday"), TOPIC) is None
    assert background(Document("Pakistan bombed Khost on Friday"), TOPIC) == ()


ARTICLE = """Pakistan bombed two villages in Khost on Tuesday, the Taliban said on Wednesday.

Border guards had clashed on the night of January 11 and 12. A 48-hour truce was called on January 15.
The sides signed a ceasefire in Doha on 19 January, and will meet again in Istanbul on March 2.
Strikes in Paktika killed eight people in November 2025. Officials spoke of the matter on Monday.
The order to leave was given on October 3, 2023. More than 300 have died since January.
"""


def test_background() -> None:
    found = background(Document(ARTICLE, 0, WEDNESDAY), TOPIC)
    assert [(b.start, b.end, b.precision) for b in found] == [
        (date(2023, 10, 3), date(2023, 10, 3), "day"),
        (date(2025, 11, 1), date(2025, 11, 30), "month"),
        (date(2027, 1, 11), date(2027, 1, 12), "day"),
        (date(2027, 1, 15), date(2027, 1, 15), "day"),
        (date(2027, 1, 19), date(2027, 1, 19), "day"),
    ]
    assert all(b.sentence in ARTICLE and b.what for b in found)


def test_a_month_in_which_people_are_counted_is_no_happening() -> None:
    text = "Some 48,000 Afghans returned from Pakistan in January, fewer than in December, UNHCR said on Tuesday."
    assert background(Document(text, 0, WEDNESDAY), TOPIC, "returns") == ()
    assert background(Document(text, 0, WEDNESDAY), TOPIC, "operation") == ()
    text = "A kilo of onions sold at Rs90 in September. Ghulam Khan was shut after firing in October."
    told = background(Document(text, 0, WEDNESDAY), TOPIC, "trade")
    assert [b.start for b in told] == [date(2026, 10, 1)]


PARAGRAPH = [
    (  # a story goes on in the year that it began with
        "Six truces failed. The first, on October 15, 2025, followed a night of battles on October 11. The Doha deal of "
        "October 19 held for months. Guards clashed again on November 6.",
        ["2025-10-15", "2025-10-11", "2025-10-19", "2025-11-06"],
    ),
    ("Guards clashed in December 2025.\n\nOn December 3 a truce was called.", ["2025-12-01", "2026-12-03"]),
    ("Torkham was shut on October 12, 2025; aid passed from December 4 of that year.", ["2025-10-12", "2025-12-04"]),
    ("The border was closed to trade on October 12 last year.", ["2026-10-12"]),
    ("A drone fell in Tank in 2026. On February 27 more were shot down over Swabi.", ["2026-02-27"]),
    ("A bomb killed 63 in Bajaur on July 30, 2023. Two men were arrested after crossing on February 16.", ["2023-07-30", "2027-02-16"]),
    ("Pakistan gave the post away in May 2016. Jets hit Barmal on September 6.", ["2016-05-01", "2026-09-06"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days"), PARAGRAPH)
def test_the_year_of_a_day_is_that_of_its_story(text: str, days: list[str]) -> None:
    found = (d for _, named in dates(Lexicon().read(text), news_day(WEDNESDAY)) for d in named)
    assert [str(d.start) for d in found if d.precision != "year"] == days


HAPPENED = Path(__file__).with_name("days.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", HAPPENED)
def test_the_day_of_a_happening_in_many_words_and_languages(line: str) -> None:
    """Type, moment of publication in February 2027 (day and hour), first and last right day, headline, lead."""
    type, published, days, title, lead = line.split("\t")
    day, hour = map(int, published.split("T"))
    first, _, last = days.partition("/")
    text = document(title, lead, datetime(2027, 2, day, hour, tzinfo=UTC))
    found = judged.when(text, TOPIC, cast("EventType", type))
    assert found is not None
    assert f"2027-{first}" <= str(found.start) <= f"2027-{last or first}", found.because


def test_a_day_is_named_only_where_the_text_names_one() -> None:
    assert not (found := when(document("Strikes hit Khost"), TOPIC)) or not found.named
    found = when(document("Strikes hit Khost on Monday"), TOPIC)
    assert found
    assert found.named
    assert found.start == date(2027, 2, 15)


@pytest.mark.parametrize(
    ("title", "summary", "day"),
    [
        ("Minister mourns guards of Tank", "He said on Tuesday that Kabul must act, a day after four guards were killed.", 15),
        ("Jets hit camps in Khost", "Pakistan struck camps on Tuesday, two days after a bombing in Bannu.", 16),
        ("Torkham crossing closed as losses mount", "Three days into the closure of the gate, trucks wait.", 15),
        ("Kabul taxes coal for Pakistan", "The export duty applies from Friday, the ministry said.", 17),
    ],
)  # fmt: skip
def test_days_told_by_another(title: str, summary: str, day: int) -> None:
    found = when(document(title, summary), TOPIC)
    assert found is not None
    assert found.start == date(2027, 2, day), found
