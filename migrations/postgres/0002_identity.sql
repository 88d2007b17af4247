-- Directory: people who sign in, read before a tenant is known.

CREATE TABLE members (
  tenant_id   BIGINT NOT NULL REFERENCES tenants (tenant_id),
  email       TEXT NOT NULL,                       -- lower case
  role        TEXT NOT NULL CHECK (role IN ('owner', 'practitioner', 'secretary')),
  created_at  BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, email)
);
CREATE INDEX members_email ON members (email);

CREATE TABLE passwords (
  email       TEXT NOT NULL PRIMARY KEY,
  phc         TEXT NOT NULL,                       -- argon2id, PHC string
  updated_at  BIGINT NOT NULL
);

CREATE TABLE magic_links (
  token_hash  TEXT NOT NULL PRIMARY KEY,           -- SHA-256, hex
  tenant_id   BIGINT,                             -- where to land; null: the person's first tenant
  email       TEXT NOT NULL,
  expires_at  BIGINT NOT NULL,
  used_at     BIGINT,
  created_at  BIGINT NOT NULL
);
CREATE INDEX magic_links_expiry ON magic_links (expires_at);

CREATE TABLE sessions (
  id_hash     TEXT NOT NULL PRIMARY KEY,           -- SHA-256 of the cookie's value, hex
  email       TEXT,                                -- null until somebody signs in
  data        TEXT NOT NULL,
  agent       TEXT,                                -- the browser, shortened
  network     TEXT,                                -- the address, shortened
  created_at  BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL
);
CREATE INDEX sessions_email ON sessions (email);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
  prefix      TEXT NOT NULL PRIMARY KEY,           -- public part
  secret_hash TEXT NOT NULL,                       -- SHA-256, hex
  tenant_id   BIGINT NOT NULL REFERENCES tenants (tenant_id),
  name        TEXT NOT NULL DEFAULT '',
  scopes      TEXT NOT NULL,                       -- space-separated
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT,
  last_used_at BIGINT,
  revoked_at  BIGINT,
  replaces    TEXT UNIQUE                          -- the token whose place it takes, once
);
CREATE INDEX api_tokens_tenant ON api_tokens (tenant_id);

-- How often something was tried: (what, who) in a window of time.
CREATE TABLE attempts (
  kind        TEXT NOT NULL,                       -- login_email, login_network, …
  who         TEXT NOT NULL,                       -- hashed
  window_at   BIGINT NOT NULL,                    -- start of the window
  count       BIGINT NOT NULL,
  PRIMARY KEY (kind, who, window_at)
);
