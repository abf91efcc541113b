-- Times are Unix seconds (UTC); JSON columns hold the nouns of bot.news as bot.store.codec writes them.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- A feed's own memory. `origin` "chat": added at run time, then `settings` holds its line of feeds.toml.
-- `quarantined`: until when nothing of it is told. `interval`, `unmodified`: its pace (bot.feeds.pace).
CREATE TABLE feed (
    url TEXT PRIMARY KEY,
    origin TEXT NOT NULL DEFAULT 'config' CHECK (origin IN ('config', 'chat')),
    settings TEXT NOT NULL DEFAULT '{}',
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    first_polled REAL,
    last_polled REAL,
    last_success REAL,
    last_new REAL,
    due REAL,
    failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    moved_to TEXT NOT NULL DEFAULT '',
    retired TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    marks BLOB NOT NULL DEFAULT x'',
    entries INTEGER NOT NULL DEFAULT 0,
    health TEXT NOT NULL DEFAULT '',
    newest REAL,
    notice TEXT NOT NULL DEFAULT '',
    noticed REAL,
    quarantined REAL,
    gaps INTEGER NOT NULL DEFAULT 0,
    interval REAL,
    unmodified REAL NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX feed_changed ON feed (url) WHERE origin = 'chat' OR retired <> '';

CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    opener TEXT NOT NULL,
    opened REAL NOT NULL,
    active REAL NOT NULL,
    relevant INTEGER NOT NULL,
    type TEXT,
    place TEXT NOT NULL DEFAULT '',
    start TEXT,
    "end" TEXT,
    level INTEGER NOT NULL,
    headline TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    merged_into INTEGER REFERENCES story (id)
) STRICT;
CREATE INDEX story_active ON story (active);
CREATE INDEX story_start ON story (start) WHERE relevant = 1;
CREATE INDEX story_history ON story (active, level, start, opened) WHERE relevant = 1 AND merged_into IS NULL;

-- The rare words by which a story is found as a candidate; pruned once it is no longer active.
CREATE TABLE story_term (
    term TEXT NOT NULL,
    story INTEGER NOT NULL REFERENCES story (id),
    PRIMARY KEY (term, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_term_story ON story_term (story);

CREATE VIRTUAL TABLE story_text USING fts5 (headline, summary, place, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE entry (
    id TEXT PRIMARY KEY,
    feed TEXT NOT NULL,
    outlet TEXT NOT NULL,
    side TEXT NOT NULL,
    family TEXT NOT NULL,
    guid TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    lang TEXT NOT NULL,
    seen REAL NOT NULL,
    published REAL,
    story INTEGER REFERENCES story (id),
    copy_of TEXT,
    relevant INTEGER NOT NULL,
    level INTEGER NOT NULL,
    quiet TEXT NOT NULL DEFAULT '',
    because TEXT NOT NULL DEFAULT '[]',
    edits INTEGER NOT NULL DEFAULT 0,
    expired INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX entry_story ON entry (story) WHERE story IS NOT NULL;
CREATE INDEX entry_seen ON entry (seen);
CREATE INDEX entry_url ON entry (url);
CREATE INDEX entry_feed ON entry (feed, seen);

-- Identity: every name under which an entry was met. Never deleted, or it would be told again.
CREATE TABLE entry_key (
    key TEXT PRIMARY KEY,
    entry TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was claimed, by whom, when we read it. Append-only: "as known on" replays it.
CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (id),
    entry TEXT NOT NULL REFERENCES entry (id),
    at REAL NOT NULL,
    measure TEXT NOT NULL,
    party TEXT NOT NULL,
    claimant TEXT NOT NULL,
    low REAL,
    high REAL,
    figure TEXT NOT NULL
) STRICT;
CREATE INDEX claim_story ON claim (story, at);
CREATE UNIQUE INDEX claim_once ON claim (entry, figure);

CREATE TABLE alert (
    story INTEGER NOT NULL REFERENCES story (id),
    revision INTEGER NOT NULL,
    at REAL NOT NULL,
    level INTEGER NOT NULL,
    alert TEXT NOT NULL,
    PRIMARY KEY (story, revision)
) STRICT, WITHOUT ROWID;

-- `story`, `person`: a follow, told to one person in direct messages; 0 and "" in a channel's subscription.
CREATE TABLE subscription (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    space TEXT NOT NULL,
    channel TEXT NOT NULL,
    created REAL NOT NULL,
    paused TEXT NOT NULL DEFAULT '',
    removed REAL,
    digested REAL,
    subscription TEXT NOT NULL,
    gone REAL,
    story INTEGER NOT NULL DEFAULT 0,
    person TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX subscription_channel ON subscription (platform, space, channel) WHERE removed IS NULL AND story = 0;
CREATE UNIQUE INDEX subscription_follow ON subscription (story, platform, person) WHERE removed IS NULL AND story <> 0;

-- What a subscription was until each of its changes: an alert of days ago is explained by what held then.
CREATE TABLE subscription_past (
    subscription INTEGER NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    until REAL NOT NULL,
    paused TEXT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (subscription, until)
) STRICT, WITHOUT ROWID;

-- Where a story stands in a channel. `gone`: somebody removed our message; it stays removed.
-- `name`: the entry that it is called after there; "": the one that opened the story.
CREATE TABLE message (
    subscription INTEGER NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    story INTEGER NOT NULL REFERENCES story (id),
    message TEXT NOT NULL,
    revision INTEGER NOT NULL,
    posted REAL NOT NULL,
    changed REAL NOT NULL,
    gone TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (subscription, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_story ON message (story);

-- One summary of several alerts, made at its hour; its parts are deliveries without a story.
CREATE TABLE digest (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription INTEGER NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    made REAL NOT NULL,
    title TEXT NOT NULL
) STRICT;

-- One alert revision (or one part of a digest) to one subscription, and how far it has come.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription INTEGER NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    story INTEGER REFERENCES story (id),
    revision INTEGER NOT NULL,
    digest INTEGER REFERENCES digest (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (
        state IN ('new', 'trying', 'sent', 'unsure', 'held', 'dead', 'digest', 'digested', 'superseded')
    ),
    kind TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'post', 'edit')),
    place INTEGER NOT NULL DEFAULT 0,
    level INTEGER NOT NULL,
    ping INTEGER NOT NULL DEFAULT 0,
    because TEXT NOT NULL DEFAULT '',
    created REAL NOT NULL,
    payload TEXT,
    key TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    absences INTEGER NOT NULL DEFAULT 0,
    looks INTEGER NOT NULL DEFAULT 0,
    first_attempt REAL,
    last_attempt REAL,
    not_before REAL NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    ended REAL
) STRICT;
CREATE UNIQUE INDEX delivery_once ON delivery (subscription, story, revision) WHERE story IS NOT NULL;
CREATE INDEX delivery_open ON delivery (subscription, place)
    WHERE state IN ('new', 'trying', 'unsure', 'held');
CREATE INDEX delivery_story ON delivery (story) WHERE state IN ('new', 'trying', 'unsure', 'held', 'digest');
CREATE INDEX delivery_twin ON delivery (not_before) WHERE state = 'sent' AND not_before > 0;
CREATE INDEX delivery_digest ON delivery (subscription) WHERE state = 'digest';
