"""What is said of a story: when it counts, its words, what happened before, and who hears of it."""
