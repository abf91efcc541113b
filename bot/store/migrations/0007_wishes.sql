-- What a subscription was before each change: with it an alert of days ago can still be explained.
CREATE TABLE subscription_past (
    subscription INTEGER NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    until REAL NOT NULL,
    paused TEXT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (subscription, until)
) STRICT, WITHOUT ROWID;
