"""A story's ledger of claims: one lane per measure, party, scope, period and claimant."""
