-- Prospects, and what a call has done.

-- Somebody who may become a customer. The tenant's questions and their answers
-- are in `answers`; five of them may be readable under columns of their own.
CREATE TABLE prospects (
  tenant_id     BIGINT NOT NULL REFERENCES tenants (tenant_id),
  id            TEXT NOT NULL,
  name          TEXT,
  phone         TEXT,
  email         TEXT,
  source        TEXT NOT NULL CHECK (source IN ('phone', 'sms', 'email', 'whatsapp', 'web')),
  interest_type TEXT,
  budget_min    BIGINT,                            -- whole units of the tenant's currency
  budget_max    BIGINT,
  location_preference TEXT,
  property_type TEXT,
  answers       TEXT NOT NULL DEFAULT '[]',        -- JSON of domain::qualification::Answered, in order
  qualification_score BIGINT NOT NULL DEFAULT 0 CHECK (qualification_score BETWEEN 0 AND 100),
  qualification_status TEXT NOT NULL DEFAULT 'new' CHECK (qualification_status IN
                  ('new', 'qualified', 'not_qualified', 'follow_up', 'converted', 'lost')),
  notes         TEXT,
  qualification_notes TEXT,
  call_id       TEXT,
  created_by    TEXT NOT NULL,
  last_contact_at BIGINT,
  next_follow_up_at BIGINT,
  converted_to_client BIGINT NOT NULL DEFAULT 0 CHECK (converted_to_client IN (0, 1)),
  converted_at  BIGINT,
  version       BIGINT NOT NULL DEFAULT 1,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX prospects_recent ON prospects (tenant_id, created_at DESC, id DESC);
CREATE INDEX prospects_status ON prospects (tenant_id, qualification_status, created_at DESC);
CREATE INDEX prospects_call ON prospects (tenant_id, call_id);

-- How many references a tenant has given out: each is the scattered number of
-- its rank, so that none is given twice.
CREATE TABLE ticket_references (
  tenant_id     BIGINT PRIMARY KEY,
  issued        BIGINT NOT NULL
);

ALTER TABLE prospects ENABLE ROW LEVEL SECURITY;
ALTER TABLE prospects FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON prospects
  USING (tenant_id = NULLIF(current_setting('uwi.tenant_id', true), '')::bigint);
ALTER TABLE ticket_references ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket_references FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON ticket_references
  USING (tenant_id = NULLIF(current_setting('uwi.tenant_id', true), '')::bigint);

-- What a call has made is told by its events, each once.
CREATE FUNCTION note_performed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE call_logs SET actions_performed = (actions_performed::jsonb || jsonb_build_array(
    CASE NEW.subject WHEN '' THEN jsonb_build_object('action', NEW.event)
      ELSE jsonb_build_object('action', NEW.event, 'id', NEW.subject) END))::text
  WHERE tenant_id = NEW.client_id AND call_sid = NEW.call_id;
  RETURN NULL;
END $$;
CREATE TRIGGER ivr_events_performed AFTER INSERT ON ivr_events FOR EACH ROW
WHEN (NEW.event IN ('booking_confirmed', 'modify_done', 'cancel_done', 'message_taken',
                    'prospect_created', 'ticket_created', 'transferred_human'))
EXECUTE FUNCTION note_performed();

CREATE TRIGGER prospects_changed AFTER INSERT OR UPDATE ON prospects
FOR EACH ROW EXECUTE FUNCTION tell_page('prospects');
