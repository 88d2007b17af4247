-- Who holds a tenant's numbers, where a country wants to know it.

-- One for each kind of numbers in a country. What was handed in stays, so that it
-- can be corrected; the scan only until the provider has it.
CREATE TABLE dossiers (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  country_code  TEXT NOT NULL,
  kind          TEXT NOT NULL,                     -- local, national, …
  state         TEXT NOT NULL CHECK (state IN ('written', 'incomplete', 'submitted')),
  draft         TEXT NOT NULL,                     -- JSON of domain::dossier::Draft
  scan          TEXT,                              -- base64, until it is uploaded
  scan_name     TEXT,
  address_sid   TEXT,
  end_user_sid  TEXT,
  document_sid  TEXT,
  bundle_sid    TEXT,
  problem       TEXT,                              -- what the provider says is missing
  claimed_until INTEGER,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, country_code, kind)
) STRICT;

-- What a provider had set otherwise than we configured it, when we last looked.
CREATE TABLE drifts (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  subject       TEXT NOT NULL,                     -- an agent's id, or a number's
  agent_id      TEXT NOT NULL,
  phone_number  TEXT,                              -- null: the assistant itself
  found         TEXT NOT NULL,                     -- JSON [{path, wanted, found}]; [] when all is right
  checked_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, subject)
) STRICT;
