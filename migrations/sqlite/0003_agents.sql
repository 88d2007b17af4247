-- Prospects, and what a call has done.

-- Somebody who may become a customer. The tenant's questions and their answers
-- are in `answers`; five of them may be readable under columns of their own.
CREATE TABLE prospects (
  tenant_id     INTEGER NOT NULL REFERENCES tenants (tenant_id),
  id            TEXT NOT NULL,
  name          TEXT,
  phone         TEXT,
  email         TEXT,
  source        TEXT NOT NULL CHECK (source IN ('phone', 'sms', 'email', 'whatsapp', 'web')),
  interest_type TEXT,
  budget_min    INTEGER,                            -- whole units of the tenant's currency
  budget_max    INTEGER,
  location_preference TEXT,
  property_type TEXT,
  answers       TEXT NOT NULL DEFAULT '[]',        -- JSON of domain::qualification::Answered, in order
  qualification_score INTEGER NOT NULL DEFAULT 0 CHECK (qualification_score BETWEEN 0 AND 100),
  qualification_status TEXT NOT NULL DEFAULT 'new' CHECK (qualification_status IN
                  ('new', 'qualified', 'not_qualified', 'follow_up', 'converted', 'lost')),
  notes         TEXT,
  qualification_notes TEXT,
  call_id       TEXT,
  created_by    TEXT NOT NULL,
  last_contact_at INTEGER,
  next_follow_up_at INTEGER,
  converted_to_client INTEGER NOT NULL DEFAULT 0 CHECK (converted_to_client IN (0, 1)),
  converted_at  INTEGER,
  version       INTEGER NOT NULL DEFAULT 1,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX prospects_recent ON prospects (tenant_id, created_at DESC, id DESC);
CREATE INDEX prospects_status ON prospects (tenant_id, qualification_status, created_at DESC);
CREATE INDEX prospects_call ON prospects (tenant_id, call_id);

-- How many references a tenant has given out: each is the scattered number of
-- its rank, so that none is given twice.
CREATE TABLE ticket_references (
  tenant_id     INTEGER PRIMARY KEY,
  issued        INTEGER NOT NULL
) STRICT;

-- What a call has made is told by its events, each once.
CREATE TRIGGER ivr_events_performed AFTER INSERT ON ivr_events
WHEN NEW.event IN ('booking_confirmed', 'modify_done', 'cancel_done', 'message_taken',
                   'prospect_created', 'ticket_created', 'transferred_human')
BEGIN
  UPDATE call_logs SET actions_performed = json_insert(actions_performed, '$[#]',
    CASE NEW.subject WHEN '' THEN json_object('action', NEW.event)
      ELSE json_object('action', NEW.event, 'id', NEW.subject) END)
  WHERE tenant_id = NEW.client_id AND call_sid = NEW.call_id;
END;

CREATE TRIGGER prospects_changed_i AFTER INSERT ON prospects
BEGIN INSERT INTO changes VALUES ('prospects:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
CREATE TRIGGER prospects_changed_u AFTER UPDATE ON prospects
BEGIN INSERT INTO changes VALUES ('prospects:' || NEW.tenant_id, 1 + (SELECT IFNULL(MAX(version), 0) FROM changes))
  ON CONFLICT (topic) DO UPDATE SET version = excluded.version; END;
