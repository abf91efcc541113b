"""Alerts for the tests of Slack: ordinary, updated, of every length, in another script, hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.news.model import Alert, Before, Corroboration, Figure, FigureLine, Level, Qualifier, Source

AT = datetime(2025, 10, 12, 9, 30, tzinfo=UTC)


def figure(
    number: int, what: str, claimant: str, label: str, *, note: str = "", qualifier: Qualifier = "exact"
) -> FigureLine:
    text = f"{number} {what}"
    one = Figure(
        number, number, str(number), qualifier, "killed", None, "pak_security_forces", claimant, claimant,
        "incident", label == "own loss", None, False, text, 0, len(text), sentence=f"{claimant} said {text}.", noun=f" {what}",
    )  # fmt: skip
    return FigureLine(one, "Dawn", "https://www.dawn.com/news/1", label, conflict=True, note=note)


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
        figure(58, "Pakistani soldiers killed", "Afghan Taliban spokesman", "claim about the other side"),
        figure(11, "soldiers killed", "ISPR", "own loss"),
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
    figures=(ORDINARY.figures[0], figure(23, "soldiers killed", "ISPR", "own loss", note="was 11")),
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
LONGEST = replace(
    RISEN,
    headline="Many words about what happened at the border " * 20,
    summary="One sentence about it with 12 dead and 30 wounded in it, says a source. " * 200,
    figures=tuple(
        figure(1000 + n, "soldiers & men killed " * 9, "A spokesman with a long title", "own loss")
        for n in range(40)
    ),
    changed=tuple(f"killed (claimant {n}): {n} → {n + 1} after a long explanation" for n in range(40)),
    before=tuple(
        Before(date(2025, 9, n), "What came before & after " * 30, "https://x.example/" + "p" * 400)
        for n in range(1, 20)
    ),
    sources=tuple(
        Source(f"Outlet {n} of the long name", "intl", f"https://o{n}.example/" + "q" * 400)
        for n in range(30)
    ),
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
