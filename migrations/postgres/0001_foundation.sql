-- Instants are integer milliseconds since 1970 (…_at), local dates and times are
-- text, money is integer cents, flags are 0/1, documents are JSON text. Keys of
-- tenant tables begin with the tenant.

CREATE TABLE tenants (
  tenant_id   BIGINT PRIMARY KEY,
  name        TEXT NOT NULL,
  timezone    TEXT NOT NULL DEFAULT 'Europe/Paris',
  status      TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'deleted')),
  settings    TEXT NOT NULL,                       -- JSON of domain::tenant::settings::Settings
  version     BIGINT NOT NULL DEFAULT 1,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL
);

-- Directory: which tenant answers a dialled number. Columns as in the first documents.
CREATE TABLE tenant_routing (
  channel     TEXT NOT NULL CHECK (channel IN ('vocal', 'whatsapp', 'web', 'sms')),
  key         TEXT NOT NULL,
  tenant_id   BIGINT NOT NULL REFERENCES tenants (tenant_id),
  is_active   BOOLEAN NOT NULL DEFAULT TRUE,
  updated_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (channel, key),
  CHECK (channel = 'web' OR key ~ '^\+[1-9][0-9]{6,14}$')
);
CREATE INDEX tenant_routing_tenant ON tenant_routing (tenant_id);

-- The test number and the test tenant, written once at first boot, then locked.
CREATE TABLE route_guard (
  id          BIGINT PRIMARY KEY CHECK (id = 1),
  did_key     TEXT NOT NULL,
  tenant_id   BIGINT NOT NULL
);

CREATE FUNCTION refuse_test_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'TEST_NUMBER_IMMUTABLE'; END $$;

CREATE TRIGGER route_guard_locked BEFORE UPDATE OR DELETE ON route_guard
FOR EACH ROW EXECUTE FUNCTION refuse_test_number();
CREATE TRIGGER route_guard_not_emptied BEFORE TRUNCATE ON route_guard
FOR EACH STATEMENT EXECUTE FUNCTION refuse_test_number();
CREATE TRIGGER tenant_routing_not_emptied BEFORE TRUNCATE ON tenant_routing
FOR EACH STATEMENT EXECUTE FUNCTION refuse_test_number();

CREATE FUNCTION guard_tenant_routing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE g route_guard%ROWTYPE;
BEGIN
  SELECT * INTO g FROM route_guard WHERE id = 1;
  IF FOUND THEN
    IF TG_OP <> 'DELETE' AND NEW.key = g.did_key
       AND (NEW.tenant_id <> g.tenant_id OR NOT NEW.is_active) THEN
      RAISE EXCEPTION 'TEST_NUMBER_IMMUTABLE';
    END IF;
    IF TG_OP = 'DELETE' AND OLD.channel = 'vocal' AND OLD.key = g.did_key THEN
      RAISE EXCEPTION 'TEST_NUMBER_IMMUTABLE';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.channel = 'vocal' AND OLD.key = g.did_key
       AND (NEW.key <> OLD.key OR NEW.channel <> OLD.channel) THEN
      RAISE EXCEPTION 'TEST_NUMBER_IMMUTABLE';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenant_routing_guard BEFORE INSERT OR UPDATE OR DELETE ON tenant_routing
FOR EACH ROW EXECUTE FUNCTION guard_tenant_routing();

-- What other processes and instances must notice. Notifications tell it; the
-- table is for the other database, where they are polled.
CREATE TABLE changes (
  topic       TEXT PRIMARY KEY,
  version     BIGINT NOT NULL
);

-- Told at commit, to every instance that listens.
CREATE FUNCTION tell_route() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('uwi', 'routes'); RETURN NULL; END $$;
CREATE TRIGGER tenant_routing_changed AFTER INSERT OR UPDATE OR DELETE ON tenant_routing
FOR EACH STATEMENT EXECUTE FUNCTION tell_route();
CREATE FUNCTION tell_tenant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('uwi', 'tenant:' || NEW.tenant_id); RETURN NULL; END $$;
CREATE TRIGGER tenants_changed AFTER INSERT OR UPDATE ON tenants
FOR EACH ROW EXECUTE FUNCTION tell_tenant();

-- Directory: call → tenant, read before a tenant is known.
CREATE TABLE call_directory (
  call_id     TEXT PRIMARY KEY,
  tenant_id   BIGINT NOT NULL,
  opened_at   BIGINT NOT NULL,
  open        BIGINT NOT NULL DEFAULT 1 CHECK (open IN (0, 1))
);
CREATE INDEX call_directory_open ON call_directory (opened_at) WHERE open = 1;

