-- What was done to an appointment after it was made; who made it says its own row.
CREATE TABLE rendez_vous_history (
  tenant_id     INTEGER NOT NULL,
  id            TEXT NOT NULL,
  appointment_id TEXT NOT NULL,
  change        TEXT NOT NULL CHECK (change IN
                  ('moved', 'cancelled', 'completed', 'no_show', 'restored', 'rescheduled', 'corrected')),
  details       TEXT NOT NULL DEFAULT '{}',        -- JSON: times before and after, names of fields; no person
  author        TEXT NOT NULL CHECK (author IN ('sara', 'manual', 'web')),
  by_whom       TEXT,                              -- a member's address, a token's prefix
  call_id       TEXT,
  version       INTEGER NOT NULL,                  -- the appointment's, after it
  changed_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, appointment_id) REFERENCES rendez_vous (tenant_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX rendez_vous_history_of ON rendez_vous_history (tenant_id, appointment_id, version);

-- Directory: the secret address of a calendar, read before a tenant is known.
CREATE TABLE calendar_feeds (
  token_hash    TEXT NOT NULL PRIMARY KEY,         -- SHA-256 of the secret, hex
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  calendar_id   TEXT NOT NULL,
  shows         TEXT NOT NULL CHECK (shows IN ('names', 'busy')),
  created_at    INTEGER NOT NULL,
  last_used_at  INTEGER,
  revoked_at    INTEGER
) STRICT;
-- A new address of a calendar ends the one before.
CREATE UNIQUE INDEX calendar_feeds_one ON calendar_feeds (tenant_id, calendar_id) WHERE revoked_at IS NULL;

-- What was ordered to remind people: once per appointment, kind and start, so
-- that nobody orders it again. Who was not reminded yet has no row.
CREATE TABLE reminders (
  tenant_id     INTEGER NOT NULL,
  appointment_id TEXT NOT NULL,
  before_minutes INTEGER NOT NULL,                  -- which of the tenant's reminders
  starts_at     INTEGER NOT NULL,                  -- of which start: another one after a move
  state         TEXT NOT NULL CHECK (state IN ('ordered', 'withdrawn')),
  channel       TEXT NOT NULL CHECK (channel IN ('sms', 'email', 'whatsapp')),
  tries         INTEGER NOT NULL,                  -- how often it was ordered
  message_id    TEXT,                              -- the last one, in channel_messages_log
  due_at        INTEGER NOT NULL,
  ordered_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, appointment_id, before_minutes, starts_at),
  FOREIGN KEY (tenant_id, appointment_id) REFERENCES rendez_vous (tenant_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX reminders_coming ON reminders (tenant_id, starts_at);
