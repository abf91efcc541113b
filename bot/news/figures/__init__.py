"""Figures: every number with its words, who is counted and who says so; and a story's ledger of claims."""
