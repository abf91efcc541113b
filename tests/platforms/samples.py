"""What the alerts of both platforms' tests have in common: one figure, and everything at its longest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.news.model import Alert, Before, Figure, FigureLine, Source

AT = datetime(2025, 10, 12, 9, 30, tzinfo=UTC)
OWN, OTHERS = "own loss", "claim about the other side"


def figure(
    number: int, what: str, claimant: str, label: str, *, note: str = "", noun: str = ""
) -> FigureLine:
    """So many of these, as somebody claims."""
    text = f"{number} {what}"
    one = Figure(
        number, number, str(number), "exact", "killed", None, "pak_security_forces", claimant, claimant,
        "incident", label == OWN, None, False, text, 0, len(text), sentence=f"{claimant} said {text}.", noun=noun,
    )  # fmt: skip
    return FigureLine(one, "Dawn", "https://www.dawn.com/news/1", label, conflict=True, note=note)


def longest(alert: Alert, figures: tuple[FigureLine, ...], before: str, address: int) -> Alert:
    """The same alert with more of everything than any platform takes; addresses of about so many characters."""
    return replace(
        alert,
        headline="Many words about what happened at the border " * 20,
        summary="One sentence about it with 12 dead and 30 wounded in it, says a source. " * 200,
        figures=figures,
        changed=tuple(f"killed (claimant {n}): {n} → {n + 1} after a long explanation" for n in range(40)),
        before=tuple(
            Before(date(2025, 9, n), before * 30, "https://x.example/" + "p" * address) for n in range(1, 20)
        ),
        sources=tuple(
            Source(f"Outlet {n} of the long name", "intl", f"https://o{n}.example/" + "q" * address)
            for n in range(30)
        ),
    )
