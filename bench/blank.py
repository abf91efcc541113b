"""What is known of an entry that nobody has read."""

from __future__ import annotations

from bot.news.model import Reading, Verdict, Where

NOTHING = Reading(Verdict(False, 0.0, ()), None, None, Where(), (), ())
