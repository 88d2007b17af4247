-- Who holds a tenant's numbers, where a country wants to know it.

-- One for each kind of numbers in a country. What was handed in stays, so that it
-- can be corrected; the scan only until the provider has it.
CREATE TABLE dossiers (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
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
  claimed_until BIGINT,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, country_code, kind)
);

-- What a provider had set otherwise than we configured it, when we last looked.
CREATE TABLE drifts (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
  subject       TEXT NOT NULL,                     -- an agent's id, or a number's
  agent_id      TEXT NOT NULL,
  phone_number  TEXT,                              -- null: the assistant itself
  found         TEXT NOT NULL,                     -- JSON [{path, wanted, found}]; [] when all is right
  checked_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, subject)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['dossiers', 'drifts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_tenant ON %I USING (tenant_id = NULLIF(current_setting(%L, true), %L)::bigint)',
                   t, 'uwi.tenant_id', '');
  END LOOP;
END $$;
