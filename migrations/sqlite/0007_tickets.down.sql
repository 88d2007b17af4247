DROP TRIGGER channels_changed_u;
DROP TRIGGER channels_changed_i;
DROP TABLE daily_mails;
DROP TABLE member_notices;
DROP INDEX prospects_follow_up;
ALTER TABLE prospects DROP COLUMN consent_source;
ALTER TABLE prospects DROP COLUMN consent_at;
ALTER TABLE prospects DROP COLUMN consent_text;
DROP TABLE ticket_history;
DROP INDEX tickets_due;
DROP INDEX tickets_recent;
ALTER TABLE tickets DROP COLUMN due_at; -- derived
ALTER TABLE tickets DROP COLUMN version; -- derived
