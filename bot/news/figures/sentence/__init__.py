"""Reading a sentence: its words in their lists, its numbers with their kind, its counted nouns."""
