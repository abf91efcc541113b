"""Where it happened: the place that a text ties the happening to, or the one that stands in for it."""
