"""The days by their names: a date to whoever counts, no name to whoever asks who speaks."""

from bot.news.text.words import DAY_NAMES

WEEKDAYS = frozenset((*DAY_NAMES, "yesterday"))
DAYS = frozenset((*WEEKDAYS, "today", "overnight", "tonight"))
