-- Directory: people who sign in, read before a tenant is known.

CREATE TABLE members (
  tenant_id   INTEGER NOT NULL REFERENCES tenants (tenant_id),
  email       TEXT NOT NULL,                       -- lower case
  role        TEXT NOT NULL CHECK (role IN ('owner', 'practitioner', 'secretary')),
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, email)
) STRICT;
CREATE INDEX members_email ON members (email);

CREATE TABLE passwords (
  email       TEXT NOT NULL PRIMARY KEY,
  phc         TEXT NOT NULL,                       -- argon2id, PHC string
  updated_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE magic_links (
  token_hash  TEXT NOT NULL PRIMARY KEY,           -- SHA-256, hex
  tenant_id   INTEGER,                             -- where to land; null: the person's first tenant
  email       TEXT NOT NULL,
  expires_at  INTEGER NOT NULL,
  used_at     INTEGER,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX magic_links_expiry ON magic_links (expires_at);

CREATE TABLE sessions (
  id_hash     TEXT NOT NULL PRIMARY KEY,           -- SHA-256 of the cookie's value, hex
  email       TEXT,                                -- null until somebody signs in
  data        TEXT NOT NULL,
  agent       TEXT,                                -- the browser, shortened
  network     TEXT,                                -- the address, shortened
  created_at  INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_email ON sessions (email);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
  prefix      TEXT NOT NULL PRIMARY KEY,           -- public part
  secret_hash TEXT NOT NULL,                       -- SHA-256, hex
  tenant_id   INTEGER NOT NULL REFERENCES tenants (tenant_id),
  name        TEXT NOT NULL DEFAULT '',
  scopes      TEXT NOT NULL,                       -- space-separated
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER,
  last_used_at INTEGER,
  revoked_at  INTEGER,
  replaces    TEXT UNIQUE                          -- the token whose place it takes, once
) STRICT;
CREATE INDEX api_tokens_tenant ON api_tokens (tenant_id);

-- How often something was tried: (what, who) in a window of time.
CREATE TABLE attempts (
  kind        TEXT NOT NULL,                       -- login_email, login_network, …
  who         TEXT NOT NULL,                       -- hashed
  window_at   INTEGER NOT NULL,                    -- start of the window
  count       INTEGER NOT NULL,
  PRIMARY KEY (kind, who, window_at)
) STRICT, WITHOUT ROWID;
