"""The days that a text names, and which of them is the day of its happening."""
