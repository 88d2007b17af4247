-- What was done to an appointment after it was made; who made it says its own row.
CREATE TABLE rendez_vous_history (
  tenant_id     BIGINT NOT NULL,
  id            TEXT NOT NULL,
  appointment_id TEXT NOT NULL,
  change        TEXT NOT NULL CHECK (change IN
                  ('moved', 'cancelled', 'completed', 'no_show', 'restored', 'rescheduled', 'corrected')),
  details       TEXT NOT NULL DEFAULT '{}',        -- JSON: times before and after, names of fields; no person
  author        TEXT NOT NULL CHECK (author IN ('sara', 'manual', 'web')),
  by_whom       TEXT,                              -- a member's address, a token's prefix
  call_id       TEXT,
  version       BIGINT NOT NULL,                  -- the appointment's, after it
  changed_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, appointment_id) REFERENCES rendez_vous (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX rendez_vous_history_of ON rendez_vous_history (tenant_id, appointment_id, version);

-- Directory: the secret address of a calendar, read before a tenant is known.
CREATE TABLE calendar_feeds (
  token_hash    TEXT NOT NULL PRIMARY KEY,         -- SHA-256 of the secret, hex
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
  calendar_id   TEXT NOT NULL,
  shows         TEXT NOT NULL CHECK (shows IN ('names', 'busy')),
  created_at    BIGINT NOT NULL,
  last_used_at  BIGINT,
  revoked_at    BIGINT
);
-- A new address of a calendar ends the one before.
CREATE UNIQUE INDEX calendar_feeds_one ON calendar_feeds (tenant_id, calendar_id) WHERE revoked_at IS NULL;

-- What was ordered to remind people: once per appointment, kind and start, so
-- that nobody orders it again. Who was not reminded yet has no row.
CREATE TABLE reminders (
  tenant_id     BIGINT NOT NULL,
  appointment_id TEXT NOT NULL,
  before_minutes BIGINT NOT NULL,                  -- which of the tenant's reminders
  starts_at     BIGINT NOT NULL,                  -- of which start: another one after a move
  state         TEXT NOT NULL CHECK (state IN ('ordered', 'withdrawn')),
  channel       TEXT NOT NULL CHECK (channel IN ('sms', 'email', 'whatsapp')),
  tries         BIGINT NOT NULL,                  -- how often it was ordered
  message_id    TEXT,                              -- the last one, in channel_messages_log
  due_at        BIGINT NOT NULL,
  ordered_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, appointment_id, before_minutes, starts_at),
  FOREIGN KEY (tenant_id, appointment_id) REFERENCES rendez_vous (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX reminders_coming ON reminders (tenant_id, starts_at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['rendez_vous_history', 'reminders'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant_id = NULLIF(current_setting(%L, true), %L)::bigint)',
                   t, 'uwi.tenant_id', '');
  END LOOP;
END $$;
