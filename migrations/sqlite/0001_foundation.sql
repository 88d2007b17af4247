-- Instants are integer milliseconds since 1970 (…_at), local dates and times are
-- text, money is integer cents, flags are 0/1, documents are JSON text. Keys of
-- tenant tables begin with the tenant.

CREATE TABLE tenants (
  tenant_id   INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  timezone    TEXT NOT NULL DEFAULT 'Europe/Paris',
  status      TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'deleted')),
  settings    TEXT NOT NULL,                       -- JSON of domain::tenant::settings::Settings
  version     INTEGER NOT NULL DEFAULT 1,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;

-- Directory: which tenant answers a dialled number. Columns as in the first documents.
CREATE TABLE tenant_routing (
  channel     TEXT NOT NULL CHECK (channel IN ('vocal', 'whatsapp', 'web', 'sms')),
  did_key     TEXT NOT NULL,
  tenant_id   INTEGER NOT NULL REFERENCES tenants (tenant_id),
  created_at  TEXT NOT NULL,
  PRIMARY KEY (channel, did_key),
  CHECK (channel = 'web' OR (did_key GLOB '+[1-9]*' AND substr(did_key, 2) NOT GLOB '*[^0-9]*'
                             AND length(did_key) BETWEEN 8 AND 16))
) STRICT;
CREATE INDEX tenant_routing_tenant ON tenant_routing (tenant_id);

-- The test number and the test tenant, written once at first boot, then locked.
CREATE TABLE route_guard (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  did_key     TEXT NOT NULL,
  tenant_id   INTEGER NOT NULL
) STRICT;
CREATE TRIGGER route_guard_no_update BEFORE UPDATE ON route_guard
BEGIN SELECT RAISE(ABORT, 'TEST_NUMBER_IMMUTABLE'); END;
CREATE TRIGGER route_guard_no_delete BEFORE DELETE ON route_guard
BEGIN SELECT RAISE(ABORT, 'TEST_NUMBER_IMMUTABLE'); END;
CREATE TRIGGER route_guard_no_second BEFORE INSERT ON route_guard
WHEN EXISTS (SELECT 1 FROM route_guard)
BEGIN SELECT RAISE(ABORT, 'TEST_NUMBER_IMMUTABLE'); END;

CREATE TRIGGER tenant_routing_guard_insert BEFORE INSERT ON tenant_routing
WHEN EXISTS (SELECT 1 FROM route_guard g WHERE g.did_key = NEW.did_key AND g.tenant_id <> NEW.tenant_id)
BEGIN SELECT RAISE(ABORT, 'TEST_NUMBER_IMMUTABLE'); END;
CREATE TRIGGER tenant_routing_guard_update BEFORE UPDATE ON tenant_routing
WHEN EXISTS (SELECT 1 FROM route_guard g
             WHERE (g.did_key = NEW.did_key AND g.tenant_id <> NEW.tenant_id)
                OR (OLD.channel = 'vocal' AND g.did_key = OLD.did_key
                    AND (NEW.did_key <> OLD.did_key OR NEW.channel <> OLD.channel)))
BEGIN SELECT RAISE(ABORT, 'TEST_NUMBER_IMMUTABLE'); END;
CREATE TRIGGER tenant_routing_guard_delete BEFORE DELETE ON tenant_routing
WHEN OLD.channel = 'vocal' AND EXISTS (SELECT 1 FROM route_guard g WHERE g.did_key = OLD.did_key)
BEGIN SELECT RAISE(ABORT, 'TEST_NUMBER_IMMUTABLE'); END;

