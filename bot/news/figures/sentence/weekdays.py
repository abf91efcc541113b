"""The days by their names: a date to whoever counts, no name to whoever asks who speaks."""

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = frozenset((*WEEK, "yesterday"))
DAYS = frozenset((*WEEKDAYS, "today", "overnight", "tonight"))
