-- What becomes of a request and of a prospect, and what the practice is told.

ALTER TABLE tickets ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE tickets ADD COLUMN due_at BIGINT;   -- by the priority, in the tenant's hours; null: nothing presses
CREATE INDEX tickets_recent ON tickets (tenant_id, created_at DESC, id DESC);
CREATE INDEX tickets_due ON tickets (tenant_id, due_at) WHERE status IN ('open', 'in_progress');

-- What was done with a request: changes, comments and answers, in order.
CREATE TABLE ticket_history (
  tenant_id     BIGINT NOT NULL,
  id            TEXT NOT NULL,
  ticket_id     TEXT NOT NULL,
  position      BIGINT NOT NULL DEFAULT 0,        -- within the request
  kind          TEXT NOT NULL CHECK (kind IN ('created', 'changed', 'comment', 'answer')),
  author        TEXT NOT NULL,                     -- an address, token:PREFIX, operator
  body          TEXT NOT NULL DEFAULT '',          -- the words of a comment or an answer
  detail        TEXT NOT NULL DEFAULT '{}',        -- JSON: {"status":["open","resolved"]}
  message_id    TEXT,                              -- the message that carries an answer
  created_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ticket_history_of ON ticket_history (tenant_id, ticket_id, position);

-- What somebody agreed to when they wrote to the practice.
ALTER TABLE prospects ADD COLUMN consent_text TEXT;       -- the words that were shown
ALTER TABLE prospects ADD COLUMN consent_at BIGINT;
ALTER TABLE prospects ADD COLUMN consent_source TEXT;     -- where they were shown
CREATE INDEX prospects_follow_up ON prospects (tenant_id, next_follow_up_at)
  WHERE next_follow_up_at IS NOT NULL;

-- Which mails a member wants; who is not here gets what their role suggests.
CREATE TABLE member_notices (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
  email         TEXT NOT NULL,                     -- lower case, as in members
  urgent        BIGINT NOT NULL CHECK (urgent IN (0, 1)),
  daily         BIGINT NOT NULL CHECK (daily IN (0, 1)),
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, email)
);

-- The days whose mail was written, or had nothing to say.
CREATE TABLE daily_mails (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
  day           TEXT NOT NULL,                     -- the tenant's
  letters       BIGINT NOT NULL,
  written_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, day)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ticket_history', 'member_notices', 'daily_mails'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant_id = NULLIF(current_setting(%L, true), %L)::bigint)',
                   name, 'uwi.tenant_id', '');
  END LOOP;
END $$;

-- What a tenant can send is part of what its assistant offers.
CREATE TRIGGER channels_changed_i AFTER INSERT ON channel_configurations
FOR EACH ROW EXECUTE FUNCTION tell_tenant();
CREATE TRIGGER channels_changed_u AFTER UPDATE OF enabled, configured ON channel_configurations
FOR EACH ROW WHEN (OLD.enabled <> NEW.enabled OR OLD.configured <> NEW.configured)
EXECUTE FUNCTION tell_tenant();
