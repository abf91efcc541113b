"""A text read once: words, sentences, names in one pass over however many aliases there are."""
