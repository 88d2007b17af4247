-- How a tenant reaches people besides the call, and everything that was sent.
-- Columns of the first documents keep their names; see 0001 for the types.

CREATE TABLE channel_configurations (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
  id            TEXT NOT NULL,
  channel_type  TEXT NOT NULL CHECK (channel_type IN ('phone', 'sms', 'email', 'whatsapp')),
  enabled       BIGINT NOT NULL DEFAULT 0 CHECK (enabled IN (0, 1)),
  configured    BIGINT NOT NULL DEFAULT 0 CHECK (configured IN (0, 1)),
  config_encrypted TEXT,                           -- sealed secrets; never leaves
  config_public TEXT NOT NULL DEFAULT '{}',        -- JSON, typed per channel
  templates     TEXT NOT NULL DEFAULT '{}',        -- JSON: event → language → text
  assistant_id  TEXT,                              -- phone: the voice provider's name of the assistant
  key_id        TEXT,                              -- which key sealed the secrets
  version       BIGINT NOT NULL DEFAULT 1,
  last_success_at BIGINT,                          -- evidence of its health
  last_failure_at BIGINT,
  last_failure  TEXT,                              -- a stable code
  checked_at    BIGINT,                            -- when a test last showed that the credentials open
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, channel_type)
);

CREATE TABLE channel_messages_log (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
  id            TEXT NOT NULL,
  channel_type  TEXT NOT NULL CHECK (channel_type IN ('phone', 'sms', 'email', 'whatsapp')),
  direction     TEXT NOT NULL DEFAULT 'outbound' CHECK (direction IN ('outbound', 'inbound')),
  idempotency_key TEXT NOT NULL,                   -- one message per cause, however often it is ordered
  contact       TEXT,                              -- a known person
  to_address    TEXT NOT NULL,
  from_address  TEXT,
  message_class TEXT NOT NULL CHECK (message_class IN ('transactional', 'commercial')),
  consent       TEXT,                              -- JSON: when and how it was given; commercial only
  origin        TEXT NOT NULL,                     -- confirmation, reminder, …
  template_name TEXT,                              -- the event
  language      TEXT NOT NULL DEFAULT 'fr',
  template_variables TEXT NOT NULL DEFAULT '{}',
  subject       TEXT,
  content       TEXT,                              -- as it was sent
  segments      BIGINT,
  encoding      TEXT CHECK (encoding IN ('gsm7', 'ucs2')),
  approved_template TEXT,                           -- whose words are the provider's
  status        TEXT NOT NULL CHECK (status IN
                  ('pending', 'sent', 'delivered', 'read', 'failed', 'refused', 'unknown')),
  attempts      BIGINT NOT NULL DEFAULT 0,
  external_message_id TEXT,
  provider      TEXT CHECK (provider IN ('twilio', 'smtp', 'whatsapp', 'vapi')),
  error_code    TEXT,
  error_message TEXT,
  cost_cents    BIGINT,
  currency      TEXT,
  duration_seconds BIGINT,
  cause_kind    TEXT NOT NULL,                     -- call, appointment, ticket, prospect, tenant
  cause_id      TEXT NOT NULL,
  not_before    BIGINT,
  not_after     BIGINT,
  waiting_since BIGINT,                            -- since when the provider has been out of reach
  absences      BIGINT NOT NULL DEFAULT 0,         -- how often the provider did not know it
  sent_at       BIGINT,
  delivered_at  BIGINT,
  read_at       BIGINT,
  failed_at     BIGINT,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, idempotency_key)
);
CREATE UNIQUE INDEX channel_messages_external ON channel_messages_log (provider, external_message_id)
  WHERE external_message_id IS NOT NULL;
CREATE INDEX channel_messages_recent ON channel_messages_log (tenant_id, created_at DESC, id DESC);
CREATE INDEX channel_messages_cause ON channel_messages_log (tenant_id, cause_kind, cause_id);
CREATE INDEX channel_messages_tests ON channel_messages_log (tenant_id, channel_type, created_at DESC)
  WHERE origin = 'test';
CREATE INDEX channel_messages_to ON channel_messages_log (tenant_id, to_address, sent_at);
CREATE INDEX channel_messages_sent ON channel_messages_log (tenant_id, channel_type, sent_at);
CREATE INDEX channel_messages_unknown ON channel_messages_log (tenant_id, channel_type) WHERE status = 'unknown';

-- Who does not want to be written to. The address is hashed: the wish outlives the person's data.
CREATE TABLE stop_list (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
  channel_type  TEXT NOT NULL CHECK (channel_type IN ('sms', 'email', 'whatsapp')),
  address_hash  TEXT NOT NULL,                     -- SHA-256 of tenant, channel and address
  masked        TEXT NOT NULL,                     -- what lists show
  source        TEXT NOT NULL CHECK (source IN ('word', 'link', 'provider', 'manual')),
  stopped_at    BIGINT NOT NULL,
  lifted_at     BIGINT,                            -- START: they want to again
  PRIMARY KEY (tenant_id, channel_type, address_hash)
);

-- Directory: whose message a provider's name is.
CREATE TABLE message_directory (
  provider      TEXT NOT NULL,
  external_id   TEXT NOT NULL,
  tenant_id     BIGINT NOT NULL,
  message_id    TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  PRIMARY KEY (provider, external_id)
);
CREATE INDEX message_directory_age ON message_directory (created_at);

-- Directory: what providers reported of messages, applied once their message is known.
CREATE TABLE delivery_reports (
  provider      TEXT NOT NULL,
  external_id   TEXT NOT NULL,
  status        TEXT NOT NULL,
  error_code    TEXT NOT NULL DEFAULT '',
  tag           TEXT,                              -- our own name of the message, when the report carries it
  cost_cents    BIGINT,
  currency      TEXT,
  at            BIGINT NOT NULL,
  received_at   BIGINT NOT NULL,
  applied_at    BIGINT,
  PRIMARY KEY (provider, external_id, status)
);
CREATE INDEX delivery_reports_waiting ON delivery_reports (received_at) WHERE applied_at IS NULL;
CREATE INDEX delivery_reports_age ON delivery_reports (received_at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['channel_configurations', 'channel_messages_log', 'stop_list'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant_id = NULLIF(current_setting(%L, true), %L)::bigint)',
                   t, 'uwi.tenant_id', '');
  END LOOP;
END $$;
