-- Since when the bot is no longer in that server or workspace; what it knows of it is deleted some time later.
ALTER TABLE subscription ADD COLUMN gone REAL;
