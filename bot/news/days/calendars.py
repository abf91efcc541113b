"""Days as Dari, Pashto, Urdu, Arabic and Hindi name them, and the solar calendar of Afghanistan turned into ours.

A month counts only beside its day: many of their names are words or people as well. The lunar calendar is
left alone: its months begin when the moon is seen, and no table knows that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from bot.news.text.words import Token, fold_word, word_set


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold_word, words.split()))


def _numbered(*names: str, first: int = 1) -> Mapping[str, int]:
    """Each spelling of the first, second … name, folded, with its number."""
    return {word: number for number, words in enumerate(names, first) for word in _folded(words)}


SOLAR = _numbered(
    "hamal حمل فروردین وری",
    "sawr saur thawr ثور اردیبهشت غویی",
    "jawza jauza جوزا خرداد غبرګولی",
    "saratan سرطان تیر چنګاښ",
    "asad اسد مرداد زمری",
    "sunbula sonbola سنبله شهریور وږی",
    "mizan میزان مهر تله",
    "aqrab عقرب آبان لړم",
    "qaws qaus قوس آذر لیندۍ",
    "jadi جدی دی مرغومی",
    "dalw dalwa دلو بهمن سلواغه",
    "hut hoot حوت اسفند کب",
)
MONTHS = _numbered(
    "جنوری ژانویه یناير जनवरी",
    "فروری فبروري فوریه فبراير फरवरी",
    "مارچ مارس मार्च",
    "اپریل آوریل أبريل अप्रैल",
    "مئی مې مایو मई",
    "جون ژوئن یونیو जून",
    "جولائی جولای ژوئیه یولیو जुलाई",
    "اگست آگست اوت أغسطس अगस्त",
    "ستمبر سپتمبر سپتامبر سبتمبر सितंबर सितम्बर",
    "اکتوبر اکتبر अक्टूबर",
    "نومبر نوامبر نوفمبر नवंबर नवम्बर",
    "دسمبر دسامبر دیسمبر दिसंबर दिसम्बर",
)
SHANBA = re.compile("(یک|دو|سه|سی|دری|چهار|چار|پنج)?شنب[هی]")
BEFORE_SHANBA = {"": 5, "یک": 6, "یو": 6, "دو": 0, "دوه": 0, "سه": 1, "سې": 1, "سی": 1, "درې": 1, "دری": 1, "چهار": 2, "چار": 2, "پنج": 3}  # fmt: skip
FRIDAY = _folded("جمعه جمعې جمعے")
PRAYERS = _folded("نماز امام لمونځ")  # of Friday
ARABIC = _numbered("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد", first=0)  # fmt: skip
AT_ARABIC = _folded("يوم ليل ليلة مساء صباح فجر أمس")
URDU = _numbered("پیر", "منگل", "بدھ", "جمعرات", "جمعے جمعہ", "ہفتے ہفتہ", "اتوار", first=0)  # fmt: skip
AFTER_URDU = _folded("کو کے کی")
HINDI = _numbered("सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार", first=0)  # fmt: skip
EUROPEAN = _numbered(
    "montag lundi lunes lunedì понедельник понедельника понеделник",
    "dienstag mardi martes martedì вторник вторника",
    "mittwoch mercredi miércoles mercoledì среду среды среда сряда",
    "donnerstag jeudi jueves giovedì четверг четверга четвъртък",
    "freitag vendredi viernes venerdì пятницу пятницы пятница петък",
    "samstag samedi sábado sabato субботу субботы суббота събота",
    "sonntag dimanche domingo domenica воскресенье воскресенья неделя",
    first=0,
)  # fmt: skip
TURKISH = _numbered("pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar", first=0)  # fmt: skip
AFTER_TURKISH = _folded("günü gecesi sabahı akşamı günkü")
THAT = _folded("کہ که چې أن إن कि")  # "said on Friday that there will be"
WILL = _folded(
    "گا گے گی ہوگا ہوگی ہونگے خواهد خواهند سوف ستبدأ ستعقد ستستأنف ستستمر سيبدأ سيعقد سيستأنف سيستمر "
    "المقبل المقبلة होगा होगी होंगे जाएगा जाएगी जाएंगे रहेगा रहेगी रहेंगे करेगा करेगी करेंगे आएगा "
    "आएगी आएंगे पहुंचेगा पहुंचेगी पहुंचेंगे मिलेगा मिलेंगे"
)
UNTIL_BEFORE = _folded("تا تر حتى")  # "until Saturday"
UNTIL_AFTER = _folded("تک तक پورې")
CENTURIES = word_set("13 14 20")
WEEKDAYS = (  # the words, and those behind or before which alone they are days
    (EUROPEAN, None, None), (TURKISH, None, AFTER_TURKISH), (HINDI, None, None), (URDU, None, AFTER_URDU),
    (ARABIC, AT_ARABIC, None),
)  # fmt: skip
IN_ASCII = frozenset(SOLAR) | frozenset(EUROPEAN) | frozenset(TURKISH)


class Named(NamedTuple):
    """A day by its month, or by its weekday alone; `first` and `last` are its tokens."""

    first: int
    last: int
    day: int = 0
    month: int = 0
    year: int | None = None
    solar: bool = False
    weekday: int | None = None  # Monday is 0


def named(tokens: tuple[Token, ...], inside: Iterable[int]) -> list[Named]:
    """The days that the tokens of a sentence name.

    >>> from bot.news.text.words import tokens
    >>> found = tokens("په ۲۰ میزان ۱۴۰۴، د پنجشنبې په ورځ")
    >>> [(one.day, one.month, one.year, one.weekday) for one in named(found, range(len(found)))]
    [(20, 7, 1404, None), (0, 0, None, 3)]
    """
    found: list[Named] = []
    for at in inside:
        if tokens[at].word.isascii() and tokens[at].word not in IN_ASCII:
            continue
        one = _dated(tokens, at) or _weekday(tokens, at)
        if one is None or (found and found[-1].last >= one.first):
            continue
        if found and found[-1].weekday is not None and found[-1].last + 1 == one.first:
            found.pop()  # "Thursday, 6 Sunbula" is one day
        found.append(one)
    return found


def _dated(tokens: tuple[Token, ...], at: int) -> Named | None:
    """A month with the day beside it, and the year that may follow."""
    word = tokens[at].word
    month = SOLAR.get(word) or MONTHS.get(word)
    if month is None:
        return None
    before = _number(tokens, at - 1)
    after = _number(tokens, at + 1) if word.isascii() else None  # elsewhere a number behind counts something
    day = next((number for number in (before, after) if number and 1 <= number <= 31), None)
    if day is None:
        return None
    first, last = (at - 1, at) if day == before else (at, at + 1)
    year = _number(tokens, last + 1)
    if year is None or str(year)[:2] not in CENTURIES or year < 1000:
        return Named(first, last, day, month, None, word in SOLAR)
    return Named(first, last + 1, day, month, year, word in SOLAR)


def _number(tokens: tuple[Token, ...], at: int) -> int | None:
    """The number that a token is, in whatever digits."""
    word = tokens[at].word if 0 <= at < len(tokens) else ""
    return int(word) if word.isdecimal() and len(word) <= 4 else None


def _weekday(tokens: tuple[Token, ...], at: int) -> Named | None:
    """A weekday, where its word can mean nothing else here."""
    word = tokens[at].word
    before = tokens[at - 1].word if at else ""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if match := SHANBA.fullmatch(word):
        apart = not match[1] and before in BEFORE_SHANBA
        return Named(at - apart, at, weekday=BEFORE_SHANBA[before if apart else match[1] or ""])
    if word in FRIDAY and before not in PRAYERS:
        return Named(at, at, weekday=4)
    for days, ahead, behind in WEEKDAYS:
        if word in days and (ahead is None or before in ahead) and (behind is None or after in behind):
            return Named(at, at, weekday=days[word])
    return None


def is_to_come(tokens: tuple[Token, ...], inside: range, one: Named) -> bool:
    """Whether the clause of a weekday tells what will be: "مذاکرات بدھ کو ہوں گے", "talks will be held on Wednesday"."""
    before = tokens[one.first - 1].word if one.first > inside.start else ""
    after = tokens[one.last + 1].word if one.last + 1 < inside.stop else ""
    if before in UNTIL_BEFORE or after in UNTIL_AFTER:
        return True
    for way in (range(one.last + 1, inside.stop), range(one.first - 1, inside.start - 1, -1)):
        for at in way:
            left, right = (at - 1, at) if way.step > 0 else (at, at + 1)
            if tokens[right].start - tokens[left].end > 1 or tokens[at].word in THAT:  # another clause
                break
            if tokens[at].word in WILL:
                return True
    return False


def solar(year: int, month: int, day: int) -> date:
    """A day of the solar calendar. Raises ValueError where that month has no such day.

    >>> solar(1404, 7, 20), solar(1403, 12, 30), solar(1357, 2, 7)
    (datetime.date(2025, 10, 12), datetime.date(2025, 3, 20), datetime.date(1978, 4, 27))
    """
    length = 31 if month <= 6 else 30 if month < 12 or _is_long(year) else 29
    if not 1 <= day <= length:
        raise ValueError(f"{day}.{month}.{year} is no day of the solar calendar")
    leap = sum(map(_is_long, range(min(year, EPOCH_YEAR), max(year, EPOCH_YEAR))))
    past = (year - EPOCH_YEAR) * 365 + (leap if year > EPOCH_YEAR else -leap)
    return EPOCH + timedelta(past + (month - 1) * 30 + min(month - 1, 6) + day - 1)


EPOCH_YEAR, EPOCH = 1404, date(2025, 3, 21)
LONG_YEARS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))  # of 33


def _is_long(year: int) -> bool:
    return year % 33 in LONG_YEARS


def solar_before(month: int, day: int, today: date) -> date:
    """That day of the solar calendar, the latest one that is not after tomorrow.

    >>> solar_before(7, 20, date(2025, 11, 1)), solar_before(12, 1, date(2025, 11, 1))
    (datetime.date(2025, 10, 12), datetime.date(2025, 2, 19))
    """
    year = EPOCH_YEAR + today.year - EPOCH.year
    for candidate in (year, year - 1, year - 2):
        if _is_long(candidate) or (month, day) != (12, 30):
            found = solar(candidate, month, day)
            if found <= today + timedelta(1):
                return found
    raise ValueError(f"{day}.{month}. is no day of the solar calendar before {today}")