CREATE TABLE call_logs (
  tenant_id        BIGINT NOT NULL REFERENCES tenants (tenant_id),
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
  unrouted         BIGINT NOT NULL DEFAULT 0 CHECK (unrouted IN (0, 1)),
  outcome          TEXT,                           -- the strongest event so far, for lists
  caller_name      TEXT,
  ended_reason     TEXT,
  duration_seconds BIGINT,
  cost_cents       BIGINT,
  recording_url    TEXT,
  transcript       TEXT,
  summary          TEXT,
  sentiment        TEXT,
  actions_performed TEXT NOT NULL DEFAULT '[]',
  rdv_created      BIGINT NOT NULL DEFAULT 0 CHECK (rdv_created IN (0, 1)),
  qualified_prospect_created BIGINT NOT NULL DEFAULT 0 CHECK (qualified_prospect_created IN (0, 1)),
  ticket_created   BIGINT NOT NULL DEFAULT 0 CHECK (ticket_created IN (0, 1)),
  local_day        TEXT NOT NULL,                  -- the tenant's day on which it started
  started_at       BIGINT NOT NULL,
  last_seen_at     BIGINT NOT NULL,
  ended_at         BIGINT,
  created_at       BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX call_logs_recent ON call_logs (tenant_id, started_at DESC, id DESC);
CREATE INDEX call_logs_outcome ON call_logs (tenant_id, outcome, started_at DESC);

-- The dialogue's memory of a call (or of a written conversation).
CREATE TABLE conversations (
  tenant_id   BIGINT NOT NULL,
  call_id     TEXT NOT NULL,
  channel     TEXT NOT NULL,                       -- vocal, web, sms, whatsapp
  mode        TEXT NOT NULL,                       -- full, message_only
  version     BIGINT NOT NULL,
  turn        BIGINT NOT NULL,                    -- the last turn: user messages answered so far
  revision    BIGINT NOT NULL,
  before_turn BIGINT,                             -- where it started from: after this turn, or -1, from
  before_revision BIGINT,                         -- nothing; null: it wrote, it is not made again
  control_url TEXT,
  updated_at  BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, call_id)
);

CREATE TABLE call_turns (
  tenant_id   BIGINT NOT NULL,
  call_id     TEXT NOT NULL,
  turn        BIGINT NOT NULL,                    -- number of user messages
  revision    BIGINT NOT NULL DEFAULT 0,          -- a turn heard again with other words
  heard       TEXT NOT NULL,
  heard_key   TEXT NOT NULL,                       -- hash of the words, to recognise a repeat (also when redacted)
  understood  TEXT,
  rule        TEXT NOT NULL,
  said        TEXT NOT NULL,
  action      TEXT,                                -- hang_up, transfer:+33…
  actions     TEXT NOT NULL DEFAULT '[]',
  replay      TEXT,                                -- what a replay needs besides the words; none when they are redacted
  state       TEXT NOT NULL,                       -- JSON of dialogue::State after it
  took_us     BIGINT NOT NULL,
  created_at  BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, call_id, turn, revision)
);

CREATE TABLE ivr_events (
  id          TEXT NOT NULL PRIMARY KEY,
  client_id   BIGINT NOT NULL,                    -- the tenant
  call_id     TEXT NOT NULL,
  event       TEXT NOT NULL,
  subject     TEXT NOT NULL DEFAULT '',
  context     TEXT NOT NULL DEFAULT '{}',
  reason      TEXT,
  local_day   TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  UNIQUE (client_id, call_id, event, subject)
);
CREATE INDEX ivr_events_recent ON ivr_events (client_id, created_at DESC, id DESC);
CREATE INDEX ivr_events_kind ON ivr_events (client_id, event, created_at DESC);

-- Kept with the events, in the same transaction; can be rebuilt from them.
CREATE TABLE day_counters (
  tenant_id   BIGINT NOT NULL,
  day         TEXT NOT NULL,
  calls       BIGINT NOT NULL DEFAULT 0,
  bookings    BIGINT NOT NULL DEFAULT 0,
  transfers   BIGINT NOT NULL DEFAULT 0,
  abandons    BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, day)
);

-- Whoever writes an event counts it, once.
CREATE FUNCTION count_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO day_counters AS d (tenant_id, day, calls, bookings, transfers, abandons)
  VALUES (NEW.client_id, NEW.local_day,
          (NEW.event = 'call_started')::int, (NEW.event = 'booking_confirmed')::int,
          (NEW.event = 'transferred_human')::int, (NEW.event = 'user_abandon')::int)
  ON CONFLICT (tenant_id, day) DO UPDATE SET
    calls = d.calls + excluded.calls, bookings = d.bookings + excluded.bookings,
    transfers = d.transfers + excluded.transfers, abandons = d.abandons + excluded.abandons;
  RETURN NULL;
END $$;
CREATE TRIGGER ivr_events_counted AFTER INSERT ON ivr_events FOR EACH ROW
WHEN (NEW.event IN ('call_started', 'booking_confirmed', 'transferred_human', 'user_abandon'))
EXECUTE FUNCTION count_event();

