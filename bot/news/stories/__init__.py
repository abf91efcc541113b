"""Which happening an entry belongs to: names and copies, candidates, the score, and later evidence."""
