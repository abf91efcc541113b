-- How a feed is doing and how often it is asked, so that a restart changes neither.
ALTER TABLE feed ADD COLUMN health TEXT NOT NULL DEFAULT '';
ALTER TABLE feed ADD COLUMN newest REAL;
ALTER TABLE feed ADD COLUMN notice TEXT NOT NULL DEFAULT '';
ALTER TABLE feed ADD COLUMN noticed REAL;
ALTER TABLE feed ADD COLUMN quarantined REAL;
ALTER TABLE feed ADD COLUMN gaps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN interval REAL;
ALTER TABLE feed ADD COLUMN unmodified REAL NOT NULL DEFAULT 0;
CREATE INDEX feed_changed ON feed (url) WHERE origin = 'chat' OR retired <> '';
CREATE INDEX entry_feed ON entry (feed, seen);
