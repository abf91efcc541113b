"""Who is counted: which side they are of, and what sort of people they are."""
