"""Who says a figure, who denies it, and under which name."""
