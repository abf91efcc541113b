-- What happened lately is looked up at every poll that brings something; this answers it without the stories themselves.
CREATE INDEX story_history ON story (active, level, start, opened) WHERE relevant = 1 AND merged_into IS NULL;