CREATE TABLE rendez_vous (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
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
  starts_at     BIGINT NOT NULL,
  ends_at       BIGINT NOT NULL,
  rdv_type      TEXT,
  rdv_duration_minutes BIGINT NOT NULL,
  rdv_location  TEXT,
  status        TEXT NOT NULL CHECK (status IN ('confirmed', 'cancelled', 'completed', 'no_show', 'rescheduled')),
  motive        TEXT,
  notes         TEXT,
  internal_notes TEXT,
  reminder_24h_sent BIGINT NOT NULL DEFAULT 0 CHECK (reminder_24h_sent IN (0, 1)),
  reminder_1h_sent  BIGINT NOT NULL DEFAULT 0 CHECK (reminder_1h_sent IN (0, 1)),
  confirmation_sent BIGINT NOT NULL DEFAULT 0 CHECK (confirmation_sent IN (0, 1)),
  call_id       TEXT,
  created_by    TEXT NOT NULL CHECK (created_by IN ('sara', 'manual', 'web')),
  version       BIGINT NOT NULL DEFAULT 1,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  moved_at      BIGINT,
  cancelled_at  BIGINT,
  completed_at  BIGINT,
  PRIMARY KEY (tenant_id, id),
  CHECK (ends_at > starts_at)
);
-- With all that availability asks for.
CREATE INDEX rendez_vous_time ON rendez_vous (tenant_id, starts_at, ends_at, calendar_id, status);
CREATE INDEX rendez_vous_name ON rendez_vous (tenant_id, name_key, starts_at);
CREATE INDEX rendez_vous_call ON rendez_vous (tenant_id, call_id);
CREATE INDEX rendez_vous_created ON rendez_vous (tenant_id, created_at DESC);

-- Every five minutes of every confirmed appointment, claimed once: two callers
-- never get the same slot, whatever the code above does.
CREATE TABLE appointment_claims (
  tenant_id   BIGINT NOT NULL,
  calendar_id TEXT NOT NULL,
  bucket      BIGINT NOT NULL,                    -- unix milliseconds / 300 000
  appointment_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, calendar_id, bucket)
);

-- Five minutes that a call has offered: nobody else is given them for a while.
CREATE TABLE slot_holds (
  tenant_id   BIGINT NOT NULL,
  calendar_id TEXT NOT NULL,
  bucket      BIGINT NOT NULL,                    -- as in appointment_claims
  call_id     TEXT NOT NULL,
  until_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, calendar_id, bucket)
);

-- Messages, callbacks and other requests that wait for the practice.
CREATE TABLE tickets (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
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
  assigned_at   BIGINT,
  resolution_notes TEXT,
  resolved_at   BIGINT,
  closed_at     BIGINT,
  call_id       TEXT,
  created_by    TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
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
  received_at BIGINT NOT NULL,
  PRIMARY KEY (provider, dedup_key)
);
CREATE INDEX hooks_problems ON hooks (received_at DESC) WHERE problem IS NOT NULL;
CREATE INDEX hooks_age ON hooks (received_at);

-- Directory: cases that an operator must see, counted per UTC day.
CREATE TABLE incidents (
  day         TEXT NOT NULL,
  kind        TEXT NOT NULL,                       -- missing_call_id, unrouted_number, unreadable_hook, …
  detail      TEXT NOT NULL DEFAULT '',            -- masked
  count       BIGINT NOT NULL,
  last_at     BIGINT NOT NULL,
  PRIMARY KEY (day, kind, detail)
);

-- Directory: what must leave, written with its cause.
CREATE TABLE outbox (
  id          TEXT NOT NULL PRIMARY KEY,
  tenant_id   BIGINT,
  kind        TEXT NOT NULL,                       -- login_link, …
  lane        TEXT NOT NULL DEFAULT 'other',       -- urgent, sms, …: who waits for whom
  payload     TEXT NOT NULL,
  idempotency_key TEXT NOT NULL UNIQUE,
  due_at      BIGINT NOT NULL,
  attempts    BIGINT NOT NULL DEFAULT 0,
  claimed_until BIGINT,
  done_at     BIGINT,
  last_error  TEXT,
  created_at  BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;

-- The second wall: a row of a tenant is visible only to a transaction that says
-- for which tenant it works (`uwi.tenant_id`).
DO $$
DECLARE t text; k text;
BEGIN
  FOREACH t IN ARRAY ARRAY['call_logs', 'conversations', 'call_turns', 'ivr_events', 'day_counters',
                           'rendez_vous', 'appointment_claims', 'slot_holds', 'tickets'] LOOP
    k := CASE t WHEN 'ivr_events' THEN 'client_id' ELSE 'tenant_id' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_tenant ON %I USING (%I = NULLIF(current_setting(%L, true), %L)::bigint)',
                   t, k, 'uwi.tenant_id', '');
  END LOOP;
END $$;

-- Pages that are open somewhere are told, once per statement's transaction.
CREATE FUNCTION tell_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('uwi', TG_ARGV[0] || ':' || NEW.tenant_id); RETURN NULL; END $$;
CREATE TRIGGER call_logs_changed AFTER INSERT OR UPDATE ON call_logs
FOR EACH ROW EXECUTE FUNCTION tell_page('calls');
CREATE TRIGGER rendez_vous_changed AFTER INSERT OR UPDATE ON rendez_vous
FOR EACH ROW EXECUTE FUNCTION tell_page('appointments');
CREATE TRIGGER tickets_changed AFTER INSERT OR UPDATE ON tickets
FOR EACH ROW EXECUTE FUNCTION tell_page('tickets');