-- What other processes and instances must notice: a topic's version is the
-- highest of all whenever something of it changes, also at an SQL prompt.
CREATE TABLE changes (
  topic       TEXT PRIMARY KEY,                    -- routes, tenant:1, calls:1, appointments:1, tickets:1
  version     INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_version ON changes (version);
CREATE TRIGGER tenant_routing_changed_i AFTER INSERT ON tenant_routing
BEGIN INSERT INTO changes VALUES ('routes', 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER tenant_routing_changed_u AFTER UPDATE ON tenant_routing
BEGIN INSERT INTO changes VALUES ('routes', 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER tenant_routing_changed_d AFTER DELETE ON tenant_routing
BEGIN INSERT INTO changes VALUES ('routes', 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER tenants_changed_i AFTER INSERT ON tenants
BEGIN INSERT INTO changes VALUES ('tenant:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER tenants_changed_u AFTER UPDATE ON tenants
BEGIN INSERT INTO changes VALUES ('tenant:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;

-- Directory: call → tenant, read before a tenant is known.
CREATE TABLE call_directory (
  call_id     TEXT PRIMARY KEY,
  tenant_id   INTEGER NOT NULL,
  opened_at   INTEGER NOT NULL,
  open        INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX call_directory_open ON call_directory (opened_at) WHERE open = 1;

-- Keys begin with the call or the id where nothing reads by the tenant alone: ids grow
-- with time, so what is written now lies together and a commit touches few pages.
CREATE TABLE call_logs (
  tenant_id        INTEGER NOT NULL REFERENCES tenants (tenant_id),
  id               TEXT NOT NULL,
  call_sid         TEXT NOT NULL UNIQUE,           -- the provider's name of the call: our call_id
  assistant_id     TEXT,
  agent_call       TEXT,                           -- the voice provider's name for its part, when it is not the whole call
  from_number      TEXT,                           -- null: withheld
  to_number        TEXT,
  forwarded_from   TEXT,
  direction        TEXT NOT NULL DEFAULT 'inbound' CHECK (direction IN ('inbound', 'outbound')),
  call_status      TEXT NOT NULL CHECK (call_status IN
                     ('initiated', 'ringing', 'in-progress', 'completed', 'failed', 'busy', 'no-answer')),
  unrouted         INTEGER NOT NULL DEFAULT 0 CHECK (unrouted IN (0, 1)),
  outcome          TEXT,                           -- the strongest event so far, for lists
  caller_name      TEXT,
  ended_reason     TEXT,
  duration_seconds INTEGER,
  cost_cents       INTEGER,
  recording_url    TEXT,
  transcript       TEXT,
  summary          TEXT,
  sentiment        TEXT,
  actions_performed TEXT NOT NULL DEFAULT '[]',
  rdv_created      INTEGER NOT NULL DEFAULT 0 CHECK (rdv_created IN (0, 1)),
  qualified_prospect_created INTEGER NOT NULL DEFAULT 0 CHECK (qualified_prospect_created IN (0, 1)),
  ticket_created   INTEGER NOT NULL DEFAULT 0 CHECK (ticket_created IN (0, 1)),
  local_day        TEXT NOT NULL,                  -- the tenant's day on which it started
  started_at       INTEGER NOT NULL,
  last_seen_at     INTEGER NOT NULL,
  ended_at         INTEGER,
  created_at       INTEGER NOT NULL,
  PRIMARY KEY (id, tenant_id)
) STRICT;
CREATE INDEX call_logs_recent ON call_logs (tenant_id, started_at DESC, id DESC);
CREATE INDEX call_logs_outcome ON call_logs (tenant_id, outcome, started_at DESC);

-- The dialogue's memory of a call (or of a written conversation).
CREATE TABLE conversations (
  tenant_id   INTEGER NOT NULL,
  call_id     TEXT NOT NULL,
  channel     TEXT NOT NULL,                       -- vocal, web, sms, whatsapp
  mode        TEXT NOT NULL,                       -- full, message_only
  version     INTEGER NOT NULL,
  turn        INTEGER NOT NULL,                    -- the last turn: user messages answered so far
  revision    INTEGER NOT NULL,
  before_turn INTEGER,                             -- where it started from: after this turn, or -1, from
  before_revision INTEGER,                         -- nothing; null: it wrote, it is not made again
  control_url TEXT,
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, call_id)
) STRICT;

CREATE TABLE call_turns (
  tenant_id   INTEGER NOT NULL,
  call_id     TEXT NOT NULL,
  turn        INTEGER NOT NULL,                    -- number of user messages
  revision    INTEGER NOT NULL DEFAULT 0,          -- a turn heard again with other words
  heard       TEXT NOT NULL,
  heard_key   TEXT NOT NULL,                       -- hash of the words, to recognise a repeat (also when redacted)
  understood  TEXT,
  rule        TEXT NOT NULL,
  said        TEXT NOT NULL,
  action      TEXT,                                -- hang_up, transfer:+33…
  actions     TEXT NOT NULL DEFAULT '[]',
  replay      TEXT,                                -- what a replay needs besides the words; none when they are redacted
  state       TEXT NOT NULL,                       -- JSON of dialogue::State after it
  took_us     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (call_id, turn, revision, tenant_id)
) STRICT;

-- A tenant's events in the order of time: the table is its own list.
CREATE TABLE ivr_events (
  id          TEXT NOT NULL,
  client_id   INTEGER NOT NULL,                    -- the tenant
  call_id     TEXT NOT NULL,
  event       TEXT NOT NULL,
  subject     TEXT NOT NULL DEFAULT '',
  context     TEXT NOT NULL DEFAULT '{}',
  reason      TEXT,
  local_day   TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (client_id, created_at, id),
  UNIQUE (call_id, event, subject, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ivr_events_kind ON ivr_events (client_id, event, created_at DESC);

-- Kept with the events, in the same transaction; can be rebuilt from them.
CREATE TABLE day_counters (
  tenant_id   INTEGER NOT NULL,
  day         TEXT NOT NULL,
  calls       INTEGER NOT NULL DEFAULT 0,
  bookings    INTEGER NOT NULL DEFAULT 0,
  transfers   INTEGER NOT NULL DEFAULT 0,
  abandons    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, day)
) STRICT, WITHOUT ROWID;

-- Whoever writes an event counts it, once.
CREATE TRIGGER ivr_events_counted AFTER INSERT ON ivr_events
WHEN NEW.event IN ('call_started', 'booking_confirmed', 'transferred_human', 'user_abandon')
BEGIN
  INSERT INTO day_counters (tenant_id, day, calls, bookings, transfers, abandons)
  VALUES (NEW.client_id, NEW.local_day, NEW.event = 'call_started', NEW.event = 'booking_confirmed',
          NEW.event = 'transferred_human', NEW.event = 'user_abandon')
  ON CONFLICT (tenant_id, day) DO UPDATE SET
    calls = calls + excluded.calls, bookings = bookings + excluded.bookings,
    transfers = transfers + excluded.transfers, abandons = abandons + excluded.abandons;
END;

CREATE TABLE rendez_vous (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  id            TEXT NOT NULL,
  calendar_id   TEXT NOT NULL,
  service_id    TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  name_key      TEXT NOT NULL,                     -- folded name, to compare by
  customer_phone TEXT,
  customer_email TEXT,
  rdv_date      TEXT NOT NULL,                     -- local to the tenant
  rdv_time      TEXT NOT NULL,
  timezone      TEXT NOT NULL,
  starts_at     INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL,
  rdv_type      TEXT,
  rdv_duration_minutes INTEGER NOT NULL,
  rdv_location  TEXT,
  status        TEXT NOT NULL CHECK (status IN ('confirmed', 'cancelled', 'completed', 'no_show', 'rescheduled')),
  motive        TEXT,
  notes         TEXT,
  internal_notes TEXT,
  reminder_24h_sent INTEGER NOT NULL DEFAULT 0 CHECK (reminder_24h_sent IN (0, 1)),
  reminder_1h_sent  INTEGER NOT NULL DEFAULT 0 CHECK (reminder_1h_sent IN (0, 1)),
  confirmation_sent INTEGER NOT NULL DEFAULT 0 CHECK (confirmation_sent IN (0, 1)),
  call_id       TEXT,
  created_by    TEXT NOT NULL CHECK (created_by IN ('sara', 'manual', 'web')),
  version       INTEGER NOT NULL DEFAULT 1,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  moved_at      INTEGER,
  cancelled_at  INTEGER,
  completed_at  INTEGER,
  PRIMARY KEY (id, tenant_id),
  CHECK (ends_at > starts_at)
) STRICT;
-- With all that availability asks for.
CREATE INDEX rendez_vous_time ON rendez_vous (tenant_id, starts_at, ends_at, calendar_id, status);
CREATE INDEX rendez_vous_name ON rendez_vous (tenant_id, name_key, starts_at);
CREATE INDEX rendez_vous_call ON rendez_vous (call_id, tenant_id);
CREATE INDEX rendez_vous_created ON rendez_vous (tenant_id, created_at DESC);

-- Every five minutes of every confirmed appointment, claimed once: two callers
-- never get the same slot, whatever the code above does.
CREATE TABLE appointment_claims (
  tenant_id   INTEGER NOT NULL,
  calendar_id TEXT NOT NULL,
  bucket      INTEGER NOT NULL,                    -- unix milliseconds / 300 000
  appointment_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, calendar_id, bucket)
) STRICT, WITHOUT ROWID;

-- Five minutes that a call has offered: nobody else is given them for a while.
CREATE TABLE slot_holds (
  tenant_id   INTEGER NOT NULL,
  calendar_id TEXT NOT NULL,
  bucket      INTEGER NOT NULL,                    -- as in appointment_claims
  call_id     TEXT NOT NULL,
  until_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, calendar_id, bucket)
) STRICT, WITHOUT ROWID;

-- Messages, callbacks and other requests that wait for the practice.
CREATE TABLE tickets (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  id            TEXT NOT NULL,
  reference     TEXT,                              -- what a caller quotes: T4821; null for mere messages
  customer_name TEXT,
  customer_phone TEXT,
  customer_email TEXT,
  subject       TEXT NOT NULL,
  description   TEXT NOT NULL DEFAULT '',
  category      TEXT NOT NULL,
  cause         TEXT NOT NULL DEFAULT '',          -- transfer_failed, emergency: written by the event, not by the caller's wish
  details       TEXT NOT NULL DEFAULT '{}',        -- JSON: the wish of the waiting list
  priority      TEXT NOT NULL DEFAULT 'medium' CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
  status        TEXT NOT NULL DEFAULT 'open' CHECK (status IN
                  ('open', 'in_progress', 'waiting_customer', 'resolved', 'closed')),
  assigned_to   TEXT,
  assigned_at   INTEGER,
  resolution_notes TEXT,
  resolved_at   INTEGER,
  closed_at     INTEGER,
  call_id       TEXT,
  created_by    TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX tickets_waiting ON tickets (tenant_id, status, created_at DESC);
CREATE UNIQUE INDEX tickets_reference ON tickets (tenant_id, reference);
CREATE INDEX tickets_call ON tickets (tenant_id, call_id);
-- However often a failed transfer is reported, one request waits.
CREATE UNIQUE INDEX tickets_one_of_a_cause ON tickets (tenant_id, call_id, cause) WHERE cause <> '';

-- Directory: inbound webhooks that change something, once each.
CREATE TABLE hooks (
  provider    TEXT NOT NULL,
  dedup_key   TEXT NOT NULL,
  kind        TEXT NOT NULL,
  call_id     TEXT,
  body        TEXT,                                -- only when set aside: redacted, at most 64 kB
  problem     TEXT,
  retry_token TEXT,                                -- the same for the same request sent again
  received_at INTEGER NOT NULL,
  PRIMARY KEY (provider, dedup_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX hooks_problems ON hooks (received_at DESC) WHERE problem IS NOT NULL;
CREATE INDEX hooks_age ON hooks (received_at);

-- Directory: cases that an operator must see, counted per UTC day.
CREATE TABLE incidents (
  day         TEXT NOT NULL,
  kind        TEXT NOT NULL,                       -- missing_call_id, unrouted_number, unreadable_hook, …
  detail      TEXT NOT NULL DEFAULT '',            -- masked
  count       INTEGER NOT NULL,
  last_at     INTEGER NOT NULL,
  PRIMARY KEY (day, kind, detail)
) STRICT, WITHOUT ROWID;

-- Directory: what must leave, written with its cause.
CREATE TABLE outbox (
  id          TEXT NOT NULL PRIMARY KEY,
  tenant_id   INTEGER,
  kind        TEXT NOT NULL,                       -- login_link, …
  lane        TEXT NOT NULL DEFAULT 'other',       -- urgent, sms, …: who waits for whom
  payload     TEXT NOT NULL,
  idempotency_key TEXT NOT NULL UNIQUE,
  due_at      INTEGER NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  claimed_until INTEGER,
  done_at     INTEGER,
  last_error  TEXT,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;

-- Pages that are open somewhere are told.
CREATE TRIGGER call_logs_changed_i AFTER INSERT ON call_logs
BEGIN INSERT INTO changes VALUES ('calls:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER call_logs_changed_u AFTER UPDATE ON call_logs
BEGIN INSERT INTO changes VALUES ('calls:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER rendez_vous_changed_i AFTER INSERT ON rendez_vous
BEGIN INSERT INTO changes VALUES ('appointments:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER rendez_vous_changed_u AFTER UPDATE ON rendez_vous
BEGIN INSERT INTO changes VALUES ('appointments:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER tickets_changed_i AFTER INSERT ON tickets
BEGIN INSERT INTO changes VALUES ('tickets:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER tickets_changed_u AFTER UPDATE ON tickets
BEGIN INSERT INTO changes VALUES ('tickets:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
