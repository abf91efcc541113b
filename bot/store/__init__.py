"""Remember: the only code that speaks SQL; a function takes its connection first."""
