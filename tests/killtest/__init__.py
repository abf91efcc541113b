"""The real program, killed again and again, against a Discord and a Slack that remember the truth."""
