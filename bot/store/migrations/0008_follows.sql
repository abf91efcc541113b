-- A follow is a subscription to one story, told to one person in direct messages; there may be several in one channel.
ALTER TABLE subscription ADD COLUMN story INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscription ADD COLUMN person TEXT NOT NULL DEFAULT '';
DROP INDEX subscription_channel;
CREATE UNIQUE INDEX subscription_channel ON subscription (platform, space, channel) WHERE removed IS NULL AND story = 0;
CREATE UNIQUE INDEX subscription_follow ON subscription (story, platform, person) WHERE removed IS NULL AND story <> 0;
