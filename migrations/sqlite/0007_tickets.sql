-- What becomes of a request and of a prospect, and what the practice is told.

ALTER TABLE tickets ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tickets ADD COLUMN due_at INTEGER;   -- by the priority, in the tenant's hours; null: nothing presses
CREATE INDEX tickets_recent ON tickets (tenant_id, created_at DESC, id DESC);
CREATE INDEX tickets_due ON tickets (tenant_id, due_at) WHERE status IN ('open', 'in_progress');

-- What was done with a request: changes, comments and answers, in order.
CREATE TABLE ticket_history (
  tenant_id     INTEGER NOT NULL,
  id            TEXT NOT NULL,
  ticket_id     TEXT NOT NULL,
  position      INTEGER NOT NULL DEFAULT 0,        -- within the request
  kind          TEXT NOT NULL CHECK (kind IN ('created', 'changed', 'comment', 'answer')),
  author        TEXT NOT NULL,                     -- an address, token:PREFIX, operator
  body          TEXT NOT NULL DEFAULT '',          -- the words of a comment or an answer
  detail        TEXT NOT NULL DEFAULT '{}',        -- JSON: {"status":["open","resolved"]}
  message_id    TEXT,                              -- the message that carries an answer
  created_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ticket_history_of ON ticket_history (tenant_id, ticket_id, position);

-- What somebody agreed to when they wrote to the practice.
ALTER TABLE prospects ADD COLUMN consent_text TEXT;       -- the words that were shown
ALTER TABLE prospects ADD COLUMN consent_at INTEGER;
ALTER TABLE prospects ADD COLUMN consent_source TEXT;     -- where they were shown
CREATE INDEX prospects_follow_up ON prospects (tenant_id, next_follow_up_at)
  WHERE next_follow_up_at IS NOT NULL;

-- Which mails a member wants; who is not here gets what their role suggests.
CREATE TABLE member_notices (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  email         TEXT NOT NULL,                     -- lower case, as in members
  urgent        INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  daily         INTEGER NOT NULL CHECK (daily IN (0, 1)),
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, email)
) STRICT;

-- The days whose mail was written, or had nothing to say.
CREATE TABLE daily_mails (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  day           TEXT NOT NULL,                     -- the tenant's
  letters       INTEGER NOT NULL,
  written_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, day)
) STRICT, WITHOUT ROWID;

-- What a tenant can send is part of what its assistant offers.
CREATE TRIGGER channels_changed_i AFTER INSERT ON channel_configurations
BEGIN INSERT INTO changes VALUES ('tenant:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER channels_changed_u AFTER UPDATE OF enabled, configured ON channel_configurations
WHEN OLD.enabled <> NEW.enabled OR OLD.configured <> NEW.configured
BEGIN INSERT INTO changes VALUES ('tenant:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
