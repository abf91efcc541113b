"""The terminal as a channel."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from bot.outbox.sink import Sent, Target
from bot.platforms.console import ConsolePlatform
from tests.platforms.discord.samples import UPDATED


@pytest.mark.parametrize("place", ["Kabul", "Pakistan–Afghanistan border; Torkham; Chaman; Spin Boldak"])
async def test_a_narrow_terminal_cuts_nothing_off_the_heading(place: str) -> None:
    written = io.StringIO()
    platform = ConsolePlatform(Console(file=written, width=60))
    here = Target("", "terminal")
    payload = platform.render(replace(UPDATED, place=place), here)
    assert await platform.post(here, payload, "k") == Sent("k")
    shown = " ".join(written.getvalue().replace("│", " ").split())
    assert place in shown
    assert "updated" in shown
