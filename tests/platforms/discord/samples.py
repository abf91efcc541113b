"""Alerts for the tests of Discord: an ordinary one, one of everything at its longest, a hostile one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.news.model import Alert, Before, Corroboration, Level, Source
from tests.platforms.samples import AT, OTHERS, OWN, figure, longest

ORDINARY = Alert(
    story=41,
    revision=1,
    kind="new",
    level=Level.MAJOR,
    type="border_clash",
    place="Kunar",
    headline="Heavy fire traded along the border through the night",
    url="https://www.dawn.com/news/1",
    summary="Forces of both countries fired at each other's posts overnight. Each side says that it hit back.",
    figures=(
        figure(58, "soldiers killed", "Afghan Taliban spokesman", OTHERS),
        figure(23, "soldiers killed", "ISPR", OWN),
    ),
    corroboration=Corroboration((("PK", 3), ("AF", 2), ("intl", 1)), "sides contradict each other"),
    changed=(),
    before=(
        Before(date(2025, 10, 9), "Explosions reported in Kabul", "https://tolonews.example/2"),
        Before(date(2025, 10, 8), "Eleven soldiers killed in Orakzai", ""),
    ),
    sources=(
        Source("Dawn", "PK", "https://www.dawn.com/news/1", "dawn"),
        Source("TOLOnews", "AF", "https://tolonews.example/1", "tolo"),
    ),
    first_seen=AT,
    last_change=AT,
)

UPDATED = replace(
    ORDINARY,
    revision=2,
    kind="update",
    level=Level.CRITICAL,
    level_rose=True,
    changed=("killed (ISPR) 11 → 23",),
    last_change=AT.replace(hour=11),
)

LONGEST = longest(
    replace(UPDATED, place="Some very long place name " * 20),
    tuple(figure(n, "soldiers killed " * 9, "A spokesman with a long title", OTHERS) for n in range(40)),
    "What came before ",
    250,
)

EVIL = "@everyone <@&1> <@2> <#3> <!here> **bold** [dawn.com](https://evil.example) `code` ||x|| \u202e\u200b\x1b[31m discord://x"
HOSTILE = replace(
    ORDINARY,
    place=EVIL,
    headline=EVIL,
    summary=EVIL,
    url="javascript:alert(1)",
    changed=(EVIL,),
    before=(Before(date(2025, 10, 1), EVIL, "https://user:pass@evil.example/"),),
    sources=(
        Source("dawn.com", "PK", "https://evil.example/"),
        Source(EVIL, "AF", "https://a.example/)[x](y"),
    ),
)

SAMPLES = {"ordinary": ORDINARY, "updated": UPDATED, "longest": LONGEST, "hostile": HOSTILE}
