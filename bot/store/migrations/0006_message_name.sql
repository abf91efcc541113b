-- What a message is called in its channel, where it may tell another story by now: one that its own was merged into.
ALTER TABLE message ADD COLUMN name TEXT NOT NULL DEFAULT '';
