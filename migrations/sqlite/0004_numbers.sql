-- Agents of a tenant, the telephone numbers it pays for, and how they are got.

-- A configured assistant. Its telephone number is in `phone_numbers`, not here.
CREATE TABLE agents (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  agent_id      TEXT NOT NULL,                     -- ours: agent_…
  provider      TEXT NOT NULL CHECK (provider IN ('vapi', 'elevenlabs')),
  provider_agent_id TEXT,                          -- null until the provider has given one
  agent_name    TEXT NOT NULL,
  agent_type    TEXT NOT NULL CHECK (agent_type IN ('appointment', 'qualification', 'support')),
  language      TEXT NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'suspended', 'deleted')),
  token_prefix  TEXT,                              -- the public part of its API token
  taken_back    INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1)), -- deleted because it could not be finished, by nobody's wish
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, agent_id)
) STRICT;
CREATE INDEX agents_recent ON agents (tenant_id, created_at DESC, agent_id DESC);

CREATE TABLE phone_numbers (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  id            TEXT NOT NULL,                     -- that of its provisioning
  agent_id      TEXT NOT NULL,
  phone_number  TEXT NOT NULL CHECK (phone_number GLOB '+[1-9]*'),
  phone_number_sid TEXT NOT NULL,
  voice_number_id TEXT,                            -- the voice provider's name of it
  provider      TEXT NOT NULL DEFAULT 'twilio' CHECK (provider IN ('twilio', 'elevenlabs')),
  status        TEXT NOT NULL CHECK (status IN
                  ('recorded', 'configured', 'linked', 'active', 'inactive', 'released')),
  capabilities  TEXT NOT NULL,                     -- JSON {voice, sms, mms}
  country_code  TEXT NOT NULL,
  friendly_name TEXT NOT NULL,
  monthly_cost  INTEGER,                            -- cents; null: the provider did not say
  currency      TEXT,
  provisioned_at INTEGER NOT NULL,
  release_at    INTEGER,                            -- end of the grace period, when inactive
  released_at   INTEGER,
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT;
-- One owner at a time; a number that was released can be bought again.
CREATE UNIQUE INDEX phone_numbers_one_owner ON phone_numbers (phone_number) WHERE status <> 'released';
CREATE INDEX phone_numbers_agent ON phone_numbers (tenant_id, agent_id);
CREATE INDEX phone_numbers_release ON phone_numbers (tenant_id, release_at) WHERE status = 'inactive';

-- How a number is got, step by step: each is written before the next begins.
CREATE TABLE provisionings (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  id            TEXT NOT NULL,
  agent_id      TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN
                  ('requested', 'purchased', 'recorded', 'configured', 'linked', 'active',
                   'documents_missing', 'in_review', 'rejected', 'failed')),
  open          INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1)),
  origin        TEXT NOT NULL DEFAULT 'bought' CHECK (origin IN ('bought', 'adopted')),
  mark          TEXT NOT NULL,                     -- on the number, at the provider
  country_code  TEXT NOT NULL,
  kind          TEXT NOT NULL,
  area_code     TEXT,
  phone_number  TEXT,                              -- the one that is being bought
  phone_number_sid TEXT,
  error         TEXT,                              -- a stable code, and the provider's reason
  absences      INTEGER NOT NULL DEFAULT 0,         -- how often the provider did not know the mark
  attempts      INTEGER NOT NULL DEFAULT 0,
  attempts_before INTEGER NOT NULL DEFAULT 0,
  next_at       INTEGER NOT NULL,
  claimed_until INTEGER,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT;
-- However many ask at once: one purchase at a time for an agent.
CREATE UNIQUE INDEX provisionings_one_open ON provisionings (tenant_id, agent_id) WHERE open = 1;
CREATE INDEX provisionings_due ON provisionings (tenant_id, next_at) WHERE open = 1;

-- What was answered to a request that spends money, under its key.
CREATE TABLE idempotency_keys (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  key_hash      TEXT NOT NULL,                     -- SHA-256 of the key and the endpoint, hex
  request_hash  TEXT NOT NULL,
  subject       TEXT NOT NULL,                     -- what the request makes: the same at every try
  status        INTEGER,                            -- null: not answered yet
  answer        TEXT,
  claimed_until INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, key_hash)
) STRICT;
CREATE INDEX idempotency_keys_age ON idempotency_keys (tenant_id, created_at);

-- Directory: the simulated providers' own memory, and where they are while a server runs.
CREATE TABLE simulators (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  base_url      TEXT NOT NULL,
  state         TEXT NOT NULL,                     -- JSON
  saved_at      INTEGER NOT NULL
) STRICT;
