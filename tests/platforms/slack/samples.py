"""Alerts for the tests of Slack: ordinary, updated, of every length, in another script, hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.news.model import Alert, Before, Corroboration, FigureLine, Level, Source
from tests.platforms import samples
from tests.platforms.samples import AT, OTHERS, OWN


def figure(number: int, what: str, claimant: str, label: str, note: str = "") -> FigureLine:
    """One that is counted in words of its own."""
    return samples.figure(number, what, claimant, label, note=note, noun=f" {what}")


ORDINARY = Alert(
    story=41,
    revision=1,
    kind="new",
    level=Level.MAJOR,
    type="border_clash",
    place="Kunar",
    headline="Border posts traded heavy fire until dawn, both capitals say",
    url="https://www.dawn.com/news/1?page=2&from=rss",
    summary="Troops fired at one another's posts in several districts. Each side says that it answered fire.",
    figures=(
        figure(58, "Pakistani soldiers killed", "Afghan Taliban spokesman", OTHERS),
        figure(11, "soldiers killed", "ISPR", OWN),
    ),
    corroboration=Corroboration((("PK", 3), ("AF", 2), ("intl", 2)), "sides contradict each other"),
    changed=(),
    before=(
        Before(date(2025, 10, 9), "Blasts heard in Kabul", "https://tolo.example/2"),
        Before(date(2025, 10, 8), "Eleven soldiers killed in Orakzai", ""),
    ),
    sources=tuple(
        Source(name, "PK", f"https://{name.lower()}.example/a") for name in ("Dawn", "Tribune", "Geo", "APP")
    )
    + tuple(
        Source(name, "AF", f"https://{name.lower()}.example/b") for name in ("TOLOnews", "Pajhwok", "BNA")
    ),
    first_seen=AT,
    last_change=AT,
)
UPDATED = replace(
    ORDINARY,
    revision=3,
    kind="update",
    figures=(ORDINARY.figures[0], figure(23, "soldiers killed", "ISPR", OWN, note="was 11")),
    changed=("killed (ISPR): 11 → 23",),
    last_change=AT.replace(hour=14, minute=5),
)
RISEN = replace(UPDATED, revision=4, level=Level.CRITICAL, level_rose=True)
BARE = replace(
    ORDINARY, place="", url="", summary="", figures=(), before=(), sources=(), type="talks", level=Level.MINOR
)
PASHTO = replace(
    ORDINARY,
    place="Torkham",
    type="crossing",
    headline="د تورخم دروازه د تګ راتګ لپاره بیرته پرانیستل شوه",
    summary="چارواکو وویل چې ۱۲۰ لارۍ تېرې شوې.",
    figures=(),
)
LONGEST = samples.longest(
    RISEN,
    tuple(
        figure(1000 + n, "soldiers & men killed " * 9, "A spokesman with a long title", OWN)
        for n in range(40)
    ),
    "What came before & after ",
    400,
)
EVIL = (
    "<!here> <!channel|x> <@U0ADMIN> <#C0NEWS|n> <!subteam^S1> &lt;!here&gt; <https://evil.example|dawn.com> "
    "*bold* `code` ```pre``` ~x~ |a|b <a@b.example> \u202ertl\u202c zero\u200bwidth \x1b[31m \x00 e\u0301\u0301\u0301\u0301"
)
HOSTILE = replace(
    UPDATED,
    place=EVIL,
    headline=EVIL,
    summary=f"> {EVIL}",
    url="javascript:alert(1)",
    figures=(
        replace(
            figure(7, f"killed {EVIL}", EVIL, EVIL, note=EVIL),
            outlet=EVIL,
            url="https://evil.example/<!here>|x",
        ),
    ),
    changed=(EVIL,),
    before=(Before(date(2025, 10, 1), EVIL, "https://dawn.com@evil.example/"),),
    sources=(
        Source("dawn.com", "PK", "https://evil.example/"),
        Source("www.dawn.com", "PK", "https://dawn.com/x y"),
        Source(EVIL, "AF", "https://a.example/>|<!here>"),
    ),
)
SAMPLES = {
    "ordinary": ORDINARY,
    "updated": UPDATED,
    "risen": RISEN,
    "bare": BARE,
    "pashto": PASHTO,
    "longest": LONGEST,
    "hostile": HOSTILE,
}
